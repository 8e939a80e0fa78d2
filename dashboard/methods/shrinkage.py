"""Steadied estimates: small areas' rates drawn towards Scotland's, as a second mark beside the real one.

Beta-binomial empirical Bayes (Efron and Morris 1975). Never replaces the observed rate.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln

from dashboard.methods.intervals import LEVEL, Estimate, effective_base

LEAST_WEIGHT = 1.0   # people; a lighter prior would have two peaks
STEPS = 200          # weights tried, evenly on the log scale


class Prior(NamedTuple):
    """Beta(alpha, beta) of the areas' true rates; alpha + beta is its weight in people."""

    alpha: float
    beta: float


def fit_prior(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1) -> Prior:
    """Prior from the mature rates of all areas (x of n, rounded counts), by adjusted maximum likelihood.

    The mean is the pooled rate. The weight maximises the beta-binomial likelihood of the effective counts
    times 1/(1 + weight): Morris's adjustment for density maximisation (Morris and Tang 2011), without
    which near-equal areas give an endless weight and intervals that are far too narrow. It never weighs
    more than all the people counted.
    Raises ValueError for fewer than 3 areas with a base, x < 0, x > n, or a pooled rate of 0 or 1.
    """
    x, n, k = (each.ravel() for each in np.broadcast_arrays(*(np.asarray(e, float) for e in (x, n, k))))
    known = (n > 0) & ~np.isnan(x)
    x, n, base = x[known], n[known], effective_base(x, n, k)[known]
    if n.size < 3:
        raise ValueError("a prior needs at least 3 areas with a rate")
    rate = x.sum() / n.sum()
    if not 0 < rate < 1:
        raise ValueError("a prior needs a pooled rate between 0 and 1")
    weights = np.geomspace(LEAST_WEIGHT, max(n.sum(), LEAST_WEIGHT), STEPS)[:, None]
    alpha, beta = rate * weights, (1 - rate) * weights
    reached = base * x / n
    likelihood = (betaln(reached + alpha, base - reached + beta) - betaln(alpha, beta)).sum(axis=1)
    weight = float(weights[np.argmax(likelihood - np.log1p(weights[:, 0])), 0])
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
