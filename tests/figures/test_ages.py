"""How old a figure is said in whole months, and nothing is said about a release that is not known."""

from datetime import date

import pytest

from dashboard.figures import recipes
from dashboard.read.edition import open_edition
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


def test_headlines_that_are_older_than_two_years_are_named():
    rows = [("Employment rate", ROW), ("Poverty", ROW | {"end_date": "2025-03-31"})]
    assert ages.old_sentence(rows, TODAY) == "Older than two years: Employment rate (2023, 2 years and 10 months old)."
    assert ages.old_sentence(rows[1:], TODAY) == ""


def test_every_publication_has_an_age_and_says_what_to_fetch(published_extract):
    edition = open_edition(published_extract)
    told = ages.ages(edition.ask("ages").rows, TODAY)
    survey = next(age for age in told if age.title == "Annual Population Survey")
    assert (survey.newest, survey.months) == ("Apr 2025 to Mar 2026", 7) and survey.is_third_party
    assert survey.state == "published and not held: January to December 2025 for councils"
    months = [age.months for age in told if age.months is not None]
    assert months == sorted(months, reverse=True) and told[0].months is None
    figure = recipes.made(edition, "about.ages", recipes.recipe_named("about.ages").resolve(edition, {}))[0]
    assert len(figure.table.rows) == len(told) > 10
    assert all(line[-1].text for line in figure.table.rows)
