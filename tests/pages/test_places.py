"""The Places page: what a reader chooses on the map, in the tiles, in the table and in the link is chosen everywhere."""

import json
import re

import pytest

MEASURE = "claimant_count_share"
PARTS = {"rural": "Scottish Government Urban Rural Classification", "mix": "When one label is needed",
         "islands": "returns hold no island mark", "groups": "who is in each", "cost": "none are in this edition",
         "time": "The councils counted in the key are those of", "two": "One scale for both."}


def _table(html):
    """Area to figure in the first table that chooses."""
    rows = re.findall(r'<tr[^>]*><th scope="row"><a [^>]*>(.*?)</a></th><td[^>]*>(.*?)</td>', html)
    return dict(rows[:33])


def _places(figures):
    """What the map is drawn with: the first figure of the page that has shapes."""
    return next(figure for figure in figures if "places" in figure)


def _on_tiles(figure):
    """The figure on each tile, as its picture says it."""
    return re.findall(r'font-weight="600">([^<]*)</text>', figure["body"])


def _on_map(figure):
    """Council name to the first words of what the pointer is told of it."""
    return {name: text.split(",")[0].rstrip(".") for *_, name, text in figure["places"]["areas"]}


def _address(app):
    """The choices that the page writes into its address."""
    return next(json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.component_name == "address")["query"]


def _notices(html):
    return " ".join(re.findall(r'<div class="oc-notice".*?</div>', html, flags=re.S))


def test_the_same_32_figures_are_on_the_map_the_tiles_and_in_the_table(open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, area="S12000023")
    table, shown = _table(markup_of(app)), _places(figures_of(app))
    assert next(iter(table)) == "Scotland" and len(table) == 33
    assert sorted(_on_tiles(shown)) == sorted(list(table.values())[1:])
    assert _on_map(shown) == {name: figure for name, figure in table.items() if name != "Scotland"}
    assert shown["places"]["alt"].startswith("Map") and shown["alt"] == shown["places"]["alt"].replace("Map", "Tile grid", 1)


def test_a_chosen_area_is_chosen_everywhere_and_leads_to_its_page(open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "places", id=MEASURE)
    app.selectbox(key="choose_area").select("S12000005").run()
    html = markup_of(app)
    assert re.search(r'<div class="oc-place" role="status"><h3>Clackmannanshire</h3>', html)
    assert re.search(r'<tr class="oc-chosen" aria-current="true"><th[^>]*><a [^>]*>Clackmannanshire</a>', html)
    assert '<a href="/partnership?area=S12000005"' in html
    assert app.query_params["area"] in ("S12000005", ["S12000005"])
    shown = _places(figures_of(app))
    assert shown["places"]["selected"] == "S12000005" and len(re.findall('stroke-width="3.5"', shown["body"])) == 1


def test_on_the_narrowest_screens_the_tiles_have_a_few_letters_and_say_so(open_page, published_extract, figures_of):
    shown = _places(figures_of(open_page(published_extract.parent, "places", id=MEASURE, part="groups")))
    assert ">Siar</text>" in shown["narrow"]["body"] and shown["narrow"]["height"] < 340
    assert '<p class="oc-subtitle oc-shortened">Names on the tiles are shortened' in shown["key"]


def test_the_flat_map_is_kept_in_the_link(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, map="flat", part="cost")
    assert "map=flat" in _address(app)
    app = open_page(published_extract.parent, "places", id=MEASURE, map="round", part="cost")
    assert "&#39;round&#39; is not a choice of &#39;Map&#39; here" in _notices(markup_of(app)) and "map=map" in _address(app)


def test_a_period_of_another_measure_gives_way_silently_but_a_bad_link_is_named(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id="employment_rate_16_64", period="2019")
    assert app.selectbox(key="choose_period").value == "2019"
    app.selectbox(key="choose_id").select("positive_destinations_initial").run()
    assert not _notices(markup_of(app)) and not app.exception and "period" not in app.query_params
    app = open_page(published_extract.parent, "places", id=MEASURE, period="1066")
    assert "&#39;1066&#39; is not a choice of &#39;Period&#39; here" in _notices(markup_of(app))


@pytest.mark.parametrize(("part", "words"), PARTS.items())
def test_every_part_opens_and_draws_at_most_six(open_page, published_extract, markup_of, drawn_on, part, words):
    app = open_page(published_extract.parent, "places", part=part, area="S12000027")
    assert not app.exception and words in markup_of(app)
    assert 1 <= len(drawn_on(app)) <= 6


def test_two_flat_maps_each_have_their_key(open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, part="two", id2="employment_rate_16_64", drawn="flat")
    assert not app.exception and markup_of(app).count('<ul class="oc-key">') == 3
    assert [figure["places"]["kind"] for figure in figures_of(app) if "places" in figure] == ["map", "flat_map", "flat_map"]
    assert "do not show that one thing causes the other" in _notices(markup_of(app))
