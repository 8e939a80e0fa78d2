"""Reach: does a group have the share of participants it has of the population? And how far could the
unknown change the answer?"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from dashboard.methods.intervals import (
    LEVEL,
    Estimate,
    effective_base,
    log_ratio,
    newcombe_rounded,
    normal_quantile,
    rounding_margin,
    wilson_rounded,
)
from dashboard.methods.verdict import direction_of

SMALLEST_GAP = 0.1     # a reach ratio within 0.9 to 1.1 is never called under- or over-represented
UNKNOWN_LIMIT = 0.20   # share unknown past which no claim is made


class Reach(NamedTuple):
    """Shares are proportions of known answers; ratio = share / population_share with its 95% limits.

    verdict: `under-represented`, `over-represented`, `no clear difference`, or `too many unknown`.
    """

    share: float
    population_share: float
    ratio: Estimate
    unknown_share: float
    verdict: str


class Share(NamedTuple):
    """A group among the known answers of one area (protected counts, people), and in its population (proportions).

    `error` is the standard error of the population share, 0 of a census; `k` and `k_known` as in `reach`.
    """

    group: float
    known: float
    population: float
    error: float = 0.0
    k: int = 1
    k_known: int = 1


class Beside(NamedTuple):
    """Rates at which a group starts over those of everyone else, person for person: `own`, of `others`, and their ratio."""

    own: float
    others: float
    ratio: Estimate


class GapBounds(NamedTuple):
    """Gap (group - rest, proportions) among known answers, and the furthest the unknown could move it."""

    known: Estimate
    lowest: float
    highest: float


class GapChange(NamedTuple):
    """Change of a gap (upper rate - lower rate) and the part that came from each rate, in one unit."""

    change: float
    from_upper: float
    from_lower: float


def survey_error(share: float, known_share: float, lower: float, upper: float, level: float = LEVEL) -> float:
    """Standard error of a survey's share where none is published, from another share's interval on the same base.

    Both are proportions of the same people in the same survey and year. The published interval gives the effective
    sample, known(1 - known)/SE², and that the error of `share`. Close where the design effect is alike for both.
    Raises ValueError for a share outside 0..1 or an interval without width.
    """
    if not (0 < share < 1 and 0 < known_share < 1 and upper > lower):
        raise ValueError("a survey's error needs two shares between 0 and 1 and an interval with a width")
    error = (upper - lower) / (2 * normal_quantile(level))
    return error * float(np.sqrt(share * (1 - share) / (known_share * (1 - known_share))))


def reach(group: float, known: float, population_share: float, population_se: float = 0.0,
          unknown: float = 0.0, k: int = 1, level: float = LEVEL, k_known: int | None = None) -> Reach:
    """Reach ratio of `group` among `known` answers (protected counts, people) to a population share.

    `population_share` and its standard error `population_se` are proportions, of known answers on the same
    age base; 0 for a census. `unknown` is everyone whose answer is unknown or withheld. `k` rounded cells are added
    up in the group and `k_known` in the known answers, which add up several groups. Interval by the delta method on the
    log ratio, with rounding error. A verdict needs the interval to exclude 1, a ratio
    at least 0.1 from 1, and at most 20% unknown.
    Raises ValueError when known is 0, group > known, or population_share is outside 0..1.
    """
    if not known > 0 or not 0 <= group <= known or unknown < 0:
        raise ValueError("reach needs a base of known answers, and a group no larger than it")
    if not 0 < population_share < 1 or population_se < 0:
        raise ValueError("the population share must lie between 0 and 1, its standard error above 0")
    share, missing = group / known, unknown / (known + unknown)
    relative = _relative(group, known, population_share, population_se, (k, k if k_known is None else k_known), level)
    return Reach(share, population_share, relative, missing, _verdict(relative, missing))


def beside(own: Share, others: Sequence[Share], level: float = LEVEL) -> Beside:
    """How often the group starts in one area, person for person, beside the others together; NaN where nobody is counted.

    Shares alone would not do: where few of a group live, the same readiness to come gives a larger ratio of shares. So each
    area has the rate at which the group starts over that of everyone else there, g(1 - p)/((n - g)p), and the others
    together that of Mantel and Haenszel, with the variance of Greenland and Robins (1985), errors of rounding and of surveys.
    Raises ValueError without others, or where an area has no known answers or no population share.
    """
    if not others or any(not each.known > 0 or not 0 < each.population < 1 for each in (own, *others)):
        raise ValueError("reach beside others needs known answers and a population share of each area")
    (own_in, own_out), (group, rest) = _weighed([own]), _weighed(others)
    if not all((own_in, own_out, group, rest)):
        return Beside(np.nan, np.nan, Estimate(np.nan, np.nan, np.nan))
    mine, theirs = own_in / own_out, group / rest
    ratio = log_ratio(mine, _log_variance([own]), theirs, _log_variance(others), level)
    return Beside(mine, theirs, Estimate(*map(float, ratio)))


def _weighed(areas: Sequence[Share]) -> tuple[float, float]:
    """People of the group and everyone else, each weighed by the other's share of the population."""
    group, known, population, *_ = np.array(areas, float).T
    return float((group * (1 - population)).sum()), float(((known - group) * population).sum())


def _log_variance(areas: Sequence[Share]) -> float:
    """Variance of the log of the rate ratio of these areas together (Greenland and Robins 1985)."""
    group, known, population, error, k, k_known = np.array(areas, float).T
    ours, others = _weighed(areas)
    counted = known**2 / effective_base(group, known, k, k_known) * population * (1 - population)
    surveyed = (error * (group / ours + (known - group) / others))**2
    return float(counted.sum() / (ours * others) + surveyed.sum())


def too_many_unknown(unknown: ArrayLike, base: ArrayLike) -> bool | np.ndarray:
    """True where more than 20% of `base` people (everyone, the unknown among them) are unknown."""
    return (np.asarray(unknown, float) > UNKNOWN_LIMIT * np.asarray(base, float))[()]


def gap_bounds(group: tuple[float, float], rest: tuple[float, float], unknown: tuple[float, float],
               k: tuple[int, int] = (1, 1), level: float = LEVEL, k_unknown: int = 0) -> GapBounds:
    """Outcome gap of a group to the rest, and the range that people of unknown answer allow.

    Each pair is (reached, base), protected counts of people. Highest: unknown people who reached the
    outcome all belong to the group and those who did not all to the rest; lowest: the reverse. With `k_unknown` rounded
    cells in the unknown, both are taken as large as rounding allows: a protected 0 may hide some.
    Raises ValueError when reached > base or the group or rest has no base.
    """
    (x1, n1), (x2, n2), (x, n) = group, rest, unknown
    if n1 <= 0 or n2 <= 0 or not 0 <= x <= n:
        raise ValueError("gap bounds need a group and a rest with people in them")
    known = newcombe_rounded(x1, n1, x2, n2, *k, level=level)
    margin = rounding_margin(k_unknown, level)
    reached, others = x + margin, n - x + margin
    highest = (x1 + reached) / (n1 + reached) - x2 / (n2 + others)
    lowest = x1 / (n1 + others) - (x2 + reached) / (n2 + reached)
    return GapBounds(known, lowest, highest)


def split_gap_change(upper_before: float | None, lower_before: float | None, upper_after: float | None,
                     lower_after: float | None) -> GapChange | None:
    """Split the change of a gap (upper - lower) exactly into its two rates; None unless all four are held.

    For the disability employment gap: upper = non-disabled rate, lower = disabled rate, in percentage
    points. A rise of the lower rate narrows the gap, so its part is negative. The parts add up to the change.
    """
    rates = (upper_before, lower_before, upper_after, lower_after)
    if any(each is None or np.isnan(each) for each in rates):
        return None
    from_upper, from_lower = upper_after - upper_before, lower_before - lower_after
    return GapChange(from_upper + from_lower, from_upper, from_lower)


def _relative(group, known, population_share, population_se, cells, level):
    k, k_known = cells
    if group == 0:   # no lower limit on the log scale: bound the share instead
        return Estimate(0.0, 0.0, float(wilson_rounded(0, known, k, level, k_known).upper / population_share))
    share = group / known
    variance = (1 - share) / (effective_base(group, known, k, k_known) * share)
    found = log_ratio(share, variance, population_share, (population_se / population_share)**2, level)
    return Estimate(*map(float, found))


def _verdict(relative, missing):
    if missing > UNKNOWN_LIMIT:
        return "too many unknown"
    way = direction_of(relative.lower, relative.upper, 1.0)
    if abs(relative.value - 1) < SMALLEST_GAP or way == "none":
        return "no clear difference"
    return "over-represented" if way == "higher" else "under-represented"
