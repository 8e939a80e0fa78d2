"""One part of a page that fails is said and logged; the others go on."""

from dataclasses import replace

import pytest

from dashboard import paths
from dashboard.components import run
from dashboard.figures import recipes
from dashboard.packs import finished
from dashboard.read.edition import Kept


@pytest.fixture
def nothing_kept(monkeypatch):
    """What earlier tests made is made again."""
    monkeypatch.setattr(recipes, "_MADE", Kept(100))
    for kept in ("_PACKED", "_WRITTEN"):
        monkeypatch.setattr(finished, kept, Kept(100))


def broken(*_):
    raise ValueError("a fault of ours")


def test_a_recipe_that_fails_says_so_and_the_others_go_on(open_page, figures_of, markup_of, nothing_kept, monkeypatch, caplog):
    whole = recipes.recipes()["jobs.journey"]
    monkeypatch.setitem(recipes.recipes(), "jobs.journey", replace(whole, make=broken))
    app = open_page(paths.DATA / "extract", "jobs", area="S12000023")
    html = markup_of(app)
    assert run.FAILED in html and "a fault of ours" not in html and not app.exception
    assert len(figures_of(app)) >= 3 and "<h1" in html
    assert "jobs.journey could not be made" in caplog.text and "a fault of ours" in caplog.text
    caplog.clear()


def test_a_chart_that_cannot_be_drawn_leaves_its_table(open_page, figures_of, markup_of, nothing_kept, monkeypatch, caplog):
    drawn = finished.draw
    monkeypatch.setattr(finished, "draw", lambda plot, *given: broken() if plot.kind == "journey" else drawn(plot, *given))
    app = open_page(paths.DATA / "extract", "jobs", area="S12000023")
    html = markup_of(app)
    assert "the chart could not be drawn. Its table holds the same figures." in html and not app.exception
    assert any("page" in each for each in figures_of(app)) and "a fault of ours" in caplog.text
    caplog.clear()
