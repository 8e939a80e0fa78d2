"""Rates made again from released counts: their marks, the cells they carry, and a part against the rest."""

import numpy as np
import pytest

from dashboard.methods.rounding import rounded
from dashboard.read import rates


@pytest.mark.parametrize("base, cells, mark", [(29, 1, "c"), (30, 1, "u"), (49, 1, "u"), (50, 1, None), (51, 3, "c"),
                                               (52, 3, "u"), (86, 3, "u"), (87, 3, None), (120, 9, "u")])
def test_a_base_of_several_rounded_counts_needs_more_people(base, cells, mark):
    assert rates.status_of(base, cells) == mark


def test_years_too_small_to_be_shown_are_not_shown_as_reliable_together():
    """Nine cells of ten people are ninety: each would be hidden, and together they are no better than one of thirty."""
    assert rates.status_of(10) == "c" and rates.status_of(90, 9) == "u" and rates.status_of(85, 9) == "c"


def test_a_rate_keeps_the_cells_of_its_count_and_of_its_base():
    row = rates.rate(60, 200, 1, 3)
    assert (row["cells"], row["base_cells"]) == (1, 3)
    alike = rates.rate(60, 200, 1)
    assert alike["base_cells"] == 1 and row["lower_ci"] < alike["lower_ci"] and row["upper_ci"] > alike["upper_ci"]


def test_a_difference_is_marked_by_the_weaker_base_and_its_cells():
    own, other = rates.rate(30, 60, 3), rates.rate(300, 1000, 1)
    assert rates.difference(own, other, (3, 1))["obs_status"] == "u"
    assert rates.difference({"numerator": 30, "denominator": 60}, other, 1)["obs_status"] is None
    assert rates.strictest(None, "u", "c") == "c" and rates.strictest(None, None) is None


def test_a_part_is_tested_against_the_rest_of_the_whole():
    part, whole = rates.rate(400, 1000, 1), rates.rate(1000, 4000, 1)
    rest = rates.rest_of(whole, part)
    assert (rest["numerator"], rest["denominator"], rest["cells"]) == (600, 3000, 2)
    assert rates.against_the_rest(part, whole)["value"] == pytest.approx(40 - 20)
    assert rates.difference(part, whole, 1)["value"] == pytest.approx(40 - 25)


def test_against_the_rest_one_test_in_twenty_is_false_where_nothing_differs():
    """Against a whole that holds half of its people from the part, false alarms are far rarer: the test would sleep."""
    rng, n = np.random.default_rng(1), np.full(600, 800)
    x, y = rng.binomial(n, 0.3), rng.binomial(n, 0.3)
    called = []
    for a, b, base in zip(rounded(x, 1, rng), rounded(y, 1, rng), rounded(n, 1, rng), strict=True):
        part, whole = rates.rate(a, base, 1), rates.rate(a + b, 2 * base, 2)
        called.append([rates.direction(made) in ("higher", "lower") for made in
                       (rates.against_the_rest(part, whole), rates.difference(part, whole, (1, 2)))])
    rest, containing = np.mean(called, axis=0)
    assert 0.02 <= rest <= 0.06 and containing < 0.01
