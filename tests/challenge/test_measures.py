"""What becomes of an action is told from its measure, by the one rule for verdicts, and never as its effect."""

import re
from dataclasses import replace

import pytest

from dashboard import paths
from dashboard.challenge import measures
from dashboard.challenge.session import Action, Measure
from dashboard.read.edition import current

GLASGOW = "S12000049"
LASTING = Measure("in_work_at_26_weeks", GLASGOW, "disabled", "yes")
OTHERS = Measure("in_work_at_26_weeks", GLASGOW, "disabled", "no")


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


@pytest.fixture(scope="module")
def later(next_extract):
    return current(next_extract)


def action(edition, measure=LASTING, expected=5.0):
    return Action("q", "Call everyone at 20 weeks", "Service manager", "2027-03-31", measure, expected,
                  measures.reading(edition, measure))


def told(edition, *given, **more):
    return " ".join(measures.became(edition, *given, **more))


def test_what_is_offered_has_a_figure_now_and_the_group_comes_first(edition):
    offered = measures.offered(edition, GLASGOW, "disabled")
    assert next(iter(offered)) == "entered_work:disabled=yes" and measures.name_of(LASTING) in offered
    assert not any("unknown" in name or "prefer_not" in name for name in offered)
    assert all(measures.reading(edition, measure) is not None for measure, _ in offered.values())
    assert not any(":" in name for name in measures.offered(edition, GLASGOW))


def test_the_measure_is_the_newest_year_old_enough_with_its_interval_and_extract(edition):
    held = measures.reading(edition, LASTING)
    assert re.fullmatch(r"\d+% \(\d+% to \d+%\)", held.text) and held.extract_id == edition.extract_id
    assert held.period_label == held.row["period"] == "2023-24"
    assert held.row["lower_ci"] < held.row["value"] < held.row["upper_ci"]
    assert held.label == "Recorded in work at 26 weeks, Disabled, Glasgow City" and held.is_made_up
    assert held.row["lowest"] <= held.row["value"] <= held.row["highest"]


def test_in_the_same_edition_nothing_became_of_it_yet(edition):
    assert told(edition, action(edition)).endswith("There is no newer edition yet.")


def test_a_figure_that_left_its_interval_is_told_with_what_was_expected_and_never_as_the_cause(edition, later):
    said, before = told(later, action(edition)), measures.reading(edition, LASTING)
    assert f"When the action was set: {before.text} in 2023-24." in said and "Now: 46% (41% to 52%) in 2024-25." in said
    assert "left its earlier interval" in said and f"Higher than 2023-24 ({before.text.split()[0]})." in said
    assert "at or beyond what was expected" in said and said.endswith(measures.NOT_A_CAUSE)


def test_what_was_expected_may_be_missed_or_neither(edition, later):
    assert "falls short" in told(later, action(edition, expected=60.0))
    assert "falls short" in told(later, action(edition, expected=-5.0))
    assert "neither more nor less" in told(later, action(edition, expected=41.0))


def test_where_no_change_is_clear_what_is_not_recorded_could_hide_the_expected_one(edition, later):
    said = told(later, action(edition, OTHERS))
    assert "No clear change since 2023-24." in said and "could hide the change that was expected" in said
    assert "inside its earlier interval" in said or "cannot be told apart" in said


def test_where_too_much_is_missing_no_change_is_claimed(edition, later):
    as_set = action(edition)
    before = replace(as_set.before, row={**as_set.before.row, "highest": 80.0})
    said = told(later, replace(as_set, before=before))
    assert "too much is missing to compare" in said.casefold() and said.endswith("nothing is said of the change that was expected.")
    assert not any(word in said.casefold() for word in ("higher", "left its", "falls short", "beyond"))


def test_the_same_period_again_is_no_news(edition, later):
    as_set = action(later, Measure("followup_recorded_26_weeks", GLASGOW))
    before = replace(as_set.before, extract_id="another")
    assert "It is still the newest." in told(later, replace(as_set, before=before))
    assert "It was revised since." in told(later, replace(as_set, before=replace(before, text="1%")))


def test_without_the_measure_that_is_said(edition, published_extract):
    said = told(current(published_extract.parent), action(edition))
    assert "holds no figure of the measure" in said


def test_every_sentence_is_short_and_holds_few_numbers(edition, later):
    for expected in (5.0, -5.0, 41.0):
        for each in measures.became(later, action(edition, expected=expected)):
            assert len(each.split()) <= 25


@pytest.mark.parametrize(("expected", "words"), [(5.0, "up by 5 by 31 March 2027"), (-2.5, "down by 2.5 by 31 March 2027")])
def test_what_is_expected_is_said_in_words(edition, expected, words):
    assert measures.expected_text(action(edition, expected=expected)) == words
