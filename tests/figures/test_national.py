"""National outcomes: the framework's own order and words, and service measures beside it, never in it."""

import re

from dashboard.figure import Choice, Figure, Said
from dashboard.figures import recipes


def made(edition, name, **chosen):
    return recipes.made(edition, f"national.{name}", Choice(choices=tuple(chosen.items())))


def test_one_table_an_outcome_in_the_frameworks_order(edition):
    titles = [each.title for each in made(edition, "outcomes") if isinstance(each, Figure)]
    order = [row["national_outcome"] for row in edition.ask("national_outcomes").rows]
    assert len(titles) > 5 and titles == [name for name in order if name in titles]


def test_the_answer_counts_what_the_tables_hold(edition):
    said = " ".join(each.text for each in made(edition, "answer"))
    rows = [row for each in made(edition, "outcomes") if isinstance(each, Figure) for row in each.table.rows]
    held = sum(row[2].text != "[x]" for row in rows)
    assert f"**{held} of {len(rows)}** linked National Indicator series" in said
    judged = sum(row[-1].text.startswith("**") for row in rows)
    assert f"is held for **{judged}**" in said


def test_service_measures_stand_beside_the_framework(edition):
    beside = [each for each in made(edition, "outcomes") if isinstance(each, Said)]
    assert beside and all(each.text == "Beside the framework, not in it:" and each.links for each in beside)
    named = {label for each in beside for label, _ in each.links}
    shown = {row[1].text for each in made(edition, "outcomes") if isinstance(each, Figure) for row in each.table.rows}
    assert not named & shown


def test_a_word_of_judgement_comes_with_the_rule_it_follows(edition):
    words = [row[-1].text for each in made(edition, "outcomes") if isinstance(each, Figure) for row in each.table.rows]
    assert any(word.startswith("**") for word in words)
    for word in words:
        assert word == "Rule not held" or re.match(r"(\*\*\w+\*\*|Too few comparable figures)\. .{20}", word), word


def test_where_the_framework_stands_is_said(edition):
    [status] = made(edition, "status")
    assert status.text.startswith("Archived.")


def test_the_series_shown_is_the_one_chosen(edition):
    [chosen] = made(edition, "over_time", measure="relative_poverty_after_housing_costs")
    assert chosen.title.startswith("People in relative poverty after housing costs:")
    [first] = made(edition, "over_time")
    assert first.title != chosen.title
