"""T10: a world small enough to attack every count by integer programme."""

import numpy as np
import pytest

from dashboard.pipeline.disclosure.audit.linear import Polytope
from dashboard.pipeline.disclosure.audit.system import System

AREAS, QUARTERS, CATEGORIES, STATES = 4, 4, 3, 4


def system_of(families: dict[str, np.ndarray]) -> tuple[System, dict[str, np.ndarray]]:
    """M, A1, B and C over one unpublished table of area x quarter x category x state."""
    system = System()
    micro = system.add_unknown(AREAS, QUARTERS, CATEGORIES, STATES)
    ids = {name: system.add(values) for name, values in families.items()}
    system.add_sums("A1", ids["A1"], np.moveaxis(micro, 2, -1))
    system.add_sums("B", ids["B"], np.moveaxis(micro, 1, -1))
    system.add_sums("C", ids["C"], np.moveaxis(micro, 0, -1))
    system.add_sums("M", ids["M"], np.moveaxis(ids["A1"], 1, -1))
    return system, ids


def margins(micro: np.ndarray) -> dict[str, np.ndarray]:
    return {"M": micro.sum((1, 2)), "A1": micro.sum(2), "B": micro.sum(1), "C": micro.sum(0)}


@pytest.fixture(scope="module")
def people():
    return np.random.default_rng(10).poisson(1.2, (AREAS, QUARTERS, CATEGORIES, STATES))


def round_margins(people: np.ndarray) -> dict[str, np.ndarray]:
    """Every margin to a multiple of 5 within 4, all adding up, with a joint table behind them."""
    true = margins(people)
    steps = {name: values // 5 for name, values in true.items()}
    system, ids = system_of(steps)
    lower, upper = system.bounds(0)
    whole = np.zeros(len(lower), bool)
    for name, values in true.items():
        lower[ids[name]], upper[ids[name]] = values // 5, -(-values // 5)
        whole[ids[name]] = True
    solver = Polytope(system.matrix(), lower, upper, whole)
    assert solver.feasible()
    table = solver.table().round().astype(int) * 5
    return {name: table[ids[name]] for name in true}


def attack_everything(system: System, ids: dict[str, np.ndarray], lower, upper) -> dict[str, np.ndarray]:
    """Width of every count of every family by integer programme, in the family's shape."""
    solver = Polytope(system.matrix(), lower, upper, np.ones(len(system.published), bool))
    widths = {}
    for name, numbers in ids.items():
        ranges = np.array(solver.ranges(numbers.ravel()))
        widths[name] = (ranges[:, 1] - ranges[:, 0]).round().reshape(numbers.shape)
    return widths


def test_every_count_rounded_together_stays_4_wide(people):
    released = round_margins(people)
    system, ids = system_of(released)
    widths = attack_everything(system, ids, *system.bounds(4))
    assert sum(each.size for each in widths.values()) == 4 * 4 + 16 * 4 + 12 * 4 + 12 * 4
    assert min(each.min() for each in widths.values()) == 4
    assert all(np.abs(released[name] - true).max() <= 4 for name, true in margins(people).items())


def test_counts_rounded_alone_are_narrow(people):
    """Some are: those of one family are enough to say so."""
    nearest = {name: (values + 2) // 5 * 5 for name, values in margins(people).items()}
    system, ids = system_of(nearest)
    widths = attack_everything(system, {"B": ids["B"]}, *system.bounds(2))
    assert widths["B"].min() <= 2


def test_hidden_counts_are_found_exactly(people):
    true = margins(people)
    hidden = {name: (values > 0) & (values < 5) for name, values in true.items()}
    shown = {name: np.where(hidden[name], -1, values) for name, values in true.items()}
    system, ids = system_of(shown)
    lower, upper = system.bounds(0)
    for name, numbers in ids.items():
        lower[numbers[hidden[name]]], upper[numbers[hidden[name]]] = 1, 4
    widths = attack_everything(system, {"B": ids["B"]}, lower, upper)
    assert (widths["B"][hidden["B"]] == 0).sum() > 0
