"""Entry to work by start cohort, as far as each is known: bars of every cohort, then curves."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Table, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.jobs import held, words
from dashboard.figures.jobs.journey import WITHIN
from dashboard.methods import maturity
from dashboard.read import cohorts
from dashboard.read.cohorts import Cohort
from dashboard.read.edition import Answer, Edition
from dashboard.words import numbers


def entry_to_work(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Every start cohort as a bar, then the cohorts old enough as curves."""
    if absent := held.missing(edition, choice):
        return absent
    area_code = held.area_of(choice)
    answer, made = _cohorts(edition, area_code)
    if not made:
        return ()
    name, indicator = edition.area_name(area_code), edition.every_indicator[WITHIN]
    drawn = [cohort for cohort in made if not cohort.few]
    if not drawn:
        return (Absent(words.too_few(name), "c"),)
    complete = [(cohort.label, cohort.row(12)) for cohort in drawn if cohort.row(12)]
    bars = (f"People who entered work, by months from starting support, % of each start cohort, {name}, "
            f"{made[0].label} to {made[-1].label}")
    lines = (f"Entered work within 3, 6, 9 and 12 months of starting support, % of each start cohort, {name}. "
             "Earlier cohorts in grey")
    texts = {cohort.label: _known(cohort, indicator) for cohort in drawn}
    common = {
        "unit": indicator.unit, "base": indicator.base,
        "interval": numbers.interval_note([row for _, row in complete], indicator),
        "notes": ["A cohort has a figure for a number of months only once everyone in it has had that long, "
                  "and a quarter more for late returns. Before that it is not yet known: never a low number.",
                  *words.too_few_cohorts([cohort.label for cohort in made if cohort.few]), *indicator.caveats]}
    first = compose.figure(
        edition, answer, title=words.cohort_title(complete, [cohort.label for cohort in made if cohort.unripe], indicator),
        subtitle=bars, table=_table(made, indicator, bars),
        plot=plot("stacks", _stretches(drawn, indicator), words.bars_alt("Stacked bars, one for each start cohort", texts),
                  parts=_parts(), row_height=44, numbers=False), **common)
    if not complete:
        return (first,)
    return first, compose.figure(
        edition, answer, title="Each start cohort, month by month", subtitle=lines, table=_table(made, indicator, lines),
        plot=plot("curves", _curves(drawn),
                  words.bars_alt("Lines rising from 0 at the start, one for each start cohort", texts)), **common)


def _cohorts(edition: Edition, area_code: str) -> tuple[Answer, list[Cohort]]:
    """Years of start and, for Scotland, the quarters of the years that are not complete yet."""
    answer, cut_off = returns.counts(edition, "T", [area_code]), returns.cut_off(edition)
    made = cohorts.entry_cohorts(answer.rows, cut_off)
    if area_code != SCOTLAND:
        return answer, made
    quarters = edition.ask("quarters", family="T", area_code=area_code)
    if quarters.is_empty:
        return answer, made
    complete = [cohort for cohort in made if not cohort.unripe]
    years = {cohort.label for cohort in complete}
    newer = [row for row in quarters.rows if str(row["period"])[:7] not in years]
    return answer.joined_by(quarters), complete + cohorts.entry_cohorts(newer, cut_off)


def _known(cohort: Cohort, indicator: Indicator) -> list[tuple[str, str]]:
    return [(f"within {months} months", words.share(row, indicator) if (row := cohort.row(months)) else words.NOT_YET)
            for _, months in maturity.BANDS]


def _table(made: Sequence[Cohort], indicator: Indicator, caption: str) -> Table:
    rows = [[cohort.label, *(tables.value_and_interval(row, indicator) if (row := cohort.row(months))
                             else f"[x] {words.NOT_YET}" for _, months in maturity.BANDS), f"{cohort.people:,}"]
            for cohort in made]
    names = [f"Within {months} months" for _, months in maturity.BANDS]
    return table(caption, ("Started in", *names, "People who started"), rows, range(1, len(names) + 2))


def _stretches(made: Sequence[Cohort], indicator: Indicator) -> list[dict]:
    """What each band adds to the one before; the rest is either not in work or not yet known."""
    stretches = []
    for cohort in made:
        before, label = 0.0, _label(cohort, indicator)
        for (band, months), point in zip(maturity.BANDS, cohort.points, strict=False):
            text = f"{cohort.label}, within {months} months: <b>{words.share(cohort.row(months), indicator)}</b>"
            stretches.append({"label": label, "category": band, "share": 100 * (point.value - before), "text": text})
            before = point.value
        stretches.append({"label": label, "category": "unknown" if cohort.unripe else "later", "share": 100 * (1 - before),
                          "text": f"{cohort.label}: {words.NOT_YET}" if cohort.unripe
                          else f"{cohort.label}: not in work within 12 months"})
    return stretches


def _label(cohort: Cohort, indicator: Indicator) -> str:
    """'2024-25: 30% within 12 months'; an unripe cohort as far as it is known."""
    if not cohort.points:
        return f"{cohort.label}: {words.NOT_YET}"
    months = cohort.points[-1].months
    known = f"{cohort.label}: {words.share(cohort.row(months), indicator)} within {months} months"
    return f"{known}, then {words.NOT_YET}" if cohort.unripe else known


def _parts() -> list[dict]:
    looks = (("sequential.4", "surface"), ("sequential.3", "surface"), ("sequential.2", "surface"), ("sequential.1", "ink"))
    bands = [{"category": band, "label": "Up to 3 months" if months == 3 else f"{months - 3} to {months} months",
              "colour": colour, "ink": ink} for (band, months), (colour, ink) in zip(maturity.BANDS, looks, strict=True)]
    return [*bands, {"category": "later", "label": "None by then", "colour": "band", "ink": "ink"},
            {"category": "unknown", "label": "Not yet known", "colour": "surface", "ink": "line", "hatched": True}]


def _curves(made: Sequence[Cohort]) -> list[dict]:
    """The newest complete cohort and the most advanced unripe one stand out; the others are context."""
    complete = [cohort for cohort in made if not cohort.unripe]
    begun = [cohort for cohort in made if cohort.unripe and cohort.points]
    shown = [(cohort, "newest" if cohort is complete[-1] else "earlier") for cohort in complete]
    shown += [(begun[0], "unripe")] if begun else []
    return [{"label": cohort.label, "kind": kind, "points": [
        (point.months, 100 * point.value, 100 * point.lower, 100 * point.upper) for point in cohort.points]}
            for cohort, kind in shown]
