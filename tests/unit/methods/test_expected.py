"""Expected given who is served: against a count of person by person, where nothing or all is made by the mix, and coverage."""

import numpy as np
import pytest

from dashboard.methods.expected import expected
from dashboard.methods.rounding import rounded

HERE, ELSEWHERE = [(30, 100), (10, 100), (4, 50)], [(3000, 10_000), (2000, 10_000), (400, 5000)]


def test_it_is_what_each_person_would_have_reached_elsewhere():
    """Person by person: each has the rate of the same group elsewhere; the mean of those is expected."""
    rates = [0.3] * 100 + [0.2] * 100 + [0.08] * 50
    found = expected(HERE, ELSEWHERE)
    assert found.expected.value == pytest.approx(np.mean(rates))
    assert found.difference.value == pytest.approx(44 / 250 - np.mean(rates))
    assert found.difference.lower < found.difference.value < found.difference.upper


def test_a_difference_that_only_the_mix_makes_is_gone():
    here = [(30, 100), (360, 1800)]
    found = expected(here, [(6000, 20_000), (400, 2000)])
    assert found.difference.value == pytest.approx(0) and found.expected.value == pytest.approx(390 / 1900)


def test_with_the_same_mix_it_is_the_rate_elsewhere():
    found = expected([(10, 100), (20, 50)], [(900, 4000), (700, 2000)])
    assert found.expected.value == pytest.approx(1600 / 6000)


def test_a_group_that_nobody_elsewhere_is_in_does_as_everyone_elsewhere():
    assert expected([(1, 10), (5, 10)], [(0, 0), (30, 100)]).expected.value == pytest.approx(0.3)


def test_rounding_widens_it_and_more_of_it_more():
    widths = [np.subtract(*expected(HERE, ELSEWHERE, k, 2 * k).difference[:0:-1]) for k in (0, 1, 3)]
    assert widths == sorted(widths) and widths[0] < widths[2]


def test_nobody_gives_nothing_and_wrong_counts_are_refused():
    assert np.isnan(expected([(0, 0)], [(1, 10)]).difference.value)
    assert np.isnan(expected([(1, 10)], [(0, 0)]).expected.value)
    with pytest.raises(ValueError, match="each group"):
        expected([(1, 2)], [])
    with pytest.raises(ValueError, match="negative"):
        expected(HERE, ELSEWHERE, -1)


@pytest.mark.parametrize("people", [60, 150, 400, 2000])
def test_its_interval_holds_the_truth_as_often_as_it_says(people, rng):
    """Places drawn with a true difference of 4 points from elsewhere, three years of counts, each rounded on its own."""
    share, rate, apart, k = np.array([0.2, 0.5, 0.25, 0.05]), np.array([0.15, 0.35, 0.3, 0.1]), 0.04, 3
    everyone, times, held = np.array([8000, 20_000, 11_000, 1500]), 600, 0
    bases, reached = rng.multinomial(people, share, times), rng.binomial(everyone, rate, (times, 4))
    for base, others in zip(bases, reached, strict=True):
        own = rng.binomial(base, rate + apart)
        shown = [(min(x, n), n) for x, n in zip(rounded(own, k, rng), rounded(base, k, rng), strict=True)]
        rest = list(zip(rounded(others, k, rng), rounded(everyone, k, rng), strict=True))
        found = expected(shown, rest, k * len(share), k).difference
        held += found.lower <= apart <= found.upper
    assert held / times > 0.93
