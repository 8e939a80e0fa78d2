"""Steadied estimates: small areas' rates drawn towards Scotland's, as a second mark beside the real one.

Beta-binomial empirical Bayes (Kleinman 1973; Efron and Morris 1975). Never replaces the observed rate.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from dashboard.methods.intervals import LEVEL, ROUNDING_VARIANCE, Estimate, effective_base


class Prior(NamedTuple):
    """Beta(alpha, beta) of the areas' true rates; alpha + beta is its weight in people."""

    alpha: float
    beta: float


def fit_prior(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1) -> Prior:
    """Prior from the mature rates of all areas (x of n, rounded counts), by the method of moments.

    Σn(p - P)² is set equal to its expectation under rates that vary between areas, less the part that
    rounding explains. The prior never weighs more than all the people counted: when the areas differ no
    more than chance, their common rate is known as well as Scotland's and no better.
    Raises ValueError for fewer than 3 areas with a base, x < 0, x > n, or a pooled rate of 0 or 1.
    """
    x, n, k = (each.ravel() for each in np.broadcast_arrays(*(np.asarray(e, float) for e in (x, n, k))))
    known = (n > 0) & ~np.isnan(x)
    x, n, k = x[known], n[known], k[known]
    if n.size < 3:
        raise ValueError("a prior needs at least 3 areas with a rate")
    if np.any(x < 0) or np.any(x > n):
        raise ValueError("a numerator must lie between 0 and its denominator")
    total, rate = n.sum(), x.sum() / n.sum()
    if not 0 < rate < 1:
        raise ValueError("a prior needs a pooled rate between 0 and 1")
    rest = 1 - n / total
    rounding = (ROUNDING_VARIANCE * k * (1 + rate**2) / n * rest).sum()
    between = ((n * (x / n - rate)**2).sum() - rounding) / (rate * (1 - rate)) - rest.sum()
    likeness = between / ((n - 1) * rest).sum()   # intra-area correlation
    weight = total if likeness <= 0 else min(total, max(1 / likeness - 1, 1.0))
    return Prior(rate * weight, (1 - rate) * weight)


def steady(x: ArrayLike, n: ArrayLike, prior: Prior, k: ArrayLike = 1, level: float = LEVEL) -> Estimate:
    """Steadied rate (x + α)/(n + α + β) with its credible interval, as proportions.

    The interval is that of a beta distribution with this mean and the weight of the effective base plus the
    prior's, so rounding is allowed for. An area without a base (n = 0 or NaN) gets NaN, not the prior.
    Raises ValueError when x < 0, x > n or k < 0.
    """
    weight = prior.alpha + prior.beta
    base = effective_base(x, n, k)
    x, n = np.asarray(x, float), np.asarray(n, float)
    mean = np.where(np.isnan(base), np.nan, (x + prior.alpha) / (n + weight))
    a, b, tail = mean * (base + weight), (1 - mean) * (base + weight), (1 - level) / 2
    return Estimate(mean[()], betaincinv(a, b, tail), betaincinv(a, b, 1 - tail))
