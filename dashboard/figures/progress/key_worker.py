"""Outcomes of people with and without one key worker throughout: differences, never effects."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Table, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.progress import counts, words
from dashboard.figures.progress.choosers import areas_of_progress, start_years
from dashboard.figures.progress.groups import groups_of
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.read import progress, rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import differences, numbers, phrases

WORK = ("entered_work", "job_lasted_13_weeks", "other_positive_outcome", "left_without_outcome")
GROUPS = ("yes", "no")


def key_worker(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The difference of each outcome between people who kept one key worker and people who did not."""
    years, name = start_years(edition, choice), edition.area_name(choice.area_code)
    gaps, work = _of_work(edition, choice.area_code, years)
    if not work:
        return (Absent(f"[x] No return that says who kept one key worker is held for {name}."),)
    answers, warning = list(work), ""
    if choice.area_code == SCOTLAND:
        scored = edition.ask("progress_by_group", by="key_worker")
        found, warning = _of_progress(edition, scored, years)
        gaps, answers = gaps + found, answers + ([scored] if found else [])
    when, indicator, gaps = words.in_words(years), counts.points(edition), _judged(gaps)
    shown = counts.sourced(answers[0].joined_by(*answers[1:]),
                           [{name: part for name, part in gap.items() if name != "found"} | {
                               "verdict": "none", "period_label": when} for gap in gaps], when)
    clear, tested = sum(gap["found"].is_clear for gap in gaps), sum(gap["found"].is_tested for gap in gaps)
    missing = sum(gap["found"].why == rule.RECORDING for gap in gaps)
    unsaid = f"; {differences.TOO_MUCH_MISSING} {missing}" if missing else ""
    subtitle = (f"Share with a continuing key worker minus share without, percentage points, {name}, "
                f"people who started in {when}")
    drawn = plot("named_dots", shown.rows, words.key_worker_alt(gaps, counts.improved(edition), name, when), label="label",
                 indicator=indicator.as_data(), reference=0, reference_name="◂ fewer | more ▸")
    figure = compose.figure(
        edition, shown, title=f"With one key worker: {clear or 'none'} of {phrases.plural(tested, 'outcome')} clearly different{unsaid}"
        if tested else "Too few people to compare with and without one key worker", subtitle=subtitle,
        table=_gap_table(gaps, counts.improved(edition), indicator, subtitle), plot=drawn if tested else None,
        unit="percentage points", base="People who started, whose key worker is known; for progress, people asked twice",
        interval="95%, Newcombe's interval of a difference, allowing for rounding.",
        notes=("People whose key worker is not known are in neither group.", words.ROUNDING, differences.FAMILY_NOTE, differences.RANGE_NOTE,
               "No comparison group: nothing here says that a key worker caused the difference."))
    return (*((Absent(f"Progress: {warning[:1].lower()}{warning[1:]}", "u"),) if warning else ()), figure)


def _of_work(edition: Edition, area_code: str, years: Sequence[str]) -> tuple[list[Row], list[Answer]]:
    """The difference of each outcome at work that is held, and the answer it was made from."""
    gaps, answers = [], []
    for name in (name for name in WORK if name in edition.catalogue):
        answer = edition.series(name, [area_code], characteristic="key_worker", frequency="financial_year")
        own = [row for row in answer.rows if row["period"] in years
               and not is_missing(row["numerator"]) and not is_missing(row["denominator"])]
        if gap := _gap_of(edition.catalogue[name].title, own):
            gaps.append(gap | {"is_of_records": edition.catalogue[name].is_of_records})
            answers.append(answer.keep(own))
    return gaps, answers


def _gap_of(label: str, own: Sequence[Row]) -> Row | None:
    """The difference between the two groups, years added up; None where one of them is empty."""
    with_one, without = (_added([row for row in own if row["category"] == group]) for group in GROUPS)
    if not with_one["denominator"] or not without["denominator"]:
        return None
    return _gap(label, with_one, without, len({row["period"] for row in own}),
                f"of {with_one['denominator']:,.0f} with and {without['denominator']:,.0f} without")


def _added(rows: Sequence[Row]) -> dict[str, float]:
    """Counts added up and, of a measure of records, the range they could have."""
    return {part: sum(float(row[part]) for row in rows) for part in ("numerator", "denominator")} | rates.ranged(rows)


def _of_progress(edition: Edition, scored: Answer, years: Sequence[str]) -> tuple[list[Row], str]:
    """Improvement and decline of people asked twice, each with its own share asked twice; and the strictest warning."""
    gaps, compared = [], []
    for name, label in areas_of_progress(scored.rows).items():
        groups = {each.name: each for each in groups_of(scored, name, years)}
        if not set(GROUPS) <= set(groups):
            continue
        with_one, without = (groups[group] for group in GROUPS)
        asked = (f"asked twice: {words.say(with_one.asked_twice, counts.asked(edition))} with, "
                 f"{words.say(without.asked_twice, counts.asked(edition))} without")
        gaps += [_gap(f"{said}: {label.lower()}", _pairs(with_one, band), _pairs(without, band), with_one.cells, asked)
                 for band, said in (("improved", "Improved"), ("declined", "Declined"))]
        compared += [with_one, without]
    return gaps, words.strictest(compared)


def _pairs(each: progress.Domain, band: str) -> dict[str, float]:
    return {"numerator": getattr(each, band), "denominator": each.paired}


def _gap(label: str, with_one: Mapping[str, float], without: Mapping[str, float], cells: int, heading: str) -> Row:
    ranges = [{name: side[name] for name in ("lowest", "highest") if name in side} for side in (with_one, without)]
    return {"label": label, "heading": heading, **rates.difference(with_one, without, cells),
            "with": rates.rate(with_one["numerator"], with_one["denominator"], cells) | ranges[0],
            "without": rates.rate(without["numerator"], without["denominator"], cells) | ranges[1]}


def _judged(gaps: Sequence[Row]) -> list[Row]:
    """Each difference with what may be said of it (`found`), all of them judged together."""
    found = rule.in_family([rates.verdict_of(gap, gap["with"], gap["without"], is_of_records=bool(gap.get("is_of_records")))
                            for gap in gaps])
    return [gap | {"found": each} for gap, each in zip(gaps, found, strict=True)]


def _gap_table(gaps: Sequence[Row], shares: Indicator, points: Indicator, caption: str) -> Table:
    ranged = (f"{numbers.RANGE}: with one", f"{numbers.RANGE}: without") if any(gap.get("is_of_records") for gap in gaps) else ()
    columns = ("Outcome", "Base", "With one", "Without", "Difference, points", *ranged, "In words")
    return table(
        caption, columns,
        [(gap["label"], gap["heading"], words.say(gap["with"], shares), words.say(gap["without"], shares),
          tables.value_and_interval(gap, points), *(_range(gap, side, shares) for side, _ in zip(("with", "without"), ranged, strict=False)),
          words.difference_words(gap, "with one")) for gap in gaps], range(2, len(columns) - 1))


def _range(gap: Row, side: str, shares: Indicator) -> str:
    """What the rate of one group could be, of an outcome that follow-ups recorded; '[z]' of others."""
    return numbers.range_text(gap[side], shares) if gap.get("is_of_records") else "[z]"
