"""95% intervals for rates, gaps, ratios and costs made from protected (rounded) counts.

Participants are close to a census, so these intervals describe how far the process that produced the
figures could have varied, and the error added by rounding; not the error of a sample.
"""

import math
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

LEVEL = 0.95
_NUMBERS = frozenset((int, float))
ROUNDING_VARIANCE = 4.0   # variance of one count rounded to base 5: the mean of r(5 - r), r = 0..4
MAX_DEVIATION = 4         # largest deviation of one protected count, people (a few widened cells: 9)
BYAR_FROM = 10            # below this count the exact chi-squared limits are used
# People a count is moved towards the middle before its limit is taken, where a rate is shown with its interval.
# Counts come in steps of 5: half a step (2.5) would be exact limits, none the score limits, which fall below 93% for
# one rate in eight of the realistic set. With 1.5 none does, and intervals are a sixth wider.
CORRECTION = 1.5


class Interval(NamedTuple):
    """Lower and upper limit, in the units of the estimate; floats or arrays of one shape."""

    lower: float | np.ndarray
    upper: float | np.ndarray


class Estimate(NamedTuple):
    """An estimate with its limits, all in the same units; floats or arrays of one shape."""

    value: float | np.ndarray
    lower: float | np.ndarray
    upper: float | np.ndarray


@cache
def normal_quantile(level: float = LEVEL) -> float:
    """Two-sided normal quantile: 1.96 for 0.95. Raises ValueError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; it must lie between 0 and 1")
    return float(ndtri(0.5 + level / 2))


def excludes(lower: ArrayLike, upper: ArrayLike, value: float = 0.0) -> bool | np.ndarray:
    """True where the interval lies wholly above or below `value`; False where a limit is missing."""
    lower, upper = np.asarray(lower, float), np.asarray(upper, float)
    return ((lower > value) | (upper < value))[()]


# ---- one proportion --------------------------------------------------------------------------------

def wilson(x: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Interval:
    """Wilson score interval of x out of n (Wilson 1927), as proportions. NaN where n is 0.

    `x` and `n` may be fractional (effective counts). Raises ValueError when x < 0 or x > n.
    """
    x, n = _counts(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _wilson(x / n, n, normal_quantile(level))


def effective_base(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1,
                   k_base: ArrayLike | None = None) -> float | np.ndarray:
    """The base n* (people) that an unrounded rate would need to be as uncertain as this rounded one.

    With p~ = (x + 2)/(n + 4): SE² = p~(1 - p~)/n + 4(k + k_base·p~²)/n² and n* = p~(1 - p~)/SE². The 4 is the
    variance of one rounded cell; p~ rather than p keeps the interval open near 0 and 1. `k` rounded cells are added up in
    x, `k_base` in n (as many, if left out).
    NaN where n is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    x, n = _counts(x, n)
    k, k_base = _cells(k, k_base)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = (x + 2) / (n + 4)
        variance = p * (1 - p) / n + ROUNDING_VARIANCE * (k + k_base * p**2) / n**2
        return np.where(n > 0, p * (1 - p) / variance, np.nan)[()]


def wilson_rounded(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1, level: float = LEVEL,
                   k_base: ArrayLike | None = None, correction: float = CORRECTION) -> Interval:
    """Score interval that knows x and n are rounded, as proportions; Wilson's own where k is 0.

    Wilson inverts (x - np)² <= z²·np(1 - p). Here the variance of rounding stands inside the same score, and a
    count is moved by `correction` people towards the middle (continuity):
    (x - correction - np)² <= z²·(np(1 - p) + 4·k + 4·k_base·p²). The upper limit is one less the lower limit of the
    other end, n - x, which is made of the cells of both. So a count of 5, which may be 1, has no lower limit above 0.
    `k` separately rounded cells are added up in x, `k_base` in n (as many, if left out).
    NaN where n is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    if _are_numbers(x, n, k, k if k_base is None else k_base):
        return _wilson_rounded_of_one(float(x), float(n), float(k), float(k if k_base is None else k_base), level, correction)
    x, n = _counts(x, n)
    k, k_base = _cells(k, k_base)
    moved, z = np.where(k > 0, correction, 0.0), normal_quantile(level)
    lower = _score_limit(x, n, k, k_base, moved, z)
    upper = 1 - _score_limit(n - x, n, k + k_base, k_base, moved, z)
    return Interval(lower[()], upper[()])


def survey_proportion(x: ArrayLike, n: ArrayLike, design_effect: float = 1.0,
                      level: float = LEVEL) -> Interval:
    """Wilson interval of a survey proportion, n respondents shrunk to n/design_effect (Kish 1965).

    Raises ValueError when design_effect is not above 0, x < 0 or x > n.
    """
    if not design_effect > 0:
        raise ValueError(f"design_effect is {design_effect}; it must be above 0")
    x, n = _counts(x, n)
    return wilson(x / design_effect, n / design_effect, level)


def largest_rounding_error(k: ArrayLike = 1) -> float | np.ndarray:
    """How far, in people, a sum of k protected counts can be from the truth: 4 for each cell."""
    return (MAX_DEVIATION * np.asarray(k))[()]


def rounding_margin(k: ArrayLike = 1, level: float = LEVEL) -> float | np.ndarray:
    """How far, in whole people, a sum of k protected counts is from the truth at this level: z·2·√k, at most 4 for each.

    4 for one count, 6 for two, 7 for three: cells seldom all err the same way. Raises ValueError when k < 0.
    """
    k = np.asarray(k, float)
    if (k < 0).any():
        raise ValueError("k, the number of rounded cells added up, cannot be negative")
    usual = np.ceil(normal_quantile(level) * np.sqrt(ROUNDING_VARIANCE * k))
    return np.minimum(usual, largest_rounding_error(k))[()]


@lru_cache(maxsize=50_000)
def show_rate(value: float, lower: float, upper: float, decimals: int = 0) -> str:
    """A rate in words that is never exactly 0% or 100%: "31%", "under 8%", "over 92%".

    `value`, `lower` and `upper` are percentages 0..100; the limits are rounded outwards so that the words
    stay true. Raises ValueError when a number is missing or outside 0..100.
    """
    if not all(0 <= each <= 100 for each in (value, lower, upper)):
        raise ValueError("show_rate needs a value and limits between 0 and 100")
    shown, step = f"{value:.{decimals}f}", 10**decimals
    if float(shown) <= 0:
        return f"under {max(_outward(upper, step, math.ceil), 1 / step):.{decimals}f}%"
    if float(shown) >= 100:
        return f"over {min(_outward(lower, step, math.floor), 100 - 1 / step):.{decimals}f}%"
    return f"{shown}%"


# ---- counts and rates of events --------------------------------------------------------------------

def byar(count: ArrayLike, level: float = LEVEL) -> Interval:
    """Limits of a count of independent events: Byar from 10 upwards, exact chi-squared below.

    Public Health Data Science, Technical Guide: Confidence Intervals (2018); Breslow and Day 1987.
    Units: events. Raises ValueError when a count is negative.
    """
    count = np.asarray(count, float)
    if np.any(count < 0):
        raise ValueError("a count cannot be negative")
    z, tail = normal_quantile(level), (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count)))**3
        above = count + 1
        high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above)))**3
        exact_low = np.where(count > 0, chdtri(2 * count, 1 - tail) / 2, 0.0)
    exact_high = chdtri(2 * above, tail) / 2
    few = count < BYAR_FROM
    return Interval(np.where(few, exact_low, low)[()], np.where(few, exact_high, high)[()])


def event_rate(count: ArrayLike, base: ArrayLike, per: float = 1.0, level: float = LEVEL) -> Estimate:
    """Rate of events per `per` of base, or observed over expected, with Byar limits.

    `base` is people, person-years or the expected count, taken as known. NaN where base is 0.
    Raises ValueError when count or base is negative.
    """
    count, base = np.asarray(count, float), np.asarray(base, float)
    if np.any(base < 0):
        raise ValueError("a base cannot be negative")
    low, high = byar(count, level)
    base = np.where(base > 0, base, np.nan)
    return Estimate(*((each * per / base)[()] for each in (count, low, high)))


def cost_ratio(spend: ArrayLike, count: ArrayLike, k: ArrayLike = 1, level: float = LEVEL) -> Estimate:
    """Pounds for each person: spend / protected count, with the interval that rounding alone allows.

    The spend is taken as exact and the count as within z·2·√k whole people of the truth (normal limits of a
    sum of k rounded cells; 4 for one cell). Nothing else is allowed for. The upper limit is infinite where
    the true count could be 0; NaN where the count is 0. Raises ValueError for a negative number.
    """
    spend, count, k = (np.asarray(each, float) for each in (spend, count, k))
    if np.any(spend < 0) or np.any(count < 0) or np.any(k < 0):
        raise ValueError("spend, count and k cannot be negative")
    margin = rounding_margin(k, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(count > 0, spend / count, np.nan)
        upper = np.where(count > margin, spend / (count - margin), np.inf)
        lower = spend / (count + margin)
    known = ~np.isnan(value)
    return Estimate(value[()], np.where(known, lower, np.nan)[()], np.where(known, upper, np.nan)[()])


# ---- two groups ------------------------------------------------------------------------------------

def difference(a: ArrayLike, a_limits: Interval, b: ArrayLike, b_limits: Interval) -> Estimate:
    """a - b from two independent estimates and their own 95% limits, in their units.

    Square-and-add of the distances to the limits (Newcombe 1998; Zou and Donner 2008), so published,
    uneven intervals can be used as they are. Two years of one survey that keep some of the same people
    are positively related, which makes this interval a little too wide, never too narrow.
    Raises ValueError when a limit is on the wrong side of its estimate.
    """
    if _are_numbers(a, b, *a_limits, *b_limits):
        return _difference_of_one(a, a_limits, b, b_limits)
    a, b = np.asarray(a, float), np.asarray(b, float)
    (a_low, a_high), (b_low, b_high) = _around(a, a_limits), _around(b, b_limits)
    gap = a - b
    return Estimate(gap[()], (gap - np.hypot(a - a_low, b_high - b))[()],
                    (gap + np.hypot(a_high - a, b - b_low))[()])


def rest_spread(whole: ArrayLike, part: ArrayLike, share: ArrayLike) -> float | np.ndarray:
    """How far the limit of what is left of a whole without one part lies from its estimate.

    `whole` and `part`: the same distance of each, in their units; `share` of the whole that the part is (0 to 1). Two
    independent parts: whole² = share²·part² + (1 - share)²·rest². Where that cannot be, the part is taken as exact.
    """
    whole, part, share = (np.asarray(each, float) for each in (whole, part, share))
    left = whole**2 - (share * part)**2
    return (np.sqrt(np.where(left > 0, left, whole**2)) / (1 - share))[()]


def newcombe(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = LEVEL) -> Estimate:
    """Gap x1/n1 - x2/n2 with Newcombe's hybrid score interval (1998, method 10), as proportions.

    NaN where a base is 0. Raises ValueError when x < 0 or x > n.
    """
    return _gap(x1, n1, wilson(x1, n1, level), x2, n2, wilson(x2, n2, level))


def newcombe_rounded(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, k1: ArrayLike = 1,
                     k2: ArrayLike = 1, level: float = LEVEL,
                     k_bases: tuple[ArrayLike | None, ArrayLike | None] = (None, None)) -> Estimate:
    """Gap between two rounded rates: Newcombe's square-and-add on the score limits that know the rounding.

    As proportions. No continuity correction: the steps of two counts blur each other, and the interval holds 95%
    without it. `k_bases`: cells added up in each base, as many as in the count where left out. NaN where a base is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    one, two = (wilson_rounded(x, n, k, level, k_base, correction=0)
                for x, n, k, k_base in ((x1, n1, k1, k_bases[0]), (x2, n2, k2, k_bases[1])))
    return _gap(x1, n1, one, x2, n2, two)


def ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, k1: ArrayLike = 0,
          k2: ArrayLike = 0, level: float = LEVEL) -> Estimate:
    """Ratio of two rates with a log-ratio delta-method interval (Katz 1978), k1 = k2 = 0 for exact counts.

    Variance of log p is (1 - p)/(n* p), with n* the effective base. NaN where a base or x2 is 0 or where
    x1 is 0 (its interval has no lower limit on the log scale).
    Raises ValueError when x < 0, x > n or k < 0.
    """
    (p1, v1), (p2, v2) = _log_rate(x1, n1, k1), _log_rate(x2, n2, k2)
    return log_ratio(p1, v1, p2, v2, level)


def log_ratio(p1: ArrayLike, variance1: ArrayLike, p2: ArrayLike, variance2: ArrayLike,
              level: float = LEVEL) -> Estimate:
    """p1/p2 with limits from the variances of log p1 and log p2 (delta method). NaN where either is 0."""
    p1, p2 = np.asarray(p1, float), np.asarray(p2, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where((p1 > 0) & (p2 > 0), p1 / p2, np.nan)
        spread = np.exp(normal_quantile(level) * np.sqrt(np.asarray(variance1) + np.asarray(variance2)))
        return Estimate(value[()], (value / spread)[()], (value * spread)[()])


# ---- parts -----------------------------------------------------------------------------------------

def _counts(x, n):
    x, n = np.asarray(x, float), np.asarray(n, float)
    if ((x < 0) | (n < 0) | (x > n)).any():
        is_negative = ((x < 0) | (n < 0)).any()
        raise ValueError("a count cannot be negative" if is_negative else "a numerator cannot be larger than its denominator")
    return x, n


def _cells(k, k_base):
    k = np.asarray(k, float)
    k_base = k if k_base is None else np.asarray(k_base, float)
    if ((k < 0) | (k_base < 0)).any():
        raise ValueError("k, the number of rounded cells added up, cannot be negative")
    return k, k_base


def _wilson(p, n, z):
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At p = 0 and p = 1 one limit is the rate itself; the subtraction leaves a stray 1e-17.
    lower = np.where(p <= 0, p, np.maximum(centre - half, 0.0))
    upper = np.where(p >= 1, p, np.minimum(centre + half, 1.0))
    return Interval(lower[()], upper[()])


def _score_limit(x, n, k, k_base, correction, z):
    """Lower limit: the smaller root of the score's quadratic; 0 where the count may be nothing but rounding."""
    seen = np.maximum(x - correction, 0)
    spread = z**2 * ROUNDING_VARIANCE
    a, b, c = n**2 + z**2 * n - spread * k_base, 2 * n * seen + z**2 * n, seen**2 - spread * k
    with np.errstate(divide="ignore", invalid="ignore"):
        root = (b - np.sqrt(np.maximum(b**2 - 4 * a * c, 0))) / (2 * a)
    limit = np.where((c <= 0) | (a <= 0), 0.0, np.minimum(root, x / np.where(n > 0, n, np.nan)))
    return np.where((n > 0) & ~np.isnan(x), limit, np.nan)


def _are_numbers(*given: object) -> bool:
    return all(type(each) in _NUMBERS for each in given)


def _difference_of_one(a, a_limits, b, b_limits):
    """`difference` of one pair without an array."""
    (a_low, a_high), (b_low, b_high) = a_limits, b_limits
    if a_low > a + 1e-9 or a_high < a - 1e-9 or b_low > b + 1e-9 or b_high < b - 1e-9:
        raise ValueError("an interval must contain its own estimate")
    gap = a - b
    return Estimate(gap, gap - float(np.hypot(a - a_low, b_high - b)), gap + float(np.hypot(a_high - a, b - b_low)))


def _wilson_rounded_of_one(x, n, k, k_base, level, correction):
    """`wilson_rounded` of one rate without an array: most are asked for one by one, and an array of one takes twenty times as long."""
    if x < 0 or n < 0 or x > n:
        _counts(x, n)
    if k < 0 or k_base < 0:
        _cells(k, k_base)
    moved, z = correction if k > 0 else 0.0, normal_quantile(level)
    lower = _score_limit_of_one(x, n, k, k_base, moved, z)
    return Interval(lower, 1 - _score_limit_of_one(n - x, n, k + k_base, k_base, moved, z))


def _score_limit_of_one(x, n, k, k_base, correction, z):
    """`_score_limit` of one count."""
    if not n > 0 or math.isnan(x):
        return math.nan
    seen = max(x - correction, 0.0)
    spread = z**2 * ROUNDING_VARIANCE
    a, b, c = n**2 + z**2 * n - spread * k_base, 2 * n * seen + z**2 * n, seen**2 - spread * k
    if c <= 0 or a <= 0:
        return 0.0
    return min((b - math.sqrt(max(b**2 - 4 * a * c, 0.0))) / (2 * a), x / n)


def _gap(x1, n1, limits1, x2, n2, limits2):
    if _are_numbers(x1, n1, x2, n2, *limits1, *limits2) and n1 > 0 and n2 > 0:
        return difference(x1 / n1, limits1, x2 / n2, limits2)
    (x1, n1), (x2, n2) = _counts(x1, n1), _counts(x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return difference(x1 / n1, limits1, x2 / n2, limits2)


def _log_rate(x, n, k):
    base = effective_base(x, n, k) if np.any(np.asarray(k) > 0) else np.asarray(n, float)
    x, n = _counts(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        return p, (1 - p) / (base * p)


def _around(value, limits):
    lower, upper = (np.asarray(each, float) for each in limits)
    if ((lower > value + 1e-9) | (upper < value - 1e-9)).any():
        raise ValueError("an interval must contain its own estimate")
    return lower, upper


def _outward(value, step, whole):
    return whole(round(value * step, 9)) / step
