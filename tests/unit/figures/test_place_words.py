"""What can be said of places, by hand-made rows."""

import pytest

from dashboard.figure import SCOTLAND
from dashboard.figures.places import groups, rural, words
from dashboard.words import comparisons
from tests.sample import rate_row, returned


def test_overlaps_and_councils_left_out_are_said():
    said = groups.overlap_sentence({"A": ["Fife", "Angus"], "B": ["Fife"]})
    assert said == ("The groups overlap: Fife is in more than one, so adding groups counts some people twice. "
                    "30 councils are in none of them.")


def test_the_gap_has_a_direction_only_where_its_interval_shows_one():
    indicator = returned()
    clear = rural.rural_gap(rate_row(600, 1000, lower_ci=57.0, upper_ci=63.0), rate_row(300, 1000, lower_ci=27.0, upper_ci=33.0),
                            indicator)
    assert clear["value"] == pytest.approx(30) and rural.gap_words(clear) == "Rural is higher than urban"
    unclear = rural.rural_gap(rate_row(31, 100), rate_row(30, 100), indicator)
    assert rural.gap_words(unclear) == "No clear difference"
    hidden = rural.rural_gap(rate_row(3, 10, value=None, obs_status="c"), rate_row(30, 100), indicator)
    assert hidden["value"] is None and hidden["obs_status"] == "c"


def _councils(values, **more):
    return [rate_row(None, None, name=f"Council {number}", area_code=f"S{number}", period_label="2025-26", value=value) | more
            for number, value in enumerate(values)]


def test_a_cost_opens_with_scotland_and_the_middle_half_never_with_its_ends():
    cost = returned(measure="pounds", unit="pounds", interval_method="rounding_only", title="Cost")
    scotland = rate_row(None, None, name="Scotland", area_code=SCOTLAND, period_label="2025-26", value=2800.0)
    said = " ".join(words.council_sentences(_judged([scotland, *_councils([2000.0 + 100 * each for each in range(13)])], cost), cost))
    assert "Scotland: **£2,800**; the middle half of councils, from £2,300 to £2,900." in said
    assert "£2,000" not in said and "£3,200" not in said
    few = " ".join(words.council_sentences(_judged([scotland, *_councils([2000.0, 2500.0])], cost), cost))
    assert "Scotland: **£2,800**." in few and "£2,000" not in few


def _judged(rows, indicator):
    return comparisons.judged(rows, rows[0], "Scotland", indicator)


def test_councils_told_apart_are_counted_and_few_people_are_not_judged():
    scotland = rate_row(None, None, name="Scotland", area_code=SCOTLAND, period_label="2025-26",
                    value=30.0, lower_ci=29.0, upper_ci=31.0)
    apart = _councils([50.0], lower_ci=45.0, upper_ci=55.0)
    alike = _councils([30.0] * 31, lower_ci=25.0, upper_ci=35.0)
    said = words.council_sentences(_judged([scotland, *apart, *alike], returned()), returned())
    assert "1 council is clearly higher" in said[1] and said[2] == "31 councils have no clear difference."
    few = _councils([50.0], lower_ci=45.0, upper_ci=55.0, obs_status="u")
    assert "few people" not in " ".join(said)
    said = words.council_sentences(_judged([scotland, *few, *alike], returned()), returned())
    assert "0 councils are clearly higher" in said[1] and said[3] == "1 is not judged: few people [u]."


def test_the_spread_of_a_cost_is_of_the_middle_half_and_needs_enough_councils():
    cost = returned(measure="pounds", unit="pounds", interval_method="rounding_only")
    assert words.middle_half(_councils([2000.0 + 100 * each for each in range(13)]), cost) == (
        "the middle half of councils, from £2,300 to £2,900")
    assert words.middle_half(_councils([2000.0] * 7), cost) == ""
    eight = words.middle_half(_councils([2000.0 + 100 * each for each in range(8)]), cost)
    assert eight == "the middle half of councils, from £2,200 to £2,500", "four of eight"


def test_the_map_says_that_job_outcomes_are_of_other_years():
    rows = _councils([30.0] * 32, direction="none", compared="")
    assert words.OTHER_YEARS in words.notes_of(rows, returned())
    assert words.OTHER_YEARS not in words.notes_of(rows, returned(data_class="published"))
