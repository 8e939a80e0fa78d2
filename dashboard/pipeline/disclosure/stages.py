"""The order in which tables are solved: earlier results are constants of later ones.

Scotland's margins; M; A1 and A2; C, D, B and E of a characteristic and its fine one together; then F, T, W, S,
S by group and X. A stage is one problem of one year (M: all years), so unchanged years need no solving.
Stages share nothing but the settled tables they name, so they run in any number of processes with
one result. Imports no data library: workers start fast.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard.pipeline.disclosure.joint import Face, Loop, close
from dashboard.pipeline.disclosure.rounding import SCOTLAND, WIDEST, Problem, RoundingError, lead, solve
from dashboard.pipeline.disclosure.tree import NODES

UNPUBLISHED = 0.2  # weight of widening a sum that is no cell of any family
IN_VIEW = 2.0  # weight of widening a year of a yes / rest table while margins are chosen
# Inner nodes of the tables without states, as positions in their last axis.
CUMULATIVE = ((0, 1), (0, 1, 2), (0, 1, 2, 3))
WAIT_NODES = ((0, 1, 2, 3), (0, 1), (2, 3))
BAND_NODES = ((0, 1, 2), (0, 1, 2, 3), (0, 1))
ANSWER_NODES = ((0, 1), (0, 1, 2, 3, 4), (2, 3, 4))
AGREEMENT_NODES = ((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4), (0, 1), (3, 4))
STATE_NODES = tuple(NODES.values())
MARGINS = ("M_scotland", "A1_scotland", "A2_scotland")
WITHIN = "within"  # Scotland: coarse category x fine category x state


@dataclass(frozen=True)
class Stage:
    """One problem: its kind, its tables (true, offset, published, moved) and the sums it must meet.

    loops: triples of tables and given faces that must have a joint table.
    """

    name: str
    kind: str
    tables: dict[str, dict[str, np.ndarray]]
    given: dict[str, np.ndarray] = field(default_factory=dict)
    loops: tuple[Loop, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Published steps of each table of a stage, with the solver's gap and the widenings."""

    name: str
    steps: dict[str, np.ndarray]
    gap: float
    widened: int


def settle(stage: Stage) -> Outcome:
    """Solve one stage; raises RoundingError naming it.

    Where so many people moved that Scotland's margins cannot all move with the change, they are rounded anew.
    """
    if stage.kind == "margins" and "published" in stage.tables["M"]:
        try:
            return _settle(stage)
        except RoundingError:
            return _settle(replace(stage, tables=_anew(stage.tables)))
    return _settle(stage)


def _anew(tables: dict[str, dict[str, np.ndarray]]) -> dict[str, dict[str, np.ndarray]]:
    """The tables without what was published of each margin of Scotland's that has changed since."""
    return tables | {name: tables[name] | {"published": np.where(tables[name]["moved"] == 0, tables[name]["published"], -1)}
                     for name in MARGINS}


def _settle(stage: Stage) -> Outcome:
    problem, places = _assemble(stage.tables)
    BIND[stage.kind](problem, places, stage.given)
    if stage.kind == "margins":
        return _settle_margins(stage.name, problem, places)
    rounded = solve(problem)
    steps = {name: rounded.steps[place] for name, place in places.items()}
    if stage.loops:
        steps |= _close(stage, steps)
    return Outcome(stage.name, steps, rounded.gap, rounded.widened)


def _close(stage: Stage, steps: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The tables moved to where every loop has a joint table."""
    faces = {name: Face(steps=settled) for name, settled in stage.given["faces"].items()}
    for name, rounded in steps.items():
        table = stage.tables[name]
        faces[name] = Face(table["true"], rounded, stage.given["weights"][name], table.get("published"),
                           table.get("moved"))
    sums = {}
    for c in stage.given["levels"]:
        faces |= _shared_margin(c, stage.tables[f"C_{c}"], steps[f"C_{c}"], stage.given["groups"])
        sums |= {f"C_{c}": f"N_{c}", f"D_{c}": f"N_{c}"}
    closed = close(faces, stage.loops, sums)
    return {name: closed[name] for name in steps}


def _shared_margin(c: str, table: dict[str, np.ndarray], steps: np.ndarray, groups: list[list[int]]) -> dict[str, Face]:
    """The Scotland x category margin of all tables of a characteristic; and of a fine one the same with nobody
    outside the group that each category belongs to."""
    margin, true = steps.sum(axis=0, keepdims=True), table["true"].sum(axis=0, keepdims=True)
    before = {}
    if "published" in table:
        is_known = (table["published"] >= 0).all(axis=0, keepdims=True)
        before = {"published": np.where(is_known, table["published"].sum(axis=0, keepdims=True), -1),
                  "moved": table["moved"].sum(axis=0, keepdims=True)}
    faces = {f"N_{c}": Face(true, margin, SCOTLAND, **before)}
    if groups and len(groups) < margin.shape[1]:
        is_in = np.array([np.isin(np.arange(margin.shape[1]), each) for each in groups])
        faces[WITHIN] = Face(true * is_in[..., None], margin * is_in[..., None], 0.0, rigid=~is_in)
    return faces


def _settle_margins(name: str, problem: Problem, places: dict[str, np.ndarray]) -> Outcome:
    """Only Scotland's margins are kept; the tables beside them are solved later, one by one."""
    state, quarter, programme = (places[name].ravel() for name in MARGINS)
    steps = lead(problem, [[state, quarter, programme], [state, programme, quarter]])
    return Outcome(name, {margin: steps[places[margin]] for margin in MARGINS}, 0.0, 0)


def _assemble(tables: dict[str, dict[str, np.ndarray]]) -> tuple[Problem, dict[str, np.ndarray]]:
    """One problem over all cells of the tables, and where each table's cells are in it."""
    def joined(part):
        parts = [table.get(part) for table in tables.values()]
        return None if parts[0] is None else np.concatenate([each.ravel() for each in parts])

    places, first = {}, 0
    for name, table in tables.items():
        places[name] = np.arange(first, first + table["true"].size).reshape(table["true"].shape)
        first += table["true"].size
    return Problem(joined("true"), joined("offset"), joined("published"), joined("moved")), places


def _lines(place: np.ndarray, axis: int) -> np.ndarray:
    """Members of each sum along an axis: (sums, length of the axis)."""
    return np.moveaxis(place, axis, -1).reshape(-1, place.shape[axis])


def _nodes(problem: Problem, place: np.ndarray, nodes, weight: float = 1.0) -> None:
    """Hold inner nodes of the last axis near the truth in every cell."""
    for node in nodes:
        problem.near(place[..., list(node)].reshape(-1, len(node)), weight)


def _margin(problem: Problem, place: np.ndarray, nodes, weight: float, widest: int = WIDEST) -> None:
    """Hold sums along the first axis, leaves and inner nodes, near the truth."""
    problem.near(_lines(place, 0), weight, widest)
    for node in nodes:
        members = np.moveaxis(place[..., list(node)], 0, -1)
        problem.near(members.reshape(-1, len(node) * place.shape[0]), weight, widest)


def _bind_margins(problem: Problem, places: dict, given: dict) -> None:
    """Scotland x state, x quarter, x programme, with every yes / rest table in view.

    A total rounded without regard to its two parts forces both, in every part of the tree at once;
    choosing Scotland's totals together leaves each of these tables possible.
    """
    state, quarter, programme = (places[each] for each in MARGINS)
    for place in (state[None], quarter, programme):
        problem.rigid[place] = True
        _nodes(problem, place, STATE_NODES, SCOTLAND)
    for place in (quarter, programme):
        problem.equal(_lines(place, 0), state[:, None])
    problem.equal(_lines(places["M"], 0), state[:, None])
    _repair(problem, places["M"], given)
    for name in given["tables"]:
        c, d = places[f"C_{name}"], places[f"D_{name}"]
        for place, parent in ((c, quarter), (d, programme)):
            problem.equal(_lines(place, 1), parent.reshape(-1, 1))
            _nodes(problem, place, STATE_NODES)
        problem.equal(_lines(c, 0), _lines(d, 0))
        _margin(problem, c, STATE_NODES, IN_VIEW)


def _bind_m(problem: Problem, places: dict, given: dict) -> None:
    """M: area x year x state; Scotland settled."""
    place = places["M"]
    _repair(problem, place, given)
    problem.exactly(_lines(place, 0), given["scotland"].ravel())
    # Sums over all years are in no family: a few areas could not both keep them and Scotland's totals.
    _margin(problem, np.swapaxes(place, 0, 1), STATE_NODES, UNPUBLISHED, WIDEST * place.shape[1])


def _repair(problem: Problem, place: np.ndarray, given: dict) -> None:
    """Area (x year) x state, with limits on sums around totals that are known exactly elsewhere."""
    _nodes(problem, place, STATE_NODES)
    for limit in given["limits"]:
        held = limit.weight > 0
        if held.any():
            problem.within(place[held][:, list(limit.members)], limit.low[held], limit.high[held],
                           limit.weight[held])


def _bind_breakdown(problem: Problem, places: dict, given: dict) -> None:
    """C, D, B and E of a characteristic and its fine one: one Scotland x category margin between all of each.

    Fine categories add up to their coarse one; E adds up to the margin of the other characteristic too.
    """
    c, *fine = given["levels"]
    for letter, rows in given["rows"].items():
        if rows.ndim == 2:
            problem.exactly(_lines(places[f"{letter}_{c}"], 1), rows.ravel())
        for i, members in enumerate(given["groups"] if letter != "B" else ()):
            if rows.ndim == 3:
                problem.exactly(_lines(places[f"{letter}_{c}"][:, members], 1), rows[:, i].ravel())
            for finer in fine:
                problem.equal(_lines(places[f"{letter}_{finer}"][:, members], 1),
                              places[f"{letter}_{c}"][:, i].reshape(-1, 1))
    for level in given["levels"]:
        _margin(problem, places[f"C_{level}"], STATE_NODES, SCOTLAND)
    for name, place in places.items():
        problem.weight[place] *= given["weights"][name]
        _nodes(problem, place, STATE_NODES, given["weights"][name])
        if name in given["shared"]:
            problem.equal(_lines(place, 0), _lines(places[given["shared"][name]], 0))
    for name, (own, axis, margin) in given["pairs"].items():
        problem.exactly(_lines(places[name], axis), margin.ravel())
        problem.equal(_lines(places[name], 1 - axis), _lines(places[f"C_{own}"], 0))


def _bind_cross(problem: Problem, places: dict, given: dict) -> None:
    """A1 and A2: row x part x state, both margins settled."""
    for name, place in places.items():
        rows, columns = given["sums"][name]
        problem.exactly(_lines(place, 1), rows.ravel())
        problem.exactly(_lines(place, 0), columns.ravel())
        _nodes(problem, place, STATE_NODES)


def _bind_followup(problem: Problem, places: dict, given: dict) -> None:
    """F: area x follow-up x answer. Answers that are a state of M by definition equal or bound it."""
    place, m = places["F"], given["M"]
    problem.exactly(_lines(place, 2), np.repeat(m[:, :6].sum(axis=1), place.shape[1]))
    _nodes(problem, place, ANSWER_NODES)
    _margin(problem, place, ANSWER_NODES, SCOTLAND)
    job = m[:, :6].sum(axis=1)
    thirteen, twenty_six, fifty_two = place[:, 1], place[:, 2], place[:, 3]
    problem.exactly(fifty_two[:, :1], m[:, 0])
    problem.between(twenty_six[:, :1], m[:, 1], m[:, 0] + m[:, 1])
    problem.exactly(thirteen[:, 5:], m[:, 4])
    problem.between(thirteen[:, :1], m[:, 2], job)
    problem.between(thirteen[:, 1:2], m[:, 3], job)
    problem.between(thirteen[:, 2:5], m[:, 5], job)


def _bind_months(problem: Problem, places: dict, given: dict) -> None:
    """T: months to work of those who entered it, area and Scotland x quarter with one margin."""
    area, quarter = places["T"], places["T_quarter"]
    for place, job in ((area, given["areas"]), (quarter, given["quarters"])):
        problem.exactly(place, job)
        _nodes(problem, place, CUMULATIVE)
    problem.equal(_lines(area, 0), _lines(quarter, 0))
    _margin(problem, quarter, CUMULATIVE, SCOTLAND)


def _bind_wait(problem: Problem, places: dict, given: dict) -> None:
    """W: area x wait; waits add up to starts."""
    problem.exactly(places["W"], given["starts"])
    _nodes(problem, places["W"], WAIT_NODES)
    _margin(problem, places["W"], WAIT_NODES, SCOTLAND)


def _bind_soft(problem: Problem, places: dict, given: dict) -> None:
    """S: area x domain x band; each domain adds up to starts."""
    place = places["S"]
    problem.exactly(_lines(place, 2), np.repeat(given["starts"], place.shape[1]))
    _nodes(problem, place, BAND_NODES)
    _margin(problem, place, BAND_NODES, SCOTLAND)


def _bind_soft_group(problem: Problem, places: dict, given: dict) -> None:
    """S by group, Scotland: domain x category x band; S is the sum, and starts of each category hold."""
    (place,) = places.values()
    problem.exactly(_lines(place, 1), given["bands"].ravel())
    if "starts" in given:
        problem.exactly(_lines(place, 2), np.tile(given["starts"], place.shape[0]))
    else:  # people with no score at all (the last category) can only be in the last band
        never = place[:, -1, :-1].reshape(-1, 1)
        problem.exactly(never, np.zeros(len(never), dtype=np.int64))
        _nodes(problem, place, (range(place.shape[2]),))
    _nodes(problem, place, BAND_NODES)


def _bind_responses(problem: Problem, places: dict, given: dict) -> None:
    """X: area x statement x answer, its own base."""
    _nodes(problem, places["X"], AGREEMENT_NODES)
    _margin(problem, places["X"], AGREEMENT_NODES, SCOTLAND)


BIND: dict[str, Callable[[Problem, dict, dict], None]] = {
    "margins": _bind_margins, "M": _bind_m, "breakdown": _bind_breakdown, "cross": _bind_cross,
    "followup": _bind_followup, "months": _bind_months, "wait": _bind_wait, "soft": _bind_soft,
    "soft_group": _bind_soft_group, "responses": _bind_responses,
}
