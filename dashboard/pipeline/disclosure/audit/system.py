"""Everything an attacker can write down: published counts with bounds, and the sums that tie them.

A variable is one true count somewhere. The attacker knows that it is at least 0, that it lies within
a bound of what was published, and that parents are the sums of their children.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

UNKNOWN = -1          # a count the attacker cannot see: hidden, or never published
FAR = 10**9           # upper end of a count nothing bounds
HIDDEN_BELOW = 4      # a hidden count is a small one: that is why it was hidden


@dataclass(frozen=True)
class Sums:
    """`parent[i] = children[i, 0] + children[i, 1] + ...` for every i; no variable twice in a column."""

    name: str
    parent: np.ndarray
    children: np.ndarray


@dataclass
class System:
    """Variables numbered from 0, what was published for each, and the sums between them."""

    published: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    sums: list[Sums] = field(default_factory=list)

    def add(self, published: np.ndarray) -> np.ndarray:
        """Number the cells of an array; returns an array of the same shape."""
        first = len(self.published)
        self.published = np.concatenate([self.published, np.ravel(published).astype(np.int64)])
        return np.arange(first, len(self.published)).reshape(np.shape(published))

    def add_unknown(self, *shape: int) -> np.ndarray:
        """Number cells that nobody published."""
        return self.add(np.full(shape, UNKNOWN))

    def add_sums(self, name: str, parent: np.ndarray, children: np.ndarray) -> None:
        """`children` has the parent's shape and one axis more, the last, that adds up to it."""
        if children.shape[:-1] != parent.shape:
            raise ValueError(f"{name}: parents {parent.shape} against children {children.shape}")
        if parent.size:
            self.sums.append(Sums(name, parent.ravel(), children.reshape(parent.size, -1)))

    def differences(self) -> list[tuple[str, int, int, int]]:
        """T1: for each kind of sum its name, how many there are, how many differ, the largest difference."""
        found = []
        for each in self.sums:
            visible = (self.published[each.parent] >= 0) & (self.published[each.children] >= 0).all(axis=1)
            off = self.published[each.parent] - self.published[each.children].sum(axis=1)
            off = np.abs(off[visible])
            found.append((each.name, len(off), int((off > 0).sum()), int(off.max(initial=0))))
        return found

    def bounds(self, deviation: np.ndarray | int) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest true count of every variable, when published counts are within `deviation`."""
        seen = self.published >= 0
        lower = np.where(seen, np.maximum(self.published - deviation, 0), 0)
        upper = np.where(seen, self.published + deviation, FAR)
        return lower, upper

    def matrix(self) -> sparse.csr_matrix:
        """One row a sum (children 1, parent -1), one column a variable."""
        rows, columns, values, first = [], [], [], 0
        for each in self.sums:
            count, width = each.children.shape
            numbers = np.arange(first, first + count)
            rows += [np.repeat(numbers, width), numbers]
            columns += [each.children.ravel(), each.parent]
            values += [np.ones(count * width), -np.ones(count)]
            first += count
        if not rows:
            return sparse.csr_matrix((0, len(self.published)))
        entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csr_matrix(entries, shape=(first, len(self.published)))


def propagate(sums: list[Sums], lower: np.ndarray, upper: np.ndarray, rounds: int = 40,
              ) -> tuple[np.ndarray, np.ndarray]:
    """The fast attack: tighten every range through every sum until nothing moves (or `rounds` are done).

    Returns new arrays. Never narrower than a linear programme, so what it finds is real; it cannot clear.
    A range may end empty (lower above upper): then the bounds contradict each other.
    """
    lower, upper = lower.copy(), upper.copy()
    active = list(range(len(sums)))
    for _ in range(rounds):
        moved = np.zeros(len(lower), bool)
        for index in active:
            _tighten(sums[index], lower, upper, moved)
        if not moved.any():
            break
        active = [i for i, each in enumerate(sums)
                  if np.count_nonzero(moved[each.parent]) or np.count_nonzero(moved[each.children])]
    return lower, upper


def _tighten(each: Sums, lower: np.ndarray, upper: np.ndarray, moved: np.ndarray) -> None:
    low, high = lower[each.children], upper[each.children]
    low_sum, high_sum = low.sum(axis=1), high.sum(axis=1)
    _raise(lower, each.parent, low_sum, moved)
    _cut(upper, each.parent, high_sum, moved)
    _raise(lower, each.children, lower[each.parent][:, None] - (high_sum[:, None] - high), moved)
    _cut(upper, each.children, upper[each.parent][:, None] - (low_sum[:, None] - low), moved)


def _raise(lower: np.ndarray, index: np.ndarray, to: np.ndarray, moved: np.ndarray) -> None:
    better = to > lower[index]
    if np.count_nonzero(better):
        lower[index[better]] = to[better]
        moved[index[better]] = True


def _cut(upper: np.ndarray, index: np.ndarray, to: np.ndarray, moved: np.ndarray) -> None:
    better = to < upper[index]
    if np.count_nonzero(better):
        upper[index[better]] = to[better]
        moved[index[better]] = True
