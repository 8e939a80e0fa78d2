"""The answer of every page, for Scotland and each of the 32 areas: short enough to read at a glance."""

import pytest

from dashboard.figure import AREA, Absent, Said
from dashboard.figures import compose, recipes
from dashboard.figures.recipe import ChoiceError

ANSWERS = tuple(name for name in recipes.recipes() if name.endswith("answer"))
AREAS = {"published": ("S92000003", "S12000047"), "one_missing": ("S92000003", "S12000023"), "two_scored": ("S92000003", "S12000049")}


def words_of(edition, name, area_code):
    """The words of an answer as a reader counts them; None where the page is not for that area."""
    recipe = recipes.recipe_named(name)
    has_area = AREA in {chooser.name for chooser in recipe.choosers}
    try:
        choice = recipe.resolve(edition, {AREA: area_code} if has_area else {})
    except ChoiceError:
        return None
    said = recipes.made(edition, name, choice)
    assert all(isinstance(each, Said | Absent) for each in said)
    return " ".join(each.text if isinstance(each, Said) else each.why for each in said).split()


def test_every_page_has_an_answer():
    assert len(ANSWERS) == 13


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_takes_at_most_45_words_for_scotland_and_every_area(edition, name):
    for area_code in edition.areas:
        found = words_of(edition, name, area_code)
        assert found is None or 5 <= len(found) <= 45, " ".join(found)


@pytest.mark.parametrize("kind", AREAS)
def test_an_answer_is_as_short_where_returns_are_missing(editions, kind):
    for name in ANSWERS:
        for area_code in AREAS[kind]:
            found = words_of(editions[kind], name, area_code)
            assert found is None or 5 <= len(found) <= 45, " ".join(found)


def test_what_does_not_fit_is_left_out_whole():
    said = [Said("one " * 40), Said("two " * 9), Said("three " * 5)]
    assert [each.text.split()[0] for each in compose.at_a_glance(said)] == ["one", "three"]
