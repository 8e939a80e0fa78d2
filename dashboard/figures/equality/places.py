"""The chosen characteristic in every partnership: the three island areas first, each by itself."""

from collections.abc import Mapping, Sequence

from dashboard.figure import Absent, Choice, Figure, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, tables, views, words
from dashboard.figures.equality.choosers import measure_of
from dashboard.read import availability, cohorts, equality
from dashboard.read.edition import Answer, Edition
from dashboard.words import differences, numbers

ISLANDS_FIRST = ("Orkney, Shetland and Na h-Eileanan Siar first, each by itself. "
                 "Small numbers: three years of start are put together, and most rates have wide intervals.")
COLUMNS = ("Area", "Group", "People", "Share of known answers (95% interval)", "Ratio to the population")
NO_VERDICT = "A ratio is no verdict. Services are for people out of work, and their share is not held by partnership."


def places(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Reach and outcome of each group in each area, the unknown in rows of their own."""
    if not edition.has_returns:
        return (Absent(words.NO_RETURNS),)
    by, measure = choice.of("by", "disabled"), measure_of(choice)
    if by not in availability.BY_AREA:
        return (Absent(views.WHY_SCOTLAND.format(label=availability.in_words(by)), "c"),)
    answer = held.journeys(edition, f"B_{by}", None)
    population = edition.ask("population_shares", characteristic=by, areas=list(edition.areas))
    reached_in, years = held.start_years(edition), held.outcome_years(edition, measure)
    islands = [code for code, row in edition.areas.items() if row["is_island"] is True or str(row["is_island"]) == "True"]
    order = [*islands, *(code for code in edition.areas if code not in islands)]
    caption = (f"{availability.name_of(by)} by partnership: reach of people who started in {cohorts.years_label(reached_in)}; "
               f"{equality.MEASURES[measure].lower()} of those who started in {cohorts.years_label(years)}")
    columns = (*COLUMNS, equality.MEASURES[measure], *([numbers.RANGE, f"{numbers.RANGE}: everyone else"] if measure in equality.OF_RECORDS else []),
               "Gap in points (95% interval)")
    cells = [row for code in order for row in _area_rows(
        edition.area_name(code), code, answer, population, (reached_in, years), measure, len(columns))]
    return (compose.figure(
        edition, answer.joined_by(population), title="Each partnership", subtitle=caption,
        table=table(caption, columns, cells, range(2, len(columns))),
        unit="% of people; gaps in percentage points", base=outcomes.BASE, interval=outcomes.INTERVAL,
        notes=[NO_VERDICT, words.NOT_EFFECT, *([differences.RANGE_NOTE] if measure in equality.OF_RECORDS else [])]),)


def _area_rows(name: str, code: str, answer: Answer, population: Answer, years: tuple[Sequence[str], Sequence[str]],
               measure: str, width: int) -> list[list[str]]:
    rows = [row for row in answer.rows if row["area_code"] == code]
    found, later = (equality.breakdown(rows, each) for each in years)
    if found is None:
        return [[name, "No return for this edition", *["[x]"] * (width - 2)]]
    fared: Mapping[str, equality.Gap] = {gap.group.category: gap for gap in (equality.gaps(later, measure) if later else ())}
    cells = []
    for row in equality.reached(found, population.rows):
        gap = fared.get(row.group.category)
        limits = f" ({words.limits(row.share)})" if words.limits(row.share) else ""
        cells.append([name, row.group.label, words.count(row.group.starts), f"{words.percent(row.share)}{limits}",
                      words.ratio(row), words.percent(gap.own, 0) if gap else "[x]",
                      *([tables.range_of(gap.own), tables.range_of(gap.rest)] if gap and measure in equality.OF_RECORDS else []),
                      words.points(gap.row) if gap else "[x]"])
        cells[-1] += ["[x]"] * (width - len(cells[-1]))
    return cells + [[name, *unknown] for unknown in tables.unknown_cells(found, width - 1)]
