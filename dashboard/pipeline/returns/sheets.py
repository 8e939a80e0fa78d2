"""The sheets of a workbook, also those its owner cannot see, and which of them holds the return."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.headers import fold, shorten

SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\bhidden=["'](?:1|true)["']""")
HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b[^>]*\bhidden=["'](?:1|true)["']""")
DATE_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904=["'](?:1|true)["']""")
STATES = {"hidden": " (hidden)", "veryHidden": " (very hidden: Excel's menus do not list it)"}
Rows = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its state (visible, hidden or veryHidden) and its XML."""

    name: str
    state: str
    data: bytes

    @property
    def shown(self) -> str:
        """The name for showing, with a mark if the sheet cannot be seen."""
        return f"'{shorten(self.name)}'{STATES.get(self.state, '')}"

    @property
    def is_hidden(self) -> bool:
        """Whether the owner of the workbook does not see this sheet."""
        return self.state in STATES


@dataclass(frozen=True)
class Workbook:
    """The sheets in their order, and whether days are counted from 1904."""

    sheets: tuple[Sheet, ...]
    counts_from_1904: bool


def list_sheets(members: dict[str, bytes]) -> Workbook:
    """The worksheets that the list of a workbook names, in its order."""
    book = _first_named(members, "xl/workbook")
    targets = {each.get("Id"): each.get("Target", "")
               for each in _attributes(RELATION, _first_named(members, "xl/_rels/workbook"))}
    found = []
    for each in _attributes(SHEET, book):
        target = next((targets.get(value, "") for key, value in each.items() if key.endswith(":id")), "")
        data = members.get(target.removeprefix("/") if target.startswith("/") else f"xl/{target}")
        if data is not None:
            found.append(Sheet(each.get("name", ""), each.get("state", "visible"), data))
    return Workbook(tuple(found), bool(DATE_1904.search(book)))


def choose(sheets: Sequence[Sheet], columns: tuple[Column, ...],
           first_rows: Callable[[Sheet], Rows]) -> tuple[Sheet, list[tuple[str, str]]]:
    """The one sheet with the return, and notes on what its owner may not see; raises FileRejected.

    With several filled sheets, one is read only if it alone has the required columns and each other is
    hidden or has none of them. `first_rows`: the first rows of a sheet, read only where there are several.
    """
    filled = [sheet for sheet in sheets if CONTENT.search(sheet.data)]
    if not filled:
        raise FileRejected("the workbook holds no rows", "send the file again with its header and rows")
    if len(filled) == 1:
        return filled[0], _notes(filled[0], [])
    required = {fold(column.name) for column in columns if column.is_required}
    held = {sheet.name: _most_held(first_rows(sheet), required) for sheet in filled}
    whole = [sheet for sheet in filled if held[sheet.name] == len(required)]
    others = [sheet for sheet in filled if sheet not in whole]
    if len(whole) != 1 or any(held[sheet.name] and not sheet.is_hidden for sheet in others):
        raise _undecided(filled, whole)
    return whole[0], _notes(whole[0], others)


def _undecided(filled: Sequence[Sheet], whole: Sequence[Sheet]) -> FileRejected:
    names = ", ".join(sheet.shown for sheet in filled)
    which = f"{len(whole)} of them have" if whole else "none of them has"
    which = "some of its columns stand in another sheet too" if len(whole) == 1 else f"{which} the required columns"
    unseen = any(sheet.is_hidden for sheet in filled)
    remedy = "keep only the sheet with the return" + (
        "; to find a sheet you cannot see, copy the return alone into a new workbook" if unseen else "")
    return FileRejected(f"the workbook has {len(filled)} sheets with something in them ({names}); {which}", remedy)


def _notes(sheet: Sheet, others: Sequence[Sheet]) -> list[tuple[str, str]]:
    notes = []
    if others:
        names = ", ".join(other.shown for other in others)
        notes.append((f"only the sheet {sheet.shown} was read; left unread: {names}",
                      "nothing need be done if that is the return; better keep its sheet alone"))
    elif sheet.is_hidden:
        notes.append((f"the sheet that was read, {sheet.shown}, cannot be seen", "check that it is the return"))
    for what, pattern in (("rows", HIDDEN_ROW), ("columns", HIDDEN_COLUMN)):
        if pattern.search(sheet.data):
            notes.append((f"some {what} are hidden in the sheet; they were read like any other",
                          f"show all {what}, and check what they hold"))
    return notes


def _first_named(members: dict[str, bytes], beginning: str) -> bytes:
    return next((data for name, data in members.items() if name.casefold().startswith(beginning)), b"")


def _most_held(rows: Rows, required: set[str]) -> int:
    """How many of the required columns a row names, at most."""
    return max((len(required & {fold(cell) for cell in row}) for row in rows), default=0)


def _attributes(pattern: re.Pattern, data: bytes) -> list[dict[str, str]]:
    return [{name.decode(): unescape((double or single).decode("utf-8", "replace"))
             for name, double, single in ATTRIBUTE.findall(found[1])} for found in pattern.finditer(data)]
