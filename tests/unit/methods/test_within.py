"""A difference within the same places, where the places make all of it, and where they make none."""

import numpy as np
import pytest

from dashboard.methods.intervals import newcombe
from dashboard.methods.within import within_strata


def test_a_difference_that_only_places_make_is_gone_within_them():
    group, rest = [(80, 100), (20, 400)], [(320, 400), (5, 100)]
    assert within_strata(group, rest, (0, 0), (0, 0)).value == pytest.approx(0)


def test_a_difference_of_one_place_is_its_own():
    found, alone = within_strata([(300, 1000)], [(200, 1000)], (0,), (0,)), newcombe(300, 1000, 200, 1000)
    assert found.value == pytest.approx(0.1) and found.lower == pytest.approx(float(alone.lower), abs=0.001)
    rounded = within_strata([(300, 1000)], [(200, 1000)], (3,), (3,))
    assert rounded.lower < found.lower < found.value < found.upper < rounded.upper


def test_a_place_without_one_of_the_groups_takes_no_part():
    assert within_strata([(30, 100), (5, 10)], [(20, 100), (0, 0)], (1, 1), (1, 1)).value == pytest.approx(0.1)
    assert np.isnan(within_strata([(1, 2)], [(0, 0)], (1,), (1,)).value)
    with pytest.raises(ValueError):
        within_strata([(1, 2)], [], (1,), (1,))
