import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods import intervals, reach

quick = settings(max_examples=40, derandomize=True)


def test_the_ratio_is_the_two_shares_shown():
    made = reach.reach(220, 1000, 0.20)
    assert made.ratio.value == pytest.approx(made.share / made.population_share) == pytest.approx(1.1)


def test_a_census_adds_no_variance_and_a_survey_does():
    census, survey = reach.reach(220, 1000, 0.20), reach.reach(220, 1000, 0.20, population_se=0.01)
    spread = np.log(survey.ratio.upper / survey.ratio.value) / 1.959964
    plain = np.log(census.ratio.upper / census.ratio.value) / 1.959964
    assert spread**2 - plain**2 == pytest.approx((0.01 / 0.20)**2, abs=1e-6)
    assert plain**2 == pytest.approx((1 - 0.22) / (0.22 * intervals.effective_base(220, 1000)), abs=1e-6)


@pytest.mark.parametrize("group, known, share, unknown, verdict", [
    (150, 1000, 0.20, 0, "under-represented"),
    (250, 1000, 0.20, 0, "over-represented"),
    (190, 1000, 0.20, 0, "no clear difference"),          # interval holds 1
    (9200, 50000, 0.20, 0, "no clear difference"),        # interval excludes 1, but within a tenth
    (15, 75, 0.25, 0, "no clear difference"),             # a fifth fewer, on too few people to say
    (150, 1000, 0.20, 250, "no clear difference"),
    (150, 1000, 0.20, 251, "too many unknown"),
    (0, 400, 0.20, 0, "under-represented"),
])
def test_a_group_is_under_represented_only_by_the_rule(group, known, share, unknown, verdict):
    made = reach.reach(group, known, share, unknown=unknown)
    if unknown == 250:   # exactly 20%: still judged
        assert made.unknown_share == 0.2 and made.verdict == "under-represented"
    else:
        assert made.verdict == verdict


def test_two_sources_can_flip_the_verdict():
    assert reach.reach(220, 1000, 0.20).verdict == "no clear difference"
    assert reach.reach(220, 1000, 0.25).verdict == "under-represented"


def test_coverage_of_the_ratio(rng, protect):
    base = rng.integers(50, 500, size=1500)
    x, n = protect(rng.binomial(base, 0.3), base)
    held = [low <= 1.5 <= high for low, high in
            (reach.reach(a, b, 0.2).ratio[1:] for a, b in zip(x, n, strict=True))]
    assert np.mean(held) >= 0.93


def test_unknown_share_past_a_fifth_is_too_many():
    assert reach.too_many_unknown([20, 21], [100, 100]).tolist() == [False, True]


small = st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@quick
@given(small, small, st.integers(0, 4).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bounds_are_the_furthest_any_allocation_can_go(group, rest, unknown):
    """Brute force: every way to share out the unknown people between the two groups."""
    (x1, n1), (x2, n2), (x, n) = group, rest, unknown
    gaps = [(x1 + a) / (n1 + a + b) - (x2 + x - a) / (n2 + (x - a) + (n - x - b))
            for a, b in itertools.product(range(x + 1), range(n - x + 1))]
    made = reach.gap_bounds(group, rest, unknown)
    assert (made.lowest, made.highest) == pytest.approx((min(gaps), max(gaps)))


large = st.tuples(st.integers(0, 300), st.integers(300, 900))


@quick
@given(large, large, st.tuples(st.integers(0, 100), st.integers(100, 200)))
def test_the_bounds_bracket_the_gap_among_known_answers(group, rest, unknown):
    made = reach.gap_bounds(group, rest, unknown)
    assert made.lowest <= made.known.value + 1e-12 and made.known.value <= made.highest + 1e-12
    assert made.known == intervals.newcombe_rounded(*group, *rest)


def test_no_unknown_leaves_the_gap_alone():
    made = reach.gap_bounds((22, 100), (36, 100), (0, 0))
    assert (made.lowest, made.highest) == pytest.approx((-0.14, -0.14))


def test_a_protected_nought_of_unknown_may_hide_some():
    """The range is never one number: behind a protected 0 lie up to 4 people who reached it and 4 who did not."""
    made = reach.gap_bounds((20, 100), (35, 100), (0, 0), k_unknown=1)
    assert (made.lowest, made.highest) == pytest.approx((20 / 104 - 39 / 104, 24 / 104 - 35 / 104))
    assert made.lowest < -0.15 < made.highest


@quick
@given(large, large, st.tuples(st.integers(0, 100), st.integers(100, 200)), st.integers(1, 4))
def test_rounding_only_widens_the_bounds(group, rest, unknown, k):
    exact, rounded = reach.gap_bounds(group, rest, unknown), reach.gap_bounds(group, rest, unknown, k_unknown=k)
    assert rounded.lowest <= exact.lowest + 1e-12 and rounded.highest >= exact.highest - 1e-12


def test_known_answers_that_add_up_groups_are_less_certain():
    one, five = reach.reach(220, 400, 0.5), reach.reach(220, 400, 0.5, k=1, k_known=5)
    assert five.ratio.lower < one.ratio.lower and five.ratio.value == one.ratio.value


def test_a_surveys_error_is_carried_from_one_share_to_another():
    """n = 2,500 behind a published 74.4% (72.69 to 76.11): the error of a quarter is that of 2,500 people."""
    error = np.sqrt(0.744 * 0.256 / 2500)
    made = reach.survey_error(0.25, 0.744, 0.744 - 1.959964 * error, 0.744 + 1.959964 * error)
    assert made == pytest.approx(np.sqrt(0.25 * 0.75 / 2500), abs=1e-8)


rates = st.floats(0, 100)


@quick
@given(rates, rates, rates, rates)
def test_the_parts_add_up_to_the_change_of_the_gap(upper, lower, upper_after, lower_after):
    made = reach.split_gap_change(upper, lower, upper_after, lower_after)
    assert made.change == made.from_upper + made.from_lower
    assert made.change == pytest.approx((upper_after - lower_after) - (upper - lower), abs=1e-9)


def test_a_rising_lower_rate_narrows_the_gap():
    made = reach.split_gap_change(80.2, 42.8, 81.2, 51.0)
    assert made == pytest.approx((-7.2, 1.0, -8.2))


@pytest.mark.parametrize("missing", range(4))
def test_a_change_is_split_only_when_all_four_rates_are_held(missing):
    held = [80.0, 43.0, 81.0, 50.0]
    held[missing] = None
    assert reach.split_gap_change(*held) is None
    held[missing] = float("nan")
    assert reach.split_gap_change(*held) is None


@pytest.mark.parametrize("wrong", [
    lambda: reach.reach(5, 0, 0.2), lambda: reach.reach(5, 4, 0.2), lambda: reach.reach(5, 10, 0),
    lambda: reach.reach(5, 10, 1.0), lambda: reach.gap_bounds((0, 0), (1, 2), (0, 0)),
    lambda: reach.gap_bounds((1, 2), (1, 2), (3, 2)), lambda: reach.survey_error(0.2, 0.7, 0.7, 0.7),
])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


OTHERS = [reach.Share(300, 1000, 0.20), reach.Share(90, 200, 0.30)]


def test_an_area_beside_others_is_set_against_how_often_the_group_starts_there():
    """(300·0.8 + 90·0.7)/(700·0.2 + 110·0.3) = 1.75 times as often as others; the area's own odds are 1.75 times those of 0.30."""
    made = reach.beside(reach.Share(225, 1000, 0.30), OTHERS)
    assert made.others == pytest.approx(303 / 173) and made.own == pytest.approx(225 * 0.7 / (775 * 0.3))
    assert made.ratio.value == pytest.approx(made.own / made.others) and made.ratio.lower < made.ratio.value < made.ratio.upper < 1


def test_the_same_readiness_to_come_is_the_same_wherever_few_or_many_of_a_group_live():
    """Twice as often as others: of 10% that is 18%, of 50% it is 67%. Shares alone would tell the two apart."""
    few, many = reach.Share(2000, 11000, 0.10), reach.Share(6000, 9000, 0.50)
    assert reach.beside(few, [many]).ratio.value == pytest.approx(1.0)


def test_beside_others_the_error_of_every_survey_is_allowed_for():
    def spread(own, others):
        made = reach.beside(own, others).ratio
        return np.log(made.upper / made.value) / 1.959964

    own = reach.Share(225, 1000, 0.30)
    assert spread(own._replace(error=0.03), OTHERS)**2 - spread(own, OTHERS)**2 == pytest.approx((0.03 / 0.21)**2, abs=1e-6)
    surveyed = [OTHERS[0]._replace(error=0.02), OTHERS[1]]
    assert spread(own, surveyed)**2 - spread(own, OTHERS)**2 == pytest.approx((0.02 * (300 / 303 + 700 / 173))**2, abs=1e-6)


def test_beside_others_the_interval_holds_the_truth_as_often_as_it_says():
    rng, held = np.random.default_rng(7), 0
    for _ in range(400):
        own, *others = (reach.Share(float(rng.binomial(known, 2 * share / (1 + share))), known, share) for known, share in
                        ((400, 0.2), (900, 0.05), (1500, 0.5), (700, 0.25)))
        made = reach.beside(own, others).ratio
        held += made.lower <= 1 <= made.upper
    assert 0.92 < held / 400 < 0.99


def test_beside_nobody_or_with_nobody_of_the_group_nothing_is_told():
    assert np.isnan(reach.beside(reach.Share(0, 100, 0.2), OTHERS).ratio.value)
    for own, others in ((reach.Share(1, 10, 0.2), []), (reach.Share(1, 0, 0.2), OTHERS), (reach.Share(1, 10, 0.0), OTHERS)):
        with pytest.raises(ValueError, match="beside others"):
            reach.beside(own, others)
