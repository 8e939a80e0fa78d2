"""A file as a table of text: the one shape that CSV, Parquet and XLSX become before any rule is applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.pipeline.returns import headers
from dashboard.pipeline.returns.cells import EXCEL_DAY_ZERO
from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.headers import shorten

ROWS = 3_000_000             # more than the adult population of any partnership, five times over
EXPANDED_BYTES = 2 << 30     # what an archive may expand to
ROW = "row"
FAULTS = {ROW: pl.UInt32, "column": pl.String, "value": pl.String, "rule": pl.String, "remedy": pl.String}


@dataclass(frozen=True)
class Table:
    """The rows of one file.

    `cells`: `row` (its number in the file, the header being row 1) and the contract's columns as text,
    null where empty; columns the file lacks are all null. `faults`: rows already known to be wrong.
    `unsplit`: `row`, `text` of rows that could not be cut into cells. `unknown`: names of columns
    that are not in the contract; what they hold is in none of these. `day_zero`: the day that Excel's
    numbers for days count from.
    """

    cells: pl.DataFrame
    faults: pl.DataFrame
    unsplit: pl.DataFrame
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    day_zero: date = EXCEL_DAY_ZERO


def no_faults() -> pl.DataFrame:
    """An empty `faults`."""
    return pl.DataFrame(schema=FAULTS)


def no_unsplit() -> pl.DataFrame:
    """An empty `unsplit`."""
    return pl.DataFrame(schema={ROW: pl.UInt32, "text": pl.String})


def match_header(header: list[str], columns: tuple[Column, ...],
                 following: Sequence[list[str]] = ()) -> dict[str, int]:
    """Place of each of the contract's columns in the header; raises FileRejected by name.

    `following`: the cells of the next few rows, where the header may stand instead.
    """
    missing = [column.name for column in columns if column.is_required and column.name not in header]
    if missing and (place := headers.find_below(following, columns)):
        raise headers.misplaced(header, *place)
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        raise FileRejected(f"the column '{shorten(repeated[0])}' appears {header.count(repeated[0])} times",
                           "keep one column of that name", row=1, column=shorten(repeated[0]))
    meant = headers.near_misses(header, columns)
    if missing:
        raise headers.missing(header, missing, meant)
    if meant:
        raise headers.misspelt(meant)
    return {column.name: header.index(column.name) for column in columns if column.name in header}


def arrange(
    frame: pl.DataFrame,
    header: list[str],
    columns: tuple[Column, ...],
    faults: pl.DataFrame | None = None,
    unsplit: pl.DataFrame | None = None,
) -> Table:
    """The contract's columns in its order (absent ones null), from a frame of text with `row`."""
    known = {column.name for column in columns}
    absent = tuple(column.name for column in columns if column.name not in header)
    cells = frame.select(
        ROW,
        *[
            pl.lit(None, dtype=pl.String).alias(c.name) if c.name in absent else pl.col(c.name)
            for c in columns
        ],
    )
    unknown = tuple(shorten(name) if name else "(no name)" for name in header if name not in known)
    table = Table(
        cells,
        no_faults() if faults is None else faults,
        no_unsplit() if unsplit is None else unsplit,
        unknown,
        absent,
    )
    if not len(table.cells) and not len(table.unsplit):
        raise FileRejected("the file has a header but no rows", "send the file again with its rows")
    return table
