"""Every page, light and dark: no violation of WCAG A or AA, nothing too wide, all of it by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard import paths
from dashboard.read.accessibility import checked

STATEMENT = checked(paths.REFERENCE / "accessibility.toml")
RULES = {"runOnly": {"type": "tag", "values": list(STATEMENT.rules)}}
PARTS = {"include": [["[role=tabpanel]"]]}
LINKS = {
    "": "/",
    "partnership": "/partnership?area=S12000023",
    "indicator": "/indicator?id=employment_rate_16_64&area=S12000023",
}


def addresses():
    """Every page in the navigation, some opened with choices."""
    registry = (paths.ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
    found = re.findall(r'\("\w+\.py", "[^"]+", "([a-z-]*)"\)', registry)
    return [LINKS.get(address, f"/{address}") for address in found]


def test_the_navigation_was_read():
    assert len(addresses()) >= len(list(paths.PAGES.glob("*.py"))) >= 7


def test_the_statement_names_every_page_that_is_checked():
    assert list(STATEMENT.pages) == [address.split("?")[0] for address in addresses()]


@pytest.mark.parametrize("path", addresses())
def test_a_page_can_be_used_by_everyone(reader, path):
    """The rules in light and dark, a narrow screen, the words of each chart; then every other part of the page."""
    reader.open(path)
    page = reader.page
    check_charts(page)
    assert broken_rules(page) == {}, "in light"
    assert narrow_overflow(page) <= 1, "wider than a screen of 320 pixels"
    parts = page.get_by_role("tab")
    for number in range(1, parts.count()):
        name = parts.nth(number).inner_text()
        parts.nth(number).click()
        page.wait_for_timeout(300)
        reader.wait()
        check_charts(page)
        assert broken_rules(page, PARTS) == {}, name
        assert narrow_overflow(page) <= 1, f"wider than a screen of 320 pixels: {name}"

    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme.includes('dark')")
    page.wait_for_timeout(300)
    reader.wait()
    assert broken_rules(page) == {}, "in dark"


def check_charts(page):
    """Each chart is named by its message in words, and its table stands under it."""
    names = page.locator("[data-testid=stPlotlyChart], .oc-chart:not([hidden])").evaluate_all("""all => all.map(chart =>
        (chart.closest('[aria-label]') ?? chart.querySelector('[aria-label]'))?.getAttribute('aria-label') ?? '')""")
    assert all(len(name) > 40 for name in names), names
    assert page.locator("summary", has_text="Table").count() >= page.locator(".oc-chart:not([hidden])").count()


def broken_rules(page, within=None):
    answer = Axe().run(page, context=within, options=RULES).response
    engine = answer["testEngine"]
    assert f"{engine['name']} {engine['version']}" == STATEMENT.engine, "the accessibility statement names another"
    return {rule["id"]: [node["html"][:160] for node in rule["nodes"][:3]] for rule in answer["violations"]}


def test_what_is_broken_on_a_narrow_screen_is_in_the_statement(read_with):
    """No more, and no less: what is mended there is taken out of it."""
    page = read_with(width=STATEMENT.narrowest, height=640).open("/").page
    assert set(broken_rules(page)) == {rule for limit in STATEMENT.limits for rule in limit.narrow}


def narrow_overflow(page):
    page.set_viewport_size({"width": STATEMENT.narrowest, "height": 640})
    page.wait_for_timeout(300)
    found = overflow(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def overflow(page):
    return page.locator("[data-testid=stMain]").evaluate(
        "element => element.scrollWidth - element.clientWidth"
    )


def test_a_table_opens_with_the_keyboard_alone(reader):
    reader.open("/disability-gap")
    summary = reader.page.locator("summary", has_text="Table").first
    table = reader.page.locator("details table").first
    assert not table.is_visible()
    summary.focus()
    reader.page.keyboard.press("Enter")
    assert table.is_visible()
    assert table.locator("th[scope=col]").count() >= 2
    assert table.locator("th[scope=row]").count() >= 5
    assert table.locator("caption").inner_text()

    reached = set()
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        reached.add(
            reader.page.evaluate("""() => {
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
def test_the_phone_menu_breaks_no_rule(read_with, path):
    """Streamlit's own menu at 320 pixels, closed and open: its lists are none, and say so."""
    page = read_with(width=320, height=640).open(path).page
    page.wait_for_selector("[data-testid=stSidebarNavItems][role=none]", state="attached")
    assert broken_rules(page) == {}
    page.get_by_test_id("stExpandSidebarButton").click()
    page.wait_for_timeout(500)
    assert broken_rules(page) == {}


def test_the_page_can_be_read_at_four_times_its_size(read_with):
    """400% zoom of a 1280 by 1024 screen is a 320 by 256 one with the same text."""
    reader = read_with(width=320, height=256).open("/partnership?area=S12000023")
    assert reader.page.get_by_role("heading", level=1).is_visible()
    assert overflow(reader.page) <= 1


def print_on_paper(reader, path):
    """The pictures that a page prints, each a chart's, on A4 between its margins."""
    reader.open(path)
    page = reader.page
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    expect(page.locator(".oc-picture > div > svg:visible").nth(1)).to_be_attached()
    pictures = page.locator(".oc-chart:not([hidden])").evaluate_all("""all => all.map(chart =>
        [...chart.querySelectorAll(':is(.oc-picture, .oc-paper) > div > svg')].filter(each => each.getBoundingClientRect().height))""")
    assert all(len(each) == 1 for each in pictures), "each chart prints one picture"
    assert page.locator(".oc-plot:visible").count() == 0
    return page


def test_a_printed_page_holds_its_charts_to_the_right_edge(reader):
    """On paper the picture of each chart is as wide as the paper, and no button is printed."""
    page = print_on_paper(reader, "/disability-gap")
    pictures = page.locator(":is(.oc-picture, .oc-paper) > div > svg:visible")
    for box in pictures.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)"):
        assert box <= 720
    assert pictures.first.locator("text", has_text="2038").count() == 1
    assert page.locator(".oc-tools button:not(.oc-term):visible").count() == 0      # a term is a word, and stays


def test_what_is_too_wide_for_paper_is_printed_in_its_narrow_drawing(reader):
    reader.open("/partnership?area=S12000049")
    page = reader.page
    page.emulate_media(media="print")      # of a screen that is wide: paper is not
    spine = page.locator(".oc-chart.oc-still").first
    expect(spine.locator(".oc-paper > div > svg")).to_be_visible()
    expect(spine.locator(".oc-picture > div > svg")).to_be_hidden()
    expect(spine.locator(".oc-paper svg text", has_text="95% interval")).to_have_count(0)


def test_the_open_search_can_be_used_by_everyone(reader):
    page = reader.open("/about").page
    page.get_by_role("combobox", name="Search").fill("wage")
    page.wait_for_selector(".oc-search li")
    page.keyboard.press("ArrowDown")
    assert broken_rules(page) == {} and narrow_overflow(page) <= 1
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme.includes('dark')")
    assert broken_rules(page) == {}
