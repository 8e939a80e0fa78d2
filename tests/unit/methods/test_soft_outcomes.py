from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods import soft_outcomes as soft

quick = settings(max_examples=40, derandomize=True)
CONFIDENCE = soft.Instrument("confidence", 0, 10)
MEASURED = soft.Instrument("measured", 7, 35, sd=4.0, reliability=0.84)   # least clear change 4.43 points
WORRY = soft.Instrument("worry", 0, 10, higher_is_better=False)


@pytest.mark.parametrize("raw, metric", [(7, 7.00), (21, 19.25), (35, 35.00)])
def test_swemwbs_vectors(raw, metric):
    assert soft.swemwbs_metric(raw) == metric
    assert soft.swemwbs_score([raw // 7] * 7) == metric


def test_every_raw_score_has_a_larger_metric_score_than_the_one_before():
    assert len(soft.SWEMWBS_METRIC) == 29
    assert all(a < b for a, b in pairwise(soft.SWEMWBS_METRIC))


@quick
@given(st.lists(st.integers(1, 5), min_size=7, max_size=7), st.integers(0, 6))
def test_a_missing_item_gives_no_score(items, position):
    assert soft.swemwbs_score(items) == soft.swemwbs_metric(sum(items))
    for nothing in (None, float("nan")):
        items[position] = nothing
        assert soft.swemwbs_score(items) is None


@pytest.mark.parametrize("items", [[3] * 6, [3] * 8, [0] + [3] * 6, [6] + [3] * 6, [2.5] + [3] * 6])
def test_answers_off_the_scale_are_refused(items):
    with pytest.raises(ValueError):
        soft.swemwbs_score(items)


@pytest.mark.parametrize("raw", [6, 36, 20.5])
def test_raw_scores_off_the_scale_are_refused(raw):
    with pytest.raises(ValueError):
        soft.swemwbs_metric(raw)


def test_reliable_change_by_hand():
    """4 / (4·√2·√0.16) = 1.7678."""
    assert soft.reliable_change(4, 4.0, 0.84) == pytest.approx(1.7678, abs=1e-4)


def test_the_least_reliable_change_is_the_index_at_its_limit():
    """1.96 · 4 · √2 · √0.16 = 4.435."""
    assert soft.least_reliable(4.0, 0.84) == pytest.approx(4.4348, abs=1e-3)


def test_the_spread_of_swemwbs_is_held_only_where_enough_people_are():
    published = soft.least_reliable(soft.SWEMWBS_SD, soft.SWEMWBS_RELIABILITY)
    assert soft.swemwbs_least([7.0, 35.0] * 14) == soft.swemwbs_least([20.0] * 40) == published
    assert soft.swemwbs_least([7.0, 35.0] * 15) == pytest.approx(
        soft.least_reliable(float(np.std([7.0, 35.0] * 15, ddof=1)), 0.84))


def test_reliable_change_calls_five_per_cent_of_unchanged_people_changed(rng):
    """Simulated: two measurements of the same true score, reliability 0.84."""
    true = rng.normal(24, 4 * np.sqrt(0.84), 100_000)
    first, second = (true + rng.normal(0, 4 * np.sqrt(0.16), true.size) for _ in range(2))
    index = soft.reliable_change(second - first, 4.0, 0.84)
    assert (np.abs(index) > 1.959964).mean() == pytest.approx(0.05, abs=0.003)


@pytest.mark.parametrize("start, follow_up, instrument, expected", [
    (4, 5, CONFIDENCE, "improved"), (5, 5, CONFIDENCE, "same"), (5, 4, CONFIDENCE, "declined"),
    (20, 24, MEASURED, "same"), (20, 25, MEASURED, "improved"), (25, 20, MEASURED, "declined"),
    (4, 5, WORRY, "declined"), (5, 4, WORRY, "improved"),
    (None, 5, CONFIDENCE, None), (5, float("nan"), CONFIDENCE, None),
])
def test_bands(start, follow_up, instrument, expected):
    assert soft.band(start, follow_up, instrument) == expected


def test_a_score_off_its_scale_has_no_band():
    with pytest.raises(ValueError, match="confidence"):
        soft.band(5, 11, CONFIDENCE)


def test_the_paired_rate_is_of_everyone_who_started():
    assert soft.paired_rate(60, 200) == 0.3
    assert np.isnan(soft.paired_rate(0, 0))


@pytest.mark.parametrize("paired, eligible, level", [
    (29, 30, "counts_only"), (30, 30, "enough"), (100, 200, "enough"), (99, 200, "caution"),
    (60, 200, "caution"), (59, 200, "no_comparison"), (29, 200, "counts_only"), (0, 0, "counts_only"),
])
def test_low_follow_up_levels(paired, eligible, level):
    assert soft.follow_up_level(paired, eligible) == level


def test_bounds_count_the_people_not_asked_again():
    made = soft.improved_bounds(improved=60, declined=20, paired=100, missing=100)
    assert made == {"improved": 0.3, "declined_if_unchanged": 0.1, "declined_if_declined": 0.6}


def test_ceiling_share():
    assert soft.ceiling_share(10, 50) == 0.2
    assert soft.ceiling_share(0, 0) is None


@pytest.mark.parametrize("wrong", [
    lambda: soft.reliable_change(1, 0, 0.8), lambda: soft.reliable_change(1, 4, 1.0),
    lambda: soft.paired_rate(5, 4), lambda: soft.follow_up_level(5, 4),
    lambda: soft.improved_bounds(60, 50, 100, 0), lambda: soft.ceiling_share(5, 4),
])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_the_published_error_of_measurement_is_that_of_another_reliability_than_the_one_used():
    """Shah 2018: one standard error is 1.03 points, 2.77 of them 2.87 points. With their spread that is 0.93, not 0.84."""
    assert soft.least_reliable(soft.SWEMWBS_SD, 0.931) == pytest.approx(2.87, abs=0.03)
    least = [soft.swemwbs_least([20.0] * 40, reliability) for reliability in (0.80, soft.SWEMWBS_RELIABILITY, 0.88, 0.93)]
    assert least == sorted(least, reverse=True) and least[1] > 1.4 * least[3]
