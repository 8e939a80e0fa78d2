"""Entry to work by start cohort, as far as each is known."""

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
    """Every start cohort as a line, the months from starting support as columns."""
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
    caption = (f"Entered work within 3, 6, 9 and 12 months of starting support, % of each start cohort, {name}, "
               f"{made[0].label} to {made[-1].label}")
    texts = {cohort.label: _known(cohort, indicator) for cohort in drawn}
    return (compose.figure(
        edition, answer, title=words.cohort_title(complete, [cohort.label for cohort in made if cohort.unripe], indicator),
        subtitle=f"{caption}. Hatched: not yet known", table=_table(made, indicator, caption),
        plot=plot("cohorts", [_line(cohort, indicator) for cohort in drawn],
                  words.bars_alt("A table of cells with bars, one line for each start cohort", texts),
                  columns=[str(months) for _, months in maturity.BANDS], over="Months from the start", people="People"),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note([row for _, row in complete], indicator),
        notes=["A cohort has a figure for a number of months only once everyone in it has had that long, "
               "and a quarter more for late returns. Before that it is not yet known: never a low number.",
               *words.too_few_cohorts([cohort.label for cohort in made if cohort.few]), *indicator.caveats]),)


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


def _line(cohort: Cohort, indicator: Indicator) -> dict[str, object]:
    """The cohort as a line of the drawing: each share, in words, or None where it is not yet known."""
    rows = {months: cohort.row(months) for _, months in maturity.BANDS}
    return {"label": cohort.label.split(" (")[0], "people": f"{cohort.people:,}",
            "shares": [row["value"] if row else None for row in rows.values()],
            "texts": [words.share(row, indicator) if row else "" for row in rows.values()]}
