"""Evidence IDs resolve; what is not one is told so."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from dashboard.read import extract

NOT_EVIDENCE = ("nonsense", "287D45DF", "secrets:a=b@abc", "trend:a=b@abc", "x" * 600, "<b>")


def test_every_evidence_id_on_a_page_resolves_to_rows_and_query(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000023"))
    links = set(re.findall(r'href="(/about\?evidence=[^"]+)"', html))
    assert len(links) >= 2
    for link in links:
        evidence = parse_qs(urlsplit(unescape(link)).query)["evidence"][0]
        app = open_page(odd_extract, "about", evidence=evidence)
        found = markup_of(app)
        assert "The evidence you asked for" in [header.value for header in app.header]
        assert "from observation" in found and "Another publisher" in found and not app.info


def test_what_a_figure_prints_works_when_it_is_typed(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000023"))
    printed = {unescape(each).strip() for each in re.findall(r'<span class="oc-printed">(.*?)</span>', html)}
    assert len(printed) >= 2 and not re.search(r"Evidence [0-9A-F]{8}\b", html)
    for typed in printed:
        app = open_page(odd_extract, "about")
        assert "The evidence you asked for" not in [header.value for header in app.header]
        app.text_input(key="evidence_typed").set_value(typed).run()
        assert "The evidence you asked for" in [header.value for header in app.header] and not app.info
        assert typed in unescape(markup_of(app))


def test_evidence_of_another_edition_says_so(open_page, odd_extract):
    app = open_page(odd_extract, "about", evidence="comparison:indicator_id=rate;period=~@0000000000ff")
    assert any("made from edition 0000000000ff" in info.value for info in app.info)


def test_what_is_not_evidence_is_told_so(open_page, odd_extract):
    for given in NOT_EVIDENCE:
        app = open_page(odd_extract, "about", evidence=given)
        assert not app.exception
        assert len(app.info) == 1, given


def test_the_marks_say_what_a_hidden_cost_is(open_page, odd_extract, markup_of):
    assert "too few people to show; of a cost, too few people for a reliable figure" in markup_of(open_page(odd_extract, "about"))


def test_the_release_calendar_gives_only_dates_that_are_held(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "about"))
    table = re.search(r"<table[^>]*><caption>Past and next releases.*?</table>", html, re.DOTALL).group(0)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)[1:]]
    assert rows[0][0] == "This dashboard" and len(rows) >= 4
    opened = extract.open_extract(published_extract)      # DuckDB takes one configuration for a file
    editions = set(opened.ask("sources", {})["edition"])
    for row in rows[1:]:
        assert unescape(row[2]) in editions and unescape(row[4]) in editions | {"[x] not held"}
    assert {row[-1] for row in rows} == {"[x] no date held"}
    assert any("edition" in row[4] for row in rows)      # the summary of which several are held
