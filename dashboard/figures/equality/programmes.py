"""Whom did each programme reach, and for whom did it work? Scotland, each programme over its own years of start."""

from collections.abc import Mapping, Sequence

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Plot, Table, plot, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, tables, views, words
from dashboard.figures.equality.choosers import measure_of
from dashboard.figures.equality.held import OfProgramme
from dashboard.read import equality
from dashboard.read.edition import Answer, Edition
from dashboard.read.equality import Breakdown, Gap, Shared
from dashboard.words import differences

UNIT, BASE = "% of people whose answer is known", "People who started on the programme"
INTERVAL = "95% (Newcombe), for the chance variation of figures like these and for rounding."
OTHERS = "Other programmes in the same years"
REACH = ("People", "Share of known answers (95% interval)", OTHERS, "Difference in points (95% interval)", "Compared")
OWN_YEARS = "Each programme is over its own years of start: the newest that are complete and old enough, at most three."
NOT_POPULATION = ("Programmes were open to different people, so a share is compared with other programmes, not the population. "
                  "Some programmes ended: their people are then mostly of the earlier of these years.")
NOT_EACH_OTHER = ("Each group is compared with everyone else on the same programme. Programmes are not compared with each "
                  "other: their people, their years and their records differ.")

Parts = Sequence[tuple[OfProgramme, Breakdown]]


def reached(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """One programme: each group's share of its people, beside its share of other programmes' in the same years."""
    parts = _over(edition, choice, "starts", choice.of("programme", "nolb"))
    if isinstance(parts, Absent):
        return (parts,)
    label, found = held.name_of(edition, choice.of("by", "disabled")), parts[0][1]
    made = [(each, _shared(part, each)) for part, each in parts]
    subtitle = (f"● {found.area}, □ other programmes in the same years: % of those whose answer is known, started "
                f"{words.years(found)}, Scotland")
    return (compose.figure(
        edition, _answer(parts), title=words.programmes_title({found.area: [row for _, rows in made for row in rows]}, label),
        subtitle=subtitle, table=_reach_table(subtitle, made), plot=_reach_plot(made), unit=UNIT, base=BASE,
        interval=INTERVAL, notes=_reach_notes(parts)),)


def fared(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """One programme: each group's outcome against everyone else's on it."""
    measure = measure_of(choice)
    parts = _over(edition, choice, measure, choice.of("programme", "nolb"))
    if isinstance(parts, Absent):
        return (parts,)
    name, found = equality.MEASURES[measure], parts[0][1]
    made = equality.gaps_of([each for _, each in parts], measure)
    subtitle = (f"{name}: percentage points from everyone else on {found.area}{_known(found)}, people who started in "
                f"{words.years(found)}, Scotland. {outcomes.LINES}")
    return (compose.figure(
        edition, _answer(parts), title=words.gap_title([gap for _, gaps in made for gap in gaps], name, found),
        subtitle=subtitle, table=tables.gap_table(subtitle, made), plot=outcomes.gap_plot(made, measure), unit=outcomes.UNIT,
        base=BASE, interval=INTERVAL,
        notes=[words.NOT_EFFECT, NOT_EACH_OTHER, words.OVERLAP_NOTE if found.overlapping else words.UNKNOWN_NOTE,
               *found.footnotes]),)


def every_programme(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Every programme: whom it reached, and how each group fared; one row a programme and group."""
    by, measure = choice.of("by", "disabled"), measure_of(choice)
    started, later = _over(edition, choice, "starts"), _over(edition, choice, measure)
    if isinstance(started, Absent):
        return (started,)
    label = held.name_of(edition, by)
    figures = [_every_reach(edition, started, label)]
    return (*figures, later if isinstance(later, Absent) else _every_gap(edition, later, label, measure))


def _every_reach(edition: Edition, parts: Parts, label: str) -> Figure:
    made = [(found, _shared(part, found)) for part, found in parts]
    cells = [(found.area, words.years(found), *cells) for found, rows in made for cells in _reach_cells(found, rows)]
    caption = f"{label}: whom each programme reached, Scotland, each programme over its own years of start"
    return compose.figure(
        edition, _answer(parts), title=words.programmes_title(_by_programme(made), label), subtitle=caption,
        table=table(caption, ("Programme", "Started", "Group", *REACH), cells, {3, 4, 5, 6}), unit=UNIT, base=BASE,
        interval=INTERVAL, notes=_reach_notes(parts))


def _every_gap(edition: Edition, parts: Parts, label: str, measure: str) -> Figure:
    name = equality.MEASURES[measure]
    made = [(found, equality.gaps(found, measure)) for _, found in parts]
    cells = [(found.area, words.years(found), *cells) for found, gaps in made for cells in tables.gap_cells(found, gaps)]
    caption = f"{label}: {name.lower()}, each group against everyone else on the same programme, Scotland"
    return compose.figure(
        edition, _answer(parts), title=words.programmes_gap_title(_by_programme(made), name),
        subtitle=f"{caption}, each programme over its own years of start",
        table=tables.without_ranges(
            table(caption, ("Programme", "Started", *tables.GAPS), cells, range(3, 1 + len(tables.GAPS))),
            [gap for _, gaps in made for gap in gaps]), unit=outcomes.UNIT, base=BASE,
        interval=INTERVAL, notes=[words.NOT_EFFECT, NOT_EACH_OTHER, OWN_YEARS, *words.told_notes(measure),
                                  *_overlap_notes(parts)])


def _over(edition: Edition, choice: Choice, measure: str, programme: str = "") -> Parts | Absent:
    """Each programme (or the one named) with its people over its own years that count for a measure; or why not."""
    by, area_code = choice.of("by", "disabled"), choice.area_code or SCOTLAND
    if not edition.has_returns:
        return Absent(words.NO_RETURNS)
    if area_code != SCOTLAND:
        return views.programmes_for_scotland(by, area_code, edition.area_name(area_code), held.name_of(edition, by))
    if by not in held.of_service(edition) and (absent := held.view(edition, choice).absent):
        return absent
    own = [part for part in held.programmes(edition, by) if programme in ("", part.programme)]
    if not own:
        return Absent("This edition holds no figures by programme.")
    years = {part.programme: held.complete_years(edition, part.own) if measure == "starts" else
             held.mature_years(edition, part.own, measure) for part in own}
    found = [(part, each) for part in own if (each := part.breakdown(years[part.programme]))]
    return found or outcomes.NOT_OLD_ENOUGH


def _shared(part: OfProgramme, found: Breakdown) -> list[Shared]:
    return equality.shared(found, part.rest(found.years))


def _answer(parts: Parts) -> Answer:
    """The questions behind these parts, each once."""
    first, *others = {part.answer.evidence: part.answer for part, _ in parts}.values()
    return first.joined_by(*others)


def _by_programme(made: Sequence[tuple[Breakdown, Sequence[Shared | Gap]]]) -> Mapping[str, list[Shared | Gap]]:
    found: dict[str, list[Shared | Gap]] = {}
    for each, rows in made:
        found.setdefault(each.area, []).extend(rows)
    return found


def _known(found: Breakdown) -> str:
    return "" if found.overlapping else " whose answer is known"


def _overlap_notes(parts: Parts) -> list[str]:
    found = [each for _, each in parts]
    footnotes = dict.fromkeys(note for each in found for note in each.footnotes)
    return [*footnotes, *([words.OVERLAP_NOTE] if found[0].overlapping else [])]


def _reach_notes(parts: Parts) -> list[str]:
    unclaimed = dict.fromkeys(filter(None, (words.unclaimed(found) for _, found in parts)))
    return [OWN_YEARS, NOT_POPULATION, differences.FAMILY_NOTE, *unclaimed, *_overlap_notes(parts)]


def _reach_table(caption: str, made: Sequence[tuple[Breakdown, Sequence[Shared]]]) -> Table:
    return table(caption, ("Group", *REACH), [cells for found, rows in made for cells in _reach_cells(found, rows)],
                 {1, 2, 3, 4})


def _reach_cells(found: Breakdown, rows: Sequence[Shared]) -> list[Sequence[str]]:
    """One row a group, then the unknown."""
    cells: list[Sequence[str]] = [
        (row.group.label, words.count(row.group.starts), _with_limits(row.own), words.percent(row.rest), words.points(row.row),
         words.shared_verdict(row)) for row in rows]
    return cells + tables.unknown_cells(found, len(REACH) + 1)


def _with_limits(share: Mapping[str, object]) -> str:
    """'31.9% (31.3% to 32.6%)'; 'under 2.1%' is its own limit."""
    text, limits = words.percent(share), words.limits(share)
    return f"{text} ({limits})" if limits and text[:1].isdigit() else text


def _reach_plot(made: Sequence[tuple[Breakdown, Sequence[Shared]]]) -> Plot | None:
    """Shares as bars against those of other programmes; None where every share is hidden."""
    rows = [row for found, shares in made for row in (*map(_drawn, shares), *tables.unknown_rows(found))]
    if all(row.get("value") is None for row in rows):
        return None
    return plot("equality_shares", rows, " ".join(words.shared_alt(shares, found) for found, shares in made),
                populations=[f"Share of participants, {OTHERS[:1].lower()}{OTHERS[1:]}"])


def _drawn(row: Shared) -> dict[str, object]:
    label, rest = row.group.label, row.rest["value"]
    verdict = words.shared_verdict(row).removesuffix(" than of other programmes")     # a narrow screen holds few words
    return {"label": label, "words": f"{words.percent(row.own)} · {verdict}", "value": row.own["value"],
            "lower_ci": row.own["lower_ci"], "upper_ci": row.own["upper_ci"],
            "shares": [rest]}
