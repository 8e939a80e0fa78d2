"""A difference of two groups within the same places: what is left of it once each place is compared with itself."""

from collections.abc import Sequence

import numpy as np

from dashboard.methods.intervals import LEVEL, ROUNDING_VARIANCE, Estimate, normal_quantile


def within_strata(group: Sequence[tuple[float, float]], rest: Sequence[tuple[float, float]], k: Sequence[float],
                  k_rest: Sequence[float], level: float = LEVEL) -> Estimate:
    """Mantel-Haenszel difference of two proportions over strata (Greenland and Robins 1985), with rounding error.

    Pairs are (reached, base), protected counts of people, one a stratum (a partnership); `k`, `k_rest`: rounded cells in
    each. A stratum where either has nobody takes no part. Proportions. NaN where no stratum holds both.
    Raises ValueError where the strata differ in number.
    """
    if not len(group) == len(rest) == len(k) == len(k_rest):
        raise ValueError("each stratum needs both groups")
    table = [(min(x1, n1), n1, min(x0, n0), n0, k1, k0) for (x1, n1), (x0, n0), k1, k0 in zip(group, rest, k, k_rest, strict=True)
             if n1 > 0 and n0 > 0]
    if not table:
        return Estimate(float("nan"), float("nan"), float("nan"))
    x1, n1, x0, n0, k1, k0 = (np.array(column, float) for column in zip(*table, strict=True))
    p1, p0, weight = x1 / n1, x0 / n0, n1 * n0 / (n1 + n0)
    value = float((weight * (p1 - p0)).sum() / weight.sum())
    chance = (x1 * (n1 - x1) * n0**3 + x0 * (n0 - x0) * n1**3) / (n1 * n0 * (n1 + n0)**2)
    rounding = weight**2 * ROUNDING_VARIANCE * (k1 * (1 + p1**2) / n1**2 + k0 * (1 + p0**2) / n0**2)
    half = normal_quantile(level) * float(np.sqrt((chance + rounding).sum())) / float(weight.sum())
    return Estimate(value, value - half, value + half)
