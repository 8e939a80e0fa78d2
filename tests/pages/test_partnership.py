"""A partnership's page: its own figures, how far its return can be trusted, and the way to the other pages."""

import re

import pytest

from dashboard import paths


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def headings_of(app):
    return [header.value for header in app.header]


def test_the_area_is_kept_on_the_way_to_every_other_page(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "partnership", area="S12000023"))
    for address in ("jobs", "progress", "equality", "places", "value", "data-quality"):
        assert f'href="/{address}?area=S12000023"' in html


def test_made_up_figures_and_published_ones_stand_apart(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "partnership", area="S12000049")
    blocks = [element.proto.body for element in app.get("html")]
    lists = [place for place, block in enumerate(blocks) if 'class="oc-cards"' in block]
    assert len(lists) == 2 and [each for each in headings_of(app) if each.startswith("What these services did")] == [
        "What these services did here: from its return", "What these services did here: published figures"]
    returned, published = (blocks[place] for place in lists)
    assert "People who started" in returned and "Unemployed people assisted" not in returned
    assert "Unemployed people assisted" in published and "People who started" not in published
    assert "oc-demonstration" in blocks[lists[0] - 1] and "oc-demonstration" not in blocks[lists[1] - 1]
    assert "Management information from partnership returns" in blocks[lists[0] - 2]
    subtitles = re.findall(r"<p>(Services, [^:]*): Glasgow City", "".join(blocks))
    assert subtitles == ["Services, from its return", "Services, published figures"]


def test_the_answer_says_which_figures_are_made_up(open_page, returns_extract, published_extract, markup_of):
    answer = words_of(re.search(r'<p class="oc-answer">(.*?)</p>', markup_of(
        open_page(returns_extract, "partnership", area="S12000049")), re.DOTALL)[1])
    assert answer.startswith("Figures of its return are made up; those called published are real.")
    assert "From its demonstration return: " in answer and "Published, 20" in answer
    answer = words_of(re.search(r'<p class="oc-answer">(.*?)</p>', markup_of(
        open_page(published_extract.parent, "partnership", area="S12000049")), re.DOTALL)[1])
    assert "made up" not in answer and "return" not in answer


def test_how_far_its_return_can_be_trusted_is_said_with_the_figures(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "partnership", area="S12000049")
    html = markup_of(app)
    assert "How far can its return be trusted?" in headings_of(app)
    assert re.search(r"Glasgow City sent its return,? (on time|late), with about 1.0% of rows rejected", words_of(html))
    table = re.search(r"<table[^>]*><caption>The figures of this answer, newest edition.*?</table>", html, re.DOTALL)[0]
    assert "Glasgow City: rows rejected" in table and "1.0%" in table
    assert 'href="/data-quality?area=S12000049"' in html


def test_a_partnership_that_sent_nothing_is_told_so(open_page, returns_extract, markup_of):
    html = words_of(markup_of(open_page(returns_extract, "partnership", area="S12000023")))
    assert "[x] Orkney Islands sent no return in this edition." in html


def test_without_returns_nothing_is_said_of_them(open_page, published_extract):
    app = open_page(published_extract.parent, "partnership", area="S12000049")
    assert not app.exception and "How far can its return be trusted?" not in headings_of(app)


@pytest.mark.parametrize("given", ["Atlantis", "S92000003"])
def test_an_area_that_is_no_partnership_is_named(open_page, published_extract, given):
    app = open_page(published_extract.parent, "partnership", area=given)
    assert not app.exception and len(app.title) == 1
    if given == "Atlantis":
        assert any("Atlantis" in each.value for each in app.info)


def test_a_measure_on_few_people_is_given_no_verdict_by_title_words_table_or_marks(open_page, markup_of):
    app = open_page(paths.DATA / "extract", "partnership", area="S12000023")     # 30 people in Orkney Islands
    words = words_of(markup_of(app))
    assert "3 measures resting on few people [u], so given no verdict" in words
    row = re.search(r"Entered work within 12 months 2024-25 67% \[u\].{0,80}", words)[0]
    assert "not judged: few people" in row and "higher" not in row
    own = app.get("plotly_chart")[0].proto
    assert "67% [u], not judged: few people" in own.alt and "higher" not in own.alt
