"""A straight line through yearly figures, against figures worked out by hand."""

import pytest

from dashboard.methods import pace

YEARS, GAPS = (2019, 2020, 2021, 2022, 2023), (32.6, 33.4, 31.2, 31.9, 30.2)


def test_the_pace_and_its_limits_are_those_of_least_squares():
    line = pace.fit_line(YEARS, GAPS, 2.5)
    assert line.pace.value == pytest.approx(-0.63) and line.pace.upper - line.pace.value == pytest.approx(2.5 / 10**0.5)
    assert line.at(2021).value == pytest.approx(31.86) and line.at(2038).upper - line.at(2038).lower > 20


def test_the_path_is_straight():
    assert pace.straight_path((2016, 37.4), (2038, 18.7), 2023) == pytest.approx(31.45)


@pytest.mark.parametrize("given", [((2019, 2020), (1, 2), 2.5), (YEARS, GAPS, 0)])
def test_a_line_of_two_figures_or_without_error_is_refused(given):
    with pytest.raises(ValueError):
        pace.fit_line(*given)
