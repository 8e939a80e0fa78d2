"""Comparisons of areas: any measure, for any area, none of them a league table."""

import re

import pytest

from dashboard.figure import SCOTLAND, Absent, Choice, Figure
from dashboard.figures import recipes
from dashboard.figures.compare import MEASURE, TELL, WAYS, measures

GLASGOW, ORKNEY = "S12000049", "S12000023"


def made(edition, way, area_code=SCOTLAND, indicator_id="", **choices):
    return recipes.made(edition, f"compare.{way}", Choice(area_code, indicator_id, tuple(choices.items())))


def test_every_way_on_the_page_has_its_recipe():
    assert {f"compare.{way}" for way in WAYS} == {name for name in recipes.recipes() if name.startswith("compare.")} - {"compare.like_in_brief"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("area", [GLASGOW, ORKNEY, SCOTLAND])
def test_no_comparison_is_a_league_table(edition, way, area):
    for shown in made(edition, way, area):
        words = shown.why if isinstance(shown, Absent) else f"{shown.title}. {shown.plot.alt if shown.plot else ''}"
        assert not re.search(r"\b(best|worst|top|bottom|league leader)\b", words)
        for rank in re.finditer(r"(?<!and )\b\d+(st|nd|rd|th)\b", words):
            assert words[:rank.start()].endswith("between ") or " of " in words[rank.end():rank.end() + 8]


def test_every_measure_of_work_can_be_compared_and_none_of_record_keeping(edition):
    options = MEASURE.options(edition, Choice())
    assert {"entered_work_within_12_months", "in_work_at_13_weeks", "job_lasted_13_weeks"} <= set(options)
    assert not any(edition.catalogue[name].topic == "quality" or edition.catalogue[name].is_survey for name in options)
    for indicator_id in options:
        ranks, = made(edition, "ranks", GLASGOW, indicator_id)
        assert edition.catalogue[indicator_id].title in ranks.subtitle and len(ranks.table.rows) > 20


def test_areas_stand_in_the_order_of_the_alphabet(edition):
    for way in ("ranks", "among", "steadied"):
        figure, = made(edition, way)
        areas = [row[0].text for row in figure.table.rows if row[0].text != "Scotland"]
        assert areas == sorted(areas) and len(areas) > 20


def test_the_link_opens_the_comparison_and_of_another_measure_the_page_that_shows_it(edition):
    assert made(edition, "ranks", GLASGOW)[0].link == f"/jobs?area={GLASGOW}&compare=ranks"
    another, = made(edition, "ranks", GLASGOW, "in_work_at_13_weeks")
    assert another.link == f"/indicator?area={GLASGOW}&id=in_work_at_13_weeks"


def test_could_we_tell_holds_each_measure_asked_for_and_the_one_compared_first(edition):
    for names in measures.ALONGSIDE:
        tell, = made(edition, "tell", GLASGOW, tell=",".join(names))
        titles = [edition.catalogue[name].title for name in (measures.ENTERED_WORK, *names)]
        assert [row[0].text for row in tell.table.rows] == titles and len(tell.asked) == len(titles)
    alone, = made(edition, "tell", GLASGOW, "in_work_at_13_weeks", tell=measures.ALONE)
    assert len(alone.table.rows) == 1 and alone.plot is None
    assert TELL.first(edition, Choice(), TELL.options(edition, Choice())) == ",".join(measures.ALONGSIDE[0])


def test_an_area_that_sent_nothing_has_no_place_and_is_not_few_people(editions):
    for way in ("among", "ranks"):
        figure, = made(editions["one_missing"], way, ORKNEY, "in_work_at_13_weeks")
        assert figure.title == "Orkney Islands: no return sent, so no place [x]"
        assert any("Orkney Islands sent no return [x]" in note for note in figure.notes)
    like, = made(editions["one_missing"], "like", ORKNEY, "in_work_at_13_weeks")
    assert like.title == "Orkney Islands: no figure to compare" and like.table.rows[0][2].text == "[x]"


def test_without_returns_every_comparison_says_so(editions):
    for way in set(WAYS) - {"starts"}:
        shown, = made(editions["published"], way, GLASGOW)
        assert isinstance(shown, Absent)
    assert not measures.comparable(editions["published"]) and made(editions["published"], "starts", GLASGOW) == ()


def test_a_rate_that_nobody_or_everybody_reached_is_not_placed(editions):
    nobody = [name for name in MEASURE.options(editions["one_missing"], Choice())
              if measures.compared_by(editions["one_missing"], name).scotland in (0, 100)]
    assert nobody
    for indicator_id in nobody:
        among, = made(editions["one_missing"], "among", GLASGOW, indicator_id)
        assert isinstance(among, Absent) and "nothing to place" in among.why


def test_starts_still_being_reported_take_no_part_in_the_limits(edition):
    starts, = made(edition, "starts", GLASGOW)
    assert isinstance(starts, Figure) and starts.table.rows[-1][4].text == "still being reported"
    assert starts.table.rows[-1][1].mark == "p" and starts.plot.options["waiting"]
    judged = len(starts.plot.rows)
    assert max(segment["stop"] for segment in starts.plot.options["drawn"]["segments"]) == judged
    assert judged + len(starts.plot.options["waiting"]) == len(starts.table.rows)
