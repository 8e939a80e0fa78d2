"""Every page on four extracts: it opens, overclaims nothing, and says no figure that none of its tables holds.

Made-up figures are said to be made up, and published ones never are.

published      the published figures alone
demonstration  the edition that is shipped, with everybody's returns
one_missing    one partnership, Orkney Islands, sent nothing
two_scored     scores of progress came from two partnerships only
"""

import re
from html import unescape

import pytest

from dashboard import paths
from dashboard.words import marks

PAGES = sorted(path.stem for path in paths.PAGES.glob("*.py"))
SCOTLAND, ORKNEY, GLASGOW, HIGHLAND = "S92000003", "S12000023", "S12000049", "S12000017"
CHOSEN = {"published": GLASGOW, "demonstration": ORKNEY, "one_missing": ORKNEY, "two_scored": HIGHLAND}
DEEPER = [
    *(("jobs", {"part": part, "compare": way}) for part, way in zip(
        ("cohorts", "programmes", "routes", "support", "sectors", "waits"),
        ("steadied", "ranks", "like", "own", "starts", "tell"), strict=True)),
    *(("progress", {"part": part}) for part in ("years", "experience", "key-worker")),
    *(("value", {"part": part}) for part in ("need", "rural", "published")),
    *(("data_quality", {"part": part}) for part in ("unknown", "recent", "published")),
    *(("equality", {"part": part}) for part in ("journey", "pairs", "places", "programmes")),
    *(("indicator", {"id": name}) for name in ("nolb_participants", "entered_work", "disability_employment_gap")),
    *(("partnership", {"compare": way}) for way in ("steadied", "tell")),
]
CASES = [(kind, page, {"area": CHOSEN[kind]}) for kind in CHOSEN for page in PAGES] + [
    ("demonstration", page, {"area": GLASGOW, **link}) for page, link in DEEPER]
OF_RETURNS = ("jobs", "progress", "value", "data_quality", "partnership")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
AMOUNT = rf"£{NUMBER}(?: (?:m|b)illion| thousand)?"
CLAIMS = re.compile(r"\b(because|thanks to|led to|leads to|due to the|caused?|best|worst|top|bottom|league leader|"
                    r"rose|fell|soared|plunged|outperform\w*|underperform\w*|failing|success rate)\b", re.IGNORECASE)


def words_of(html):
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", html)))


def figures_in(text):
    """Percentages, counts of people, points and pounds. The level of an interval is not a figure."""
    text = re.sub(r"95% (?=interval|curves)|99\.8% curves", "", text)
    return (set(re.findall(rf"(?<![\d£]){NUMBER}%", text)) | set(re.findall(AMOUNT, text))
            | set(re.findall(rf"{NUMBER}(?= people| (?:percentage )?points)", text)))


def held_in(tables):
    return set(re.findall(rf"{NUMBER}%?", tables)) | set(re.findall(AMOUNT, tables))


@pytest.fixture(scope="module")
def folders(published_extract, one_missing_extract, two_scored_extract):
    return {"published": published_extract.parent, "demonstration": paths.DATA / "extract",
            "one_missing": one_missing_extract, "two_scored": two_scored_extract}


@pytest.mark.parametrize(("kind", "page", "link"), CASES,
                         ids=lambda each: "-".join(each.values()) if isinstance(each, dict) else each)
def test_a_page_opens_and_says_only_what_its_tables_hold(open_page, folders, markup_of, kind, page, link):
    app = open_page(folders[kind], page, **link)
    html, charts = markup_of(app), app.get("plotly_chart")
    assert not app.exception and not app.error and len(app.title) == 1
    assert len(charts) <= 6
    answer = words_of(" ".join(re.findall(r'<p class="oc-answer">(.*?)</p>', html, re.DOTALL)))
    titles = re.findall(r'<div class="oc-figure"><h[23]>(.*?)</h[23]>', html, re.DOTALL)
    said = [answer, *map(words_of, titles), *(chart.proto.alt for chart in charts)]
    held = held_in(words_of(" ".join(re.findall(r"<table.*?</table>", html, re.DOTALL))))
    for text in said:
        assert not figures_in(text) - held, (sorted(figures_in(text) - held), text)
        assert not CLAIMS.search(text), (CLAIMS.search(text)[0], text)
    assert "0 people" not in re.sub(r"[\d,]0 people", "", answer)
    made_up = marks.SYNTHETIC_NOTICE in words_of(html).replace(" :", ":")
    sent = not (kind == "one_missing" and link["area"] == ORKNEY)     # else no figure of returns is on the page
    assert not made_up if kind == "published" else made_up or page not in OF_RETURNS or not sent


@pytest.mark.parametrize("page", ["jobs", "progress", "value", "data_quality", "partnership"])
def test_the_partnership_that_sent_nothing_is_missing_and_never_nought(open_page, folders, markup_of, page):
    app = open_page(folders["one_missing"], page, area=ORKNEY)
    html = markup_of(app)
    notices = " ".join(each.value for each in app.info)
    if page != "partnership":       # which also has published figures of the area
        assert re.search(r"Orkney Islands sent no return|\[x\]", words_of(html) + notices)
    row = re.search(r"Orkney Islands</th>(.*?)</tr>", html)
    assert row is None or not re.search(r">(0%|0|under \d+%)<", row[1])
