"""What a reader would see wrongly: each a kind, looked for in every figure that is drawn or written."""

import re
from itertools import combinations

import pytest

from dashboard.charts import theme
from dashboard.charts.draw import draw, least_width
from dashboard.figure import Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.words.comparisons import signs

GLASGOW, ORKNEY = "S12000049", "S12000023"


@pytest.fixture(scope="module")
def figures(edition):
    """Every figure of the shipped edition with default choices, and of Orkney Islands where an area can be chosen."""
    found = {}
    for name, recipe in recipes.recipes().items():
        for given in ({}, {"area": ORKNEY}):
            try:
                choice = recipe.resolve(edition, given)
            except ChoiceError:
                continue
            found |= {each.evidence_id: each for each in recipes.made(edition, name, choice) if isinstance(each, Figure)}
    return list(found.values())


@pytest.fixture(scope="module")
def drawn(figures):
    """(figure, its chart, the palette), light and dark."""
    return [(each, draw(each.plot, colours), colours) for each in figures if each.is_drawn
            for colours in (theme.LIGHT, theme.DARK)]


def words_in(chart):
    return [note["text"] for note in chart["layout"]["annotations"]]


def values_of(value):
    """Every text in a chart: colours, symbols and words."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in values_of(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in values_of(part)]
    return [value] if isinstance(value, str) else []


def judges(figure, verdict="worse"):
    """True where some row is said to be worse (or better) than what it is compared with."""
    return any(verdict in [row.get("verdict"), *(box["verdict"] for box in row.get("boxes") or ())] for row in figure.plot.rows)


def is_comparison(figure):
    """A map of what is higher and lower than Scotland, whose two ends are better and worse."""
    return bool(dict(figure.plot.options.get("scale", {})).get("is_comparison"))


def test_there_are_charts_to_look_at(drawn):
    assert len(drawn) > 60


def test_orange_and_the_diamond_mean_clearly_worse_and_nothing_else(drawn):
    for figure, chart, colours in drawn:
        texts = values_of(chart)
        if not judges(figure) and not is_comparison(figure):
            assert colours.worse not in texts and not any("diamond" in text or "◆" in text for text in texts), figure.title


def test_blue_means_clearly_better_and_nothing_else(drawn):
    for figure, chart, colours in drawn:
        if not judges(figure, "better") and not is_comparison(figure):
            assert colours.better not in values_of(chart), figure.title


def test_stripes_mean_not_known_and_nothing_else(drawn):
    """A drawing with stripes says in words what is not known, or not yet due."""
    for figure, chart, _ in drawn:
        if any(any(trace.get("marker", {}).get("pattern", {}).get("shape", "")) for trace in chart["data"]):
            words = " ".join([figure.subtitle, *map(str, values_of(chart)), *(cell.text for row in figure.table.rows for cell in row),
                              *(column.name for column in figure.table.columns)]).casefold()
            assert any(each in words for each in ("not known", "not yet known", "not recorded", "not due", "range", "[c]", "[x]", "[u]")), figure.title


def test_no_colour_of_a_palette_has_two_meanings():
    for colours in (theme.LIGHT, theme.DARK):
        meanings = {colours.worse, colours.better, colours.demonstration, colours.peer, colours.neutral, *colours.series}
        assert len(meanings) == 5 + len(colours.series)
        assert colours.chosen == colours.series[0] and colours.target == colours.ink


def test_a_measure_without_a_direction_never_stands_under_worse_or_better(edition):
    """Orkney's economic inactivity, the lowest in Scotland, is at no worse end."""
    for area in (row["area_code"] for row in edition.areas.values() if row["area_type"] == "partnership"):
        for name in ("partnership.services", "partnership.labour_market"):
            for figure in recipes.made(edition, name, Choice(area)):
                if figure.is_drawn:
                    chart = draw(figure.plot, theme.LIGHT)
                    indicators = figure.plot.options["indicators"]
                    check_sides(chart, {each["title"]: each["direction"] for each in indicators.values()})


def check_sides(chart, directions):
    heading = next((note for note in chart["layout"]["annotations"] if note["text"].startswith("Neither")), None)
    for note in chart["layout"]["annotations"]:
        title = note["text"].replace("<br>", " ")
        if title in directions and any("worse" in text and "Neither" not in text for text in words_in(chart)):
            below = heading is not None and note["y"] < heading["y"]
            assert below == (directions[title] == "no_direction"), title
    if "no_direction" not in directions.values():
        assert heading is None


def test_an_interval_that_leaves_its_scale_ends_in_an_arrow(edition):
    met = 0
    for area in (row["area_code"] for row in edition.areas.values() if row["area_type"] == "partnership"):
        for name in ("partnership.services", "partnership.labour_market"):
            for figure in recipes.made(edition, name, Choice(area)):
                if not figure.is_drawn:
                    continue
                beyond = sum(leaves(row, limit) for row in figure.plot.rows for limit in ("lower_ci", "upper_ci"))
                arrows = [trace for trace in draw(figure.plot, theme.LIGHT)["data"]
                          if str(trace.get("marker", {}).get("symbol", "")).startswith("triangle-")]
                assert len(arrows) == beyond
                met += beyond
    assert met > 10


def leaves(row, limit):
    if row["value"] is None or row["lower_ci"] is None or row["upper_ci"] is None:
        return False
    reach = max(abs(row["spread_from"] - row["scotland"]), abs(row["spread_to"] - row["scotland"])) or 1
    return abs(row[limit] - row["scotland"]) > reach


def test_no_name_is_wider_than_the_room_it_has(drawn):
    """The names of islands and long groups are whole, not cut at the left."""
    for figure, chart, _ in drawn:
        axis = chart["layout"]["yaxis"]
        for text in axis["ticktext"]:
            assert theme.width_of(text, axis["tickfont"]["size"]) <= chart["layout"]["margin"]["l"], (figure.title, text)


def test_nothing_in_a_chart_is_smaller_than_thirteen_pixels(drawn):
    def sizes(value):
        if isinstance(value, dict):
            return [each for name, part in value.items() for each in (
                [part["size"]] if "font" in name and isinstance(part, dict) and "size" in part else []) + sizes(part)]
        return [each for part in value for each in sizes(part)] if isinstance(value, list | tuple) else []

    for figure, chart, _ in drawn:
        assert min(sizes(chart["layout"]) + sizes(chart["data"])) >= 13, figure.title


def labels_of(chart, width):
    """(words, left, foot, right, top) of every label in a chart so many pixels wide, about."""
    layout = chart["layout"]
    margin, found = layout["margin"], []
    across, high = width - margin["l"] - margin["r"], layout["height"] - margin["t"] - margin["b"]

    def pixels(value, axis, ref, length):
        low, top = layout[axis]["range"]
        return (value if ref == "paper" else (value - low) / ((top - low) or 1)) * length

    def add(text, x, y, size, sideways=0.5, upwards=0.5):
        wide, tall = theme.width_of(text, size), 1.1 * size * (1 + str(text).count("<br>"))
        found.append((text, x - wide * sideways, y - tall * upwards, x + wide * (1 - sideways), y + tall * (1 - upwards)))

    for note in layout["annotations"]:
        add(note["text"], margin["l"] + pixels(note["x"], "xaxis", note["xref"], across) + note.get("xshift", 0),
            margin["b"] + pixels(note["y"], "yaxis", note["yref"], high) + note.get("yshift", 0), note["font"]["size"],
            {"left": 0, "center": 0.5, "right": 1}[note.get("xanchor", "center")],
            {"bottom": 0, "middle": 0.5, "top": 1}[note.get("yanchor", "middle")])
    for at, text in zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True):
        if text:
            up = high + 11 if layout["xaxis"].get("side") == "top" else -15
            add(text, margin["l"] + pixels(at, "xaxis", "x", across), margin["b"] + up, theme.SMALL)
    for at, text in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True):
        add(text, margin["l"] - 5, margin["b"] + pixels(at, "yaxis", "y", high), theme.SMALL, sideways=1)
    return found


def test_at_its_narrowest_no_words_leave_a_drawing_or_run_into_others(figures):
    """The wide drawing at the least width it is for, and the narrow one on a screen of 320 pixels."""
    for figure in figures:
        if not figure.is_drawn or figure.plot.kind in ("flat_map", "map", "tiles", "tile_grids"):
            continue
        for width in (theme.NARROW, least_width(figure.plot)):
            chart = draw(figure.plot, theme.LIGHT, width)
            placed = labels_of(chart, width)
            for text, left, foot, right, top in placed:
                assert left >= -3 and right <= width + 3 and foot >= -3 and top <= chart["layout"]["height"] + 3, (figure.title, width, text)
            for (one, left, foot, right, top), (other, *box) in combinations(placed, 2):
                meet = left + 2 < box[2] and box[0] + 2 < right and foot + 3 < box[3] and box[1] + 3 < top
                assert not meet, (figure.title, width, one, other)


def test_no_two_rows_of_a_table_read_alike(figures):
    """Where one group is compared with a census and with a survey, each row says which."""
    for figure in figures:
        words = [tuple(cell.text for cell in row) for row in figure.table.rows]
        assert len(set(words)) == len(words), (figure.title, [each for each in words if words.count(each) > 1][:1])


def test_two_maps_of_higher_and_lower_use_the_signs_of_better_and_worse(edition):
    rate, inactive = (edition.catalogue[name] for name in ("employment_rate_16_64", "economic_inactivity_rate_16_64"))
    assert signs(rate) == ("▲", "≈", "◆")
    assert signs(inactive) == (("↑", "≈", "↓") if inactive.direction == "no_direction" else ("◆", "≈", "▲"))


def test_a_pair_withheld_in_a_large_area_is_not_said_to_be_too_small(edition):
    (absent,) = recipes.made(edition, "equality.pair", Choice(GLASGOW, "", (("pair", "sex_disabled"),)))
    assert "too small" not in absent.why and "too few" not in absent.why and "worked out by subtraction" in absent.why


def test_the_card_of_a_gap_cannot_be_read_as_a_comparison_of_disability(edition):
    cards = next(each for each in recipes.made(edition, "gap.participants", Choice()) if isinstance(each, Figure))
    assert [row["label"] for row in cards.plot.rows][2] in (
        "Gap: fewer disabled participants enter work", "Gap: rate of participants who are not disabled minus that of disabled participants")
    assert not any(re.search(r"\bless\b", row["label"]) for row in cards.plot.rows)


def test_counts_that_are_shown_are_not_marked_as_confidential(figures):
    """'10 of 15' stands beside [c]: too few for a share, not too few to show."""
    met = 0
    for figure in figures:
        counted = any(re.search(r"\d+ of \d+", cell.text) for row in figure.table.rows for cell in row
                      if any(other.mark == "c" for other in row))
        if counted and "c" in dict(figure.marks):
            met += 1
            assert "too few people for a share" in dict(figure.marks)["c"], figure.title
    assert met


def test_a_part_of_places_that_shows_another_measure_says_so(edition):
    chosen = Choice("", "entered_work_within_12_months", (("rural", "in_work_at_13_weeks"),))
    for name in ("places.rural_shows", "places.mix_shows", "places.cost_shows"):
        (said,) = recipes.made(edition, name, chosen)
        assert isinstance(said, Said) and re.match(r"\*\*(Another measure|Other measures) in this part", said.text)
        assert "not entered work within 12 months" in said.text
    same = Choice("", "in_work_at_13_weeks", (("rural", "in_work_at_13_weeks"),))
    assert recipes.made(edition, "places.rural_shows", same) == ()
