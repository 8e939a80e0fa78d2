"""The equality page: its parts, its links and its choosers. What the figures say is tested in tests/figures."""

import re

import pytest

from dashboard import paths

SCOTLAND, EDINBURGH, ORKNEY = "S92000003", "S12000036", "S12000023"
PARTS = {"reach": "How sure are we?", "journey": "Between job and 26 weeks", "pairs": "The six pairs and whether they can be shown",
         "places": "Each partnership", "programmes": "against other programmes"}
NOTICE = "Demonstration data: made up, not about real people or real performance."


def plain(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html)).replace(" :", ":")


@pytest.mark.parametrize(("part", "words"), PARTS.items())
def test_a_part_opens_from_its_link_with_at_most_six_charts(open_page, markup_of, drawn_on, part, words):
    app = open_page(paths.DATA / "extract", "equality", area=SCOTLAND, part=part)
    html = plain(markup_of(app))
    assert not app.exception and not app.error
    assert words in html and NOTICE in html and "The figures of this answer" in html
    assert len(drawn_on(app)) <= 6
    assert {button.proto.label for button in app.get("download_button")} >= {"Download workbook (.xlsx)",
                                                                              "Download page of evidence (.html)"}


@pytest.mark.parametrize(("link", "why", "offered", "box"), [
    ({"by": "trans_status", "area": EDINBURGH}, "made for Scotland only", f"by=trans_status&amp;area={SCOTLAND}", "Outcome"),
    ({"part": "pairs", "pair": "religion_carer"}, "No figures are made for", "pair=sex_disabled", "Outcome"),
    ({"pair": "sex_age", "area": EDINBURGH}, "for Scotland only", f"by=sex&amp;area={EDINBURGH}", "Two characteristics"),
    ({"by": "sex_disabled", "area": ORKNEY}, "for Scotland only", f"by=sex&amp;area={ORKNEY}", "Two characteristics"),
    ({"part": "programmes", "area": ORKNEY}, "for Scotland only", "part=programmes", "Programme"),
])
def test_a_link_to_what_is_not_allowed_explains_and_offers_the_nearest_safe_view(open_page, markup_of, link, why, offered, box):
    app = open_page(paths.DATA / "extract", "equality", **link)
    html = markup_of(app)
    assert not app.exception and offered in html
    assert sum(why in each for each in re.findall(r'<div class="oc-notice".*?</div>', html)) == 1
    assert box in [each.label for each in app.selectbox]


def test_choosing_another_programme_changes_the_figures(open_page, markup_of):
    app = open_page(paths.DATA / "extract", "equality", part="programmes", programme="fss")
    assert "a larger share of Fair Start Scotland" in markup_of(app)
    next(box for box in app.selectbox if box.label == "Programme").select("nolb").run()
    assert "● No One Left Behind, □ other programmes in the same years" in markup_of(app)


def test_a_withheld_pair_is_not_on_the_page(open_page, markup_of, drawn_on, groups_extract):
    app = open_page(groups_extract, "equality", part="pairs", pair="ethnicity_group_sex")
    assert "is withheld whole" in markup_of(app) and not drawn_on(app)


def test_without_returns_the_page_says_so(open_page, published_extract, markup_of, drawn_on):
    app = open_page(published_extract.parent, "equality")
    assert not app.exception and "No partnership has sent" in plain(markup_of(app))
    assert not drawn_on(app)
