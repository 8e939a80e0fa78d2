"""A published figure as a value: made once, shown, saved, printed and cited anywhere.

Everything here is frozen, plain data: safe to share between readers, to cache and to write as JSON.

Edition and data      read/edition.py asks, figures/ makes what is here, components/ and packs/ show it
Choice                what was chosen: an area, an indicator and the named choices of a page
Address               recipe, choice and extract: its text is the evidence ID
Table, Column, Cell   the figures as text and as numbers; HTML, CSV and documents all come from this one
Plot                  what to draw, as data: kind, rows, options and the text alternative
Figure                a table, perhaps a plot, and everything that must travel with them
Said, Absent          a sentence and where its numbers are; a figure that is not held, and why
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from numbers import Number
from types import MappingProxyType
from urllib.parse import quote, unquote

SCOTLAND = "S92000003"
INDICATOR, AREA = "id", "area"          # how a link and an evidence ID call them
_PLAIN = frozenset((type(None), str, bool, int))      # most of the cells of a row
_NUMBER = r"[-−+]?£?\d[\d,]*(?:\.\d+)?"


def plain(value: object) -> object:
    """The value as immutable plain data: text, numbers, None, tuples and read-only mappings.

    A number that is not one (NaN) is None; a date is its ISO text; numpy's numbers are Python's.
    Raises TypeError for anything else.
    """
    kind = type(value)      # to ask for a Mapping takes long
    if kind in _PLAIN:
        return value
    if kind is date:
        return _day(value)
    if isinstance(value, str | int):
        return value
    if kind is tuple or kind is list:
        return tuple(plain(part) for part in value)
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, date):
        return None if value != value else value.isoformat().removesuffix("T00:00:00")
    if kind is dict or isinstance(value, Mapping):
        return MappingProxyType({
            str(name): part if type(part) in _PLAIN or (type(part) is float and part == part) else plain(part)
            for name, part in value.items()})
    if isinstance(value, Sequence | set | frozenset):
        return tuple(plain(part) for part in value)
    if value != value:
        return None
    if hasattr(value, "item"):
        return plain(value.item())
    if isinstance(value, Number):
        return float(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    """Its ISO text: the days of an edition are few, and each stands in thousands of rows."""
    return value.isoformat()


@dataclass(frozen=True)
class Choice:
    """An area, an indicator and the choices of one page, as known to exist. Pairs are kept in the order given."""

    area_code: str = ""
    indicator_id: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def of(self, name: str, default: str = "") -> str:
        """The value chosen under a name, also of the area (`area`) and the indicator (`id`)."""
        given = {AREA: self.area_code, INDICATOR: self.indicator_id, **dict(self.choices)}
        return given.get(name) or default

    def with_choice(self, name: str, value: str) -> "Choice":
        """The same choice with one value changed."""
        if name == AREA:
            return replace(self, area_code=value)
        if name == INDICATOR:
            return replace(self, indicator_id=value)
        kept = tuple(pair for pair in self.choices if pair[0] != name)
        return replace(self, choices=(*kept, (name, value)))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every choice as (name, value): area, id, then the others by name."""
        first = ((AREA, self.area_code), (INDICATOR, self.indicator_id))
        return tuple(pair for pair in (*first, *sorted(self.choices)) if pair[1])


NOTHING_CHOSEN = Choice()


class AddressError(ValueError):
    """Text that is not the address of a figure; the message says why."""


@dataclass(frozen=True)
class Address:
    """Where a figure can be found again: `jobs.journey:area=S12000023@cb454230c57f` is its text, the evidence ID.

    `item` is its place among the figures of its recipe, from 1; only a later one than the first is written.
    """

    recipe: str
    choice: Choice = NOTHING_CHOSEN
    extract_id: str = ""
    item: int = 1

    _SHAPE = re.compile(r"(?P<recipe>[a-z_]+\.[a-z0-9_]+)(?:\.(?P<item>\d{1,2}))?:(?P<pairs>[^@]*)@(?P<extract>[0-9a-zA-Z]+)")

    @cached_property
    def text(self) -> str:
        pairs = ";".join(f"{name}={quote(value, safe=' ')}" for name, value in self.choice.pairs)
        item = f".{self.item}" if self.item > 1 else ""
        return f"{self.recipe}{item}:{pairs}@{self.extract_id}"

    @classmethod
    def read(cls, text: str) -> "Address":
        """The Address that an evidence ID stands for; raises AddressError where it is none."""
        match = cls._SHAPE.fullmatch(text.strip())
        if match is None:
            raise AddressError("This is not the address of a figure: it should read 'figure:name=value@edition'.")
        choice = Choice()
        for pair in filter(None, match["pairs"].split(";")):
            name, _, value = pair.partition("=")
            choice = choice.with_choice(name, unquote(value))
        return cls(match["recipe"], choice, match["extract"], int(match["item"] or 1))


@dataclass(frozen=True)
class Cell:
    """Text as it is shown, and the number in it at the same precision: None where there is none.

    `lower` and `upper` are the limits shown with it; `mark` the letters shown beside or instead ('c', 'p r').
    """

    text: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """One column's heading, and whether it holds numbers (aligned right, written as numbers in a CSV)."""

    name: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table ready to show anywhere: text in every cell, the first cell of a row its heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(caption: str, columns: Sequence[str | Column], rows: Iterable[Sequence[str | Cell]],
          numbers: Iterable[int] = ()) -> Table:
    """A Table of cells or plain text; `numbers` are the places of columns that hold numbers.

    Text in such a column becomes a Cell with the numbers that the text itself shows. Raises ValueError where a
    row is not as wide as the heading.
    """
    right = frozenset(numbers)
    headings = tuple(each if isinstance(each, Column) else Column(each, place in right)
                     for place, each in enumerate(columns))
    lines = tuple(tuple(cell if isinstance(cell, Cell) else number_cell(str(cell)) if heading.is_number else Cell(str(cell))
                        for cell, heading in zip(row, headings, strict=True)) for row in rows)
    return Table(caption, headings, lines)


@lru_cache(maxsize=50_000)
def number_cell(text: str) -> Cell:
    """A Cell with the numbers that the text itself shows, so that both agree to the digit.

    '1,234', '31% (29% to 33%) [p]' and '£2,747' have a value, '29% to 33%' has limits; '[c]', 'under 13%' and
    '25 of 85' are words.
    """
    letters = " ".join(re.findall(r"\[([a-z]+)\]", text))
    shown = re.sub(r"\[[a-z]+\]", "", text).strip()
    if match := re.fullmatch(rf"({_NUMBER})(?:%|[^()\d,]*?)\s*(?:\(({_NUMBER})%? to ({_NUMBER})%?\))?", shown):
        return Cell(text, *(None if part is None else _number(part) for part in match.groups()), letters)
    if match := re.fullmatch(rf"({_NUMBER})%? to ({_NUMBER})%?", shown):
        return Cell(text, None, *map(_number, match.groups()), letters)
    return Cell(text, mark=letters)


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("£", "").replace("−", "-"))


WRITTEN = ("cards", "news", "tags", "facts", "heat", "sayings", "score", "enquiry", "commitments")     # plots that are words: shown as HTML, never as a chart


@dataclass(frozen=True)
class Plot:
    """What to draw: the kind of drawing, its rows and options as plain data, and the message in words."""

    kind: str
    rows: tuple[Mapping[str, object], ...]
    options: Mapping[str, object]
    alt: str


def plot(kind: str, rows: Iterable[Mapping[str, object]], alt: str, **options: object) -> Plot:
    """A Plot of plain data; raises TypeError where a value is none."""
    return Plot(kind, plain(tuple(rows)), plain(options), alt)


@dataclass(frozen=True)
class Source:
    """A publication behind a figure."""

    publisher: str
    title: str
    url: str = ""
    edition: str = ""
    designation: str = ""

    @property
    def named_edition(self) -> str:
        """The edition as a reader knows it: where the figures were carried from is for the evidence."""
        return "" if " commit " in f" {self.edition} " else self.edition


@dataclass(frozen=True)
class Figure:
    """A figure and everything that must travel with it.

    `marks` are (mark, meaning) of those in use; `asked` the evidence IDs of the queries behind it;
    `is_synthetic` is true where any of it is made up for demonstration; `link` is the page that shows it;
    `restricted` is the hour (UTC) of its release, where it was made before it.
    """

    address: Address
    title: str
    subtitle: str
    table: Table
    plot: Plot | None = None
    unit: str = ""
    base: str = ""
    interval: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    designation: str = ""
    is_synthetic: bool = False
    asked: tuple[str, ...] = ()
    link: str = ""
    restricted: str = ""

    @property
    def evidence_id(self) -> str:
        """The text by which it can be found again."""
        return self.address.text

    @property
    def is_drawn(self) -> bool:
        """True where there is a chart: not a table, cards or a list."""
        return self.plot is not None and self.plot.kind not in WRITTEN

    def to_json(self) -> str:
        """Everything, as JSON text that `from_json` reads back to an equal Figure."""
        return json.dumps(self, ensure_ascii=False, default=_written)

    @classmethod
    def from_json(cls, text: str) -> "Figure":
        """The Figure written by `to_json`; raises ValueError or TypeError for anything else."""
        return _read(cls, json.loads(text, parse_constant=lambda name: plain(float(name))))      # NaN is none anywhere


@dataclass(frozen=True)
class Said:
    """A sentence (with **bold** as its only markup), the figures that hold its numbers, and (label, address) after it."""

    text: str
    figures: tuple[Address, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Absent:
    """What is not held or may not be shown: why, its mark, and (label, address) of the nearest that is."""

    why: str
    mark: str = "x"
    instead: tuple[tuple[str, str], ...] = ()


_PARTS = {"address": Address, "choice": Choice, "table": Table, "plot": Plot}
_LISTS = {"columns": Column, "sources": Source}


def _written(value: object) -> dict[str, object]:
    """Of what `json` does not know, a part of a figure or a mapping, what it writes instead."""
    if isinstance(value, Mapping):
        return dict(value)
    return {name: getattr(value, name) for name in _names(type(value))}


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _read(kind: type, held: Mapping[str, object]) -> object:
    given = {}
    for name, value in held.items():
        if name in _PARTS and value is not None:
            given[name] = _read(_PARTS[name], value)
        elif name in _LISTS:
            given[name] = tuple(_read(_LISTS[name], part) for part in value)
        elif name == "rows" and kind is Table:
            given[name] = tuple(tuple(Cell(**cell) for cell in row) for row in value)
        else:
            given[name] = plain(value)
    return kind(**given)
