import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.methods import npf

quick = settings(max_examples=40, derandomize=True)
LOWER, HIGHER = "lower_is_better", "higher_is_better"


@pytest.mark.parametrize("values, threshold, periods, direction, word", [
    ([22, 21, 20, 19], 1, 3, LOWER, "improving"),
    ([19, 20, 21, 22], 1, 3, LOWER, "worsening"),
    ([19, 20, 21, 22], 1, 3, HIGHER, "improving"),
    ([22, 21, 20.5, 19], 1, 3, LOWER, "maintaining"),     # one fall is too small
    ([22, 21, 22, 19], 1, 3, LOWER, "maintaining"),       # one period goes the other way
    ([30, 22, 21, 20, 19], 1, 3, LOWER, "improving"),     # only the last three periods count
    ([19, 22, 22, 22, 22], 1, 3, LOWER, "maintaining"),
    ([20.1, 19.1], 1, 1, LOWER, "improving"),             # exactly the threshold, whatever the decimals
    ([19.1, 20.1], 1, 1, LOWER, "worsening"),
    ([2.0, 2.1], 0.1, 1, HIGHER, "improving"),
    ([0.2, 0.3], 0.1, 1, HIGHER, "improving"),            # 0.3 - 0.2 is 0.09999999999999998
    ([5, 5], 0, 1, HIGHER, "maintaining"),
])
def test_the_rule(values, threshold, periods, direction, word):
    assert npf.judge(values, threshold, periods, direction) == word


@pytest.mark.parametrize("threshold, periods", [(None, 3), (1, None), (None, None)])
def test_no_rule_no_word(threshold, periods):
    assert npf.judge([22, 21, 20, 19], threshold, periods, LOWER) is None


@pytest.mark.parametrize("values", [[], [21, 20, 19], [22, None, 20, 19], [22, 21, 20, float("nan")]])
def test_too_few_figures_no_word(values):
    assert npf.judge(values, 1, 3, LOWER) is None


def test_a_gap_before_the_judged_periods_does_not_matter():
    assert npf.judge([None, 22, 21, 20, 19], 1, 3, LOWER) == "improving"


@quick
@given(st.lists(st.integers(0, 100), min_size=2, max_size=8), st.integers(0, 5), st.integers(1, 4))
def test_turning_the_direction_round_turns_the_word_round(values, threshold, periods):
    words = {npf.judge(values, threshold, periods, each) for each in (LOWER, HIGHER)}
    assert words in ({None}, {"maintaining"}, {"improving", "worsening"})


@pytest.mark.parametrize("wrong", [(1, 3, "no_direction"), (-1, 3, LOWER), (1, 0, LOWER)])
def test_impossible_rules_are_refused(wrong):
    with pytest.raises(ValueError):
        npf.judge([1, 2, 3, 4], *wrong)
