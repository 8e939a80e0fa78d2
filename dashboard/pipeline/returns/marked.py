"""A copy of each file with something to mend, as a workbook with the problem cells marked."""

import io
from pathlib import Path

import polars as pl
import xlsxwriter

from dashboard.pipeline.returns.contract import NOTICE, FileRejected, columns
from dashboard.pipeline.returns.folder import File, find_files, show_name
from dashboard.pipeline.returns.reading import Returns, read_table
from dashboard.pipeline.returns.table import ROW, Table

MOST_CELLS = 1_500_000  # of all files together: a sender's own folder, not a nation's
MOST_NOTES = 2_000      # in one workbook; the cells beyond are coloured alone
LEVELS = ("warning", "row")


def mark_copies(returns: Returns, folder: Path) -> dict[str, bytes]:
    """The copies by file name; none where all that is to be marked would be too much for one go.

    The files are read again, so that no more than one copy is held at a time beside the returns.
    """
    wrong = returns.account.filter(pl.col("rows_rejected") > 0)
    if sum(rows * len(columns(kind)) for kind, rows in wrong.select("kind", "rows_read").iter_rows()) > MOST_CELLS:
        return {}
    files = {show_name(file.path): file for file in find_files(folder)[0]}
    copies = {}
    for name in wrong["file"]:
        file, problems = files[name], returns.problems.filter(pl.col("file") == name)
        try:
            table = read_table(file)
        except FileRejected:     # changed since it was read: the report still says what was wrong then
            continue
        copies[f"marked_{file.kind}_{file.area_code}.xlsx"] = _mark(file, table, problems, returns.synthetic)
    return copies


def _mark(file: File, table: Table, problems: pl.DataFrame, is_synthetic: bool) -> bytes:
    """Every row where it stood, as text; the cells that a problem names are coloured and carry it as a note."""
    names = [column.name for column in columns(file.kind) if column.name not in table.absent]
    marks = _marks(problems, names)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, text = book.add_worksheet("Return"), book.add_format({"num_format": "@"})
        colours = {level: book.add_format({"num_format": "@", "bg_color": colour, "border": 1})
                   for level, colour in zip(LEVELS, ("#FFE9A8", "#FFB3A1"), strict=True)}
        if is_synthetic:
            sheet.set_header(f"&L{NOTICE}")
            book.set_properties({"comments": NOTICE})
        sheet.set_column(0, len(names) - 1, 16, text)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, names, book.add_format({"bold": True, "num_format": "@"}))
        for row, *cells in table.cells.select(ROW, *names).iter_rows():
            for place, cell in enumerate(cells):
                if cell is not None and (row, place) not in marks:
                    sheet.write_string(row - 1, place, cell)
        _write_marks(sheet, marks, colours, table, names)
    return buffer.getvalue()


def _marks(problems: pl.DataFrame, names: list[str]) -> dict[tuple[int, int], tuple[str, list[str]]]:
    """What is to be marked: (row, place of the column) to the gravest level and the notes; the whole row is column 0."""
    marks: dict[tuple[int, int], tuple[str, list[str]]] = {}
    chosen = problems.filter(pl.col("row") > 1).select("row", "column", "level", "rule", "remedy")
    for row, column, level, rule, remedy in chosen.iter_rows():
        place = (row, names.index(column) if column in names else 0)
        held, notes = marks.get(place, (level, []))
        marks[place] = (max(held, level, key=LEVELS.index), [*notes, f"{rule}. To mend: {remedy}."])
    return marks


def _write_marks(sheet, marks: dict, colours: dict, table: Table, names: list[str]) -> None:
    rows = {row: cells for row, *cells in table.cells.select(ROW, *names).filter(
        pl.col(ROW).is_in({row for row, _ in marks})).iter_rows()}
    uncut = dict(table.unsplit.iter_rows())
    for (row, place), (level, _) in marks.items():
        cell = rows[row][place] if row in rows else uncut.get(row)
        if cell:
            sheet.write_string(row - 1, place, cell, colours[level])
        else:
            sheet.write_blank(row - 1, place, None, colours[level])
    for (row, place), (_, notes) in list(marks.items())[:MOST_NOTES]:
        sheet.write_comment(row - 1, place, "\n".join(notes), {"x_scale": 2, "y_scale": 1 + len(notes) / 2})
