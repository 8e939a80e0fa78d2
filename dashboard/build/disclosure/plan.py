"""What to solve, in which order, from the true counts: one stage a table group and financial year."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from dashboard.build.disclosure.joint import Loop
from dashboard.build.disclosure.lattice import (
    CATEGORIES,
    COARSE,
    FINE_TO_COARSE,
    LISTED,
    PAIRS,
    PARTNERSHIP_LEVEL,
    SOFT,
    Space,
    merge,
)
from dashboard.build.disclosure.limits import Limit, limits
from dashboard.build.disclosure.stages import MARGIN, Stage

# Place x category is a face of place x quarter x category, and of place x programme x category.
LOOPS_OF_PLACES = (("A1", "C", "B"), ("A2", "D", "B"))
# Three characteristics published in pairs: each pair is a face of the table of all three.
TRIANGLE = ("E_sex_age_band", "E_sex_disabled", "E_age_band_disabled")


@dataclass(frozen=True)
class Step:
    """A stage to come: what it needs, which part of which family each table is, and what is given.

    view: the part of a family settled later that each table in view is. loops: see `joint`. loose: the
    parts of families settled before that may still be moved, because nothing solved before this rests on them.
    """

    name: str
    kind: str
    parts: dict[str, tuple[str, tuple]]
    given: Callable[[dict], dict]
    needs: tuple[str, ...] = ()
    view: dict[str, tuple[str, tuple]] = field(default_factory=dict)
    loops: tuple[Loop, ...] = ()
    loose: dict[str, tuple[str, tuple]] = field(default_factory=dict)

    @property
    def settles(self) -> dict[str, tuple[str, tuple]]:
        """The part of a family that each table of the outcome is."""
        return self.parts | self.loose


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

        def cut(parts: dict, of: dict) -> dict:
            return {table: {part: source[family][index] for part, source in of.items()}
                    for table, (family, index) in parts.items()}

        view = {table: self.truth[family][index] for table, (family, index) in step.view.items()}
        return Stage(step.name, step.kind, cut(step.parts, held), step.given(self.settled), view, step.loops,
                     cut(step.loose, held | {"steps": self.settled}))

    def settle(self, step: Step, steps: dict[str, np.ndarray]) -> None:
        """Keep a solved stage; what follows from it by addition is filled in too."""
        for table in steps:
            family, index = step.settles[table]
            if step.kind == "months":
                self._months(family, index, steps[table])
                continue
            self.settled[family][index] = steps[table]
            self._alike(family, index[0])

    def _alike(self, family: str, period) -> None:
        """A coarse category of one fine category is that category: copy its table."""
        letter, _, coarse = family.partition("_")
        if letter in ("C", "D") and coarse in COARSE:
            fine = self.settled[f"{letter}_{COARSE[coarse][0]}"]
            for place, members in enumerate(groups(coarse)):
                if len(members) == 1:
                    fine[period, ..., members[0], :] = self.settled[family][period, ..., place, :]

    def _months(self, family: str, index: tuple, steps: np.ndarray) -> None:
        """Months to work: people without a job are starts less jobs, exactly."""
        parent = self.settled["M"] if family == "T" else self.settled["A1_scotland"]
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
    whole = [c for c in CATEGORIES if c not in FINE_TO_COARSE]
    for c in sorted(whole, key=lambda c: (c in LISTED, -len(CATEGORIES[c]))):
        yield _scotland_by(c, y, year, quarters)
    for coarse, (fine, _) in COARSE.items():
        yield from _within(coarse, fine, y, year, quarters)
    for c in PARTNERSHIP_LEVEL:
        yield _places_by(c, y, year, quarters)
    for fine in FINE_TO_COARSE:
        if any(fine in pair for pair in PAIRS.values()):
            yield _pairs_of(fine, y, year, quarters)


def _scotland_by(c: str, y: int, year: str, quarters: slice) -> Step:
    """C and D of a characteristic; where partnerships are shown by it too, with B and E in view."""
    tables = {"C": (f"C_{c}", (quarters,)), "D": (f"D_{c}", (y,))}
    sums = {"quarters": ("A1_scotland", (quarters,)), "programmes": ("A2_scotland", (y,))}

    def given(s: dict) -> dict:
        held = {name: s[family][index] for name, (family, index) in sums.items()}
        return held | {"faces": _faces(s, c, y, quarters)} if c in PARTNERSHIP_LEVEL else held

    if c not in PARTNERSHIP_LEVEL:
        return Step(f"CD {c} {year}", "scotland", tables, given, (f"margins {year}",))
    view = {"B": (f"B_{c}", (slice(None), y))} | {f"E_{pair}": (f"E_{pair}", (y,)) for pair in _before(c)}
    return Step(f"CD {c} {year}", "scotland", tables, given, (f"A1 {year}", f"A2 {year}", *_needs(c, year)),
                view, _loops(c))


def _places_by(c: str, y: int, year: str, quarters: slice) -> Step:
    """B of a characteristic, and E of it and of those settled before it."""
    pairs = {f"E_{pair}": (f"E_{pair}", (y,)) for pair in _before(c)}

    def given(s: dict) -> dict:
        sums = {"B": (s["M"][:, y], _scotland(s, c, quarters))}
        sums |= {f"E_{pair}": (_scotland(s, c, quarters), _scotland(s, b, quarters)) for pair, b in _before(c).items()}
        return {"sums": sums, "faces": _faces(s, c, y, quarters) | {MARGIN: _scotland(s, c, quarters)[None]}}

    return Step(f"B {c} {year}", "cross", {"B": (f"B_{c}", (slice(None), y))} | pairs, given,
                (f"A1 {year}", f"A2 {year}", *_solved(c, year), *_needs(c, year)), loops=_loops(c),
                loose={"C": (f"C_{c}", (quarters,)), "D": (f"D_{c}", (y,))})


def _before(c: str) -> dict[str, str]:
    """Pairs of a characteristic with one settled before it: the second of a pair is settled first."""
    if c not in PARTNERSHIP_LEVEL:
        return {}
    return {pair: b for pair, (a, b) in PAIRS.items() if a == c and b in PARTNERSHIP_LEVEL}


def _needs(c: str, year: str) -> list[str]:
    return [need for b in _before(c).values() for need in (f"B {b} {year}", *_solved(b, year))]


def _loops(c: str) -> tuple[Loop, ...]:
    pairs = [(letter, f"{letter}_{b}", f"E_{pair}") for pair, b in _before(c).items() for letter in "BCD"]
    return (*LOOPS_OF_PLACES, *pairs)


def _faces(s: dict, c: str, y: int, quarters: slice) -> dict[str, np.ndarray]:
    """Quarter x place, programme x place, and the tables of the characteristics settled before this one."""
    faces = {"A1": np.swapaxes(s["A1"][:, quarters], 0, 1), "A2": np.swapaxes(s["A2"][:, y], 0, 1)}
    for b in _before(c).values():
        faces |= {f"B_{b}": s[f"B_{b}"][:, y], f"C_{b}": s[f"C_{b}"][quarters], f"D_{b}": s[f"D_{b}"][y]}
    return faces


def _pairs_of(fine: str, y: int, year: str, quarters: slice) -> Step:
    """E of a characteristic shown for Scotland alone: a face of both by quarter, by programme and by a third.

    Its own C and D may move within their coarse category, so long as their margin stays.
    """
    pairs = {f"E_{pair}": both for pair, both in PAIRS.items() if fine in both}
    triangles = [TRIANGLE] if set(pairs) & set(TRIANGLE) else []
    sides = [side for triangle in triangles for side in triangle if side not in pairs]
    coarse, others = FINE_TO_COARSE[fine], sorted({c for both in pairs.values() for c in both} - {fine})
    cuts = {"C": (quarters,), "D": (y,)}

    def given(s: dict) -> dict:
        faces = {f"{letter}_{c}": s[f"{letter}_{c}"][cut] for c in (coarse, *others) for letter, cut in cuts.items()}
        faces |= {side: s[side][y] for side in sides}
        is_within = merge(coarse) == np.arange(len(CATEGORIES[coarse]))[:, None]
        faces["within"] = is_within[..., None] * _scotland(s, fine, quarters)
        return {"sums": {name: tuple(_scotland(s, c, quarters) for c in both) for name, both in pairs.items()},
                "faces": faces}

    loops = [(f"{letter}_{a}", f"{letter}_{b}", name) for name, (a, b) in pairs.items() for letter in cuts]
    loops += [*((f"{letter}_{coarse}", f"{letter}_{fine}", "within") for letter in cuts), *triangles]
    needs = (*_solved(fine, year), *(f"B {c} {year}" for c in others))
    return Step(f"E {fine} {year}", "cross", {name: (name, (y,)) for name in pairs}, given, needs, loops=tuple(loops),
                loose={f"{letter}_{fine}": (f"{letter}_{fine}", cut) for letter, cut in cuts.items()})


def _within(coarse: str, fine: str, y: int, year: str, quarters: slice) -> Iterator[Step]:
    """Fine categories of each coarse category, whose own tables are the rows they must add up to."""
    for place, members in enumerate(groups(coarse)):
        if len(members) > 1:
            these = slice(members[0], members[-1] + 1)
            yield Step(f"CD {fine} of {CATEGORIES[coarse][place]} {year}", "scotland",
                       {"C": (f"C_{fine}", (quarters, these)), "D": (f"D_{fine}", (y, slice(None), these))},
                       lambda s, place=place: {"quarters": s[f"C_{coarse}"][quarters, place],
                                               "programmes": s[f"D_{coarse}"][y, :, place]},
                       (f"B {coarse} {year}",))


def _soft_group(c: str, y: int, year: str, quarters: slice) -> Step:
    def given(s: dict) -> dict:
        bands = {"bands": s["S"][:, y].sum(axis=0)}
        if c != "instrument":
            bands["starts"] = _scotland(s, c, quarters).sum(axis=1)
        return bands

    needs = (f"S {year}",) if c == "instrument" else (f"S {year}", *_solved(c, year))
    return Step(f"S_{c} {year}", "soft_group", {"S": (f"S_{c}", (y,))}, given, needs)


def _scotland(settled: dict, c: str, quarters: slice) -> np.ndarray:
    """The settled Scotland x category x state margin of a characteristic and year."""
    return settled[f"C_{c}"][quarters].sum(axis=0)


def _solved(c: str, year: str) -> tuple[str, ...]:
    """The stages that settle a characteristic's Scotland margin."""
    if c not in FINE_TO_COARSE:
        return (f"CD {c} {year}",)
    coarse = FINE_TO_COARSE[c]
    joined = [place for place, members in enumerate(groups(coarse)) if len(members) > 1]
    return tuple(f"CD {c} of {CATEGORIES[coarse][place]} {year}" for place in joined)


def groups(coarse: str) -> list[list[int]]:
    """Positions of the fine categories in each coarse category: neighbours, by the order of the lists."""
    place = merge(coarse)
    return [np.flatnonzero(place == each).tolist() for each in range(len(CATEGORIES[coarse]))]
