"""A figure's table as CSV: the rows and columns of the screen, its numbers as numbers, and what must travel with them."""

import csv
import io
import re
from functools import lru_cache

from dashboard.figure import Cell, Figure
from dashboard.words.marks import notice_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"      # so that spreadsheets read the file as UTF-8


def csv_bytes(figure: Figure) -> bytes:
    """UTF-8 with a byte-order mark: the heading, one line a row of the table.

    A column of numbers is one column of plain numbers; where its cells show limits or marks, or words that the number
    alone does not say, columns for those stand beside it. Every line carries title, unit, base, interval, source,
    edition and evidence ID, and the notice where the figure is made up.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names, lines = [], [[] for _ in figure.table.rows]
    for place, column in enumerate(figure.table.columns):
        cells = [row[place] for row in figure.table.rows]
        for name, values in _columns(column.name, cells, column.is_number):
            names.append(name)
            for line, value in zip(lines, values, strict=True):
                line.append(value)
    constants = _constants(figure)
    writer.writerow([*names, *constants])
    writer.writerows([*line, *constants.values()] for line in lines)
    return BYTE_ORDER_MARK + out.getvalue().encode("utf-8")


def _columns(name: str, cells: list[Cell], is_number: bool) -> list[tuple[str, list[object]]]:
    """(heading, values) of the columns that say all that these cells show."""
    name, numbers = _safe(name), [number for cell in cells for number in (cell.value, cell.lower, cell.upper)]
    if not is_number or all(number is None for number in numbers):
        return [(name, [_safe(cell.text) for cell in cells])]
    found = []
    for heading, part in ((name, "value"), (f"{name}: lower limit", "lower"), (f"{name}: upper limit", "upper")):
        values = [getattr(cell, part) for cell in cells]
        if any(value is not None for value in values):
            found.append((heading, list(map(_number, values))))
    if any(cell.mark for cell in cells):
        found.append((f"{name}: marks", [cell.mark for cell in cells]))
    if any(_needs_words(cell) for cell in cells) or len({unit(cell.text) for cell in cells if cell.value is not None}) > 1:
        found.append((f"{name}: as shown", [_safe(cell.text) for cell in cells]))
    return found


def _needs_words(cell: Cell) -> bool:
    """True where the text says more than numbers and marks do."""
    return cell.value is None and cell.lower is None and cell.text not in ("", *(f"[{mark}]" for mark in cell.mark.split()))


@lru_cache(maxsize=50_000)
def unit(text: str) -> str:
    """What stands around the first number of a text: '%', '£', ' points'."""
    before_limits = re.sub(r"\[[a-z]+\]", "", text.split("(")[0]).strip()
    return re.sub(r"[-−+]?\d[\d,]*(?:\.\d+)?", "", before_limits)


def _constants(figure: Figure) -> dict[str, str]:
    facts = {
        "figure": figure.title, "measure": figure.subtitle, "unit": figure.unit, "base": figure.base,
        "interval": figure.interval,
        "marks": "; ".join(f"[{mark}] {meaning}" for mark, meaning in figure.marks),
        "source": "; ".join(", ".join(filter(None, (each.publisher, each.title, each.edition))) for each in figure.sources),
        "extract": figure.address.extract_id, "evidence_id": figure.evidence_id,
        "notice": notice_of(figure)}
    return {name: _safe(text.replace("**", "")) for name, text in facts.items() if text}


def _number(value: float | None) -> object:
    if value is None:
        return ""
    return int(value) if value == int(value) else value


def _safe(text: str) -> str:
    """Text that a spreadsheet would run as a formula is quoted."""
    text = text.replace("**", "")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
