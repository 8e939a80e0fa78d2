"""Tables as HTML: text everywhere, shades, links and the chosen row each where they belong."""

from dashboard.figure import Address, Figure, plot, table
from dashboard.markup import render, table_html

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
