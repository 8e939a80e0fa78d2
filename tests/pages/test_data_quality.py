"""Data quality: its parts by link, and a heat table that is a table."""

import pytest


def test_published_figures_alone_open_on_what_is_published(open_page, published_extract, texts_of):
    app = open_page(published_extract.parent, "data_quality")
    assert not app.exception and "nothing recorded" in texts_of(app, "oc-answer")[0]
    assert next(tab.label for tab in app.tabs) == "What is published"


@pytest.mark.parametrize("part", ["returns", "unknown", "recent", "published"])
def test_each_part_opens_from_its_link(open_page, one_missing_extract, markup_of, part):
    app = open_page(one_missing_extract, "data_quality", part=part)
    assert not app.exception
    assert ("oc-table oc-heat" in markup_of(app)) == (part in ("returns", "unknown"))


def test_unknown_values_in_the_link_are_said_to_be_unknown(open_page, one_missing_extract, texts_of):
    app = open_page(one_missing_extract, "data_quality", part="nowhere", area="Atlantis")
    notes = " ".join(texts_of(app, "oc-notice"))
    assert not app.exception and "nowhere" in notes and "Atlantis" in notes
