"""What each reader's file of words says, and which reader a file is for."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path

from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh.periods import KINDS, read_period
from dashboard.pipeline.refresh.sheets import Grid, letters

LAYOUTS = ("long", "wide")
SOURCE = ("source_id", "publisher", "title", "url", "licence", "designation", "publication")


@dataclass(frozen=True)
class Figures:
    """Which rows or block of a table are one kind of figure, and where they go."""

    collection: str                  # the file under data/published, without .csv
    put: dict                        # column of that file = word of the table (a key of `headings` or `parts`)
    period: str                      # how a year is written: one of periods.KINDS
    fixed: dict = field(default_factory=dict)      # columns that are the same on every row
    where: dict = field(default_factory=dict)      # heading = the values that choose rows
    block: str = ""                  # of a wide table: one of the reader's `blocks`
    multiply: dict = field(default_factory=dict)   # word = by how much (a proportion becomes a percentage)
    percent: tuple = ()              # words that must lie between 0 and 100, and not all under 1
    adds_up: tuple = ()              # words whose councils must add up to Scotland
    months: tuple = ()               # only these months of a monthly table
    page: str = ""                   # where in the publication; otherwise the sheet or the chosen rows


@dataclass(frozen=True)
class Reader:
    """The words of one publisher's layout."""

    name: str
    title: str
    file: str                        # csv | xlsx
    layout: str                      # long: a row a figure; wide: a row an area, a column a year
    source: dict
    figures: tuple
    sheet: str = ""                  # words in the name of the sheet
    headings: dict = field(default_factory=dict)   # our word = the file's words; always area and period
    parts: dict = field(default_factory=dict)      # our word = the value of heading `part` that marks its rows
    other_parts: tuple = ()          # values of `part` that are known and not read
    areas: dict = field(default_factory=dict)      # spellings of this file alone
    leave_out: tuple = ()            # areas that are not ours
    blocks: tuple = ()               # of a wide table, in their order
    contains: tuple = ()             # words that a wide sheet must hold
    difference: tuple = ()           # three blocks: the first less the second is the third
    nomis: dict = field(default_factory=dict)      # how to ask for it: `address` and `months`


def load_readers(folder: Path) -> list[Reader]:
    """Every reader, by name; raises BuildError naming the file and the key."""
    return [_reader(path) for path in sorted(folder.glob("*.toml"))]


def _reader(path: Path) -> Reader:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"{path.name}: not valid TOML: {error}") from error
    raw["figures"] = tuple(_filled(path, Figures, each, "figures") for each in raw.get("figures", ()))
    reader = _filled(path, Reader, raw | {"name": path.stem}, "")
    for kind in reader.figures:
        if kind.period not in KINDS:
            raise BuildError(f"{path.name}: 'period' is '{kind.period}'; it must be one of {', '.join(KINDS)}")
        if kind.block and kind.block not in reader.blocks:
            raise BuildError(f"{path.name}: 'block' is '{kind.block}'; it must be one of {', '.join(reader.blocks)}")
    if reader.layout not in LAYOUTS:
        raise BuildError(f"{path.name}: 'layout' is '{reader.layout}'; it must be one of {', '.join(LAYOUTS)}")
    for key in SOURCE:
        if not reader.source.get(key):
            raise BuildError(f"{path.name}: 'source' needs '{key}'")
    if reader.layout == "long" and not {"area", "period"} <= reader.headings.keys():
        raise BuildError(f"{path.name}: 'headings' needs 'area' and 'period'")
    return reader


def _filled(path: Path, kind: type, raw: dict, within: str):
    known = {each.name for each in fields(kind)}
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    place = f" of '{within}'" if within else ""
    for key in sorted(raw.keys() - known):
        raise BuildError(f"{path.name}: unknown key '{key}'{place}. Known keys: {', '.join(sorted(known - {'name'}))}")
    for key in sorted(needed - raw.keys()):
        raise BuildError(f"{path.name}: missing key '{key}'{place}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()})


def recognise(grids: Sequence[Grid], words: Sequence[Reader]) -> tuple[Reader, Grid, int]:
    """The reader a file is for, its sheet, and the row of its header; raises BuildError saying what was expected."""
    nearly = []
    for reader in words:
        for grid in _candidates(grids, reader):
            try:
                return reader, grid, find_header(grid, reader)
            except BuildError as error:
                nearly.append((_likeness(grid, reader), str(error)))
    if nearly and max(nearly)[0] >= 0.5:
        raise BuildError(max(nearly)[1])
    raise BuildError("no reader recognises it. Known: " + "; ".join(each.title for each in words) +
                     ". CONTRIBUTING, 'A reader', says how to add one")


def _candidates(grids: Sequence[Grid], reader: Reader) -> list[Grid]:
    if (reader.file == "csv") != (len(grids) == 1 and grids[0].sheet == ""):
        return []
    if reader.file == "csv":
        return list(grids)
    named = [grid for grid in grids if plain(reader.sheet) == plain(grid.sheet)]
    named = named or [grid for grid in grids if plain(reader.sheet) in plain(grid.sheet)]
    named = [grid for grid in named if _holds_words(grid, reader)]
    if len(named) > 1:
        raise BuildError("the sheets " + " and ".join(f"'{grid.sheet}'" for grid in named) +
                         f" are both named '{reader.sheet}'; expected one. Delete the one that is not the table")
    return named


def _holds_words(grid: Grid, reader: Reader) -> bool:
    text = plain(" ".join(grid.cells.values()))
    return all(plain(word) in text for word in reader.contains)


def _likeness(grid: Grid, reader: Reader) -> float:
    """How many of the headings stand somewhere in the sheet; a sheet found by its name is likely enough."""
    if reader.file == "xlsx":
        return 1.0
    cells = {plain(text) for text in grid.cells.values()}
    return sum(plain(heading) in cells for heading in reader.headings.values()) / len(reader.headings)


def find_header(grid: Grid, reader: Reader) -> int:
    """The row that holds the headings, wherever it moved to; raises BuildError naming the sheet and what is missing."""
    if reader.layout == "wide":
        for row in range(1, grid.height + 1):
            if len(period_columns(grid, row, reader)) >= 2:
                return row
        raise BuildError(f"{_sheet(grid)}no row holds two periods or more; expected headings that are a "
                         f"{reader.figures[0].period.replace('_', ' ')}")
    best, most = 1, -1
    for row in range(1, grid.height + 1):
        found = sum(bool(_places(grid, row, heading)) for heading in reader.headings.values())
        if found > most:
            best, most = row, found
        if found == len(reader.headings):
            return row
    missing = [heading for heading in reader.headings.values() if not _places(grid, best, heading)]
    there = ", ".join(f"'{text}'" for text in grid.row(best) if text) or "nothing"
    gone = " and ".join(repr(heading) for heading in missing)
    raise BuildError(f"{_sheet(grid)}row {best}: the heading {gone} is missing; found {there}")


def columns(grid: Grid, header: int, reader: Reader) -> dict[str, int]:
    """The column of each of our words; raises BuildError where two columns have the same heading."""
    found = {}
    for word, heading in reader.headings.items():
        places = _places(grid, header, heading)
        if len(places) > 1:
            raise BuildError(f"{grid.where(header, places[1])}: '{heading}' is the heading of "
                             f"{' and '.join(letters(place) for place in places)}; expected one column")
        found[word] = places[0]
    return found


def period_columns(grid: Grid, row: int, reader: Reader) -> dict[int, str]:
    """The columns of a row whose heading is a period of this reader, notes in brackets left out."""
    kinds = {kind.period for kind in reader.figures}
    return {place: text for place, cell in enumerate(grid.row(row), start=1) if place > 1
            and (text := without_notes(cell)) and any(read_period(text, kind) for kind in kinds)}


def _places(grid: Grid, row: int, heading: str) -> list[int]:
    cells = [plain(text) for text in grid.row(row)]
    exact = [place for place, text in enumerate(cells, start=1) if text == plain(heading)]
    return exact or [place for place, text in enumerate(cells, start=1) if plain(heading) in text]


def without_notes(text: str) -> str:
    """'2024 [note 3]' is '2024'."""
    return re.sub(r"\s*\[[^\]]*\]\s*", " ", text).strip()


def plain(text: str) -> str:
    """A heading or name without its notes, capitals and spacing; '&' is 'and'."""
    return " ".join(without_notes(text).casefold().replace("&", " and ").replace("–", "-").split())


def _sheet(grid: Grid) -> str:
    return f"sheet '{grid.sheet}', " if grid.sheet else ""
