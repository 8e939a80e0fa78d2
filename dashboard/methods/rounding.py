"""Counts as the disclosure gate rounds them, drawn again: what simulations of rounded figures stand on."""

import numpy as np

BASE = 5


def rounded(counts: np.ndarray, k: np.ndarray | int, rng: np.random.Generator) -> np.ndarray:
    """True counts (whole people), each split evenly over `k` cells, every cell rounded without bias to base 5, and added.

    A cell with a remainder of r goes up with probability r/5: the mean stays, the variance is 4 on average. `k` is one
    number, or one an entry of the last axis; 0 leaves the count as it is.
    """
    counts, k = np.broadcast_arrays(np.asarray(counts, np.int64), np.asarray(k, np.int64))
    total = np.where(k > 0, 0, counts)
    for cell in range(int(k.max(initial=0))):
        part = np.where(cell < k, counts // np.maximum(k, 1) + (cell < counts % np.maximum(k, 1)), 0)
        rest = part % BASE
        total = total + part - rest + BASE * (rng.random(part.shape) < rest / BASE)
    return total
