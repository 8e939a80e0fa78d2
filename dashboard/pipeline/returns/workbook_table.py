"""XLSX to a table of text.

The archive is measured before it is expanded. The cell values come from a spreadsheet reader; formulas
and error cells, which it shows as values or as empty, are found in the sheet itself.
"""

import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import fastexcel
import polars as pl

from dashboard.pipeline.returns import sheets
from dashboard.pipeline.returns.cells import EXCEL_DAY_ZERO_1904
from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.headers import ROWS_BELOW
from dashboard.pipeline.returns.table import FAULTS, NO_FAULTS, ROW, ROWS, Table, arrange, match_header

EXPANDED_BYTES = 1 << 30
RATIO = 200                     # times its own size; an ordinary workbook expands 5 to 30 times
RATIO_FROM_BYTES = 50 << 20     # small workbooks may be very regular
UNREADABLE = "open it in a spreadsheet, save it again as .xlsx without a password, or send CSV UTF-8"
CELL = re.compile(rb'<(?:\w+:)?c\b(?P<attributes>[^>]*)>(?P<formula>\s*<(?:\w+:)?f\b)?')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
ERROR = re.compile(rb"""\bt=["']e["']""")
NEEDED = re.compile(r"xl/(?:workbook\d*|worksheets/[^/]+)\.xml|xl/_rels/workbook\d*\.xml\.rels", re.IGNORECASE)


def read_workbook(path: Path, columns: tuple[Column, ...], size: int) -> Table:
    """Read the one sheet of an XLSX workbook that holds the return; raises FileRejected."""
    workbook = sheets.list_sheets(_expand(path, size))
    sheet, notes = sheets.choose(workbook.sheets, columns, lambda each: _texts(_load(path, each.name, ROWS_BELOW + 1)))
    raw = _load(path, sheet.name, ROWS + 1)
    if not len(raw):
        raise FileRejected("the first row is empty", "put the column names in row 1", row=1)
    header = _header(raw)
    places = match_header(header, columns, _texts(raw.slice(1, ROWS_BELOW)))
    frame = raw.slice(1).with_row_index(ROW, offset=2)
    faults = pl.concat([_formulas(sheet.data, header, places), _beyond_header(frame, header)])
    faults = faults.filter(pl.col(ROW).is_in(frame[ROW].to_list()))
    frame = frame.select(ROW, *[pl.nth(place + 1).alias(name) for name, place in places.items()])
    table = arrange(_plain_dates(frame, columns), header, columns, faults, notes=notes)
    return replace(table, day_zero=EXCEL_DAY_ZERO_1904) if workbook.counts_from_1904 else table


def _expand(path: Path, size: int) -> dict[str, bytes]:
    """The XML of the workbook and of every sheet, by name; raises FileRejected for what is no workbook or expands beyond reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            expanded = sum(member.file_size for member in members)
            if (
                expanded > EXPANDED_BYTES
                or expanded > max(RATIO * size, RATIO_FROM_BYTES)
                or len(members) > 10_000
            ):
                raise FileRejected(f"the archive expands beyond reason, to {expanded / (1 << 20):,.0f} MiB",
                                   "check what was exported, or send CSV UTF-8")
            # Reading every member proves that the sizes it declares are true.
            return {member.filename: data for member in members
                    if (data := _member(archive, member)) is not None}
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise FileRejected(
            "the file is not an Excel workbook (.xlsx), or it is damaged or has a password", UNREADABLE
        ) from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    if NEEDED.fullmatch(member.filename):
        return archive.read(member)
    with archive.open(member) as handle:
        while handle.read(1 << 20):
            pass
    return None


def _load(path: Path, name: str, rows: int) -> pl.DataFrame:
    """The cells of a sheet's first rows as text, row 1 of the sheet first."""
    try:
        sheet = fastexcel.read_excel(path).load_sheet(
            name, header_row=None, skip_rows=0, dtypes="string", n_rows=rows)
    except fastexcel.FastExcelError as error:
        raise FileRejected("the workbook cannot be read: it is damaged", UNREADABLE) from error
    frame = sheet.to_polars()
    return frame.select(pl.when(pl.all() != "").then(pl.all()))


def _texts(frame: pl.DataFrame) -> sheets.Rows:
    return [[cell or "" for cell in row] for row in frame.iter_rows()]


def _header(raw: pl.DataFrame) -> list[str]:
    """Names in row 1, up to the last one: what lies beyond it is not part of the table."""
    names = [name or "" for name in raw.row(0)]
    while names and not names[-1]:
        names.pop()
    return names


def _beyond_header(frame: pl.DataFrame, header: list[str]) -> pl.DataFrame:
    extra = frame.columns[len(header) + 1:]
    if not extra:
        return NO_FAULTS
    return frame.filter(pl.any_horizontal(pl.col(extra).is_not_null())).select(
        ROW, pl.lit("").alias("column"), pl.lit("").alias("value"),
        pl.lit(f"the row has more cells than the header's {len(header)}").alias("rule"),
        pl.lit("clear the cells to the right of the last column name").alias("remedy"))


def _formulas(sheet: bytes, header: list[str], places: dict[str, int]) -> pl.DataFrame:
    """Rows with a formula or an error cell in one of the contract's columns."""
    if not FORMULA.search(sheet) and not ERROR.search(sheet):
        return NO_FAULTS
    found = [(cell["attributes"], "holds a formula, not a value" if cell["formula"] else "is an Excel error")
             for cell in CELL.finditer(sheet) if cell["formula"] or ERROR.search(cell["attributes"])]
    references = [REFERENCE.search(attributes) for attributes, _ in found]
    if not all(references) or (not found and FORMULA.search(sheet)):
        raise FileRejected("the workbook holds formulas", "copy the sheet and paste it as values only")
    by_place = {place: name for name, place in places.items()}
    first = _first_column(sheet, header)
    rows = []
    for (_, what), reference in zip(found, references, strict=True):
        letters, row = reference[1].decode(), int(reference[2])
        name = by_place.get(_place(letters) - first)
        if name and row > 1:
            rows.append(
                (
                    row,
                    name,
                    f"{letters}{row}",
                    f"cell {letters}{row} {what}",
                    "type or paste the value itself",
                )
            )
    return pl.DataFrame(rows, schema=FAULTS, orient="row")


def _first_column(sheet: bytes, header: list[str]) -> int:
    """Place in the sheet (A is 0) of the header's first column; the reader drops empty columns before it."""
    row = re.search(rb'<(?:\w+:)?row\b[^>]*>(.*?)</(?:\w+:)?row>', sheet, re.DOTALL)
    cells = (
        re.finditer(
            rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})1["'][^>]*?>\s*<(?:\w+:)?(?:v|is|f)""", row[1]
        )
        if row
        else ()
    )
    named = next((_place(cell[1].decode()) for cell in cells), 0)
    return named - next(i for i, name in enumerate(header) if name)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _plain_dates(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """A date cell reads as a moment at midnight: keep its date. A moment of the day stays, and is refused."""
    dates = [column.name for column in columns if column.type == "date" and column.name in frame.columns]
    return frame.with_columns(pl.col(dates).str.strip_suffix(" 00:00:00")) if dates else frame
