"""Charts of job outcomes and comparisons: valid figures, every name readable, what is not known left open."""

from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts import cohorts, divided, journey, picture, ranks, steadied, theme, timeline, xmr
from dashboard.charts.bands import Band
from dashboard.charts.grouped import Series
from dashboard.methods import spc

SHADES = [theme.LIGHT, theme.DARK]


def words_of(figure):
    return [each["text"] for each in figure["layout"]["annotations"]]


@pytest.mark.parametrize("colours", SHADES)
def test_stacks_name_every_bar_and_every_part(colours):
    parts = [Band("job", "Entered work", "#002d54", "#ffffff"), Band("open", "Not recorded", "#ffffff", "#000000", True)]
    rows = [{"label": area, "category": key, "share": share, "text": f"{area} {key}"}
            for area in ("Fife", "Scotland") for key, share in (("job", 95.0), ("open", 5.0))]
    figure = journey.stacks(rows, parts, colours)
    go.Figure(figure)
    assert {"Fife", "Scotland", "Entered work", "Not recorded", "95%"} <= set(words_of(figure))
    assert "5%" not in words_of(figure)
    assert figure["data"][1]["marker"]["pattern"]["shape"] == "/" and "pattern" not in figure["data"][0]["marker"]


def test_long_names_take_one_column_of_the_key():
    def key(name):
        parts = [Band(str(n), name, "#002d54", "#ffffff") for n in range(4)]
        rows = [{"label": "Fife", "category": str(n), "share": 25.0, "text": ""} for n in range(4)]
        return {each["x"] for each in journey.stacks(rows, parts, theme.LIGHT)["layout"]["annotations"]
                if each["text"] == name}

    assert len(key("Short")) == 2 and len(key("A name too long for half a screen")) == 1


def test_a_cohort_not_yet_known_is_a_hatched_cell_and_never_a_low_number():
    rows = [{"label": "2024-25", "people": "9,250", "shares": (10.0, 20.0, 25.0, 30.0), "texts": ("10%", "20%", "25%", "30%"),
             "hovers": ("a", "b", "c", "d")},
            {"label": "Apr–Jun 2025", "people": "2,145", "shares": (11.0, None, None, None), "texts": ("11%", "", "", ""),
             "hovers": ("e", "f", "g", "h")}]
    figure = cohorts.cohort_table(rows, ("3", "6", "9", "12"), "Months", "People", theme.LIGHT)
    go.Figure(figure)
    ground, known, unknown = figure["data"]
    assert unknown["marker"]["pattern"]["shape"] == "/" and unknown["base"] == [1.0, 2.0, 3.0]
    assert len(known["x"]) == len(ground["x"]) == 5 and known["x"][0] == pytest.approx(cohorts.CELL * 0.1)


def test_three_answers_stand_around_the_middle_one(rate):
    """What declined ends where the same begins, and what improved begins where it ends; the same is in the middle."""
    series = [Series("good", "Improved", "#002d54"), Series("same", "Same", "#6b7884"), Series("bad", "Declined", "#6a2063")]
    rows = [{"label": "Confidence", "series": name, "heading": "32% asked twice", "value": value, "lower_ci": value - 1,
             "upper_ci": value + 1, "obs_status": None, "period_label": "2024-25"}
            for name, value in (("good", 51.0), ("same", 33.0), ("bad", 16.0))]
    figure = divided.divided(rows, series, rate, theme.LIGHT)
    go.Figure(figure)
    bad, same, good = figure["data"]
    assert (bad["base"], same["base"], good["base"]) == ([-32.5], [-16.5], [16.5])
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < -32.5 and high > 67.5


def test_ranks_keep_the_order_given_and_one_rank_is_still_a_mark():
    rows = [{"area": "Angus", "first": 2.0, "last": 3.0, "text": "a"}, {"area": "Fife", "first": 1.0, "last": 1.0, "text": "b"}]
    figure = ranks.ranks(rows, theme.LIGHT, 3, chosen="Fife")
    go.Figure(figure)
    assert figure["layout"]["yaxis"]["ticktext"] == ["Angus", "<b>Fife</b>"]
    assert all(width > 0 for trace in figure["data"] for width in trace["x"])


def test_starts_have_limits_signals_and_an_open_point_for_what_is_still_reported():
    rows = [{"value": float(value), "period_label": str(at), "period": str(at), "frequency": "quarter",
             "start_date": f"{2015 + at // 4}-0{1 + at % 4 * 2}-01", "end_date": f"{2015 + at // 4}-0{2 + at % 4 * 2}-01"}
            for at, value in enumerate([100, 105, 95] * 8)]
    rows[-2]["value"], waiting = 900.0, rows[-1:]
    judged = rows[:-1]
    drawn = spc.draw([row["value"] for row in judged])
    figure = xmr.xmr(judged, drawn, waiting, {5: "Template changed"}, theme.LIGHT)
    go.Figure(figure)
    assert "Template changed" in words_of(figure) and any("limits" in each for each in words_of(figure)) and any("still being" in each for each in words_of(figure))
    rings = figure["data"][0]["marker"]["line"]["width"]
    assert rings[-1] and len(rings) == len(judged)
    assert len([shape for shape in figure["layout"]["shapes"] if shape["x0"] != shape["x1"]]) == 3


@pytest.mark.parametrize("colours", SHADES)
def test_a_timeline_draws_a_bar_only_between_two_held_dates(colours):
    spans = [timeline.Span("Whole", "w", date(2018, 4, 1), date(2024, 3, 31), date(2024, 4, 1)),
             timeline.Span("Runs on", "r", date(2019, 4, 1), runs_on=True),
             timeline.Span("Began", "b", date(2017, 4, 3)), timeline.Span("Folded", "f", folded=date(2019, 4, 1)),
             timeline.Span("Nothing", "Dates not held")]
    figure = timeline.timeline(spans, date(2026, 6, 30), colours)
    go.Figure(figure)
    bars, squares, begun = figure["data"]
    assert bars["base"] == pytest.approx([2018.25, 2019.25], abs=0.01)
    assert bars["x"] == pytest.approx([6.0, 7.25], abs=0.01)
    assert squares["marker"]["symbol"] == "square" and len(squares["x"]) == 2
    assert begun["marker"]["symbol"] == "circle" and begun["x"] == pytest.approx([2017.25], abs=0.01)
    assert "<b>Nothing</b><br>Dates not held" in words_of(figure)
    assert "Dates not held" in picture.svg(figure, picture.Words("t"), colours)


def test_a_timeline_without_a_single_date_is_words_alone():
    figure = timeline.timeline([timeline.Span("Nothing", "Dates not held")], date(2026, 6, 30), theme.LIGHT)
    go.Figure(figure)
    assert figure["data"] == [] and words_of(figure) == ["<b>Nothing</b><br>Dates not held"]


@pytest.mark.parametrize("colours", SHADES)
def test_steadied_estimates_are_second_marks_of_another_shape_with_a_key(colours, rate, areas):
    middles = (None, (79.0, 82.0, 84.0, "b"), (73.0, 75.0, 77.0, "c"), (61.0, 65.0, 68.0, "d"), None)
    names = ("steadied_lower", "steadied", "steadied_upper", "steadied_text")
    rows = [row | dict(zip(names, given or (None, None, None, ""), strict=True))
            for row, given in zip(areas, middles, strict=True)]
    figure = steadied.steadied(rows, rate, colours, "Fife", 75.0)
    go.Figure(figure)
    dots, squares = figure["data"]
    assert dots["marker"]["symbol"] == "circle" and squares["marker"]["symbol"] == "square"
    assert dots["x"] == [75.0, 85.0, 74.0, 60.0] and squares["x"] == [82.0, 75.0, 65.0]     # the rates as they were
    assert all(under < over for under, over in zip(squares["y"], dots["y"][1:], strict=True))
    assert {"●", "Rate", "□", "Steadied estimate", "[c]", "<b>Fife</b>"} <= set(words_of(figure))


def test_the_words_of_two_changes_never_run_into_each_other():
    rows = [{"value": 100.0, "period_label": str(at), "period": str(at), "frequency": "quarter",
             "start_date": f"{2015 + at // 4}-0{1 + at % 4 * 2}-01", "end_date": f"{2015 + at // 4}-0{2 + at % 4 * 2}-01"}
            for at in range(16)]
    changes = {5: "One long name of a programme that was folded in", 9: "Another folded in"}
    figure = xmr.xmr(rows, spc.draw([100.0] * 16, tuple(changes)), [], changes, theme.LIGHT)
    heights = [each["yshift"] for each in figure["layout"]["annotations"] if "folded" in each["text"]]
    assert heights[0] == 0 and heights[1] >= 17 * 2
