"""A page that this browser has shown before stands at once, while Streamlit starts; only a page that everyone is shown."""

from contextlib import contextmanager

from playwright.sync_api import expect

from .conftest import OFTEN, STEP, Line, Reader

LINK = "/jobs?area=S12000049"
CHARTS = 3
KEPT = f"() => Object.keys(localStorage).includes('outcomes page {LINK}')"


@contextmanager
def come_back(reader):
    """A tab of the same reader with the page opened by its link, and no answer of the server: all that is there was kept."""
    page = reader.page.context.new_page()
    page.set_viewport_size(reader.page.viewport_size)
    page.route_web_socket("**/*", lambda socket: None)
    page.goto(reader.address + LINK)
    yield page
    page.close()


def kept_by(reader):
    """Opens the page and leaves it alone until the browser has kept it: its text."""
    reader.open(LINK)
    reader.page.wait_for_function(KEPT, polling=OFTEN)
    return reader.text()


def test_a_page_shown_before_stands_before_the_server_has_answered(reader):
    """As it stood, to look at and nothing else: no key and no screen reader finds it, and it gives way to the page itself."""
    told = kept_by(reader)
    with come_back(reader) as page:
        kept = page.locator("#kept")
        expect(kept.locator("h1")).to_be_visible()
        assert kept.locator("[data-testid=stMain]").inner_text() == told
        drawn = kept.locator(".oc-chart:not([hidden]) .oc-picture svg")
        assert drawn.count() >= CHARTS and drawn.first.bounding_box()["height"] > 50
        assert kept.evaluate("each => each.inert && each.ariaHidden === 'true' && !each.querySelector('[id]:not(svg *)')")
        page.keyboard.press("Tab")
        assert kept.count() == 0, "it stands over nothing that is done on the page"
    reader.open(LINK)
    assert reader.page.locator("h1").count() == 1 and reader.text() == told


OF_ANOTHER = """() => Object.keys(localStorage).filter((each) => each.startsWith("outcomes page ")).forEach((each) => {
    localStorage[each] = localStorage[each].replace(document.documentElement.dataset.edition, "000000000000") })"""


def test_of_another_edition_or_width_nothing_is_shown_and_nothing_stays(reader):
    kept_by(reader)
    held = reader.page.evaluate("({ ...localStorage })")

    def change_the_edition():
        reader.page.evaluate(OF_ANOTHER)

    def change_the_width():
        reader.page.set_viewport_size({"width": 900, "height": 900})

    for change in (change_the_edition, change_the_width):
        reader.page.evaluate("held => Object.assign(localStorage, held)", held)
        assert reader.page.evaluate(KEPT)
        change()
        with come_back(reader) as page:
            assert page.locator("#kept").count() == 0 and not page.evaluate(KEPT), change.__name__


def test_a_page_is_kept_under_no_other_address_than_its_own(reader):
    """Who turns to another page has its address before its figures: while they are on their way the page before still stands there."""
    page = reader.page.context.new_page()
    line = Line(page)
    Reader(page, reader.address).open(LINK)
    line.answers.clear()
    line.busy = True
    page.evaluate(STEP, "/disability-gap")
    page.wait_for_timeout(1500)      # longer than a page must have stood still
    assert line.answers and not page.evaluate("Object.keys(localStorage).some((each) => each.includes('/disability-gap'))")
    page.close()


def test_a_page_of_people_is_never_kept(reader):
    """Challenge sessions hold what people wrote: their page does not name the edition by which it could be kept."""
    page = reader.open("/challenge").page
    assert page.locator(".oc-strip").count() == 1 and page.locator(".oc-strip[data-edition]").count() == 0
    page.wait_for_timeout(1500)      # longer than a page must have stood still
    assert not page.evaluate("Object.keys(localStorage).some((each) => each.startsWith('outcomes page '))")
