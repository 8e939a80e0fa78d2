"""Whatever is held can be found by the words people use for it, and what is not held by its declared gap."""

import ast
import json

import pytest

from dashboard import paths
from dashboard.figures.recipe import areas_of
from dashboard.figures.search import PAGES, index
from dashboard.packs.search import is_index, packed_index
from dashboard.words import glossary, synonyms


def found(entries, word):
    """(kind, title) of the entries that have a word beginning with this one."""
    word = word.casefold()
    return [(entry.kind, entry.title) for entry in entries
            if any(part.startswith(word) for part in f"{entry.title} {entry.note} {entry.words}".casefold().split())]


@pytest.mark.parametrize(("word", "title"), [
    ("apprentice", "Modern Apprenticeship starts"), ("wage", "Weekly pay of full-time employees"),
    ("sustain", "People in No One Left Behind recorded in work at 52 weeks"), ("homeless", "Adults assessed as homeless"),
    ("sustain", "No One Left Behind: sustained employment on the 2026 method"), ("western", "Na h-Eileanan Siar"),
    ("S12000015", "Fife"), ("cohort", "Cohort"), ("map", "Places"), ("jobless", "Unemployment rate (modelled)"),
    ("cost", "Cost per outcome of No One Left Behind"), ("nolb", "People supported by No One Left Behind")])
def test_a_word_that_people_use_finds_what_is_held_or_the_gap_that_says_why_not(edition, word, title):
    assert title in [name for _, name in found(index(edition), word)]


def test_a_result_says_what_it_is(edition):
    kinds = {entry.kind for entry in index(edition)}
    assert kinds == {"Page", "Part of a page", "Published measure", "Demonstration measure", "Area", "Term", "Not published"}
    assert ("Demonstration measure", "Entered work within 12 months") in found(index(edition), "entered")
    for entry in index(edition):
        assert entry.title and entry.note and entry.address.startswith("/"), entry


def test_everything_of_the_edition_is_in_the_index_once(edition):
    entries = index(edition)
    addresses = [entry.address for entry in entries if entry.kind.endswith("measure") or entry.kind == "Area"]
    assert len(addresses) == len(set(addresses)) == len(edition.catalogue) + len(edition.areas)
    assert sum(entry.kind == "Not published" for entry in entries) == len(edition.ask("declared_gaps", page=None).rows)


def test_the_pages_are_those_of_the_menu():
    tree = ast.parse((paths.ROOT / "dashboard" / "app.py").read_text(encoding="utf-8"))
    menu = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body
            if isinstance(node, ast.Assign) and node.targets[0].id in ("PAGES", "MORE")}
    assert [(title, f"/{address}") for _, title, address in (*menu["PAGES"], *menu["MORE"])] == [page[:2] for page in PAGES]


def test_the_index_is_small_and_its_address_changes_with_it(edition):
    packed = packed_index(edition)
    assert is_index(packed.address) and not is_index("/search-1.json") and len(packed.body) < 120_000
    assert json.loads(packed.body)[0][0] == "Page" and packed_index(edition) is packed


def test_an_area_known_by_quite_another_name_shows_it_where_it_is_chosen(edition):
    names = areas_of(edition, True)
    assert names["S12000013"] == "Na h-Eileanan Siar (Western Isles)" and names["S12000036"] == "City of Edinburgh"


def test_synonyms_are_words_for_what_is_said():
    assert "wage" in synonyms.synonyms("Weekly pay of employees").split()
    assert synonyms.synonyms("Homeless WOMEN") == "homelessness housing women men gender"
    assert all(pattern == pattern.lower() for pattern in synonyms.SAID_AS), "a capital letter would find nothing"
    assert synonyms.synonyms("Payment by results") == "" and synonyms.synonyms("Paid work") == ""


def test_every_term_has_one_short_meaning():
    forms = [form.casefold() for term in glossary.TERMS for form in (term.name, *term.also)]
    assert 25 <= len(glossary.TERMS) <= 32 and len(forms) == len(set(forms))
    for term in glossary.TERMS:
        assert all(len(sentence.split()) <= 25 for sentence in term.meaning.split(". ")) and term.meaning.endswith("."), term
