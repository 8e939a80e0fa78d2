"""Every page, light and dark: no violation of WCAG A or AA, nothing wider than a narrow screen, all by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = ["/", "/disability-gap", "/national-performance", "/partnership?area=S12000023",
         "/indicator?id=employment_rate_16_64&area=S12000023", "/data-quality", "/about"]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_no_page_breaks_an_accessibility_rule(read_with, appearance):
    reader = read_with(appearance=appearance)
    broken = {}
    for path in PAGES:
        reader.open(path)
        found = Axe().run(reader.page, options=RULES).response["violations"]
        for rule in found:
            broken[f"{path} {rule['id']}"] = [node["html"][:150] for node in rule["nodes"][:3]]
    assert broken == {}


def test_nothing_is_wider_than_a_narrow_screen(read_with):
    reader = read_with(width=320, height=640)
    too_wide = {}
    for path in PAGES:
        reader.open(path)
        main = reader.page.locator("[data-testid=stMain]")
        overflow = main.evaluate("element => element.scrollWidth - element.clientWidth")
        if overflow > 1:
            too_wide[path] = overflow
    assert too_wide == {}


def test_every_chart_has_a_text_alternative_and_a_table(reader):
    for path in PAGES:
        reader.open(path)
        charts = reader.page.locator("[data-testid=stPlotlyChart]")
        names = charts.evaluate_all("""all => all.map(chart =>
            (chart.closest('[aria-label]') ?? chart.querySelector('[aria-label]'))?.getAttribute('aria-label') ?? '')""")
        assert all(len(name) > 40 for name in names), (path, names)
        assert reader.page.get_by_text("Show as table").count() >= len(names), path


def test_a_table_opens_with_the_keyboard_alone(reader):
    reader.open("/disability-gap")
    summary = reader.page.locator("summary", has_text="Show as table").first
    table = reader.page.locator("details table").first
    assert not table.is_visible()
    summary.focus()
    reader.page.keyboard.press("Enter")
    assert table.is_visible()
    assert table.locator("th[scope=col]").count() >= 2
    assert table.locator("th[scope=row]").count() >= 5
    assert table.locator("caption").inner_text()


def test_focus_reaches_every_control_and_is_seen(reader):
    reader.open("/partnership?area=S12000023")
    reached = set()
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        reached.add(reader.page.evaluate("""() => {
            const at = document.activeElement
            return (at.getAttribute('aria-label') ?? at.innerText ?? '').trim().slice(0, 30) }"""))
    for wanted in ("Partnership", "Headlines", "Show as table", "Download CSV", "Save image", "Link to this view"):
        assert any(wanted in name for name in reached), (wanted, sorted(reached))


def test_the_page_can_be_read_at_four_times_its_size(read_with):
    """400% zoom of a 1280 pixel screen is a 320 pixel one with the same text."""
    reader = read_with(width=320, height=256).open("/")
    assert reader.page.get_by_role("heading", level=1).is_visible()
    assert reader.page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth - e.clientWidth") <= 1
