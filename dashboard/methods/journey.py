"""Journey parity: at each step from start to lasting work, how does one group fare next to everyone else?"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.intervals import (
    LEVEL,
    Estimate,
    excludes,
    largest_rounding_error,
    newcombe_rounded,
    ratio,
    rounding_margin,
)
from dashboard.methods.verdict import direction_of


class Count(NamedTuple):
    """Protected counts at one step: `reached` of `base` people."""

    reached: float
    base: float


class Step(NamedTuple):
    """One step of the strip. Rates and gap are proportions; relative is group rate / rate of the rest.

    verdict: `lower` or `higher` when the gap's interval excludes 0, else `no clear difference`;
    `unknown` where either base or the rest's rate is 0.
    """

    name: str
    group_rate: float
    rest_rate: float
    gap: Estimate
    relative: Estimate
    verdict: str


def parity(group: Mapping[str, Count], rest: Mapping[str, Count], k_group: int = 1, k_rest: int = 1,
           level: float = LEVEL) -> list[Step]:
    """The strip: a Step for each name of `group`, in its order, against the rest.

    Each step carries its own base: everyone who started for the plain strip, those who reached the step
    before for step-to-step rates (which are never rates of starts). Gap by Newcombe, relative rate by the
    log-ratio delta method, both with rounding error.
    Raises ValueError when the steps of the two differ, or reached > base.
    """
    if list(group) != list(rest):
        raise ValueError("both groups need the same steps in the same order")
    return [_step(name, group[name], rest[name], k_group, k_rest, level) for name in group]


def step_to_step(counts: Sequence[tuple[str, float]]) -> dict[str, Count]:
    """Counts by step, each on the base of the step before: start 100, job 40, sustained 20 -> 40/100, 20/40.

    Only for steps that are nested (start, entered work, 13, 26, 52 weeks). Raises ValueError when a step
    has more people than the one before it.
    """
    pairs = list(zip(counts[1:], counts[:-1], strict=True))
    for (name, reached), (before, base) in pairs:
        if reached > base:
            raise ValueError(f"{name} has more people than {before}: the steps are not nested")
    return {name: Count(reached, base) for (name, reached), (_, base) in pairs}


def largest_loss(steps: Sequence[Step]) -> str | None:
    """Name of the step where the group clearly falls furthest behind (lowest relative rate), or None.

    Use it on step-to-step rates: on rates of starts a loss at one step would be counted again at the next.
    """
    behind = [step for step in steps if step.verdict == "lower" and excludes(*step.relative[1:], 1.0)]
    return min(behind, key=lambda step: step.relative.value).name if behind else None


def outcome_bounds(reached: float, not_recorded: float, base: float, k: int = 0) -> tuple[float, float]:
    """Lowest and highest rate that missing outcomes allow, as proportions of `base` (people).

    Missing people stay in the base: lowest as if none of them had reached it, highest as if all had. With `k` rounded
    cells in each count, what is missing is taken as large as rounding allows: a protected 0 may hide some.
    NaN where base is 0. Raises ValueError when a count is negative, or reached + not_recorded > base by more than
    rounding allows.
    """
    margin, error = (rounding_margin(k), largest_rounding_error(k)) if k else (0, 0)
    if reached < 0 or not_recorded < 0 or reached + not_recorded > base + 2 * error:
        raise ValueError("reached and not recorded must be counts that fit into the base")
    if base <= 0:
        return math.nan, math.nan
    return reached / base, max(min(reached + not_recorded + margin, base), reached) / base


def _step(name, group, rest, k_group, k_rest, level):
    gap = newcombe_rounded(*group, *rest, k_group, k_rest, level)
    relative = ratio(*group, *rest, k_group, k_rest, level)
    rates = [float(each.reached / each.base) if each.base else float("nan") for each in (group, rest)]
    return Step(name, *rates, gap, relative, _verdict(gap))


def _verdict(gap):
    if np.isnan(gap.value):
        return "unknown"
    way = direction_of(gap.lower, gap.upper)
    return "no clear difference" if way == "none" else way
