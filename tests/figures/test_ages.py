"""How old a figure is said in whole months, and nothing is said about a release that is not known."""

from datetime import date

import pytest

from dashboard.figure import NOTHING_CHOSEN, SCOTLAND, Choice, Figure
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.read.edition import current
from dashboard.words import ages

TODAY = date(2026, 11, 29)
ROW = {
    "title": "A survey",
    "publisher": "A publisher",
    "rhythm_months": 12,
    "newest_published": None,
    "download": "a table",
    "address": None,
    "period_label": "2023",
    "end_date": "2023-12-31",
    "edition": "2023",
    "edition_date": "2024-04-01",
    "is_third_party": False,
}


@pytest.mark.parametrize(
    ("end", "months"),
    [
        (date(2026, 11, 29), 0),
        (date(2026, 10, 31), 0),
        (date(2026, 10, 29), 1),
        (date(2025, 11, 30), 11),
        (date(2024, 11, 29), 24),
        (date(2027, 3, 31), 0),
        (None, None),
        (None, None),
    ],
)
def test_age_is_in_whole_months(end, months):
    assert ages.months_since(end, TODAY) == months


def test_the_last_day_of_a_shorter_month_completes_it():
    assert ages.months_since(date(2026, 1, 31), date(2026, 2, 28)) == 1


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0, "less than a month old"),
        (1, "1 month old"),
        (12, "1 year old"),
        (20, "1 year and 8 months old"),
        (35, "2 years and 11 months old"),
        (None, "age not known"),
    ],
)
def test_age_in_words(months, words):
    assert ages.age_words(months) == words


@pytest.mark.parametrize(
    ("change", "is_due", "state"),
    [
        ({}, True, "by its rhythm a newer edition was due after April 2025; whether it is out is not known"),
        ({"newest_published": "2025"}, True, "published and not held: 2025"),
        (
            {"edition_date": "2026-04-01"},
            False,
            "newest published, as far as held; the next is due after April 2027",
        ),
        (
            {"edition_date": None},
            False,
            "newest published, as far as held; its edition has no date, so the next is not known",
        ),
        (
            {"edition_date": None, "end_date": None, "period_label": None},
            False,
            "no figure of it is held; its edition has no date, so the next is not known",
        ),
    ],
    ids=["due", "known", "not due", "undated", "none held"],
)
def test_what_is_said_of_the_next_edition(change, is_due, state):
    age = ages.ages([ROW | change], TODAY)[0]
    assert (age.is_due, age.state) == (is_due, state)


def test_headlines_older_than_two_years_are_counted_and_each_says_its_age():
    rows = [("Employment rate", ROW), ("Poverty", ROW | {"end_date": "2025-03-31"})]
    assert ages.old_sentence(rows, TODAY) == (
        "1 figure on this page is older than two years. The oldest is of 2023: Employment rate.")
    assert ages.aside(ROW, TODAY) == " (2 years and 10 months old)" and not ages.aside(rows[1][1], TODAY)
    assert ages.old_sentence(rows[1:], TODAY) == ""


def test_every_publication_has_an_age_and_says_what_to_fetch(published_extract):
    edition = current(published_extract.parent)
    told = ages.ages(edition.ask("ages").rows, TODAY)
    survey = next(age for age in told if age.title == "Annual Population Survey")
    assert (survey.newest, survey.months) == ("Apr 2025 to Mar 2026", 7) and survey.is_third_party
    assert survey.state == "published and not held: January to December 2025 for councils"
    months = [age.months for age in told if age.months is not None]
    assert months == sorted(months, reverse=True) and told[0].months is None
    figure = recipes.made(edition, "about.ages", recipes.recipe_named("about.ages").resolve(edition, {}))[0]
    assert len(figure.table.rows) == len(told) > 10
    assert all(line[-1].text for line in figure.table.rows)


def test_a_figure_says_when_its_publications_come_again():
    due, closed = ROW | {"sources": ("survey_2023", "survey_2022")}, ROW | {"title": "Another", "sources": None}
    assert ages.next_editions([due, closed], {"survey_2022"}, TODAY) == [
        "A survey: by its rhythm a newer edition was due after April 2025; whether it is out is not known."]
    assert ages.next_editions([due, closed], {"elsewhere"}, TODAY) == []
    assert ages.next_editions([due] * 4, {"survey_2022"}, TODAY) == [], "of many, Data and methods tells"


def test_the_front_page_names_its_old_figures_and_a_figure_its_next_edition(edition):
    said = recipes.made(edition, "headlines.old", NOTHING_CHOSEN)[0].text
    assert "figures on this page are older than two years" in said
    cards = {str(row[0].text): str(row[-1].text) for row in recipes.made(edition, "headlines.cards", NOTHING_CHOSEN)[0].table.rows}
    assert "2023 (2 years and " in cards["Disability employment gap"]
    assert "(2 years and " in cards["People supported by No One Left Behind"], "to September 2024"
    notes = recipes.made(edition, "jobs.published", Choice("S92000003"))[0].notes
    assert any(note.endswith("published and not held: May 2026 edition.") for note in notes)


NEWEST = """
    select o.indicator_id, p.frequency, max(p.end_date) as newest
    from observation as o
    inner join period as p on o.period = p.period
    where
        o.area_code = $area_code and o.characteristic = 'all' and o.value is not null
        and o.programme = (
            select coalesce(max(h.programme) filter (h.programme = 'all'), min(h.programme))
            from observation as h where h.indicator_id = o.indicator_id
        )
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
    group by o.indicator_id, p.frequency
"""
SHOWN = ("headlines.", "partnership.", "places.", "national.", "indicator.", "jobs.", "gap.", "value.")


def carried(edition, area_code):
    """(indicator, frequency) to the end of its newest period with a figure: counted apart from the views figures ask."""
    cursor = edition.extract.connection.cursor().execute(NEWEST, {"area_code": area_code})
    return {(name, frequency): end.isoformat() for name, frequency, end in cursor.fetchall() if end}


def newest_shown(figure, area_code):
    """(indicator, frequency) to the end of the newest period that a figure shows of the area."""
    shown = {}
    for row in figure.plot.rows if figure.plot else ():
        if row.get("area_code") == area_code and row.get("end_date") and row.get("indicator_id") and row["value"] is not None:
            key = row["indicator_id"], row["frequency"]
            shown[key] = max(shown.get(key, ""), row["end_date"])
    return shown


def figures_of(edition, area_code):
    """Every figure of the pages with its first choices, in one area."""
    for name, recipe in recipes.recipes().items():
        if name.startswith(SHOWN) and all(chooser.name in ("area", "id") for chooser in recipe.choosers):
            given = {"area": area_code} if any(chooser.name == "area" for chooser in recipe.choosers) else {}
            try:
                things = recipes.made(edition, name, recipe.resolve(edition, given))
            except ChoiceError:
                continue        # a page of partnerships alone has nothing of Scotland
            yield from (each for each in things if isinstance(each, Figure))


@pytest.mark.parametrize("area_code", [SCOTLAND, "S12000047", "S12000023", "S12000011"])
def test_no_figure_is_older_than_the_newest_carried_for_its_measure_and_area(edition, area_code):
    newest, checked = carried(edition, area_code), set()
    for figure in figures_of(edition, area_code):
        for key, end in newest_shown(figure, area_code).items():
            checked.add(key)
            together = key[0] == "lgbf_assisted_into_work" and "held for both" in figure.subtitle    # Scotland's is older
            assert end >= newest[key] or together, (figure.evidence_id, key, end, newest[key])
    assert len(checked) > (1 if area_code == SCOTLAND else 10)


@pytest.mark.parametrize("area_code", [SCOTLAND, "S12000047", "S12000011"])
def test_a_card_and_a_map_open_with_the_newest_year_carried(edition, area_code):
    newest, names = carried(edition, area_code), sorted(edition.catalogue)
    for row in edition.ask("latest", area_code=area_code, indicators=names).rows:
        if row["value"] is not None and row["end_date"]:
            assert row["end_date"] == newest[row["indicator_id"], row["frequency"]], row["indicator_id"]
    if area_code != SCOTLAND:
        for name in ("claimant_count_share_january", "median_weekly_pay_full_time", "modern_apprenticeship_starts",
                     "modern_apprenticeship_achievements", "employees_below_living_wage_benchmarking"):
            choice = recipes.recipe_named("places.map").resolve(edition, {"id": name})
            ends = [row["end_date"] for row in edition.ask("comparison", indicator_id=name, period=choice.of("period")).rows]
            assert max(ends) >= max(newest.get((name, each), "") for each in ("calendar_year", "financial_year", "month"))
