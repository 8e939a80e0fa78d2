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
    page.keyboard.type(text)
    expect(page.get_by_role("combobox", name="Search")).to_have_attribute("aria-expanded", "true")
    best = page.locator(".oc-search li").first.inner_text()
    page.keyboard.press("Enter")
    return best


def test_on_what_can_i_speak(reader):
    """Nothing to click: the safe lines come first, and one press copies the first with its source."""
    page = reader.open("/").page
    lines = page.locator(".oc-sayings li.oc-saying-safe .oc-line").all_inner_texts()
    assert "73,470 people" in lines[0] and any("No clear change in Scotland from 2022 to 2023" in line for line in lines)
    assert words(page.inner_text(".oc-figure:has(h2:text('Lines to take'))"), *lines) <= MOST_WORDS
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy line 1", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(lines[0]) and "Source: " in copied and "Evidence: headlines.lines:@" in copied
    assert "Disability employment gap" in page.locator(".oc-saying-do .oc-line").first.inner_text(), "what not to say stands there too"


def test_is_the_gap_on_track(reader):
    """One click in the menu; where the gap stands and where it is to go is the first figure's title."""
    reader.open("/").go_to("Disability gap")
    title = reader.page.locator(".oc-figure h3").first.inner_text()
    assert "30.2 points in 2023" in title and "18.7 points by 2038" in title
    assert words(reader.page.inner_text("h1"), reader.page.inner_text(".oc-answer"), title) <= MOST_WORDS


def test_rural_against_urban(reader):
    """One word in the search; the answer says how many councils can be told apart, the first figure the difference."""
    page = reader.open("/").page
    assert "Places" in search_for(page, "rural")
    reader.wait()
    assert "council" in page.inner_text(".oc-answer")
    assert words(page.inner_text(".oc-answer")) <= MOST_WORDS


@pytest.mark.parametrize(("word", "kind", "answer"), [
    ("apprentice", "Published measure", "Modern Apprenticeship"), ("weekly pay", "Published measure", "£775.60"),
    ("homeless", "Published measure", "homeless"), ("Western Isles", "Area", "Na h-Eileanan Siar")])
def test_any_measure_by_a_word(reader, word, kind, answer):
    """A key, a word, Enter: no click at all."""
    page = reader.open("/").page
    assert kind in search_for(page, word)
    reader.wait()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("How is Scotland doing?")
    said = [page.inner_text("h1"), page.locator(".oc-answer").first.inner_text()]
    assert answer.casefold() in " ".join(said).casefold() and words(*said) <= MOST_WORDS


def test_what_nobody_publishes_says_why_at_once(reader):
    """The reason stands in the result itself: nothing to open."""
    page = reader.open("/").page
    page.wait_for_selector(".oc-search input")
    page.keyboard.press("/")
    page.keyboard.type("cost per outcome")
    first = page.locator(".oc-search li").first
    expect(first).to_contain_text("Not published")
    assert "no cost per sustained outcome is published" in first.inner_text() and words(first.inner_text()) <= MOST_WORDS


def test_how_old_is_it(reader):
    """Said on the front page: nothing to click."""
    page = reader.open("/").page
    old = page.locator(".oc-subtitle", has_text=re.compile("^Older than two years")).inner_text()
    assert "Disability employment gap (2023" in old and words(old) <= MOST_WORDS


def test_what_changed_since_the_last_release(reader):
    """Said on the front page, first line of its panel: nothing to click."""
    page = reader.open("/").page
    news = page.locator(".oc-news li")
    assert "There is no earlier edition, or nothing changed since it" in news.first.inner_text()
    assert words(*news.all_inner_texts()) <= MOST_WORDS
