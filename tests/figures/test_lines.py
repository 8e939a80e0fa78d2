"""Lines to take: by one rule, nothing is safe to say that rests on what is made up, untested, unrecorded or in doubt."""

from dataclasses import fields, replace
from itertools import product

import pytest

from dashboard.figure import Choice, Figure
from dashboard.figures import lines, recipes
from dashboard.packs.finished import finished, line_sentence
from dashboard.words import saying
from dashboard.words.saying import CARE, NOT_YET, SAFE, Claim, judge

FIFE, EAST_RENFREWSHIRE, ORKNEY = "S12000047", "S12000011", "S12000023"
SUBJECTS = sorted(name for name in recipes.recipes() if name.endswith(".lines") and name != "challenge.lines")     # those are questions


def to_take(edition, name, area_code=""):
    """The rows of a page's lines to take."""
    recipe = recipes.recipe_named(name)
    given = {"area": area_code} if area_code and recipe.choosers else {}
    return [dict(row) for figure in recipes.made(edition, name, recipe.resolve(edition, given)) for row in figure.plot.rows]


def level_of(rows, text):
    return [row["level"] for row in rows if text in row["text"]]


def test_nothing_is_safe_that_rests_on_what_is_not():
    """Every mixture of the four: one of them is enough."""
    for made_up, doubtful, untested, unrecorded in product((False, True), repeat=4):
        found = judge(Claim(is_demonstration=made_up, marks=("u",) if doubtful else (), compared="untested" if untested else "",
                            unrecorded=60 if unrecorded else 10, is_count=True))
        assert found.level == (NOT_YET if made_up or doubtful or untested or unrecorded else SAFE)


@pytest.mark.parametrize(("claim", "level", "reason"), [
    (Claim(is_count=True), SAFE, "as published"),
    (Claim(has_interval=True), SAFE, "as published"),
    (Claim(compared="none"), SAFE, "cannot be told apart"),
    (Claim(compared="lower"), SAFE, "leaves out zero"),
    (Claim(), CARE, "no interval is published"),
    (Claim(is_count=True, marks=("p",)), CARE, "provisional"),
    (Claim(is_count=True, unrecorded=21), CARE, "one in five"),
    (Claim(is_count=True, is_third_party=True), CARE, "third party"),
    (Claim(is_count=True, marks=("b",)), CARE, "breaks here"),
    (Claim(compared="higher", is_broken=True), NOT_YET, "breaks between"),
    (Claim(compared="untested"), NOT_YET, "no interval"), (Claim(compared="refused"), NOT_YET, "No verdict"),
    (Claim(is_held=False), NOT_YET, "no figure")])
def test_what_a_claim_rests_on_decides(claim, level, reason):
    found = judge(claim)
    assert found.level == level and any(reason in each for each in found.reasons)


def test_every_theme_has_lines_and_the_safe_ones_come_first(edition):
    assert len(SUBJECTS) == 9
    for name in SUBJECTS:
        levels = [saying.LEVELS.index(row["level"]) for row in to_take(edition, name, FIFE)]
        assert levels and levels == sorted(levels), name


def test_no_line_holds_a_figure_that_is_made_up(edition):
    for name in SUBJECTS:
        for area_code in (FIFE, ORKNEY):
            recipe = recipes.recipe_named(name)
            choice = recipe.narrowed(Choice(area_code)) if recipe.choosers else Choice()
            for figure in recipes.made(edition, name, choice):
                assert isinstance(figure, Figure) and not figure.is_synthetic
        assert all(level == NOT_YET for level in level_of(to_take(edition, name, FIFE), "Anything from returns"))


def test_real_returns_are_judged_by_how_much_is_recorded(edition):
    real = replace(edition, synthetic=False)
    rows = lines.lines(real, ["entered_work_within_12_months", "in_work_at_13_weeks"], FIFE)[0].plot.rows
    assert level_of(rows, "Recorded in work at 13 weeks in Fife:") == [NOT_YET], "26% of follow-ups recorded"
    assert level_of(rows, "Entered work within 12 months in Fife:") == [SAFE]


def test_what_is_in_doubt_or_mostly_blank_is_not_said_yet(edition):
    assert level_of(to_take(edition, "partnership.lines", EAST_RENFREWSHIRE), "in East Renfrewshire: about 41 for every 100") == [NOT_YET]
    assert level_of(to_take(edition, "jobs.lines", FIFE), "recorded in work at 52 weeks in Fife: 11 people") == [NOT_YET]


def test_the_front_page_says_what_may_be_said_and_what_not(edition):
    rows = to_take(edition, "headlines.lines")
    assert level_of(rows, "73,470 people") == [SAFE] and level_of(rows, "30.2 percentage points") == [CARE]
    assert level_of(rows, "No clear change in Scotland from 2022 to 2023: Employment rate") == [SAFE]
    assert level_of(rows, "Any change since the year before: Disability employment gap") == [NOT_YET]


def test_a_clear_difference_names_the_area_the_value_and_against_what(edition):
    rows = to_take(edition, "partnership.lines", "S12000034")
    assert level_of(rows, "Employment rate in Aberdeenshire in 2023: 84.1%, higher than Scotland.") == [SAFE]
    assert level_of(rows, "Better, worse, higher or lower than Scotland: ") == [NOT_YET]


def test_copy_takes_caveat_source_day_and_evidence_and_what_is_not_to_be_said_has_none(edition):
    figure, = recipes.made(edition, "headlines.lines", Choice())
    rows = {row["text"]: row for row in figure.plot.rows}
    gap = next(row for text, row in rows.items() if "30.2" in text)
    copied = line_sentence(gap, figure.evidence_id)
    for part in ("30.2 percentage points in 2023.", "no interval is published", "It is 2 years and", "Disabled: a condition",
                 "Source: Scottish Parliament, Written answer S6W-26804", "As at ", f"Evidence: {figure.evidence_id}"):
        assert part in copied
    made = finished(figure, 2)
    assert len(made["lines"]) == len(rows) and made["head"].count("<button") == sum(row["may_be_copied"] for row in rows.values())
    assert not any(row["may_be_copied"] for row in rows.values() if row["level"] == NOT_YET)


def test_the_rule_is_published_whole(edition):
    figure, = recipes.made(edition, "about.saying", Choice())
    assert [row[1].text for row in figure.table.rows][:len(saying.RULES)] == [rule.why for rule in saying.RULES]
    assert {field.name for field in fields(Claim)} == {"is_demonstration", "is_held", "marks", "compared", "is_broken",
                                                       "unrecorded", "is_count", "has_interval", "is_third_party"}
