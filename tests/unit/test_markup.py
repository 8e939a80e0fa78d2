"""Tables as HTML: text everywhere, shades, links and the chosen row each where they belong."""

import re

import pytest

from dashboard import paths
from dashboard.figure import Address, Figure, Said, plot, table
from dashboard.markup import render, spark_bars, spark_runs, table_html

FIGURES = table("Two <areas>", ("Area", "Share"), [("Fife", "**5%**"), ("<b>Orkney", "[x]")], {1})


def test_what_is_given_is_text():
    html = table_html(FIGURES)
    assert "Two &lt;areas&gt;" in html and "&lt;b&gt;Orkney" in html and "<b>" not in html
    assert '<td class="oc-number"><strong>5%</strong></td>' in html and "oc-heat" not in html


def test_a_chosen_row_and_a_linked_one_are_not_shaded():
    shown = Figure(Address("places.tiles"), "Two areas", "Share", FIGURES)
    html = render("foot", figure=shown, legend="", short_source="", evidence="/about", opened=True,
                  links={"Fife": "/partnership?area=S12000047"}, chosen="Fife")
    assert html.count('class="oc-chosen"') == 1 and '<a href="/partnership?area=S12000047" target="_self">Fife</a>' in html
    assert "oc-heat" not in html


def test_a_shade_stands_beside_words_and_the_deepest_is_bold():
    shades = plot("heat", [{"shades": [3]}, {"shades": [0]}], "Shades", chosen="Fife", links={})
    shown = Figure(Address("quality.received"), "Two areas", "Share", FIGURES, shades, notes=("A rule.",))
    html = render("heat", figure=shown, rows=shades.rows, notice="")
    assert html.count('class="oc-chosen"') == 1 and html.index("oc-chosen") < html.index("Fife")
    assert 'oc-heat-3"><strong>' in html and 'oc-heat-0">[x]' in html and "A rule." in html


def test_a_cell_of_words_carries_the_name_of_its_column():
    """On a phone a table of words is a list: each cell says what it is."""
    words = table_html(table("Gaps", ("What", "Who <could>"), [("Pay", "Partnerships")]))
    assert '<td data-label="Who &lt;could&gt;">Partnerships</td>' in words
    assert "data-label" not in table_html(FIGURES), "a table of numbers stays one"
    mixed = table_html(table("Outcomes", ("Measure", "Figure", "Unit", "Period"), [("Work", "38%", "% of starts", "2024")], {1}))
    assert '<td class="oc-number" data-label="Figure">38%</td>' in mixed, "one number among words is one of them"


def test_a_small_change_is_not_drawn_as_a_fall():
    """The drawing is at least a tenth of the value high, and a run starts anew where the series breaks."""
    [[*_, (_, last)]] = spark_runs([[(2022, 100.0), (2023, 100.0), (2024, 99.0)]])
    [[(_, first), *_]] = spark_runs([[(2022, 100.0), (2023, 100.0), (2024, 99.0)]])
    assert 0 < last - first < 3
    before, after = spark_runs([[(2020, 10.0), (2021, 20.0)], [(2022, 30.0)]])
    assert [len(before), len(after)] == [2, 1] and after[0][1] < before[1][1] < before[0][1], "higher is further up"


def test_bars_of_a_running_total_stand_on_nought():
    bars = spark_bars([[(2022.5, 25.0), (2023.25, 50.0), (2024.75, 100.0)]])
    assert [height for _, height in bars] == [8.0, 16.0, 32.0] and [x for x, _ in bars] == sorted(x for x, _ in bars)


@pytest.mark.parametrize(("columns", "classes"), [(2, "oc-table oc-pairs"), (3, "oc-table"), (8, "oc-table"), (9, "oc-table oc-broad"),
                                                  (10, "oc-table oc-broad"), (11, "oc-table oc-broad oc-broadest")])
def test_a_table_says_how_broad_it_is(columns, classes):
    names = ("Area", *(f"Year {number}" for number in range(1, columns)))
    assert f'<table class="{classes}">' in table_html(table("Areas", names, [("Fife", *["5%"] * (columns - 1))] * 4, set(range(1, columns))))


@pytest.mark.parametrize(("rows", "classes"), [(12, "oc-plain oc-dashed"), (13, "oc-plain oc-dashed oc-deep")])
def test_a_table_says_whether_it_is_too_deep_to_stay_on_one_sheet(rows, classes):
    areas, shades = table("Areas", ("Area", "Share"), [("Fife", "5%")] * rows, {1}), plot("heat", [{"shades": [3]}] * rows, "Shades", chosen="", links={})
    for html in (render("table", table=areas, notice="Made up."),
                 render("heat", figure=Figure(Address("quality.received"), "Areas", "Share", areas, shades), rows=shades.rows, notice="Made up.")):
        assert f'<div class="{classes}">' in html


@pytest.mark.parametrize(("sentences", "classes"), [(5, "oc-list"), (6, "oc-list oc-many")])
def test_a_list_says_whether_it_is_long_enough_for_columns(sentences, classes):
    texts = [Said("A sentence.")] * sentences
    assert f'<ul class="{classes}">' in render("list", sentences=texts)
    assert f'<ul class="{classes}">' in render("news", rows=[{"kind": "New", "text": "First.", "rest": ["More."] * sentences}], notice="")


@pytest.mark.parametrize(("cards", "classes"), [(2, "oc-cards"), (3, "oc-cards oc-three"), (4, "oc-cards")])
def test_three_cards_say_so(cards, classes):
    card = dict.fromkeys(("past", "direction", "interval", "base"), "") | {"label": "Entered work", "link": "/jobs", "value": "5%"}
    assert f'<ul class="{classes}">' in render("cards", rows=[card] * cards, notice="")


def test_the_style_of_a_screen_asks_of_nothing_what_any_change_could_make_true():
    """A place among siblings, or what something is not: `:has()` would be asked again of half the page at each change."""
    screen = on_screen(re.sub(r"/\*.*?\*/", "", (paths.ASSETS / "dashboard.css").read_text(encoding="utf-8"), flags=re.DOTALL))
    held = [inside(screen, found.end()) for found in re.finditer(r":has\(", screen)]
    assert len(held) > 5 and not [each for each in held if re.search(r":(nth|last|first|only|not|empty)", each)]


def on_screen(css):
    """The style sheet without what is said of paper alone."""
    while (start := css.find("@media print")) >= 0:
        opened = css.index("{", start) + 1
        css = css[:start] + css[opened + len(inside(css, opened, "{}")) + 1:]
    return css


def inside(text, start, signs="()"):
    """What stands from here to the sign that closes it."""
    depth, place = 1, start
    while depth:
        depth += (text[place] == signs[0]) - (text[place] == signs[1])
        place += 1
    return text[start:place - 1]
