"""A term is marked where it first stands in a block, never inside another thing to press, and means one thing."""

import re

import pytest

from dashboard import markup
from dashboard.figure import Said, table
from dashboard.words import glossary


def marked(html):
    """The words marked as terms, in their order."""
    return re.findall(r'<span class="oc-term" role="button" tabindex="0" data-meaning="[^"]+">(.*?)</span>', html)


def test_a_term_is_marked_once_a_block_in_the_form_it_stands_in():
    html = markup.render("answer", is_made_up=False,
                         sentences=[Said("Start cohorts and a cohort."), Said("**Follow-ups** of each cohort.")])
    assert marked(html) == ["Start cohorts", "Follow-ups"]
    assert re.sub("<[^>]+>", "", html).strip() == "Start cohorts and a cohort. Follow-ups of each cohort.", "no word is changed"


@pytest.mark.parametrize("text", ["returned", "database", "base-line", "cohorting", "pointless"])
def test_a_part_of_a_word_is_no_term(text):
    assert marked(markup.terms(f"<p>{text}</p>")) == []


def test_nothing_to_press_holds_another():
    html = markup.render("said", said=Said("", (), (("All cohorts", "/jobs"),)))
    assert marked(html) == [] and ">All cohorts</a>" in html
    assert marked(markup.terms("<summary>cohort</summary><p>cohort</p>")) == ["cohort"]


def test_what_was_escaped_stays_escaped_and_attributes_stay_whole():
    html = markup.terms(f'<p title="cohort">{markup.bold("<b>cohort</b>")}</p>')
    assert 'title="cohort"' in html and "&lt;b&gt;" in html and marked(html) == ["cohort"]


def test_column_headings_carry_their_meaning_and_cells_do_not():
    html = markup.table_html(table("Starts", ("Cohort", "95% interval"), [("cohort", "interval")]))
    assert marked(html) == ["Cohort", "95% interval"]


def test_the_longest_form_that_fits_is_the_term():
    assert glossary.FORMS["95% interval"][0] == "interval" and marked(markup.terms("a 95% interval")) == ["95% interval"]
    assert marked(markup.terms("the disability employment gap")) == ["disability employment gap"]
