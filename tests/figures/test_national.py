"""National outcomes: the framework's own order and words, and service measures beside it, never in it."""

import re
from dataclasses import replace

from dashboard.figure import Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.national.judged import judged


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
    assert f"**{held} of {len(rows)}** linked National Indicators" in said
    with_word = sum(row[1].text.startswith("**") for row in made(edition, "rules")[0].table.rows)
    assert ("**None can be judged**" if with_word == 0 else f"rule judges **{with_word}**") in said


def test_service_measures_stand_beside_the_framework(edition):
    beside = [each for each in made(edition, "outcomes") if isinstance(each, Said)]
    assert beside and all(each.text == "Beside the framework, not in it:" and each.links for each in beside)
    named = {label for each in beside for label, _ in each.links}
    shown = {row[1].text for each in made(edition, "outcomes") if isinstance(each, Figure) for row in each.table.rows}
    assert not named & shown


def test_a_word_of_judgement_comes_with_the_rule_it_follows(edition):
    rules, others = made(edition, "rules")
    assert "Too few comparable figures" in {word.text for _, word, _ in rules.table.rows}
    for _, word, rule in rules.table.rows:
        assert re.fullmatch(r"\*\*\w+\*\*|Too few comparable figures", word.text) and len(rule.text) > 20
    every = sum(len(each.table.rows) for each in made(edition, "outcomes") if isinstance(each, Figure))
    assert f"**{every - len(rules.table.rows)}** are not held" in others.text, "of all the others it is said once"


def test_a_figure_from_another_source_is_not_judged_with_the_earlier_ones(edition):
    """Three falls in a row would be a word of the framework's rule; across a break there is none."""
    indicator = edition.catalogue["relative_poverty_after_housing_costs"]
    rows = [{"period": f"{year}-{year - 1997} (3 years)", "value": value, "obs_status": None}
            for year, value in zip(range(2019, 2023), (22, 21, 20, 17), strict=True)]
    assert rows[-1]["period"] == indicator.breaks[0].period == "2022-25 (3 years)"
    assert judged(replace(indicator, breaks=()), rows).word == "improving"
    assert judged(indicator, rows).word is None


def test_where_the_framework_stands_is_said(edition):
    [status] = made(edition, "status")
    assert status.text.startswith("Archived.")


def test_the_series_shown_is_the_one_chosen(edition):
    [chosen] = made(edition, "over_time", measure="relative_poverty_after_housing_costs")
    assert chosen.title.startswith("People in relative poverty after housing costs:")
    [first] = made(edition, "over_time")
    assert first.title != chosen.title
