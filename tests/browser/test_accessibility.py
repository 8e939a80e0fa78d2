"""What only some pages have, usable by everyone: tables by keyboard, the menu of a phone, paper, large letters, the open search."""

import pytest
from playwright.sync_api import expect

from .usable import (
    STATEMENT,
    STILL,
    WHILE_ONE_IS_OPEN,
    broken_rules,
    narrow_overflow,
    overflow,
    point_at_charts,
    show_whole,
    turn_over,
)

SEARCH = {"include": [[".oc-search"]]}


def test_a_table_opens_with_the_keyboard_alone(within):
    within.turn_to("/disability-gap")
    summary = within.page.locator("summary", has_text="Table").first
    table = within.page.locator("details table").first
    assert not table.is_visible()
    summary.focus()
    within.page.keyboard.press("Enter")
    assert table.is_visible()
    assert table.locator("th[scope=col]").count() >= 2
    assert table.locator("th[scope=row]").count() >= 5
    assert table.locator("caption").inner_text()

    reached = set()
    for _ in range(60):
        within.page.keyboard.press("Tab")
        reached.add(
            within.page.evaluate("""() => {
            const at = document.activeElement
            return (at.getAttribute('aria-label') ?? at.innerText ?? '').trim().slice(0, 30) }""")
        )
    for wanted in (
        "Broken down by",
        "Table",
        "CSV",
        "Image",
        "Copy",
        "Link",
        "Evidence",
    ):
        assert any(wanted in name for name in reached), (wanted, sorted(reached))


@pytest.mark.parametrize("path", ["/", "/jobs"])
def test_the_phone_menu_breaks_no_rule(reader, path):
    """At the narrowest width, with Streamlit's own menu closed and open: its lists are none, and say so.

    Of what is broken there the statement tells no more, and no less: what is mended is taken out of it.
    """
    reader.show(width=STATEMENT.narrowest, height=640)
    page = reader.open(path).page
    page.wait_for_selector("[data-testid=stSidebarNavItems][role=none]", state="attached")
    told = {rule for limit in STATEMENT.limits for rule in limit.narrow}
    broken = set(broken_rules(page))
    assert broken == (told if path == "/" else set())
    page.get_by_test_id("stExpandSidebarButton").click()
    page.evaluate(STILL)
    assert broken_rules(page, {"include": [["[data-testid=stSidebar]"]]}) == {}


def test_the_page_can_be_read_at_four_times_its_size(within):
    """400% zoom of a 1280 by 1024 screen is a 320 by 256 one with the same text."""
    within.show(width=320, height=256)
    within.turn_to("/partnership?area=S12000023")
    assert within.page.get_by_role("heading", level=1).is_visible()
    assert overflow(within.page) <= 1


def test_a_chart_that_answers_to_the_pointer_can_be_used_by_everyone(within):
    """Its picture as all else on a page: test_every_page.py."""
    page, figure = within.turn_to("/disability-gap").page, {"include": [[".oc-chart"]]}
    point_at_charts(page)
    assert broken_rules(page, figure) == {}
    turn_over(within)
    point_at_charts(page)
    assert broken_rules(page, figure) == {}


def test_the_names_of_parts_can_be_used_by_everyone_light_and_dark(within):
    """What only stands there while one part is open: test_every_page.py looks at it in one appearance."""
    page = within.turn_to("/jobs").page
    show_whole(page)
    assert broken_rules(page, WHILE_ONE_IS_OPEN) == {}
    turn_over(within)
    assert broken_rules(page, WHILE_ONE_IS_OPEN) == {}


def print_on_paper(reader, path):
    """The pictures that a page prints, each a chart's, on A4 between its margins."""
    page = reader.turn_to(path).page
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    expect(page.locator(".oc-picture > div > svg:visible").nth(1)).to_be_attached()
    pictures = page.locator(".oc-chart:not([hidden])").evaluate_all("""all => all.map(chart =>
        [...chart.querySelectorAll(':is(.oc-picture, .oc-paper) > div > svg')].filter(each => each.getBoundingClientRect().height))""")
    assert all(len(each) == 1 for each in pictures), "each chart prints one picture"
    assert page.locator(".oc-plot:visible").count() == 0
    return page


def test_a_printed_page_holds_its_charts_to_the_right_edge(within):
    """On paper the picture of each chart is as wide as the paper, and no button is printed."""
    page = print_on_paper(within, "/disability-gap")
    pictures = page.locator(":is(.oc-picture, .oc-paper) > div > svg:visible")
    for box in pictures.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)"):
        assert box <= 720
    assert pictures.first.locator("text", has_text="2038").count() == 1
    assert page.locator(".oc-tools button:visible").count() == 0


def test_what_is_too_wide_for_paper_is_printed_in_its_narrow_drawing(within):
    within.turn_to("/partnership?area=S12000049")
    page = within.page
    page.emulate_media(media="print")      # of a screen that is wide: paper is not
    spine = page.locator(".oc-chart.oc-still").first
    expect(spine.locator(".oc-paper > div > svg")).to_be_visible()
    expect(spine.locator(".oc-picture > div > svg")).to_be_hidden()
    expect(spine.locator(".oc-paper svg text", has_text="95% interval")).to_have_count(0)


def test_the_open_search_can_be_used_by_everyone(within):
    page = within.turn_to("/about").page
    page.get_by_role("combobox", name="Search").fill("wage")
    page.wait_for_selector(".oc-search li")
    page.keyboard.press("ArrowDown")
    assert broken_rules(page, SEARCH) == {}
    turn_over(within)
    assert page.locator(".oc-search li").first.is_visible() and broken_rules(page, SEARCH) == {}
    assert narrow_overflow(page) <= 1
