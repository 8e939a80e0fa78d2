"""Funnel: which areas lie further from the others than chance and usual differences would put them.

Spiegelhalter 2005 (Statistics in Medicine 24:1185), on the arcsine scale with additive overdispersion. Centre and
usual differences come from one model of all areas, without pulling any in: winsorising first halves the usual
differences, and then 4 of 32 areas lie outside where 1.6 is said.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from dashboard.methods.intervals import ROUNDING_VARIANCE, Interval, normal_quantile
from dashboard.methods.rounding import rounded

WARNING, ALARM = 0.95, 0.998
FEWEST_AREAS = 3
DRAWS, SEED = 300, 2005          # simulated funnels behind the expected number outside
MOST_STEPS, CLOSE = 50, 1e-12     # of Newton's method, which mostly takes four to six


class Expected(NamedTuple):
    """How many areas lie outside the 95% and the 99.8% lines on average, if the model holds."""

    warning: float
    alarm: float


@dataclass(frozen=True)
class Funnel:
    """A fitted funnel. Arrays have one entry an area, in the order given.

    centre: rate of the typical area, a proportion. tau2: between-area variance on the arcsine scale (0 = none).
    z: distance from the centre in standard errors, usual differences allowed for.
    position: `higher` or `lower` outside the 95% limits, else `within`; `unknown` where there is no rate.
    outside: 0, 95 or 99.8: the widest limit the area lies beyond.
    """

    centre: float
    tau2: float
    z: np.ndarray
    position: np.ndarray
    outside: np.ndarray


def fit(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1) -> Funnel:
    """Place each area (x of n, rounded counts, people) on the funnel around the centre of them all.

    Areas with no base (NaN or 0) take no part. `k`: rounded cells added up in each count, 0 for exact counts.
    Raises ValueError for fewer than 3 areas with a rate, x > n, or where nobody or everybody reached it.
    """
    x, n, k = np.broadcast_arrays(*(np.atleast_1d(np.asarray(each, float)) for each in (x, n, k)))
    known = (n > 0) & ~np.isnan(x)
    if known.sum() < FEWEST_AREAS:
        raise ValueError("a funnel needs at least 3 areas with a rate")
    if np.any(x[known] > n[known]) or np.any(x[known] < 0):
        raise ValueError("a numerator must lie between 0 and its denominator")
    if x[known].sum() in (0, n[known].sum()):
        raise ValueError("a funnel needs a centre between 0 and 1")
    middle, tau2, distance = _model(x[known][None], n[known][None], k[known][None])
    z = np.full(x.shape, np.nan)
    z[known] = distance[0]
    return Funnel(float(np.sin(middle[0, 0])**2), float(tau2[0, 0]), z, _position(z), _outside(z))


def expected_outside(fitted: Funnel, n: ArrayLike, k: ArrayLike = 1) -> Expected:
    """Areas outside on average where nothing but chance, rounding and the fitted usual differences is at work.

    Simulated: true rates are drawn around the centre with variance tau2, people with these bases, counts are rounded in
    k cells, and the funnel is fitted again. The same numbers give the same answer.
    """
    n, k = (each[np.asarray(n, float) > 0] for each in np.broadcast_arrays(np.asarray(n, float), np.asarray(k, np.int64)))
    rng = np.random.default_rng(SEED)
    angle = np.arcsin(np.sqrt(fitted.centre)) + np.sqrt(fitted.tau2) * rng.standard_normal((DRAWS, n.size))
    base = np.broadcast_to(n.astype(np.int64), angle.shape)
    reached = rng.binomial(base, np.sin(np.clip(angle, 0, np.pi / 2))**2)
    shown = np.maximum(rounded(base, k, rng), 1)
    away = np.abs(distances(np.minimum(rounded(reached, k, rng), shown), shown, k))
    return Expected(*(float((away > normal_quantile(level)).sum(axis=1).mean()) for level in (WARNING, ALARM)))


def distances(x: ArrayLike, n: ArrayLike, k: ArrayLike = 1) -> np.ndarray:
    """Every area's z of many funnels at once: one a row, areas with a base in its columns; else as `fit`."""
    return _model(*np.broadcast_arrays(*(np.asarray(each, float) for each in (x, n, k))))[2]


def usual_differences(values: ArrayLike, variances: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Mean and between-area variance τ² of estimates with known variances, areas on the last axis, which is kept.

    Paule and Mandel (1982): τ² is where Σ (value - mean)²/(variance + τ²) comes to one less than the areas; 0 where
    chance alone explains the spread. Newton's method on the reciprocal of that sum, which is nearly a line.
    """
    y, v = np.asarray(values, float), np.asarray(variances, float)
    tau2, expected = np.zeros((*y.shape[:-1], 1)), y.shape[-1] - 1
    for _ in range(MOST_STEPS):
        _, spread, steepness = _spread(y, v + tau2)
        before, step = tau2, (spread - expected) * spread / (expected * np.maximum(steepness, np.finfo(float).tiny))
        tau2 = np.maximum(tau2 + step, 0)
        if np.all(np.abs(tau2 - before) <= CLOSE * tau2):
            break
    return _spread(y, v + tau2)[0], tau2


def limits(n: ArrayLike, centre: float, tau2: float = 0.0, level: float = WARNING,
           k: ArrayLike = 1) -> Interval:
    """The funnel's lines at bases n (people): lower and upper limit as proportions.

    An area lies outside these lines exactly when `fit` says so. Raises ValueError unless 0 < centre < 1
    and every n > 0.
    """
    n = np.asarray(n, float)
    if np.any(n <= 0) or not 0 < centre < 1:
        raise ValueError("funnel limits need bases above 0 and a centre between 0 and 1")
    half = normal_quantile(level) * np.sqrt(_variance(n, centre, np.asarray(k, float)) + tau2)
    middle = np.arcsin(np.sqrt(centre))
    ends = (np.maximum(middle - half, 0), np.minimum(middle + half, np.pi / 2))
    return Interval(*(np.clip(((n + 3 / 4) * np.sin(end)**2 - 3 / 8) / n, 0, 1)[()] for end in ends))


def _model(x, n, k):
    """Centre (an angle), τ² and every area's z, funnels by rows; the variance is that at the centre, so found twice."""
    y = np.arcsin(np.sqrt((x + 3 / 8) / (n + 3 / 4)))   # Anscombe 1948
    middle = np.arcsin(np.sqrt(x.sum(axis=-1, keepdims=True) / n.sum(axis=-1, keepdims=True)))
    for _ in range(2):
        variance = _variance(n, np.clip(np.sin(middle)**2, 1e-6, 1 - 1e-6), k)
        middle, tau2 = usual_differences(y, variance)
    variance = _variance(n, np.clip(np.sin(middle)**2, 1e-6, 1 - 1e-6), k)
    return middle, tau2, (y - middle) / np.sqrt(variance + tau2)


def _spread(y, variance):
    """Weighted mean, the sum of squared distances from it in standard errors, and how fast that falls as variances grow."""
    weight = 1 / variance
    mean = (weight * y).sum(axis=-1, keepdims=True) / weight.sum(axis=-1, keepdims=True)
    squares = weight * (y - mean)**2
    return mean, squares.sum(axis=-1, keepdims=True), (weight * squares).sum(axis=-1, keepdims=True)


def _variance(n, centre, k):
    """Variance of arcsin √p at the centre: 1/(4n), widened for the rounding of k cells."""
    spread = centre * (1 - centre)
    return (spread / n + ROUNDING_VARIANCE * k * (1 + centre**2) / n**2) / (4 * spread)


def _position(z):
    outside = np.abs(z) > normal_quantile(WARNING)
    words = np.where(outside, np.where(z > 0, "higher", "lower"), "within")
    return np.where(np.isnan(z), "unknown", words)


def _outside(z):
    away = np.abs(z)
    return np.where(away > normal_quantile(ALARM), 99.8, np.where(away > normal_quantile(WARNING), 95.0, 0.0))
