import numpy as np
import pytest
import scipy

from dashboard.methods import shrinkage


def test_the_steadied_rate_is_the_stated_formula_with_scipys_beta_interval():
    prior = shrinkage.Prior(30, 70)
    made = shrinkage.steady(15, 50, prior, k=0)
    assert made == pytest.approx((45 / 150, *scipy.stats.beta.ppf([0.025, 0.975], 45, 105)), abs=1e-9)


def test_an_area_unlike_the_others_is_hardly_drawn_towards_them():
    prior = shrinkage.Prior(30, 70)
    z = 0.4 / np.sqrt(0.3 * 0.7 * (1 / 50 + 1 / 101))
    assert shrinkage.relevance([15, 35], 50, prior, k=0) == pytest.approx([1, (0.75 / z)**2])
    drawn, hardly = shrinkage.steady([16, 35], 50, prior, k=0).value
    assert drawn == pytest.approx(46 / 150) and hardly > 0.6


@pytest.mark.parametrize("unlike", [0.5, 0.6])
def test_the_interval_of_an_island_unlike_the_others_holds_its_true_rate(unlike, rng, protect, area_sizes):
    """Area by area, not only on average: the three smallest areas lie far from the rest."""
    rates = rng.beta(30, 70, 32)
    islands = np.argsort(area_sizes)[:3]
    rates[islands] = unlike
    x, n = protect(rng.binomial(area_sizes, rates, size=(200, 32)), np.broadcast_to(area_sizes, (200, 32)))
    held = []
    for reached, base in zip(x, n, strict=True):
        made = shrinkage.steady(reached, base, shrinkage.fit_prior(reached, base))
        held.append((made.lower <= rates) & (rates <= made.upper))
    assert np.mean(held, axis=0)[islands].min() >= 0.92 and np.mean(held) >= 0.93


def test_rounding_widens_the_interval_and_leaves_the_estimate():
    prior = shrinkage.Prior(30, 70)
    plain, rounded = shrinkage.steady(15, 50, prior, k=0), shrinkage.steady(15, 50, prior)
    assert rounded.value == plain.value
    assert rounded.lower < plain.lower and rounded.upper > plain.upper


def test_small_areas_move_further_towards_scotland():
    prior = shrinkage.Prior(30, 70)
    small, large = shrinkage.steady([30, 600], [50, 1000], prior).value
    assert 0.3 < small < large < 0.6


def test_the_weight_is_where_a_brute_search_with_scipy_finds_it(rng):
    n = rng.integers(50, 800, 32)
    x = rng.binomial(n, rng.beta(18, 42, 32))
    rate = x.sum() / n.sum()

    def score(weight):
        return scipy.stats.betabinom.logpmf(x, n, rate * weight, (1 - rate) * weight).sum() - np.log1p(weight)

    best = max(np.geomspace(1, n.sum(), 1000), key=score)
    prior = shrinkage.fit_prior(x, n, k=0)
    assert prior.alpha + prior.beta == pytest.approx(best, rel=0.06)
    assert prior.alpha / (prior.alpha + prior.beta) == pytest.approx(rate)


@pytest.mark.parametrize("weight", [20, 200, 1000, 1e7])
def test_credible_intervals_hold_the_true_rates(weight, rng, protect, area_sizes):
    """Over areas whose rates truly vary a lot, a little, or not at all."""
    rates = rng.beta(0.3 * weight, 0.7 * weight, size=(120, 32))
    x, n = protect(rng.binomial(area_sizes, rates), np.broadcast_to(area_sizes, rates.shape))
    held = []
    for reached, base, rate in zip(x, n, rates, strict=True):
        made = shrinkage.steady(reached, base, shrinkage.fit_prior(reached, base))
        held.append((made.lower <= rate) & (rate <= made.upper))
    assert np.mean(held) >= 0.925


def test_steadied_rates_are_nearer_the_truth_in_small_areas(rng, protect, area_sizes):
    rates = rng.beta(18, 42, size=(100, 32))
    x, n = protect(rng.binomial(area_sizes, rates), np.broadcast_to(area_sizes, rates.shape))
    small = area_sizes < 150
    made = np.array([shrinkage.steady(a, b, shrinkage.fit_prior(a, b)).value
                     for a, b in zip(x, n, strict=True)])
    raw_error, steadied_error = (x / n - rates)[:, small], (made - rates)[:, small]
    assert (steadied_error**2).mean() < 0.9 * (raw_error**2).mean()


def test_an_area_without_people_gets_no_estimate():
    made = shrinkage.steady([0, np.nan], [0, np.nan], shrinkage.Prior(30, 70))
    assert np.isnan(made).all()


def test_areas_without_people_leave_the_prior_alone(area_sizes):
    x = area_sizes // 3
    alone = shrinkage.fit_prior(x, area_sizes)
    assert shrinkage.fit_prior([*x, np.nan, 0], [*area_sizes, np.nan, 0]) == alone


@pytest.mark.parametrize("wrong", [
    lambda: shrinkage.fit_prior([1, 2], [5, 5]), lambda: shrinkage.fit_prior([0, 0, 0], [5, 5, 5]),
    lambda: shrinkage.fit_prior([6, 1, 1], [5, 5, 5]), lambda: shrinkage.steady(6, 5, shrinkage.Prior(1, 1)),
])
def test_impossible_counts_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
