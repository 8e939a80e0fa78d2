"""Quality of returns in words: spreads and shades by stated limits, and shares that never round to all or none."""

import pytest

from dashboard.figures.quality import measures, words


@pytest.mark.parametrize("shares, word", [([0.5, 0.59], "small"), ([0.5, 0.7], "moderate"), ([0.1, 0.41], "wide")])
def test_spread_is_named_by_its_rule(shares, word):
    assert words.spread_word(shares) == word


@pytest.mark.parametrize("name, value, shade", [
    ("unknown_sex", 0.05, 0), ("unknown_sex", 0.051, 1), ("unknown_sex", 0.21, 3), ("rejected_share", 0.03, 2),
    ("followup_recorded_when_due_13", 0.29, 3), ("followup_recorded_13_weeks", 0.81, 0), ("received", 0.0, 3),
    ("received", 1.0, 0), ("something_else", 0.9, 0), ("unknown_sex", None, 0)])
def test_shades_follow_the_stated_limits(name, value, shade):
    assert measures.measure_of(name).shade(value) == shade


def test_shares_never_round_to_all_or_none():
    assert measures.share_text(0.999) == "over 99%" and measures.share_text(0.0001) == "under 0.1%"
    assert measures.share_text(0.0) == "0%"


def test_no_row_rejected_is_never_told_from_a_few():
    """Both counts are rounded to 5 before the share is made: nought is up to four rows."""
    rejected = measures.measure_of("rejected_share")
    assert rejected.text(0.0, "x") == "under 5 rows" and rejected.text(0.031, "x") == "3.1%"
    own = {"received": 1.0, "on_time": 1.0, "rejected_share": 0.0}
    held = [measures.measure_of(name) for name in own]
    assert words.area_sentences("Fife", own, held) == ["Fife sent its return on time, with fewer than 5 rows rejected, or none."]
    assert "about 3.1% of rows" in words.area_sentences("Fife", own | {"rejected_share": 0.031}, held)[0]


def test_nobody_unknown_is_never_told_from_a_few():
    assert measures.measure_of("unknown_sex").text(0.0, "x") == "[low]"
