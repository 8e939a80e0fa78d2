"""Under the policy that the dashboard is served with: nothing a page needs is refused, nothing leaves, nothing frames it."""

import pytest
from playwright.sync_api import expect

from .conftest import is_outside

KINDS = ("/places", "/places?map=flat", "/jobs?area=S12000047", "/about")      # both maps, charts, words


@pytest.fixture
def page(map_drawing_chromium, address):
    """A page under the policy; what the browser refused and what it asked elsewhere are checked when it closes."""
    context = map_drawing_chromium.new_context(viewport={"width": 1280, "height": 900})
    refused, outside = [], []
    opened = context.new_page()
    opened.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))
    opened.on("request", lambda request: is_outside(request.url, address) and outside.append(request.url))
    yield opened
    context.close()
    assert (refused, outside) == ([], [])


def test_every_kind_of_page_draws_all_it_has(page, address):
    for path in KINDS:
        page.goto(address + path)
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1, timeout=60_000)
        expect(page.locator("h1.oc-question")).to_be_visible(timeout=60_000)
        expect(page.locator(".oc-chart:not([hidden]):not(:has(.oc-picture svg))")).to_have_count(0, timeout=60_000)
    page.goto(f"{address}/disability-gap")
    page.locator(".oc-chart:not([hidden], .oc-still)").first.hover()
    expect(page.locator(".oc-drawn:not(.oc-still) .oc-plot svg").first).to_be_visible()


def test_no_other_site_may_frame_it(chromium, address):
    context = chromium.new_context()
    page, refused = context.new_page(), []
    page.on("console", lambda message: refused.append(message.text))
    page.set_content(f'<iframe src="{address}/jobs" width="600" height="400"></iframe>')
    page.wait_for_timeout(1000)
    assert any("frame" in each.lower() for each in refused)
    assert page.frames[-1].url.startswith("chrome-error:")
    context.close()
