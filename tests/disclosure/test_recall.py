"""What the audit of a build is told of the edition before: only what that edition published."""

import numpy as np
import pytest

from dashboard.pipeline.disclosure import editions, lattice, recall
from dashboard.pipeline.disclosure.lattice import SCOTLAND, Space
from dashboard.pipeline.disclosure.plan import Tables

AREAS = tuple(f"S1200000{i}" for i in range(6))
OVER = Space(AREAS, AREAS, ("2018-19",), ("2018-19 Q1",))


@pytest.mark.parametrize("joined", [0, 1, 3, 4, 6])
def test_partnerships_that_joined_since_leave_no_count_for_scotland(joined):
    truth = {name: np.full([len(each) for each in labels], 7) for name, labels in editions.table_labels(OVER).items()}
    published = {name: np.ones(table.shape, int) for name, table in truth.items()}
    for name, table in published.items():
        if lattice.every_table(OVER)[name].has_areas:
            table[:joined] = -1
    moved = {name: np.zeros(table.shape, int) for name, table in truth.items()}
    was = recall.published_and_true(Tables(OVER, truth, {}, {}, published, moved)).filter(family="M")
    places = [*AREAS[joined:], *([] if joined else [SCOTLAND])]
    assert sorted(set(was["area_code"])) == sorted(places)
    assert was["count"].max() in (None, 5 if joined else 5 * len(AREAS))
