"""Value: what is not published is said first; costs carry intervals; nothing is ranked or tested."""

import re

import pytest

from dashboard import paths
from dashboard.read import value

NOTICE = "Demonstration data:"


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def answer_of(app):
    return text_of(next(element.proto.body for element in app.get("html") if "oc-answer" in element.proto.body))


def test_published_figures_alone_open_on_what_is_published(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "value")
    words = text_of(markup_of(app))
    assert not app.exception and NOTICE not in words
    assert answer_of(app).strip().startswith("Ministers confirm that no cost per sustained outcome")
    for amount in ("£3.60", "£2.60", "£1.60", "£59.1 million"):
        assert amount in words, amount
    assert "Cost per outcome of No One Left Behind" in words    # the declared gap


@pytest.mark.parametrize("part", ["cost", "need", "rural"])
def test_without_returns_each_part_says_so(open_page, published_extract, part):
    app = open_page(published_extract.parent, "value", part=part)
    assert not app.exception and any(each.value.startswith("[x]") for each in app.info)
    assert not app.get("plotly_chart")


def test_spending_is_never_compared_across_its_break(open_page, published_extract):
    app = open_page(published_extract.parent, "value", part="published")
    chart = app.get("plotly_chart")[0]
    assert "breaks at 2024-25" in chart.proto.alt and "higher" not in chart.proto.alt


def test_costs_are_totals_divided_by_totals(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "value")
    # 30 partnerships sent £200,000 and 100 people each: £2,000 a start, £5,000 a person entering work.
    assert "£6.0 million" in answer_of(app) and "£2,000" in answer_of(app) and "£5,000" in answer_of(app)
    assert NOTICE in markup_of(app)
    assert any("Orkney Islands" in each.value and "Shetland Islands" in each.value for each in app.info)


def test_a_cost_of_another_year_says_whose_spend_it_is(open_page):
    said = answer_of(open_page(paths.DATA / "extract", "value"))
    assert re.search(r"in 2025-26\..* That was £[\d,]+ for each person who started\.", said)
    assert re.search(r"Spend of 2024-25 was £[\d,]+ for each person who started and entered work\.", said)


def test_who_is_left_out_is_said_where_it_changes_the_figure(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "value")
    assert "30 of 32 partnerships returned spend of £6.0 million" in answer_of(app)
    assert "Orkney Islands and Shetland Islands are left out of spend and people." in answer_of(app)
    assert "(3,000), 30 of 32 partnerships" in text_of(markup_of(app))
    app = open_page(returns_extract, "value", area="S12000049")      # Glasgow City's own spend lacks nobody's
    assert not app.info and "left out" not in answer_of(app)


def test_scotland_opens_on_how_many_are_near_and_never_on_extremes(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "value", part="need")
    html = markup_of(app)
    ratios = [float(each) for each in re.findall(r"<td[^>]*>(\d+\.\d\d)</td>", html)]
    near = sum(0.9 <= each <= 1.1 for each in ratios)
    title = text_of(re.search(r'<div class="oc-figure"><h2>(.*?)</h2>', html)[1])
    assert len(ratios) == 30 and title == f"{near} of 30 partnerships spent between 0.9 and 1.1 times their share of need"
    assert "certain benefits, 2017" in html and "(2017), 2017" not in html
    html = markup_of(open_page(returns_extract, "value", part="rural"))
    assert "<h2>Scotland: £2,000 for each person who started</h2>" in html
    assert re.search(r'<th scope="row">Scotland</th>.*?£2,000', html) and "From £" not in html


def test_a_cost_of_few_people_is_said_to_be_unreliable_and_not_confidential(open_page, markup_of):
    app = open_page(paths.DATA / "extract", "value", area="S12000023")      # 25 people started in Orkney Islands
    words = text_of(markup_of(app))
    assert "Too few people started in 2025-26 for a reliable cost [c]." in answer_of(app)
    assert "[c] too few people for a reliable figure" in words and "confidential" not in words


def test_money_is_shown_as_it_was_published(open_page, published_extract, markup_of):
    words = text_of(markup_of(open_page(published_extract.parent, "value", part="published")))
    assert "£570,000 " in words and "£120,000 " in words and ".0 " not in re.sub(r"£\d+\.0 million", "", words)
    assert "£0 million" in words and "£0.0" not in words and "£0 million is nil as published" in words


def test_every_amount_in_the_answer_is_in_a_table(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "value")
    tables = text_of("".join(re.findall(r"<table.*?</table>", markup_of(app), re.DOTALL)))
    for amount in re.findall(r"£[\d,.]+\d(?: \w+illion)?", answer_of(app)):
        assert amount in tables, amount


def test_the_interval_says_it_is_of_rounding_only(open_page, returns_extract, markup_of):
    words = text_of(markup_of(open_page(returns_extract, "value", area="S12000049")))
    assert "for rounding of the count of people only" in words
    assert "no difference is tested and none is ranked" in words
    assert not re.search(r"\b(higher|lower|better|worse) than\b", words)


def test_an_area_without_spend_is_named(open_page, returns_extract):
    app = open_page(returns_extract, "value", area="S12000027")
    assert not app.exception and any("Shetland Islands sent no return of spend" in each.value for each in app.info)


@pytest.mark.parametrize("measure", ["employment_deprived_people", "claimant_count_share", "population_16_64_midyear"])
def test_need_is_stated_with_its_reason(open_page, returns_extract, markup_of, measure):
    app = open_page(returns_extract, "value", part="need", need=measure, area="S12000049")
    words = text_of(markup_of(app))
    assert not app.exception and "not a ranking" in words
    assert "our arithmetic on returned spend and published counts" in words
    assert "3.3%" in words    # every partnership sent one thirtieth of the spend


def test_rural_cost_has_its_caveats_and_no_line(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "value", part="rural", area="S12000013")
    words = text_of(markup_of(app))
    assert not app.exception and "A higher cost is not a worse service" in words
    assert "lines" not in app.get("plotly_chart")[0].proto.spec.split('"layout"')[0]


def test_unknown_values_in_the_link_are_said_to_be_unknown(open_page, returns_extract):
    app = open_page(returns_extract, "value", part="need", need="gold", area="Atlantis")
    notes = " ".join(each.value for each in app.info)
    assert not app.exception and "gold" in notes and "Atlantis" in notes


def test_shares_add_up_and_need_every_area_in_both():
    rows = value.share_rows({"a": 100.0, "b": 300.0, "c": 50.0}, {"a": 10.0, "b": 10.0, "d": 5.0})
    assert set(rows) == {"a", "b"}
    assert sum(row["funding"] for row in rows.values()) == pytest.approx(100)
    assert rows["a"] == pytest.approx({"funding": 25, "need": 50, "ratio": 0.5, "pounds": 10})
    assert value.share_rows({}, {"a": 1}) == {}


def test_a_pooled_cost_is_not_an_average_of_costs():
    rows = [{"numerator": 100_000.0, "denominator": 100.0}, {"numerator": 900_000.0, "denominator": 100.0}]
    assert value.pooled_cost(rows)["value"] == pytest.approx(5000)
    few = value.pooled_cost([{"numerator": 1.0, "denominator": 25.0}])
    assert few["value"] is None and few["obs_status"] == "c"
