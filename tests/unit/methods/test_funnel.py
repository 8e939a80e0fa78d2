import numpy as np
import pytest

from dashboard.methods import funnel


def _flags(fitted):
    return int((fitted.outside > 0).sum())


def _outside(rate, tau2, rng, protect, area_sizes, runs=150):
    """Areas outside the 95% and the 99.8% lines, for each of many editions of areas that differ by tau2."""
    angle = np.arcsin(np.sqrt(rate)) + rng.normal(0, np.sqrt(tau2), (runs, 32))
    x, n = protect(rng.binomial(area_sizes, np.sin(angle)**2), np.broadcast_to(area_sizes, angle.shape))
    placed = [funnel.fit(*each) for each in zip(x, n, strict=True)]
    return np.array([[_flags(each), (each.outside > 99).sum()] for each in placed])


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_quiet_when_all_areas_are_equal(rate, rng, protect, area_sizes):
    assert (_outside(rate, 0, rng, protect, area_sizes)[:, 0] <= 4).mean() >= 0.95


@pytest.mark.parametrize("tau2", [0, 0.001, 0.0035, 0.0066])
def test_usual_differences_send_no_more_areas_outside_than_is_said(tau2, rng, protect, area_sizes):
    """1.6 of 32, whatever the usual differences; 0.06 outside the outer lines is one edition in sixteen."""
    outside = _outside(0.3, tau2, rng, protect, area_sizes)
    assert outside[:, 0].mean() <= 1.75 and outside[:, 1].mean() <= 0.1


def test_the_number_expected_outside_is_the_number_that_lies_outside(rng, protect, area_sizes):
    x, n = protect(rng.binomial(area_sizes, np.clip(rng.normal(0.3, 0.05, 32), 0, 1)), area_sizes)
    fitted = funnel.fit(x, n)
    said = funnel.expected_outside(fitted, n)
    seen = _outside(fitted.centre, fitted.tau2, rng, protect, area_sizes)
    assert said.warning == pytest.approx(seen[:, 0].mean(), abs=0.35)
    assert said == funnel.expected_outside(fitted, n) and said.alarm < 0.2


def test_the_centre_is_the_typical_area_not_the_largest():
    x, n = np.full(12, 30), np.full(12, 100)
    x[0], n[0] = 3000, 5000
    assert funnel.fit(x, n, 0).centre == pytest.approx(0.32, abs=0.02)


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_awake_to_an_area_fifteen_points_higher(rate, rng, protect, area_sizes):
    area_sizes[0] = 400
    rates = np.full(32, rate)
    rates[0] += 0.15
    x, n = protect(rng.binomial(area_sizes, rates, size=(200, 32)), np.broadcast_to(area_sizes, (200, 32)))
    placed = [funnel.fit(*each) for each in zip(x, n, strict=True)]
    assert np.mean([each.position[0] == "higher" for each in placed]) >= 0.80


def test_usual_differences_are_those_of_statsmodels(rng):
    """Its iterated estimate is Paule and Mandel's."""
    from statsmodels.stats.meta_analysis import combine_effects

    y, v = rng.normal(0.5, 0.07, 32), rng.uniform(0.0002, 0.003, 32)
    mean, tau2 = funnel.usual_differences(y, v)
    expected = combine_effects(y, v, method_re="iterated")
    assert (mean[0], tau2[0]) == pytest.approx((expected.mean_effect_re, expected.tau2), abs=1e-7)


@pytest.mark.parametrize("apart", [0.03, 0.3, 3])
@pytest.mark.parametrize("areas", [3, 32])
def test_usual_differences_leave_the_spread_that_chance_alone_would_give(rng, areas, apart):
    """In each of 500 editions at once, by what the method says they are."""
    v = rng.uniform(0.0001, 0.01, (500, areas)) * rng.choice([0.01, 1, 100], (500, areas))
    y = rng.normal(0, np.sqrt(v + apart**2))
    mean, tau2 = funnel.usual_differences(y, v)
    spread, by_chance = (((y - mean)**2 / (v + tau2)).sum(axis=1), ((y - np.average(y, axis=1, weights=1 / v)[:, None])**2 / v).sum(axis=1))
    wide = by_chance > areas - 1
    assert 0.2 < wide.mean() <= 1
    assert (tau2[~wide] == 0).all() and spread[wide] == pytest.approx(areas - 1, rel=1e-9)


def test_areas_that_are_all_alike_have_no_usual_differences():
    mean, tau2 = funnel.usual_differences(np.full((2, 5), 0.4), np.full((2, 5), 0.001))
    assert (tau2 == 0).all() and mean == pytest.approx(0.4)


def test_no_usual_differences_are_added_when_chance_explains_the_spread():
    assert funnel.usual_differences(np.linspace(-0.03, 0.03, 32), np.full(32, 0.001))[1] == 0


def test_a_point_is_flagged_exactly_when_it_lies_outside_the_drawn_lines(rng, area_sizes):
    x = rng.binomial(area_sizes, [0.05, 0.65] + [0.3] * 30)
    fitted = funnel.fit(x, area_sizes)
    for level, flag in ((0.95, 95), (0.998, 99.8)):
        low, high = funnel.limits(area_sizes, fitted.centre, fitted.tau2, level)
        outside = (x / area_sizes < low) | (x / area_sizes > high)
        assert (outside == (fitted.outside >= flag)).all()
    assert {"higher", "lower", "within"} == set(fitted.position)


def test_without_rounding_the_lines_are_those_of_anscombe():
    low, high = funnel.limits(400, 0.3, k=0)
    middle, half = np.arcsin(np.sqrt(0.3)), 1.959964 / (2 * np.sqrt(400))
    assert [(400 * p + 0.375) / 400.75 for p in (low, high)] == pytest.approx(
        [np.sin(middle - half)**2, np.sin(middle + half)**2], abs=1e-6)


def test_areas_without_a_rate_take_no_part(area_sizes):
    x = np.round(area_sizes * 0.3)
    expected = funnel.fit(x[1:], area_sizes[1:])
    x[0] = np.nan
    fitted = funnel.fit(x, area_sizes)
    assert fitted.position[0] == "unknown" and fitted.outside[0] == 0
    assert (fitted.centre, fitted.tau2) == (expected.centre, expected.tau2)


@pytest.mark.parametrize("wrong", [
    lambda: funnel.fit([1, 2], [5, 5]), lambda: funnel.fit([6, 1, 1], [5, 5, 5]),
    lambda: funnel.fit([0, 0, 0], [5, 5, 5]), lambda: funnel.limits(0, 0.3),
])
def test_impossible_funnels_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
