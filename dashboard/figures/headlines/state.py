"""The front page's sentences, the figures behind them, its cards and its few National Indicators."""

from collections.abc import Mapping

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose, latest
from dashboard.figures import lines as to_take
from dashboard.figures import score as scores
from dashboard.figures.gap.on_track import track
from dashboard.figures.national import outcomes
from dashboard.figures.national import words as national_words
from dashboard.figures.quality import published
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition
from dashboard.words import ages, differences, numbers, periods, trends

# `{value}` and `{when}` are filled from the indicator's latest figure.
SAID = {"disability_employment_gap": "The disability employment gap was {value} {when}."}
LINES = {"nolb_participants": "{value} have been supported by No One Left Behind {when}."} | SAID
CARDS = ("nolb_participants", "nolb_entered_employment", "nolb_entered_employment_rate", "disability_employment_gap",
         "lgbf_assisted_into_work", "employment_rate_16_64", "economic_inactivity_rate_16_64",
         "relative_poverty_after_housing_costs")
NATIONAL = ("relative_poverty_after_housing_costs", "young_people_participation_sum", "employees_below_living_wage",
            "public_services_dignity_and_respect")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What has clearly changed, the gap, and what is not recorded: at most 45 words."""
    _, rows = _latest(edition)
    changes = edition.ask("latest", area_code=SCOTLAND, indicators=list(CARDS)).rows
    texts = trends.change_sentences(changes, edition.catalogue) + _stated(edition, rows)
    if rows and (found := track(edition)):
        texts[-1] = f"{texts[-1].removesuffix('.')} (straight path: {found.path:.2f}{'' if found.is_told_apart else ', too close to call'})."
    return compose.say(edition, choice, [*texts, *published.brief(edition)],
                       "headlines.answer_figures", "headlines.cards", "gap.on_track")


def _latest(edition: Edition) -> tuple[Answer, Mapping[str, Mapping[str, object]]]:
    """The latest figures that the sentences state, by indicator in the order they are said."""
    held = edition.ask("latest", area_code=SCOTLAND, indicators=list(SAID))
    rows = {row["indicator_id"]: row for row in held.rows if not is_missing(row["value"])}
    return held, {name: rows[name] for name in SAID if name in rows}


def _stated(edition: Edition, rows: Mapping[str, Mapping[str, object]]) -> list[str]:
    return [SAID[name].format(value=f"**{numbers.value_text(row, edition.catalogue[name], marks=False)}**",
                              when=periods.in_period(row["period_label"])) for name, row in rows.items()]


def answer_figures(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The figures of the sentences as a table, with what is not recorded last."""
    held, rows = _latest(edition)
    stated = [(edition.catalogue[name].title, row, edition.catalogue[name]) for name, row in rows.items()]
    quality = published.stated(edition)[:1]
    if not stated and not quality:
        return ()
    answer = held.keep(list(rows.values())).joined_by(*(each.answer for each in quality))
    return (published.figures_of_answer(edition, answer, [*stated, *(each.line for each in quality)]),)


def cards(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Eight figures of Scotland, each against the period before it."""
    return latest.indicator_cards(edition, CARDS)


def lines(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """What may be said of these figures, and what not yet."""
    return to_take.lines(edition, list(dict.fromkeys((*LINES, *CARDS))), said=LINES)


def old(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """Which figures of the page are older than two years, on the day this edition was made."""
    held = edition.ask("latest", area_code=SCOTLAND, indicators=[*CARDS, *SAID, *NATIONAL]).rows
    named = [(edition.catalogue[name].title, row) for row in held if (name := str(row["indicator_id"])) in edition.catalogue]
    return compose.say(edition, choice, [ages.old_sentence(named, edition.day)])


def score(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """How many of the cards are better, alike, worse or not judged against the period before."""
    held = edition.ask("latest", area_code=SCOTLAND, indicators=list(CARDS))
    return scores.score(edition, held, [_against_before(row, edition) for row in held.rows if not is_missing(row["value"])],
                        "the year before", "no clear change")


def _against_before(row: Mapping[str, object], edition: Edition) -> str:
    indicator, before = edition.catalogue[str(row["indicator_id"])], periods.before_of(row)
    if before is None or periods.has_break_between(before, row, indicator):
        return "unjudged"
    return scores.verdict_of(differences.difference(row, before, indicator), indicator)


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
