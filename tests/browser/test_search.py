"""The search of every page: a key opens it, words find what is held or say why not, and the keyboard does it all."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def seeker(at):
    page = at("/about")
    page.wait_for_selector(".oc-search input", timeout=60_000)
    return page


def look_for(page, text):
    """The titles found, best first."""
    page.get_by_role("combobox", name="Search").fill(text)
    expect(page.locator(".oc-search-said")).to_have_text(re.compile("found|best"), ignore_case=True)
    return page.locator(".oc-search li .oc-search-title").all_inner_texts()


@pytest.mark.parametrize(("text", "first"), [
    ("apprentice", "Modern Apprenticeship achievements"), ("wage", "Employees earning less than the living wage (benchmarking)"),
    ("homeless", "Adults assessed as homeless"), ("Western Isles", "Na h-Eileanan Siar"), ("S12000015", "Fife"),
    ("disabelment", None), ("cohrot", "Cohort"), ("job outcomes", "Job outcomes"), ("cost per outcome", "Cost per outcome of No One Left Behind"),
    ("na h eileanan", "Na h-Eileanan Siar")])
def test_words_find_what_they_mean_first(seeker, text, first):
    titles = look_for(seeker, text)
    assert titles[:1] == ([first] if first else [])


def test_lasting_work_is_found_by_its_usual_word(seeker):
    page, *titles = look_for(seeker, "sustain")
    assert page == "Job outcomes" and all(re.search(r"weeks|lasting|sustain|kept", title) for title in titles)


def test_nothing_found_says_what_to_try(seeker):
    look_for(seeker, "xyzzy")
    said = seeker.inner_text(".oc-search-said")
    assert "Nothing found for “xyzzy”" in said and "Try one shorter word" in said
    assert seeker.locator(".oc-search-said a").count() == 2


def test_a_measure_is_opened_from_the_keyboard_alone(within):
    page = within.turn_to("/").page
    page.wait_for_selector(".oc-search input")
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    page.keyboard.type("weekly pay")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("aria-selected", "true")
    assert "Published measure" in active.inner_text()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".oc-search-panel")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("id=median_weekly_pay_full_time"))
    expect(page.locator("h1")).to_have_text("Weekly pay of full-time employees")
    expect(page.locator("h1")).to_be_focused()
    expect(box).to_be_empty()
    # Another measure on the same page: the page turns to it, too.
    page.evaluate("window.isTheSame = true")
    page.keyboard.press("/")
    page.keyboard.type("employment rate")
    expect(page.locator("#oc-found-0")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("^Employment rate"))
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("window.isTheSame"), "nothing is loaded"


def test_a_way_on_where_nothing_was_found_closes_the_search(within):
    page = within.turn_to("/about").page
    page.wait_for_selector(".oc-search input")
    look_for(page, "xyzzy")
    within.after(lambda: page.get_by_role("link", name="every measure").press("Enter"))
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".oc-search-panel")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Search")).to_have_value("")


def test_the_key_can_be_turned_off(reader):
    page = reader.open("/about").page
    box = page.get_by_role("combobox", name="Search")
    box.focus()
    page.get_by_role("button", name="Turn it off").click()
    page.reload()
    reader.wait()
    page.wait_for_selector(".oc-search input")
    page.keyboard.press("/")
    expect(box).not_to_be_focused()


def test_the_meaning_of_a_term_is_shown_on_hover_on_focus_and_after_a_tap(within):
    within.show(width=390)
    page = within.turn_to("/data-quality").page
    word, meaning = page.locator(".oc-term").first, page.locator("#oc-meaning")
    word.hover()
    expect(meaning).to_be_visible()
    assert meaning.inner_text() == word.get_attribute("data-meaning")
    assert page.evaluate("document.querySelector('#oc-meaning').getBoundingClientRect().right") <= 390
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    word.focus()
    expect(meaning).to_be_visible()
    expect(word).to_have_attribute("aria-describedby", "oc-meaning")
    page.keyboard.press("Tab")
    expect(word).not_to_have_attribute("aria-describedby", "oc-meaning")
    word.click()
    expect(meaning).to_be_visible()
    page.locator("h1").click()
    expect(meaning).to_be_hidden()
