"""The Places page: what a reader chooses on the map, in the tiles, in the table and in the link is chosen everywhere."""

import json
import re

import pytest
from dashboard.components.screen import Screen

MEASURE = "claimant_count_share"
PARTS = {"rural": "Scottish Government Urban Rural Classification", "mix": "When one label is needed",
         "islands": "returns hold no island mark", "groups": "who is in each", "cost": "none are in this edition",
         "time": "The councils counted in the key are those of", "two": "One scale for both."}


def _table(html):
    """Area to figure in the first table that chooses."""
    rows = re.findall(r'<tr[^>]*><th scope="row"><a [^>]*>(.*?)</a></th><td[^>]*>(.*?)</td>', html)
    return dict(rows[:33])


def _on_tiles(app):
    """Area code to figure on the tile grid."""
    trace = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    return {place[0]: re.search(r"<b>(.*?)</b>$", text)[1]
            for place, text in zip(trace["customdata"], trace["text"], strict=True)}


def _on_map(app):
    """Council name to the first words of its tooltip on the WebGL map."""
    html = json.loads(app.get("deck_gl_json_chart")[0].proto.tooltip)["html"]
    return {name: text.split(",")[0].rstrip(".") for name, text in re.findall(r"<p><b>(.*?)</b><br>(.*?)</p>", html)}


def _notices(html):
    return " ".join(re.findall(r'<div class="oc-notice".*?</div>', html, flags=re.S))


def test_the_same_32_figures_are_on_the_map_the_tiles_and_in_the_table(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, area="S12000023")
    table, on_tiles, on_map = _table(markup_of(app)), _on_tiles(app), _on_map(app)
    assert next(iter(table)) == "Scotland" and len(table) == 33
    assert sorted(on_tiles.values()) == sorted(list(table.values())[1:])
    assert on_map == {name: figure for name, figure in table.items() if name != "Scotland"}


def test_a_chosen_area_is_chosen_everywhere_and_leads_to_its_page(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE)
    app.selectbox(key="choose_area").select("S12000005").run()
    html = markup_of(app)
    assert re.search(r'<div class="oc-place" role="status"><h3>Clackmannanshire</h3>', html)
    assert re.search(r'<tr class="oc-chosen" aria-current="true"><th[^>]*><a [^>]*>Clackmannanshire</a>', html)
    assert '<a href="/partnership?area=S12000005"' in html
    assert app.query_params["area"] in ("S12000005", ["S12000005"])
    widths = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["marker"]["line"]["width"]
    assert sum(width > 2 for width in widths) == 1


def test_without_webgl_the_flat_map_takes_over_and_says_so(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, part="groups")
    app.session_state["screen"] = Screen(webgl=False, width=480)
    app.run()
    assert not app.get("deck_gl_json_chart") and len(app.get("plotly_chart")) == 2
    assert "cannot draw the interactive map" in _notices(markup_of(app))


def test_on_the_narrowest_screens_the_tiles_have_a_few_letters_and_say_so(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, part="groups")
    app.session_state["screen"] = Screen(webgl=False, width=280)
    app.run()
    spec = json.loads(app.get("plotly_chart")[1].proto.spec)
    assert len(spec["data"][0]["text"]) == 32 and spec["layout"]["height"] < 340
    assert "Names on the tiles are shortened" in markup_of(app)


def test_the_flat_map_can_be_chosen_in_the_link(open_page, published_extract):
    app = open_page(published_extract.parent, "places", id=MEASURE, map="flat", part="cost")
    assert not app.get("deck_gl_json_chart") and len(app.get("plotly_chart")) == 2


def test_a_period_of_another_measure_gives_way_silently_but_a_bad_link_is_named(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id="employment_rate_16_64", period="2019")
    assert app.selectbox(key="choose_period").value == "2019"
    app.selectbox(key="choose_id").select("positive_destinations_initial").run()
    assert not _notices(markup_of(app)) and not app.exception and "period" not in app.query_params
    app = open_page(published_extract.parent, "places", id=MEASURE, period="1066")
    assert "&#39;1066&#39; is not a choice of &#39;Period&#39; here" in _notices(markup_of(app))


@pytest.mark.parametrize(("part", "words"), PARTS.items())
def test_every_part_opens_and_draws_at_most_six(open_page, published_extract, markup_of, figures_of, part, words):
    app = open_page(published_extract.parent, "places", part=part, area="S12000027")
    assert not app.exception and words in markup_of(app)
    drawn = [figure for figure in figures_of(app) if figure.get("page")]
    assert len(app.get("plotly_chart")) + len(app.get("deck_gl_json_chart")) + len(drawn) <= 6


def test_two_flat_maps_each_have_their_key(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, part="two", id2="employment_rate_16_64", drawn="flat")
    assert not app.exception and markup_of(app).count('<ul class="oc-key">') == 3
    assert "do not show that one thing causes the other" in _notices(markup_of(app))
