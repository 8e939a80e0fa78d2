import numpy as np
import pytest

from dashboard.methods import funnel


def _flags(fitted):
    return int((fitted.outside > 0).sum())


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_quiet_when_all_areas_are_equal(rate, rng, protect, area_sizes):
    x, n = protect(rng.binomial(area_sizes, rate, size=(600, 32)), np.broadcast_to(area_sizes, (600, 32)))
    flags = np.array([_flags(funnel.fit(*each)) for each in zip(x, n, strict=True)])
    assert (flags <= 4).mean() >= 0.95


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_awake_to_an_area_fifteen_points_higher(rate, rng, protect, area_sizes):
    area_sizes[0] = 400
    rates = np.full(32, rate)
    rates[0] += 0.15
    x, n = protect(rng.binomial(area_sizes, rates, size=(200, 32)), np.broadcast_to(area_sizes, (200, 32)))
    placed = [funnel.fit(*each) for each in zip(x, n, strict=True)]
    assert np.mean([each.position[0] == "higher" for each in placed]) >= 0.80


def test_overdispersion_by_hand():
    """32 z scores of ±2 and equal variances: φ = 4, τ² = (32·4 - 31) / (w·(32 - 1))."""
    z = np.array([2.0, -2.0] * 16)
    tau2, phi = funnel.overdispersion(z, np.full(32, 0.001))
    assert phi == pytest.approx(4)
    assert tau2 == pytest.approx((128 - 31) / (1000 * 31))


def test_no_overdispersion_is_added_when_chance_explains_the_spread():
    assert funnel.overdispersion(np.linspace(-1, 1, 32), np.full(32, 0.001))[0] == 0


def test_one_wild_area_is_pulled_in_before_the_spread_is_measured():
    z = np.concatenate((np.linspace(-1, 1, 31), [40.0]))
    assert funnel.overdispersion(z, np.full(32, 0.001))[0] == 0


def test_a_point_is_flagged_exactly_when_it_lies_outside_the_drawn_lines(rng, area_sizes):
    x = rng.binomial(area_sizes, rng.choice([0.05, 0.3, 0.3, 0.3, 0.65], 32))
    fitted = funnel.fit(x, area_sizes)
    for level, flag in ((0.95, 95), (0.998, 99.8)):
        low, high = funnel.limits(area_sizes, fitted.centre, fitted.tau2, level)
        outside = (x / area_sizes < low) | (x / area_sizes > high)
        assert (outside == (fitted.outside >= flag)).all()
    assert {"higher", "lower", "within"} == set(fitted.position)


def test_without_rounding_the_lines_are_those_of_the_arcsine_approximation():
    low, high = funnel.limits(400, 0.3, k=0)
    middle, half = np.arcsin(np.sqrt(0.3)), 1.959964 / (2 * np.sqrt(400))
    assert (low, high) == pytest.approx((np.sin(middle - half)**2, np.sin(middle + half)**2), abs=1e-6)


def test_areas_without_a_rate_take_no_part(area_sizes):
    x = np.round(area_sizes * 0.3)
    expected = funnel.fit(x[1:], area_sizes[1:])
    x[0] = np.nan
    fitted = funnel.fit(x, area_sizes)
    assert fitted.position[0] == "unknown" and fitted.outside[0] == 0
    assert (fitted.centre, fitted.tau2) == (expected.centre, expected.tau2)


def test_scotland_given_is_the_centre(area_sizes):
    assert funnel.fit(area_sizes // 3, area_sizes, centre=0.4).centre == 0.4


@pytest.mark.parametrize("wrong", [
    lambda: funnel.fit([1, 2], [5, 5]), lambda: funnel.fit([6, 1, 1], [5, 5, 5]),
    lambda: funnel.fit([0, 0, 0], [5, 5, 5]), lambda: funnel.limits(0, 0.3),
])
def test_impossible_funnels_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
