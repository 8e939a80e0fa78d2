"""Joint tables: families that share people must be able to be true together.

A1 (quarter x place), C (quarter x category) and B (place x category) are faces of one table, quarter x
place x category, which nobody publishes. Rounded apart, the faces may leave no such table without a
negative count; then the certificate of safety fails. `close` moves as few counts as can be until there
is one. A state is a problem of its own: it meets the other states only in the headlines of each cell,
which count as cells do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import highspy
import numpy as np

from dashboard.pipeline.disclosure import programme
from dashboard.pipeline.disclosure.programme import Programme
from dashboard.pipeline.disclosure.rounding import BASE, FAR, TIGHT, WIDEST, ZERO, window
from dashboard.pipeline.disclosure.tree import NODES, STATES

STAY = 0.05  # weight of leaving the rounding first chosen
LEAVE = 30.0  # and of leaving what was published before
TOLD = 300.0  # and of leaving the window of a change that somebody knows of
CELL = 1.25  # weight of moving a count beyond 4, against 1 for a headline
SWEEPS = 3  # over all states, to bring headlines back within 4
NEAR = 1e-6
NO_SUMS: Mapping[str, str] = MappingProxyType({})
COUNTED = (*((state,) for state in range(len(STATES))), *NODES.values())  # what a face publishes of each of its counts
Loop = tuple[str, str, str]  # names of the faces [m, row], [m, column] and [row, column]


@dataclass(frozen=True)
class Face:
    """One table of a loop: [row, column, state].

    Settled where `true` is None; else it may be moved, but for the `rigid` cells, [row, column]. published,
    moved: as for `rounding.Problem`, where there is an edition before.
    """

    true: np.ndarray | None = None
    steps: np.ndarray | None = None
    weight: float = 1.0
    published: np.ndarray | None = None
    moved: np.ndarray | None = None
    rigid: np.ndarray | None = None

    @property
    def can_move(self) -> bool:
        return self.true is not None

    @cached_property
    def people(self) -> dict[tuple[int, ...], np.ndarray]:
        """True people in each state and headline, [row, column]."""
        return {members: self.true[..., list(members)].sum(axis=-1) for members in COUNTED}

    @cached_property
    def told(self) -> dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]]:
        """Lowest and highest steps of each state and headline that a known change since its publication allows."""
        return {members: _after_change(self, members) for members in COUNTED}


@dataclass(frozen=True)
class Choices:
    """What each count of one state may be: steps `low` and up, and what each of these levels costs.

    low: [row, column]; costs: [level, row, column], infinite beyond the highest allowed.
    """

    low: np.ndarray
    costs: np.ndarray

    def cost_of(self, steps: np.ndarray) -> float:
        """What it costs that the counts are these, [row, column]."""
        return np.take_along_axis(self.costs, (steps - self.low)[None], axis=0)[0].sum()

    @cached_property
    def further(self) -> tuple[np.ndarray, np.ndarray]:
        """A column for each step a count may take above its lowest: which count, and what the step costs.

        A step never costs less than the one before it, so that they are taken in order.
        """
        kept = np.isfinite(self.costs[1:])
        rises = np.where(kept, self.costs[1:] - np.where(kept, self.costs[:-1], 0.0), np.inf)
        rises = np.maximum.accumulate(rises, axis=0).reshape(len(rises), self.low.size).T
        cell, _ = np.nonzero(np.isfinite(rises))
        return cell, rises[np.isfinite(rises)]


def close(faces: dict[str, Face], loops: Sequence[Loop], sums: Mapping[str, str] = NO_SUMS) -> dict[str, np.ndarray]:
    """Steps of the faces that can move, with a joint table for every loop and state wherever one is found.

    Every count and headline stays within 9 of the truth, or as far as it was. `sums` names for a face
    another, [1, column, state], that its columns add up to.
    """
    steps = {name: face.steps.copy() for name, face in faces.items() if face.can_move}
    states = range(next(iter(steps.values())).shape[-1])
    has_table = [_has_table(faces, steps, loops, state)
                 or _move(_choices_of_all(faces, steps, state), steps, loops, sums, state, np.inf) for state in states]
    moves, tried = 0, dict.fromkeys(states, -1)
    for _ in range(SWEEPS):
        before = moves
        for state in states:
            if tried[state] == moves:
                continue        # nothing has moved since it could not
            choices = _choices_of_all(faces, steps, state)
            now = sum(choices[name].cost_of(each[..., state]) for name, each in steps.items())
            if now > 0 and _move(choices, steps, loops, sums, state, now if has_table[state] else np.inf):
                has_table[state], moves = True, moves + 1
            else:
                tried[state] = moves
        if moves == before:
            break
    return steps


def _has_table(faces: dict, steps: dict, loops: Sequence[Loop], state: int) -> bool:
    """True where the counts of one state have their joint tables as they are. Another state changes nothing in that."""
    held = {name: _settled(steps.get(name, face.steps)[..., state]) for name, face in faces.items()}
    problem, _ = _programme(held, loops, NO_SUMS)
    return programme.solve_mixed(problem, 0) is not None


def _settled(now: np.ndarray) -> Choices:
    """No choice: the counts, [row, column], are what they are."""
    return Choices(now, np.zeros((1, *now.shape)))


def _move(choices: dict[str, Choices], steps: dict, loops: Sequence[Loop], sums: Mapping[str, str], state: int,
          before: float) -> bool:
    """Move the counts of one state, in place, to where a joint table exists at the least cost; False if there
    is none, or none that costs less than `before`."""
    problem, whole = _programme(choices, loops, sums)
    lowest = sum(choice.costs[0].sum() for choice in choices.values())
    if lowest + np.minimum(problem.cost, 0).sum() > before - NEAR:
        return False            # not even if every count were free to be what costs least
    found = programme.solve_mixed(problem, whole)
    if found is None:
        return False
    if lowest + float(problem.cost @ found) > before - NEAR:
        return False
    first = 0
    for name, each in choices.items():
        cell, _ = each.further
        taken = np.bincount(cell, weights=np.rint(found[first:first + len(cell)]), minlength=each.low.size)
        first += len(cell)
        if name in steps:
            steps[name][..., state] = each.low + taken.astype(np.int64).reshape(each.low.shape)
    return True


def _choices_of_all(faces: dict, steps: dict, state: int) -> dict[str, Choices]:
    return {name: _choices(face, steps.get(name, face.steps), state) for name, face in faces.items()}


def _choices(face: Face, now: np.ndarray, state: int) -> Choices:
    """Levels at which a count and its headlines are within 9 of the truth; each beyond 4, or outside the window
    of a change that somebody knows, has its cost."""
    steps, now = now, now[..., state]
    if not face.can_move:
        return _settled(now)
    sums = [((state,), 0, np.where(face.people[state,] == 0, ZERO, CELL))]
    sums += [(node, steps[..., list(node)].sum(axis=-1) - now, 1.0) for node in NODES.values() if state in node]
    low, high = np.zeros_like(now), np.full_like(now, FAR)
    for members, beside, _ in sums:
        low = np.maximum(low, -((WIDEST - face.people[members]) // BASE) - beside)
        high = np.minimum(high, (face.people[members] + WIDEST) // BASE - beside)
    low, high = np.minimum(low, now), np.maximum(high, now)
    if face.rigid is not None:
        low, high = np.where(face.rigid, now, low), np.where(face.rigid, now, high)
    levels = low + np.arange((high - low).max() + 1)[:, None, None]
    costs = STAY * np.abs(levels - now)
    if face.published is not None:
        is_kept = (face.published[..., state] >= 0) & (face.moved[..., state] == 0)
        costs = costs + LEAVE * is_kept * np.abs(levels - face.published[..., state])
    for members, beside, weight in sums:
        costs = costs + face.weight * weight * (np.abs(BASE * (levels + beside) - face.people[members]) > TIGHT)
        if face.published is not None:
            least, most = face.told[members]
            costs = costs + TOLD * ((levels + beside < least) | (levels + beside > most))
    return Choices(low, np.where(levels <= high, costs, np.inf))


def _after_change(face: Face, members: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest steps of a sum over states that a known change since its publication allows."""
    published, moved = (each[..., list(members)] for each in (face.published, face.moved))
    least, most = window(published.sum(axis=-1), moved.sum(axis=-1))
    is_known = (published >= 0).all(axis=-1)
    return np.where(is_known, least, 0), np.where(is_known, most, FAR)


def _programme(choices: dict[str, Choices], loops: Sequence[Loop], sums: Mapping[str, str]) -> tuple[Programme, int]:
    """Columns: further steps of each count, face by face, then the people of each joint table.

    The second result says how many columns are steps.
    """
    first, further, costs = {}, {}, []
    columns = rows = 0
    for name, each in choices.items():
        further[name], rise = each.further
        first[name], columns = columns, columns + len(rise)
        costs.append(rise)
    whole, entries, bounds = columns, [], []

    def add(name: str, row_of: np.ndarray, sign: float) -> None:
        """Further steps of a face in the sums they belong to."""
        cell = further[name]
        entries.append((row_of[cell], first[name] + np.arange(len(cell)), np.full(len(cell), sign)))

    for names in loops:
        m, row, column = _people(*(choices[name] for name in names), *(further[name] for name in names))
        for name, left, right in zip(names, (m, m, row), (row, column, column), strict=True):
            low = choices[name].low
            entries.append((rows + left * low.shape[1] + right, columns + np.arange(len(m)), np.ones(len(m))))
            add(name, rows + np.arange(low.size), -1.0)
            bounds.append(low.ravel())
            rows += low.size
        columns += len(m)
    for name, total in sums.items():
        low, columns_of = choices[name].low, np.arange(choices[total].low.size)
        add(name, rows + np.tile(columns_of, len(low)), -1.0)
        add(total, rows + columns_of, 1.0)
        bounds.append(low.sum(axis=0) - choices[total].low[0])
        rows += len(columns_of)
    total = np.concatenate(bounds).astype(float)
    upper = np.r_[np.ones(whole), np.full(columns - whole, highspy.kHighsInf)]
    cost = np.concatenate([*costs, np.zeros(columns - whole)])
    return Programme(cost, upper, *map(np.concatenate, zip(*entries, strict=True)), total, total), whole


def _people(one: Choices, two: Choices, three: Choices, *further: np.ndarray) -> tuple[np.ndarray, ...]:
    """Where a joint table may hold people: no face says that there is nobody."""
    a, b, c = (((each.low > 0) | (np.bincount(cell, minlength=each.low.size) > 0).reshape(each.low.shape))
               for each, cell in zip((one, two, three), further, strict=True))
    return np.nonzero(a[:, :, None] & b[:, None, :] & c[None, :, :])
