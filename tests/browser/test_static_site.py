"""The static edition as a reader sees it: no violation of WCAG A or AA, nothing too wide, no script, on one page of each template."""

import pytest

from dashboard import paths
from dashboard.packs.site import contents, pages
from dashboard.read.edition import current

from .usable import PAPER, broken_rules

ORKNEY = "S12000023"
INDICATOR = "entered_work_within_12_months"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A few pages: one of an area, one of an indicator, and the lists that lead to them."""
    out, edition = tmp_path_factory.mktemp("site"), current(paths.DATA / "extract")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "sites", lambda: tuple(site for site in contents.sites() if site.name in ("headlines", "partnership")))
        list(pages.write(edition, out, (ORKNEY,), (INDICATOR,)))
    return out


def test_each_template_can_be_used_by_everyone(chromium, folder):
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    for file in ("index.html", f"partnership/{ORKNEY}.html", f"indicator/{INDICATOR}.html", "areas.html", "evidence.html"):
        page.goto((folder / file).as_uri())
        assert broken_rules(page) == {}, file
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, file
        page.set_viewport_size({"width": PAPER, "height": 1000})
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER, f"{file}: on paper"
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
    page.close()


def test_without_any_script_pictures_show_and_tables_open(chromium, folder):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / f"partnership/{ORKNEY}.html").as_uri())
    assert page.locator("img").count() > 3
    table = page.locator("section:has(img) details table").first
    assert not table.is_visible()
    page.locator("section:has(img) summary", has_text="Table").first.press("Enter")
    assert table.is_visible()
    context.close()
