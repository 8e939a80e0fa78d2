"""The header of a file: names that are plainly meant but spelled or placed otherwise are never read as not sent."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from dashboard.pipeline.returns.contract import Column, FileRejected

ROWS_BELOW = 5         # rows under the first in which a header is looked for
ALIKE = 0.88           # from this likeness on, an unknown name is a misspelt one
SEPARATORS = ";\t|"
SEPARATOR_HINT = re.compile(r'"?sep=.?"?', re.IGNORECASE)
SAVE_AS = "save the file as 'CSV UTF-8 (comma delimited)'"


def shorten(text: str, length: int = 40) -> str:
    """A text for showing: at most `length` characters, with nothing invisible in it."""
    shown = text[:length] + ("…" if len(text) > length else "")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)


def fold(name: str) -> str:
    """Letters and figures alone: spaces, dashes, capitals and invisible characters make no other name."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def near_misses(header: Sequence[str], columns: tuple[Column, ...]) -> dict[str, str]:
    """Names of a header that are not in the contract but plainly mean a column of it: name to column."""
    known = {column.name for column in columns}
    strange = [name for name in header if name and name not in known]
    if not strange:
        return {}
    folded = {fold(text): column.name for column in columns for text in (column.label, column.name)}
    absent = [column.name for column in columns if column.name not in header]
    found = {}
    for name in strange:
        if (column := folded.get(fold(name)) or _alike(name, absent)):
            found[name] = column
    return found


def find_below(rows: Sequence[list[str]], columns: tuple[Column, ...]) -> tuple[int, str] | None:
    """Number in the file of the row that is the header, where that is one of the next few, and what separates it."""
    required = {fold(column.name) for column in columns if column.is_required}
    for row, cells in enumerate(rows[:ROWS_BELOW], start=2):
        for separator in ("", *SEPARATORS):
            cut = ",".join(cells).split(separator) if separator else cells
            if required <= {fold(cell) for cell in cut}:
                return row, separator
    return None


def misplaced(header: Sequence[str], row: int, separator: str) -> FileRejected:
    """The header stands in a lower row."""
    above = "row 1" if row == 2 else f"rows 1 to {row - 1}"
    remedy = f"take out {above}, so that the column names are row 1" + (f"; {SAVE_AS}" if separator else "")
    return FileRejected(f"{_first_row(header)}: the column names stand in row {row}", remedy, row=1)


def _first_row(header: Sequence[str]) -> str:
    if not any(header):
        return "the first row is empty"
    if SEPARATOR_HINT.fullmatch(",".join(header)):
        return f"row 1 is '{shorten(','.join(header))}', a hint for spreadsheets"
    is_title = sum(1 for cell in header if cell) == 1
    return "row 1 is a title, not the column names" if is_title else "row 1 does not hold the column names"


def missing(header: Sequence[str], names: list[str], meant: dict[str, str]) -> FileRejected:
    """Required columns that are not in the header, and how to mend that."""
    if not any(header):
        return FileRejected("the first row is empty", "put the column names in row 1", row=1)
    rule = f"required {'column is' if len(names) == 1 else 'columns are'} missing: {', '.join(names)}"
    if len(header) == 1 and any(mark in header[0] for mark in SEPARATORS):
        remedy = f"separate the columns with commas: {SAVE_AS}"
    elif meant:
        remedy = "; ".join(f"spell the column name exactly '{column}' (the file has {_shown(name, column)})"
                           for name, column in meant.items())
    elif SEPARATOR_HINT.fullmatch(header[0]):
        remedy = "take out row 1, a hint for spreadsheets, so that the column names are row 1"
    else:
        remedy = "put the column names in row 1, spelled as in the guidance, and send the file again"
    return FileRejected(rule, remedy, row=1, column=names[0])


def misspelt(meant: dict[str, str]) -> FileRejected:
    """Optional columns whose spelling is off: read as not sent, they would change what is published."""
    said = "; ".join(f"{_shown(name, column)} is not '{column}'" for name, column in meant.items())
    remedy = "; ".join(f"spell the column name exactly '{column}'" for column in dict.fromkeys(meant.values()))
    name = next(iter(meant))
    return FileRejected(f"a column is not spelled as in the guidance: {said}",
                        f"{remedy}; if it is something else, give it quite another name",
                        row=1, column=meant[name], value=shorten(name))


def _shown(name: str, column: str) -> str:
    return f"'{shorten(name)}'{_difference(name, column)}"


def _difference(name: str, column: str) -> str:
    """What differs, in words, where the eye would not see it."""
    if any(unicodedata.category(c) in ("Cf", "Cc") for c in name):
        return ", with an invisible character"
    if any(c.isspace() and c != " " for c in name):
        return ", with a space that is not an ordinary one"
    if name != name.strip():
        return ", with a space at its " + ("end" if name == name.lstrip() else "beginning")
    if unicodedata.normalize("NFKC", name) != name:
        return ", in letters of another form"
    if name.casefold() == column:
        return ", in capitals"
    return ""


def _alike(name: str, absent: list[str]) -> str | None:
    """The absent column that a name misspells, if any; another figure in it is another column."""
    folded = fold(name)
    for column in absent:
        other = fold(column)
        is_close = SequenceMatcher(None, folded, other, autojunk=False).ratio() >= ALIKE
        if is_close and re.findall("[0-9]+", folded) == re.findall("[0-9]+", other):
            return column
    return None
