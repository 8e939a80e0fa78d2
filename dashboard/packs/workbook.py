"""Accessible workbooks: a cover, contents, notes and one table a sheet; no merged and no blank cells."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.figure import Cell, Figure
from dashboard.packs.fixed import fixed
from dashboard.packs.pack import READING, Pack, foot, plain_text
from dashboard.packs.table_csv import unit
from dashboard.words import marks
from dashboard.words.marks import notice_of

LONGEST_TAB = 31
# What people typed is text: nothing in a cell becomes a formula, a link or a number by how it is spelled.
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Value = str | float | int


@dataclass(frozen=True)
class Sheet:
    """One table: a tab name, a title, columns with their units, and rows in which a missing value is a mark."""

    name: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    notice: str = ""
    scope: str = "Units are in the column headings."

    @property
    def marks(self) -> list[str]:
        """The marks in use, with their meaning."""
        cells = [str(cell) for row in self.rows for cell in row]
        return [f"[{mark}] {meaning}" for mark, meaning in marks.MARKS.items()
                if any(f"[{mark}]" in cell for cell in cells)]


def workbook(title: str, introduction: Sequence[str], notes: Sequence[str], sheets: Sequence[Sheet], made_at: str) -> bytes:
    """The .xlsx; `made_at` (ISO text) is its date. The notes are said of every sheet."""
    import gptables
    import pandas as pd

    read_with = "Read with the notes: " + "".join(f"$$n{place}$$" for place, _ in enumerate(notes, 1))
    tables = {sheet.name: gptables.GPTable(
        table=pd.DataFrame(list(sheet.rows), columns=list(sheet.columns)).astype(object),
        table_name=sheet.name.replace(" ", "_").replace("-", "_").lower(), title=sheet.title,
        subtitles=[sheet.subtitle, read_with, *sheet.notes, *filter(None, [sheet.notice])],
        scope=sheet.scope, source=sheet.source, legend=sheet.marks, index_columns={1: 0},
        instructions="This worksheet contains one table.") for sheet in sheets}
    cover = gptables.Cover(cover_label="Cover", title=title, intro=["Introductory information", *introduction],
                           about=["About these figures", *notes])
    held = pd.DataFrame({"Note number": [f"n{place}" for place, _ in enumerate(notes, 1)], "Note text": notes})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        gptables.write_workbook(filename=str(path), sheets=tables, cover=cover, contentsheet_label="Contents",
                                notes_table=held, auto_width=True, workbook_options=ONLY_TEXT)
        return fixed(path.read_bytes(), made_at)


def pack_workbook(pack: Pack) -> bytes:
    """Every figure of a pack as a sheet; the same pack gives the same bytes."""
    facts = [*filter(None, [pack.notice()]), *(f"{name}: {text}" for name, text in pack.facts),
             *(f"{question} Not in this workbook: {why}" for question, why in pack.not_held)]
    sheets = [figure_sheet(each, f"Table {place}") for place, each in enumerate(pack.figures, 1)]
    return workbook(_only_text(pack.title), [_only_text(each) for each in facts], READING, sheets, pack.made_at)


def figure_sheet(figure: Figure, name: str) -> Sheet:
    """A figure's table with its numbers as numbers, and everything that travels with it."""
    headings, columns = zip(*_columns(figure), strict=True)
    about = foot(figure)
    return Sheet(name, _only_text(figure.title), _only_text(figure.subtitle), headings, tuple(zip(*columns, strict=True)),
                 (*(f"{fact}: {about[fact]}" for fact in ("Status", "Base", "Interval") if fact in about),
                  *map(_only_text, figure.notes), f"Evidence: {figure.evidence_id}"),
                 about.get("Source", "none: these are words"), notice_of(figure),
                 f"Unit: {figure.unit}")


def _columns(figure: Figure) -> Iterator[tuple[str, list[Value]]]:
    """(heading, values): a column of numbers beside its limits and marks; where there is no number, what is shown."""
    for place, column in enumerate(figure.table.columns):
        cells, name = [row[place] for row in figure.table.rows], plain_text(column.name)
        if not column.is_number:
            yield name, [_words(cell) for cell in cells]
            continue
        yield name, [_words(cell) if cell.value is None else _number(cell.value) for cell in cells]
        if any(cell.value is not None and cell.lower is not None for cell in cells):
            for heading, part in ((f"{name}: lower limit", "lower"), (f"{name}: upper limit", "upper")):
                yield heading, ["[x]" if getattr(cell, part) is None else _number(getattr(cell, part)) for cell in cells]
        if any(cell.value is not None and cell.mark for cell in cells):
            yield f"{name}: marks", [marks.marks_text(cell.mark) or "none" for cell in cells]
        if len({unit(cell.text) for cell in cells if cell.value is not None}) > 1:
            yield f"{name}: as shown", [_words(cell) for cell in cells]


def _words(cell: Cell) -> str:
    return _only_text(cell.text) or "[z]"


def _only_text(text: str) -> str:
    """Text in which gptables finds neither a link nor a note of its own."""
    return plain_text(text).replace("](", "]\u2060(").replace("$$", "$\u2060$")


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
