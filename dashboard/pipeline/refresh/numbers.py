"""A number as publishers print it: with commas, marks and notes."""

import re
from dataclasses import dataclass
from decimal import Decimal

from dashboard.pipeline.errors import BuildError

NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*%?")
BRACKET = re.compile(r"\[([^\]]*)\]")
NOTE = re.compile(r"note.*|\d+")
MISSING = {"": "x", "-": "x", "–": "x", "..": "x", ":": "x", "na": "x", "n/a": "x", "*": "c"}
ALONE = ("c", "x", "z", "low")      # no figure stands beside these
BESIDE = ("p", "r", "b", "u")


@dataclass(frozen=True)
class Number:
    """`value` as printed, without commas, or None; `mark` as in the extract, '' for none; `where` its cell."""

    value: Decimal | None
    mark: str
    where: str

    @property
    def text(self) -> str:
        return "" if self.value is None else f"{self.value:f}"


def read_number(text: str, where: str) -> Number:
    """The number in a cell and its mark; raises BuildError for what is neither, naming the cell."""
    marks = [each.strip().lower() for each in BRACKET.findall(text) if not NOTE.fullmatch(each.strip().lower())]
    rest = BRACKET.sub(" ", text).strip()
    alone, beside = ([each for each in marks if each in kind] for kind in (ALONE, BESIDE))
    if len(alone) + len(beside) == len(marks) and len(alone) <= 1:
        if alone and not rest:
            return Number(None, alone[0], where)
        if not alone and rest.lower() in MISSING:
            return Number(None, MISSING[rest.lower()], where)
        if not alone and (number := NUMBER.fullmatch(rest)):
            return Number(Decimal(number[1].replace(",", "")), " ".join(dict.fromkeys(beside)), where)
    raise BuildError(f"{where}: '{text[:40]}' is no number and no mark known; expected a figure, '[c]', '-' or '*'")


def marks_of(heading: str) -> str:
    """The marks in a column's heading that every figure below it carries: ' [p]', or ''."""
    marks = [each.strip().lower() for each in BRACKET.findall(heading)]
    return "".join(f" [{mark}]" for mark in marks if mark in BESIDE)


def multiplied(number: Number, by: object) -> Number:
    """The same figure in another unit: a proportion as a percentage. Exact, never rounded."""
    if number.value is None:
        return number
    return Number(without_zeros(number.value * Decimal(str(by))), number.mark, number.where)


def without_zeros(value: Decimal) -> Decimal:
    """8.2200 is 8.22, and 100 stays 100."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def same_figure(held: str, read: str) -> bool:
    """True where both are the same, at the number of decimals that is held."""
    if not held or not read:
        return held == read
    return Decimal(read).quantize(Decimal(held)) == Decimal(held)
