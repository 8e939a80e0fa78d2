"""What a minister, a board member and a challenger come for: the answer in words, in at most two clicks and 120 words read.

Words read: those of the element that holds the answer, or from the top of what opens to its end where it is longer.
"""

import re

import pytest
from playwright.sync_api import expect

MOST_WORDS = 120


def words(*texts):
    return sum(len(text.split()) for text in texts)


def search_for(page, text):
    """Type a word into the search and open what fits best: one press of the key, one of Enter."""
    page.wait_for_selector(".oc-search input")
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    expect(page.get_by_role("combobox", name="Search")).to_have_attribute("aria-expanded", "true")
    best = page.locator(".oc-search li").first.inner_text()
    page.keyboard.press("Enter")
    return best


@pytest.fixture
def front(at):
    """The front page, for tasks that need nothing but to read it."""
    return at("/")


def test_on_what_can_i_speak(front):
    """Nothing to click: the safe lines come first, and one press copies the first with its source."""
    lines = front.locator(".oc-sayings li.oc-saying-safe .oc-line").all_inner_texts()
    assert "73,470 people" in lines[0] and any("No clear change in Scotland from 2022 to 2023" in line for line in lines)
    assert words(front.inner_text(".oc-figure:has(h2:text('Lines to take'))"), *lines) <= MOST_WORDS
    front.context.grant_permissions(["clipboard-read", "clipboard-write"])
    front.get_by_role("button", name="Copy line 1", exact=True).click()
    expect(front.get_by_role("button", name="Copied")).to_be_visible()
    copied = front.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(lines[0]) and "Source: " in copied and "Evidence: headlines.lines:@" in copied
    assert "Disability employment gap" in front.locator(".oc-saying-do .oc-line").first.inner_text(), "what not to say stands there too"


def test_how_old_is_it(front):
    """Said on the front page: nothing to click."""
    old = front.locator(".oc-subtitle", has_text=re.compile("older than two years")).inner_text()
    assert "The oldest is of 2020" in old and words(old) <= MOST_WORDS


def test_what_changed_since_the_last_release(front):
    """Said on the front page, first line of its panel: nothing to click."""
    news = front.locator(".oc-news li")
    assert news.first.inner_text().startswith("New")
    assert words(news.first.inner_text()) <= MOST_WORDS


def test_what_nobody_publishes_says_why_at_once(front):
    """The reason stands in the result itself: nothing to open."""
    front.wait_for_selector(".oc-search input")
    front.keyboard.press("/")
    front.keyboard.press("Control+A")
    front.keyboard.type("cost per outcome")
    first = front.locator(".oc-search li").first
    expect(first).to_contain_text("Not published")
    assert "no cost per sustained outcome is published" in first.inner_text() and words(first.inner_text()) <= MOST_WORDS


def test_is_the_gap_on_track(within):
    """One click in the menu; the answer says where the gap and the straight path are, the page that they cannot be told apart."""
    page = within.turn_to("/").go_to("Disability gap").page
    answer = page.inner_text(".oc-answer")
    assert "30.2 percentage points in 2023" in answer and "18.7 points in 2038 gives 31.45 for 2023: not a forecast" in answer
    on_track = page.locator(".oc-subtitle", has_text="cannot be told apart").last.inner_text()
    assert words(page.inner_text("h1"), answer, on_track) <= MOST_WORDS


def test_fife_against_areas_like_it(within):
    """Its name in the search: the areas like it are named, and how it stands beside them."""
    page = within.turn_to("/").page
    assert "Fife" in search_for(page, "Fife")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fife")
    within.wait()
    said = page.locator(".oc-subtitle", has_text="the others in its family group").first.inner_text()
    assert "Fife 37%" in said and "the others in its family group 28%" in said and "higher than the others in its family group" in said
    assert all(name in said for name in ("East Ayrshire", "Perth and Kinross", "Stirling"))
    assert words(page.inner_text(".oc-answer"), said) <= MOST_WORDS


def test_disabled_women_reached_in_glasgow(within):
    """Two words in the search: how many in Scotland, and why no council is shown."""
    page = within.turn_to("/").page
    assert "Disabled women" in search_for(page, "disabled women")
    within.wait()
    said = page.locator(".oc-subtitle", has_text="Disabled women:").first
    expect(said).to_contain_text("14.1%")
    whole = [each for each in page.locator("[role=tabpanel] .oc-subtitle").all_inner_texts()[:3]]
    assert "small groups be worked out by subtraction" in " ".join(whole) and words(*whole) <= MOST_WORDS


def test_rural_against_urban(within):
    """One word in the search: who enters work and what a start costs stand above the map."""
    page = within.turn_to("/").page
    assert "Places" in search_for(page, "rural")
    within.wait()
    outcome = page.locator(".oc-subtitle", has_text="of the same partnership: +").first.inner_text()
    assert "no clear difference" in outcome
    cost = page.locator(".oc-subtitle", has_text="in rural councils").first.inner_text()
    assert re.search(r"£\d,\d{3} in rural councils and £\d,\d{3} in urban ones", cost)
    assert words(page.inner_text(".oc-answer"), outcome, cost) <= MOST_WORDS


def test_whose_data_to_read_with_care(within):
    """One click in the menu: named in the answer, and each with its reason under it."""
    page = within.turn_to("/").go_to("Data quality").page
    answer = page.inner_text(".oc-answer")
    assert "Fife and North Ayrshire" in answer
    listed = page.locator(".oc-plain table").first
    assert re.search(r"Fife\s+2\d% of 13-week follow-ups recorded", listed.inner_text()) and words(answer, listed.inner_text()) <= MOST_WORDS


@pytest.mark.parametrize(("word", "kind", "answer"), [
    ("apprentice", "Published measure", "Modern Apprenticeship"), ("weekly pay", "Published measure", "£775.60"),
    ("homeless", "Published measure", "homeless"), ("Western Isles", "Area", "Na h-Eileanan Siar")])
def test_any_measure_by_a_word(within, word, kind, answer):
    """A key, a word, Enter: no click at all."""
    page = within.turn_to("/").page
    assert kind in search_for(page, word)
    within.wait()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("How is Scotland doing?")
    said = [page.inner_text("h1"), page.locator(".oc-answer").first.inner_text()]
    assert answer.casefold() in " ".join(said).casefold() and words(*said) <= MOST_WORDS
