"""Additive controlled rounding to base 5: whole tables, every sum exact, every cell near the truth.

A cell of true count n is published as 5z with z whole. A tight problem lets z be only the multiple
of 5 below or above n (so |5z - n| <= 4) and holds every headline sum as near. When no such table
exists, an elastic solve finds the fewest cells and sums to widen by one step (|5z - n| <= 9) and
a second solve rounds again with exactly those widened.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.pipeline.disclosure import programme
from dashboard.pipeline.disclosure.programme import Programme
from dashboard.pipeline.errors import BuildError

BASE = 5
TIGHT = BASE - 1  # furthest any other count may be from the truth
WIDEST = 2 * BASE - 1  # furthest a widened count may be
SCOTLAND = 1000.0  # weight of widening a Scotland total: the last thing to give way
AFFECTED = 5.0  # times the weight of widening a cell or sum somebody knows the change of
ZERO = 2.5  # weight of widening a cell nobody is in
HEAVY = 20_000.0  # cost of leaving a published value
AWAY = 4_000.0  # cost of each use of a widened step
FAR = 10**6  # steps: no limit
TIE = 1e-6  # of a preference against the weight of one widening


class RoundingError(BuildError):
    """No table within the widest bounds was found: nothing may be published."""


@dataclass(frozen=True)
class Rounded:
    """Published steps (count / 5) a cell, and how many cells and sums were widened.

    gap: how far the preferences met fall short of the best thinkable, as a share of all preferences.
    """

    steps: np.ndarray
    gap: float
    widened: int


class Problem:
    """Cells to round and the sums that bind them; `members` are positions in the flat cells (rows x k).

    true: true counts, one a cell. offset: secret offset in [0, 1), one a cell.
    published, moved: steps published before (-1: none), and the change in the truth since.
    """

    def __init__(self, true: np.ndarray, offset: np.ndarray,
                 published: np.ndarray | None = None, moved: np.ndarray | None = None):
        self.true = true.astype(np.int64)
        self.low, self.high = self.true // BASE, -(-self.true // BASE)
        lean = self.true % BASE / BASE - offset
        self.cost = np.where(lean > 0, -1.0, 1.0) * (200 + 800 * np.abs(lean))
        self.weight = np.where(self.true == 0, ZERO, 1.0)  # of widening each cell
        self.rigid = np.zeros(len(self.true), bool)  # cells never widened
        self.published, self.moved = published, moved
        if published is not None:
            self._stick()
        self._rows: list[tuple] = []

    def _stick(self) -> None:
        """Cells hardly ever leave the published value without a change, and with one only for what it allows.

        A cell more than 4 from its new truth may stay, or come one step nearer.
        """
        published, affected = self.published, (self.published >= 0) & (self.moved != 0)
        off = BASE * published - self.true
        stays = (published >= 0) & (np.abs(off) <= WIDEST)
        far = stays & (np.abs(off) > TIGHT)
        low = np.where(far, published - (off > 0), np.where(stays, np.minimum(self.low, published), self.low))
        high = np.where(far, published + (off < 0), np.where(stays, np.maximum(self.high, published), self.high))
        self.low, self.high = _allowed(low, high, published, self.moved)
        self.weight = np.where(affected, AFFECTED * self.weight, self.weight)
        leave = np.where(affected, -AWAY, HEAVY)
        self.cost = np.where(stays & (far | ~affected), np.where(published == self.low, leave, -leave), self.cost)

    def near(self, members: np.ndarray, weight: float = 1.0, widest: int = WIDEST) -> None:
        """Each sum stays within one step of its truth; widened, within `widest` people."""
        total = self.true[members].sum(axis=1)
        low, high = total // BASE, -(-total // BASE)
        if self.published is not None:
            is_known = (self.published[members] >= 0).all(axis=1)
            before = np.where(is_known, self.published[members].sum(axis=1), -1)
            if weight < SCOTLAND:
                stays = is_known & (np.abs(BASE * before - total) <= WIDEST)
                low = np.where(stays, np.minimum(low, before), low)
                high = np.where(stays, np.maximum(high, before), high)
            moved = self.moved[members].sum(axis=1)
            low, high = _allowed(low, high, before, moved)
            weight = np.where(is_known & (moved != 0), AFFECTED * weight, weight)
        self._add(members, low, high, weight, widest=(-((widest - total) // BASE), (total + widest) // BASE))

    def within(self, members: np.ndarray, low: np.ndarray, high: np.ndarray, weight: np.ndarray) -> None:
        """Each sum lies in low..high steps, or one step outside at its weight."""
        self._add(members, low, high, weight, widest=(low - 1, np.minimum(high + 1, FAR)))

    def exactly(self, members: np.ndarray, steps: np.ndarray) -> None:
        """Each sum equals a number of steps already settled."""
        self._add(members, steps, steps, 0.0)

    def between(self, members: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Each sum lies in low..high steps, which nothing may widen."""
        self._add(members, low, high, 0.0)

    def equal(self, plus: np.ndarray, minus: np.ndarray) -> None:
        """Each sum over a row of `plus` equals the sum over the same row of `minus`."""
        zero = np.zeros(len(plus), dtype=np.int64)
        signs = np.concatenate([np.ones(plus.shape, np.int8), -np.ones(minus.shape, np.int8)], axis=1)
        self._add(np.concatenate([plus, minus], axis=1), zero, zero, 0.0, signs=signs)

    def _add(self, members, low, high, weight, signs=None, widest=None) -> None:
        low, high = np.broadcast_to(low, len(members)), np.broadcast_to(high, len(members))
        signs = np.ones(members.shape, np.int8) if signs is None else signs
        self._rows.append((members, signs, low, high, np.broadcast_to(weight, len(members)).astype(float),
                           widest or (low, high)))

    def sums(self) -> "Sums":
        """All sums as one sparse matrix (rows in the order they were added) with bounds and weights."""
        members, signs, low, high, weight, widest = zip(*self._rows, strict=True)
        lengths = np.concatenate([np.full(len(rows), rows.shape[1]) for rows in members])
        lowest, highest = zip(*widest, strict=True)
        return Sums(starts=np.r_[0, np.cumsum(lengths)], members=_joined(members), signs=_joined(signs).astype(float),
                    low=_joined(low), high=_joined(high), weight=_joined(weight), lowest=_joined(lowest),
                    highest=_joined(highest))


def _joined(rows: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([part.ravel() for part in rows])


@dataclass(frozen=True)
class Sums:
    """Sums over cells: compressed rows, bounds in steps, weight of widening each (0: never)."""

    starts: np.ndarray
    members: np.ndarray
    signs: np.ndarray
    low: np.ndarray
    high: np.ndarray
    weight: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray

    @property
    def owner(self) -> np.ndarray:
        """The sum each entry belongs to."""
        return np.repeat(np.arange(len(self.low)), np.diff(self.starts))


@dataclass(frozen=True)
class Widening:
    """Which cells and sums may take one more step down or up (booleans)."""

    cell_down: np.ndarray
    cell_up: np.ndarray
    sum_down: np.ndarray
    sum_up: np.ndarray

    def __len__(self) -> int:
        return int(sum(each.sum() for each in (self.cell_down, self.cell_up, self.sum_down, self.sum_up)))


def window(published: np.ndarray, moved: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest steps after a change of `moved` people that someone may know of.

    They know that the truth was within 4 of what was published and is within 4 of what is: what both leave
    is at least 3 wide if the published count moves within 5 of the change, and away from 0 if two or more came.
    Where known people left a count published as 0, what they know of it cannot be kept from them.
    """
    target = BASE * published + moved
    low = -((BASE - target) // BASE)
    return np.where((published == 0) & (moved > 1), np.maximum(low, 1), low), (target + BASE) // BASE


def _allowed(low: np.ndarray, high: np.ndarray, published: np.ndarray, moved: np.ndarray) -> tuple[np.ndarray, ...]:
    """The steps low..high that lie in the window, or all of them where none does or nothing was published."""
    least, most = window(published, moved)
    least, most = np.maximum(low, least), np.minimum(high, most)
    fits = (published >= 0) & (least <= most)
    return np.where(fits, least, low), np.where(fits, most, high)


def solve(problem: Problem) -> Rounded:
    """Round every cell; raises RoundingError when nothing within the widest bounds is found."""
    sums = problem.sums()
    nothing = Widening(*[np.zeros(len(problem.true), bool)] * 2, *[np.zeros(len(sums.low), bool)] * 2)
    columns, gap = programme.solve(_programme(problem, sums, nothing, problem.cost, AWAY))
    if columns is not None:
        return Rounded(_steps(problem, nothing, columns), gap, 0)
    everything = _widest(problem, sums)
    columns, _ = programme.solve(_fewest(problem, sums, everything))
    if columns is None:
        raise RoundingError(f"no table within {WIDEST} of the truth was found")
    chosen, start = _chosen(everything, columns)
    columns, gap = programme.solve(_programme(problem, sums, chosen, problem.cost, AWAY), start)
    if columns is None:
        raise RoundingError("no table was found among those widened")
    return Rounded(_steps(problem, chosen, columns), gap, len(chosen))


def lead(problem: Problem, orders: list[list[np.ndarray]]) -> np.ndarray:
    """Steps of the leading cells that leave the fewest others to widen; the others are only a relaxation.

    orders: orders to try, each of groups of positions settled in turn. Raises RoundingError when
    there are none.
    """
    sums = problem.sums()
    everything = _widest(problem, sums)
    no_cell = np.zeros(len(problem.true), bool)
    # Widening sums alone is the smaller programme and nearly always enough.
    for widening in (Widening(no_cell, no_cell, everything.sum_down, everything.sum_up), everything):
        columns = programme.lead(_fewest(problem, sums, widening, TIE * problem.cost), orders)
        if columns is not None:
            return problem.low + columns[:len(problem.true)]
    raise RoundingError(f"no margins within {WIDEST} of the truth were found")


def _fewest(problem: Problem, sums: Sums, everything: Widening, cost: np.ndarray | None = None) -> Programme:
    """The elastic programme: widen as little as can be."""
    cost = np.zeros(len(problem.true)) if cost is None else cost
    return _programme(problem, sums, everything, cost, problem.weight, sums.weight)


def _widest(problem: Problem, sums: Sums) -> Widening:
    """Every cell and sum that may take one more step."""
    soft = sums.weight > 0
    return Widening(
        cell_down=~problem.rigid & (problem.low > 0) & (problem.true - BASE * (problem.low - 1) <= WIDEST),
        cell_up=~problem.rigid & (BASE * (problem.high + 1) - problem.true <= WIDEST),
        sum_down=soft & (sums.low > sums.lowest) & (sums.low > 0), sum_up=soft & (sums.high < sums.highest))


def _programme(problem: Problem, sums: Sums, widening: Widening, cost: np.ndarray, step_cost,
               sum_cost=0.0) -> Programme:
    """Columns: every cell above its lowest step, then the widened steps of cells (down, up), then of
    sums (down, up), in that order."""
    cells = len(problem.true)
    down, up = np.flatnonzero(widening.cell_down), np.flatnonzero(widening.cell_up)
    under, over = np.flatnonzero(widening.sum_down), np.flatnonzero(widening.sum_up)
    step_cost, sum_cost = np.broadcast_to(step_cost, cells), np.broadcast_to(sum_cost, len(sums.low))
    costs = np.concatenate([cost, step_cost[down], step_cost[up], sum_cost[under], sum_cost[over]])
    upper = np.concatenate([problem.high - problem.low, np.ones(len(down) + len(up)),
                            (sums.low - sums.lowest)[under], (sums.highest - sums.high)[over]]).astype(float)
    owner, entry = sums.owner, np.arange(len(sums.members))
    settled = np.bincount(owner, weights=sums.signs * problem.low[sums.members], minlength=len(sums.low))
    rows, columns, values = [owner], [sums.members], [sums.signs]
    for chosen, sign, first in ((down, -1, cells), (up, 1, cells + len(down))):
        place = np.full(cells, -1)
        place[chosen] = np.arange(len(chosen)) + first
        used = entry[place[sums.members] >= 0]
        rows.append(owner[used])
        columns.append(place[sums.members[used]])
        values.append(sign * sums.signs[used])
    first = cells + len(down) + len(up)
    rows += [under, over]
    columns += [np.arange(len(under)) + first, np.arange(len(over)) + first + len(under)]
    values += [np.ones(len(under)), -np.ones(len(over))]
    return Programme(costs, upper, np.concatenate(rows), np.concatenate(columns), np.concatenate(values),
                     sums.low - settled, sums.high - settled)


def _steps(problem: Problem, widening: Widening, columns: np.ndarray) -> np.ndarray:
    """Published steps a cell from the solver's columns."""
    cells = len(problem.true)
    steps = problem.low + columns[:cells]
    down, up = np.flatnonzero(widening.cell_down), np.flatnonzero(widening.cell_up)
    steps[down] -= columns[cells:cells + len(down)]
    steps[up] += columns[cells + len(down):cells + len(down) + len(up)]
    return steps


def _chosen(everything: Widening, columns: np.ndarray) -> tuple[Widening, np.ndarray]:
    """The widening an elastic solution used, and that solution as a start for the next solve."""
    every = (everything.cell_down, everything.cell_up, everything.sum_down, everything.sum_up)
    first = len(everything.cell_down)
    masks, used = [], [columns[:first]]
    for mask in every:
        taken = columns[first:first + mask.sum()] > 0
        chosen = np.zeros_like(mask)
        chosen[np.flatnonzero(mask)[taken]] = True
        masks.append(chosen)
        used.append(columns[first:first + mask.sum()][taken])
        first += mask.sum()
    return Widening(*masks), np.concatenate(used)
