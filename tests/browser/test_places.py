"""The Places page in a real browser that may talk to nothing but the dashboard."""

import csv
import io
import re

import pytest

CHECKED = {"Orkney": "Orkney Islands", "Shetland": "Shetland Islands", "Siar": "Na h-Eileanan Siar",
           "Dundee": "Dundee City", "Clackm.": "Clackmannanshire"}
LONG = 60_000
MAP = "[class*=st-key-framed] "       # what stands in the frame of the map


@pytest.fixture(scope="module")
def open_places(address, browse):
    """A visit to the Places page: `with open_places(query, webgl=True) as visit`."""
    return lambda query, webgl=True: browse(address, f"/places?{query}", webgl, 1320)


@pytest.fixture(scope="module")
def flat(open_places):
    """A visit with a browser that cannot draw the interactive map, to a measure of every council."""
    with open_places("id=claimant_count_share", webgl=False) as visit:
        _ready(visit.page)
        yield visit


def _ready(page) -> None:
    page.wait_for_selector("h1", timeout=LONG)
    page.wait_for_function(
        """() => !document.querySelector('#kept')
            && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
            && document.querySelectorAll('[data-testid=stPlotlyChart] .main-svg').length > 0""", timeout=LONG)


def _table(page):
    """The table under the map, open."""
    folded = page.locator(f"{MAP}details", has=page.locator("summary", has_text="Table")).first
    if not folded.evaluate("each => each.open"):
        folded.locator("summary").first.click()
    return page.locator(f"{MAP}.oc-table").first


def _shown(table) -> dict[str, str]:
    """Area to figure, as a table shows them."""
    rows = table.locator("tbody tr").evaluate_all("all => all.map(row => [...row.querySelectorAll('th,td')].map(each => each.innerText))")
    return {cells[0]: cells[1] for cells in rows}


def test_nothing_is_asked_of_anyone_else_and_a_change_sends_little(open_places):
    with open_places("id=claimant_count_share&area=S12000047") as visit:
        page = visit.page
        _ready(page)
        page.get_by_test_id("stDeckGlJsonChart").wait_for(timeout=LONG)
        page.wait_for_timeout(1500)
        visit.received.clear()
        box = page.get_by_role("combobox", name="Period")
        box.click()
        page.get_by_role("option").nth(2).click()
        page.wait_for_timeout(1500)
        _ready(page)
        assert 0 < sum(visit.received) < 100_000, sum(visit.received)
        assert len(visit.shapes) == len(set(visit.shapes)), "the shapes travel once"
        assert visit.outside == []
        page.go_back()
        page.wait_for_url("**/places?*", timeout=LONG)      # the choice was one step
        page.go_back()
        page.wait_for_url("about:blank", timeout=LONG)      # and the visit another


def test_the_download_holds_the_tables_of_the_table_with_scotland(flat):
    page = flat.page
    with page.expect_download(timeout=LONG) as downloading:
        page.locator(MAP).get_by_role("button", name="CSV").first.click()
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
    page.get_by_test_id("stDeckGlJsonChart").wait_for(state="detached", timeout=LONG)
    for word, name in CHECKED.items():
        _ready(page)        # a click on a map that is being drawn anew is lost
        page.get_by_text(word, exact=True).filter(visible=True).last.click(force=True)
        page.locator(".oc-place h3", has_text=name).wait_for(timeout=LONG)
        assert re.search(r"\d", page.locator(".oc-place p").first.inner_text())
    link = page.locator(".oc-place a").first
    assert link.get_attribute("href") == "/partnership?area=S12000005"
    assert flat.outside == []


def test_the_keyboard_reaches_every_council_in_the_table(flat):
    page = flat.page
    assert page.locator(".oc-place h3", has_text="Orkney Islands").count() == 0
    link = _table(page).get_by_role("link", name="Orkney Islands")
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".oc-place h3", has_text="Orkney Islands").wait_for(timeout=LONG)
