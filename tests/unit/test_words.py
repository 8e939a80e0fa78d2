"""Words follow from numbers by rule, and never say more than the intervals allow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Break
from dashboard.figures.gap import words as gap_words
from dashboard.pipeline import curate
from dashboard.words import comparisons, differences, marks, numbers, phrases, trends
from tests.sample import indicator

NAN = float("nan")


def row(value, lower=NAN, upper=NAN, period="2023", status=None, **more):
    return {
        "value": value,
        "lower_ci": lower,
        "upper_ci": upper,
        "period": period,
        "period_label": period,
        "obs_status": status,
        "area_code": "S1",
        "area": "Orkney Islands",
        **more,
    }


# Numbers


@pytest.mark.parametrize(
    ("value", "changes", "said"),
    [
        (31.0, {"decimals": 0}, "31%"),
        (31.27, {"decimals": 0}, "31.27%"),  # published: every digit it was published with
        (31.27, {"decimals": 0, "data_class": "returns"}, "31%"),
        (30.2, {"measure": "points", "unit": "percentage points"}, "30.2 percentage points"),
        (73470.0, {"measure": "count", "unit": "people", "decimals": 0}, "73,470 people"),
        (3.6, {"measure": "pounds", "unit": "pounds", "decimals": 2}, "£3.60"),
        (113.0, {"measure": "pounds", "unit": "£ million", "decimals": 0}, "£113 million"),
        (0.78, {"measure": "ratio", "unit": "ratio", "decimals": 2}, "0.78"),
        (-5.0, {"measure": "rate", "unit": "% change", "decimals": 0}, "−5"),
        (None, {}, "[x]"),
        (NAN, {}, "[x]"),
    ],
)
def test_an_amount_carries_its_unit(value, changes, said):
    assert numbers.amount(value, indicator(**changes)) == said


@pytest.mark.parametrize(("value", "status", "short", "said"), [
    (12.88, None, False, "about 13 for every 100 unemployed people"), (12.88, "r", True, "about 13 for every 100 [r]"),
    (0.31, None, True, "fewer than 1 for every 100"), (99.7, "u", True, "about 100 for every 100 [u]"), (None, "c", True, "[c]"),
])
def test_a_share_of_people_who_were_only_modelled_is_said_in_whole_people(value, status, short, said):
    modelled = indicator(unit="% of unemployed people", base="People unemployed, modelled and rounded to 100", decimals=2)
    assert numbers.said_text(row(value, status=status), modelled, short=short) == said
    assert numbers.card_value(row(12.88, status="r"), modelled) == "13 in 100 [r]" and numbers.card_value(row(12.88), indicator()) == "12.88%"
    assert numbers.said_text(row(12.88), indicator(decimals=2)) == numbers.value_text(row(12.88), indicator(decimals=2)) == "12.88%"


@pytest.mark.parametrize(("people", "cells", "lower", "upper", "places"), [
    (46930, 3, 31.5, 32.3, 1), (46930, 3, 31.0, 33.2, 0), (4000, 1, 4.1, 5.5, 1), (3900, 1, 4.1, 5.5, 0), (6000, 3, 4.1, 5.0, 0),
    (85, 1, 10.0, 30.0, 0), (0, 1, 0.0, 0.0, 0),
])
def test_rounding_and_the_interval_decide_how_many_digits_a_rate_has(people, cells, lower, upper, places):
    """A decimal only where 4 people for one count, 7 for three, move it by at most 0.1 points, and the interval is narrow."""
    made = row((lower + upper) / 2, lower, upper, denominator=people, cells=cells)
    assert numbers.places_of(made) == places and numbers.places_of(made, 0) == 0
    assert numbers.places_of(row(20.0, denominator=people)) == 0


def test_the_years_of_a_figure_are_the_first_and_the_last_of_all_its_areas():
    """One area may hold a year that another does not."""
    years = {"Orkney": ("2012-13", "2013-14", "2015-16"), "Scotland": ("2012-13", "2014-15")}
    rows = [row(1.0, period=period, end_date=f"20{period[-2:]}-03-31", series=area) for area, own in years.items() for period in own]
    assert trends.subtitle(indicator(title="Rate", unit="%"), "Orkney and Scotland", rows).endswith("2012-13 to 2015-16")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("c", "[c]"),
        ("x", "[x]"),
        ("z", "[z]"),
        ("p", "31.0% [p]"),
        ("r p", "31.0% [p] [r]"),
        (None, "31.0%"),
        ("c p", "[c]"),
    ],
)
def test_marks_stand_beside_a_value_or_in_place_of_it(status, said):
    assert numbers.value_text(row(31.0, status=status), indicator()) == said


def test_a_suppressed_value_is_never_a_zero_or_a_blank():
    assert numbers.value_text(row(NAN, status="c"), indicator()) == "[c]"
    assert numbers.value_text(row(NAN), indicator()) == "[x]"


@pytest.mark.parametrize(
    ("value", "lower", "upper"), [(0.0, 0.0, 6.0), (100.0, 94.0, 100.0), (0.3, 0.0, 5.2), (99.8, 92.0, 100.0)]
)
def test_a_rate_from_returns_is_never_none_or_all(value, lower, upper):
    said = numbers.value_text(row(value, lower, upper), indicator(data_class="returns", decimals=0))
    assert said.startswith(("under ", "over ")), said


def test_only_marks_in_use_are_explained():
    assert [mark for mark, _ in marks.marks_in_use(["p", None, "c", "p r", NAN])] == ["c", "p", "r"]
    assert set(marks.MARKS) == {"c", "low", "x", "z", "u", "p", "r", "b"}


# Differences


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (row(75, 74, 76), row(70, 69, 71, "2022"), "higher than 2022 (70.0%)"),
        (row(70, 69, 71), row(75, 74, 76, "2022"), "lower than 2022 (75.0%)"),
        (row(75, 73, 77), row(74, 72, 76, "2022"), "no clear change since 2022"),
        (row(75), row(70, period="2022"), "70.0% in 2022; change not tested"),
        (row(75, 74, 76), row(NAN, period="2022"), "no earlier figure to compare"),
    ],
)
def test_a_change_is_called_one_only_when_its_interval_excludes_zero(now, then, said):
    assert differences.changed(now, then, indicator()) == said


def test_how_well_records_are_kept_is_never_judged():
    """Lower is not worse, and higher not better: it says nothing of people."""
    records = indicator(topic="quality")
    found = differences.difference(row(75, 74, 76), row(50, 49, 51), records)
    assert differences.compared(found, "Scotland") == differences.told_apart(found) == "not compared: about records, not about people's outcomes"
    assert differences.verdict(found, records) == "none" and not found.is_tested
    assert differences.changed(row(75, 74, 76), row(50, 49, 51, "2022"), records) == "50.0% in 2022; a change in records is not judged"


def test_nothing_is_compared_across_a_break():
    broken = indicator(breaks=(Break("2023", "new weights"),))
    assert "not comparable" in differences.changed(row(75, 74, 76), row(70, 69, 71, "2022"), broken)
    assert "not comparable" in differences.changed(
        row(75, 74, 76, status="b"), row(70, 69, 71, "2022"), indicator()
    )


@given(st.floats(1, 99), st.floats(0.1, 20), st.floats(1, 99), st.floats(0.1, 20))
def test_no_direction_word_without_an_interval_that_excludes_zero(a, half_a, b, half_b):
    now, then = row(a, a - half_a, a + half_a), row(b, b - half_b, b + half_b, "2022")
    said = differences.changed(now, then, indicator())
    apart = abs(a - b) > (half_a**2 + half_b**2) ** 0.5
    assert bool(re.search(r"higher|lower", said)) == apart


@pytest.mark.parametrize(
    ("direction", "value", "tone"),
    [
        ("higher_is_better", 80, "better"),
        ("higher_is_better", 60, "worse"),
        ("lower_is_better", 80, "worse"),
        ("lower_is_better", 60, "better"),
        ("no_direction", 80, "neutral"),
        ("higher_is_better", 70.5, "none"),
    ],
)
def test_better_and_worse_follow_the_indicators_own_direction(direction, value, tone):
    found = differences.difference(row(value, value - 2, value + 2), row(70, 69, 71), indicator())
    assert differences.verdict(found, indicator(direction=direction)) == tone


def test_a_figure_without_an_interval_is_not_judged():
    found = differences.difference(row(90), row(10), indicator())
    assert differences.verdict(found, indicator()) == "none"
    assert differences.compared(found, "Scotland").startswith("not tested")


def test_a_count_of_recorded_follow_ups_is_not_called_full():
    caveat = "Depends heavily on follow-ups being recorded: not a measure of performance."
    recorded = indicator(measure="count", interval_method="none", caveats=(caveat,))
    assert numbers.interval_line(row(61), recorded) == "recorded cases only: many follow-ups are blank or not due"
    assert numbers.interval_line(row(294), indicator(measure="count")) == "a full count, not a sample"
    held = {each.indicator_id: each for each in curate.load_indicators()}
    assert numbers.counts_recorded_only(held["nolb_in_employment_52_weeks"])
    assert not numbers.counts_recorded_only(held["nolb_participants"])


def legend(rows, held):
    return marks.legend_text(marks.legend(rows, held))


def test_a_hidden_cost_is_unreliable_and_other_hidden_figures_confidential():
    held = {"cost": indicator(interval_method="rounding_only"), "rate": indicator()}
    cost, rate = {"indicator_id": "cost", "obs_status": "c"}, {"indicator_id": "rate", "obs_status": "c p"}
    assert legend([cost], held) == "[c] too few people for a reliable figure"
    assert legend([rate], held).startswith("[c] confidential: too few people to show · [p]")
    assert marks.meaning("c", held["cost"]) == "too few people for a reliable figure"
    assert marks.meaning("c", held["rate"]) == marks.MARKS["c"] and marks.meaning("u", held["cost"]) == marks.MARKS["u"]
    assert "confidential" in legend([cost, rate], held) and "of a cost, too few" in legend([cost, rate], held)


def test_pounds_have_no_decimal_that_was_not_published():
    pounds, millions = indicator(measure="pounds", unit="£"), indicator(measure="pounds", unit="£ million")
    assert numbers.amount(570000.0, pounds) == "£570,000" and numbers.amount(3.6, pounds) == "£3.6"
    assert numbers.amount(0.0, millions) == "£0 million" and numbers.amount(30.0, millions) == "£30.0 million"


def test_limits_from_rounding_are_named_so_and_never_give_a_direction():
    cost = indicator(measure="pounds", interval_method="rounding_only")
    now, before = row(5220, 4605, 6023, area_code="S12000023"), row(3759, 3374, 4244, period="2022")
    found = differences.difference(now, before, cost)
    assert differences.verdict(found, cost) == "none"
    assert differences.compared(found, "Scotland") == "not tested against Scotland: limits from rounding"
    assert "not tested" in differences.changed(now, before | {"period_label": "2022"}, cost)
    assert numbers.interval_line(now, cost).startswith("limits from rounding")
    assert "Differences are not tested" in numbers.interval_note([now], cost)


# Sentences


def test_abbreviations_are_spelled_out_once():
    said = phrases.spell_out(["NOLB and NOLB again.", "An LEP, LEPs and NOLB."])
    assert said == [
        "No One Left Behind (NOLB) and NOLB again.",
        "An Local Employability Partnership (LEP), LEPs and NOLB.",
    ]


def series(count=5):
    return [
        row(
            30 + i,
            29 + i,
            31 + i,
            str(2019 + i),
            series="Scotland",
            start_date=f"{2019 + i}-01-01",
            end_date=f"{2019 + i}-12-31",
        )
        for i in range(count)
    ]


def test_a_trend_says_its_figures_in_short_sentences():
    said = trends.trend_alt([*series(), row(NAN, status="c", period="2024")], indicator(), "Scotland")
    assert "30.0% in 2019; 34.0% in 2023" in said and "1 of 6 figures cannot be shown" in said
    assert all(len(sentence.split()) < 25 for sentence in re.split(r"(?<=[.])\s", said))


def test_a_trend_title_compares_with_the_first_comparable_figure():
    assert (
        trends.trend_title(series(), indicator())
        == "Employment rate: 34.0% in 2023, higher than 2019 (30.0%)"
    )
    broken = indicator(breaks=(Break("2022", "new weights"),))
    assert (
        trends.trend_title(series(), broken) == "Employment rate: 34.0% in 2023, no clear change since 2022"
    )
    assert trends.trend_title([], indicator()) == "Employment rate: no figure to show"


def test_a_trend_says_of_returns_no_exact_none_or_all():
    rows = [row(0.0, 0.0, 6.0, "2022"), row(100.0, 94.2, 100.0, "2023")]
    for said in (trends.trend_title(rows, indicator(data_class="returns", decimals=0)),
                 trends.trend_alt(rows, indicator(data_class="returns", decimals=0), "Scotland")):
        assert "over 94%" in said and "under 6%" in said and not re.search(r"\b(0|100)%", said)


def test_a_comparison_counts_and_never_ranks():
    rows = [
        dict(row(v, v - 1, v + 1), area_code=code)
        for code, v in (("S92000003", 70), ("S1", 80), ("S2", 60), ("S3", 70.5))
    ]
    judged = comparisons.judged(rows, rows[0], "Scotland", indicator())
    said = comparisons.comparison_title(judged, indicator(), "Scotland")
    assert said == "1 of 3 areas is higher than Scotland and 1 lower; 1 has no clear difference"
    assert not re.search(r"rank|best|worst|first|last|top|bottom", said)
    few = comparisons.judged([rows[0], rows[1] | {"obs_status": "u"}, *rows[2:]], rows[0], "Scotland", indicator())
    of_returns = indicator(data_class="returns", measure="rate")
    few_people = comparisons.judged([rows[0], rows[1] | {"obs_status": "u"}, *rows[2:]], rows[0], "Scotland", of_returns)
    for marked, of, why in ((few, indicator(), "low reliability"), (few_people, of_returns, "few people")):     # a published [u] is its publisher's
        assert comparisons.comparison_title(marked, of, "Scotland").endswith(f"; 1 is not judged: {why} [u]")


@pytest.mark.parametrize("scotland", [None, float("nan")])
def test_a_comparison_with_nothing_says_so_and_counts_nothing(scotland):
    rows = [dict(row(v, v - 1, v + 1), area_code=code, area=code) for code, v in (("S1", 80), ("S2", 60), ("S3", 70.5))]
    other = None if scotland is None else dict(row(scotland, scotland, scotland), area_code="S92000003", area="Scotland")
    judged = comparisons.judged([*([other] if other else []), *rows], other, "Scotland", indicator())
    said = comparisons.comparison_title(judged, indicator(), "Scotland")
    assert said == "Employment rate in 3 areas: Scotland has no figure to compare with"
    own = comparisons.comparison_title(judged, indicator(), "Scotland", "S1")
    assert own == "S1: 80.0%; Scotland has no figure to compare with"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_english(items, said):
    assert phrases.listed(items) == said


def test_running_totals_are_not_compared_with_the_totals_they_hold():
    rows = [row(6554, period="to 2020-12-31", period_label="Apr 2019 to Dec 2020", frequency="to_date"),
            row(73470, period="to 2024-09-30", period_label="Apr 2019 to Sep 2024", frequency="to_date")]
    count = indicator(measure="count", decimals=0, unit="people")
    assert "6,554" not in trends.trend_title(rows, count) and "73,470" in trends.trend_title(rows, count)
    assert "2 running totals, the last Apr 2019 to Sep 2024" in trends.subtitle(count, "Scotland", rows)


@pytest.mark.parametrize(("some", "everyone", "said"), [
    (5.0, 15.0, "too few people for a share, about 5 of 15"),
    (0.0, 10.0, "too few people for a share, fewer than 5 of 10"),
    (0.0, 0.0, "too few people for a share, fewer than 5"),
    (None, None, ""),
])
def test_the_counts_of_a_hidden_share_never_tell_none_from_a_few(some, everyone, said):
    hidden = row(NAN, status="c", numerator=some, denominator=everyone)
    returns = indicator(data_class="returns")
    assert numbers.counts_text(hidden, returns) == said
    assert numbers.counts_text(hidden | {"obs_status": None}, returns) == ""
    assert numbers.counts_text(hidden, indicator()) == "", "a published share is hidden by its publisher"


def test_a_rough_guide_says_what_can_be_told_apart_and_what_cannot():
    gap = indicator(measure="points", caveats=("A rough guide of ours, about plus or minus 2.5 points, is all there is.",))
    rows = [row(37.4, period="2016"), row(31.9, period="2022"), row(30.2, period="2023")]
    assert gap_words.rough_guide(rows, rows[0], gap) == (
        "By a rough guide of ours, 2023 can be told apart from 2016, but cannot be told apart from 2022.")
    near = [row(33.0, period="2016"), *rows[1:]]
    assert "cannot be told apart from 2016 and from 2022" in gap_words.rough_guide(near, near[0], gap)
    assert gap_words.rough_guide(rows, rows[0], indicator()) == "", "none is stated"


def test_whether_it_is_getting_better_is_said_only_of_what_is_tested():
    def latest(name, value, before, half=0.5, **more):
        now, then = row(value, value - half, value + half), row(before, before - half, before + half, period="2022")
        return now | {"indicator_id": name} | {f"before_{key}": then[name] for key, name in (
            ("value", "value"), ("lower_ci", "lower_ci"), ("upper_ci", "upper_ci"), ("period", "period"),
            ("label", "period_label"), ("status", "obs_status"))} | more

    catalogue = {"rate": indicator(), "idle": indicator(indicator_id="idle", title="Inactivity rate")}
    said = trends.change_sentences([latest("rate", 74.7, 74.6), latest("idle", 22.5, 22.4)], catalogue)
    assert said == ["**Nothing tested clearly changed** in the latest year."]
    said = trends.change_sentences([latest("rate", 80.0, 74.6), latest("idle", 22.5, 22.4, lower_ci=NAN)], catalogue)
    assert said == ["Employment rate: **higher** in 2023 than in 2022."]
    said = trends.change_sentences([latest("idle", 22.5, 22.4, lower_ci=NAN)], catalogue)
    assert said == ["The latest changes cannot be tested."]
    assert trends.change_sentences([latest("rate", 80.0, 74.6, before_value=NAN)], catalogue) == []


def test_a_value_from_a_link_is_shortened_and_is_only_text():
    assert len(phrases.shorten("x" * 1000)) == 40 and phrases.shorten("a\n b") == "a b"
    assert "**" not in phrases.shorten("**bold**") and phrases.shorten("**bold**").replace("\u2060", "") == "**bold**"
