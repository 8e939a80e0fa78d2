"""Tables of groups: one row a group, and the unknown in rows of their own, never with a rate."""

from collections.abc import Mapping, Sequence

from dashboard.figure import Table, table
from dashboard.figures.equality import words
from dashboard.read.equality import Breakdown, Gap, Reached
from dashboard.words import numbers

REACH = ("Group", "People", "Share of known answers", "95% interval", "Population", "Share of it", "Ratio",
         "95% interval of the ratio", "Compared")
GAPS = ("Group", "People", "Rate", "Everyone else", "Gap in points (95% interval)", "With the unknown",
        numbers.RANGE, f"{numbers.RANGE}: everyone else", "Compared")


def reach_table(caption: str, pairs: Sequence[tuple[Breakdown, Sequence[Reached]]]) -> Table:
    """One row a group and source, and the unknown rows; the ratio is the two shares as shown."""
    cells = []
    for found, rows in pairs:
        cells += [(row.group.label, words.count(row.group.starts), words.percent(row.share), words.limits(row.share) or "[x]",
                   "[x]" if row.population is None else words.source_name(row.population), words.population_share(row),
                   words.ratio(row), words.ratio_limits(row), words.told_words(row, rows)) for row in rows]
        cells += unknown_cells(found, len(REACH))
    return table(caption, REACH, cells, {1, 2, 3, 5, 6, 7})


def gap_table(caption: str, made: Sequence[tuple[Breakdown, Sequence[Gap]]]) -> Table:
    """One row a group: its rate, everyone else's, the difference and how far the unknown could move it."""
    gaps = [gap for _, own in made for gap in own]
    lines = [cells for found, own in made for cells in gap_cells(found, own)]
    return without_ranges(table(caption, GAPS, lines, range(1, len(GAPS) - 1)), gaps)


def without_ranges(shown: Table, gaps: Sequence[Gap]) -> Table:
    """The same table without the columns of ranges where no rate is of records."""
    if any("lowest" in gap.own for gap in gaps):
        return shown
    kept = [place for place, column in enumerate(shown.columns) if not column.name.startswith(numbers.RANGE)]
    return Table(shown.caption, tuple(shown.columns[place] for place in kept),
                 tuple(tuple(row[place] for place in kept) for row in shown.rows))


def gap_cells(found: Breakdown, gaps: Sequence[Gap]) -> list[Sequence[str]]:
    """The rows of one breakdown: each group, then the unknown."""
    cells: list[Sequence[str]] = [
        (_who(gap), words.count(gap.group.starts), words.percent(gap.own, 0), words.percent(gap.rest, 0),
         words.points(gap.row), words.span(gap), range_of(gap.own), range_of(gap.rest), words.gap_verdict(gap)) for gap in gaps]
    return cells + unknown_cells(found, len(GAPS))


def _who(gap: Gap) -> str:
    """The group, and whom it is set against where that is not everyone else."""
    return gap.group.label if gap.rest_name == "everyone else" else f"{gap.group.label}, against {gap.rest_name}"


def range_of(rate: Mapping[str, float]) -> str:
    """What a rate of records could be; '[x]' where that is not held."""
    return words.range_text(rate if "lowest" in rate else {})


def unknown_cells(found: Breakdown, width: int) -> list[list[str]]:
    """The unknown rows of a table: how many people, and of everyone; never a rate."""
    if found.overlapping:
        return [["Not known", "[x]", "not recorded apart", *["[x]"] * (width - 3)]]
    return [[group.label, words.count(group.starts), f"{words.share(group, words.everyone(found))} of everyone",
             *["[x]"] * (width - 3)] for group in found.unknown]


def unknown_rows(found: Breakdown) -> list[dict[str, object]]:
    """The unknown and the withheld as rows of a chart: words alone; none where the returns cannot tell."""
    if found.overlapping:
        return []
    return [{"label": group.label, "words": f"{words.count(group.starts)} people, "
             f"{words.share(group, words.everyone(found))} of everyone",
             "unknown": 100 * group.starts / words.everyone(found) if group.starts else None} for group in found.unknown]
