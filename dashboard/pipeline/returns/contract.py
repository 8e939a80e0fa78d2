"""What a return may hold: the columns of each file and the values they take.

Both are reference tables (`return_columns.csv`, `return_values.csv`), so that a list that is
still expected rather than agreed can change without touching code.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dashboard import paths
from dashboard.pipeline.errors import BuildError

KINDS = ("participants", "progress", "experience", "spend")
FIRST_START = date(2018, 4, 1)
NOTICE = "Demonstration data: made up, not about real people or real performance."


class ReturnsError(BuildError):
    """A fault that stops the whole folder, in one plain sentence."""


class FileRejected(Exception):
    """A fault that rejects one whole file: the rule it breaks, how to mend it, and where."""

    def __init__(self, rule: str, remedy: str, row: int | None = None, column: str = "", value: str = ""):
        super().__init__(rule)
        self.rule, self.remedy, self.row, self.column, self.value = rule, remedy, row, column, value


@dataclass(frozen=True)
class Column:
    """One column of a file: its type, whether it must be filled, its limits and its values."""

    name: str
    type: str                 # identifier, area_code, date, whole_number, number, choice, choices, text, ...
    is_required: bool
    is_key: bool              # part of what must be unique in the file
    minimum: str              # a date or a number; empty = no limit
    maximum: str
    not_before: str           # another column of the same row; empty = no limit
    not_after: str
    not_same_as: str
    when_blank: str           # what an empty cell becomes; empty = null
    label: str
    values: tuple[str, ...]   # allowed values; () where any


@cache
def columns(kind: str, reference: Path = paths.REFERENCE) -> tuple[Column, ...]:
    """The columns of one kind of file, in the order of the contract."""
    values: dict[str, list[str]] = {}
    for row in _rows(reference / "return_values.csv"):
        if row["table"] == kind:
            values.setdefault(row["column"], []).append(row["value"])
    return tuple(
        Column(
            name=row["column"],
            type=row["type"],
            is_required=row["is_required"] == "yes",
            is_key=row["is_key"] == "yes",
            values=tuple(values.get(row["column"], ())),
            **{
                key: row[key]
                for key in ("minimum", "maximum", "not_before", "not_after", "not_same_as", "when_blank", "label")
            },
        )
        for row in _rows(reference / "return_columns.csv")
        if row["table"] == kind
    )


@cache
def area_names(reference: Path = paths.REFERENCE) -> dict[str, str]:
    """The 32 partnerships: area_code to name."""
    return {row["area_code"]: row["name"] for row in _rows(reference / "areas.csv")
            if row["area_type"] == "partnership"}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
