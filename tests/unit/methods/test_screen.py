import numpy as np
import pytest
import scipy

from dashboard.methods import intervals, screen


def _lines(z):
    """Differences of z standard errors of 1 point, with their 95% limits."""
    z = np.asarray(z, float)
    return z, z - 1.959964, z + 1.959964


def test_a_limit_on_no_difference_is_a_chance_of_one_in_twenty():
    assert screen.chances([1, 1.959964, -1.959964, 0], *_lines([1, 1.959964, -1.959964, 0])[1:]) == pytest.approx(
        [2 * scipy.stats.norm.sf(1), 0.05, 0.05, 1], abs=1e-6)


def test_lines_are_those_of_statsmodels(rng):
    from statsmodels.stats.multitest import multipletests

    z = rng.normal(0, 1, 60)
    z[:8] += 3
    made = screen.together(*_lines(z))
    expected = multipletests(2 * scipy.stats.norm.sf(np.abs(z)), 0.05, method="fdr_bh")[0]
    assert (made.different == expected).all() and made.found == expected.sum() >= 4
    assert made.tested == 60 and made.alone == 3 and made.by_chance == pytest.approx(0.05 * made.found)


def test_no_line_is_called_different_whose_interval_holds_no_difference(rng):
    z = rng.normal(1.5, 1, 200)
    made = screen.together(*_lines(z))
    assert (np.abs(z)[made.different] > 1.96).all()


def test_where_nothing_differs_a_screen_of_fifty_groups_is_nearly_always_silent(rng):
    loud = np.mean([screen.together(*_lines(rng.normal(0, 1, 50))).found > 0 for _ in range(600)])
    alone = np.mean([(np.abs(rng.normal(0, 1, 50)) > 1.96).any() for _ in range(600)])
    assert loud <= 0.08 and alone > 0.85


@pytest.mark.parametrize("differ", [5, 20])
def test_of_the_lines_called_different_one_in_twenty_at_most_is_chance(differ, rng):
    shares = []
    for _ in range(400):
        z = rng.normal(0, 1, 50)
        z[:differ] += 3.5
        called = screen.together(*_lines(z)).different
        shares.append(called[differ:].sum() / max(called.sum(), 1))
    assert np.mean(shares) <= 0.06


def test_gaps_of_groups_to_the_rest_on_rounded_counts(rng, protect):
    """Six groups of one breakdown, all alike: each against the rest, so none is independent of the others."""
    loud = 0
    for _ in range(300):
        n = rng.integers(60, 600, 6)
        x, n = protect(rng.binomial(n, 0.3), n)
        gap = intervals.newcombe_rounded(x, n, x.sum() - x, n.sum() - n, 1, 5)
        loud += screen.together(100 * gap.value, 100 * gap.lower, 100 * gap.upper).found > 0
    assert loud / 300 <= 0.06


def test_lines_without_limits_are_not_tested():
    made = screen.together([5, np.nan, None], [4, np.nan, None], [6, np.nan, None])
    assert made.different.tolist() == [True, False, False] and made.tested == 1
    assert screen.together([], [], []).found == 0


def test_an_impossible_share_is_refused():
    with pytest.raises(ValueError):
        screen.together([1], [0], [2], false_share=1)


def test_what_stands_out_of_chances_given_is_what_stands_out_of_lines(rng):
    z = rng.normal(0, 1, 60)
    z[:8] += 3
    z[20] = np.nan
    chances = screen.chances(*_lines(z))
    assert (screen.stand_out(chances) == screen.together(*_lines(z)).different).all()
    assert not screen.stand_out([]).any() and not screen.stand_out([np.nan, 0.9]).any()
