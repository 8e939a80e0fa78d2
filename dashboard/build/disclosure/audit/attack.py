"""The attacks on the counts: ranges by propagation for every cell, and by linear programme for a sample.

Two attackers. The first has the release and its code, and assumes that every count is within 4, which
is more than is declared. The second also has the exact official totals (starts, entered work, 52 weeks, by
partnership and year) and knows which counts are further than 4 from the truth, which nobody is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dashboard.build.disclosure.audit.families import (
    IN_PARTNERSHIPS, NODES, OVERLAPPING, PAIRS, SCOTLAND, SCOTLAND_ONLY, SPLITS_OF_SOFT_OUTCOMES, STATES,
)
from dashboard.build.disclosure.audit.linear import Polytope, joint_table_exists
from dashboard.build.disclosure.audit.relations import Model, quarters_of
from dashboard.build.disclosure.audit.system import HIDDEN_BELOW, System, propagate

TIGHT = 4             # how far a count is from the truth, unless it had to be moved further
WIDEST = 9            # and how far at most
LEAVES = len(STATES)
SMALL_PLACES = ("S12000023", "S12000027", "S12000013", "S12000005")   # Orkney, Shetland, Eilean Siar, Clackmannan
SEED = 5
OFFICIAL = ("starts", "job", "job_52")
# The smallest group of official totals (or their differences) that holds each node.
WITHIN = {node: "job_not_52" for node in ("job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded",
                                          "open", "not_sustained")}
WITHIN |= {node: "no_job" for node in ("other_positive", "left_no_outcome", "in_support", "no_outcome", "no_job")}
WITHIN |= {"job_52": "job_52", "job": "job", "sustained_13": "job", "sustained_26": "job", "starts": "starts"}


@dataclass
class Ranges:
    """Lowest and highest true count of every variable, as one attacker knows them."""

    lower: np.ndarray
    upper: np.ndarray

    @property
    def width(self) -> np.ndarray:
        return self.upper - self.lower


def deviations(model: Model, owner: np.ndarray, declared: dict[str, int]) -> np.ndarray:
    """How far the first attacker thinks each published count may be from the truth."""
    by_block = np.array([min(declared.get(family, TIGHT), TIGHT) for family, _ in model.blocks] + [TIGHT])
    return by_block[owner]


def attack_release(model: Model, deviation: np.ndarray) -> Ranges:
    """The first attacker, on every cell and node at once."""
    lower, upper = model.system.bounds(deviation)
    for key, block in model.blocks.items():
        leaves = model.ids[key][..., :block.counts.shape[-1]]
        hidden = leaves[block.counts < 0]
        upper[hidden] = HIDDEN_BELOW
    return Ranges(*propagate(model.system.sums, lower, upper))


def attack_with_totals(model: Model, truth: np.ndarray) -> Ranges:
    """The second attacker, on every cell and node at once. `truth` is -1 where nobody counts."""
    off = np.abs(model.system.published - truth)
    deviation = np.where(off <= TIGHT, TIGHT, np.where(off <= WIDEST, WIDEST, off))
    lower, upper = model.system.bounds(deviation)
    for total in OFFICIAL:
        exact = model.pick("M", "area_code", "period")[..., NODES.index(total)]
        lower[exact] = upper[exact] = truth[exact]
    return Ranges(*propagate(model.system.sums, lower, upper))


def known_totals(model: Model, truth: np.ndarray) -> np.ndarray:
    """For each variable of a partnership-level breakdown of M, the smallest official total around it; else -1."""
    known = np.full(len(truth), -1)
    root = model.pick("M", "area_code", "period")
    totals = {node: truth[root[..., NODES.index(node)]] for node in ("starts", "job", "job_52", "no_job")}
    totals["job_not_52"] = totals["job"] - totals["job_52"]
    for c in IN_PARTNERSHIPS:
        if model.has(f"B_{c}"):
            cells = model.pick(f"B_{c}", "area_code", "period", "category",
                               area_code=list(model.axis("M", "area_code")), period=list(model.axis("M", "period")))
            for position, node in enumerate(NODES):
                known[cells[..., position]] = totals[WITHIN[node]][:, :, None]
    scotland = [known_cells for key, block in model.blocks.items() if SCOTLAND in block.axis("area_code")
                for known_cells in (model.ids[key][block.axis("area_code").index(SCOTLAND)],)]
    for cells in scotland:
        known[cells] = -1
    return known


class Sampler:
    """Attacks by linear programme on slices of the release: one place, year and characteristic at a time.

    A slice holds every published count of the place and of Scotland for that year and characteristic,
    every sum between them, and the people by quarter (or programme, or pair) and category whom nobody
    publishes but who tie the families together. Its ranges start from those of the fast attack.
    """

    def __init__(self, model: Model, ranges: Ranges):
        self.model, self.ranges = model, ranges
        self.rows = model.system.matrix()
        self._entries = np.diff(self.rows.indptr)
        self._pattern = abs(self.rows)

    def polytope(self, ids: np.ndarray, joints: list[tuple] = ()) -> tuple[Polytope, np.ndarray]:
        """The slice as a polytope, and where each variable of the release lies in it (-1: outside).

        `joints` are sums over people nobody publishes: (shape, [(published ids, axis summed over), ...]),
        where a third element True leaves room for people outside the place.
        """
        ids = np.unique(ids)
        place = np.full(self.rows.shape[1], -1)
        place[ids] = np.arange(len(ids))
        inside = self._pattern @ (place >= 0) == self._entries
        local = System()
        local.add_unknown(len(ids))
        for shape, margins in joints:
            people = local.add_unknown(*shape)
            for published, axis, *room in margins:
                parts = people[..., None] if axis is None else np.moveaxis(people, axis, -1)
                if room:
                    parts = np.concatenate([parts, local.add_unknown(*parts.shape[:-1], 1)], axis=-1)
                local.add_sums("joint", place[published], parts)
        known = self.rows[inside][:, ids]
        known.resize(known.shape[0], len(local.published))
        rows = sparse.vstack([known, local.matrix()], format="csr")
        lower, upper = local.bounds(0)
        lower[:len(ids)], upper[:len(ids)] = self.ranges.lower[ids], self.ranges.upper[ids]
        return Polytope(rows, lower, upper), place

    def characteristic(self, area: str, year: str, c: str) -> tuple[Polytope, np.ndarray, dict[str, np.ndarray]]:
        """One partnership, year and characteristic: M, A1, A2, B, C and D, tied by quarter and by programme."""
        model, joints = self.model, []
        places, one = [area, SCOTLAND], {"area_code": area, "period": year}
        mine = model.pick(f"B_{c}", "category", **one)
        targets = {f"B_{c}": mine}
        ids = [model.pick("M", "area_code", area_code=places, period=year),
               model.pick(f"B_{c}", "area_code", "category", area_code=places, period=year)]
        categories = list(model.axis(f"B_{c}", "category"))
        for root, split, dimension, quarterly in (("A1", f"C_{c}", "period", True), ("A2", f"D_{c}", "programme", False)):
            if not (model.has(root, quarterly) and model.has(split, quarterly)):
                continue
            when = quarters_of(year, model.axis(root, "period", True)) if quarterly else year
            parts = model.pick(root, "area_code", dimension, quarterly=quarterly, area_code=places, period=when)
            cells = model.pick(split, dimension, "category", quarterly=quarterly, period=when, category=categories)
            ids += [parts, cells]
            joints.append((cells[..., :LEAVES].shape, [
                (parts[0][..., :LEAVES], 1), (mine[..., :LEAVES], 0), (cells[..., :LEAVES], None, True)]))
            targets |= {root: parts[0], split: cells}
        polytope, place = self.polytope(np.concatenate([each.ravel() for each in ids]), joints)
        return polytope, place, targets

    def pair(self, area: str, year: str, a: str, b: str):
        """One partnership and year: E, tied to both characteristics in the place where both are published."""
        model, joints = self.model, []
        family = f"E_{a}_{b}"
        cells = model.pick(family, "category", "category_2", period=year)
        ids = [cells] + [margin[_years_of_margin(model, c).index(year)] for c in (a, b)
                         if c in model.margins for _, margin in (model.margins[c],)]
        if model.has(f"B_{a}") and model.has(f"B_{b}"):
            one, places = {"area_code": area, "period": year}, [area, SCOTLAND]
            mine = [model.pick(f"B_{c}", "category", **one, category=list(model.axis(family, side)))
                    for c, side in ((a, "category"), (b, "category_2"))]
            ids += [*mine, model.pick("M", "area_code", area_code=places, period=year)]
            joints.append((cells[..., :LEAVES].shape, [
                (mine[0][..., :LEAVES], 1), (mine[1][..., :LEAVES], 0), (cells[..., :LEAVES], None, True)]))
        polytope, place = self.polytope(np.concatenate([each.ravel() for each in ids]), joints)
        return polytope, place, {family: cells}

    def scotland(self, year: str, c: str):
        """Scotland and one characteristic: C and D with everything they add up to."""
        model, ids, targets = self.model, [], {}
        quarters = quarters_of(year, model.axis("A1", "period", True)) if model.has("A1", True) else []
        if model.has(f"C_{c}", True) and quarters:
            cells = model.pick(f"C_{c}", "period", "category", quarterly=True, period=quarters)
            ids += [cells, model.pick("A1", "period", quarterly=True, area_code=SCOTLAND, period=quarters)]
            targets[f"C_{c}"] = cells
        if model.has(f"D_{c}"):
            cells = model.pick(f"D_{c}", "programme", "category", period=year)
            ids += [cells, model.pick("A2", "programme", area_code=SCOTLAND, period=year)]
            targets[f"D_{c}"] = cells
        ids += [model.margins[c][1][_years_of_margin(model, c).index(year)],
                model.pick("M", area_code=SCOTLAND, period=year)]
        polytope, place = self.polytope(np.concatenate([each.ravel() for each in ids]))
        return polytope, place, targets

    def everything_else(self, area: str, year: str):
        """One partnership and year: M, follow-ups with the states behind them, months, waits and soft outcomes."""
        model, targets = self.model, {"M": self.model.pick("M", area_code=area, period=year)}
        for family in ("F", "T", "W", "S", "X"):
            if model.has(family) and area in model.axis(family, "area_code") and year in model.axis(family, "period"):
                targets[family] = model.pick(family, "characteristic", "category", area_code=area, period=year)
        if model.has("A2"):
            targets["A2"] = model.pick("A2", "programme", area_code=area, period=year)
        polytope, place = self.polytope(_with_unpublished(self.model, targets.values()))
        return polytope, place, targets

    def soft_outcomes(self, year: str, c: str):
        """Scotland's soft outcomes by one characteristic."""
        model = self.model
        cells = model.pick(f"S_{c}", "characteristic", "category", "category_2", period=year)
        ids = [cells, model.pick("S", "characteristic", "category", area_code=SCOTLAND, period=year)]
        if c in model.margins:
            ids.append(model.margins[c][1][_years_of_margin(model, c).index(year)])
        polytope, place = self.polytope(np.concatenate([each.ravel() for each in ids]))
        return polytope, place, {f"S_{c}": cells}


def _years_of_margin(model: Model, c: str) -> list[str]:
    if model.has("M"):
        return list(model.axis("M", "period"))
    return list(model.axis(f"B_{c}", "period"))


def _with_unpublished(model: Model, ids) -> np.ndarray:
    """The variables, and every unpublished one that shares a sum with them."""
    ids = np.concatenate([each.ravel() for each in ids])
    mine = np.zeros(len(model.system.published), bool)
    mine[ids] = True
    published = model.system.published >= 0
    added = [each.children[mine[each.parent]] for each in model.system.sums]
    added = np.concatenate([each[~published[each]] for each in added] or [np.empty(0, int)])
    return np.concatenate([ids, added])


def slices(model: Model) -> Iterator[tuple[str, Callable]]:
    """Every kind of slice once: what it attacks, and how to make it for a place and a year."""
    for c in IN_PARTNERSHIPS:
        if model.has(f"B_{c}"):
            yield f"B_{c}", lambda sampler, area, year, c=c: sampler.characteristic(area, year, c)
    for a, b in PAIRS:
        if model.has(f"E_{a}_{b}"):
            yield f"E_{a}_{b}", lambda sampler, area, year, a=a, b=b: sampler.pair(area, year, a, b)
    for c in SCOTLAND_ONLY + OVERLAPPING:
        if c in model.margins and (model.has(f"C_{c}", True) or model.has(f"D_{c}")):
            yield f"C_{c}", lambda sampler, area, year, c=c: sampler.scotland(year, c)
    for c in SPLITS_OF_SOFT_OUTCOMES:
        if model.has(f"S_{c}"):
            yield f"S_{c}", lambda sampler, area, year, c=c: sampler.soft_outcomes(year, c)
    yield "M", lambda sampler, area, year: sampler.everything_else(area, year)


def loops(model: Model) -> Iterator[tuple[str, str, str, tuple[np.ndarray, np.ndarray, np.ndarray]]]:
    """Every loop of three families, one year and state at a time: name, year, state and its three margins."""
    published = model.system.published
    for name, year, margins in _loops_of_ids(model):
        first, second, third = (published[each[..., :LEAVES]] for each in margins)
        for position in range(first.shape[-1]):
            state = STATES[position] if first.shape[-1] == LEAVES else "all"
            yield name, year, state, (first[..., position], second[..., position], third[..., position])


def _loops_of_ids(model: Model):
    years = model.axis("M", "period") if model.has("M") else ()
    for year in years:
        for c in IN_PARTNERSHIPS:
            if model.has(f"B_{c}"):
                yield from _loops_of_characteristic(model, year, c)
        for a, b in PAIRS:
            if model.has(f"E_{a}_{b}"):
                yield from _loops_of_pair(model, year, a, b)
        if all(model.has(f"E_{family}") for family in ("sex_age_band", "sex_disabled", "age_band_disabled")):
            words = {c: list(model.margins[c][0]) for c in ("sex", "age_band", "disabled")}
            sides = [model.pick(f"E_{a}_{b}", "category", "category_2", period=year, category=words[a],
                                category_2=words[b])
                     for a, b in (("sex", "age_band"), ("sex", "disabled"), ("age_band", "disabled"))]
            yield "E-E-E sex, age_band, disabled", year, tuple(sides)


def _loops_of_characteristic(model: Model, year: str, c: str):
    places = model.blocks[f"B_{c}", False].partnerships
    categories = list(model.axis(f"B_{c}", "category"))
    cells = model.pick(f"B_{c}", "area_code", "category", area_code=places, period=year)
    if model.has("A1", True) and model.has(f"C_{c}", True):
        quarters = quarters_of(year, model.axis("A1", "period", True))
        yield f"A1-B-C {c}", year, (
            model.pick("A1", "area_code", "period", quarterly=True, area_code=places, period=quarters), cells,
            model.pick(f"C_{c}", "period", "category", quarterly=True, period=quarters, category=categories))
    if model.has("A2") and model.has(f"D_{c}"):
        yield f"A2-B-D {c}", year, (
            model.pick("A2", "area_code", "programme", area_code=places, period=year), cells,
            model.pick(f"D_{c}", "programme", "category", period=year, category=categories))


def _loops_of_pair(model: Model, year: str, a: str, b: str):
    family = f"E_{a}_{b}"
    words = [list(model.axis(family, side)) for side in ("category", "category_2")]
    cells = model.pick(family, "category", "category_2", period=year)
    if model.has(f"B_{a}") and model.has(f"B_{b}"):
        places = model.blocks[f"B_{a}", False].partnerships
        sides = [model.pick(f"B_{c}", "area_code", "category", area_code=places, period=year, category=word)
                 for c, word in zip((a, b), words, strict=True)]
        yield f"B-E-B {a}, {b}", year, (*sides, cells)
    for kind, root, dimension, quarterly in (("C", "A1", "period", True), ("D", "A2", "programme", False)):
        if model.has(f"{kind}_{a}", quarterly) and model.has(f"{kind}_{b}", quarterly) and model.has(root, quarterly):
            when = quarters_of(year, model.axis(root, "period", True)) if quarterly else year
            sides = [model.pick(f"{kind}_{c}", dimension, "category", quarterly=quarterly, period=when, category=word)
                     for c, word in zip((a, b), words, strict=True)]
            yield f"{kind}-E-{kind} {a}, {b}", year, (*sides, cells)


def broken_loops(model: Model, share: float) -> tuple[int, list[str]]:
    """How many loops were tried (a seeded share of them) and which have no joint non-negative table."""
    chance = np.random.default_rng(SEED)
    tried, broken = 0, []
    for name, year, state, margins in loops(model):
        if share < 1 and chance.random() >= share:
            continue
        if any((margin < 0).any() for margin in margins):
            broken.append(f"{name}, {year}, {state}: a count is hidden")
            continue
        tried += 1
        if not joint_table_exists(*margins):
            broken.append(f"{name}, {year}, {state}")
    return tried, broken
