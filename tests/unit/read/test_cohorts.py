"""Start cohorts: only old ones count, none across a break, and an empty one changes nothing."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.methods import intervals, maturity
from dashboard.read import cohorts, rates

YEARS = [f"{year}-{(year + 1) % 100:02}" for year in range(2018, 2027)]
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31))


@given(DAYS, st.sampled_from([12, 15, 18, 24]), st.lists(st.sampled_from(YEARS), max_size=3))
def test_no_year_counts_before_it_is_old_enough_or_across_a_break(cut_off, months, breaks):
    years = cohorts.years_that_count(YEARS, months, cut_off, breaks)
    assert len(years) <= cohorts.MOST_YEARS and years == sorted(years)
    assert all(maturity.is_mature(maturity.cohort_end(year), months, cut_off) for year in years)
    assert not any(years and years[0] < each <= years[-1] for each in breaks)


counts = st.lists(st.integers(0, 400).map(lambda n: 5 * n), min_size=4, max_size=4)


@given(counts)
def test_an_empty_newest_year_moves_nothing(numbers):
    rows = [{"period": year, "state": state, "count": number, "cells": 1}
            for (year, state), number in zip([(y, s) for y in ("2022-23", "2023-24") for s in ("job_52", "in_support")],
                                             numbers, strict=True)]
    empty = [{"period": "2024-25", "state": state, "count": 0, "cells": 1} for state in ("job_52", "in_support")]
    late = dt.date(2030, 1, 1)

    def headline(given_rows):
        years = cohorts.years_that_count(cohorts.held_years(given_rows), 24, late)
        return cohorts.pooled(given_rows, ("job_52",), years)

    assert headline(rows) == headline(rows + empty)


def test_a_pooled_rate_is_its_sums_and_knows_how_many_counts_it_adds():
    rows = [{"period": year, "state": state, "count": count, "cells": 3}
            for year in ("2022-23", "2023-24") for state, count in (("job_52", 30), ("in_support", 70))]
    row = cohorts.pooled(rows, ("job_52",), ["2022-23", "2023-24"])
    lower, upper = intervals.wilson_rounded(60, 200, 6)
    assert (row["numerator"], row["denominator"], row["cells"], row["value"]) == (60, 200, 6, 30)
    assert (row["lower_ci"], row["upper_ci"]) == pytest.approx((100 * lower, 100 * upper))


@pytest.mark.parametrize(("base", "mark"), [(25, "c"), (30, "u"), (45, "u"), (50, None)])
def test_small_bases_are_marked_and_the_smallest_have_no_rate(base, mark):
    row = rates.rate(10, base, 1)
    assert row["obs_status"] == mark and (row["value"] is None) == (mark == "c")
    assert row["denominator"] == base


def test_the_milestones_are_nested():
    states = [set(each.states) for each in cohorts.MILESTONES.values()]
    assert all(later < earlier for earlier, later in itertools.pairwise(states))
    assert np.all(np.diff([each.months for each in cohorts.MILESTONES.values()]) > 0)
