"""Progress and experience: asked twice first, declines never hidden, differences never effects."""

import re

import pytest

from dashboard import catalogue, paths
from dashboard.figure import Absent
from dashboard.figures import recipes
from dashboard.figures.progress import words
from dashboard.figures.progress.choosers import YEARS
from dashboard.read import rates
from dashboard.read.progress import Domain
from dashboard.words import differences
from tests.figures.asking import absent, figure, made, said

ORKNEY, GLASGOW, FIFE, HIGHLAND = "S12000023", "S12000049", "S12000047", "S12000017"
CAUSES = re.compile(r"\b(because|thanks to|led to|leads to|due to)\b")


def rows(shown):
    """The rows of a figure's table as text, by their first cell."""
    return {row[0].text: [cell.text for cell in row[1:]] for row in shown.table.rows}


def test_published_figures_alone_say_what_is_missing(editions):
    published = editions["published"]
    assert absent(made(published, "progress.domains")).startswith("[x] No partnership has sent scores")
    answer = said(made(published, "progress.answer"))
    assert "No national measure of progress" in answer and "95% of those surveyed in Fair Start Scotland, an earlier service" in answer
    assert absent(made(published, "progress.experience")) == "[x] No partnership has sent a survey of experience."
    for name in ("progress.scores", "progress.bounds", "progress.by_group", "progress.follow_up"):
        assert made(published, name) == (), name


def test_the_answer_gives_the_share_asked_twice_before_any_result(editions):
    answer = said(made(editions["two_scored"], "progress.answer", area=GLASGOW))
    # Glasgow City, three years: 150 of 300 asked twice; 90, 30 and 30 of 150.
    assert answer.startswith("Of 300 people")
    assert answer.index("50% were asked about confidence twice") < answer.index("60% reported improvement")
    assert "20% a decline" in answer


def test_every_soft_outcome_chart_carries_its_paired_rate_and_its_declines(editions):
    drawn = figure(made(editions["two_scored"], "progress.domains", area=GLASGOW)).plot
    for sentence in drawn.alt.split(". ")[1:]:
        assert "asked twice" in sentence and "declined" in sentence, sentence
    assert all("asked twice" in row["heading"] for row in drawn.rows)
    assert {series["label"] for series in drawn.options["series"]} == {"Improved", "Same", "Declined"}


def test_under_thirty_pairs_only_counts_are_given(editions):
    things = made(editions["two_scored"], "progress.domains", area=FIFE)
    assert "Only counts are shown" in absent(things) and figure(things).plot is None
    assert all("%" not in " ".join(cells[2:]) for cells in rows(figure(things)).values())
    answer = said(made(editions["two_scored"], "progress.answer", area=FIFE))
    assert "15 people: too few for a share" in answer and "of people asked twice reported" not in answer


def test_several_rounded_counts_too_few_for_a_share_are_counts_too(edition):
    """Orkney Islands' pooled years in the shipped edition: over 30 pairs, from several rounded counts."""
    assert said(made(edition, "progress.answer", area=ORKNEY))
    several = Domain("confidence", "Confidence", 20.0, 10.0, 5.0, 40.0, 0.0, 3)
    assert several.level == "counts_only" and several.band("improved")["value"] is None


def test_areas_are_never_compared_in_progress(editions):
    """Partnerships use different instruments, whose scales are not alike: no figure sets an area beside Scotland."""
    assert not any(name.startswith("progress.compared") for name in recipes.recipes())
    for kind in editions:
        for each in made(editions[kind], "progress.domains", area=GLASGOW):
            assert not hasattr(each, "title") or "Scotland" not in each.title


def test_who_sent_no_scores_and_who_sent_no_return_are_told_apart(editions):
    few = made(editions["two_scored"], "progress.follow_up")
    assert "2 of 32 partnerships" in absent(few) and "No return is held" not in absent(few)
    assert sum(cells[-1] == "no scores sent" for cells in rows(figure(few)).values()) == 30
    missing = made(editions["one_missing"], "progress.follow_up")
    assert "No return is held for Orkney Islands" in absent(missing)
    assert not any(cells[-1] == "no scores sent" for cells in rows(figure(missing)).values())


@pytest.mark.parametrize(("kind", "area"), [("one_missing", ORKNEY), ("two_scored", HIGHLAND)])
def test_a_partnership_without_scores_is_said_to_have_none(editions, kind, area):
    for name in ("progress.domains", "progress.by_year"):
        things = made(editions[kind], name, area=area)
        assert [type(each) for each in things] == [Absent] and things[0].why.startswith("[x] No"), name
    assert made(editions[kind], "progress.asked_by_year", area=area) == ()


def test_the_year_too_recent_is_in_no_choice(editions):
    edition = editions["two_scored"]
    options = YEARS.options(edition, recipes.recipe_named("progress.treated").resolve(edition, {}))
    assert list(options.values()) == ["2022-23 to 2024-25 together", "2024-25", "2023-24", "2022-23"]


def test_a_chosen_year_is_in_the_figure_its_link_and_its_evidence(editions):
    for name in ("progress.domains", "progress.bounds", "progress.scores", "progress.follow_up", "progress.by_group"):
        shown = figure(made(editions["two_scored"], name, area=GLASGOW, years="2023-24"))
        assert "people who started in 2023-24" in f"{shown.subtitle} {shown.table.caption}".replace("P", "p"), name
        assert "years=2023-24" in shown.link and "years=2023-24" in shown.evidence_id and f"area={GLASGOW}" in shown.link
    assert said(made(editions["two_scored"], "progress.answer", area=GLASGOW, years="2023-24")).startswith("Of 100 people")


def test_every_link_opens_the_part_it_is_in_with_each_of_its_choices(editions):
    for name, given in (("progress.by_group", {"by": "sex", "domain": "motivation"}), ("progress.by_year", {"domain": "motivation"}),
                        ("progress.experience", {"answered": "2023-24"}), ("progress.key_worker", {"years": "2023-24"})):
        link = figure(made(editions["demonstration"], name, area=GLASGOW, **given)).link
        assert all(f"{choice}={value}" in link for choice, value in given.items()) and "part=" in link, link


def test_the_instrument_has_no_share_asked_twice(editions):
    by_sex, by_instrument = (figure(made(editions["demonstration"], "progress.by_group", by=by)) for by in ("sex", "instrument"))
    assert [column.name for column in by_sex.table.columns][:3] == ["Sex", "Share asked twice", "People asked twice"]
    assert [column.name for column in by_instrument.table.columns][:2] == ["Instrument", "People asked twice"]


def test_what_counts_as_a_change_stands_beside_every_share_that_improved(editions):
    """It is said in the words of the indicator, which know the instruments of their own edition."""
    for name in ("progress.domains", "progress.by_group", "progress.by_year"):
        shown = figure(made(editions["demonstration"], name, area=GLASGOW))
        assert set(editions["demonstration"].catalogue["soft_outcome_improved"].caveats) <= set(shown.notes), name


def test_experience_stands_beside_the_published_surveys_and_apart(editions):
    shown = figure(made(editions["two_scored"], "progress.experience", area=GLASGOW))
    assert rows(shown)["Treated with dignity and respect"][1].startswith("90% (")
    surveys = figure(made(editions["two_scored"], "progress.published_surveys"))
    assert "91%" in [cell for cells in rows(surveys).values() for cell in cells] and not surveys.is_synthetic


def test_a_key_worker_makes_a_difference_and_never_an_effect(editions):
    things = made(editions["two_scored"], "progress.key_worker")
    shown = figure(things)
    assert "Entered work: 50% with, 25% without, higher with one" in shown.plot.alt
    assert "nothing here says that a key worker caused the difference" in shown.notes[-1]
    assert absent(things) == ""     # everybody was asked twice
    assert not CAUSES.search(" ".join([shown.title, shown.plot.alt, *shown.notes]))


def test_the_trend_carries_its_paired_rate_every_band_and_no_year_too_recent(editions):
    given = {"area": GLASGOW, "domain": "confidence"}
    bands, asked = (figure(made(editions["two_scored"], name, **given)) for name in ("progress.by_year", "progress.asked_by_year"))
    sentences = bands.plot.alt.split(". ")[1:]
    assert len(sentences) == 3    # 2022-23, 2023-24 and 2024-25: each 50 of 100 asked twice; 30, 10 and 10 of 50
    for sentence in sentences:
        assert re.search(r"50% asked twice; of them 60% improved, 20% same and 20% declined", sentence), sentence
    assert "Improved: no clear change since 2022-23" in bands.title
    assert "2025-26" not in bands.plot.alt + asked.plot.alt and "Too recent, so not yet known [x]: 2025-26." in bands.notes
    assert "Scotland" in asked.plot.alt and "Glasgow City" in asked.plot.alt


def test_the_trend_of_too_few_people_is_counts_without_a_chart(editions):
    things = made(editions["two_scored"], "progress.by_year", area=FIFE)
    assert "too few people for a share were asked twice in every year shown" in absent(things)
    assert "too few people were asked twice for a share in any year" in figure(things).title and figure(things).plot is None
    assert "improved" not in figure(made(editions["two_scored"], "progress.asked_by_year", area=FIFE)).plot.alt


@pytest.mark.parametrize(("kind", "name", "share"), [
    ("two_scored", "progress.domains", 30), ("two_scored", "progress.by_year", 30), ("demonstration", "progress.key_worker", 50)])
def test_few_asked_twice_is_warned_of_wherever_progress_is_shown(editions, kind, name, share):
    # Two partnerships' scores are few of Scotland's people; in the demonstration about 1 in 3 is asked twice.
    assert f"ewer than {share}% were asked twice" in absent(made(editions[kind], name))



def test_nothing_is_drawn_where_there_is_no_share_to_draw(editions):
    for name in ("progress.experience", "progress.key_worker"):
        shown = figure(made(editions["demonstration"], name, area=ORKNEY))
        assert shown.plot is None and "oo few" in shown.title and shown.table.rows, name


def test_a_change_of_the_trend_has_a_direction_only_when_clear():
    def year(label, improved):
        return Domain("confidence", label, improved, 0, 100 - improved, 0, 100, 1)

    indicator = catalogue.load_indicator(paths.INDICATORS / "soft_outcome_improved.toml")
    for later in range(20, 81, 5):
        title = words.years_title("Confidence", [year("2022-23", 50), year("2023-24", later)], indicator, indicator)
        gap = differences.difference(year("", later).band("improved"), year("", 50).band("improved"), indicator)
        assert ("higher" in title or "lower" in title) == (gap.lower > 0 or gap.upper < 0), title
        assert title.index("asked twice") < title.index("improved") < title.index("declined")


@pytest.mark.parametrize("level, paired, eligible", [
    ("counts_only", 29, 40), ("no_comparison", 30, 200), ("caution", 40, 100), ("enough", 60, 100)])
def test_the_banner_follows_the_stated_limits(level, paired, eligible):
    domain = Domain("confidence", "Confidence", paired, 0, 0, 0, eligible - paired, 1)
    assert domain.level == level and words.banner([domain]) == words.BANNERS[level]


def test_the_banner_names_the_areas_of_progress_it_is_about():
    enough = Domain("confidence", "Confidence", 320, 0, 0, 0, 480, 1)
    few = Domain("motivation", "Motivation", 2990, 0, 0, 0, 7010, 1)
    assert words.banner([enough, few]) == "Read with great caution: fewer than 30% were asked twice about motivation (29.9%). " \
        "Partnerships are not compared. Read with caution: fewer than 50% were asked twice about confidence (40.0%)."


def test_a_direction_needs_an_interval_clear_of_nought():
    for with_one in range(0, 101, 5):
        row = rates.difference({"numerator": with_one, "denominator": 100}, {"numerator": 50, "denominator": 100}, 1)
        direction = words.difference_words(row, "than without one")
        clear = row["lower_ci"] > 0 or row["upper_ci"] < 0
        assert ("higher" in direction or "lower" in direction) == clear, row


def test_a_difference_with_too_few_people_is_not_given():
    row = rates.difference({"numerator": 20, "denominator": 25}, {"numerator": 10, "denominator": 500}, 1)
    assert row["value"] is None and words.difference_words(row, "than without") == "too few people to compare"
