"""What a real browser draws, fetches and is sent."""

import io

from PIL import Image

from dashboard.charts.theme import LIGHT

DARKEST = tuple(bytes.fromhex(LIGHT.sequential[-1][1:]))      # the colour of the top class, Highland's


HIGHLAND = (128, 198)      # a place in it, in pixels of a chart 360 wide


def _is_darkest(page, chart) -> bool:
    """True if Highland is drawn in the colour of the top class, within what drawing may round."""
    box = chart.bounding_box()
    spot = {"x": box["x"] + HIGHLAND[0], "y": box["y"] + HIGHLAND[1], "width": 1, "height": 1}
    picture = Image.open(io.BytesIO(page.screenshot(clip=spot, timeout=60_000)))
    pixel = picture.convert("RGB").getpixel((0, 0))
    return all(abs(a - b) <= 3 for a, b in zip(pixel, DARKEST, strict=True))


def _wait_until(page, condition, tries: int = 60) -> None:
    for _ in range(tries):
        if condition():
            return
        page.wait_for_timeout(400)
    raise AssertionError("what was waited for did not happen")


def _wait_for_drawing(page, chart) -> None:
    chart.wait_for(timeout=60_000)
    _wait_until(page, lambda: _is_darkest(page, chart))


def test_webgl_map_draws_hovers_and_sends_little(open_page):
    with open_page("show=deck") as visit:
        page = visit.page
        chart = page.get_by_test_id("stDeckGlJsonChart")
        _wait_for_drawing(page, chart)
        box = chart.bounding_box()
        page.mouse.move(box["x"] + HIGHLAND[0], box["y"] + HIGHLAND[1])
        page.mouse.move(box["x"] + HIGHLAND[0] + 1, box["y"] + HIGHLAND[1])
        tooltip = page.locator(".deck-tooltip p:visible")
        tooltip.wait_for(timeout=60_000)
        assert tooltip.count() == 1
        assert tooltip.inner_text().startswith("Highland\n44%, 95% interval 40% to 48%")
        visit.received.clear()
        page.get_by_role("radio", name="1").click(force=True)
        _wait_until(page, lambda: not _is_darkest(page, chart))
        assert 0 < sum(visit.received) < 100_000
        assert len(visit.shapes) == 2, "shapes and stripes, each fetched once"
        assert visit.outside == []


def test_flat_map_and_tiles_work_without_webgl_and_a_click_selects(open_page):
    with open_page("show=flat", webgl=False) as visit:
        page = visit.page
        flat = page.get_by_test_id("stPlotlyChart").first
        _wait_for_drawing(page, flat)
        visit.received.clear()
        box = flat.bounding_box()
        page.mouse.click(box["x"] + HIGHLAND[0], box["y"] + HIGHLAND[1])
        page.get_by_text("S12000017").wait_for(timeout=60_000)
        assert sum(visit.received) < 100_000
        page.get_by_text("Shetland", exact=True).last.click(force=True)     # the tile; the first is the map's frame
        page.get_by_text("S12000027").wait_for(timeout=60_000)
        assert len(set(visit.shapes)) == 2, "shapes and stripes"
        assert visit.outside == []
