"""Slices of the release small enough for a linear programme.

A slice holds every published count of one place and of Scotland for one year and characteristic, every
sum between them, and the people by quarter (or programme, or second characteristic) and category whom
nobody publishes but who tie the families together. Its ranges start from those of the fast attack.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dashboard.pipeline.disclosure.audit.attack import Ranges
from dashboard.pipeline.disclosure.audit.families import (
    IN_PARTNERSHIPS,
    OVERLAPPING,
    PAIRS,
    SCOTLAND,
    SCOTLAND_ONLY,
    SPLITS_OF_SOFT_OUTCOMES,
    STATES,
)
from dashboard.pipeline.disclosure.audit.linear import Polytope
from dashboard.pipeline.disclosure.audit.relations import Model, quarters_of
from dashboard.pipeline.disclosure.audit.system import System

LEAVES = len(STATES)


@dataclass(frozen=True)
class Joint:
    """People whom nobody publishes, [a, b, state], and the published margins they add up to.

    `first` is [a, state] and `second` [b, state] of one place; `whole` is [a, b, state] of Scotland, which
    has room for the people of other places too. All are variables of the release.
    """

    first: np.ndarray
    second: np.ndarray
    whole: np.ndarray


@dataclass(frozen=True)
class Slice:
    """A polytope, where each variable of the release lies in it (-1: outside), and what to attack."""

    polytope: Polytope
    place: np.ndarray
    targets: dict[str, np.ndarray]


class Slicer:
    """Cuts slices out of one release as one attacker sees it."""

    def __init__(self, model: Model, ranges: Ranges):
        self.model, self.ranges = model, ranges
        self._rows = model.system.matrix()
        self._pattern, self._entries = abs(self._rows), np.diff(self._rows.indptr)

    def cut(self, targets: dict[str, np.ndarray], *more: np.ndarray, joints: tuple[Joint, ...] = ()) -> Slice:
        """The variables given, every sum wholly among them, and the joint tables."""
        ids = np.unique(np.concatenate([each.ravel() for each in (*targets.values(), *more)]))
        place = np.full(self._rows.shape[1], -1)
        place[ids] = np.arange(len(ids))
        local = System()
        local.add_unknown(len(ids))
        for joint in joints:
            _tie(local, place, joint)
        inside = self._pattern @ (place >= 0) == self._entries
        known = self._rows[inside][:, ids]
        known.resize(known.shape[0], len(local.published))
        lower, upper = local.bounds(0)
        lower[:len(ids)], upper[:len(ids)] = self.ranges.lower[ids], self.ranges.upper[ids]
        rows = sparse.vstack([known, local.matrix()], format="csr")
        return Slice(Polytope(rows, lower, upper), place, targets)

    def characteristic(self, area: str, year: str, c: str) -> Slice:
        """One partnership, year and characteristic: M, A1, A2, B, C and D, by quarter and by programme."""
        pick, joints, more = self.model.pick, [], []
        places, categories = [area, SCOTLAND], list(self.model.axis(f"B_{c}", "category"))
        mine = pick(f"B_{c}", "category", area_code=area, period=year)
        targets = {f"B_{c}": mine}
        for root, kind, dimension, when, quarterly in self._splits(year):
            family = f"{kind}_{c}"
            if self.model.has(family, quarterly):
                parts = pick(root, "area_code", dimension, quarterly=quarterly, area_code=places, period=when)
                cells = pick(family, dimension, "category", quarterly=quarterly, period=when,
                             category=categories)
                targets |= {root: parts[0], family: cells}
                joints.append(Joint(parts[0], mine, cells))
                more.append(parts)
        return self.cut(targets, pick("M", "area_code", area_code=places, period=year),
                        pick(f"B_{c}", "area_code", "category", area_code=places, period=year), *more,
                        joints=tuple(joints))

    def pair(self, area: str, year: str, a: str, b: str) -> Slice:
        """One partnership and year: E, tied to both characteristics in the place where both are published."""
        family, pick = f"E_{a}_{b}", self.model.pick
        cells = pick(family, "category", "category_2", period=year)
        more, joints = [self._margin(year, c) for c in (a, b)], ()
        if self.model.has(f"B_{a}") and self.model.has(f"B_{b}"):
            first, second = (pick(f"B_{c}", "category", area_code=area, period=year,
                                  category=list(self.model.axis(family, side)))
                             for c, side in ((a, "category"), (b, "category_2")))
            more += [first, second, pick("M", "area_code", area_code=[area, SCOTLAND], period=year)]
            joints = (Joint(first, second, cells),)
        return self.cut({family: cells}, *more, joints=joints)

    def scotland(self, year: str, c: str) -> Slice:
        """Scotland and one characteristic: C and D with everything they add up to."""
        pick, targets = self.model.pick, {}
        more = [self._margin(year, c), pick("M", area_code=SCOTLAND, period=year)]
        for root, kind, dimension, when, quarterly in self._splits(year):
            if self.model.has(f"{kind}_{c}", quarterly):
                targets[f"{kind}_{c}"] = pick(f"{kind}_{c}", dimension, "category", quarterly=quarterly,
                                              period=when)
                more.append(pick(root, dimension, quarterly=quarterly, area_code=SCOTLAND, period=when))
        return self.cut(targets, *more)

    def everything_else(self, area: str, year: str) -> Slice:
        """One partnership and year: follow-ups with the states behind them, months, waits, soft outcomes."""
        model = self.model
        targets = {"M": model.pick("M", area_code=area, period=year)}
        for family in ("F", "T", "W", "S", "X"):
            if model.has(family) and area in model.axis(family, "area_code"):
                targets[family] = model.pick(family, "characteristic", "category", area_code=area,
                                             period=year)
        if model.has("A2"):
            targets["A2"] = model.pick("A2", "programme", area_code=area, period=year)
        return self.cut(targets, _unpublished(model, targets))

    def months_to_work(self, year: str) -> Slice:
        """Scotland's months to work, by quarter and year."""
        pick = self.model.pick
        when = quarters_of(year, self.model.axis("T", "period", True))
        return self.cut({"T by quarter": pick("T", "period", "category", quarterly=True, period=when)},
                        pick("T", "category", area_code=SCOTLAND, period=year),
                        pick("A1", "period", quarterly=True, area_code=SCOTLAND, period=when),
                        pick("M", area_code=SCOTLAND, period=year))

    def soft_outcomes(self, year: str, c: str) -> Slice:
        """Scotland's soft outcomes by one characteristic."""
        pick = self.model.pick
        more = [self._margin(year, c)] if c in self.model.margins else []
        return self.cut({f"S_{c}": pick(f"S_{c}", "characteristic", "category", "category_2", period=year)},
                        pick("S", "characteristic", "category", area_code=SCOTLAND, period=year), *more)

    def _splits(self, year: str):
        if self.model.has("A1", True):
            yield "A1", "C", "period", quarters_of(year, self.model.axis("A1", "period", True)), True
        if self.model.has("A2"):
            yield "A2", "D", "programme", year, False

    def _margin(self, year: str, c: str) -> np.ndarray:
        return self.model.margins[c][1][self.model.axis("M", "period").index(year)]


def kinds(model: Model) -> Iterator[Callable[[Slicer, str, str], Slice]]:
    """Every kind of slice once: how to cut it for a place and a year."""
    for c in IN_PARTNERSHIPS:
        if model.has(f"B_{c}"):
            yield lambda slicer, area, year, c=c: slicer.characteristic(area, year, c)
    for a, b in PAIRS:
        if model.has(f"E_{a}_{b}"):
            yield lambda slicer, area, year, a=a, b=b: slicer.pair(area, year, a, b)
    for c in SCOTLAND_ONLY + OVERLAPPING:
        if model.has(f"C_{c}", True) or model.has(f"D_{c}"):
            yield lambda slicer, area, year, c=c: slicer.scotland(year, c)
    for c in SPLITS_OF_SOFT_OUTCOMES:
        if model.has(f"S_{c}"):
            yield lambda slicer, area, year, c=c: slicer.soft_outcomes(year, c)
    if model.has("T", True) and model.has("A1", True):
        yield lambda slicer, area, year: slicer.months_to_work(year)
    yield lambda slicer, area, year: slicer.everything_else(area, year)


def _tie(local: System, place: np.ndarray, joint: Joint) -> None:
    """The people of one place by [a, b, state], and the room left for everybody else."""
    first, second, whole = (place[each[..., :LEAVES]] for each in (joint.first, joint.second, joint.whole))
    people = local.add_unknown(*whole.shape)
    elsewhere = local.add_unknown(*whole.shape)
    local.add_sums("first", first, np.moveaxis(people, 1, -1))
    local.add_sums("second", second, np.moveaxis(people, 0, -1))
    local.add_sums("whole", whole, np.stack([people, elsewhere], axis=-1))


def _unpublished(model: Model, targets: dict[str, np.ndarray]) -> np.ndarray:
    """Every unpublished variable that adds up to one of the targets."""
    mine = np.zeros(len(model.system.published), bool)
    for target in targets.values():
        mine[target] = True
    members = [sums.children[mine[sums.parent]].ravel() for sums in model.system.sums]
    children = np.concatenate([*members, np.empty(0, np.int64)])
    return children[model.system.published[children] < 0]
