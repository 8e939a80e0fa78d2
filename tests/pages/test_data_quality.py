"""Data quality: a heat table that is a table, a sentence by rule, and plain words for what is missing."""

import re

import pytest

from dashboard import paths
from dashboard.read import quality


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def answer_of(app):
    return text_of(next(element.proto.body for element in app.get("html") if "oc-answer" in element.proto.body))


def test_published_figures_alone_open_on_what_is_published(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "data_quality")
    assert not app.exception and "nothing recorded" in answer_of(app)
    assert "Completeness of returns by partnership" in markup_of(app)    # the declared gap


@pytest.mark.parametrize("part", ["returns", "unknown", "recent"])
def test_without_returns_each_part_says_so(open_page, published_extract, part):
    app = open_page(published_extract.parent, "data_quality", part=part)
    assert not app.exception and any(each.value.startswith("[x] No partnership") for each in app.info)


def test_the_answer_is_consistency_across_the_system(open_page, returns_extract):
    app = open_page(returns_extract, "data_quality")
    # Places 2 to 31 of 40: 5% to 78%; places over 20 of 100: eleven.
    assert "31 of 32 partnerships sent a return, 28 of 31 on time." in re.sub(r"\s+", " ", answer_of(app)).strip()
    assert re.search(r"from 5\.0% to 78% : a wide spread across 30 partnerships", answer_of(app))
    assert re.search(r"over 20% in 11 of 31 partnerships", answer_of(app))


def test_a_share_says_that_it_is_of_every_year_and_of_rounded_counts(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "data_quality", area="S12000049")
    # 4 years of 40 follow-ups due: the base of the share, which the chart of one year does not have.
    assert re.search(r"of its 160 follow-ups due at 13 weeks are recorded, every start year together", answer_of(app))
    html = markup_of(app)
    words = text_of(html)
    assert "full count" not in words and "every start year together, from rounded counts, without intervals" in words
    assert "160 follow-ups due, starts of 2022-23 to 2025-26 together" in words
    assert "Starts of 2025-26 alone" in words and "may be [c], too few due in one year, where that is not" in words
    assert "rows of its return, counts rounded to 5" in words


def test_the_heat_table_is_a_real_table_with_words_in_every_cell(open_page, returns_extract, markup_of):
    html = markup_of(open_page(returns_extract, "data_quality", area="S12000023"))
    table = re.search(r'<table class="oc-table oc-heat">.*?</table>', html, re.DOTALL).group(0)
    assert "<caption>" in table and table.count('scope="row"') == 33
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
    assert len(cells) == 33 * table.count('scope="col"') - 33
    assert all(text_of(cell).strip() for cell in cells)
    deepest = re.findall(r'oc-heat-3">(.*?)</td>', table)
    assert deepest and all("<strong>" in cell for cell in deepest)    # never by shade alone
    assert "A measure nobody knows" in table


def test_a_partnership_that_sent_nothing_is_named_and_never_nought(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "data_quality", area="S12000023")
    assert "[x] Orkney Islands sent no return" in answer_of(app)
    row = re.search(r'<tr class="oc-chosen">(.*?)</tr>', markup_of(app)).group(1)
    assert "Orkney Islands" in row and "[x]" in row and "0%" not in row


def test_few_people_are_confidential_and_sensitive_fields_are_scotland_only(open_page, returns_extract, markup_of):
    assert "[c]" in markup_of(open_page(returns_extract, "data_quality"))
    html = markup_of(open_page(returns_extract, "data_quality", part="unknown"))
    heat = re.search(r'<table class="oc-table oc-heat">.*?</table>', html, re.DOTALL).group(0)
    assert "Trans" not in heat and "Trans" in html and "12%" in html


def test_quarters_and_templates_have_their_place(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "data_quality", part="recent")
    assert not app.exception and "October 2022 on" in markup_of(app)


def test_unknown_values_in_the_link_are_said_to_be_unknown(open_page, returns_extract):
    app = open_page(returns_extract, "data_quality", part="nowhere", area="Atlantis")
    notes = " ".join(each.value for each in app.info)
    assert not app.exception and "nowhere" in notes and "Atlantis" in notes


@pytest.mark.parametrize("shares, word", [([0.5, 0.59], "small"), ([0.5, 0.7], "moderate"), ([0.1, 0.41], "wide")])
def test_spread_is_named_by_its_rule(shares, word):
    assert quality.spread_word(shares) == word


@pytest.mark.parametrize("name, value, shade", [
    ("unknown_sex", 0.05, 0), ("unknown_sex", 0.051, 1), ("unknown_sex", 0.21, 3), ("rejected_share", 0.03, 2),
    ("followup_recorded_when_due_13", 0.29, 3), ("followup_recorded_13_weeks", 0.81, 0), ("received", 0.0, 3),
    ("received", 1.0, 0), ("something_else", 0.9, 0), ("unknown_sex", None, 0)])
def test_shades_follow_the_stated_limits(name, value, shade):
    assert quality.measure_of(name).shade(value) == shade


def test_shares_never_round_to_all_or_none():
    assert quality.share_text(0.999) == "over 99%" and quality.share_text(0.0001) == "under 0.1%"
    assert quality.share_text(0.0) == "0%" or quality.share_text(0.0) == "0.0%"


def test_no_row_rejected_is_never_told_from_a_few():
    """Both counts are rounded to 5 before the share is made: nought is up to four rows."""
    rejected = quality.measure_of("rejected_share")
    assert rejected.text(0.0, "x") == "under 5 rows" and rejected.text(0.031, "x") == "3.1%"
    own = {"received": 1.0, "on_time": 1.0, "rejected_share": 0.0}
    measures = [quality.measure_of(name) for name in own]
    assert quality.area_sentences("Fife", own, measures) == [
        "Fife sent its return on time, with fewer than 5 rows rejected, or none."]
    assert "about 3.1% of rows" in quality.area_sentences("Fife", own | {"rejected_share": 0.031}, measures)[0]


def test_nobody_unknown_is_never_told_from_a_few(open_page, markup_of):
    assert quality.measure_of("unknown_sex").text(0.0, "x") == "[low]"
    html = markup_of(open_page(paths.DATA / "extract", "data_quality", part="unknown"))
    heat = html[html.index("oc-heat"):]
    assert ">0%<" not in heat and ">[low]<" in heat and "[low] fewer than 5, may be none" in heat
