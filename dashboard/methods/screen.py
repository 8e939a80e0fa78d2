"""Many tests on one screen: which of them may be called different, so that few of those called are chance.

Fifty groups tested at 5% each give two or three that differ by luck. Benjamini and Hochberg (1995) hold the share of
chance among the lines called at 5% instead. Groups of one breakdown are tested against the rest, so two groups that are
each other's rest are one test: count it once. For areas the funnel alone decides, not this.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from dashboard.methods.intervals import LEVEL, normal_quantile

FALSE_SHARE = 0.05


class Screen(NamedTuple):
    """The lines of one screen, judged together; arrays have one entry a line, in the order given.

    different: may be called higher or lower. tested: lines with an interval. by_chance: how many of those called
    different are expected to be chance, at most. alone: how many would differ by chance if each were judged alone at 5%.
    """

    different: np.ndarray
    tested: int
    by_chance: float
    alone: float

    @property
    def found(self) -> int:
        """Lines called different."""
        return int(self.different.sum())


def together(values: ArrayLike, lower: ArrayLike, upper: ArrayLike, null: float = 0.0,
             false_share: float = FALSE_SHARE) -> Screen:
    """Differences with their 95% limits, judged together; `null` is no difference (0 points, or a ratio of 1).

    A line without a value or limits (NaN or None) is not tested. A line that is called different here has an interval
    that excludes `null`; not the other way round. Raises ValueError unless 0 < false_share < 1.
    """
    if not 0 < false_share < 1:
        raise ValueError(f"false_share is {false_share}; it must lie between 0 and 1")
    p = chances(values, lower, upper, null)
    different, tested = stand_out(p, false_share), int((~np.isnan(p)).sum())
    return Screen(different, tested, false_share * float(different.sum()), false_share * tested)


def stand_out(p: ArrayLike, false_share: float = FALSE_SHARE) -> np.ndarray:
    """Which of these p-values stand out among all that are not NaN: of those, at most `false_share` are chance on average.

    Where nothing differs at all, anything stands out in at most `false_share` of screens.
    """
    p = np.atleast_1d(np.asarray(p, float))
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    allowed = np.flatnonzero(p[order] <= false_share * np.arange(1, order.size + 1) / max(order.size, 1))
    different = np.zeros(p.shape, bool)
    different[order[:allowed[-1] + 1 if allowed.size else 0]] = True
    return different


def chances(values: ArrayLike, lower: ArrayLike, upper: ArrayLike, null: float = 0.0) -> np.ndarray:
    """Two-sided p-values from estimates and their own 95% limits: the side towards `null` gives the error.

    0.05 exactly where a limit is `null`. NaN where a number is missing; 1 where the estimate is `null`.
    """
    values, lower, upper = (np.atleast_1d(np.array(each, float)) for each in (values, lower, upper))
    apart = values - null
    towards = np.where(apart > 0, values - lower, upper - values)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(apart == 0, 0.0, np.abs(apart) / towards * normal_quantile(LEVEL))
    return 2 * ndtr(-z)
