"""A partnership's page: opens whole, says what is made up where it is, and names an area that is no partnership."""

import re

import pytest

from dashboard import paths


def test_the_page_shows_its_return_and_published_figures_apart(open_page, one_missing_extract, markup_of, texts_of):
    app = open_page(one_missing_extract, "partnership", area="S12000049")
    assert not app.exception and texts_of(app, "oc-question") == ["Glasgow City"]
    headings = texts_of(app, "oc-section")
    assert [each for each in headings if each.startswith("What these services did")] == [
        "What these services did here: published figures", "What these services did here: from its return"]
    assert "How far can its return be trusted?" in headings
    published, returned = (element.proto.body for element in app.get("html") if 'class="oc-cards"' in element.proto.body)
    assert "oc-tag" in returned and "oc-dashed" in returned and "oc-tag" not in published
    assert re.search(r"<summary>These figures as a table</summary>.*Glasgow City: rows rejected", markup_of(app), re.DOTALL)
    assert 'href="/data-quality?area=S12000049"' in markup_of(app)


def test_the_area_is_compared_with_others_on_its_page(open_page, texts_of):
    app = open_page(paths.DATA / "extract", "partnership", area="S12000049", compare="like")
    assert not app.exception and "Compare without league tables" in texts_of(app, "oc-section")


def test_without_returns_nothing_is_said_of_them(open_page, published_extract, texts_of):
    app = open_page(published_extract.parent, "partnership", area="S12000049")
    assert not app.exception and "How far can its return be trusted?" not in texts_of(app, "oc-section")


@pytest.mark.parametrize("given", ["Atlantis", "S92000003"])
def test_an_area_that_is_no_partnership_is_named(open_page, published_extract, texts_of, given):
    app = open_page(published_extract.parent, "partnership", area=given)
    assert not app.exception and len(texts_of(app, "oc-question")) == 1
    assert any(("Atlantis" if given == "Atlantis" else "Scotland is not among the areas") in each
               for each in texts_of(app, "oc-notice"))


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning", "ignore::ResourceWarning",
                            "ignore::pytest.PytestUnraisableExceptionWarning")    # of the library that writes the workbook
def test_the_board_pack_is_made_when_it_is_asked_for(open_page):
    app = open_page(paths.DATA / "extract", "partnership", area="S12000023")
    assert not app.get("download_button")
    next(each for each in app.button if each.label == "Make the board pack").click().run()
    assert not app.exception
    assert [each.label for each in app.get("download_button")] == [
        "Paper to read or print (PDF)", "Slides to edit (PowerPoint)", "Committee paper (Word)", "Every table (Excel)"]
