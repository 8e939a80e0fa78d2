"""The framework's words come only from its own rule, on figures that can be compared."""

import pytest

from dashboard.catalogue import Break
from dashboard.figures.national.judged import judged
from tests import sample


def indicator(**changes):
    return sample.indicator(**({"title": "Poverty", "topic": "national_performance", "direction": "lower_is_better", "decimals": 0,
                                "interval_method": "none", "npf_rule": "falls by 1 point in each of two periods",
                                "national_indicator": "Poverty", "npf_rule_threshold": 1.0, "npf_rule_periods": 2} | changes))


def rows(*values):
    return [{"value": value, "period": str(2020 + i), "obs_status": None} for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ((22.0, 20.5, 19.0), "improving"),
        ((19.0, 20.5, 22.0), "worsening"),
        ((20.0, 20.5, 19.0), "maintaining"),
        ((20.0, 19.0), None),
        ((), None),
    ],
)
def test_the_word_follows_the_rule(values, word):
    assert judged(indicator(), rows(*values)).word == word


def test_no_word_without_a_rule():
    assert (
        judged(indicator(npf_rule_threshold=None, npf_rule_periods=None), rows(22, 20, 18)).word
        is None
    )


def test_figures_before_a_break_are_not_used():
    assert judged(indicator(breaks=(Break("2022", "new survey"),)), rows(22, 20, 18)).word is None
