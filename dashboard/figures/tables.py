"""Rows of answers as tables: one row a period, an area, a measure or a part."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dashboard.catalogue import Indicator
from dashboard.figure import Table, table
from dashboard.methods.missing import is_missing
from dashboard.words import marks, numbers, phrases

Row = Mapping[str, object]


def series_table(rows: Sequence[Row], indicator: Indicator, caption: str,
                 others: Mapping[str, Indicator] = MappingProxyType({})) -> Table:
    """One row a period; one column a series, or value and interval when there is one series.

    `others`: the indicator of a series that is not of this one, such as its milestones.
    """
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    periods = list(dict.fromkeys((row["period"], row["period_label"]) for row in rows))
    held = {(row["period"], str(row["series"])): row for row in rows}
    if len(names) == 1:
        return one_series_table([(label, held[period, names[0]]) for period, label in periods], "Period", indicator, caption)
    ranged = [name for name in names if others.get(name, indicator).is_of_records]
    lines = [[str(label), *(value_and_interval(held.get((period, name)), others.get(name, indicator)) for name in names),
              *(numbers.range_text(held.get((period, name), {}), indicator) for name in ranged)]
             for period, label in periods]
    columns = (*names, *(f"{numbers.RANGE}: {name}" for name in ranged))
    return table(caption, ("Period", *columns), lines, range(1, len(columns) + 1))


def one_series_table(rows: Iterable[tuple[object, Row]], heading: str, indicator: Indicator, caption: str) -> Table:
    """Value, interval, base and, where a share is hidden, counts of each row; empty columns are left out."""
    rows = list(rows)
    hidden = any(numbers.counts_text(row, indicator) for _, row in rows)
    columns = [
        (heading, [str(label) for label, _ in rows]),
        (column_title(indicator), [numbers.value_text(row, indicator, short=True) for _, row in rows]),
        (phrases.sentence_case(numbers.interval_name(indicator)), [numbers.interval_text(row, indicator) for _, row in rows]),
        (numbers.RANGE, [numbers.range_text(row, indicator) if indicator.is_of_records else "" for _, row in rows]),
        ("People in the base", [_count(row) for _, row in rows]),
        ("Counts, rounded to 5", [numbers.counted(row) if hidden else "" for _, row in rows]),
    ]
    kept = [(name, cells) for name, cells in columns if any(cells)]
    # A hidden share has no interval for the same reason, so its mark stands there too.
    instead = [next(iter(mark for mark in marks.marks_of(row.get("obs_status")) if mark in marks.ALONE), "x")
               for _, row in rows]
    filled = [(name, [cell or f"[{mark}]" for cell, mark in zip(cells, instead, strict=True)]) for name, cells in kept]
    return table(caption, [name for name, _ in filled], zip(*(cells for _, cells in filled), strict=True),
                 range(1, len(filled)))


def area_table(rows: Iterable[Row], indicator: Indicator, caption: str) -> Table:
    """One row an area, Scotland first."""
    return one_series_table([(row["area"], row) for row in rows], "Area", indicator, caption)


def figures_table(rows: Iterable[tuple[str, Row, Indicator]], caption: str) -> Table:
    """The figures of an answer, each of its own indicator: value, interval or why there is none, base and period."""
    return table(caption, ("Measure", "Figure", "Interval", "Base", "Period"), [
        (label, numbers.value_text(row, indicator), numbers.interval_line(row, indicator),
         numbers.base_text(row, indicator), str(row["period_label"])) for label, row, indicator in rows], {1})


def value_and_interval(row: Row | None, indicator: Indicator) -> str:
    """'31% (29% to 33%)'; '[x]' where there is no row."""
    if row is None:
        return "[x]"
    interval = numbers.interval_text(row, indicator)
    return numbers.value_text(row, indicator, short=True) + (f" ({interval})" if interval else "")


def column_title(indicator: Indicator) -> str:
    """The unit as a column's heading."""
    return f"{indicator.unit[:1].upper()}{indicator.unit[1:]}"


def _count(row: Row) -> str:
    """The base of a row; of returns, none is never told from fewer than five."""
    base = row.get("denominator")
    if is_missing(base):
        return ""
    return marks.FEWER_THAN_5 if not float(base) and row.get("data_class") == "returns" else f"{float(base):,.0f}"
