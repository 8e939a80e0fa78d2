"""What the methods' tests share: counts rounded as the protected cube rounds them, and 32 area sizes."""

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(20261122)


@pytest.fixture
def protect(rng):
    """True counts (reached, everyone) -> protected ones: x and n - x rounded without bias to base 5,
    in `k` separate cells each, and added up, so that n stays the sum of its parts."""
    def cells(count, k):
        parts = [count // k + (each < count % k) for each in range(k)]
        return sum(part - part % 5 + 5 * (rng.random(part.shape) < part % 5 / 5) for part in parts)

    def protected(x, n, k=1):
        reached = cells(x, k)
        return reached, reached + cells(n - x, k)

    return protected


@pytest.fixture
def area_sizes():
    """Starts a year in 32 areas, from the smallest island to the largest city."""
    return np.array([1800, 1500, 300, 280, 250, 600, 700, 350, 300, 260, 500, 900, 120, 800, 450, 2000,
                     250, 350, 400, 60, 700, 900, 500, 300, 70, 350, 1100, 300, 330, 450, 80, 200])
