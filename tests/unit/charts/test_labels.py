"""Words beside a point stay clear of what is drawn, on a phone and on a desk."""

import itertools

import numpy as np
import pytest
from PIL import ImageFont

from dashboard import paths
from dashboard.charts import dumbbell, labels, theme, trend

COLOURS = theme.LIGHT


def covered(figure, note, trace, width):
    """How many of many points along the trace's line are under the note."""
    left, bottom, right, top = labels.box_of(figure, note, width)
    (x0, x1), (y0, y1) = figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]
    margin = figure["layout"]["margin"]
    high = figure["layout"]["height"] - margin["t"] - margin["b"]
    along = np.linspace(trace["x"][0], trace["x"][-1], 500)
    x = (along - x0) / (x1 - x0) * width
    y = (np.interp(along, trace["x"], trace["y"]) - y0) / (y1 - y0) * high
    return int(((x > left) & (x < right) & (y > bottom) & (y < top)).sum())


@pytest.mark.parametrize(("widths", "width"), [(drawing, width) for drawing in (labels.WIDE, labels.NARROW) for width in drawing])
@pytest.mark.parametrize("values", [(16, 4, 6, 17, 13), (4, 12, 11, 9, 3), (10, 11, 10, 11, 10), (2, 4, 8, 13, 18)])
def test_the_name_of_a_line_is_not_on_a_line(make_row, rate, values, widths, width):
    both = {"Scotland": (10, 11, 12, 17, 12), "Orkney Islands": values}
    rows = [make_row(name, 2022 + at, float(value), half=0.0) for name, own in both.items()
            for at, value in enumerate(own)]
    figure = trend.trend(rows, rate, COLOURS, widths=widths)
    names = [each for each in figure["layout"]["annotations"] if "Islands" in each["text"] or "Scotland" in each["text"]]
    lines = [trace for trace in figure["data"] if len(trace["x"]) > 1]
    assert len(names) == 2
    worst = max((covered(figure, note, line, width) for note in names if note["yref"] == "y" for line in lines), default=0)
    assert worst < 40, "at most a corner, of 500 points"
    for note in names:
        name = next(each for each in both if each in note["text"])
        assert note["yref"] == "paper" or (note["y"] == both[name][-1] and abs(note["yshift"]) <= labels.NEAR), "beside its own end"


def test_two_marks_close_together_have_words_apart(make_row, rate):
    rows = [make_row(name, year, value + year - 2016) for name, value in (("Others", 80.0), ("Disabled", 45.0))
            for year in range(2016, 2023)]
    aims = [make_row("Milestone", 2023, 50.0), make_row("Milestone", 2030, 60.0)]
    figure = dumbbell.rates(rows, aims, rate, COLOURS)
    marks = [each for each in figure["layout"]["annotations"] if "Milestone" in each["text"]]
    assert len(marks) == 2
    for width in (*labels.WIDE, *labels.NARROW):
        one, other = (labels.box_of(figure, each, width) for each in marks)
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    assert "reached 2021: 50" in marks[0]["text"] and "reached" not in marks[1]["text"]


def test_the_words_of_a_break_are_over_the_plot(years, rate):
    figure = trend.trend(years, rate, COLOURS)
    note = next(each for each in figure["layout"]["annotations"] if "new" in each["text"])
    lines = 1 + note["text"].count("<br>")
    assert (note["yref"], note["y"], note["yanchor"]) == ("paper", 1, "bottom")
    assert figure["layout"]["margin"]["t"] >= 15 * lines


def test_of_places_that_cover_nothing_the_first_is_taken(make_row, rate):
    figure = trend.trend([make_row("Fife", 2020 + at, 50.0, half=0.0) for at in range(3)], rate, COLOURS)
    note = theme.note("words", 2021, 10.0, COLOURS)
    for first, second in itertools.permutations(labels.AROUND_A_POINT[:2]):
        assert labels.Ground(figure).settle(note, (first, second)) == note | first


def test_the_width_of_words_is_about_that_of_the_font():
    for weight, tag in (("Regular", ""), ("SemiBold", "<b>")):
        font = ImageFont.truetype(str(paths.ASSETS / "fonts" / f"Roboto-{weight}.ttf"), 1000)
        for words in ("Dumfries and Galloway", "13-week follow-ups recorded when due", "Na h-Eileanan Siar 59%", "£59.1 million [b]"):
            said = theme.width_of(f"{tag}{words}", 13)
            assert 0.98 < said / (13 * font.getlength(words) / 1000) < 1.08, (weight, words)
