"""Evidence IDs resolve; what is not one is told so; sources are folded until a publisher is chosen."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import paths
from dashboard.read.accessibility import checked

FOUND = "The evidence you asked for"
NOT_EVIDENCE = ("nonsense", "287D45DF", "secrets:a=b@abc", "trend:a=b@abc", "x" * 600, "<b>")


def test_the_page_opens_with_its_sources_folded(open_page, odd_extract, markup_of, texts_of):
    app = open_page(odd_extract, "about")
    html = markup_of(app)
    assert not app.exception and texts_of(app, "oc-section") == [
        "Guides", "What is shown here", "How people are protected", "How figures are made", "When figures are updated", "Release calendar",
        "Machine-readable data", "Accessibility statement", "What may be said", "Marks", "Glossary", "Definitions", "How old is it?", "Sources"]
    assert re.search(r"<summary>\d publications</summary>", html)
    app.selectbox(key="choose_publisher").select("A publisher").run()
    assert "<summary>2 publications</summary>" not in markup_of(app) and "<caption>Sources</caption>" in markup_of(app)


def test_every_evidence_id_on_a_page_resolves_to_rows_and_query(open_page, odd_extract, markup_of, texts_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000023"))
    links = set(re.findall(r'href="(/about\?evidence=[^"]+)"', html))
    assert len(links) >= 2
    for link in links:
        evidence = parse_qs(urlsplit(unescape(link)).query)["evidence"][0]
        app = open_page(odd_extract, "about", evidence=evidence)
        assert FOUND in texts_of(app, "oc-section") and not texts_of(app, "oc-notice")
        assert "from observation" in markup_of(app) and "Another publisher" in markup_of(app)


def test_what_a_figure_prints_works_when_it_is_typed(open_page, odd_extract, markup_of, texts_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000023"))
    printed = {unescape(each).strip() for each in re.findall(r'<span class="oc-printed oc-evidence">(.*?)</span>', html)}
    assert len(printed) >= 2 and not re.search(r"Evidence [0-9A-F]{8}\b", html)
    for typed in printed:
        app = open_page(odd_extract, "about")
        assert FOUND not in texts_of(app, "oc-section")
        app.text_input(key="evidence_typed").set_value(typed).run()
        assert FOUND in texts_of(app, "oc-section") and not texts_of(app, "oc-notice")
        assert typed in unescape(markup_of(app))
    app.query_params["afresh"] = "1"
    assert app.run().text_input(key="evidence_typed").value == "", "a link that was followed since names what is shown"


def test_evidence_of_another_edition_says_so(open_page, odd_extract, texts_of):
    app = open_page(odd_extract, "about", evidence="comparison:indicator_id=rate;period=~@0000000000ff")
    assert any("0000000000ff" in each for each in texts_of(app, "oc-notice"))


def test_what_is_not_evidence_is_told_so(open_page, odd_extract, texts_of):
    for given in NOT_EVIDENCE:
        app = open_page(odd_extract, "about", evidence=given)
        assert not app.exception
        assert len(texts_of(app, "oc-notice")) == 1, given


@pytest.mark.parametrize("contact", ["", "<b>access@example.scot</b>"])
def test_the_accessibility_statement_says_what_is_checked_what_is_not_and_whom_to_tell(open_page, odd_extract, markup_of, monkeypatch, contact):
    monkeypatch.setenv("OUTCOMES_CONTACT", contact)
    html = markup_of(open_page(odd_extract, "about"))
    held = checked(paths.REFERENCE / "accessibility.toml")
    assert held.standard in html and held.engine in html and f"All {len(held.pages)} pages" in html
    assert len(held.limits) >= 4 and all(each.what in html and each.way_round in html for each in held.limits)
    assert "not been tested yet by people who use assistive technology" in html
    assert ("&lt;b&gt;access@example.scot&lt;/b&gt;" if contact else "has not said how to reach them") in html


def test_each_kind_of_reader_finds_their_guide(open_page, odd_extract):
    app = open_page(odd_extract, "about")
    told = {each.label: each.markdown[0].value for each in app.expander}
    assert list(told) == ["For a minister or their office", "For the board of a partnership", "For people who challenge"]
    assert all("|" in text and not text.lstrip().startswith("#") for text in told.values())
