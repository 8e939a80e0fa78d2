"""Job outcomes: the answer first, only mature cohorts, not recorded never failure, and no league table."""

import importlib.util
import re
from pathlib import Path

import pytest

NEWEST = ("2025-26", "2026-27")      # start years that are not old enough for any milestone at the cut-off
PARTS = ("cohorts", "programmes", "routes", "support", "sectors", "waits")
WAYS = ("among", "steadied", "ranks", "like", "own", "starts", "tell")
NOTICE = "<strong>Demonstration data:</strong> made up, not about real people or real performance."


def _by_hand():
    spec = importlib.util.spec_from_file_location("returns_by_hand", Path(__file__).with_name("returns_by_hand.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


by_hand = _by_hand()


@pytest.fixture(scope="module")
def with_returns(published_extract, tmp_path_factory):
    return by_hand.add_returns(published_extract, tmp_path_factory.mktemp("returns") / "extract")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def answer_of(html: str) -> str:
    return " ".join(plain(each) for each in re.findall(r'<p class="oc-answer">(.*?)</p>', html))


def titles_of(html: str) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", html)


def tables_of(html: str) -> str:
    return plain(" ".join(re.findall(r"<table.*?</table>", html, flags=re.S)))


def test_the_page_opens_with_its_answer_and_a_figure_for_everything(open_page, with_returns, markup_of):
    app = open_page(with_returns, "jobs")
    html = markup_of(app)
    assert not app.exception and not app.error
    assert app.title[0].value == "Do people get work, and does it last?"
    assert "had entered work" in answer_of(html) and NOTICE in html
    assert 3 <= len(app.get("plotly_chart")) <= 6
    assert html.index("oc-answer") < html.index("oc-figure")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("area", ["S92000003", by_hand.SMALL])
def test_each_part_opens_from_its_link(open_page, with_returns, markup_of, part, area):
    app = open_page(with_returns, "jobs", area=area, part=part, compare="tell")
    assert not app.exception and not app.error
    assert len(app.get("plotly_chart")) <= 6
    links = re.findall(r'href="([^"]*)"[^>]*>Link to this view', markup_of(app))
    assert any(f"part={part}" in link for link in links)


@pytest.mark.parametrize("way", WAYS)
def test_each_comparison_opens_and_none_is_a_league_table(open_page, with_returns, markup_of, way):
    app = open_page(with_returns, "jobs", area="S12000049", part="waits", compare=way)
    html = markup_of(app)
    assert not app.exception and not app.error
    words = plain(" ".join(titles_of(html))) + " ".join(chart.proto.alt for chart in app.get("plotly_chart"))
    assert not re.search(r"\b(best|worst|top|bottom|league leader)\b", words)
    for found in re.finditer(r"(?<!and )\b\d+(st|nd|rd|th)\b", words):
        assert words[:found.start()].endswith("between ") or " of " in words[found.end():found.end() + 8]


def test_a_partnership_that_sent_nothing_is_not_zero(open_page, with_returns, markup_of):
    app = open_page(with_returns, "jobs", area=by_hand.SILENT)
    assert not app.exception
    html = markup_of(app) + " ".join(each.value for each in app.info)
    assert "sent no return for this edition" in html and "0%" not in answer_of(html)


def test_unknown_values_are_named_and_a_default_is_shown(open_page, with_returns):
    app = open_page(with_returns, "jobs", area="Atlantis", part="nothing", compare="everyone")
    assert not app.exception
    named = " ".join(each.value for each in app.info)
    assert all(each in named for each in ("Atlantis", "nothing", "everyone"))


def test_without_returns_the_published_figures_stand_alone(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "jobs", area="S12000049")
    html = markup_of(app)
    assert not app.exception
    assert [chart.proto.alt[:8] for chart in app.get("plotly_chart")] == ["Timeline"]    # of published dates
    assert "No partnership has sent participants" in html
    assert "Fair Start Scotland: share in work at 13 weeks" in html and NOTICE not in html


def test_no_cohort_too_young_is_in_a_sentence_a_title_or_a_rate(open_page, with_returns, markup_of):
    html = markup_of(open_page(with_returns, "jobs"))
    assert not any(year in answer_of(html) + " ".join(titles_of(html)) for year in NEWEST)
    assert not any(year in title for year in NEWEST for title in titles_of(html))
    cohort_rows = re.findall(r"<tr><th scope=\"row\">([^<]*202[56]-2[67][^<]*)</th>(.*?)</tr>", html)
    assert cohort_rows and all("not yet known" in cells for _, cells in cohort_rows)


def test_an_empty_newest_quarter_moves_no_headline(open_page, with_returns, published_extract, tmp_path, markup_of):
    longer = by_hand.add_returns(published_extract, tmp_path / "longer", extra_quarter=True)
    before, after = (answer_of(markup_of(open_page(folder, "jobs"))) for folder in (with_returns, longer))
    assert before == after


def test_not_recorded_is_its_own_part_and_never_a_failure(open_page, with_returns, markup_of):
    html = markup_of(open_page(with_returns, "jobs"))
    assert "Entered work, 13 weeks not recorded" in tables_of(html)
    assert "that is not a lost job" in answer_of(html)


def test_published_figures_are_never_in_the_returns_tables(open_page, with_returns, markup_of):
    html = markup_of(open_page(with_returns, "jobs", part="programmes"))
    captions = [plain(each) for each in re.findall(r"<table.*?</table>", html, flags=re.S)]
    published = [each for each in captions if "Fair Start Scotland: share" in each]
    assert len(published) == 1 and "People who started" not in published[0]
    assert "never merged" in html


def test_the_declared_gaps_of_jobs_have_their_place(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "jobs"))
    for gap in ("Job quality and fair work", "views of the services", "Innovation and Integration Fund", "In-work support"):
        assert gap in html


def test_the_timeline_draws_only_dates_that_are_held(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "jobs")
    chart, html = app.get("plotly_chart")[0], markup_of(app)
    assert "Fair Start Scotland: 1 Apr 2018 to 31 Mar 2024; folded in 1 Apr 2024." in chart.proto.alt
    assert "Employability Fund: Date folded in not held." in chart.proto.alt
    assert re.search(r"the date is held for 3, not held for \d", " ".join(titles_of(html)))
    row = re.search(r"Employability Fund</th>(.*?)</tr>", html).group(1)
    assert plain(row).split()[:6] == ["Folded", "in", "[x]", "[x]", "[x]", "The"]
    days = set(re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}", chart.proto.alt))
    assert len(days) >= 6 and days <= set(re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}", tables_of(html)))
