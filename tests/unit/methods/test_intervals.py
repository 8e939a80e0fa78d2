import itertools
import math

import numpy as np
import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods import intervals

quick = settings(max_examples=40, derandomize=True)
bases = st.integers(1, 5000)
counts = bases.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


# ---- published vectors, four decimals --------------------------------------------------------------

@pytest.mark.parametrize("made, expected", [
    (intervals.wilson(81, 263), (0.2553, 0.3662)),
    (intervals.wilson(0, 20), (0, 0.1611)),
    (intervals.byar(10), (4.7874, 18.3915)),
    (intervals.byar(50), (37.1081, 65.9202)),
    (intervals.newcombe(56, 70, 48, 80)[1:], (0.0524, 0.3339)),
    (intervals.survey_proportion(400, 1000, 1.5), (0.3635, 0.4377)),
])
def test_published_vectors(made, expected):
    assert tuple(round(float(each), 4) for each in made) == expected


# ---- independent routes ----------------------------------------------------------------------------

@quick
@given(counts)
def test_wilson_is_statsmodels_wilson(pair):
    from statsmodels.stats.proportion import proportion_confint

    x, n = pair
    assert intervals.wilson(x, n) == pytest.approx(proportion_confint(x, n, method="wilson"), abs=1e-12)


@quick
@given(counts, counts)
def test_newcombe_is_statsmodels_newcombe(one, two):
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff")
    assert intervals.newcombe(*one, *two)[1:] == pytest.approx(expected, abs=1e-9)


@quick
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
       st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_ratio_is_statsmodels_log_ratio(one, two):
    """statsmodels' `log` interval of a ratio is the same delta method."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(*one, *two, method="log", compare="ratio", correction=False)
    assert intervals.ratio(*one, *two)[1:] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("count", range(10))
def test_small_counts_have_exact_poisson_limits(count):
    """Brute definition: at each limit the count seen or a stranger one has probability 0.025."""
    low, high = intervals.byar(count)
    assert scipy.stats.poisson.cdf(count, high) == pytest.approx(0.025, abs=1e-9)
    assert low == 0 if count == 0 else scipy.stats.poisson.sf(count - 1, low) == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize("count", [10, 37, 400])
def test_byar_is_close_to_the_exact_poisson_limits(count):
    exact = scipy.stats.chi2.ppf(0.025, 2 * count) / 2, scipy.stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert intervals.byar(count) == pytest.approx(exact, rel=0.002)


def test_an_event_rate_is_its_count_over_its_base():
    assert intervals.event_rate(50, 2000, per=1000) == pytest.approx((25, 18.554, 32.960), abs=1e-3)


# ---- rounding --------------------------------------------------------------------------------------

def test_effective_base_by_hand():
    """p~ = 32/104; SE² = p~q~/100 + 4(1 + p~²)/100²; n* = p~q~/SE²."""
    p = 32 / 104
    assert intervals.effective_base(30, 100) == pytest.approx(
        p * (1 - p) / (p * (1 - p) / 100 + 4 * (1 + p * p) / 10000))


@quick
@given(counts.filter(lambda pair: pair[1] >= 30))
def test_rounding_only_ever_widens(pair):
    plain, one, three = (intervals.wilson_rounded(*pair, k) for k in (0, 1, 3))
    assert plain == pytest.approx(intervals.wilson(*pair))
    assert one.lower <= plain.lower + 1e-12 and one.upper >= plain.upper - 1e-12
    assert three.lower <= one.lower + 1e-12 and three.upper >= one.upper - 1e-12
    assert three.lower <= pair[0] / pair[1] <= three.upper


@pytest.mark.parametrize("k", [1, 2, 4])
def test_coverage_of_rounded_rates(k, rng, protect):
    """The true rate lies inside at least 90% of times at every rate from .05 to .95, 93% on average."""
    rates = np.arange(0.05, 0.951, 0.05)[:, None]
    true_base = rng.integers(46, 400, size=(rates.size, 4000))
    x, n = protect(rng.binomial(true_base, rates), true_base, k)
    low, high = intervals.wilson_rounded(x, n, k)
    shown = n >= 50
    coverage = ((low <= rates) & (rates <= high) & shown).sum(axis=1) / shown.sum(axis=1)
    assert coverage.min() >= 0.90
    assert coverage.mean() >= 0.93


@pytest.mark.parametrize("base", [50, 100, 200, 1000])
def test_coverage_holds_at_each_size_of_base(base, rng, protect):
    rates = np.arange(0.05, 0.951, 0.05)[:, None]
    true_base = base + rng.integers(-2, 3, size=(rates.size, 3000))
    x, n = protect(rng.binomial(true_base, rates), true_base)
    low, high = intervals.wilson_rounded(x, n)
    coverage = ((low <= rates) & (rates <= high)).mean(axis=1)
    assert coverage.min() >= 0.90 and coverage.mean() >= 0.93


def _chance_held(n, p, limits):
    """Exact probability that the interval holds p: every count, and every way to round it and its base apart."""
    reached = np.arange(n + 1)
    rest, seen = reached % 5, np.zeros(n // 5 + 2)
    chance = scipy.stats.binom.pmf(reached, n, p)
    np.add.at(seen, reached // 5, chance * (1 - rest / 5))
    np.add.at(seen, reached // 5 + 1, chance * rest / 5)
    held = 0.0
    for base, share in ((n - n % 5, 1 - n % 5 / 5), (n - n % 5 + 5, n % 5 / 5)):
        low, high = limits(np.minimum(5 * np.arange(seen.size), base), base)
        held += share * (seen * ((low <= p) & (p <= high))).sum()
    return held


EDGES = [0.004, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.97, 0.98, 0.99, 0.996]


@pytest.mark.parametrize("n", [50, 53, 61, 80, 127, 250, 600])
def test_no_rate_is_held_in_under_ninety_three_of_a_hundred(n):
    """Exactly, at every rate, the rare and the near-certain most of all: a true 1 may be shown as 5."""
    assert min(_chance_held(n, p, intervals.wilson_rounded) for p in EDGES) >= 0.93


def test_limits_that_do_not_know_the_rounding_would_miss_rare_outcomes():
    assert min(_chance_held(80, p, intervals.wilson) for p in EDGES) < 0.85


@pytest.mark.parametrize("n", [50, 2000])
def test_a_count_of_five_may_be_rounding_alone(n):
    assert intervals.wilson_rounded(5, n).lower == 0 and intervals.wilson_rounded(n - 5, n).upper == 1
    assert intervals.wilson_rounded(10, n).lower > 0 and intervals.wilson_rounded(n - 15, n).upper < 1


def test_the_limit_is_the_root_of_its_score():
    """(x - c - np)² = z²·(np(1 - p) + 4k + 4·k_base·p²) at the lower limit."""
    p = float(intervals.wilson_rounded(60, 200, 2, k_base=3).lower)
    assert (60 - 1.5 - 200 * p)**2 == pytest.approx(1.959964**2 * (200 * p * (1 - p) + 8 + 12 * p * p), rel=1e-5)


def test_more_cells_in_the_base_alone_widen_too():
    few, many = intervals.wilson_rounded(60, 100, 1), intervals.wilson_rounded(60, 100, 1, k_base=5)
    assert many.lower < few.lower and many.upper > few.upper
    assert intervals.effective_base(60, 100, 1, 5) < intervals.effective_base(60, 100, 1)


def test_rounding_error_left_out_would_fail_the_coverage_test(rng, protect):
    """The plain interval misses too often on rounded counts: the widening is needed."""
    true_base = rng.integers(48, 80, size=20_000)
    x, n = protect(rng.binomial(true_base, 0.15), true_base, k=4)
    low, high = intervals.wilson(x, n)
    assert ((low <= 0.15) & (high >= 0.15)).mean() < 0.90


@pytest.mark.parametrize("p1, p2", [(0.3, 0.3), (0.22, 0.36), (0.05, 0.15), (0.9, 0.8)])
def test_coverage_of_rounded_gaps(p1, p2, rng, protect):
    n1, n2 = rng.integers(50, 300, size=(2, 20_000))
    x1, m1 = protect(rng.binomial(n1, p1), n1)
    x2, m2 = protect(rng.binomial(n2, p2), n2)
    gap = intervals.newcombe_rounded(x1, m1, x2, m2)
    assert ((gap.lower <= p1 - p2) & (p1 - p2 <= gap.upper)).mean() >= 0.94


def test_sums_of_cells_are_within_four_people_a_cell():
    assert intervals.largest_rounding_error(3) == 12


def test_cells_seldom_all_err_the_same_way(rng, protect):
    assert list(intervals.rounding_margin([0, 1, 2, 3, 9])) == [0, 4, 6, 7, 12]
    true = rng.integers(50, 500, 20_000)
    for k in (1, 3, 9):
        _, shown = protect(np.zeros_like(true), true, k)
        assert (np.abs(shown - true) <= intervals.rounding_margin(k)).mean() >= 0.95


# ---- published estimates ---------------------------------------------------------------------------

def test_difference_of_published_estimates_by_hand():
    """Disability gap 37.4 (2016) and 30.2 with uneven limits: square-and-add of the distances."""
    made = intervals.difference(30.2, intervals.Interval(28.7, 31.8), 37.4, intervals.Interval(35.9, 38.9))
    assert made == pytest.approx((-7.2, -7.2 - math.hypot(1.5, 1.5), -7.2 + math.hypot(1.6, 1.5)))
    assert intervals.excludes(made.lower, made.upper)


def test_difference_of_normal_intervals_is_the_textbook_one():
    limits = [intervals.Interval(v - 1.96 * s, v + 1.96 * s) for v, s in ((50, 3), (44, 4))]
    made = intervals.difference(50, limits[0], 44, limits[1])
    assert made == pytest.approx((6, 6 - 1.96 * 5, 6 + 1.96 * 5))
    assert not intervals.excludes(made.lower, made.upper)


# ---- costs -----------------------------------------------------------------------------------------

def test_cost_interval_is_the_spend_over_the_counts_that_rounding_allows():
    made = intervals.cost_ratio(1_000_000, 200)
    assert made == pytest.approx((5000, 1e6 / 204, 1e6 / 196))


@pytest.mark.parametrize("k", [1, 2, 5])
def test_cost_interval_holds_the_true_cost(k, rng, protect):
    true = rng.integers(40, 400, size=20_000)
    _, count = protect(np.zeros_like(true), true, k)
    made = intervals.cost_ratio(1e6, count, k)
    assert ((made.lower <= 1e6 / true) & (1e6 / true <= made.upper)).mean() >= 0.95


def test_cost_of_nobody_is_not_a_number_and_of_a_few_has_no_upper_limit():
    made = intervals.cost_ratio([100, 100], [0, 3])
    assert np.isnan([made.value[0], made.lower[0], made.upper[0]]).all()
    assert made.upper[1] == np.inf


# ---- never 0% or 100% ------------------------------------------------------------------------------

@pytest.mark.parametrize("value, lower, upper, decimals, words", [
    (31.2, 28, 35, 0, "31%"), (0, 0, 7.2, 0, "under 8%"), (100, 92.9, 100, 0, "over 92%"),
    (0.3, 0.1, 0.8, 0, "under 1%"), (99.96, 99.1, 100, 1, "over 99.1%"), (0, 0, 7.0, 0, "under 7%"),
    (31.26, 28, 35, 1, "31.3%"),
])
def test_rates_in_words(value, lower, upper, decimals, words):
    assert intervals.show_rate(value, lower, upper, decimals) == words


@quick
@given(counts, st.integers(0, 1))
def test_no_rate_is_ever_shown_as_nothing_or_all(pair, decimals):
    low, high = intervals.wilson_rounded(*pair)
    words = intervals.show_rate(100 * pair[0] / pair[1], 100 * low, 100 * high, decimals)
    assert words not in {"0%", "100%", "0.0%", "100.0%", "under 0%", "over 100%", "under 0.0%", "over 100.0%"}


# ---- shapes and errors -----------------------------------------------------------------------------

def test_one_rate_or_gap_alone_is_what_it_is_among_others():
    pairs = [(x, n) for n in (5, 30, 55, 1235, 1_000_000) for x in (0, 4, 5, n // 3, n - 1, n) if x <= n]
    cells = list(itertools.product((0, 1, 3, 100), (0, 1, 4), (0, 1.5)))
    for (x, n), (k, k_base, correction) in itertools.product(pairs, cells):
        one = intervals.wilson_rounded(x, n, k, k_base=k_base, correction=correction)
        many = intervals.wilson_rounded([x, 1], [n, 2], k, k_base=k_base, correction=correction)
        assert one == pytest.approx((many.lower[0], many.upper[0]), rel=1e-12), (x, n, k, k_base, correction)
    for (x1, n1), (x2, n2) in itertools.product(pairs, pairs):
        many = intervals.newcombe_rounded([x1, 1], [n1, 2], x2, n2, 2, 3)
        one = intervals.newcombe_rounded(x1, n1, x2, n2, 2, 3)
        assert one == pytest.approx([each[0] for each in many], rel=1e-12, abs=1e-15), (x1, n1, x2, n2)


def test_arrays_are_answered_entry_by_entry():
    low, high = intervals.wilson_rounded([81, 5], [263, 50], [1, 2])
    assert (low[1], high[1]) == tuple(intervals.wilson_rounded(5, 50, 2))


def test_no_base_gives_no_number():
    assert np.isnan(intervals.wilson(0, 0)).all()
    assert np.isnan(intervals.wilson_rounded(np.nan, np.nan)).all()
    assert np.isnan(intervals.newcombe_rounded(0, 0, 5, 50)).all()
    assert np.isnan(intervals.ratio(5, 50, 0, 50)).all()
    assert not intervals.excludes(np.nan, np.nan)


@pytest.mark.parametrize("wrong", [
    lambda: intervals.wilson(3, 2), lambda: intervals.wilson(-1, 2), lambda: intervals.byar(-1),
    lambda: intervals.wilson_rounded(1, 2, -1), lambda: intervals.survey_proportion(1, 2, 0),
    lambda: intervals.difference(5, intervals.Interval(6, 7), 1, intervals.Interval(0, 2)),
    lambda: intervals.cost_ratio(-1, 5), lambda: intervals.event_rate(1, -1),
    lambda: intervals.show_rate(float("nan"), 0, 1), lambda: intervals.wilson(1, 2, level=1),
])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
