"""The gate's limits on the root table, beside exact totals that others have published."""

import numpy as np
import pytest

from dashboard.pipeline.disclosure import limits, stages
from dashboard.pipeline.disclosure.lattice import CATEGORIES, PARTNERSHIP_LEVEL
from dashboard.pipeline.disclosure.rounding import BASE, SCOTLAND, solve

JOB_52, JOB_26, JOB_13, ENDED, NOT_DUE, NOT_RECORDED, POSITIVE, LEFT, IN_SUPPORT = range(9)


def round_root(rows: list[dict[int, int]]) -> np.ndarray:
    """Published counts, area x state, of one year with these people; everybody in the first category."""
    m = np.zeros((len(rows), 1, 9), np.int64)
    for area, row in enumerate(rows):
        for state, people in row.items():
            m[area, 0, state] = people
    truth = {"M": m}
    for c in PARTNERSHIP_LEVEL:
        truth[f"B_{c}"] = np.zeros((len(rows), 1, len(CATEGORIES[c]), 9), np.int64)
        truth[f"B_{c}"][:, :, 0] = m
    table = {"true": m, "offset": np.full(m.shape, 0.01)}     # every preference is to round up
    problem, places = stages._assemble({"M": table})
    stages._repair(problem, places["M"], {"limits": limits.limits(truth)})
    stages._margin(problem, places["M"], stages.STATE_NODES, SCOTLAND)
    return BASE * solve(problem).steps[places["M"]][:, 0]


@pytest.mark.parametrize("people", [1, 2, 6, 7, 11])
def test_a_known_total_held_by_one_category_is_rounded_down(people):
    """Published one step up, it would count all but 0 or 1 of the people known to be there."""
    published, = round_root([{JOB_52: people, JOB_26: 40, IN_SUPPORT: 60}])
    assert published[JOB_52] == people // BASE * BASE


def test_a_state_that_holds_nearly_all_of_a_known_total_leaves_room_for_the_rest():
    """Of 12 people known to be without a job, 11 in support: published 15, they would leave 1 for the rest."""
    published, = round_root([{IN_SUPPORT: 11, LEFT: 1, JOB_26: 40}])
    assert published[IN_SUPPORT] <= 13 and published[LEFT] + published[IN_SUPPORT] <= 13


def test_a_headline_around_a_known_total_leaves_room_beside_it():
    """8 people known at 52 weeks and nobody published at 26: the headline of both is not rounded to 5."""
    published, = round_root([{JOB_52: 8, NOT_RECORDED: 30, IN_SUPPORT: 60}])
    assert published[JOB_52] == 10


def test_where_limits_collide_no_count_becomes_certain():
    """Everyone at 52 weeks is the 1 or 2 of a small place; Scotland may not lose them all."""
    rows = [{JOB_52: n, JOB_26: 40, IN_SUPPORT: 60} for n in (1, 2, 1, 2, 1, 4, 1)]
    published = round_root(rows)
    assert all(count == 0 for count, row in zip(published[:, JOB_52], rows, strict=True) if row[JOB_52] == 1)
    assert abs(published[:, JOB_52].sum() - 12) <= 4
