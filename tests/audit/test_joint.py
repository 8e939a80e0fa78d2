"""Joint tables behind three published faces: found where counts may move, never at the cost of a sum."""

import numpy as np
import pytest

from dashboard.pipeline.disclosure.audit.linear import joint_table_exists
from dashboard.pipeline.disclosure.joint import Face, close

STATES = 9


def in_one_state(counts) -> np.ndarray:
    """The same counts in the first state, nobody in the others."""
    counts = np.asarray(counts)
    return np.concatenate([counts[..., None], np.zeros((*counts.shape, STATES - 1), counts.dtype)], axis=-1)


def settled(counts) -> Face:
    return Face(steps=in_one_state(counts))


# Two places, two quarters, two categories; a step is 5 people. Place 0 is all in quarter 0, where everybody
# is of category 0, yet its people are published in category 1.
QUARTER_BY_PLACE = [[1, 0], [0, 1]]
QUARTER_BY_CATEGORY = [[1, 0], [0, 1]]
CROSSED = [[0, 1], [1, 0]]
LOOP = [("A1", "C", "B")]


def closed(true, **more) -> np.ndarray:
    faces = {"A1": settled(QUARTER_BY_PLACE), "C": settled(QUARTER_BY_CATEGORY),
             "B": Face(in_one_state(true), in_one_state(CROSSED))}
    return close(faces | more, LOOP)["B"][..., 0]


def test_counts_move_to_where_a_joint_table_exists():
    assert not joint_table_exists(*map(np.array, (QUARTER_BY_PLACE, QUARTER_BY_CATEGORY, CROSSED)))
    moved = closed([[3, 3], [3, 3]])
    assert moved.tolist() == [[1, 0], [0, 1]]
    assert joint_table_exists(*map(np.array, (QUARTER_BY_PLACE, QUARTER_BY_CATEGORY, moved)))


def test_no_count_moves_beyond_9_for_it():
    assert closed([[3, 15], [15, 3]]).tolist() == CROSSED


def test_counts_with_a_joint_table_stay():
    faces = {"A1": settled([[1, 1], [1, 1]]), "C": settled([[1, 1], [1, 1]]),
             "B": Face(in_one_state([[3, 7], [8, 2]]), in_one_state([[0, 2], [2, 0]]))}
    assert close(faces, LOOP)["B"][..., 0].tolist() == [[0, 2], [2, 0]]


def test_faces_that_can_move_share_the_cost_and_their_margin():
    """B could not be moved alone without leaving 9; C gives way, and its columns still add up to the margin."""
    faces = {"A1": settled(QUARTER_BY_PLACE), "B": Face(in_one_state([[3, 15], [15, 3]]), in_one_state(CROSSED)),
             "C": Face(in_one_state([[4, 4], [4, 4]]), in_one_state([[1, 0], [0, 1]])),
             "N": Face(in_one_state([[8, 8]]), in_one_state([[1, 1]]))}
    moved = close(faces, LOOP, {"C": "N"})
    assert moved["C"][..., 0].tolist() == [[0, 1], [1, 0]]
    assert moved["B"][..., 0].tolist() == CROSSED
    assert moved["N"][..., 0].tolist() == [[1, 1]]


def test_a_rigid_cell_never_moves():
    rigid = np.array([[True, False], [False, False]])
    faces = {"A1": settled(QUARTER_BY_PLACE), "C": settled(QUARTER_BY_CATEGORY),
             "B": Face(in_one_state([[3, 3], [3, 3]]), in_one_state(CROSSED), rigid=rigid)}
    assert close(faces, LOOP)["B"][..., 0].tolist() == CROSSED


@pytest.mark.parametrize("seed", range(5))
def test_a_broken_state_is_closed_and_keeps_its_sums(seed):
    """Faces of one rounded table fit together; the last one is then shuffled between categories in one state."""
    chance = np.random.default_rng(seed)
    rounded = chance.binomial(1, 0.12, (4, 9, 5, STATES))         # quarter x place x category x state
    first, second, last = rounded.sum(axis=2), rounded.sum(axis=1), rounded.sum(axis=0)
    true, shuffled = 5 * last, last.copy()
    true[..., 3] = np.maximum(true[..., 3] + chance.integers(-4, 5, true.shape[:2]), 0)
    shuffled[..., 3] = chance.permuted(last[..., 3], axis=1)
    assert not joint_table_exists(first[..., 3], second[..., 3], shuffled[..., 3])
    after = close({"A1": Face(steps=first), "C": Face(steps=second), "B": Face(true, shuffled)}, LOOP)["B"]
    assert joint_table_exists(first[..., 3], second[..., 3], after[..., 3])
    assert (after.sum(axis=1) == last.sum(axis=1)).all() and (after.sum(axis=0) == last.sum(axis=0)).all()
    assert (np.abs(5 * after - true) <= np.maximum(np.abs(5 * shuffled - true), 9)).all()
