"""Words of comparisons: no rank without its range, signals only as questions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import load_indicator
from dashboard.figures.compare import words as compare_words
from dashboard.methods import ranks, spc
from dashboard.methods.detectable import Detectable
from dashboard.paths import INDICATORS

RATE = load_indicator(INDICATORS / "entered_work_within_12_months.toml")


@given(st.lists(st.integers(20, 200), min_size=8, max_size=32), st.integers(0, 1000))
def test_every_rank_is_said_with_its_range(bases, seed):
    base = 5 * np.array(bases)
    reached = np.random.default_rng(seed).binomial(base, 0.3)
    found = ranks.rank_intervals(reached, base, 3)
    for first, last in zip(found.lower, found.upper, strict=True):
        words = compare_words.rank_text(first, last, len(bases))
        assert words.endswith(f"of {len(bases)}") and (first == last or words.startswith("between "))


@pytest.mark.parametrize(("rank", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"),
                                             (13, "13th"), (21, "21st"), (22, "22nd"), (32, "32nd")])
def test_ordinals(rank, words):
    assert compare_words.ordinal(rank) == words


def test_a_detectable_change_is_rounded_up_and_its_absence_is_said():
    none, some = Detectable(None, None), Detectable(0.181, 0.19)
    assert "19 points" in compare_words.tell_title("Orkney Islands", some, none, 3)
    assert "over 3 years together a change of about 19 points" in compare_words.tell_title("Orkney Islands", none, some, 3)
    assert compare_words.tell_title("Orkney Islands", none, none, 3).endswith("too small for any change to show")
    assert compare_words.both_ways(Detectable(0.05, None)) == "fall of 5 points, no rise"
    assert compare_words.both_ways(Detectable(0.01, 0.01)) == "fall of 1 point, rise of 1 point"


def test_starts_are_called_unusual_only_where_there_are_quarters_enough():
    steady = spc.draw([100, 105] * 5)
    assert "too few quarters" in compare_words.signals_title(steady, "Fife")
    assert "vary as they usually do" in compare_words.signals_title(spc.draw([100, 105, 95] * 7), "Fife")
    assert "more than usual variation" in compare_words.signals_title(spc.draw([100, 105] * 10 + [400]), "Fife")


def test_the_false_alarm_rate_is_stated():
    words = " ".join(compare_words.WHAT_IS_THIS)
    assert "simulated with these bases" in words and "95 times in 100" in words


def test_the_steadied_estimate_is_named_and_the_rate_comes_first():
    rows = [{"area": area, "value": value, "lower_ci": value - 9, "upper_ci": value + 9, "obs_status": None,
             "steadied": near, "steadied_lower": near - 4, "steadied_upper": near + 4}
            for area, value, near in (("Angus", 20.0, 26.0), ("Fife", 31.0, 31.0), ("Orkney Islands", 53.0, 44.0))]
    hidden = {"area": "Scotland", "value": 31.0, "obs_status": None, "lower_ci": None, "upper_ci": None,
              "steadied": None, "steadied_lower": None, "steadied_upper": None}
    assert compare_words.steadied_title("Orkney Islands", rows[2], rows, RATE) == (
        "Orkney Islands: 53%; steadied estimate 44%")
    assert compare_words.steadied_title("Scotland", None, [hidden, *rows], RATE) == (
        "Rates of 3 areas run from 20% to 53%; steadied estimates from 26% to 44%")
    assert "Orkney Islands 53% (steadied 44%)" in compare_words.steadied_alt([hidden, *rows], RATE, "2023-24")
    assert "stays the figure" in " ".join(compare_words.WHAT_IS_THIS)
