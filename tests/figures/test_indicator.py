"""Any indicator: its latest figure in words, hidden figures, its groups, and what editions said before."""

import re

import pytest

from dashboard.figure import Choice, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError

SCOTLAND, ORKNEY, SHETLAND, EILEANAN_SIAR = "S92000003", "S12000023", "S12000027", "S12000013"


def made(edition, name, indicator_id, area_code, **chosen):
    return recipes.made(edition, f"indicator.{name}", Choice(area_code, indicator_id, tuple(chosen.items())))


def words(edition, indicator_id, area_code):
    return " ".join(each.text for each in made(edition, "answer", indicator_id, area_code) if isinstance(each, Said))


def rows_of(figure):
    return {row[0].text: [cell.text for cell in row[1:]] for row in figure.table.rows}


def test_the_answer_is_in_words_with_its_interval_and_change(odd_edition):
    said = words(odd_edition, "rate", ORKNEY)
    assert said.startswith("Orkney Islands: **84.0% [u]** in 2023 (95% interval 79.0% to 89.0%).")
    assert said.endswith("Change since 2022 not judged: low reliability.")
    [comparison] = made(odd_edition, "comparison", "rate", ORKNEY)
    assert comparison.title == "Orkney Islands: 84.0% [u], not judged: low reliability"


def test_a_hidden_figure_shows_its_mark_and_what_it_means(odd_edition):
    assert "**[c]**" in words(odd_edition, "rate", EILEANAN_SIAR)
    [trend] = made(odd_edition, "trend", "rate", EILEANAN_SIAR)
    assert ("c", "confidential: too few people to show") in trend.marks


def test_a_rate_from_returns_is_never_shown_as_none(odd_edition):
    [trend] = made(odd_edition, "trend", "entered", ORKNEY)
    texts = " ".join(text for row in rows_of(trend).values() for text in row)
    assert "under 6%" in texts and "under 6%" in words(odd_edition, "entered", ORKNEY)
    assert not re.search(r"(?<!\d)0%", texts.replace("(0% to", ""))


def test_the_latest_edition_is_shown_and_the_earlier_one_is_kept(odd_edition):
    [revised] = made(odd_edition, "revisions", "starts", SCOTLAND)
    assert [[cell.text for cell in row[:3]] for row in revised.table.rows] == [
        ["2023-24", "May 2024", "1,200"], ["2023-24", "May 2025", "1,250 [r]"]]
    [trend] = made(odd_edition, "trend", "starts", SCOTLAND)
    assert rows_of(trend)["2023-24"][0] == "1,250 [r]"


def test_a_year_that_is_not_over_is_not_the_latest(odd_edition):
    said = words(odd_edition, "entered", SCOTLAND)
    assert "Scotland: **33%** in 2023-24" in said and "2026-27" not in said


def test_a_share_hidden_for_few_people_still_shows_its_counts(odd_edition, edition):
    assert "**[c]** in 2023-24. Too few people for a share, about 5 of 25." in words(odd_edition, "entered", SHETLAND)
    [comparison] = made(edition, "comparison", "followup_recorded_13_weeks", SHETLAND)
    share, interval, base, counts = rows_of(comparison)["Shetland Islands"]
    assert share == interval == "[c]" and counts.endswith(f"of {base}")


def test_groups_of_few_people_are_shown_as_counts_and_not_as_nothing_held(edition):
    """Progress shows these counts: the same measure's own page must not say that nothing is held."""
    said = words(edition, "soft_outcome_improved", ORKNEY)
    assert "held only by area of progress. Too few people are in each for a share" in said
    [groups] = made(edition, "breakdown", "soft_outcome_improved", ORKNEY)
    assert "by area of progress: too few people for a share, counts only" in groups.title and groups.plot is None
    rows = [row for row in rows_of(groups).values() if row[0] == "[c]"]
    assert len(rows) >= 3 and any(row[-1].startswith("fewer than 5 of") for row in rows)
    assert all(row[-1].startswith("fewer than 5 of") or not row[-1].startswith("0 of") for row in rows)


def test_groups_are_those_of_the_characteristic_chosen(edition):
    name = "nolb_participants"
    first, other = list(recipes.recipe_named("indicator.breakdown").choosers[-1].options(edition, Choice(SCOTLAND, name)))[:2]
    shown = [made(edition, "breakdown", name, SCOTLAND, by=by)[0] for by in (first, other)]
    assert shown[0].table != shown[1].table and shown[0] != shown[1]
    assert made(edition, "breakdown", name, SCOTLAND)[0].table == shown[0].table, "the first where nothing is chosen"


def test_where_one_characteristic_is_held_there_is_nothing_to_choose(odd_edition):
    [groups] = recipes.recipe_named("indicator.breakdown").choosers[-1:]
    assert groups.options(odd_edition, Choice(SCOTLAND, "gap")) == {}
    [shown] = made(odd_edition, "breakdown", "gap", SCOTLAND)
    assert rows_of(shown) == {"Female": ["28.2 points"], "Male": ["35.9 points"]}


def test_figures_of_made_up_returns_say_so_and_others_never(odd_edition):
    [returned], [published] = (made(odd_edition, "trend", name, ORKNEY) for name in ("entered", "rate"))
    assert returned.is_synthetic and not published.is_synthetic


def test_an_indicator_without_a_figure_is_told_from_an_unknown_one(edition):
    recipe = recipes.recipe_named("indicator.trend")
    empty = next(name for name in edition.every_indicator if name not in edition.catalogue)
    with pytest.raises(ChoiceError, match="has no figure in this edition"):
        recipe.resolve(edition, {"id": empty})
    with pytest.raises(ChoiceError, match="No indicator is called 'nothing_like_it'"):
        recipe.resolve(edition, {"id": "nothing_like_it"})


def test_the_definition_has_every_word_of_the_metadata(edition):
    [shown] = made(edition, "definition", "employment_rate_16_64", SCOTLAND)
    indicator = edition.catalogue["employment_rate_16_64"]
    facts = {term: text for term, (text,) in rows_of(shown).items()}
    assert facts["Definition"] == indicator.definition and facts["Identifier"] == "employment_rate_16_64"
    assert facts["Direction"] == "Higher is better" and shown.notes == indicator.caveats
