"""The front page's sentences, the figures behind them, its cards and its few National Indicators."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose, latest
from dashboard.figures import lines as to_take
from dashboard.figures.gap import on_track
from dashboard.figures.national import outcomes
from dashboard.figures.national import words as national_words
from dashboard.figures.quality import published
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition
from dashboard.words import ages, numbers, periods, trends

# `{value}` and `{when}` are filled from the indicator's latest figure.
SAID = {
    "nolb_participants": "{value} have been supported by No One Left Behind {when}.",
    "nolb_entered_employment": "Of them, {value} have entered work {when}.",
    "disability_employment_gap": "The disability employment gap was {value} {when}.",
}
CARDS = ("nolb_participants", "nolb_entered_employment", "nolb_entered_employment_rate", "disability_employment_gap",
         "lgbf_assisted_into_work", "employment_rate_16_64", "economic_inactivity_rate_16_64")
ASSISTED = "lgbf_assisted_into_work"
NATIONAL = ("relative_poverty_after_housing_costs", "young_people_participation_sum", "employees_below_living_wage",
            "public_services_dignity_and_respect")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The state of things, what has clearly changed, and what is not recorded."""
    _, rows = _latest(edition)
    changes = edition.ask("latest", area_code=SCOTLAND, indicators=list(CARDS)).rows
    texts = _stated(edition, rows) + _track(edition) + _assisted_in_words(edition) + trends.change_sentences(changes, edition.catalogue)
    return compose.say(edition, choice, [*texts, *published.sentences(edition)[:1]],
                       "headlines.answer_figures", "headlines.cards", "gap.on_track")


def _track(edition: Edition) -> list[str]:
    """Where the gap is beside the straight path to its target, and whether the two can be told apart."""
    found = on_track.track(edition)
    return on_track.sentences(found)[:3] if found else []


def _latest(edition: Edition) -> tuple[Answer, Mapping[str, Mapping[str, object]]]:
    """The latest figures that the sentences state, by indicator in the order they are said."""
    held = edition.ask("latest", area_code=SCOTLAND, indicators=list(SAID))
    rows = {row["indicator_id"]: row for row in held.rows if not is_missing(row["value"])}
    return held, {name: rows[name] for name in SAID if name in rows}


def _stated(edition: Edition, rows: Mapping[str, Mapping[str, object]]) -> list[str]:
    said, before = [], ""
    for name, row in rows.items():
        when = periods.in_period(row["period_label"])
        value = numbers.value_text(row, edition.catalogue[name], marks=False)
        said.append(SAID[name].format(value=f"**{value}**", when="in the same time" if when == before else when))
        before = when
    return said


def _assisted(edition: Edition) -> tuple[Answer, tuple[str, Mapping[str, object], Indicator]] | None:
    """People whom councils assisted into work in the latest year: a count of a year, not a share of the unemployed."""
    if ASSISTED not in edition.catalogue:
        return None
    held = edition.ask("latest", area_code=SCOTLAND, indicators=[ASSISTED])
    row = next((row for row in held.rows if not is_missing(row["numerator"]) and not is_missing(row["value"])), None)
    if row is None:
        return None
    counted = replace(edition.catalogue[ASSISTED], measure="count", unit="people", decimals=0)
    label = f"People assisted into work by councils: about {row['value']:.0f} for every 100 unemployed people"
    return held.keep([row]), (label, row | {"value": row["numerator"], "denominator": None}, counted)


def _assisted_in_words(edition: Edition) -> list[str]:
    found = _assisted(edition)
    if found is None:
        return []
    _, (label, row, indicator) = found
    return [f"Councils assisted **{numbers.value_text(row, indicator, marks=False)}** into work "
            f"{periods.in_period(row['period_label'])}.", f"That is {label.partition(': ')[2]}."]


def answer_figures(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The figures of the sentences as a table, with what is not recorded last."""
    held, rows = _latest(edition)
    stated = [(edition.catalogue[name].title, row, edition.catalogue[name]) for name, row in rows.items()]
    quality = published.stated(edition)[:1]
    if assisted := _assisted(edition):
        held = held.joined_by(assisted[0])
        stated.append(assisted[1])
    if not stated and not quality:
        return ()
    answer = held.keep(list(rows.values())).joined_by(*(each.answer for each in quality))
    return (published.figures_of_answer(edition, answer, [*stated, *(each.line for each in quality)]),)


def cards(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Seven figures of Scotland, each against the period before it."""
    return latest.indicator_cards(edition, CARDS)


def lines(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """What may be said of these figures, and what not yet."""
    alone = {name: text for name, text in SAID.items() if not text.startswith("Of them")}      # a line is copied by itself
    return to_take.lines(edition, list(dict.fromkeys((*SAID, *CARDS))), said=alone)


def old(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """Which figures of the page are older than two years, on the day this edition was made."""
    held = edition.ask("latest", area_code=SCOTLAND, indicators=[*CARDS, *SAID, *NATIONAL]).rows
    named = [(edition.catalogue[name].title, row) for row in held if (name := str(row["indicator_id"])) in edition.catalogue]
    return compose.say(edition, choice, [ages.old_sentence(named, edition.day)])


def national(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """A few National Indicators and the framework's own word for each."""
    own = [each for each in outcomes.linked(edition) if each.indicator.indicator_id in NATIONAL]
    if not own:
        return ()
    caption = "National Indicators, latest figures for Scotland"
    return (compose.figure(
        edition, outcomes.compared(edition, own), title="Against the national outcomes", subtitle=caption,
        table=table(caption, ("National Indicator", "Figure shown", "Outcome", "Latest", "Performance"),
                    map(national_words.short_row, own)),
        unit="Each indicator in its own unit", base="As each indicator says", interval="As the page of each indicator says."),)
