"""Where does each group drop out: the journey step by step, and every group of every characteristic at one step."""

from collections.abc import Mapping, Sequence

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Table, plot, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, tables, words
from dashboard.figures.equality.held import Shown
from dashboard.figures.progress.words import BANNERS
from dashboard.read import cohorts, equality, progress, rates
from dashboard.read.edition import Answer, Edition
from dashboard.read.equality import Breakdown, Cell, Group
from dashboard.words import numbers, phrases

MEASURE = "weeks26"
HELD_ON = (MEASURE, "entered")
SOFT, SOFT_DOMAIN = ("sex", "age_group", "disabled"), "confidence"
NOT_OLD_ENOUGH = Absent("No year of start is old enough yet to follow the whole journey: it is not yet known.")
NOTES = (
    "1.00 is the same rate as everyone else. ▲ blue: clearly higher; ◆ orange: clearly lower; grey: no clear "
    "difference, or no claim is made.",
    "Job: of everyone who started. 13 weeks: of those who entered work. 26 weeks: of those recorded at 13.",
    "Not recorded is not a lost job: a group whose follow-ups are recorded less often looks as if it fell behind.",
    "Confidence: people reporting improved confidence, of those asked twice; held by sex, age group and "
    "disability for Scotland [z].",
)


def journey(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Each step among those who reached the one before, against everyone else."""
    shown = held.load(edition, choice)
    if isinstance(shown, Absent):
        return (shown,)
    years = held.outcome_years(edition, MEASURE)
    made = shown.over(years)
    if not made:
        return (NOT_OLD_ENOUGH,)
    soft, soft_answer = _soft_cells(edition, shown, years)
    rows = [(group, [soft.get(group.category, Cell("Confidence", {}, {}, mark="z")), *cells])
            for rows in equality.strips(made) for group, cells in rows]
    steps = ["Confidence", *(label for _, label, _ in equality.STRIP)]
    subtitle = (f"Rate at each step divided by everyone else's, people who started in {words.years(made[0])}, "
                f"{made[0].area}. 1.00 is the same; ▲ clearly higher, ◆ clearly lower"
                + (f". {_soft_note(_asked_twice(edition, years))}" if soft else ""))
    drawn = [{"label": group.label, "boxes": [words.box(cell) for cell in cells]} for group, cells in rows]
    return (compose.figure(
        edition, shown.answer.joined_by(*soft_answer), title=words.strip_title(rows, shown.label), subtitle=subtitle,
        table=_strip_table(subtitle, rows, made, steps),
        plot=plot("equality_strip", drawn, words.strip_alt(rows, shown.label), steps=steps),
        unit="rate divided by everyone else's", base="Those who reached the step before",
        interval="95%, for the chance variation of figures like these and for rounding.",
        notes=[*NOTES, *made[0].footnotes]),)


def _strip_table(caption: str, rows: Sequence[tuple[Group, list[Cell]]], made: Sequence[Breakdown],
                 steps: Sequence[str]) -> Table:
    cells = [[group.label, words.count(group.starts), *map(words.cell_text, boxes)] for group, boxes in rows]
    for found in made:
        cells += [unknown[:2] + ["[x]"] * len(steps) for unknown in tables.unknown_cells(found, 3)]
    return table(caption, ("Group", "People who started", *steps), cells, {1})


def _soft_cells(edition: Edition, shown: Shown, years: Sequence[str]) -> tuple[dict[str, Cell], list[Answer]]:
    """Reported better confidence among people asked twice, each group against everyone else; Scotland only."""
    if shown.by not in SOFT or shown.area_code != SCOTLAND:
        return {}, []
    answer = edition.ask("progress_by_group", by=shown.by)
    counts: dict[str, list[int]] = {}
    for row in answer.rows:
        if row["category"] == SOFT_DOMAIN and row["period"] in years:
            improved, paired = counts.get(row["category_2"], [0, 0])
            counts[row["category_2"]] = [improved + int(row["improved"]),
                                         paired + int(row["improved"] + row["same"] + row["declined"])]
    known = {name: tuple(pair) for name, pair in counts.items() if name not in (*equality.UNKNOWN, *equality.OUTSIDE)}
    domain = _asked_twice(edition, years)
    claims = shown.reach[0].claims and domain is not None and domain.level in ("caution", "enough")
    return {name: equality.cell("Confidence", pair, _rest(known, name), (len(years), len(years) * (len(known) - 1)), claims)
            for name, pair in known.items()}, [answer]


def _rest(known: Mapping[str, tuple[int, int]], name: str) -> tuple[int, int]:
    others = [pair for other, pair in known.items() if other != name]
    return sum(pair[0] for pair in others), sum(pair[1] for pair in others)


def _asked_twice(edition: Edition, years: Sequence[str]) -> progress.Domain | None:
    """Confidence over these years, Scotland: the share asked twice stands beside every soft outcome."""
    pooled = progress.pool(edition.ask("progress_counts", areas=[SCOTLAND]).rows, years)
    return next((domain for domain in pooled if domain.name == SOFT_DOMAIN), None)


def _soft_note(domain: progress.Domain | None) -> str:
    if domain is None:
        return ""
    return f"Confidence: {words.percent(domain.asked_twice, 0)} were asked twice. {BANNERS[domain.level]}".strip()


# Every group ------------------------------------------------------------------------------------

def every_group(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Which groups lose most between job and 26 weeks: those clearly lower, furthest first, with their intervals."""
    if not edition.has_returns:
        return (Absent(words.NO_RETURNS),)
    area_code = choice.area_code or SCOTLAND
    years, area = held.outcome_years(edition, MEASURE), edition.area_name(area_code)
    found, answer = held.breakdowns(edition, area_code, years)
    rows = _every_row(found)
    if not rows:
        return ()
    behind = sorted((row for row in rows if row[2].verdict == "lower"), key=lambda row: row[2].gap["value"])
    title = words.behind_title([cell for _, _, cell in rows], area)
    subtitle = ("Recorded in work at 26 weeks or later, of those who entered work: points from everyone else, started in "
                f"{cohorts.years_label(years)}, {area}")
    names = [f"{group.label} ({words.signed(cell.gap['value'])} points)" for _, group, cell in behind]
    alt = f"{title}. {f'{phrases.listed(names)}.' if names else ''}".strip()
    return (compose.figure(
        edition, answer, title=title, subtitle=subtitle, table=_every_table(subtitle, found),
        plot=plot("equality_gaps", map(_drawn, behind[:10]), alt) if behind else None,
        unit="percentage points", base="People who entered work", interval=outcomes.INTERVAL,
        notes=["Furthest first. Their intervals overlap, so the order among the groups that fall behind is not certain.",
               "Not recorded is not a lost job: the last column says how many were not recorded.", words.NOT_EFFECT,
               words.OVERLAP_NOTE, *words.told_notes(MEASURE)]),)


def _every_row(found: Sequence[tuple[str, Breakdown]]) -> list[tuple[str, Group, Cell]]:
    """Job to 26 weeks for every group of every characteristic, against everyone else."""
    judged = equality.strips([each for _, each in found], [equality.HELD_ON])
    return [(name, group, cells[0]) for (name, _), rows in zip(found, judged, strict=True) for group, cells in rows]


def _drawn(row: tuple[str, Group, Cell]) -> dict[str, object]:
    _, group, cell = row
    return {"label": group.label, "words": words.percent(cell.own, 0), "value": cell.gap["value"],
            "lower_ci": cell.gap["lower_ci"], "upper_ci": cell.gap["upper_ci"], "lowest": None,
            "verdict": words.tone(cell.verdict), "text": f"{group.label}: {words.points(cell.gap)} points"}


def _every_table(caption: str, found: Sequence[tuple[str, Breakdown]]) -> Table:
    """Every group of every characteristic: once, where several families share it. Of unknown answers none of it can be said."""
    cells = []
    for label, each in found:
        cells += [[f"{label}: {group.label}", words.percent(cell.own, 0), words.percent(cell.rest, 0),
                   words.points(cell.gap) if cell.gap else f"[{cell.mark}]", words.range_text(group.range_of(*HELD_ON)),
                   words.percent(_not_recorded(group), 0)]
                  for _, group, cell in _every_row([(label, each)])]
    return table(caption, ("Group", "Job to 26 weeks", "Everyone else", "Gap in points (95% interval)",
                           numbers.RANGE, "13 weeks not recorded"), dict.fromkeys(map(tuple, cells)), {1, 2, 3, 4, 5})


def _not_recorded(group: Group) -> Mapping[str, object]:
    return rates.rate(min(group.counts["not_recorded"], group.counts["entered"]), group.counts["entered"], group.cells)
