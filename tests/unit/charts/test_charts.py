"""Figure facts: what is drawn, in what order, what is left out, and that Plotly accepts every part."""

import itertools
import re
import xml.etree.ElementTree as xml
from dataclasses import replace
from pathlib import Path

import plotly
import plotly.graph_objects as go
import pytest

from dashboard import paths
from dashboard.charts import (
    axis,
    bands,
    dots,
    dumbbell,
    funnel,
    gap,
    picture,
    ranges,
    spine,
    strip,
    theme,
    trend,
)
from dashboard.charts.draw import NARROW
from dashboard.components.assets import PLOTLY

COLOURS = theme.LIGHT


def contrast(one, other):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def targets(make_row):
    return [make_row("Target", 2019, 70.0), make_row("Target", 2030, 90.0)]


@pytest.fixture
def spine_rows(areas):
    spread = {"indicator_id": "rate", "scotland": 75.0, "spread_from": 55.0, "lower_quarter": 70.0, "upper_quarter": 78.0,
              "spread_to": 90.0}
    return [row | spread for row in areas if row["area"] in ("Aberdeen City", "Glasgow City", "Na h-Eileanan Siar")]


@pytest.fixture
def limits():
    return [
        {"denominator": 50.0, "lower_95": 60.0, "upper_95": 90.0, "lower_998": 55.0, "upper_998": 95.0},
        {"denominator": 500.0, "lower_95": 70.0, "upper_95": 80.0, "lower_998": 68.0, "upper_998": 82.0},
    ]


@pytest.fixture
def parts():
    rows = [("Improved", 50.0), ("Same", 30.0), ("Declined", 20.0)]
    return [
            {"label": label, "category": name, "share": share}
            for label in ("2022", "2023")
            for name, share in rows
        ]


BANDS = [
    bands.Band("Improved", "Improved", "#0065bd", "#ffffff"),
    bands.Band("Same", "Same", "#949494", "#0b0c0c"),
    bands.Band("Declined", "Declined", "#e5682a", "#0b0c0c", hatched=True),
]


@pytest.fixture
def every_chart(years, areas, rate, targets, spine_rows, limits, parts):
    return {
        "trend": trend.trend(years, rate, COLOURS),
        "gap": gap.gap(years, targets, rate, COLOURS),
        "rates": dumbbell.rates([*years, *(row | {"series": "Fife", "value": row["value"] and row["value"] - 9} for row in years)], targets[1:], rate, COLOURS),
        "dots": dots.dots(areas, rate, COLOURS, reference=75.0, chosen="Fife"),
        "spine": spine.spine(spine_rows, {"rate": rate}, COLOURS),
        "funnel": funnel.funnel(areas, COLOURS, limits, 75.0, rate, chosen="Fife"),
        "bands": bands.bands(parts, BANDS, COLOURS),
        "strip": strip.strip([area | {"group": "Rural"} for area in areas], {"Rural": 75.0}, rate, COLOURS, "Fife", ["Orkney"]),
    }


def test_plotly_accepts_every_chart(every_chart):
    for name, figure in every_chart.items():
        assert go.Figure(figure).data, name
        assert "template" not in figure["layout"], name


def test_the_script_that_draws_is_of_the_version_that_charts_are_checked_with():
    """It is the maker's own smaller file (npm: plotly.js-basic-dist-min); `plotly` brings the whole one. Both are renewed together."""
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    version, own = (re.search(r"plotly\.js (?:\(basic - minified\) )?(v[\d.]+)", path.read_text(encoding="utf-8")[:200])[1]
                    for path in (whole, PLOTLY.path))
    assert version == own


def test_every_chart_can_be_drawn_as_a_picture_with_its_words(every_chart):
    words = picture.Words(
        "A <title> & more", "Subtitle", "Source: A & B", "trend:x@1", "Demonstration data: made up."
    )
    for name, figure in every_chart.items():
        drawn = picture.svg(figure, words, COLOURS)
        xml.fromstring(drawn)
        assert "A &lt;title&gt; &amp; more" in drawn and "Demonstration data: made up." in drawn, name
        assert "Source: A &amp; B" in drawn and "trend:x@1" in drawn, name


def test_every_wide_drawing_is_for_the_width_of_a_picture_that_is_saved():
    assert all(least <= picture.WIDTH - 2 * picture.INSET <= theme.WIDE for least, _ in NARROW.values())


def test_axes_are_explicit_so_that_nothing_is_zoomed_away(every_chart):
    for name, figure in every_chart.items():
        for side in ("xaxis", "yaxis"):
            assert figure["layout"][side]["fixedrange"] is True, (name, side)
            assert len(figure["layout"][side]["range"]) == 2, (name, side)


def test_a_rate_of_records_stands_on_its_range_hatched_as_what_is_not_known(years, areas, rate, spine_rows):
    records = replace(rate, indicator_id="in_work_at_13_weeks")
    assert records.is_of_records

    def on_range(rows):
        return [row | {"lowest": row["value"], "highest": None if row["value"] is None else row["value"] + 9} for row in rows]

    drawn = {"trend": lambda rows, measure: trend.trend(on_range(rows or years), measure, COLOURS),
             "dots": lambda rows, measure: dots.dots(on_range(areas), measure, COLOURS),
             "named_dots": lambda rows, measure: dots.under_names(on_range(areas), measure, COLOURS, "area"),
             "spine": lambda rows, measure: spine.spine(on_range(spine_rows), {"rate": measure}, COLOURS)}
    for name, draw in drawn.items():
        figure = draw(None, records)
        hatched = [trace for trace in figure["data"] if trace["type"] == "bar"]
        assert hatched and figure["data"][0]["type"] == "bar", name       # under the dots
        assert all(set(trace["marker"]["pattern"]["shape"]) == {"/"} for trace in hatched), name
        key, = (note for note in figure["layout"]["annotations"] if note["text"] == ranges.KEY)
        assert key["xshift"] + figure["layout"]["margin"]["l"] == 8, name         # from the edge of the chart, at any width
        assert "stroke-opacity" in picture.svg(figure, picture.Words("T", "S", "", "", ""), COLOURS), name
        assert not any(trace["type"] == "bar" for trace in draw(None, rate)["data"]), name


def test_a_line_stops_at_a_break_and_at_a_hidden_figure(years, rate):
    figure = trend.trend(years, rate, COLOURS)
    lines = [len(t["x"]) for t in figure["data"] if "markers" in t.get("mode", "")]
    assert lines == [2, 2, 1]
    broken = [shape for shape in figure["layout"]["shapes"] if shape["line"]["dash"] == "dash"]
    assert len(broken) == 1
    assert any("new" in note["text"] for note in figure["layout"]["annotations"])


def test_a_hidden_value_is_not_drawn_and_its_mark_is(areas, rate):
    figure = dots.dots(areas, rate, COLOURS)
    assert sum(len(trace["x"]) for trace in figure["data"]) == 4
    assert [note["text"] for note in figure["layout"]["annotations"]].count("[c]") == 1


def test_areas_keep_their_order_scotland_first(areas, rate):
    figure = dots.dots(areas, rate, COLOURS, chosen="Fife")
    axis = figure["layout"]["yaxis"]
    downwards = [
        name for _, name in sorted(zip(axis["tickvals"], axis["ticktext"], strict=True), reverse=True)
    ]
    assert downwards == ["Scotland", "Aberdeen City", "<b>Fife</b>", "Glasgow City", "Na h-Eileanan Siar"]


def test_better_and_worse_differ_by_shape_as_well_as_colour(areas, rate):
    figure = dots.dots(areas, rate, COLOURS)
    looks = {(trace["marker"]["symbol"], trace["marker"]["color"]) for trace in figure["data"]}
    assert looks == {("circle", COLOURS.surface), ("circle", COLOURS.better), ("diamond", COLOURS.worse)}


def test_at_most_four_series_are_drawn(rate, make_row):
    rows = [make_row(name, year, 50.0) for name in "ABCDEF" for year in (2021, 2022)]
    figure = trend.trend(rows, rate, COLOURS)
    assert {trace["name"] for trace in figure["data"]} == set("ABCD")
    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == 4     # colour never stands alone
    drawn = picture.svg(figure, picture.Words("A title", "", "", "", ""), COLOURS)
    assert "<circle" in drawn and len(set(re.findall(r'<path d="M[^"]*Z"', drawn))) == 3     # and in the saved picture


def test_scotland_is_the_black_line_an_area_is_read_against(rate, make_row):
    rows = [make_row(name, year, 50.0) for name in ("Fife", "Scotland") for year in (2021, 2022)]
    colours = {trace["name"]: trace["line"]["color"] for trace in trend.trend(rows, rate, COLOURS)["data"]}
    assert colours == {"Fife": COLOURS.chosen, "Scotland": COLOURS.ink}


def test_rates_start_at_zero(years, rate):
    assert trend.trend(years, rate, COLOURS)["layout"]["yaxis"]["range"][0] == 0


def test_the_path_runs_from_baseline_to_target(years, targets, rate):
    figure = gap.gap(years, targets, rate, COLOURS)
    path = next(trace for trace in figure["data"] if trace["line"].get("dash") == "dash")
    assert path["y"] == [70.0, 90.0]
    assert any("Target 90.0%" in note["text"] for note in figure["layout"]["annotations"])


def test_the_better_side_of_a_spine_is_always_right(spine_rows, rate):
    from dataclasses import replace

    row = spine_rows[0]
    higher, lower = (
        spine.scale_of(row, replace(rate, direction=d)) for d in ("higher_is_better", "lower_is_better")
    )
    assert higher.at(row["value"]) > 0 > lower.at(row["value"])
    assert higher.at(row["scotland"]) == 0


def test_parts_of_a_bar_follow_their_order_and_the_unknown_is_hatched(parts):
    figure = bands.bands(parts, BANDS, COLOURS)
    assert [trace["name"] for trace in figure["data"]] == ["Improved", "Same", "Declined"]
    assert figure["layout"]["barmode"] == "stack" and figure["layout"]["xaxis"]["range"] == [0, 100]
    assert figure["data"][2]["marker"]["pattern"]["shape"] == ["/", "/"]


def test_a_picture_stacks_its_bars_as_the_chart_does(parts):
    drawn = picture.svg(bands.bands(parts, BANDS, COLOURS), picture.Words("T"), COLOURS)
    boxes = [
        float(x)
        for x in re.findall(
            r'<rect x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="[\d.]+" fill="#e5682a"', drawn
        )
    ]
    starts = [
        float(x)
        for x in re.findall(
            r'<rect x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="[\d.]+" fill="#0065bd"', drawn
        )
    ]
    assert len(boxes) == len(starts) == 2 and min(boxes) > max(starts)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_can_be_told_from_the_ground(colours):
    for name in ("ink", "muted", "better", "worse", "neutral", "target"):
        assert contrast(getattr(colours, name), colours.surface) >= 4.5, name
    for shade in (*colours.series, colours.line):
        assert contrast(shade, colours.surface) >= 3, shade
        assert contrast(trend.label_colour(shade, colours), colours.surface) >= 4.5, shade


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (0, 73470), (23.5, 35.8), (-0.4, 0.3), (0, 0), (99.2, 99.9)]
)
def test_ticks_are_round_and_cover_the_values(low, high):
    ticks = theme.nice_ticks(low, high)
    assert ticks[0] <= low and ticks[-1] >= high and 2 <= len(ticks) <= 8
    assert len({round(b - a, 9) for a, b in itertools.pairwise(ticks)}) == 1


def test_labels_that_would_touch_on_a_narrow_screen_are_left_out(make_row, rate):
    def labels(years, width):
        rows = [make_row("A", year, 50.0) for year in years]
        along = axis.thin(trend.trend(rows, rate, COLOURS), width)["layout"]["xaxis"]
        return [label for label in along["ticktext"] if label]

    assert labels((2014, 2016, 2023, 2038), theme.NARROW) == ["2014", "2023", "2038"]
    assert labels((2014, 2016, 2023, 2038), theme.WIDE) == ["2014", "2016", "2023", "2038"]
    assert labels((2014, 2016), theme.NARROW) == ["2014", "2016"]
    assert labels(range(2004, 2020), theme.WIDE) == ["2004", "2007", "2010", "2013", "2016", "2019"], "evenly apart"


def test_a_picture_writes_the_chosen_area_in_bold_and_no_markup(areas, rate):
    drawn = picture.svg(dots.dots(areas, rate, COLOURS, chosen="Fife"), picture.Words("T"), COLOURS)
    assert re.search(r'font-weight="600">Fife</text>', drawn) and "&lt;b&gt;" not in drawn


def test_a_picture_writes_the_words_inside_a_bar():
    figure = {
        "data": [
            {
                "type": "bar",
                "x": [1.0],
                "y": [2.0],
                "width": 1,
                "marker": {"color": "#002d54"},
                "text": ["<b>Fife</b><br>31%"],
                "textposition": "inside",
                "insidetextfont": {"color": "#ffffff", "size": 12},
            }
        ],
        "layout": theme.layout(
            COLOURS,
            200,
            xaxis=theme.plain_axis(COLOURS, (0, 2), {}),
            yaxis=theme.plain_axis(COLOURS, (0, 2), {}),
        ),
    }
    drawn = picture.svg(figure, picture.Words("T"), COLOURS)
    assert (
        re.search(r'fill="#ffffff" text-anchor="middle" font-weight="600">Fife</text>', drawn)
        and ">31%</text>" in drawn
    )


def test_an_axis_beside_many_names_has_a_number_between_its_ends(areas, rate):
    """Only the ends of an axis from 0% to 100% say nothing of where 40% is."""
    values = (12.0, 5.0, 40.0, 60.0, 92.0)
    rows = [row | {"value": value, "lower_ci": None, "upper_ci": None} for row, value in zip(areas, values, strict=True)]
    shown = [label for label in dots.dots(rows, rate, COLOURS)["layout"]["xaxis"]["ticktext"] if label]
    assert len(shown) >= 3 and shown[0] == "0%"


def test_a_table_wider_than_its_box_shows_at_which_side_there_is_more():
    """Grounds that move with the table cover shadows that stay with the box, except where there is more of it."""
    css = (paths.ASSETS / "dashboard.css").read_text(encoding="utf-8")
    rule = re.search(r"\n  \.oc-scroll \{(.*?)\}", css, re.DOTALL)[1]
    assert "overflow-x: auto" in rule and rule.count("no-repeat local") == rule.count("no-repeat scroll") == 2
