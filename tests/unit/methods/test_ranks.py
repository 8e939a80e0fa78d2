import numpy as np
import pytest
import scipy

from dashboard.methods import ranks


@pytest.mark.parametrize("areas", [2, 3, 8, 32])
def test_the_quantile_is_scipys_studentised_range(areas):
    """scipy's own finite-but-huge degrees of freedom are its route to the same limit."""
    assert ranks.range_quantile(areas) == pytest.approx(
        scipy.stats.studentized_range.ppf(0.95, areas, np.inf), abs=1e-4)


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("sizes", ["mixed", 200, 1000])
def test_equal_areas_read_first_to_last(rate, sizes, rng, protect, area_sizes):
    sizes = area_sizes if sizes == "mixed" else np.full(32, sizes)
    true = np.broadcast_to(sizes, (600, 32))
    x, n = protect(rng.binomial(true, rate), true)
    whole = [(low == 1).all() and (high == 32).all()
             for low, high in (ranks.rank_intervals(*each) for each in zip(x, n, strict=True))]
    assert np.mean(whole) >= 0.95


def test_all_true_ranks_are_held_at_once(rng, protect, area_sizes):
    """Areas that truly differ: every area's rank lies inside its interval, together, in 95% of runs."""
    rates = np.linspace(0.15, 0.45, 32)
    rng.shuffle(rates)
    rank = 33 - scipy.stats.rankdata(rates)
    true = np.broadcast_to(area_sizes, (400, 32))
    x, n = protect(rng.binomial(true, rates), true)
    held = [((low <= rank) & (rank <= high)).all()
            for low, high in (ranks.rank_intervals(*each) for each in zip(x, n, strict=True))]
    assert np.mean(held) >= 0.95


def test_areas_far_apart_get_their_own_rank():
    low, high = ranks.rank_intervals([100, 900, 500], [1000, 1000, 1000])
    assert low.tolist() == high.tolist() == [3, 1, 2]
    low, high = ranks.rank_intervals([100, 900, 500], [1000] * 3, largest_first=False)
    assert low.tolist() == high.tolist() == [1, 3, 2]


def test_an_area_alike_to_two_of_three_can_hold_either_of_their_ranks():
    low, high = ranks.rank_estimates([10.0, 10.5, 20.0], [0.5, 0.5, 0.5])
    assert low.tolist() == [2, 2, 1] and high.tolist() == [3, 3, 1]


def test_areas_whose_known_ranges_meet_are_never_put_in_order():
    """0.1, 0.5 and 0.9 are far apart as recorded; the first could be anything up to 0.6, so it may stand second."""
    known = ([0.1, 0.5, 0.9], [0.6, 0.55, 0.95])
    low, high = ranks.rank_intervals([100, 500, 900], [1000] * 3, known=known)
    assert low.tolist() == [2, 2, 1] and high.tolist() == [3, 3, 1]
    low, high = ranks.rank_intervals([100, 500, 900], [1000] * 3, largest_first=False, known=known)
    assert low.tolist() == [1, 1, 3] and high.tolist() == [2, 2, 3]
    low, high = ranks.rank_intervals([100, 500, 900], [1000] * 3, known=([np.nan] * 3, [np.nan] * 3))
    assert low.tolist() == [1, 1, 1] and high.tolist() == [3, 3, 3]


def test_an_area_without_a_rate_has_no_rank_and_leaves_the_others_theirs():
    low, high = ranks.rank_intervals([100, np.nan, 900, 0], [1000, np.nan, 1000, 0])
    assert low[[0, 2]].tolist() == [2, 1] and high[[0, 2]].tolist() == [2, 1]
    assert np.isnan(low[[1, 3]]).all() and np.isnan(high[[1, 3]]).all()


def test_impossible_ranks_are_refused():
    with pytest.raises(ValueError):
        ranks.rank_estimates([1, 2], [-1, 1])
    with pytest.raises(ValueError):
        ranks.range_quantile(0)
    with pytest.raises(ValueError):
        ranks.rank_intervals([3], [2])
