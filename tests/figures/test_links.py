"""What stands in a link is asked for or refused in plain words, whatever it is: every parameter of every page."""

from functools import lru_cache
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import paths
from dashboard.figure import Choice
from dashboard.figures.recipe import ChoiceError
from dashboard.figures.recipes import recipes
from dashboard.packs.search import is_index
from dashboard.read import selection
from dashboard.read.edition import current, older
from dashboard.read.extract import ExtractError

PARAMETERS = sorted({chooser.name for recipe in recipes().values() for chooser in recipe.choosers})
ATTACKS = ("' or 1=1 --", "'; drop table observation; --", "../../etc/passwd", "%2e%2e%2f", "<img src=x onerror=alert(1)>",
           "{{7*7}}", "=cmd|' /C calc'!A0", "\x00", "\ud800", "S12000047" * 20_000, "s12000047 ", "None", "[]", "\u202egnp.exe", "")


@lru_cache(maxsize=1)
def edition():
    return current(paths.DATA / "extract")


@lru_cache(maxsize=1)
def choosers():
    """Each parameter's ways to be read: {name: [(chooser, choice made before it, its options)]}, each once."""
    found = {}
    for recipe in recipes().values():
        choice = Choice()
        for chooser in recipe.choosers:
            found.setdefault(chooser.name, {})[chooser] = SimpleNamespace(chooser=chooser, before=choice,
                                                                          options=chooser.options(edition(), choice))
            choice = chooser.resolve(edition(), choice, None)
    return {name: list(each.values()) for name, each in found.items()}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_one_of_its_options_or_refused_in_words(name):
    @given(text=st.text(max_size=60))
    @settings(max_examples=8)
    def every_text(text):
        for way in choosers()[name]:
            try:
                choice = way.chooser.resolve(edition(), way.before, text)
            except ChoiceError as error:
                assert str(error).strip() and len(str(error)) < 700
            else:
                assert not way.options or choice.of(name) in way.options

    for attack in ATTACKS:
        every_text = example(attack)(every_text)
    every_text()


def test_there_are_parameters_to_try():
    assert len(PARAMETERS) > 15 and set(choosers()) == set(PARAMETERS)


@given(text=st.text(max_size=60) | st.sampled_from(ATTACKS))
@settings(max_examples=100)
def test_no_part_of_a_page_is_opened_by_text_that_is_not_its_name(text):
    parts = {"cohorts": "By start cohort", "routes": "Referral routes"}
    assert selection.find_choice(text, parts) in (*parts, None)
    assert not is_index(f"/{text}") or text.startswith("search-")


@given(text=st.text(max_size=60) | st.sampled_from(ATTACKS))
@settings(max_examples=100)
def test_no_edition_is_opened_by_text_that_names_none(text):
    with pytest.raises(ExtractError, match="no longer held"):
        older(paths.DATA / "extract", text)
