"""Charts of job outcomes and comparisons: valid figures, every name readable, what is not known left open."""

import plotly.graph_objects as go
import pytest

from dashboard.charts import bands, cohorts, divided, journey, ranks, steadied, theme, xmr
from dashboard.charts.bands import Band
from dashboard.charts.divided import Series
from dashboard.methods import spc

SHADES = [theme.LIGHT, theme.DARK]


def words_of(figure):
    return [each["text"] for each in figure["layout"]["annotations"]]


@pytest.mark.parametrize("colours", SHADES)
def test_stacks_name_every_bar_and_every_part(colours):
    parts = [Band("job", "Entered work", "#002d54", "#ffffff"), Band("open", "Not recorded", "#ffffff", "#000000", True)]
    rows = [{"label": area, "category": key, "share": share}
            for area in ("Fife", "Scotland") for key, share in (("job", 95.0), ("open", 5.0))]
    figure = bands.stacks(rows, parts, colours)
    go.Figure(figure)
    assert {"Fife", "Scotland", "Entered work", "Not recorded", "95%"} <= set(words_of(figure))
    assert "5%" not in words_of(figure)
    assert figure["data"][1]["marker"]["pattern"]["shape"] == ["/", "/"] and "pattern" not in figure["data"][0]["marker"]


def test_a_key_takes_as_many_lines_as_its_names_need():
    def lines(name):
        parts = [Band(str(n), name, "#002d54", "#ffffff") for n in range(4)]
        return {note["yshift"] for note in bands.key(parts, theme.LIGHT, theme.NARROW, 30).notes if note["text"] == "■"}

    assert len(lines("Short")) < 4 and len(lines("A name too long for half a screen")) == 4


def test_a_cohort_not_yet_known_is_a_hatched_cell_and_never_a_low_number():
    rows = [{"label": "2024-25", "people": "9,250", "shares": (10.0, 20.0, 25.0, 30.0), "texts": ("10%", "20%", "25%", "30%")},
            {"label": "Apr–Jun 2025", "people": "2,145", "shares": (11.0, None, None, None), "texts": ("11%", "", "", "")}]
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


@pytest.mark.parametrize("drawing", [steadied.steadied, steadied.under_names])
def test_a_rate_and_its_steadied_estimate_are_marks_of_two_shapes_joined_by_a_line(drawing, rate, areas):
    middles = ((79.0, 82.0, 84.0), (73.0, 75.0, 77.0), (61.0, 65.0, 68.0))
    rows = [row | dict(zip(("steadied_lower", "steadied", "steadied_upper"), given, strict=True))
            for row, given in zip(areas[1:4], middles, strict=True)]
    figure = drawing(rows, rate, theme.LIGHT, str(rows[1]["area"]), 75.0)
    go.Figure(figure)
    dots, squares = figure["data"]
    assert dots["marker"]["symbol"] == "circle" and squares["marker"]["symbol"] == "square"
    assert dots["x"] == [float(row["value"]) for row in rows] and squares["x"] == [82.0, 75.0, 65.0]     # the rates as they were
    joined = {(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"] if shape["line"]["width"] == 3}
    assert joined == set(zip(dots["x"], squares["x"], strict=True))
    assert {"●", "Rate", "□", "Steadied estimate"} <= set(words_of(figure))


JOURNEY = [bands.Band("lasting", "At 13 weeks", "#002d54", "#ffffff"), bands.Band("open", "Not recorded", "#ffffff", "#000000", True),
           bands.Band("left", "Left, no outcome", "#cbd5df", "#0b0c0c")]


def on_a_journey(label, *shares):
    rows = [{"label": label, "category": part.category, "share": share, "said": f"{share:.0f}%"}
            for part, share in zip(JOURNEY, shares, strict=True)]
    return rows, [{"label": label, "side": "above", "categories": ["lasting", "open"], "text": f"{shares[0] + shares[1]:.0f}% entered", "more": ""},
                  {"label": label, "side": "below", "categories": ["open"], "text": f"{shares[1]:.0f}% not recorded", "more": "No record"}]


def test_a_bracket_reaches_from_the_first_of_its_parts_to_the_end_of_the_last():
    rows, brackets = on_a_journey("Fife", 15.0, 18.0, 67.0)
    figure = journey.journey(rows, JOURNEY, brackets, theme.LIGHT)
    go.Figure(figure)
    level = [shape for shape in figure["layout"]["shapes"] if shape["y0"] == shape["y1"]]
    assert [(shape["x0"], shape["x1"]) for shape in level] == [(0.0, 33.0)]
    assert {"<b>33% entered</b>", "Left, no outcome", "<b>18% not recorded</b>", "67%"} <= set(words_of(figure))


def test_every_part_of_a_journey_is_named_with_its_share_where_there_is_little_width():
    (first, own), (second, other) = on_a_journey("Fife", 15.0, 18.0, 67.0), on_a_journey("Scotland", 10.0, 20.0, 70.0)
    figure = journey.in_little_width(first + second, JOURNEY, own + other, theme.LIGHT)
    go.Figure(figure)
    assert {"Fife:", "<b>15%</b> At 13 weeks", "<b>18%</b> Not recorded", "<b>67%</b> Left, no outcome"} <= set(words_of(figure))
    assert {"10% entered", "20% not recorded", "30% entered"} & set(" · ".join(words_of(figure)).split(" · "))


def test_the_words_of_two_changes_never_run_into_each_other():
    rows = [{"value": 100.0, "period_label": str(at), "period": str(at), "frequency": "quarter",
             "start_date": f"{2015 + at // 4}-0{1 + at % 4 * 2}-01", "end_date": f"{2015 + at // 4}-0{2 + at % 4 * 2}-01"}
            for at in range(16)]
    changes = {5: "One long name of a programme that was folded in", 9: "Another folded in"}
    figure = xmr.xmr(rows, spc.draw([100.0] * 16, tuple(changes)), [], changes, theme.LIGHT)
    first, second = (each for each in figure["layout"]["annotations"] if "folded" in each["text"])
    assert second["yshift"] - first["yshift"] >= 17 * 2 == 17 * (1 + first["text"].count("<br>"))
    assert {each["y"] for each in (first, second)} == {1}, "over the plot, where no count runs through them"
    assert figure["layout"]["margin"]["t"] >= second["yshift"] + 17
