"""Funnel: which areas lie further from Scotland than chance and usual differences would put them.

Spiegelhalter 2005 (Statistics in Medicine 24:1185), on the arcsine scale with additive overdispersion.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.methods.intervals import ROUNDING_VARIANCE, Interval, normal_quantile

WARNING, ALARM = 0.95, 0.998   # by chance 1.6 and 0.06 of 32 areas lie outside
WINSORISED = 0.1               # share of z scores pulled in at each tail before φ is measured


@dataclass(frozen=True)
class Funnel:
    """A fitted funnel. Arrays have one entry an area, in the order given.

    centre: Scotland's rate, a proportion. tau2: between-area variance on the arcsine scale (0 = none).
    phi: mean winsorised z². z: distance from the centre in standard errors, usual differences allowed for.
    position: `higher` or `lower` outside the 95% limits, else `within`; `unknown` where there is no rate.
    outside: 0, 95 or 99.8: the widest limit the area lies beyond.
    """

    centre: float
    tau2: float
    phi: float
    z: np.ndarray
    position: np.ndarray
    outside: np.ndarray


def fit(x: ArrayLike, n: ArrayLike, centre: float | None = None, k: ArrayLike = 1) -> Funnel:
    """Place each area (x of n, rounded counts, people) on the funnel around `centre`.

    `centre` is Scotland's rate as a proportion; left out, the pooled rate of the areas. Areas with no base
    (NaN or 0) take no part. `k`: rounded cells added up in each count, 0 for exact counts.
    Raises ValueError for fewer than 3 areas with a rate, x > n, or a centre of exactly 0 or 1.
    """
    x, n, k = np.broadcast_arrays(*(np.atleast_1d(np.asarray(each, float)) for each in (x, n, k)))
    known = (n > 0) & ~np.isnan(x)
    if known.sum() < 3:
        raise ValueError("a funnel needs at least 3 areas with a rate")
    if np.any(x[known] > n[known]) or np.any(x[known] < 0):
        raise ValueError("a numerator must lie between 0 and its denominator")
    centre = float(x[known].sum() / n[known].sum()) if centre is None else float(centre)
    variance = _variance(n[known], centre, k[known])
    distance = np.arcsin(np.sqrt(x[known] / n[known])) - np.arcsin(np.sqrt(centre))
    tau2, phi = overdispersion(distance / np.sqrt(variance), variance)
    z = np.full(x.shape, np.nan)
    z[known] = distance / np.sqrt(variance + tau2)
    return Funnel(centre, tau2, phi, z, _position(z), _outside(z))


def overdispersion(z: ArrayLike, variance: ArrayLike) -> tuple[float, float]:
    """Between-area variance τ² and φ from unadjusted z scores and their variances, one each an area.

    φ is the mean of z² after pulling in 10% of each tail. If Iφ > I - 1 for I areas,
    τ² = max(0, (Iφ - (I - 1)) / (Σw - Σw²/Σw)) with w = 1/variance; otherwise 0.
    """
    z, w = np.asarray(z, float), 1 / np.asarray(variance, float)
    phi = float(np.mean(np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))**2))
    excess = z.size * phi - (z.size - 1)
    spread = w.sum() - (w**2).sum() / w.sum()
    return (max(0.0, float(excess / spread)) if excess > 0 else 0.0), phi


def limits(n: ArrayLike, centre: float, tau2: float = 0.0, level: float = WARNING,
           k: ArrayLike = 1) -> Interval:
    """The funnel's lines at bases n (people): lower and upper limit as proportions.

    An area lies outside these lines exactly when `fit` says so. Raises ValueError unless 0 < centre < 1
    and every n > 0.
    """
    n = np.asarray(n, float)
    if np.any(n <= 0):
        raise ValueError("funnel limits need bases above 0")
    half = normal_quantile(level) * np.sqrt(_variance(n, centre, np.asarray(k, float)) + tau2)
    middle = np.arcsin(np.sqrt(centre))
    lower, upper = np.maximum(middle - half, 0), np.minimum(middle + half, np.pi / 2)
    return Interval((np.sin(lower)**2)[()], (np.sin(upper)**2)[()])


def _variance(n, centre, k):
    """Variance of arcsin √p at the centre: 1/(4n), widened for the rounding of k cells."""
    if not 0 < centre < 1:
        raise ValueError("a funnel needs a centre between 0 and 1")
    spread = centre * (1 - centre)
    return (spread / n + ROUNDING_VARIANCE * k * (1 + centre**2) / n**2) / (4 * spread)


def _position(z):
    outside = np.abs(z) > normal_quantile(WARNING)
    words = np.where(outside, np.where(z > 0, "higher", "lower"), "within")
    return np.where(np.isnan(z), "unknown", words)


def _outside(z):
    away = np.abs(z)
    return np.where(away > normal_quantile(ALARM), 99.8, np.where(away > normal_quantile(WARNING), 95.0, 0.0))
