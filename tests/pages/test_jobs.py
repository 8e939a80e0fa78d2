"""The page of job outcomes: its answer first, its parts and ways to compare from a link, and what it says of bad ones."""

import re

import pytest

from dashboard import paths

SHIPPED, ORKNEY, GLASGOW = paths.DATA / "extract", "S12000023", "S12000049"
NOTICE = '<span class="oc-tag">Demonstration</span>'


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def charts_of(figures):
    return [figure["alt"] for figure in figures if "page" in figure]


def has_dates(figures):
    """True where the programmes' dates are shown."""
    return any("1 Apr 2018 to 31 Mar 2024" in figure["foot"] for figure in figures)


def test_the_page_opens_with_its_answer_and_a_figure_for_everything(open_page, markup_of, figures_of):
    app = open_page(SHIPPED, "jobs")
    html = markup_of(app)
    assert not app.exception and not app.error
    assert '<h1 class="oc-question">Do people get work, and does it last?</h1>' in html and NOTICE in html
    assert "had entered work" in re.search(r'<p class="oc-answer">(.*?)</p>', html)[1]
    assert 3 <= len(charts_of(figures_of(app))) <= 6


@pytest.mark.parametrize(("part", "way", "titles"), [
    ("routes", "ranks", ["Referral route", "Referral source", "by rate"]), ("waits", "tell", ["within 4 weeks", "probably show"])])
def test_a_part_and_a_way_to_compare_open_from_their_link(open_page, markup_of, part, way, titles):
    app = open_page(SHIPPED, "jobs", area=GLASGOW, part=part, compare=way, measure="weeks26")
    html = markup_of(app)
    assert not app.exception and not app.error
    assert all(any(title in each for each in re.findall(r"<h3>(.*?)</h3>", html)) for title in titles)
    links = re.findall(r'href="([^"]*)"[^>]*>Link<', html)
    assert any(f"part={part}" in link for link in links) and f"/jobs?area={GLASGOW}&amp;compare={way}" in links
    assert part == "waits" or any("measure=weeks26" in link for link in links)


def test_unknown_values_are_named_and_a_default_is_shown(open_page, markup_of):
    app = open_page(SHIPPED, "jobs", area="Atlantis", part="nothing", compare="everyone")
    notices = " ".join(re.findall(r'<div class="oc-notice".*?</div>', markup_of(app), re.DOTALL))
    assert not app.exception
    assert all(each in notices for each in ("Atlantis", "nothing", "everyone"))


def test_a_partnership_that_sent_nothing_is_told_so_and_shown_no_part(open_page, one_missing_extract, markup_of, figures_of):
    app = open_page(one_missing_extract, "jobs", area=ORKNEY)
    html = markup_of(app)
    assert not app.exception and "Orkney Islands sent no return for this edition" in words_of(html)
    assert [alt[:8] for alt in charts_of(figures_of(app))] == ["Stacked "] and has_dates(figures_of(app)) and "Look closer" not in html


def test_without_returns_the_published_figures_and_the_declared_gaps_stand_alone(
        open_page, published_extract, markup_of, figures_of):
    app = open_page(published_extract.parent, "jobs", area=GLASGOW)
    html = markup_of(app)
    assert not app.exception
    assert [alt[:8] for alt in charts_of(figures_of(app))] == ["Stacked "] and has_dates(figures_of(app))    # published results and dates
    assert "No partnership has sent participants" in html
    assert "Fair Start Scotland: share in work at 13 weeks" in html and NOTICE not in html
    for gap in ("Job quality and fair work", "sustained employment on the 2026 method", "views of the services", "/data-quality?gaps=jobs"):
        assert gap in html
