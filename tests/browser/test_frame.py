"""The frame of every page as a browser shows it: the name whole, the phone menu named, an update told in plain words."""

import re

import pytest
from playwright.sync_api import expect

from dashboard import paths

from .usable import turn_over

APP = (paths.ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
PAGES = re.findall(r'\("\w+\.py", "([^"]+)", "', APP.partition("MORE = ")[0])
# True where the ring around what has the focus is not cut off by what it scrolls in.
RING_IS_WHOLE = """each => {
    const { outlineOffset, outlineWidth, outlineStyle } = getComputedStyle(each), beyond = parseFloat(outlineOffset) + parseFloat(outlineWidth)
    const own = each.getBoundingClientRect(), room = each.parentElement.getBoundingClientRect()
    return outlineStyle !== 'none' && own.top - beyond >= room.top && own.bottom + beyond <= room.bottom && own.left - beyond >= room.left
}"""
UPDATED = "The dashboard is being updated. This page will come back by itself."


def test_the_name_is_whole(within):
    """Its letters are paths: no font has to arrive, and nothing is cut off, on a wide and a narrow screen, light and dark."""
    within.show(width=1400)
    logo = within.turn_to("/").page.locator(".stAppHeader img").filter(visible=True).first
    light = check_name(logo)
    within.show(width=320)
    check_name(logo)
    within.show(width=1400)
    turn_over(within)
    expect(logo).not_to_have_attribute("src", light, timeout=20_000)
    check_name(logo)


def check_name(logo):
    """The address of the logo that is shown, once it was looked at."""
    width, height, address = logo.evaluate("each => [each.getBoundingClientRect().width, each.getBoundingClientRect().height, each.src]")
    assert width / height == pytest.approx(218 / 32, rel=0.02), "neither squeezed nor cropped"
    drawn = logo.page.request.get(address).text()
    assert "<text" not in drawn and "<title>Employability outcomes</title>" in drawn
    return address


def test_the_names_of_all_pages_fit_beside_the_product_s(at):
    """At 1280 pixels none is hidden behind a number: what is left over stands under its own word."""
    page = at("/")
    assert page.viewport_size["width"] == 1280
    shown = page.locator("[data-testid=stTopNavLink]:not([inert] *)").filter(visible=True)
    expect(shown).to_have_count(len(PAGES))
    assert shown.all_inner_texts() == PAGES
    assert page.locator("[data-testid=stTopNavSection]:not([inert] *)").filter(visible=True).all_inner_texts() == ["More"]


def test_the_menu_of_a_phone_says_what_it_is(within):
    within.show(width=390)
    button = within.turn_to("/partnership?area=S12000047").page.get_by_test_id("stExpandSidebarButton")
    assert button.evaluate("each => getComputedStyle(each, '::after').content") == '"Menu"'


def test_a_jump_link_leads_to_its_part_and_leaves_the_page_as_it_is(within):
    """And asks the server for nothing: what is asked for is asked while the link is followed."""
    within.turn_to("/partnership?area=S12000047")
    first, link = within.page.locator(".oc-jumps a").first, within.page.locator(".oc-jumps a").last
    first.focus()
    within.page.keyboard.press("Tab")
    within.page.keyboard.press("Shift+Tab")
    assert first.evaluate(RING_IS_WHOLE)
    part = within.page.locator(link.get_attribute("href"))
    within.settle(200)
    asked = within.page.evaluate("window.askedAt")
    link.click()
    expect(part).to_be_in_viewport()
    within.page.wait_for_timeout(100)
    assert within.page.evaluate("window.askedAt") == asked
    assert "area=S12000047" in within.page.url and within.page.locator("h1").inner_text() == "Fife"


def test_while_the_server_is_away_nobody_reads_the_framework_s_words(reader):
    """The frame knows when the page has lost its server: its own words stand there, said aloud too, and the framework's dialog does not."""
    page = reader.open("/").page
    line = page.locator("[role=status].oc-away")
    expect(line).to_be_empty()
    page.evaluate("""() => {
        document.querySelector('.stApp').dataset.testConnectionState = 'PINGING_SERVER'
        const dialog = document.createElement('section')
        dialog.setAttribute('role', 'dialog'); dialog.textContent = 'Is Streamlit still running?'
        document.body.append(dialog)
    }""")
    expect(line).to_have_text(UPDATED)
    expect(line).to_be_in_viewport()
    assert not page.get_by_text("Is Streamlit still running?").is_visible()
    before = page.url
    page.locator(".oc-page-foot a[href='/about']").click()
    page.wait_for_timeout(300)
    assert page.url == before and page.locator("h1").inner_text() == "How is Scotland doing?", "no link leads away from figures that can be read"
    page.evaluate("document.querySelector('.stApp').dataset.testConnectionState = 'CONNECTED'")
    expect(line).to_be_empty()
