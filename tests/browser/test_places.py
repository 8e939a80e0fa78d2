"""The Places page in a real browser that may talk to nothing but the dashboard, under the policy that it is served with."""

import csv
import io
import re

import pytest

from .conftest import OFTEN
from .usable import STILL, broken_rules, narrow_overflow, unfit_for_paper

LONG = 60_000
FIGURE = ".oc-kind-map"
AREA = "area=S12000047"
HIGHLAND = "S12000017"
ORKNEY, CLACKMANNANSHIRE = ("S12000023", "Orkney Islands"), ("S12000005", "Clackmannanshire")
COLOURS = """each => { const tile = document.querySelector(`.oc-picture [data-area=${each.dataset.area}]`)
    return [each.style.fill, getComputedStyle(tile).fill] }"""
IS_THERE = """() => !document.querySelector('#kept') && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && document.querySelector('.oc-kind-map .oc-shapes path') && document.querySelector('.oc-kind-map .oc-picture rect[data-area]')"""
LEAVE_A_MARK = """() => document.querySelectorAll('.oc-map, .oc-flat svg, .oc-deck canvas, .oc-kind-map .oc-chart').forEach(each => { each.wasThere = true })"""
SEEN = """() => { const { view } = document.querySelector('.oc-kind-map').oc.places; return { enlarged: view.zoom - view.minZoom, at: view.longitude } }"""
MARKED = "[...document.querySelectorAll('.oc-map, .oc-flat svg, .oc-deck canvas, .oc-kind-map .oc-chart')].map(each => each.wasThere)"


@pytest.fixture(scope="module")
def open_places(address, browse):
    """A visit to the Places page: `with open_places(query, webgl=True) as visit`; what draws by software draws little."""
    return lambda query, webgl=True: browse(address, f"/places?{query}", webgl, 420 if webgl else 1320)


@pytest.fixture(scope="module")
def flat(open_places):
    """A visit with a browser that cannot draw the interactive map, to a measure of every council."""
    with open_places("id=claimant_count_share", webgl=False) as visit:
        _ready(visit.page)
        yield visit


def _ready(page) -> None:
    page.wait_for_function(IS_THERE, polling=OFTEN, timeout=LONG)


def _choose(page, label, option) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def _chosen(page, name) -> None:
    page.locator(".oc-place h3", has_text=name).wait_for(timeout=LONG)


def _middle(page, share_across, share_down):
    """A place on the map, in pixels of the page."""
    page.locator(".oc-map").scroll_into_view_if_needed()
    box = page.locator(".oc-map").bounding_box()
    return box["x"] + share_across * box["width"], box["y"] + share_down * box["height"]


def _table(page):
    """The table under the map, open."""
    folded = page.locator(f"{FIGURE} details", has=page.locator("summary", has_text="Table")).first
    if not folded.evaluate("each => each.open"):
        folded.locator("summary").first.click()
    return page.locator(f"{FIGURE} .oc-table").first


def _shown(table) -> dict[str, str]:
    """Area to figure, as a table shows them."""
    rows = table.locator("tbody tr").evaluate_all("all => all.map(row => [...row.querySelectorAll('th,td')].map(each => each.innerText))")
    return {cells[0]: cells[1] for cells in rows}


def test_the_interactive_map_stays_through_a_change_and_is_sent_values_alone(open_places):
    """Its node, its shapes and how far it is enlarged; what a click on it chooses is chosen everywhere."""
    with open_places(f"id=entered_work_within_12_months&{AREA}&part=islands") as visit:
        page = visit.page
        _ready(page)
        page.locator(".oc-moving canvas").wait_for(timeout=LONG)
        page.get_by_role("button", name="Enlarge the map").click()
        page.evaluate(LEAVE_A_MARK)
        seen, fetched = page.evaluate(SEEN), list(visit.shapes)
        assert seen["enlarged"] > 0.9
        visit.received.clear()
        _choose(page, "Area", "Moray")
        _chosen(page, "Moray")
        assert 0 < sum(visit.received) < 25_000, sum(visit.received)
        _choose(page, "Measure", "Unemployment rate (modelled)")
        page.locator(f"{FIGURE} .oc-figure", has_text="Unemployment rate (modelled)").wait_for(timeout=LONG)
        assert page.evaluate(SEEN) == pytest.approx(seen) and page.evaluate(MARKED) == [True] * 4
        canvas = page.locator(".oc-deck canvas")
        width, height = canvas.evaluate("each => [each.clientWidth, each.clientHeight]")
        canvas.click(position={"x": 0.12 * width, "y": 0.65 * height})
        _chosen(page, "Highland")
        assert broken_rules(page, {"include": [[FIGURE]]}) == {}
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("() => document.querySelector('.oc-kind-map').oc.look === 'dark'", polling=OFTEN)
        page.evaluate(STILL)
        assert broken_rules(page, {"include": [[FIGURE]]}) == {}
        assert narrow_overflow(page) <= 1 and unfit_for_paper(page) == []
        page.evaluate("document.querySelector('.oc-kind-map').oc.tell('area', 'E92000001')")      # a browser may say anything
        page.get_by_role("button", name="Flat map").click()
        page.wait_for_url("**map=flat*", timeout=LONG)
        _chosen(page, "Highland")
        assert page.locator("canvas").count() == 0 and page.locator(".oc-flat svg").is_visible()
        assert visit.shapes == fetched and len(set(fetched)) == 2, "shapes and stripes"
        assert (visit.outside, visit.refused) == ([], [])


def test_the_download_holds_the_tables_of_the_table_with_scotland(flat):
    page = flat.page
    with page.expect_download(timeout=LONG) as downloading:
        page.locator(FIGURE).get_by_role("button", name="CSV").first.click()
    text = downloading.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = _shown(_table(page))
    assert len(rows) == 33 and rows[0]["Area"] == "Scotland"
    assert [row["Area"] for row in rows] == list(shown)
    value = list(rows[0])[1]
    assert all(shown[row["Area"]].startswith(f"{float(row[value]):.1f}%") for row in rows)


def test_without_webgl_the_flat_map_is_there_and_one_click_chooses_and_reads(flat):
    page = flat.page
    page.get_by_text("This browser cannot draw the interactive map").wait_for(timeout=LONG)
    assert page.locator("canvas, .oc-map-tools:not([hidden])").count() == 0
    page.evaluate(LEAVE_A_MARK)
    for code, name in ORKNEY, CLACKMANNANSHIRE:
        page.locator(f".oc-picture [data-area={code}]").click()
        _chosen(page, name)
        assert re.search(r"\d", page.locator(".oc-place p").first.inner_text())
    page.locator(f".oc-shapes [data-area={HIGHLAND}]").click()
    _chosen(page, "Highland")
    assert page.evaluate(MARKED) == [True] * 3
    assert page.locator(".oc-place a").first.get_attribute("href") == f"/partnership?area={HIGHLAND}"
    assert (flat.outside, flat.refused) == ([], [])


def test_what_the_pointer_is_on_is_said_in_words_and_marked_on_the_map_and_the_tiles(flat):
    page = flat.page
    page.locator(".oc-picture [data-area=S12000027]").hover()
    words = page.locator(f"{FIGURE} .oc-hover")
    assert words.inner_text().startswith("Shetland Islands\n") and "Scotland" in words.inner_text()
    assert page.locator("rect.oc-pointed").count() == 1 and page.locator(".oc-flat .oc-pointed path").count() == 2, "in its place and enlarged"
    page.mouse.move(*_middle(page, 0.02, 0.02))
    assert not words.is_visible() and page.locator(".oc-flat .oc-pointed path").count() == 0


def test_the_map_is_the_same_in_the_dark_and_on_paper_it_stands_beside_the_tiles(flat):
    page = flat.page
    first = page.locator(f".oc-shapes [data-area={HIGHLAND}]").evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("([code, colour]) => document.querySelector(`.oc-shapes [data-area=${code}]`).style.fill !== colour",
                           arg=[HIGHLAND, first[0]], polling=OFTEN, timeout=LONG)
    second = page.locator(f".oc-shapes [data-area={HIGHLAND}]").evaluate(COLOURS)
    assert first[0] == first[1] and second[0] == second[1] != first[0], "of the map and of its tile"
    page.emulate_media(color_scheme="light")
    page.wait_for_function("() => document.querySelector('.oc-kind-map').oc.look === 'light'", polling=OFTEN, timeout=LONG)
    page.evaluate(STILL)        # drawn anew in light, the page moves; printed, it does not
    page.emulate_media(media="print")
    map_, tiles = page.evaluate("""all => all.map(each => document.querySelector(each).getBoundingClientRect().toJSON())""",
                                [".oc-map", f"{FIGURE} .oc-chart"])      # both at one moment
    assert map_["x"] + map_["width"] < tiles["x"] and abs(map_["y"] - tiles["y"]) < 40
    page.emulate_media(media="screen")


def test_shapes_that_do_not_arrive_leave_the_tiles_and_the_table(flat, address):
    page = flat.page.context.new_page()
    page.set_viewport_size({"width": 320, "height": 900})
    page.route("**/boundaries-*", lambda route: route.abort())
    page.goto(f"{address}/places?id=claimant_count_share")
    page.get_by_text("The map did not arrive. The tiles and the table hold the same figures.").wait_for(timeout=LONG)
    assert page.locator(f"{FIGURE} .oc-picture [data-area]").count() == 32 and not page.locator(".oc-map").is_visible()
    page.unroute("**/boundaries-*")
    page.locator(".oc-picture [data-area=S12000023]").click()
    _chosen(page, "Orkney Islands")
    page.locator(".oc-shapes path").first.wait_for(timeout=LONG)
    assert page.locator("[data-testid=stMain]").evaluate("each => each.scrollWidth - each.clientWidth") == 0
    page.close()


def test_the_keyboard_reaches_every_council_in_the_table(flat):
    page = flat.page
    link = _table(page).get_by_role("link", name="Na h-Eileanan Siar")
    link.focus()
    page.keyboard.press("Enter")
    _chosen(page, "Na h-Eileanan Siar")
