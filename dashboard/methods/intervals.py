"""95% intervals for rates, gaps, ratios and costs made from protected (rounded) counts.

Participants are close to a census, so these intervals describe how far the process that produced the
figures could have varied, and the error added by rounding; not the error of a sample.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

LEVEL = 0.95
ROUNDING_VARIANCE = 4.0   # variance of one count rounded to base 5: the mean of r(5 - r), r = 0..4
MAX_DEVIATION = 4         # largest deviation of one protected count, people (a few widened cells: 9)
BYAR_FROM = 10            # below this count the exact chi-squared limits are used


class Interval(NamedTuple):
    """Lower and upper limit, in the units of the estimate; floats or arrays of one shape."""

    lower: float | np.ndarray
    upper: float | np.ndarray


class Estimate(NamedTuple):
    """An estimate with its limits, all in the same units; floats or arrays of one shape."""

    value: float | np.ndarray
    lower: float | np.ndarray
    upper: float | np.ndarray


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


def effective_base(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1) -> float | np.ndarray:
    """The base n* (people) that an unrounded rate would need to be as uncertain as this rounded one.

    With p~ = (x + 2)/(n + 4): SE² = p~(1 - p~)/n + 4k(1 + p~²)/n² and n* = p~(1 - p~)/SE². The 4 is the
    variance of one rounded cell; p~ rather than p keeps the interval open near 0 and 1.
    NaN where n is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    x, n = _counts(x, n)
    k = np.asarray(k, float)
    if np.any(k < 0):
        raise ValueError("k, the number of rounded cells added up, cannot be negative")
    with np.errstate(divide="ignore", invalid="ignore"):
        p = (x + 2) / (n + 4)
        variance = p * (1 - p) / n + ROUNDING_VARIANCE * k * (1 + p**2) / n**2
        return np.where(n > 0, p * (1 - p) / variance, np.nan)[()]


def wilson_rounded(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1, level: float = LEVEL) -> Interval:
    """Wilson interval that also allows for the rounding of x and n, as proportions.

    Wilson on the effective base (`effective_base`), centred on the shown rate x/n. `k` is the number of
    separately rounded cells added up: 1 for a rate as stored, 3 for a sum of three areas.
    NaN where n is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    base = effective_base(x, n, k)
    x, n = _counts(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _wilson(x / n, base, normal_quantile(level))


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
    margin = np.minimum(np.ceil(normal_quantile(level) * np.sqrt(ROUNDING_VARIANCE * k)), MAX_DEVIATION * k)
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
                     k2: ArrayLike = 1, level: float = LEVEL) -> Estimate:
    """Gap between two rounded rates: Newcombe's interval on the effective bases, as proportions.

    NaN where a base is 0. Raises ValueError when x < 0, x > n or k < 0.
    """
    return _gap(x1, n1, wilson_rounded(x1, n1, k1, level), x2, n2, wilson_rounded(x2, n2, k2, level))


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
    x, n = np.broadcast_arrays(np.asarray(x, float), np.asarray(n, float))
    if np.any(x < 0) or np.any(n < 0):
        raise ValueError("a count cannot be negative")
    if np.any(x > n):
        raise ValueError("a numerator cannot be larger than its denominator")
    return x, n


def _wilson(p, n, z):
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # At p = 0 and p = 1 one limit is the rate itself; the subtraction leaves a stray 1e-17.
    lower = np.where(p <= 0, p, np.maximum(centre - half, 0.0))
    upper = np.where(p >= 1, p, np.minimum(centre + half, 1.0))
    return Interval(lower[()], upper[()])


def _gap(x1, n1, limits1, x2, n2, limits2):
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
    if np.any(lower > value + 1e-9) or np.any(upper < value - 1e-9):
        raise ValueError("an interval must contain its own estimate")
    return lower, upper


def _outward(value, step, whole):
    return whole(round(value * step, 9)) / step
