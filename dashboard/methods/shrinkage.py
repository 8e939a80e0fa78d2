"""Steadied estimates: small areas' rates drawn towards the others', as a second mark beside the real one.

Beta-binomial empirical Bayes (Efron and Morris 1975) with a limited translation (Efron and Morris 1972): an area that is
unlike the others is hardly drawn towards them. Without that limit the intervals of the islands, which are unlike, held
their true rates in 66% to 86% of simulated editions; with it no area of the realistic set is below 93%. A prior for each
family group, tried instead, left Na h-Eileanan Siar at 70% to 79%. Never replaces the observed rate.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln

from dashboard.methods.intervals import CORRECTION, LEVEL, Estimate, effective_base

LEAST_WEIGHT = 1.0   # people; a lighter prior would have two peaks
STEPS = 200          # weights tried, evenly on the log scale
ALIKE = 0.75         # standard errors from the prior's mean up to which its whole weight counts


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


def relevance(x: ArrayLike, n: ArrayLike, prior: Prior, k: ArrayLike = 1) -> float | np.ndarray:
    """The share of the prior's weight that counts for an area: 1 within ALIKE of its mean, then (ALIKE/z)².

    z is the distance of the rate from the prior's mean in standard errors of such rates (chance, rounding and true
    differences together). NaN where n is 0.
    """
    mean, base = prior.alpha / (prior.alpha + prior.beta), np.asarray(effective_base(x, n, k))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(mean * (1 - mean) * (1 / base + 1 / (prior.alpha + prior.beta + 1)))
        z = np.abs(np.asarray(x, float) / np.asarray(n, float) - mean) / spread
        return np.minimum(1, (ALIKE / np.maximum(z, 1e-9))**2)[()]


def steady(x: ArrayLike, n: ArrayLike, prior: Prior, k: ArrayLike = 1, level: float = LEVEL) -> Estimate:
    """Steadied rate (x + rα)/(n + r(α + β)) with its credible interval, as proportions; r is the area's `relevance`.

    The limits are those of beta distributions with the weight of the effective base plus the prior's, around the same
    mean with the count moved `CORRECTION` people down and up (none where k is 0), so rounding and its steps are allowed
    for. An area without a base (n = 0 or NaN) gets NaN, not the prior. Raises ValueError when x < 0, x > n or k < 0.
    """
    share, base = relevance(x, n, prior, k), np.asarray(effective_base(x, n, k))
    x, n, moved = np.asarray(x, float), np.asarray(n, float), np.where(np.asarray(k) > 0, CORRECTION, 0.0)
    weight, tail = share * (prior.alpha + prior.beta), (1 - level) / 2

    def mean(reached):
        return np.where(np.isnan(base), np.nan, (reached + share * prior.alpha) / (n + weight))

    def limit(reached, probability):
        return betaincinv(mean(reached) * (base + weight), (1 - mean(reached)) * (base + weight), probability)

    return Estimate(mean(x)[()], limit(np.maximum(x - moved, 0), tail)[()], limit(np.minimum(x + moved, n), 1 - tail)[()])
