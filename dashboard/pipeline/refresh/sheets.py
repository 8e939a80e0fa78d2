"""A CSV file or an Excel workbook as grids of text, each cell with its address.

The cells of a workbook are read from its XML: a spreadsheet library gives them rounded to nine places.
"""

import csv
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from dashboard.pipeline.errors import BuildError

EXPANDED_BYTES = 300 << 20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Grid:
    """One sheet. Rows and columns count from 1, as in a spreadsheet; a cell that is not there is empty."""

    sheet: str
    cells: dict[tuple[int, int], str]
    merged: tuple[tuple[str, range, range], ...] = field(default=())   # address, rows, columns

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def text(self, row: int, column: int) -> str:
        """The cell; raises BuildError for one that is part of a merged block: which row it belongs to is unknown."""
        for address, rows, columns in self.merged:
            if row in rows and column in columns:
                raise BuildError(f"{self.where(row, column)} is part of the merged cells {address}; expected one cell "
                                 "a figure. Unmerge them in a copy and fill each cell")
        return self.cells.get((row, column), "")

    def row(self, row: int) -> list[str]:
        """Every cell of a row, merged ones too, for finding a header."""
        return [self.cells.get((row, column), "") for column in range(1, self.width + 1)]

    def where(self, row: int, column: int) -> str:
        """'sheet 'Table 1.7', cell C12', or 'cell C12' of a CSV file."""
        sheet = f"sheet '{self.sheet}', " if self.sheet else ""
        return f"{sheet}cell {letters(column)}{row}"


def read_sheets(path: Path) -> list[Grid]:
    """Every sheet of a workbook, or the one of a CSV file; raises BuildError for what is neither."""
    if path.suffix.lower() == ".xlsx":
        return _workbook(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BuildError(f"it cannot be read as UTF-8 CSV: {error}") from error
    return [Grid("", {(number, place): text.strip() for number, row in enumerate(rows, start=1)
                      for place, text in enumerate(row, start=1) if text.strip()})]


def letters(column: int) -> str:
    """3 is C, 28 is AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _workbook(path: Path) -> list[Grid]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > EXPANDED_BYTES:
                raise BuildError("the workbook expands beyond reason: check what was downloaded")
            strings = _shared_strings(archive)
            links = {each.get("Id"): each.get("Target") for each in _xml(archive, "xl/_rels/workbook.xml.rels")}
            return [_sheet(archive, sheet.get("name"), links[sheet.get(LINK)], strings)
                    for sheet in _xml(archive, "xl/workbook.xml").iter(f"{MAIN}sheet")]
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, LookupError, ValueError, TypeError, AttributeError,
            EOFError, RuntimeError) as error:     # whatever part of it is not as workbooks are
        raise BuildError("it is not an Excel workbook (.xlsx), or it is damaged or has a password: "
                         "open it in a spreadsheet and save it again") from error


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content:     # no spreadsheet writes one; entities could expand without end
        raise ValueError(name)
    return ElementTree.fromstring(content)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_words(each) for each in _xml(archive, "xl/sharedStrings.xml").iter(f"{MAIN}si")]


def _words(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{MAIN}t"))


def _sheet(archive: zipfile.ZipFile, name: str, target: str, strings: list[str]) -> Grid:
    root = _xml(archive, "xl/" + target.removeprefix("/xl/"))
    cells = {}
    for cell in root.iter(f"{MAIN}c"):
        if text := _cell(cell, strings).strip():
            cells[_address(cell.get("r"))] = text
    merged = []
    for block in root.iter(f"{MAIN}mergeCell"):
        (top, left), (bottom, right) = map(_address, block.get("ref").split(":"))
        merged.append((block.get("ref"), range(top, bottom + 1), range(left, right + 1)))
    return Grid(name, cells, tuple(merged))


def _cell(cell: ElementTree.Element, strings: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return strings[int(value)]
    if kind == "inlineStr":
        return _words(cell)
    if kind == "n" and value:
        # Spreadsheets store 0.913 as 0.91300000000000003: the shortest number that names it is what was typed.
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    return value


def _address(reference: str) -> tuple[int, int]:
    column, row = REFERENCE.fullmatch(reference).groups()
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - ord("A") + 1
    return int(row), place
