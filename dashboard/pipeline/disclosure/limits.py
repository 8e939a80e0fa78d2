"""Limits on the root table, so that exact totals known from other publications pin nobody.

An outsider may know starts, entered work and 52 weeks of a partnership and year exactly. Beside a known
total n, published counts say more than beside a rounded one:

- a sum inside it, published as P, counts at least P - 4, so every other count inside it is at most
  n - P + 4: narrow unless P <= n + 1;
- a sum around it, published as P, counts at most P + 4, so all that is there besides it is at most
  P + 4 - n: narrow unless P >= n - 1.

Each limit given up is weighed by the people it leaves the attacker in doubt between, none being the worst.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.pipeline.disclosure.lattice import PARTNERSHIP_LEVEL
from dashboard.pipeline.disclosure.rounding import BASE, FAR, TIGHT
from dashboard.pipeline.disclosure.tree import NODES, STATES

JOB_52 = (0,)
# What may be known exactly: starts, entered work, the rest of starts, 52 weeks, the rest of entered work.
KNOWN = (NODES["starts"], NODES["job"], NODES["no_job"], JOB_52, (1, 2, 3, 4, 5))
AROUND_JOB_52 = (NODES["sustained_26"], NODES["sustained_13"])
PARTS = (*((state,) for state in range(len(STATES))), *NODES.values())
EXACT, NARROW, THIN = 300.0, 30.0, 10.0  # weights of a limit given up that leaves a width of 0, 1 or 2
IN_SOME = 0.1  # of such a weight, where only counts of some characteristics become narrow


@dataclass(frozen=True)
class Limit:
    """Steps between which the sum of some states should lie, and the weight of one step outside.

    low, high, weight: area x year arrays; a weight of 0 means no limit.
    """

    members: tuple[int, ...]
    low: np.ndarray
    high: np.ndarray
    weight: np.ndarray

    def of(self, years) -> "Limit":
        """The limit in these years."""
        return Limit(self.members, self.low[:, years], self.high[:, years], self.weight[:, years])


def limits(truth: dict[str, np.ndarray]) -> list[Limit]:
    """Every limit, from the true counts of M (area x year x state) and B (area x year x category x state)."""
    inside = (limit for known in KNOWN for limit in _inside(truth["M"], known))
    return [*inside, *(_together(truth, known) for known in KNOWN), *_around(truth["M"])]


def _inside(m: np.ndarray, known: tuple[int, ...]) -> Iterator[Limit]:
    """States and headlines within a known total."""
    total = _people(m, known)
    for part in PARTS:
        if set(part) < set(known):
            yield _at_most(part, total, _harm(_up(_people(m, part)) - total))
    if known not in PARTS:  # no other row holds it near the truth
        yield Limit(known, total // BASE, _up(total) // BASE, np.where(total < 3 * BASE, THIN, 1.0))


def _together(truth: dict[str, np.ndarray], known: tuple[int, ...]) -> Limit:
    """A known total that one category of some characteristic may hold whole, as it is published."""
    total = _people(truth["M"], known)
    largest = np.max([_people(truth[f"B_{c}"], known).max(axis=-1) for c in PARTNERSHIP_LEVEL], axis=0)
    harm = _harm(_up(total) - total)
    # Fewer than 5 people are one count in every characteristic.
    harm = np.where((total < BASE) | (harm >= EXACT), harm, IN_SOME * harm)
    return _at_most(known, total, np.where(largest >= _up(total) - TIGHT, harm, 0.0))


def _around(m: np.ndarray) -> Iterator[Limit]:
    """Headlines that hold 52 weeks, where others entered work too."""
    total = _people(m, JOB_52)
    has_others = _people(m, NODES["job"]) > total
    for part in AROUND_JOB_52:
        harm = _harm(total - _people(m, part) // BASE * BASE)
        yield Limit(part, -(-(total - 1) // BASE), np.full_like(total, FAR), np.where(has_others, harm, 0.0))


def _at_most(part: tuple[int, ...], total: np.ndarray, weight: np.ndarray) -> Limit:
    return Limit(part, np.zeros_like(total), (total + 1) // BASE, weight)


def _people(counts: np.ndarray, members: tuple[int, ...]) -> np.ndarray:
    return counts[..., list(members)].sum(axis=-1)


def _up(counts: np.ndarray) -> np.ndarray:
    return -(-counts // BASE) * BASE


def _harm(apart: np.ndarray) -> np.ndarray:
    """Weight of leaving counts 4 - apart wide."""
    return np.select([apart >= 4, apart == 3, apart == 2], [EXACT, NARROW, THIN], 0.0)
