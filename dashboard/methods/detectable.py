""""Could we even tell?": the smallest change next year that would probably show."""

from typing import NamedTuple

import numpy as np

from dashboard.methods.intervals import ROUNDING_VARIANCE, normal_quantile

POWER, SIGNIFICANCE = 0.80, 0.05
FEWEST = 10   # people expected to reach the outcome, and not to, next year: below it the power is overstated


class Detectable(NamedTuple):
    """Smallest fall and rise, as positive proportions (0.05 = 5 percentage points); None: none possible."""

    fall: float | None
    rise: float | None


def smallest_change(x: float, n: float, n_next: float | None = None, k: int = 1, power: float = POWER,
                    significance: float = SIGNIFICANCE) -> Detectable:
    """Smallest change of the rate x/n that next year's figure would show with 80% power at 5%, two-sided.

    Normal power of two independent proportions (Fleiss, Levin and Paik 2003, without continuity
    correction): change = z(significance/2)·SE of no change + z(power)·SE of the change, each SE widened by
    the rounding of k cells each year. `n_next` is next year's base (people), this year's if left out.
    None where no change would show that leaves 10 people on each side of the outcome next year.
    Raises ValueError when a base is not above 0, x is outside 0..n, or power and significance outside 0..1.
    """
    n_next = n if n_next is None else n_next
    if not (n > 0 and n_next > 0 and 0 <= x <= n and k >= 0):
        raise ValueError("smallest_change needs bases above 0 and a numerator within its base")
    if not (0.5 <= power < 1 and 0 < significance < 1):
        raise ValueError("power must lie in 0.5..1 and significance in 0..1")
    z_test, z_power = normal_quantile(1 - significance), normal_quantile(2 * power - 1)
    rate = x / n

    def shows(change):
        pooled = (n * rate + n_next * (rate + change)) / (n + n_next)
        still = _variance(pooled, n, k) + _variance(pooled, n_next, k)
        moved = _variance(rate, n, k) + _variance(rate + change, n_next, k)
        return abs(change) >= z_test * np.sqrt(still) + z_power * np.sqrt(moved)

    room = FEWEST / n_next
    return Detectable(_smallest(shows, -1, rate - room), _smallest(shows, 1, 1 - rate - room))


def _smallest(shows, direction, room):
    if room <= 0 or not shows(direction * room):
        return None
    low, high = 0.0, room
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if shows(direction * middle) else (middle, high)
    return high


def _variance(p, n, k):
    return p * (1 - p) / n + ROUNDING_VARIANCE * k * (1 + p**2) / n**2
