"""What a browser is sent of a figure: nothing twice, and everything can be made again from it."""

import gzip
import json
import re
import xml.etree.ElementTree as xml

import pytest

from dashboard import paths
from dashboard.charts import picture
from dashboard.charts.draw import draw
from dashboard.charts.theme import DARK
from dashboard.components.figure import kept_free
from dashboard.figure import Choice
from dashboard.figures import recipes
from dashboard.packs import finished
from dashboard.packs.figure_svg import figure_svg
from dashboard.read.edition import current


@pytest.fixture(scope="module")
def figure():
    return recipes.made(current(paths.DATA / "extract"), "gap.path", Choice())[0]


def repainted(text, colours):
    """As `figure.js` puts the dark colours in."""
    given = iter(colours)
    return re.sub(r"#[0-9a-f]{6}\b|rgba?\([^)]*\)", lambda _: next(given), text)


def test_the_dark_chart_and_picture_are_the_light_ones_in_other_colours(figure):
    sent, dark = finished.finished(figure, 3), draw(figure.plot, DARK)
    assert json.loads(repainted(json.dumps(sent["chart"]), sent["dark"]["chart"])) == dark
    before, after = repainted("\n".join(sent["page"]), sent["dark"]["page"]).split("\n")
    assert before + repainted(sent["body"], sent["dark"]["body"]) + after == picture.svg(dark, picture.Words(""), DARK)


def test_the_picture_that_is_saved_is_the_one_of_the_terminal(figure):
    sent = finished.finished(figure, 3)
    saved = sent["document"][0] + sent["body"] + sent["document"][1]
    assert saved == figure_svg(figure) and xml.fromstring(saved) is not None


def test_a_drawing_that_differs_in_more_than_its_colours_is_refused():
    assert finished.shades('{"a": "#ffffff", "b": 1}', '{"a": "#000000", "b": 1}') == ["#000000"]
    with pytest.raises(ValueError, match="more than its colours"):
        finished.shades('{"a": "#ffffff", "b": 1}', '{"a": "#000000", "b": 2}')


def test_a_figure_is_packed_to_the_same_bytes_every_time(figure):
    once, again = (finished._pack(finished.finished(figure, 3)) for _ in range(2))
    assert once == again == finished.packed(figure) and json.loads(gzip.decompress(once))["alt"] == figure.plot.alt


def test_the_style_sheet_keeps_every_height_free_that_a_figure_asks_for():
    css = (paths.ASSETS / "dashboard.css").read_text(encoding="utf-8")
    for height in (120, 159, 480, 1603, 9000):
        kept = kept_free(height)
        assert kept <= height and f"[class*=st-key-tall-{kept}-] {{ min-height: {kept}px; }}" in css
