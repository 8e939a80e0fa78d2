"""Any indicator: opened by link, by earlier link, by a bad link, and by choosing."""

import json

import pytest


def test_the_page_shows_the_indicator_of_the_link(open_page, odd_extract, markup_of, texts_of, figures_of):
    app = open_page(odd_extract, "indicator", id="rate", area="S12000023")
    assert not app.exception and texts_of(app, "oc-question") == ["Employment rate"]
    html = markup_of(app)
    assert "Orkney Islands: <strong>84.0% [u]</strong> in 2023 (95% interval 79.0% to 89.0%)." in html
    assert "A survey &lt;b&gt;" in html and "A survey <b>" not in html
    assert texts_of(app, "oc-section") == ["About this measure"] and len(figures_of(app)) == 2


def test_groups_are_chosen_under_their_heading(open_page, published_extract, texts_of):
    app = open_page(published_extract.parent, "indicator", id="nolb_participants", by="economic_status")
    assert "For whom?" in texts_of(app, "oc-section") and app.selectbox(key="choose_by").value == "economic_status"
    app.selectbox(key="choose_by").select("disabled").run()
    assert app.query_params["by"] in ("disabled", ["disabled"])


def test_an_earlier_id_still_opens_its_indicator(open_page, odd_extract, texts_of):
    app = open_page(odd_extract, "indicator", id="old_gap")
    assert texts_of(app, "oc-question") == ["Employment gap"] and not texts_of(app, "oc-notice")


@pytest.mark.parametrize(
    ("link", "notice"),
    [
        ({"id": "nothing_like_it"}, "No indicator is called 'nothing_like_it'. Showing"),
        ({"area": "Atlantis"}, "No area is called 'Atlantis'. Showing Scotland instead."),
        ({"area": "<script>alert(1)</script>"}, "No area is called '<script>alert(1)</script>'"),
        ({"id": "x" * 500}, "…'"),
    ],
)
def test_a_bad_link_is_named_and_falls_back(open_page, odd_extract, markup_of, texts_of, link, notice):
    app = open_page(odd_extract, "indicator", **link)
    assert not app.exception and "<script>" not in markup_of(app)
    assert any(notice in each for each in texts_of(app, "oc-notice")), texts_of(app, "oc-notice")


def test_the_link_is_put_right_after_a_bad_value(open_page, odd_extract):
    app = open_page(odd_extract, "indicator", id="rate", area="Atlantis")
    written = next(json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.component_name == "address")
    assert (written["page"], written["query"]) == ("/indicator", "id=rate&area=S92000003")


def test_choosing_an_area_changes_the_link_and_the_answer(open_page, odd_extract, markup_of):
    app = open_page(odd_extract, "indicator", id="rate", area="S12000023")
    app.selectbox(key="choose_area").select("S12000047").run()
    assert app.query_params["area"] in ("S12000047", ["S12000047"])
    assert "Fife: <strong>74.0%</strong>" in markup_of(app)


def test_the_chosen_area_is_kept_on_another_page(open_page, odd_extract, texts_of):
    app = open_page(odd_extract, "indicator", id="rate", area="S12000023")
    app.switch_page("../pages/partnership.py").run()
    assert texts_of(app, "oc-question") == ["Orkney Islands"]
