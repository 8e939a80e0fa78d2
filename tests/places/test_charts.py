"""What the maps and tile grids say, whatever draws them."""

import json
import re

import plotly.graph_objects as go
import pytest

from dashboard.charts import classes, draw, map, theme, tiles
from dashboard.charts.both import BOTH, parted
from dashboard.figure import plot
from dashboard.figures.places import shading
from tests.patterns import repainted

ORKNEY, SHETLAND, WESTERN_ISLES = "S12000023", "S12000027", "S12000013"
DUNDEE, HIGHLAND, CLACKMANNANSHIRE = "S12000042", "S12000017", "S12000005"


@pytest.fixture
def indicator(sample):
    return sample.indicator()


def _map_rows(rows, sample, indicator, scale, scotland=True):
    judged = sample.judged(rows, indicator) if scotland else rows
    return shading.map_rows(judged, indicator, scale, sample.places())


def _by_code(rows, name):
    return {row["area_code"]: row[name] for row in rows}


def _but(rows, changes):
    """The rows with those of some codes changed."""
    return [row | changes.get(row["area_code"], {}) for row in rows]


@pytest.fixture
def drawn(sample, indicator):
    """(rows, scale) of the made-up figures, ready to draw."""
    rows = sample.rows()
    scale = shading.choose_scale(rows, indicator)
    return _map_rows(rows, sample, indicator, scale), scale


# Classes -----------------------------------------------------------------------------------------

def test_class_agrees_with_the_rounded_figure_shown(sample, indicator):
    rows = [row | {"value": float(value), "obs_status": None} for row, value in zip(sample.rows(), range(20, 52), strict=True)]
    scale = shading.choose_scale(rows, indicator)
    inside = scale.labels.index("25% to under 30%")
    assert (scale.labels[0], scale.labels[-1]) == ("Under 25%", "50% or more")
    assert scale.class_of(24.6, 0) == inside, "shown as 25%"
    assert scale.class_of(24.4, 0) == inside - 1, "shown as 24%"


@pytest.mark.parametrize(("values", "labels"), [
    ([7] * 32, ("7%",)),
    ([0] * 31 + [90], ("Under 90%", "90% or more")),
    ([3, 4] * 16, ("Under 4%", "4% or more")),
])
def test_values_mostly_alike_are_few_classes(values, labels, sample, indicator):
    rows = [row | {"value": float(value), "obs_status": None} for row, value in zip(sample.rows(), values, strict=True)]
    assert shading.choose_scale(rows, indicator).labels == labels


def test_hidden_figures_have_no_class_and_do_not_stretch_the_scale(drawn):
    rows, scale = drawn
    places, labels = _by_code(rows, "class_index"), _by_code(rows, "class_label")
    assert {code for code, place in places.items() if place is None} == {ORKNEY, SHETLAND, WESTERN_ISLES, CLACKMANNANSHIRE}
    assert scale.labels[0] == "Under 25%", "not drawn out to the 0 of a [low]"
    assert labels[WESTERN_ISLES] == "[low] fewer than 5, may be none"
    assert _by_code(rows, "text")[ORKNEY] == "[c] Confidential: too few people to show."


def test_a_council_without_a_row_of_figures_is_said_to_be_missing(sample, indicator):
    rows = _but(sample.rows(), {HIGHLAND: {"value": None, "lower_ci": None, "upper_ci": None}})
    made = _map_rows(rows, sample, indicator, shading.choose_scale(rows, indicator))
    assert _by_code(made, "class_label")[HIGHLAND] == "No figure held"


def test_a_survey_is_shaded_only_by_what_its_intervals_show(sample):
    survey = sample.indicator(is_survey=True)
    same = [row | {"obs_status": None, "value": 31.0, "lower_ci": 27.0, "upper_ci": 35.0} for row in sample.rows()]
    rows = _but(same, {ORKNEY: {"value": 60.0, "lower_ci": 25.0, "upper_ci": 90.0},
                       HIGHLAND: {"value": 40.0, "lower_ci": 36.0, "upper_ci": 44.0},
                       SHETLAND: {"value": 22.0, "lower_ci": 18.0, "upper_ci": 26.0},
                       DUNDEE: {"value": 90.0, "lower_ci": None, "upper_ci": None}})
    labels = _by_code(_map_rows(rows, sample, survey, shading.choose_scale(rows, survey)), "class_label")
    assert labels.pop(HIGHLAND) == "Higher than Scotland"
    assert labels.pop(SHETLAND) == "Lower than Scotland"
    assert labels[ORKNEY] == "Cannot be told apart from Scotland", "far above, but the interval is wide"
    assert labels[DUNDEE] == "Cannot be told apart from Scotland", "no interval"
    assert set(labels.values()) == {"Cannot be told apart from Scotland"}


@pytest.mark.parametrize(("direction", "higher"), [("higher_is_better", theme.LIGHT.better),
                                                   ("lower_is_better", theme.LIGHT.worse),
                                                   ("no_direction", theme.LIGHT.series[0])])
def test_higher_than_scotland_is_coloured_by_what_is_better(sample, direction, higher):
    survey = sample.indicator(is_survey=True, direction=direction)
    scale = shading.choose_scale(sample.rows(), survey)
    assert classes.colour_of({"class_index": 0}, scale, survey, theme.LIGHT) == higher


def test_the_key_counts_every_class_and_says_why_some_are_hatched(drawn, sample):
    rows, scale = drawn
    lines = {line["text"]: line["class_index"] for line in shading.key(rows, scale, sample.indicator())}
    counted = [int(re.search(r"\((\d+)\)$", text)[1]) for text, place in lines.items() if place is not None]
    assert sum(counted) == 28 and list(lines.values())[:len(scale.labels)] == list(range(len(scale.labels)))
    assert [text for text, place in lines.items() if place is None] == [
        "[c] confidential: too few people to show: Clackmannanshire and Orkney Islands",
        "[low] fewer than 5, may be none: Na h-Eileanan Siar", "[x] not available: Shetland Islands",
        "[u] low reliability: read with care: Dundee City"]


def test_a_council_twice_is_refused(sample, indicator):
    rows = [*sample.rows(), sample.rows()[0]]
    with pytest.raises(ValueError, match="a council appears twice"):
        _map_rows(rows, sample, indicator, shading.choose_scale(rows, indicator), scotland=False)


# The map and the tiles ---------------------------------------------------------------------------

def test_a_map_is_a_colour_a_mark_and_words_for_each_council_and_no_shape(drawn, indicator):
    rows, scale = drawn
    made = map.values(rows, indicator, scale, theme.LIGHT, HIGHLAND)
    areas = {code: (colour, mark, name, text) for code, colour, mark, name, text in made["areas"]}
    assert list(areas) == sorted(row["area_code"] for row in rows) and made["selected"] == HIGHLAND
    shades = {classes.colour_of({"class_index": i}, scale, indicator, theme.LIGHT) for i in range(len(scale.labels))}
    assert {code for code, (colour, *_) in areas.items() if colour not in shades} == {ORKNEY, SHETLAND, WESTERN_ISLES, CLACKMANNANSHIRE}
    assert {code: mark for code, (_, mark, *_) in areas.items() if mark} == {
        ORKNEY: "[c]", SHETLAND: "[x]", WESTERN_ISLES: "[low]", DUNDEE: "[u]", CLACKMANNANSHIRE: "[c]"}
    assert areas[HIGHLAND][2:] == ("Highland", _by_code(rows, "text")[HIGHLAND])
    assert [caption for caption, *_ in made["frames"]] == ["Central belt", "Shetland"] and len(json.dumps(made)) < 9_000


@pytest.mark.parametrize("kind", ["map", "flat_map", "tiles"])
def test_what_is_drawn_dark_is_the_same_in_other_colours(drawn, indicator, kind):
    rows, scale = drawn
    shown = plot(kind, rows, "Map", **shading.as_options(scale, indicator, HIGHLAND, shading.key(rows, scale, indicator)))
    both, dark = (json.dumps([draw.values_of(shown, colours), draw.key_of(shown, colours)]) for colours in (BOTH, theme.DARK))
    light, shades = parted(both)
    assert repainted(light, shades) == dark and light != dark
    assert len(draw.values_of(shown, theme.LIGHT)["areas"]) == 32 and draw.is_still(shown)


def test_tiles_are_equal_in_their_places_and_say_name_and_figure(drawn, indicator, sample):
    rows, scale = drawn
    figure = tiles.tile_grid(rows, indicator, scale, theme.LIGHT, HIGHLAND)
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


@pytest.mark.parametrize("width", [280, 330, tiles.LEAST - 1])
def test_on_a_narrow_screen_the_words_of_a_tile_fit_it_in_letters_of_full_size(drawn, indicator, sample, width):
    rows, scale = drawn
    (trace,) = tiles.tile_grid(rows, indicator, scale, theme.LIGHT, HIGHLAND, width=width)["data"]
    side = tiles.SIDE * width / (tiles.COLUMNS + 0.2)
    assert all(theme.width_of(words) <= side for words in trace["text"]) and trace["constraintext"] == "none"
    words = dict(zip([code for code, in trace["customdata"]], trace["text"], strict=True))
    assert words[HIGHLAND] == "High<br><b>44%</b>" and words[DUNDEE] == "Dund<br><b>[u]</b>" and words[WESTERN_ISLES] == "Siar<br><b>[low]</b>"
    survey = sample.indicator(is_survey=True)
    compared = shading.choose_scale(sample.rows(), survey)
    (trace,) = tiles.tile_grid(_map_rows(sample.rows(), sample, survey, compared), survey, compared, theme.LIGHT, width=width)["data"]
    assert all(re.search(r"<b>([▲◆≈]|\[\w+\])</b>$", each) for each in trace["text"]), "a shape beside the colour"


def test_survey_tiles_carry_a_shape_beside_the_colour(sample):
    survey = sample.indicator(is_survey=True)
    scale = shading.choose_scale(sample.rows(), survey)
    rows = _map_rows(sample.rows(), sample, survey, scale)
    (trace,) = tiles.tile_grid(rows, survey, scale, theme.LIGHT)["data"]
    for label, words in zip([row["class_label"] for row in rows], trace["text"], strict=True):
        expected = "[" if "[u]" in words else {shading.HIGHER: "▲", shading.LOWER: "◆", shading.ALIKE: "≈"}.get(label, "[")
        assert words.count("[u]") <= 1 and not ("[u]" in words and "≈" in words)      # on few people: not said to be alike
        assert expected in words


def test_every_short_name_belongs_to_a_council(sample):
    assert set(tiles.SHORT_NAMES) == set(tiles.FEW_LETTERS) == set(sample.names())
    assert len(set(tiles.FEW_LETTERS.values())) == 32


def test_small_multiples_are_one_trace_on_one_scale(sample, indicator):
    tables = [sample.rows(shift) for shift in range(6)]
    scale = shading.choose_scale([row for table in tables for row in table], indicator)
    rows = [row | {"panel": f"Year {i}"} for i, table in enumerate(tables) for row in _map_rows(table, sample, indicator, scale)]
    figure = tiles.tile_grids(rows, indicator, scale, theme.LIGHT)
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
        scale = shading.choose_scale(sample.rows(), indicator)
        rows = _map_rows(sample.rows(), sample, indicator, scale)
        (trace,) = tiles.tile_grid(rows, indicator, scale, colours)["data"]
        for fill, ink in zip(trace["marker"]["color"], trace["insidetextfont"]["color"], strict=True):
            one, other = sorted((tiles._luminance(fill), tiles._luminance(ink)))
            assert (other + 0.05) / (one + 0.05) >= 4.5
