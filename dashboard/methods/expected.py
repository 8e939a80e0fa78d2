"""Expected given who is served: the rate a place would have if each group did there as it does elsewhere.

Indirect standardisation (Breslow and Day 1987, section 2.3), one characteristic at a time, with the place itself left out
of the rates it is set against. It allows for the mix of that one characteristic and for nothing else.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.intervals import LEVEL, ROUNDING_VARIANCE, Estimate, normal_quantile

Counts = Sequence[tuple[float, float]]      # (reached, base) of each group, people


class Expected(NamedTuple):
    """Proportions: the rate expected, and how far the observed one is above it, each with its limits."""

    expected: Estimate
    difference: Estimate


def expected(here: Counts, elsewhere: Counts, k: int = 1, k_elsewhere: int = 2, level: float = LEVEL) -> Expected:
    """What a place would reach with its own groups and the rates of the same groups elsewhere.

    The groups are everyone: each person of the place is in one. A group that nobody elsewhere is in is taken to do as
    everyone elsewhere does. `k` and `k_elsewhere`: rounded counts added up in each number, here and elsewhere; a number
    of elsewhere made as the whole less this place holds the cells of both.

    The variance of the difference is that of chance, here within each group and in each group's rate elsewhere, and that
    of rounding: 4 for each rounded count. The groups of a place add up to a total that is rounded once, as its numerator
    and its base are here.
    NaN where nobody is here or nobody elsewhere. Raises ValueError where the groups differ in number, or k is negative.
    """
    if k < 0 or k_elsewhere < 0:
        raise ValueError("the number of rounded counts added up cannot be negative")
    own, others = _counts(here, elsewhere)
    people = own[:, 1].sum()
    if people <= 0 or others[:, 1].sum() <= 0:
        return Expected(Estimate(np.nan, np.nan, np.nan), Estimate(np.nan, np.nan, np.nan))
    rate, share = np.minimum(others[:, 0] / others[:, 1], 1), own[:, 1] / people
    level_here, level_expected = min(own[:, 0].sum() / people, 1.0), float((share * rate).sum())
    apart = level_here - level_expected
    base = others[:, 1]
    # A rate of nought or of all that counts this rough give is never certain: two people each way, as for one rate.
    near = (others[:, 0] + 2) / (base + 4)
    of_rates = (share**2 * (near * (1 - near) / base + ROUNDING_VARIANCE * k_elsewhere * (1 + near**2) / base**2)).sum()
    of_mix = ROUNDING_VARIANCE * k * ((rate - level_expected)**2).sum() / people**2
    return Expected(_limits(level_expected, of_rates + of_mix, level, 0.0),
                    _limits(apart, of_rates + of_mix + _here(own, people, k, level_here), level, -1.0))


def expected_rate(here: Counts, elsewhere: Counts) -> float:
    """The rate that `expected` gives, a proportion, without its limits; NaN and errors as there."""
    own, others = _counts(here, elsewhere)
    people = own[:, 1].sum()
    if people <= 0 or others[:, 1].sum() <= 0:
        return np.nan
    return float((own[:, 1] / people * np.minimum(others[:, 0] / others[:, 1], 1)).sum())


def _counts(here: Counts, elsewhere: Counts) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays of (groups, 2); a group that nobody elsewhere is in has the counts of everyone elsewhere."""
    if len(here) != len(elsewhere):
        raise ValueError("each group needs its counts here and elsewhere")
    own, others = (np.array(counts, float).reshape(-1, 2) for counts in (here, elsewhere))
    return own, np.where(others[:, 1:] <= 0, others.sum(axis=0), others)


def _here(own: np.ndarray, people: float, k: int, level_here: float) -> float:
    """Variance of the observed rate: chance within each group, and rounding of its numerator and of the whole base."""
    base = own[:, 1]
    near = (np.minimum(own[:, 0], base) + 2) / (base + 4)
    chance = (base * near * (1 - near)).sum() / people**2
    return float(chance + ROUNDING_VARIANCE * k * (1 + level_here**2) / people**2)


def _limits(value: float, variance: float, level: float, lowest: float) -> Estimate:
    half = normal_quantile(level) * float(np.sqrt(variance))
    return Estimate(value, max(value - half, lowest), min(value + half, 1.0))
