"""Progress and experience: asked twice first, declines never hidden, differences never effects."""

import re

import pytest

from dashboard import catalogue, paths
from dashboard.read import progress, rates
from dashboard.words import differences

NOTICE = "Demonstration data:"


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_published_figures_alone_say_what_is_missing(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "progress")
    assert not app.exception and NOTICE not in markup_of(app)
    assert any(each.value.startswith("[x] No partnership has sent scores") for each in app.info)
    words = text_of(markup_of(app))
    assert "No national measure of progress" in words and "95% said they were treated with dignity" in words
    assert "Skills: confidence, core skills" in words    # the declared gap has its place


def test_the_answer_gives_the_share_asked_twice_before_any_result(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", area="S12000049")
    words = text_of(markup_of(app))
    assert not app.exception and NOTICE in words
    answer = words[words.index("Of 300 people"):]
    # Glasgow City, three years: 150 of 300 asked twice; 90, 30 and 30 of 150.
    assert answer.index("50% were asked about confidence twice") < answer.index("60% reported improvement")
    assert "20% a decline" in answer


def test_every_soft_outcome_chart_carries_its_paired_rate_and_its_declines(open_page, returns_extract):
    app = open_page(returns_extract, "progress", area="S12000049")
    chart = app.get("plotly_chart")[0]
    for sentence in chart.proto.alt.split(". ")[1:]:
        assert "asked twice" in sentence and "declined" in sentence, sentence
    assert chart.proto.spec.count("asked twice") >= 5 and "Declined" in chart.proto.spec


def test_under_thirty_pairs_only_counts_are_given(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", area="S12000047")
    words = text_of(markup_of(app))
    assert any("only counts" in each.value for each in app.info)
    assert "15 people" in words and "too few for a share" in words
    assert "of people asked twice reported improvement" not in words


def test_an_area_with_too_few_asked_twice_is_not_compared(open_page, returns_extract):
    app = open_page(returns_extract, "progress", area="S12000049")
    # Scotland has 165 of 9,300 asked twice: under 30%, so nobody is compared with it.
    assert any("is not compared with Scotland" in each.value for each in app.info)
    assert not app.dataframe


def test_two_partnerships_with_scores_and_one_without_a_return_are_named(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress")
    notes = " ".join(each.value for each in app.info)
    assert "No return is held for Orkney Islands" in notes and "2 of 31 partnerships" in notes
    assert text_of(markup_of(app)).count("no scores sent") == 29


def test_a_partnership_that_sent_nothing_gets_a_page(open_page, returns_extract):
    app = open_page(returns_extract, "progress", area="S12000023")
    assert not app.exception and any(each.value.startswith("[x]") for each in app.info)


def test_the_year_too_recent_is_in_no_choice(open_page, returns_extract):
    app = open_page(returns_extract, "progress")
    years = next(each for each in app.selectbox if each.label == "People who started in")
    assert years.options == ["2022-23 to 2024-25 together", "2024-25", "2023-24", "2022-23"]


def test_experience_stands_beside_the_published_surveys_and_apart(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", part="experience", area="S12000049")
    words = text_of(markup_of(app))
    assert "90% (86% to 93%)" in words or "90% (" in words
    assert "never merged with the figures above" in words and "91%" in words
    assert len(app.get("plotly_chart")) == 1


def test_a_key_worker_makes_a_difference_and_never_an_effect(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", part="key-worker")
    alt = app.get("plotly_chart")[0].proto.alt
    assert "Entered work: 50% with, 25% without, higher with one" in alt
    assert "A difference is not an effect" in markup_of(app)
    assert not any(each.value.startswith("Progress: ") for each in app.info)    # everybody was asked twice
    assert not re.search(r"\b(because|thanks to|led to|leads to|due to)\b", text_of(markup_of(app)))


def test_an_unknown_part_area_and_year_are_said_to_be_unknown(open_page, returns_extract):
    app = open_page(returns_extract, "progress", part="nowhere", area="Atlantis", years="1999")
    notes = [each.value for each in app.info]
    assert not app.exception
    for given in ("nowhere", "Atlantis", "1999"):
        assert any(given in note for note in notes), given


def test_a_chosen_year_reopens(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", area="Glasgow City", years="2023-24")
    assert "Of 100 people" in text_of(markup_of(app))


def test_the_trend_carries_its_paired_rate_every_band_and_no_year_too_recent(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", part="years", area="S12000049", domain="confidence")
    bands, asked = (chart.proto for chart in app.get("plotly_chart"))
    sentences = bands.alt.split(". ")[1:]
    assert len(sentences) == 3    # 2022-23, 2023-24 and 2024-25: each 50 of 100 asked twice; 30, 10 and 10 of 50
    for sentence in sentences:
        assert re.search(r"50% asked twice; of them 60% improved, 20% same and 20% declined", sentence), sentence
    assert "Improved: no clear change since 2022-23" in markup_of(app)
    assert "2025-26" not in bands.alt + asked.alt and "Too recent, so not yet known [x]: 2025-26" in markup_of(app)
    assert "Scotland" in asked.alt and "Glasgow City" in asked.alt
    assert any("not compared with Scotland in any year" in each.value for each in app.info)


def test_the_trend_of_too_few_people_is_counts_without_a_chart(open_page, returns_extract, markup_of):
    app = open_page(returns_extract, "progress", part="years", area="S12000047")
    assert any("In every year shown, fewer than 30 people were asked twice" in each.value for each in app.info)
    assert "too few people were asked twice for a share in any year" in text_of(markup_of(app))
    assert len(app.get("plotly_chart")) == 1 and "improved" not in app.get("plotly_chart")[0].proto.alt


@pytest.mark.parametrize("area", ["S12000023", "S12000013"])
def test_the_trend_of_an_area_without_scores_says_so(open_page, returns_extract, area):
    app = open_page(returns_extract, "progress", part="years", area=area)
    assert not app.exception and not app.get("plotly_chart")
    assert any(each.value.startswith("[x] No scores") for each in app.info)


def test_a_change_of_the_trend_has_a_direction_only_when_clear():
    def year(label, improved):
        return progress.Domain("confidence", label, improved, 0, 100 - improved, 0, 100, 1)

    indicator = catalogue.load_indicator(paths.INDICATORS / "soft_outcome_improved.toml")
    for later in range(20, 81, 5):
        title = progress.years_title("Confidence", [year("2022-23", 50), year("2023-24", later)], indicator, indicator)
        gap = differences.difference(year("", later).band("improved"), year("", 50).band("improved"), indicator)
        assert ("higher" in title or "lower" in title) == (gap.lower > 0 or gap.upper < 0), title
        assert title.index("asked twice") < title.index("improved") < title.index("declined")


@pytest.mark.parametrize("level, paired, eligible", [
    ("counts_only", 29, 40), ("no_comparison", 30, 200), ("caution", 40, 100), ("enough", 60, 100)])
def test_the_banner_follows_the_stated_limits(level, paired, eligible):
    domain = progress.Domain("confidence", "Confidence", paired, 0, 0, 0, eligible - paired, 1)
    assert domain.level == level and progress.banner([domain]) == progress.BANNERS[level]

    assert progress.may_compare(domain) is (level in ("caution", "enough"))


def test_the_banner_names_the_areas_of_progress_it_is_about():
    enough = progress.Domain("confidence", "Confidence", 320, 0, 0, 0, 480, 1)
    few = progress.Domain("motivation", "Motivation", 2990, 0, 0, 0, 7010, 1)
    assert progress.banner([enough, few]) == "Motivation (29.9%): fewer than 30% were asked twice: read with great " \
        "caution. Partnerships are not compared. Confidence (40.0%): fewer than 50% were asked twice: read with caution."


def test_a_direction_needs_an_interval_clear_of_nought():
    for with_one in range(0, 101, 5):
        row = rates.difference({"numerator": with_one, "denominator": 100}, {"numerator": 50, "denominator": 100}, 1)
        words = progress.difference_words(row, "", "without one")
        clear = row["lower_ci"] > 0 or row["upper_ci"] < 0
        assert ("higher" in words or "lower" in words) == clear, row


def test_a_difference_with_too_few_people_is_not_given():
    row = rates.difference({"numerator": 20, "denominator": 25}, {"numerator": 10, "denominator": 500}, 1)
    assert row["value"] is None and progress.difference_words(row, "", "without") == "too few people to compare"


def test_bounds_hold_the_share_reported():
    domain = progress.Domain("confidence", "Confidence", 60, 20, 20, 100, 300, 1)
    assert domain.bounds == pytest.approx({"improved": 30, "declined_if_unchanged": 10, "declined_if_declined": 60})


def test_a_year_that_is_not_mature_is_never_added_up():
    row = {"category": "confidence", "category_label": "Confidence", "improved": 10, "same": 10, "declined": 10,
           "no_follow_up": 0, "no_start_score": 0}
    rows = [{**row, "period": "2023-24", "is_mature": True}, {**row, "period": "2025-26", "is_mature": False}]
    assert progress.pool(rows, ["2023-24", "2025-26"])[0].paired == 30


def test_a_rounded_count_above_its_base_is_all_of_it():
    assert rates.rate(55, 50, 1)["value"] == 100


def test_years_with_enough_asked_twice_are_read_beside_scotland(open_page, one_missing_extract, markup_of):
    app = open_page(one_missing_extract, "progress", part="years", area="S12000049", domain="confidence")
    html = markup_of(app)
    table = re.search(r"<table[^>]*><caption>[^<]*years in which both asked enough people twice.*?</table>", html, re.DOTALL)[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", table)
    assert [year for year, _ in rows] == ["2022-23", "2023-24", "2024-25"]
    for _, cells in rows:       # 60% of 50 here, and 60% of all but Fife's few elsewhere
        shown = re.findall(r"<td[^>]*>(.*?)</td>", cells)
        assert shown[0] == "50%" and shown[1].startswith("60% (") and shown[-1] == "no clear difference"
    assert not any("not compared" in each.value for each in app.info)
