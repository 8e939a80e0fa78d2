import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods import maturity
from dashboard.methods.intervals import wilson_rounded

quick = settings(max_examples=40, derandomize=True)
YEARS = ("2022-23", "2023-24", "2024-25", "2025-26", "2026-27")
QUARTERS = [f"{year} Q{quarter}" for year in YEARS for quarter in range(1, 5)]
BANDS = {"0_3": 20, "3_6": 15, "6_9": 10, "9_12": 5, "over_12": 10, "none": 140}


@pytest.mark.parametrize("period, end", [
    ("2025-26", "2026-03-31"), ("2025-26 Q1", "2025-06-30"), ("2025-26 Q2", "2025-09-30"),
    ("2025-26 Q3", "2025-12-31"), ("2025-26 Q4", "2026-03-31"), ("2021-24 (3 years)", "2024-03-31"),
    ("1999-00", "2000-03-31"),
])
def test_the_end_of_a_cohort(period, end):
    assert maturity.cohort_end(period) == dt.date.fromisoformat(end)


@pytest.mark.parametrize("wrong", ["2025", "2025-27", "2025-26 Q5", "to 2024-09-30", "2025-26 (3 years)", ""])
def test_other_periods_are_not_cohorts(wrong):
    with pytest.raises(ValueError):
        maturity.cohort_end(wrong)


@pytest.mark.parametrize("day, months, later", [
    ("2025-03-31", 3, "2025-06-30"), ("2025-06-30", 15, "2026-09-30"), ("2025-02-28", 3, "2025-05-31"),
    ("2023-02-28", 12, "2024-02-29"), ("2025-01-30", 1, "2025-02-28"), ("2025-11-15", 2, "2026-01-15"),
])
def test_months_are_calendar_months(day, months, later):
    assert maturity.add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)


@pytest.mark.parametrize("milestone, first", [
    ("entered_work", "2026-09-30"), ("13_weeks", "2026-12-31"), ("26_weeks", "2027-03-31"),
    ("52_weeks", "2027-09-30"),
])
def test_a_cohort_counts_from_the_day_its_milestone_and_a_quarter_have_passed(milestone, first):
    """Started April to June 2025: 12, 15, 18 or 24 months, plus a quarter for late reporting."""
    end, day = maturity.cohort_end("2025-26 Q1"), dt.date.fromisoformat(first)
    assert maturity.is_mature(end, maturity.MONTHS[milestone], day)
    assert not maturity.is_mature(end, maturity.MONTHS[milestone], day - dt.timedelta(days=1))


def test_mature_cohorts_come_oldest_first_whatever_the_order():
    made = maturity.mature_cohorts(reversed(QUARTERS), 12, dt.date(2024, 6, 30))
    assert made == ["2022-23 Q1", "2022-23 Q2", "2022-23 Q3", "2022-23 Q4"]


@quick
@given(st.integers(1, 20), st.sampled_from(list(maturity.MONTHS.values())))
def test_a_newer_empty_quarter_never_moves_the_headline(held, months):
    """The newest quarter held is the newest that could have started: the headline cohort stays."""
    periods, cut_off = QUARTERS[:held], maturity.cohort_end(QUARTERS[held - 1])
    without = maturity.newest_mature(periods[:-1], months, cut_off)
    assert maturity.newest_mature(periods, months, cut_off) == without


def test_no_cohort_is_mature_at_the_start():
    assert maturity.newest_mature(QUARTERS[:2], 12, dt.date(2022, 9, 30)) is None


def test_the_curve_adds_up_the_bands():
    points = maturity.entry_to_work(BANDS, dt.date(2024, 6, 30), dt.date(2026, 9, 30))
    assert [point.months for point in points] == [3, 6, 9, 12]
    assert [point.value for point in points] == pytest.approx([0.10, 0.175, 0.225, 0.25])
    assert points[2][2:] == pytest.approx(wilson_rounded(45, 200))     # running sums are rounded as cells are


@pytest.mark.parametrize("cut_off, known", [
    ("2024-12-30", []), ("2024-12-31", [3]), ("2025-03-31", [3, 6]), ("2025-09-30", [3, 6, 9, 12]),
])
def test_the_curve_stops_where_the_cohort_is_still_young(cut_off, known):
    points = maturity.entry_to_work(BANDS, dt.date(2024, 6, 30), dt.date.fromisoformat(cut_off))
    assert [point.months for point in points] == known


@quick
@given(st.lists(st.integers(0, 200).map(lambda n: 5 * n), min_size=6, max_size=6))
def test_a_curve_never_falls(counts):
    points = maturity.entry_to_work(dict(zip(BANDS, counts, strict=True)), dt.date(2023, 3, 31),
                                    dt.date(2026, 9, 30))
    assert all(a.value <= b.value for a, b in pairwise(points))
    assert all(point.lower <= point.value <= point.upper for point in points)
    assert bool(points) == (sum(counts) > 0)


def test_bands_must_be_complete():
    with pytest.raises(ValueError):
        maturity.entry_to_work({"0_3": 5}, dt.date(2023, 3, 31), dt.date(2026, 9, 30))
    with pytest.raises(ValueError):
        maturity.mature_from(dt.date(2023, 3, 31), -1)
