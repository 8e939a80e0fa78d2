"""Whole-number random draws that are the same on every machine.

Only the raw 64-bit stream of PCG64 and SeedSequence are used, which NumPy promises never to change (NEP 19);
the methods of `Generator` carry no such promise, and floating point may round differently elsewhere.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
MILLION = 1_000_000


class Draws:
    """One stream of draws, set by the seed and a branch (area, part, topic): branches are independent."""

    def __init__(self, seed: int, *branch: int):
        self._bits = np.random.PCG64(np.random.SeedSequence(seed % 2**63, spawn_key=branch))

    def below(self, limit: int | Whole, size: int) -> Whole:
        """`size` draws of 0 .. limit - 1; `limit` is one number or one a draw, each under 2**31."""
        high = self._bits.random_raw(size) >> np.uint64(32)
        return ((high * np.asarray(limit, dtype=np.uint64)) >> np.uint64(32)).astype(np.int64)

    def between(self, low: int | Whole, high: int | Whole, size: int) -> Whole:
        """`size` draws of low .. high, both included."""
        return low + self.below(np.asarray(high) - low + 1, size)

    def chance(self, per_mille: int | Whole, size: int) -> NDArray[np.bool_]:
        """`size` yes/no draws, each yes `per_mille` times in 1,000."""
        return self.below(MILLION, size) < np.asarray(per_mille) * 1000

    def pick(self, weights: Sequence[int] | Whole, size: int) -> Whole:
        """`size` positions in `weights`, each as likely as its weight."""
        cumulative = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(cumulative, self.below(int(cumulative[-1]), size), side="right")

    def pick_by(self, tables: Sequence[Sequence[int]], row: Whole) -> Whole:
        """One position for each entry of `row`, drawn with the weights of that row of `tables`."""
        cumulative = np.cumsum(np.asarray(tables, dtype=np.int64), axis=1)
        drawn = self.below(cumulative[row, -1], len(row))
        return (drawn[:, None] >= cumulative[row]).sum(axis=1, dtype=np.int64)

    def in_bands(self, bands: Sequence[Sequence[int]], band: Whole) -> Whole:
        """A whole number inside the band (lowest, highest) of each draw."""
        edges = np.asarray(bands, dtype=np.int64)
        return self.between(edges[band, 0], edges[band, 1], len(band))


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts as near to the weights as can be (largest remainders, ties to the first)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def spread(total: int, weights: Whole, offset: int) -> Whole:
    """`total` in whole parts by rounding the running sum: none is off by 1 or more, small ones are not lost.

    `offset` is a draw below the sum of the weights; it decides which small parts get a person.
    """
    running = np.concatenate([[0], np.cumsum(weights)])
    return np.diff((running * total + offset) // running[-1])
