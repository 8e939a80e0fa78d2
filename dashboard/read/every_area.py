"""The rows of one question for every area at once, from which those of one area or of some are taken.

To plan a question takes the database longer than to answer it for 33 areas. What it answered is kept small: each text
once, and of each row its values alone.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from operator import itemgetter
from types import MappingProxyType

Row = Mapping[str, object]
ADDED = ("count", "cells")      # numbers of the view `counts`


@dataclass(frozen=True)
class EveryArea:
    """Rows by the area each is asked by: its place in the order of the question, the names of its columns, its values."""

    held: Mapping[str, Sequence[tuple[int, tuple[str, ...], tuple[object, ...]]]]

    @classmethod
    def of(cls, rows: Iterable[Row], column: str) -> "EveryArea":
        """The same rows, kept small; the `column` holds the area that a row is asked by. KeyError where one has none."""
        shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
        held: dict[str, list[tuple[int, tuple[str, ...], tuple[object, ...]]]] = {}
        for place, row in enumerate(rows):
            held.setdefault(_once(row[column]), []).append(
                (place, shapes.setdefault(tuple(row), tuple(row)), tuple(map(_once, row.values()))))
        return cls(held)

    def rows(self, areas: Collection[str]) -> list[Row]:
        """The rows of these areas, in their order."""
        return [MappingProxyType(dict(zip(names, values, strict=True))) for _, names, values in self._in_order(areas)]

    def added(self, areas: Collection[str]) -> list[Row]:
        """Counts of these areas added up: one row, of no area, for all that differ in area alone, where the first of them was."""
        sums: dict[tuple[object, ...], dict[str, object]] = {}
        for _, names, values in self._in_order(areas):
            key = _telling(names)(values)
            if key in sums:
                sums[key].update((name, sums[key][name] + values[names.index(name)]) for name in ADDED)
            else:
                sums[key] = dict(zip(names, values, strict=True)) | {"area_code": None}
        return [MappingProxyType(row) for row in sums.values()]

    def _in_order(self, areas: Collection[str]) -> Iterable[tuple[int, tuple[str, ...], tuple[object, ...]]]:
        return merge(*(self.held.get(area, ()) for area in set(areas)), key=itemgetter(0))


@cache
def _telling(names: tuple[str, ...]) -> Callable[[tuple[object, ...]], tuple[object, ...]]:
    """Of the values of these columns, those that tell one count from another."""
    return itemgetter(*(place for place, name in enumerate(names) if name not in (*ADDED, "area_code")))


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
