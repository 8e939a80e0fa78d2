"""Any indicator: by link, by earlier link, hidden, unknown."""

import re

import pytest

from dashboard import paths


def test_the_answer_is_in_words_with_its_interval_and_change(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000023"))
    assert "Orkney Islands: <strong>84.0% [u]</strong> in 2023 (95% interval 79.0% to 89.0%)." in html
    assert "No clear change since 2022." in html
    assert "Orkney Islands: 84.0% [u], higher than Scotland" in html


def test_a_hidden_figure_shows_its_mark_and_what_it_means(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="rate", area="S12000013"))
    assert "<strong>[c]</strong>" in html and "[c] confidential: too few people to show" in html


def test_a_rate_from_returns_is_never_shown_as_none(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="entered", area="S12000023"))
    assert "under 6%" in html and ">0%" not in html


def test_an_earlier_id_still_opens_its_indicator(open_page, odd_extract):
    app = open_page(odd_extract, "indicator", id="old_gap")
    assert app.title[0].value == "Employment gap" and not app.info


def test_the_latest_edition_is_shown_and_the_earlier_one_is_kept(open_page, odd_extract, markup_of):
    app = open_page(odd_extract, "indicator", id="starts", area="S92000003")
    html = markup_of(app)
    assert "1,250" in html and "What was revised" in [header.value for header in app.header]
    assert "1,200" in html


@pytest.mark.parametrize(
    ("link", "notice"),
    [
        ({"id": "nothing_like_it"}, "No indicator is called 'nothing_like_it'. Showing"),
        ({"area": "Atlantis"}, "No area is called 'Atlantis'. Showing Scotland instead."),
        ({"area": "<script>alert(1)</script>"}, "No area is called '<script>alert(1)</script>'"),
        ({"id": "x" * 500}, "…'"),
    ],
)
def test_a_bad_link_is_named_and_falls_back(open_page, odd_extract, link, notice):
    app = open_page(odd_extract, "indicator", **link)
    assert not app.exception
    assert any(notice in info.value for info in app.info), [info.value for info in app.info]


def test_the_link_is_put_right_after_a_bad_value(open_page, odd_extract):
    app = open_page(odd_extract, "indicator", area="Atlantis")
    assert app.query_params["area"] in ("S92000003", ["S92000003"])
    assert not app.run().info


def test_choosing_an_area_changes_the_link_and_the_answer(open_page, odd_extract, markup_of):
    app = open_page(odd_extract, "indicator", id="rate", area="S12000023")
    app.selectbox(key="choose_area").select("S12000047").run()
    assert app.query_params["area"] in ("S12000047", ["S12000047"])
    assert "Fife: <strong>74.0%</strong>" in markup_of(app)


def test_the_chosen_area_is_kept_on_another_page(open_page, odd_extract):
    app = open_page(odd_extract, "indicator", id="rate", area="S12000023")
    app.switch_page("../pages/partnership.py").run()
    assert app.title[0].value == "Orkney Islands"


def test_a_year_that_is_not_over_is_not_the_latest(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="entered", area="S92000003"))
    assert "Scotland: <strong>33%</strong> in 2023-24" in html and "2026-27" not in html


def test_a_share_hidden_for_few_people_still_shows_its_counts(open_page, odd_extract, markup_of):
    html = markup_of(open_page(odd_extract, "indicator", id="entered", area="S12000027"))
    assert "<strong>[c]</strong> in 2023-24. Too few people for a share, about 5 of 25." in html
    html = markup_of(open_page(paths.DATA / "extract", "indicator", id="followup_recorded_13_weeks", area="S12000027"))
    row = re.search(r'<th scope="row">Shetland Islands</th>(.*?)</tr>', html)[1]
    share, interval, base, counts = re.findall(r"<td[^>]*>(.*?)</td>", row)
    assert share == interval == "[c]" and counts.endswith(f"of {base}")


def test_groups_of_few_people_are_shown_as_counts_and_not_as_nothing_held(open_page, markup_of):
    """Progress shows these counts: the same measure's own page must not say that nothing is held."""
    html = markup_of(open_page(paths.DATA / "extract", "indicator", id="soft_outcome_improved", area="S12000023"))
    assert "held only by area of progress. Too few people are in each for a share" in html
    assert "by area of progress: too few people for a share, counts only" in html
    rows = re.findall(r"</th>(<td class=\"oc-number\">\[c\].*?)</tr>", html)
    assert len(rows) >= 3 and all(re.search(r">(fewer than 5|\d+) of \d+<", row) and ">0<" not in row for row in rows)
    assert any("fewer than 5 of" in row for row in rows)
