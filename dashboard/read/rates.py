"""Rates, differences and costs made again from counts the gate has released, by the rules that hide and warn.

Numbers in, rows out: a row has value, lower_ci, upper_ci (percentages, points or pounds), numerator,
denominator and obs_status, as an observation has.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.methods import intervals
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.methods.thresholds import FEWEST_RELIABLE, FEWEST_SHOWN, needed

MOST_KEPT = 20_000
HIDDEN = {"value": None, "lower_ci": None, "upper_ci": None}


def status_of(base: float, cells: int = 1) -> str | None:
    """'c' under 30 people in the base, 'u' under 50, else None; both times √cells where counts were added up."""
    if base < needed(FEWEST_SHOWN, cells):
        return "c"
    return "u" if base < needed(FEWEST_RELIABLE, cells) else None


def strictest(*statuses: str | None) -> str | None:
    """The mark of a figure made from several: 'c' before 'u' before None."""
    return next((mark for mark in ("c", "u") if mark in statuses), None)


def rate(count: float, base: float, cells: int, base_cells: int | None = None) -> dict:
    """`count` of `base` people as a percentage with its interval.

    `cells` rounded counts are added up in the count, `base_cells` in the base (as many, if left out); the row keeps them.
    A protected count may exceed its protected base by rounding; a share cannot exceed all of it.
    Raises ValueError when the count is negative.
    """
    count, base_cells = min(count, base), cells if base_cells is None else base_cells
    row = {"numerator": float(count), "denominator": float(base), "cells": int(cells), "base_cells": int(base_cells),
           "obs_status": status_of(base, base_cells)}
    if row["obs_status"] == "c":
        return row | HIDDEN
    low, high = _limits(count, base, cells, base_cells)
    return row | {"value": 100 * count / base, "lower_ci": low, "upper_ci": high}


@lru_cache(maxsize=MOST_KEPT)
def _limits(count: float, base: float, cells: int, base_cells: int) -> tuple[float, float]:
    """The 95% interval of a rate, percentages; the same few thousand counts are asked for by many figures."""
    low, high = intervals.wilson_rounded(count, base, cells, k_base=base_cells)
    return 100 * float(low), 100 * float(high)


def ranged(rows: Sequence[Mapping[str, object]]) -> dict[str, float]:
    """`lowest` and `highest` of several rates added up, percentages; nothing unless each of them has its own."""
    if any(is_missing(row.get(name)) for row in rows for name in ("lowest", "highest", "denominator")):
        return {}
    base = sum(float(row["denominator"]) for row in rows)
    return {name: sum(float(row[name]) * float(row["denominator"]) for row in rows) / base for name in ("lowest", "highest")
            if base}


def difference(a: Mapping[str, float], b: Mapping[str, float], cells: int | tuple[int, int]) -> dict:
    """Points by which rate a is above rate b, each {numerator, denominator}, with Newcombe's interval.

    Hidden or marked when either base is. `cells`: rounded counts added up in each number of both, or (of a, of b);
    a row that holds `base_cells` says itself how many are in its base.
    """
    bases = (float(a["denominator"]), float(b["denominator"]))
    counts = (min(float(a["numerator"]), bases[0]), min(float(b["numerator"]), bases[1]))
    k = cells if isinstance(cells, tuple) else (cells, cells)
    k_bases = tuple(int(row.get("base_cells") or own) for row, own in zip((a, b), k, strict=True))
    row = {"numerator": None, "denominator": None, "obs_status": strictest(*map(status_of, bases, k_bases))}
    if row["obs_status"] == "c":
        return row | HIDDEN
    return row | dict(zip(HIDDEN, _apart(counts, bases, k, k_bases), strict=True))


@lru_cache(maxsize=MOST_KEPT)
def _apart(counts: tuple[float, float], bases: tuple[float, float], k: tuple[int, int],
           k_bases: tuple[int, int]) -> tuple[float, ...]:
    """By how many points the first rate is above the second, and the limits of that."""
    found = intervals.newcombe_rounded(counts[0], bases[0], counts[1], bases[1], *k, k_bases=k_bases)
    return tuple(100 * float(each) for each in found)


def rest_of(whole: Mapping[str, float], part: Mapping[str, float]) -> dict:
    """The rate of everyone in `whole` who is not in `part`: what a part is tested against, never the whole that holds it.

    Rows of `rate`, part of whole. Each count is one less the other, so its rounded counts are those of both.
    """
    counts = [max(float(whole[name]) - float(part[name]), 0.0) for name in ("numerator", "denominator")]
    return rate(*counts, int(whole["cells"]) + int(part["cells"]),
                int(whole.get("base_cells") or whole["cells"]) + int(part.get("base_cells") or part["cells"]))


def against_the_rest(part: Mapping[str, float], whole: Mapping[str, float]) -> dict:
    """Points by which a part's rate is above that of the rest of `whole`, as `difference` makes them."""
    rest = rest_of(whole, part)
    return difference(part, rest, (int(part["cells"]), int(rest["cells"])))


def cost(spend: float, people: float, cells: int) -> dict:
    """Pounds for each person with the interval that rounding allows; hidden and marked by the people."""
    row = {"numerator": spend, "denominator": people, "obs_status": status_of(people, cells)}
    found = intervals.cost_ratio(spend, people, cells)
    if row["obs_status"] == "c" or not math.isfinite(float(found.upper)):
        return row | HIDDEN | {"obs_status": "c"}
    return row | dict(zip(HIDDEN, map(float, found), strict=True))


def direction(row: Mapping[str, object]) -> str:
    """'higher', 'lower' or 'none' of a difference with its interval; 'untested' when it is hidden or on few people."""
    return verdict_of(row).direction


def verdict_of(gap: Mapping[str, object], own: Mapping[str, object] | None = None,
               other: Mapping[str, object] | None = None, furthest: tuple[float, float] | None = None,
               **more: bool) -> rule.Verdict:
    """What may be said of a difference in points: value, lower_ci, upper_ci and obs_status as `difference` makes them.

    `own` and `other` are the two rates with the range that what is not recorded allows (`lowest`, `highest`), where they
    are of records; `furthest` as in `methods.verdict.compare`; `more`: the `is_` fields of its Measured.
    """
    status = {"obs_status": gap["obs_status"], "value": gap["value"]}
    sides = [rule.measured((side or {}) | status, **more) for side in (own, other)]
    if is_missing(gap["value"]) or is_missing(gap["lower_ci"]):
        return rule.Verdict(why=rule.MISSING)
    return rule.compare(*sides, rule.Verdict(*(float(gap[name]) for name in HIDDEN)), furthest)
