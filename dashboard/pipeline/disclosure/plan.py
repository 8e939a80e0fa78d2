"""What to solve, in which order, from the true counts: one stage a table group and financial year."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from dashboard.pipeline.disclosure.joint import Loop
from dashboard.pipeline.disclosure.lattice import (
    CATEGORIES,
    COARSE,
    FINE_TO_COARSE,
    LISTED,
    PAIRS,
    PARTNERSHIP_LEVEL,
    SOFT,
    Space,
    every_table,
    merge,
)
from dashboard.pipeline.disclosure.limits import Limit, limits
from dashboard.pipeline.disclosure.stages import WITHIN, Stage

# Three characteristics published in pairs: each pair is a face of the table of all three.
TRIANGLE = ("E_sex_age_band", "E_sex_disabled", "E_age_band_disabled")

# Weight of widening a count: some families have few cells to spread it over.
BY_AREA, QUARTERLY, BY_PROGRAMME, IN_PAIRS = 1.0, 6.0, 2.0, 8.0


@dataclass(frozen=True)
class Step:
    """A stage to come: what it needs, which part of which family each table is, and what is given.

    loops: see `joint`.
    """

    name: str
    kind: str
    parts: dict[str, tuple[str, tuple]]
    given: Callable[[dict], dict]
    needs: tuple[str, ...] = ()
    loops: tuple[Loop, ...] = ()


@dataclass
class Tables:
    """All tables of a release, an array a family: truth, offsets, and steps settled so far.

    published and moved: steps and signs of change since the previous edition, where there is one.
    """

    over: Space
    truth: dict[str, np.ndarray]
    offset: dict[str, np.ndarray]
    settled: dict[str, np.ndarray]
    published: dict[str, np.ndarray] = field(default_factory=dict)
    moved: dict[str, np.ndarray] = field(default_factory=dict)

    def stage(self, step: Step) -> Stage:
        """The problem of one step, once what it needs is settled."""
        held = {"true": self.truth, "offset": self.offset}
        if self.published:
            held |= {"published": self.published, "moved": self.moved}
        tables = {table: {part: source[family][index] for part, source in held.items()}
                  for table, (family, index) in step.parts.items()}
        return Stage(step.name, step.kind, tables, step.given(self.settled), step.loops)

    def settle(self, step: Step, steps: dict[str, np.ndarray]) -> None:
        """Keep a solved stage; what follows from it by addition is filled in too."""
        for table in steps:
            family, index = step.parts[table]
            if step.kind == "months":
                self._months(family, index, steps[table])
            else:
                self.settled[family][index] = steps[table]

    def _months(self, family: str, index: tuple, steps: np.ndarray) -> None:
        """Months to work: people without a job are starts less jobs, exactly."""
        parent = self.settled["M" if every_table(self.over)[family].has_areas else "A1_scotland"]
        rows = index[:-1]
        self.settled[family][(*rows, slice(0, 5))] = steps
        self.settled[family][(*rows, 5)] = parent[rows][..., 6:].sum(axis=-1)


def offsets(key: bytes, name: str, labels: tuple[tuple[str, ...], ...]) -> np.ndarray:
    """Secret numbers in [0, 1), one a cell address: a keyed digest of table, first label and second
    label seeds a stream over the remaining axes, in their fixed order. They depend on no record."""
    shape = tuple(len(each) for each in labels)
    length = int(np.prod(shape[2:]))
    drawn = np.empty((shape[0], shape[1], length), dtype=np.uint64)
    for i, first in enumerate(labels[0]):
        for j, second in enumerate(labels[1]):
            seed = hmac.digest(key, f"{name}|{first}|{second}".encode(), "sha256")
            drawn[i, j] = np.frombuffer(hashlib.shake_256(seed).digest(8 * length), dtype="<u8")
    return ((drawn >> np.uint64(11)) * 2.0**-53).reshape(shape)


def steps_for_people(tables: Tables, years: list[str]) -> list[Step]:
    """Every step for these years of start, in the order they should be tried."""
    if not years:
        return []
    at = [tables.over.years.index(year) for year in years]
    held = limits(tables.truth)
    margins = [_margins(tables.over, y, [limit.of(y) for limit in held]) for y in at]
    root = Step("M", "M", {"M": ("M", (slice(None), at))},
                lambda s: {"limits": [limit.of(at) for limit in held], "scotland": s["M_scotland"][at]},
                tuple(step.name for step in margins))
    later = [step for y in at for step in _year(tables.over, y)]
    rank = {"months": 1, "followup": 1, "wait": 1, "soft": 1}
    return [*margins, root, *sorted(later, key=lambda step: rank.get(step.kind, 0))]


def steps_for_responses(over: Space, years: list[str]) -> list[Step]:
    """Every step for these years of response."""
    if not over.response_areas:
        return []
    return [Step(f"X {year}", "responses", {"X": ("X", (slice(None), over.years.index(year)))}, lambda s: {})
            for year in years]


def _margins(over: Space, y: int, held: list[Limit]) -> Step:
    quarters = _quarters(over, y)
    parts = {"M_scotland": ("M_scotland", (y,)), "A1_scotland": ("A1_scotland", (quarters,)),
             "A2_scotland": ("A2_scotland", (y,)), "M": ("M", (slice(None), y))}
    parts |= {f"C_{c}": (f"C_{c}", (quarters,)) for c in LISTED}
    parts |= {f"D_{c}": (f"D_{c}", (y,)) for c in LISTED}
    return Step(f"margins {over.years[y]}", "margins", parts,
                lambda s: {"limits": held, "tables": tuple(LISTED)})


def _quarters(over: Space, y: int) -> slice:
    held = over.quarters_of(over.years[y])
    return slice(held[0], held[-1] + 1)


def _year(over: Space, y: int) -> Iterator[Step]:
    year, quarters, area_year = over.years[y], _quarters(over, y), (slice(None), y)
    yield Step(f"A2 {year}", "cross", {"A2": ("A2", area_year)},
               lambda s: {"sums": {"A2": (s["M"][:, y], s["A2_scotland"][y])}}, ("M",))
    yield Step(f"A1 {year}", "cross", {"A1": ("A1", (slice(None), quarters))},
               lambda s: {"sums": {"A1": (s["M"][:, y], s["A1_scotland"][quarters])}}, ("M",))
    yield from _breakdowns(y, year, quarters)
    yield Step(f"F {year}", "followup", {"F": ("F", area_year)}, lambda s: {"M": s["M"][:, y]}, ("M",))
    yield Step(f"T {year}", "months",
               {"T": ("T", (*area_year, slice(0, 5))), "T_quarter": ("T_quarter", (quarters, slice(0, 5)))},
               lambda s: {"areas": s["M"][:, y, :6].sum(axis=1),
                          "quarters": s["A1_scotland"][quarters, :6].sum(axis=1)}, ("M",))
    for family, kind in (("W", "wait"), ("S", "soft")):
        yield Step(f"{family} {year}", kind, {family: (family, area_year)},
                   lambda s: {"starts": s["M"][:, y].sum(axis=1)}, ("M",))
    for c in SOFT:
        yield _soft_group(c, y, year, quarters)


def _breakdowns(y: int, year: str, quarters: slice) -> Iterator[Step]:
    """A step for each characteristic: those shown by partnership first, so that what needs them waits least."""
    rank = {c: (c in LISTED, c not in PARTNERSHIP_LEVEL, -len(each)) for c, each in CATEGORIES.items()}
    for c in sorted(CATEGORIES, key=rank.get):
        if _leading(c) == c:
            yield _breakdown(c, y, year, quarters)


def _breakdown(c: str, y: int, year: str, quarters: slice) -> Step:
    """C and D of a characteristic (and of its fine one), B where partnerships are shown by it, and E of it and
    those settled before."""
    parts, weights, shared = {}, {}, {}
    for level in _levels(c):
        parts |= {f"C_{level}": (f"C_{level}", (quarters,)), f"D_{level}": (f"D_{level}", (y,))}
        weights |= {f"C_{level}": QUARTERLY, f"D_{level}": BY_PROGRAMME}
        shared[f"D_{level}"] = f"C_{level}"
    if c in PARTNERSHIP_LEVEL:
        parts[f"B_{c}"], weights[f"B_{c}"], shared[f"B_{c}"] = (f"B_{c}", (slice(None), y)), BY_AREA, f"C_{c}"
    for pair in _pairs(c):
        parts[f"E_{pair}"], weights[f"E_{pair}"] = (f"E_{pair}", (y,)), IN_PAIRS
    coarse = FINE_TO_COARSE.get(c)

    def given(s: dict) -> dict:
        rows = {"C": s[f"C_{coarse}"][quarters], "D": s[f"D_{coarse}"][y]} if coarse else \
            {"B": s["M"][:, y], "C": s["A1_scotland"][quarters], "D": s["A2_scotland"][y]}
        return {"levels": _levels(c), "groups": groups(coarse or c) if coarse or c in COARSE else [],
                "rows": {letter: table for letter, table in rows.items() if f"{letter}_{c}" in parts},
                "pairs": {f"E_{pair}": (own, PAIRS[pair].index(own), _scotland(s, other, quarters))
                          for pair, (own, other) in _pairs(c).items()},
                "faces": _faces(s, c, y, quarters), "weights": weights, "shared": shared}

    needs = [f"A1 {year}", f"A2 {year}"] if c in PARTNERSHIP_LEVEL else [f"margins {year}"]
    needs += [_settles(before, year) for before in (coarse, *(other for _, other in _pairs(c).values())) if before]
    return Step(_settles(c, year), "breakdown", parts, given, tuple(needs), _loops(c))


def _settles(c: str, year: str) -> str:
    """The step that settles everything by a characteristic."""
    return f"{_leading(c)} {year}"


def _leading(c: str) -> str:
    """The characteristic in whose step this one is solved: itself, or its coarse one if it is in a pair.

    A fine characteristic in loops of its own needs its coarse one not to be settled before.
    """
    is_paired = any(c in both for both in PAIRS.values())
    return FINE_TO_COARSE[c] if c in FINE_TO_COARSE and is_paired else c


def _levels(c: str) -> tuple[str, ...]:
    """The characteristics solved in one step: a coarse one comes before its fine one."""
    return (c, *(fine for fine in FINE_TO_COARSE if fine != c and _leading(fine) == c))


def _pairs(c: str) -> dict[str, tuple[str, str]]:
    """Pairs of a characteristic or its fine one with one settled before: which it is, and the other.

    Of two the second is settled first, unless it is a fine one.
    """
    ordered = {pair: (b, a) if b in FINE_TO_COARSE else (a, b) for pair, (a, b) in PAIRS.items()}
    return {pair: both for pair, both in ordered.items() if both[0] in _levels(c)}


def _loops(c: str) -> tuple[Loop, ...]:
    """The loops that the tables of a characteristic close."""
    if c not in PARTNERSHIP_LEVEL:
        return ()
    loops = [("A1", f"C_{c}", f"B_{c}"), ("A2", f"D_{c}", f"B_{c}")]
    for pair, both in _pairs(c).items():
        letters = "BCD" if set(both) <= set(PARTNERSHIP_LEVEL) else "CD"
        loops += [(*(f"{letter}_{side}" for side in PAIRS[pair]), f"E_{pair}") for letter in letters]
        loops += [TRIANGLE] if f"E_{pair}" == TRIANGLE[-1] else []
    if len(_levels(c)) > 1:
        loops += [(*(f"{letter}_{level}" for level in _levels(c)), WITHIN) for letter in "CD"]
    return tuple(loops)


def _faces(s: dict, c: str, y: int, quarters: slice) -> dict[str, np.ndarray]:
    """The settled tables in the loops of a characteristic: [row, column, state]."""
    if c not in PARTNERSHIP_LEVEL:
        return {}
    faces = {"A1": np.swapaxes(s["A1"][:, quarters], 0, 1), "A2": np.swapaxes(s["A2"][:, y], 0, 1)}
    for _, other in _pairs(c).values():
        faces |= {f"B_{other}": s[f"B_{other}"][:, y], f"C_{other}": s[f"C_{other}"][quarters],
                  f"D_{other}": s[f"D_{other}"][y]}
    sides = {name for loop in _loops(c) for name in loop if name in TRIANGLE} - {f"E_{pair}" for pair in _pairs(c)}
    return faces | {side: s[side][y] for side in sorted(sides)}


def _soft_group(c: str, y: int, year: str, quarters: slice) -> Step:
    def given(s: dict) -> dict:
        bands = {"bands": s["S"][:, y].sum(axis=0)}
        if c != "instrument":
            bands["starts"] = _scotland(s, c, quarters).sum(axis=1)
        return bands

    needs = (f"S {year}",) if c == "instrument" else (f"S {year}", _settles(c, year))
    return Step(f"S_{c} {year}", "soft_group", {"S": (f"S_{c}", (y,))}, given, needs)


def _scotland(settled: dict, c: str, quarters: slice) -> np.ndarray:
    """The settled Scotland x category x state margin of a characteristic and year."""
    return settled[f"C_{c}"][quarters].sum(axis=0)


def groups(coarse: str) -> list[list[int]]:
    """Positions of the fine categories in each coarse category: neighbours, by the order of the lists."""
    place = merge(coarse)
    return [np.flatnonzero(place == each).tolist() for each in range(len(CATEGORIES[coarse]))]
