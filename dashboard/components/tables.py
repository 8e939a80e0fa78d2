"""Rows of an answer as tables people can read and files machines can read."""

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.components.markup import Table
from dashboard.read import wording

Row = Mapping[str, object]
_PLAIN = ("start_date", "end_date")


def series_table(rows: Sequence[Row], indicator: Indicator) -> Table:
    """One row a period; one column a series, or value and interval when there is one series."""
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    periods = list(dict.fromkeys((row["period"], row["period_label"]) for row in rows))
    found = {(row["period"], str(row["series"])): row for row in rows}
    if len(names) == 1:
        return one_series_table(
            [(label, found[period, names[0]]) for period, label in periods], "Period", indicator
        )
    cells = [
        [str(label), *(value_and_interval(found.get((period, name)), indicator) for name in names)]
        for period, label in periods
    ]
    return Table(("Period", *names), cells, frozenset(range(1, len(names) + 1)))


def one_series_table(rows: Sequence[tuple[object, Row]], heading: str, indicator: Indicator) -> Table:
    """Value, interval, base and, where a share is hidden, counts of each row; empty columns are left out."""
    hidden = any(wording.counts_text(row, indicator) for _, row in rows)
    columns = [
        (heading, [str(label) for label, _ in rows]),
        (column_title(indicator), [wording.value_text(row, indicator, short=True) for _, row in rows]),
        (wording.interval_name(indicator), [wording.interval_text(row, indicator) for _, row in rows]),
        ("People in the base", [_count(row) for _, row in rows]),
        ("Counts, rounded to 5", [wording.counted(row) if hidden else "" for _, row in rows]),
    ]
    kept = [(name, cells) for name, cells in columns if any(cells)]
    # A hidden share has no interval for the same reason, so its mark stands there too.
    marks = [next(iter(mark for mark in wording.marks_of(row.get("obs_status")) if mark in wording.ALONE), "x")
             for _, row in rows]
    filled = [(name, [cell or f"[{mark}]" for cell, mark in zip(cells, marks, strict=True)]) for name, cells in kept]
    return Table(
        [name for name, _ in filled],
        list(zip(*(cells for _, cells in filled), strict=True)),
        frozenset(range(1, len(filled))),
    )


def area_table(rows: Sequence[Row], indicator: Indicator) -> Table:
    """One row an area, Scotland first."""
    return one_series_table([(row["area"], row) for row in rows], "Area", indicator)


def figures_table(rows: Sequence[tuple[str, Row, Indicator]]) -> Table:
    """The figures of an answer, each of its own indicator: value, interval or why there is none, base and period."""
    return Table(("Measure", "Figure", "Interval", "Base", "Period"), [
        (label, wording.value_text(row, indicator), wording.interval_line(row, indicator),
         wording.base_text(row, indicator), str(row["period_label"])) for label, row, indicator in rows], frozenset({1}))


def spine_table(rows: Sequence[Row], catalogue: Mapping[str, Indicator]) -> Table:
    """One row a measure: the area, its interval, Scotland, the spread and the verdict in words."""
    cells = []
    for row in rows:
        indicator = catalogue[str(row["indicator_id"])]
        cells.append(
            [
                indicator.title,
                str(row["period_label"]),
                wording.value_text(row, indicator, short=True),
                wording.interval_text(row, indicator) or "none published",
                wording.amount(row["scotland"], indicator, short=True),
                f"{wording.amount(row['lowest'], indicator, short=True)} to "
                f"{wording.amount(row['highest'], indicator, short=True)}",
                str(row["compared"]),
            ]
        )
    return Table(
        (
            "Measure",
            "Period",
            "Here",
            "95% interval",
            "Scotland",
            "Partnerships, lowest to highest",
            "Compared",
        ),
        cells,
        frozenset({2, 4}),
    )


def parts_table(parts: pd.DataFrame, heading: str) -> Table:
    """One row a bar, one column a part, shares of the whole."""
    names = list(dict.fromkeys(parts["part"]))
    cells = []
    for label in dict.fromkeys(parts["label"]):
        own = parts[parts["label"] == label].set_index("part")["share"]
        cells.append([str(label), *(f"{own[name]:.0f}%" if name in own else "[x]" for name in names)])
    return Table((heading, *names), cells, frozenset(range(1, len(names) + 1)))


def plain(value: object) -> str:
    """Any value as text: empty for missing, whole numbers without a point."""
    cell = _safe(value) if not isinstance(value, str) else value
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def value_and_interval(row: Row | None, indicator: Indicator) -> str:
    """'31% (29% to 33%)'; '[x]' where there is no row."""
    if row is None:
        return "[x]"
    interval = wording.interval_text(row, indicator)
    return wording.value_text(row, indicator, short=True) + (f" ({interval})" if interval else "")


def column_title(indicator: Indicator) -> str:
    return f"{indicator.unit[:1].upper()}{indicator.unit[1:]}"


def _count(row: Row) -> str:
    """The base of a row; of returns, none is never told from fewer than five."""
    base = row.get("denominator")
    if wording.is_missing(base):
        return ""
    return wording.FEWER_THAN_5 if not float(base) and row.get("data_class") == "returns" else f"{float(base):,.0f}"


def csv_bytes(rows: pd.DataFrame, evidence_id: str, synthetic: bool) -> bytes:
    """UTF-8 with a byte-order mark so that spreadsheets read it; every row carries its evidence ID."""
    tidy = rows.copy()
    for name in _PLAIN:
        if name in tidy:
            tidy[name] = tidy[name].astype(str).str[:10]
    tidy["evidence_id"] = evidence_id
    if synthetic:
        tidy["notice"] = wording.SYNTHETIC_NOTICE
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(tidy.columns)
    writer.writerows([_safe(cell) for cell in row] for row in tidy.itertuples(index=False))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _safe(cell: object) -> object:
    """Empty for missing; text that a spreadsheet would run as a formula is quoted."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return int(cell)
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell
