"""Additive rounding of whole tables: every sum exact, every count near the truth, the same every time."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dashboard.pipeline.disclosure import plan
from dashboard.pipeline.disclosure.rounding import BASE, WIDEST, Problem, RoundingError, solve

QUIET = settings(max_examples=40, deadline=None, derandomize=True, database=None,
                 suppress_health_check=[HealthCheck.too_slow])
COUNTS = st.one_of(st.integers(0, 12), st.sampled_from([0, 0, 5, 10, 25]), st.integers(0, 400))
OFFSETS = st.floats(0, 1, exclude_max=True, width=32)


@st.composite
def tables(draw):
    """A table of true counts and its offsets."""
    shape = draw(st.tuples(st.integers(2, 5), st.integers(2, 5)))
    return draw(arrays.arrays(np.int64, shape, elements=COUNTS)), draw(arrays.arrays(float, shape, elements=OFFSETS))


def pose(truth, offset, **before):
    """Both margins and the whole table near the truth."""
    problem = Problem(truth.ravel(), offset.ravel(), **before)
    place = np.arange(truth.size).reshape(truth.shape)
    problem.near(place)
    problem.near(place.T)
    problem.near(place.reshape(1, -1))
    return problem


@QUIET
@given(tables())
def test_counts_and_sums_are_within_4_or_9_where_widened(given):
    truth, offset = given
    rounded = solve(pose(truth, offset))
    counts = BASE * rounded.steps.reshape(truth.shape)
    bound = WIDEST if rounded.widened else BASE - 1
    assert counts.min() >= 0
    for axis in ((), 0, 1, (0, 1)):
        off = (counts.sum(axis=axis) if axis != () else counts) - (truth.sum(axis=axis) if axis != () else truth)
        assert np.abs(off).max() <= bound


@QUIET
@given(tables())
def test_a_true_multiple_of_5_stays_and_so_does_a_true_zero(given):
    truth, offset = given
    rounded = solve(pose(truth, offset))
    if not rounded.widened:
        fixed = truth.ravel() % BASE == 0
        assert (BASE * rounded.steps[fixed] == truth.ravel()[fixed]).all()


@QUIET
@given(tables())
def test_the_same_problem_gives_the_same_table(given):
    first, second = (solve(pose(*given)) for _ in range(2))
    assert (first.steps == second.steps).all() and first == type(first)(first.steps, second.gap, second.widened)


@QUIET
@given(tables(), tables())
def test_two_tables_of_the_same_people_share_their_margin(one, other):
    """Whatever the second table is, its margin is made that of the first; then both must be rounded alike."""
    truth, offset = one
    split = np.array([[n - n // 3, n // 3] for n in truth.sum(axis=1)])
    joined = Problem(np.concatenate([truth.ravel(), split.ravel()]),
                     np.concatenate([offset.ravel(), np.resize(other[1], split.size)]))
    place = np.arange(truth.size).reshape(truth.shape)
    beside = truth.size + np.arange(split.size).reshape(split.shape)
    joined.near(place)
    joined.equal(place, beside)
    steps = solve(joined).steps
    assert (steps[place].sum(axis=1) == steps[beside].sum(axis=1)).all()


@QUIET
@given(tables())
def test_settled_margins_are_met_exactly(given):
    truth, offset = given
    rows = solve(pose(truth.sum(axis=1, keepdims=True), offset[:, :1])).steps
    problem = Problem(truth.ravel(), offset.ravel())
    problem.exactly(np.arange(truth.size).reshape(truth.shape), rows)
    assert (solve(problem).steps.reshape(truth.shape).sum(axis=1) == rows).all()


def test_the_offset_decides_which_way_a_count_leans():
    truth = np.array([2, 2])
    assert solve(_alone(truth, [0.1, 0.9])).steps.tolist() == [1, 0]


def test_without_a_preference_counts_are_right_on_average():
    truth = np.full(4000, 2)
    offset = plan.offsets(b"k" * 32, "M", (("a",), ("b",), tuple(str(i) for i in range(4000)))).ravel()
    assert abs((BASE * solve(_alone(truth, offset)).steps - truth).mean()) < 0.1


def test_what_cannot_be_kept_within_9_is_an_error():
    problem = Problem(np.array([0, 0]), np.zeros(2))
    problem.exactly(np.array([[0, 1]]), np.array([9]))
    with pytest.raises(RoundingError, match="within 9"):
        solve(problem)


def _alone(truth, offset):
    problem = Problem(truth, np.array(offset))
    problem.near(np.arange(len(truth))[None], weight=0.001)
    return problem


@QUIET
@given(tables(), st.integers(0, 24))
def test_published_counts_nobody_changed_hardly_move(given, changed):
    """One person joins one cell: what was published stays a table of the new truth or moves with the change."""
    truth, offset = given
    published = solve(pose(truth, offset)).steps
    moved = np.zeros(truth.size, int)
    moved[changed % truth.size] = 1
    now = truth + moved.reshape(truth.shape)
    again = solve(pose(now, offset, published=published, moved=moved)).steps
    assert (again[changed % truth.size] >= published[changed % truth.size])
    near = np.abs(BASE * again - now.ravel()).max() <= WIDEST
    assert near and (again != published).sum() <= 4


@QUIET
@given(tables(), st.data())
def test_who_knows_a_change_learns_little_from_both_counts(given, data):
    """Where neither count is more than 4 from the truth, the two together leave it at least 3 wide.

    From a published 0 that known people left, or that would leave its window, nothing better can be had.
    """
    truth, offset = given
    moved = np.maximum(data.draw(arrays.arrays(np.int64, truth.shape, elements=st.integers(-6, 6))), -truth)
    before = solve(pose(truth, offset))
    after = solve(pose(truth + moved, offset, published=before.steps, moved=moved.ravel()))
    if before.widened or after.widened:
        return
    then, now = BASE * before.steps, BASE * after.steps
    change, truth = moved.ravel(), truth.ravel()
    least = np.maximum(np.maximum(then - 4, 0), np.maximum(now - 4, 0) - change)
    most = np.minimum(then + 4, now + 4 - change)
    is_near = (np.abs(now - truth - change) <= 4) & ~((then == 0) & (change < 0))
    assert (most - least)[is_near].min(initial=3) >= 3
