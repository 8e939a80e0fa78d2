"""The rows of one question for every area at once, from which those of one area or of some are taken.

To plan a question takes the database longer than to answer it for 33 areas. What it answered is kept small: each text
once, and of each row its values alone.
"""

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.figure import plain

Row = Mapping[str, object]
ADDED = ("count", "cells")      # numbers of the view `counts`; everything else in its rows tells one count from another


@dataclass(frozen=True)
class EveryArea:
    """Rows in the order of the question: the area of each, the names of its columns, its values."""

    held: tuple[tuple[str, tuple[str, ...], tuple[object, ...]], ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "EveryArea":
        """The same rows, kept small; KeyError where one names no area."""
        shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
        return cls(tuple((_once(row["area_code"]), shapes.setdefault(tuple(row), tuple(row)), tuple(map(_once, row.values())))
                         for row in rows))

    def rows(self, areas: Collection[str]) -> list[Row]:
        """The rows of these areas, in their order."""
        return [plain(dict(zip(names, values, strict=True))) for area, names, values in self.held if area in areas]

    def added(self, areas: Collection[str]) -> list[Row]:
        """Counts of these areas added up: one row, of no area, for all that differ in area alone, where the first of them was."""
        sums: dict[tuple[object, ...], dict[str, object]] = {}
        for area, names, values in self.held:
            if area in areas:
                row = dict(zip(names, values, strict=True)) | {"area_code": None}
                found = sums.setdefault(tuple(value for name, value in row.items() if name not in ADDED), row)
                if found is not row:
                    found.update((name, found[name] + row[name]) for name in ADDED)
        return [plain(row) for row in sums.values()]


def _once(value: object) -> object:
    """The same value; a text that is held already is that very one."""
    return sys.intern(value) if type(value) is str else value


def asked_of(given: Mapping[str, object]) -> Sequence[str] | None:
    """The areas that a question's parameters name, by `area_code` or `areas`; None where they ask for every one."""
    if "areas" in given:
        return given["areas"]
    return None if given["area_code"] is None else [given["area_code"]]


def of_every_area(given: Mapping[str, object]) -> dict[str, object]:
    """The same parameters, asking for every area."""
    return {name: None if name in ("areas", "area_code") else value for name, value in given.items()}
