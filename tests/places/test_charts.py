"""What the maps and tile grids say, whatever draws them."""

import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import classes, map, theme, tiles

URL = "/app/static/geometry/boundaries-0123456789ab.geojson"
ORKNEY, SHETLAND, WESTERN_ISLES = "S12000023", "S12000027", "S12000013"
DUNDEE, HIGHLAND, CLACKMANNANSHIRE = "S12000042", "S12000017", "S12000005"


@pytest.fixture
def indicator(sample):
    return sample.indicator()


@pytest.fixture
def drawn(sample, indicator):
    """(rows, scale) of the made-up figures, ready to draw."""
    rows = sample.rows()
    scale = classes.choose_scale(rows, indicator)
    return classes.map_rows(rows, sample.SCOTLAND, indicator, scale), scale


def _deck(drawn, indicator, selected=None, colours=theme.LIGHT) -> dict:
    rows, scale = drawn
    return json.loads(map.deck_map(rows, indicator, scale, colours, URL, selected).to_json())


def _by_order(expression: str) -> list:
    """The list inside a deck.gl expression `@@=([...])[properties.order]`."""
    return json.loads(re.fullmatch(r"@@=\((.*)\)\[properties\.order\]", expression).group(1))


def _layer(deck: dict, identity: str) -> dict:
    return next(layer for layer in deck["layers"] if layer["id"] == identity)


# Classes -----------------------------------------------------------------------------------------

def _scale(values, sample, **changes):
    rows = sample.rows()
    rows["obs_status"], rows["value"] = None, [float(v) for v in values]
    return classes.choose_scale(rows, sample.indicator(**changes)), rows


@pytest.mark.parametrize("values", [
    range(20, 52),                                  # spread evenly
    [5 * 2 ** (i / 3) for i in range(32)],          # a few very large
    [900 + i // 2 for i in range(32)],              # all near each other, far from zero
])
def test_values_that_differ_get_five_to_seven_classes_none_with_more_than_half(values, sample):
    scale, rows = _scale(values, sample)
    assert 5 <= len(scale.labels) <= 7
    counts = pd.Series([scale.class_of(value, 0) for value in rows["value"]]).value_counts()
    assert counts.max() <= 16
    assert scale.labels[0].startswith("Under ")
    assert scale.labels[-1].endswith(" or more")


def test_class_agrees_with_the_rounded_figure_shown(sample):
    scale, _ = _scale(range(20, 52), sample)
    assert "25% to under 30%" in scale.labels
    inside = scale.labels.index("25% to under 30%")
    assert scale.class_of(24.6, 0) == inside, "shown as 25%"
    assert scale.class_of(24.4, 0) == inside - 1, "shown as 24%"


@pytest.mark.parametrize(("values", "labels"), [
    ([7] * 32, ("7%",)),
    ([0] * 31 + [90], ("Under 90%", "90% or more")),
    ([3, 4] * 16, ("Under 4%", "4% or more")),
])
def test_values_mostly_alike_are_few_classes(values, labels, sample):
    assert _scale(values, sample)[0].labels == labels


def test_hidden_figures_have_no_class_and_do_not_stretch_the_scale(drawn):
    rows, scale = drawn
    rows = rows.set_index("area_code")
    assert rows.loc[[ORKNEY, SHETLAND, WESTERN_ISLES], "class_index"].isna().all()
    assert rows["class_index"].notna().sum() == 28
    assert scale.labels[0] == "Under 25%", "not drawn out to the 0 of a [low]"
    assert rows.loc[WESTERN_ISLES, "class_label"] == "[low] fewer than 5, may be none"
    assert rows.loc[ORKNEY, "text"] == "[c] Confidential: too few people to show."


def test_a_council_without_a_row_of_figures_is_said_to_be_missing(sample, indicator):
    rows = sample.rows()
    rows.loc[rows["area_code"] == HIGHLAND, ["value", "lower_ci", "upper_ci"]] = None
    made = classes.map_rows(rows, sample.SCOTLAND, indicator, classes.choose_scale(rows, indicator))
    assert made.set_index("area_code").loc[HIGHLAND, "class_label"] == "No figure held"


def test_a_survey_is_shaded_only_by_what_its_intervals_show(sample):
    survey = sample.indicator(is_survey=True)
    rows = sample.rows()
    rows["obs_status"] = None
    rows["value"], rows["lower_ci"], rows["upper_ci"] = 31.0, 27.0, 35.0
    wide = rows["area_code"] == ORKNEY
    rows.loc[wide, ["value", "lower_ci", "upper_ci"]] = [60.0, 25.0, 90.0]
    rows.loc[rows["area_code"] == HIGHLAND, ["value", "lower_ci", "upper_ci"]] = [40.0, 36.0, 44.0]
    rows.loc[rows["area_code"] == SHETLAND, ["value", "lower_ci", "upper_ci"]] = [22.0, 18.0, 26.0]
    rows.loc[rows["area_code"] == DUNDEE, ["value", "lower_ci", "upper_ci"]] = [90.0, None, None]
    scale = classes.choose_scale(rows, survey)
    labels = classes.map_rows(rows, sample.SCOTLAND, survey, scale).set_index("area_code")["class_label"]
    assert labels[HIGHLAND] == "Higher than Scotland"
    assert labels[SHETLAND] == "Lower than Scotland"
    assert labels[ORKNEY] == "Cannot be told apart from Scotland", "far above, but the interval is wide"
    assert labels[DUNDEE] == "Cannot be told apart from Scotland", "no interval"
    assert (labels.drop([HIGHLAND, SHETLAND]) == "Cannot be told apart from Scotland").all()


@pytest.mark.parametrize(("direction", "higher"), [("higher_is_better", theme.LIGHT.better),
                                                   ("lower_is_better", theme.LIGHT.worse),
                                                   ("no_direction", theme.LIGHT.series[0])])
def test_higher_than_scotland_is_coloured_by_what_is_better(sample, direction, higher):
    survey = sample.indicator(is_survey=True, direction=direction)
    scale = classes.choose_scale(sample.rows(), survey)
    assert classes.colour_of({"class_index": 0}, scale, survey, theme.LIGHT) == higher


def test_legend_names_every_council_once_and_why_some_are_hatched(drawn, indicator, sample):
    rows, scale = drawn
    entries = classes.legend(rows, scale, indicator, theme.LIGHT)
    named = [name for entry in entries if entry.symbol != "[u]" for name in entry.names]
    assert sorted(named) == sorted(sample.names().values())
    hatched = {entry.symbol: entry.names for entry in entries if entry.is_hatched}
    assert hatched == {"[c]": ("Clackmannanshire", "Orkney Islands"), "[x]": ("Shetland Islands",),
                       "[low]": ("Na h-Eileanan Siar",), "[u]": ("Dundee City",)}
    assert {entry.label for entry in entries if not entry.is_hatched} == set(scale.labels)


def test_a_council_twice_is_refused(sample, indicator):
    rows = pd.concat([sample.rows(), sample.rows().iloc[:1]])
    with pytest.raises(ValueError, match="a council appears twice"):
        classes.map_rows(rows, None, indicator, classes.choose_scale(rows, indicator))


# The map drawn by the graphics card --------------------------------------------------------------

def test_deck_asks_for_nothing_but_the_shapes(drawn, indicator):
    deck = _deck(drawn, indicator)
    text = json.dumps(deck)
    assert deck["mapStyle"] == "__MAP_STYLE__", "pydeck's word for none: Streamlit takes it out"
    assert not any(word in text for word in ("http", "carto", "mapbox", "mapProvider"))
    assert {layer["data"] for layer in deck["layers"] if isinstance(layer["data"], str)} == {
        URL, "/app/static/geometry/boundaries-0123456789ab-hatch.geojson"}
    assert len(text) < 20_000


def test_deck_colours_follow_the_sorted_codes_and_hidden_councils_have_no_class_colour(drawn, indicator):
    rows, scale = drawn
    codes = sorted(rows["area_code"])
    fills = dict(zip(codes, _by_order(_layer(_deck(drawn, indicator), "areas")["getFillColor"]), strict=True))
    shades = {tuple(_rgb(classes.colour_of({"class_index": i}, scale, indicator, theme.LIGHT)))
              for i in range(len(scale.labels))}
    for code in codes:
        is_shaded = tuple(fills[code][:3]) in shades
        assert is_shaded == (code not in (ORKNEY, SHETLAND, WESTERN_ISLES, CLACKMANNANSHIRE))
    striped = _by_order(_layer(_deck(drawn, indicator), "hatch")["getFillColor"])
    stripes = dict(zip(codes, striped, strict=True))
    assert {code for code, colour in stripes.items() if colour[3]} == {
        ORKNEY, SHETLAND, WESTERN_ISLES, DUNDEE, CLACKMANNANSHIRE}


def _rgb(colour: str) -> list[int]:
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]


def test_deck_draws_no_stripes_where_nothing_is_hidden(drawn, indicator):
    rows, scale = drawn
    rows = rows.assign(obs_status=None, value=30.0, class_index=0)
    assert "hatch" not in {layer["id"] for layer in _deck((rows, scale), indicator)["layers"]}


def test_deck_hover_holds_a_sentence_a_council_as_plain_text(drawn, indicator):
    rows, scale = drawn
    rows.loc[rows["area_code"] == HIGHLAND, "text"] = "<b>x</b> {name}"
    tooltip = map.deck_map(rows, indicator, scale, theme.LIGHT, URL)._tooltip["html"]
    assert tooltip.count("<p>") == 32
    assert "&lt;b&gt;x&lt;/b&gt; &#123;name&#125;" in tooltip
    assert 'class="areas area-{order}"' in tooltip


def test_the_selected_council_alone_has_the_thick_outline(drawn, indicator):
    rows, _ = drawn
    widths = _by_order(_layer(_deck(drawn, indicator, HIGHLAND), "areas")["getLineWidth"])
    thick = [code for code, width in zip(sorted(rows["area_code"]), widths, strict=True) if width > 1]
    assert thick == [HIGHLAND]


# The flat map and the tiles ----------------------------------------------------------------------

def test_flat_map_is_a_valid_figure_with_shapes_by_address(drawn, indicator):
    rows, scale = drawn
    figure = map.flat_map(rows, indicator, scale, theme.LIGHT, URL, HIGHLAND)
    go.Figure(figure)
    shaded, stripes, marks, _ = figure["data"]
    assert shaded["geojson"] == URL
    assert shaded["locations"][-1].startswith(HIGHLAND), "drawn last, over its neighbours"
    assert {code for code, in shaded["customdata"]} == set(rows["area_code"])
    assert {place.split()[0] for place in stripes["locations"]} == {
        ORKNEY, SHETLAND, WESTERN_ISLES, DUNDEE, CLACKMANNANSHIRE}
    assert dict(zip(marks["locations"], marks["text"], strict=True))[f"{WESTERN_ISLES} label"] == "[low]"
    assert len(json.dumps(figure)) < 40_000


def test_tiles_are_equal_in_their_places_and_say_name_and_figure(drawn, indicator, sample):
    rows, scale = drawn
    figure = tiles.tile_grid(rows, sample.places(), indicator, scale, theme.LIGHT, HIGHLAND)
    go.Figure(figure)
    (trace,) = figure["data"]
    codes = [code for code, in trace["customdata"]]
    assert sorted(codes) == sorted(sample.places())
    assert set(trace["y"]) == {trace["width"]}, "squares, all alike"
    for code, x, base in zip(codes, trace["x"], trace["base"], strict=True):
        row, column = sample.places()[code]
        assert (int(x), int(-base)) == (column, row)
    words, patterns = dict(zip(codes, trace["text"], strict=True)), trace["marker"]["pattern"]["shape"]
    assert words[HIGHLAND] == "Highland<br><b>44%</b>"
    assert words[WESTERN_ISLES] == "Eileanan<br>Siar<br><b>[low]</b>"
    assert words[DUNDEE].endswith("[u]</b>")
    assert {code for code, shape in zip(codes, patterns, strict=True) if shape} == {
        ORKNEY, SHETLAND, WESTERN_ISLES, DUNDEE, CLACKMANNANSHIRE}
    thick = [code for code, width in zip(codes, trace["marker"]["line"]["width"], strict=True) if width > 1]
    assert thick == [HIGHLAND]


def test_survey_tiles_carry_a_shape_beside_the_colour(sample):
    survey = sample.indicator(is_survey=True)
    scale = classes.choose_scale(sample.rows(), survey)
    rows = classes.map_rows(sample.rows(), sample.SCOTLAND, survey, scale)
    (trace,) = tiles.tile_grid(rows, sample.places(), survey, scale, theme.LIGHT)["data"]
    for label, words in zip(rows["class_label"], trace["text"], strict=True):
        expected = {classes.HIGHER: "▲", classes.LOWER: "▼", classes.ALIKE: "≈"}.get(label, "[")
        assert expected in words


def test_every_short_name_belongs_to_a_council(sample):
    assert set(tiles.SHORT_NAMES) == set(sample.names())


def test_small_multiples_are_one_trace_on_one_scale(sample, indicator):
    tables = [sample.rows(shift) for shift in range(6)]
    scale = classes.choose_scale(pd.concat(tables), indicator)
    panels = {f"Year {i}": classes.map_rows(table, sample.SCOTLAND, indicator, scale)
              for i, table in enumerate(tables)}
    figure = tiles.tile_grids(panels, sample.places(), indicator, scale, theme.LIGHT)
    go.Figure(figure)
    (trace,) = figure["data"]
    assert len(trace["x"]) == len(trace["base"]) == len(trace["marker"]["pattern"]["fgcolor"]) == 6 * 32
    spots = {(round(x, 3), round(base, 3)) for x, base in zip(trace["x"], trace["base"], strict=True)}
    assert len(spots) == 6 * 32, "no tile on another"
    titles = [note["text"] for note in figure["layout"]["annotations"]]
    assert titles == [f"<b>Year {i}</b>" for i in range(6)]
    assert trace["customdata"][32][1] == "Year 1"
    assert len(json.dumps(figure)) < 100_000


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_words_on_a_tile_read_on_every_class(sample, colours):
    for is_survey in (False, True):
        indicator = sample.indicator(is_survey=is_survey)
        scale = classes.choose_scale(sample.rows(), indicator)
        rows = classes.map_rows(sample.rows(), sample.SCOTLAND, indicator, scale)
        (trace,) = tiles.tile_grid(rows, sample.places(), indicator, scale, colours)["data"]
        for fill, ink in zip(trace["marker"]["color"], trace["insidetextfont"]["color"], strict=True):
            one, other = sorted((tiles._luminance(fill), tiles._luminance(ink)))
            assert (other + 0.05) / (one + 0.05) >= 4.5
