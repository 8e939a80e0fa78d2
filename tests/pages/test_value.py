"""The value page: its parts, its choices, and what a link that names nothing is told."""

import re


def test_published_figures_alone_open_on_what_is_published(open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "value")
    html = markup_of(app)
    assert not app.exception and "Demonstration data:" not in html and [bool(each["lines"]) for each in figures_of(app)] == [False, True]
    assert "Budgets and money announced" in html and "Cost per outcome of No One Left Behind" in html    # the declared gap


def test_a_measure_of_need_reopens_and_is_in_its_link(open_page, one_missing_extract, markup_of):
    app = open_page(one_missing_extract, "value", part="need", need="claimant_count_share", area="S12000049")
    html = markup_of(app)
    assert not app.exception and "Demonstration data:" in html
    link = re.search(r'<a href="(/value[^"]*)"[^>]*>Link<', html)[1]
    assert "need=claimant_count_share" in link and "area=S12000049" in link and "part=need" in link


def test_unknown_values_in_the_link_are_said_to_be_unknown(open_page, one_missing_extract, markup_of):
    app = open_page(one_missing_extract, "value", part="need", need="gold", area="Atlantis")
    notes = " ".join(re.findall(r'<div class="oc-notice".*?</div>', markup_of(app), re.DOTALL))
    assert not app.exception and "gold" in notes and "Atlantis" in notes
