"""A file as a table of text: the one shape that CSV, Parquet and XLSX become before any rule is applied."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from dashboard.pipeline.returns import headers
from dashboard.pipeline.returns.cells import EXCEL_DAY_ZERO
from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.headers import shorten
from dashboard.pipeline.returns.runs import name_rows

ROWS = 3_000_000             # more than the adult population of any partnership, five times over
EXPANDED_BYTES = 2 << 30     # what an archive may expand to
ROW = "row"
FAULTS = {ROW: pl.UInt32, "column": pl.String, "value": pl.String, "rule": pl.String, "remedy": pl.String}
NO_FAULTS = pl.DataFrame(schema=FAULTS)
NO_UNSPLIT = pl.DataFrame(schema={ROW: pl.UInt32, "text": pl.String})


@dataclass(frozen=True)
class Table:
    """The rows of one file.

    `cells`: `row` (its number in the file, the header being row 1) and the contract's columns as text,
    null where empty; columns the file lacks are all null. `faults`: rows already known to be wrong.
    `unsplit`: `row`, `text` of rows that could not be cut into cells. `unknown`: names of columns
    that are not in the contract; what they hold is in none of these. `day_zero`: the day that Excel's
    numbers for days count from. `notes`: rule and remedy of what is worth a warning about the whole file.
    """

    cells: pl.DataFrame
    faults: pl.DataFrame
    unsplit: pl.DataFrame
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    day_zero: date = EXCEL_DAY_ZERO
    notes: tuple[tuple[str, str], ...] = ()


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
    faults: pl.DataFrame = NO_FAULTS,
    unsplit: pl.DataFrame = NO_UNSPLIT,
    empty: Sequence[int] = (),
    notes: Sequence[tuple[str, str]] = (),
) -> Table:
    """The contract's columns in its order (absent ones null), from a frame of text with `row`.

    Rows with nothing in them are left out with a note; `empty` are the numbers of such rows left out before.
    """
    known = {column.name for column in columns}
    absent = tuple(column.name for column in columns if column.name not in header)
    cells = frame.select(
        ROW,
        *[
            pl.lit(None, dtype=pl.String).alias(c.name) if c.name in absent else pl.col(c.name)
            for c in columns
        ],
    ).rechunk()      # a long file is read in parts, and Polars formats a text of few rows of many parts wrongly
    cells, blank = _leave_out_empty(cells, columns, faults[ROW])
    if rows := sorted({*empty, *blank}):
        notes = [*notes, _note_empty(rows)]
    unknown = tuple(shorten(name) for name in header if name and name not in known)
    if unnamed := sum(1 for name in header if not name):
        notes = [*notes, (f"{unnamed} {'column has' if unnamed == 1 else 'columns have'} no name: "
                          "what they hold was ignored and kept nowhere", "name each column, or take it out")]
    table = Table(
        cells,
        faults,
        unsplit,
        unknown,
        absent,
        notes=tuple(notes),
    )
    if not len(table.cells) and not len(table.unsplit):
        raise FileRejected("the file has a header but no rows", "send the file again with its rows")
    return table


def leave_out_copies(table: Table, copies: pl.DataFrame) -> Table:
    """The table without rows that repeat an earlier one cell by cell (`row`, `first`), and a note of them."""
    rows = copies[ROW].to_list()
    what = "1 row says" if len(rows) == 1 else f"{len(rows):,} rows say"
    note = (f"{what} in every cell what an earlier one says, so it was read once ({name_rows(rows)}; the first of them "
            f"repeats row {copies['first'][0]})", "nothing need be done; find out why rows are sent twice")
    return replace(table, cells=table.cells.filter(~pl.col(ROW).is_in(rows)), notes=(*table.notes, note))


def _leave_out_empty(
    cells: pl.DataFrame, columns: tuple[Column, ...], faulty: pl.Series
) -> tuple[pl.DataFrame, list[int]]:
    """The rows with something in them, or something wrong with them, and the numbers of the others."""
    first = cells[columns[0].name]
    doubtful = cells.filter(first.is_null() | (first < "!") | (first > "~"))     # begins with a space of some sort
    if not len(doubtful):
        return cells, []
    texts = pl.exclude(ROW)
    blank = doubtful.filter(pl.all_horizontal(texts.is_null() | (texts.str.strip_chars() == "")))[ROW]
    blank = blank.filter(~blank.is_in(faulty.implode()))
    return (cells.filter(~pl.col(ROW).is_in(blank.implode())) if len(blank) else cells), blank.to_list()


def _note_empty(rows: Sequence[int]) -> tuple[str, str]:
    what = "1 empty row was" if len(rows) == 1 else f"{len(rows):,} empty rows were"
    return f"{what} left out ({name_rows(rows)})", "nothing need be done; take them out if something should be there"
