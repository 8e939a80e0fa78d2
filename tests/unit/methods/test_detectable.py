import numpy as np
import pytest

from dashboard.methods import detectable, intervals


@pytest.mark.parametrize("x, n", [(300, 1000), (120, 400), (50, 100)])
@pytest.mark.parametrize("ratio", [1, 2])
def test_without_rounding_statsmodels_finds_eighty_per_cent_power(x, n, ratio):
    from statsmodels.stats.proportion import power_proportions_2indep

    made = detectable.smallest_change(x, n, n * ratio, k=0)
    for change in (-made.fall, made.rise):
        found = power_proportions_2indep(change, x / n, n * ratio, ratio=1 / ratio, alternative="two-sided")
        assert found.power == pytest.approx(0.80, abs=0.005)


@pytest.mark.parametrize("rate, n", [(0.3, 100), (0.3, 400), (0.5, 200), (0.15, 600)])
def test_the_change_shows_in_about_eighty_per_cent_of_rounded_years(rate, n, rng, protect):
    """Judged as the screens judge it: Newcombe's interval with rounding error excludes 0."""
    made = detectable.smallest_change(rate * n, n)
    for change in (-made.fall, made.rise):
        base = np.full(6000, n)
        before, after = (protect(rng.binomial(base, p), base) for p in (rate, rate + change))
        gap = intervals.newcombe_rounded(*after, *before)
        assert 0.75 <= intervals.excludes(gap.lower, gap.upper).mean() <= 0.87


def test_rounding_and_small_bases_make_changes_harder_to_see():
    plain, rounded = detectable.smallest_change(30, 100, k=0), detectable.smallest_change(30, 100)
    assert rounded.rise > plain.rise and rounded.fall > plain.fall
    assert detectable.smallest_change(300, 1000).rise < rounded.rise


def test_a_change_that_cannot_show_is_not_offered():
    assert detectable.smallest_change(5, 60).fall is None
    assert detectable.smallest_change(55, 60).rise is None
    assert detectable.smallest_change(0, 200).fall is None


@pytest.mark.parametrize("wrong", [
    lambda: detectable.smallest_change(1, 0), lambda: detectable.smallest_change(3, 2),
    lambda: detectable.smallest_change(1, 2, n_next=0), lambda: detectable.smallest_change(1, 2, power=1),
])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
