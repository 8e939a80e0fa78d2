"""Every page: opens on real and on odd figures, with good links, bad links and nothing to show."""

import re
import shutil

import duckdb
import pytest

from dashboard import paths
from dashboard.figures.recipes import recipes
from dashboard.read import extract
from dashboard.words.marks import SYNTHETIC_NOTICE

PAGES = sorted(path.stem for path in paths.PAGES.glob("*.py"))
OF_RETURNS = ("jobs", "progress", "value", "data_quality", "partnership", "equality")
TAG = '<span class="oc-tag">Demonstration</span>'


def questions(html):
    return html.count('<h1 class="oc-question">')


def test_there_are_pages_to_test():
    assert {
        "headlines",
        "disability_gap",
        "national_performance",
        "partnership",
        "indicator",
        "data_quality",
        "about",
    } <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_published_figures_and_each_has_everything(open_page, published_extract, figures_of, markup_of, page):
    app = open_page(published_extract.parent, page, area="S12000047")
    html, figures = markup_of(app), figures_of(app)
    assert not app.exception and questions(html) == 1
    assert sum("page" in each for each in figures) <= 6 and html.count('oc-card"') <= 8
    for each in figures:
        assert "page" not in each or len(each["alt"]) > 40
        for part in ("<summary>Table</summary>", "<summary>Evidence</summary>", 'href="/about?evidence=',
                     ">Link<", "<table", ">CSV<", ">Copy<"):
            assert part in each["foot"], part
        assert ("document" in each) == (">Image<" in each["foot"]) and TAG not in each["head"]
    for sentence in re.findall(r'<p class="oc-answer">(.*?)</p>', html, re.DOTALL):
        assert all(len(each.split()) < 25 for each in re.split(r"(?<=[.])\s", re.sub("<[^>]+>", "", sentence)))


@pytest.fixture(scope="module")
def kept():
    """{page: it, opened} of the shipped edition for Orkney Islands, made once for all that is asked of it."""
    return {}


@pytest.fixture
def shipped(open_page, kept):
    """shipped("jobs"): a page of the shipped edition for Orkney Islands."""
    def opened(page):
        if page not in kept:
            kept[page] = open_page(paths.DATA / "extract", page, area="S12000023")
        return kept[page]

    return opened


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_shipped_edition_opens_and_says_what_is_made_up(shipped, figures_of, markup_of, page):
    app = shipped(page)
    html = markup_of(app)
    assert not app.exception and questions(html) == 1
    assert page not in OF_RETURNS or (is_marked(html) and "demonstration: made up, dashed edge" in html)
    answer = re.search(r'class="oc-answer">(.*?)</p>', html, re.DOTALL)[1]
    assert page not in OF_RETURNS or TAG in answer or "Made-up return" in answer, "an answer alone says that it is made up"
    for each in figures_of(app):
        made_up = SYNTHETIC_NOTICE in each["csv"]
        assert made_up == each["sentence"].startswith(SYNTHETIC_NOTICE)
        assert made_up == (TAG in (each["head"] or html))      # a map's heading is the page's
        assert made_up == (SYNTHETIC_NOTICE in (each["head"] or html)), "in full where it is printed"
        assert not each["alt"] or made_up == each["alt"].startswith(SYNTHETIC_NOTICE)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_odd_figures(open_page, odd_extract, markup_of, page):
    app = open_page(odd_extract, page, area="S12000013")
    assert not app.exception and questions(markup_of(app)) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_nothing_to_show(open_page, empty_extract, markup_of, page):
    app = open_page(empty_extract, page)
    assert not app.exception and questions(markup_of(app)) == 1


@pytest.fixture(scope="module")
def empty_extract(odd_extract, tmp_path_factory):
    """Areas and a release, but not one figure."""
    folder = tmp_path_factory.mktemp("empty") / "extract"
    shutil.copytree(odd_extract, folder)
    with duckdb.connect(str(extract.current_path(folder))) as con:
        for table in ("observation", "declared_gap", "change"):
            con.execute(f"delete from {table}")
    return folder


def is_marked(html):
    """True where something is tagged as made up, or the answer calls it so in its own words."""
    return TAG in html or bool(re.search(r'class="oc-answer">.*?Made-up return', html))


def strip_of(html):
    """What the strip counts: published, then demonstration."""
    shown = re.search(r'<div class="oc-shown"><span>(\d+) published</span>.*?<span>(\d+) demonstration', html)
    return (int(shown[1]), int(shown[2])) if shown else (0, 0)


def test_demonstration_is_marked_on_every_figure_made_from_synthetic_returns_and_counted_once(
    open_page, odd_extract, markup_of
):
    html = markup_of(open_page(odd_extract, "indicator", id="entered", area="S92000003"))
    _, made_up = strip_of(html)
    assert made_up >= 1 and html.count(TAG) >= made_up and html.count("demonstration: made up, dashed edge") == 1
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S92000003"))
    assert TAG not in html and strip_of(html)[1] == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_strip_counts_what_the_page_shows(shipped, markup_of, page):
    """Each card, chart and table once; what is made up is tagged as often as it is counted, but for what has no rows."""
    html = markup_of(shipped(page))
    published, made_up = strip_of(html)
    assert published + made_up > 0
    assert (made_up > 0) == is_marked(html)


@pytest.mark.parametrize("page", [page for page in PAGES if page in ("jobs", "progress", "equality", "value", "data_quality")])
def test_a_whole_page_has_every_part_as_a_section(open_page, markup_of, page):
    """As a document to print: what stands behind tabs stands one part after the other."""
    opened = open_page(paths.DATA / "extract", page, area="S92000003")
    whole = open_page(paths.DATA / "extract", page, area="S92000003", show="all")
    parts = [tab.label for tab in opened.tabs]
    assert not whole.exception and len(parts) > 2 and not whole.tabs
    assert all(f">{part}</h2>" in markup_of(whole) for part in parts)


@pytest.mark.parametrize("page", PAGES)
def test_the_jump_links_lead_to_the_parts_of_the_page(shipped, markup_of, page):
    html = markup_of(shipped(page))
    anchors = re.findall(r'<h2 class="oc-section" id="([^"]+)"', html)
    links = re.findall(r'href="#([^"]+)"', re.search(r'<nav class="oc-jumps".*?</nav>', html)[0] if '<nav class="oc-jumps"' in html else "")
    to_take = re.findall(r'<h2 id="([^"]+)"', html)      # in a figure, whose HTML is not among the blocks of the page
    assert len({*anchors, *to_take}) == len(anchors) + len(to_take) and [each for each in links if each not in to_take] == anchors
    assert set(to_take) <= set(links) and (to_take == ["lines-to-take"]) == ("oc-sayings" in html)


def test_a_value_from_a_source_cannot_become_markup(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S92000003"))
    assert "A survey &lt;b&gt;" in html and "A survey <b>" not in html


def test_scotland_on_a_page_of_partnerships_is_named_not_silently_replaced(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "partnership", area="S92000003"))
    assert "Scotland is not among the areas of this page" in html


PARAMETERS = sorted({chooser.name for recipe in recipes().values() for chooser in recipe.choosers} | {
    "part", "compare", "evidence", "asked", "show"})


@pytest.mark.parametrize("page", PAGES)
def test_text_from_a_link_is_text_on_every_page(open_page, odd_extract, markup_of, page):
    """In any parameter at all: neither HTML nor Markdown of a link becomes a picture, a link or bold words."""
    text = "![x](http://elsewhere.example/a.png) <img src=x> **bold** [in](/about)"
    app = open_page(odd_extract, page, **dict.fromkeys(PARAMETERS, text))
    html = markup_of(app)
    assert not app.exception and "<img" not in html and "<strong>bold" not in html and 'href="/about)"' not in html
    assert not any("elsewhere" in each.value for each in app.markdown)


@pytest.mark.parametrize(("page", "link", "runs_to"), [
    ("headlines", {}, "Published figures, each with its own date"),
    ("indicator", {"id": "nolb_participants"}, "Published figures, each with its own date"),
    ("indicator", {"id": "participants"}, "Partnership returns 2026-Q2, to 30 June 2026"),
    ("jobs", {}, "Partnership returns 2026-Q2, to 30 June 2026"),
])
def test_a_page_says_what_its_own_figures_run_to(open_page, markup_of, page, link, runs_to):
    """The cut-off of the returns is no date of the published figures, which end years before it."""
    html = markup_of(open_page(paths.DATA / "extract", page, **link))
    strip = re.search(r'<div class="oc-about">(.*?)</div>', html)[1]
    assert runs_to in strip and ("30 June 2026" in strip) == ("30 June 2026" in runs_to)


def test_what_is_not_recorded_is_said_with_the_years_it_is_of(open_page, markup_of):
    words = re.sub(r"<[^>]+>", "", markup_of(open_page(paths.DATA / "extract", "headlines")))
    assert re.search(r"due a follow-up from Oct 2022 to Jun 2024 and not recorded in work, 90% have nothing recorded", words)


def test_years_told_apart_across_new_survey_weights_are_said_to_be(open_page, markup_of):
    html = markup_of(open_page(paths.DATA / "extract", "disability_gap"))
    said = next(text for text in re.findall(r'<p class="oc-subtitle">(.*?)</p>', html, re.DOTALL) if "2023 can be told apart from 2016" in text)
    assert "New survey weights apply from April 2019" in said
