"""Counts of progress added up by the rules that hide and warn."""

import pytest

from dashboard.read import progress, rates


@pytest.mark.parametrize("level, paired, eligible", [
    ("counts_only", 29, 40), ("no_comparison", 30, 200), ("caution", 40, 100), ("enough", 60, 100)])
def test_the_follow_up_says_what_may_be_read(level, paired, eligible):
    domain = progress.Domain("confidence", "Confidence", paired, 0, 0, 0, eligible - paired, 1)
    assert domain.level == level


def test_bounds_hold_the_share_reported():
    domain = progress.Domain("confidence", "Confidence", 60, 20, 20, 100, 300, 1)
    assert domain.bounds == pytest.approx({"improved": 30, "declined_if_unchanged": 10, "declined_if_declined": 60})


def test_a_year_that_is_not_mature_is_never_added_up():
    row = {"category": "confidence", "category_label": "Confidence", "improved": 10, "same": 10, "declined": 10,
           "no_follow_up": 0, "no_start_score": 0}
    rows = [{**row, "period": "2023-24", "is_mature": True}, {**row, "period": "2025-26", "is_mature": False}]
    assert progress.pool(rows, ["2023-24", "2025-26"])[0].paired == 30
    assert progress.years_with(rows, "improved") == ["2023-24"] and progress.too_recent(rows) == ["2025-26"]


def test_a_rounded_count_above_its_base_is_all_of_it():
    assert rates.rate(55, 50, 1)["value"] == 100
