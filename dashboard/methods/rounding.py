"""Counts as the disclosure gate rounds them, drawn again, and the decimals that a rate of such counts carries."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from dashboard.methods.intervals import rounding_margin
from dashboard.methods.missing import is_missing

BASE = 5
MOST_MOVED = 0.1     # points that rounding alone may move a rate shown with a decimal: one step of its last digit
WIDE = 1.0           # points either side from which an interval makes a decimal meaningless


def decimals(row: Mapping[str, object]) -> int:
    """Decimals of a rate in % of rounded counts: one where rounding and the interval leave it a meaning, else none.

    `row`: denominator (people), lower_ci and upper_ci (%), and in base_cells or cells how many rounded counts its base adds up.
    """
    if any(is_missing(row.get(name)) for name in ("denominator", "lower_ci", "upper_ci")) or not row["denominator"]:
        return 0
    moved = 100 * _margin(int(row.get("base_cells") or row.get("cells") or 1)) / float(row["denominator"])
    return int(moved <= MOST_MOVED and (float(row["upper_ci"]) - float(row["lower_ci"])) / 2 < WIDE)


@lru_cache(maxsize=1000)
def _margin(cells: int) -> float:
    return float(rounding_margin(cells))


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
