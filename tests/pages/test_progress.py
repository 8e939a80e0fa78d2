"""The progress page: its parts, its choices, and links that reopen what was seen."""

import re


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_published_figures_alone_show_surveys_and_what_nobody_publishes(open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "progress", part="experience")
    words = text_of(markup_of(app))
    assert not app.exception and "Demonstration data:" not in words and [bool(each["lines"]) for each in figures_of(app)] == [True]
    assert [each.label for each in app.selectbox] == ["Area"]
    assert "never merged with the figures above" in words and "Skills: confidence, core skills" in words


def test_a_chosen_year_reopens_and_is_in_the_link_of_every_figure(open_page, one_missing_extract, markup_of):
    app = open_page(one_missing_extract, "progress", area="Glasgow City", years="2023-24")
    html = markup_of(app)
    links = re.findall(r'<a href="(/progress[^"]*)"[^>]*>Link<', html)
    assert "Of 100 people" in text_of(html)
    assert links.pop() == "/progress", "lines to take are of Scotland, whichever year is chosen"
    assert links and all("years=2023-24" in link and "area=S12000049" in link for link in links), links
    assert [each.label for each in app.selectbox] == ["Area", "People who started in", "Broken down by", "Area of progress"]


def test_a_part_has_its_own_choice_and_its_charts(open_page, one_missing_extract, figures_of):
    app = open_page(one_missing_extract, "progress", part="years", area="S12000049", domain="motivation")
    assert app.selectbox[-1].label == "Area of progress" and app.selectbox[-1].value == "motivation"
    bands, asked, lines = figures_of(app)
    assert lines["lines"]
    assert "Motivation, 2024-25: 50% asked twice" in bands["head"] and bands["page"] and asked["page"]


def test_an_unknown_part_area_and_year_are_said_to_be_unknown(open_page, one_missing_extract, markup_of):
    app = open_page(one_missing_extract, "progress", part="nowhere", area="Atlantis", years="1999")
    notes = " ".join(re.findall(r'<div class="oc-notice".*?</div>', markup_of(app), re.DOTALL))
    assert not app.exception
    for given in ("nowhere", "Atlantis", "1999"):
        assert given in notes, given
