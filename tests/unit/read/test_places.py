"""Councils, classes and groups added up, by hand-made rows."""

import pytest

from dashboard.methods import intervals
from dashboard.read import places
from tests.sample import rate_row, returned


def test_three_classes_are_six_added_up_with_four_rounded_cells():
    rows = [rate_row(100, 400, category=str(number)) for number in range(1, 7)]
    rest, accessible, remote = places.three_fold(rows)
    low, high = intervals.wilson_rounded(400, 1600, 4)
    assert (rest["value"], rest["lower_ci"], rest["upper_ci"]) == pytest.approx((25, 100 * low, 100 * high))
    assert accessible["denominator"] == remote["denominator"] == 400


def test_a_group_with_a_council_whose_count_is_not_held_is_not_shown():
    made = places.group_row([rate_row(100, 400), rate_row(None, None)], returned())
    assert made["value"] is None and made["obs_status"] == "x"


def test_a_small_group_is_hidden_by_the_same_rule_as_an_area():
    assert places.group_row([rate_row(5, 10), rate_row(5, 15)], returned())["obs_status"] == "c"
    assert places.group_row([rate_row(5, 25), rate_row(5, 25)], returned())["obs_status"] == "u"


def test_a_published_rate_is_never_made_again():
    published = returned(data_class="published")
    assert not places.can_be_added(published)
    assert places.group_row([rate_row(100, 400)], published) is None


def test_every_council_is_there_and_one_without_a_row_is_marked():
    areas = {"S92000003": {"name": "Scotland"}, "S12000041": {"name": "Angus"}, "S12000047": {"name": "Fife"}}
    held = [{**rate_row(1, 2), "area_code": "S12000047", "area": "Fife", "indicator_id": "rate", "period": "2023",
             "period_label": "2023"}]
    rows = places.every_council(held, areas)
    assert [(row["name"], row["obs_status"]) for row in rows] == [("Angus", "x"), ("Fife", None)]


def test_years_together_of_an_area_that_sent_no_count_are_marked_and_never_a_rate():
    none = places.pooled_rate({"area_code": "S1", "numerator": None, "denominator": None, "cells": 0})
    assert (none["value"], none["lower_ci"], none["obs_status"]) == (None, None, "x")
    three = places.pooled_rate({"area_code": "S1", "numerator": 300.0, "denominator": 1000.0, "cells": 3})
    low, high = intervals.wilson_rounded(300, 1000, 3)
    assert (three["value"], three["lower_ci"], three["upper_ci"]) == pytest.approx((30, 100 * low, 100 * high))
