"""Every page as somebody sees it who comes for the first time, then whole, light and dark: quick to look at, and usable by everyone.

A page is loaded once, with nothing fetched before, for what is seen of it first. For all else one tab stays open and turns from
page to page: the rules are read and made ready in it once.
"""

import re

import pytest

from dashboard import paths
from tests.visit import is_refusal, launch

from .conftest import ELSEWHERE, OFTEN, Reader, is_outside
from .usable import (
    HIGH,
    STATEMENT,
    WHILE_ONE_IS_OPEN,
    WIDE,
    broken_colours,
    broken_rules,
    check_charts,
    narrow_overflow,
    outline,
    overflow,
    point_at_charts,
    show_whole,
    turn_over,
    unfit_for_paper,
)

LINKS = {
    "": "/",
    "partnership": "/partnership?area=S12000023",
    "equality": "/equality?by=sex&measure=weeks13",      # its widest table
    "indicator": "/indicator?id=employment_rate_16_64&area=S12000023",
}
WITHOUT_CHOOSERS = ("/", "/disability-gap", "/challenge", "/glance", "/national-performance", "/about")
IN_WORDS = ("/challenge", "/about")
FIGURES = ".oc-chart:not([hidden]), .oc-cards, .oc-scroll table"
SEEN = 100       # pixels of a figure that make it seen
MOST_SHIFT = 0.1       # beside other work; on a quiet machine every page stays under 0.05 (benchmarks/shift.py)
# A figure stands a moment after the page that it is on has run.
STAND = """hrefs => {
    const there = new Set([...document.links].map(each => each.getAttribute('href')))
    return hrefs.every(href => there.has(href))
}"""
WATCH = """window.jumped = 0
new PerformanceObserver((list) => list.getEntries().forEach((each) => { if (!each.hadRecentInput) window.jumped += each.value }))
  .observe({ type: "layout-shift", buffered: true })"""


def addresses():
    """Every page in the navigation, some opened with choices."""
    registry = (paths.ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
    found = re.findall(r'\("\w+\.py", "[^"]+", "([a-z-]*)"\)', registry)
    return [LINKS.get(address, f"/{address}") for address in found]


def test_the_navigation_was_read():
    assert len(addresses()) >= len(list(paths.PAGES.glob("*.py"))) >= 7


def test_the_statement_names_every_page_that_is_checked():
    assert list(STATEMENT.pages) == [address.split("?")[0] for address in addresses()]


@pytest.fixture(scope="module", params=addresses())
def path(request):
    return request.param


@pytest.fixture(scope="module")
def context(playwright, address):
    """The browser of all tabs here: none asks another server, and the policy that a page is served with allows all that it needs."""
    browser = launch(playwright, use="many looks")
    made = browser.new_context(viewport={"width": WIDE, "height": HIGH})
    outside, refused = [], []
    made.on("request", lambda request: is_outside(request.url, address) and outside.append(request.url))
    made.on("console", lambda message: is_refusal(message) and refused.append(message.text))
    yield made
    browser.close()
    assert (outside, refused) == ([], []), "a page asked another server, or for what it may not have"


@pytest.fixture(scope="module")
def visitor(context, address):
    """A tab in which nothing is kept of what it fetches."""
    reader = Reader(context.new_page(), address)
    reader.page.add_init_script(WATCH)
    context.new_cdp_session(reader.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    return reader


@pytest.fixture(scope="module")
def opened(path, visitor):
    """A reader who has just opened the page, with nothing fetched before, coming from elsewhere."""
    visitor.page.goto(visitor.address + ELSEWHERE)
    return visitor.open(path)


@pytest.fixture(scope="module")
def stayer(context, address):
    """A tab that stays open."""
    return Reader(context.new_page(), address).open("/")


@pytest.fixture
def turned(stayer, path):
    """A reader who came to the page from another one, in the appearance that one was left in."""
    stayer.page.set_viewport_size({"width": WIDE, "height": HIGH})
    return stayer.turn_to(path)


def test_the_first_figures_stand_within_the_first_screen_and_nothing_jumps(opened, path):
    """On every page but Challenge and Data and methods, which are words: a chart or table of figures without scrolling."""
    page = opened.page
    if path not in IN_WORDS:
        page.wait_for_function("""([figures, lowest]) => [...document.querySelectorAll(figures)].filter(each => !each.closest('details'))
            .map(each => each.getBoundingClientRect()).some(box => box.height > 0 && box.top <= lowest)""", arg=[FIGURES, HIGH - SEEN], polling=OFTEN)
    assert page.evaluate("window.jumped") <= MOST_SHIFT, "nothing jumps while the page comes"


def test_the_choosers_stand_in_the_masthead_on_every_page_that_has_them(opened, path):
    first = opened.page.locator(".stSelectbox").first
    assert path in WITHOUT_CHOOSERS or first.evaluate("each => Boolean(each.closest('.st-key-masthead'))")


def test_a_page_can_be_used_by_everyone(turned, path):
    """The rules in one appearance and then the other, a narrow screen, paper, the words of each chart.

    Of a page with parts, first what only stands there while one is open; all else stands in the whole page among all parts.
    """
    page = turned.page
    parts = page.get_by_role("tab").all_inner_texts()
    if parts:
        show_whole(page)
        in_part = evidence(page.locator("[role=tabpanel]"))
        check_usable(page, broken_rules(page, WHILE_ONE_IS_OPEN))
        page.set_viewport_size({"width": WIDE, "height": HIGH})
        turned.turn_to(f"{path}{'&' if '?' in path else '?'}show=all")
        assert set(parts) <= set(page.locator("h2").all_inner_texts()), "a part is missing from the whole"
        assert in_part, "no figure stands in the part that is open"
        page.wait_for_function(STAND, arg=sorted(in_part), polling=OFTEN, timeout=20_000)       # the whole holds no less than a part
    show_whole(page)
    broken, told = broken_rules(page), outline(page)
    turn_over(turned)
    assert broken_colours(page) == {}, "in the other appearance"
    assert outline(page) == told, "in the other appearance it is another page"
    check_usable(page, broken, is_whole=True)


def test_one_press_of_back_leaves_the_visit(opened):
    opened.settle()
    opened.page.go_back()
    assert opened.page.url == opened.address + ELSEWHERE


def evidence(within):
    """Which figures stand there, each by its evidence ID."""
    return set(within.locator("a[href*='/about?evidence=']").evaluate_all("all => all.map(each => each.getAttribute('href'))"))


def check_usable(page, broken, is_whole=False):
    """Leaves the page as wide as paper: to draw every chart anew costs as much as to look at it."""
    assert broken == {}
    check_charts(page)
    assert narrow_overflow(page) <= 1, "wider than a screen of 320 pixels"
    if is_whole:
        point_at_charts(page)
        assert overflow(page) <= 1, "wider than a screen of 320 pixels once its charts answer to the pointer"
    assert unfit_for_paper(page) == []
