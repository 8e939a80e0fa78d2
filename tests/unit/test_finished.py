"""What a browser is sent of a figure: nothing twice, and everything can be made again from it."""

import gzip
import json
import xml.etree.ElementTree as xml
from dataclasses import replace

import pytest

from dashboard import paths
from dashboard.charts import picture, theme
from dashboard.charts.both import BOTH
from dashboard.charts.draw import draw, least_width
from dashboard.components.figure import kept_free
from dashboard.figure import SCOTLAND, Choice, Figure
from dashboard.figures import recipes
from dashboard.packs import finished
from dashboard.packs.figure_svg import figure_svg
from dashboard.read.edition import current
from tests.patterns import repainted

GLASGOW = "S12000049"


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


@pytest.fixture(scope="module")
def figure(edition):
    return recipes.made(edition, "gap.path", Choice())[0]


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_dark_chart_and_picture_are_the_light_ones_in_other_colours(figure, width):
    light, dark = (draw(figure.plot, colours, width) for colours in (theme.LIGHT, theme.DARK))
    sent = finished._drawing(figure.plot, draw(figure.plot, BOTH, width))
    assert json.loads(sent["chart"]) == light and sent["body"] == picture.body(light, theme.LIGHT)
    assert json.loads(repainted(sent["chart"], sent["dark"]["chart"])) == dark
    around = picture.page(dark, theme.DARK)
    assert (repainted(sent["page"][0], sent["dark"]["page"]), sent["page"][1]) == (around.before, around.after)
    assert repainted(sent["body"], sent["dark"]["body"]) == picture.body(dark, theme.DARK)


def test_the_picture_that_is_saved_is_the_one_of_the_terminal(figure):
    sent = finished.finished(figure, 3)
    saved = sent["document"][0] + picture.fixed(sent["body"], sent["across"]) + sent["document"][1]
    assert saved == figure_svg(figure) and xml.fromstring(saved) is not None and "%\"" not in saved


def test_a_drawing_that_nobody_points_at_is_sent_as_a_picture_alone_and_twice_where_width_matters(edition):
    still, = (each for each in recipes.made(edition, "jobs.journey", Choice(SCOTLAND)) if isinstance(each, Figure))
    sent = finished.finished(still, 3)
    assert "chart" not in sent and "chart" not in sent["narrow"] and sent["narrow"]["body"] != sent["body"]
    assert sent["narrow"]["under"] == least_width(still.plot)


def test_a_second_drawing_adds_little_to_what_is_sent(edition):
    """It says the same in the same words: packing sees that."""
    for name in ("jobs.journey", "compare.among", "partnership.labour_market"):
        shown = next(each for each in recipes.made(edition, name, recipes.recipe_named(name).resolve(edition, {"area": GLASGOW}))
                     if isinstance(each, Figure) and each.is_drawn)
        sent = finished.finished(shown, 3)
        assert len(finished._pack(sent)) < 1.45 * len(finished._pack({**sent, "narrow": None})), name


def test_a_figure_is_packed_to_the_same_bytes_every_time(figure):
    once, again = (finished._pack(finished.finished(figure, 3)) for _ in range(2))
    assert once == again == finished.packed(figure) and json.loads(gzip.decompress(once))["alt"] == figure.plot.alt


def test_the_style_sheet_keeps_every_height_free_that_a_figure_asks_for():
    css = (paths.ASSETS / "dashboard.css").read_text(encoding="utf-8")
    for height in (120, 159, 480, 1603, 9000):
        kept = kept_free(height)
        assert kept <= height and f"[class*=st-key-tall-{kept}-] {{ min-height: {kept}px; }}" in css


def test_a_figure_in_a_column_keeps_room_free_for_its_words_on_more_lines(figure):
    wordy = replace(figure, title="A title of about ninety letters takes two lines in a column and one across the whole page")
    full, half = (finished.least_height(wordy, across) for across in (finished.FULL, finished.HALF))
    assert half - full >= finished.TITLE[1] and full == finished.least_height(replace(figure, title="A title"), finished.FULL)
