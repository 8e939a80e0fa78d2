"""The National Performance Framework: its indicators, its own words, and the service measures beside them."""

from collections.abc import Mapping, Sequence

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures import trend as trends
from dashboard.figures.national import words
from dashboard.figures.national.judged import Judged, judged
from dashboard.figures.recipe import Chooser
from dashboard.read.edition import Edition

COLUMNS = ("National Indicator", "Figure shown", "Latest", "Period")
RULES = ("National Indicator", "Performance", "Its own rule")
NO_INTERVAL = "In brackets where one is published."


def linked(edition: Edition) -> list[Judged]:
    """National Indicators only: measures beside the framework are shown apart."""
    everything, rows = edition.every_indicator, edition.ask("national_performance").rows
    return [judged(everything[name], [row for row in rows if row["indicator_id"] == name])
            for name in dict.fromkeys(str(row["indicator_id"]) for row in rows) if everything[name].national_indicator]


def _with_figure(edition: Edition, _: Choice) -> Mapping[str, str]:
    return {each.indicator.indicator_id: each.indicator.title for each in linked(edition) if each.latest is not None}


MEASURE = Chooser("measure", "National Indicator", _with_figure)


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """How many indicators are linked, and of how many the framework's own judgement can be given."""
    return compose.say(edition, choice, words.answer(linked(edition)), "national.outcomes")


def status(edition: Edition, _: Choice) -> tuple[Said, ...]:
    """Which framework this is and where it stands."""
    return tuple(Said(text) for text in dict.fromkeys(str(row["status"]) for row in edition.ask("national_outcomes").rows))


def outcomes(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """One table an outcome, in the framework's order, and the service measures beside it."""
    every = linked(edition)
    order = [row["national_outcome"] for row in edition.ask("national_outcomes").rows]
    names = sorted({each.indicator.national_outcome for each in every},
                   key=lambda name: order.index(name) if name in order else len(order))
    return tuple(thing for name in names for thing in (
        _outcome(edition, name, [each for each in every if each.indicator.national_outcome == name]),
        *_beside(edition, name)))


def _outcome(edition: Edition, name: str, own: Sequence[Judged]) -> Figure:
    caption = f"{name}: National Indicators for Scotland"
    return compose.figure(edition, compared(edition, own), title=name, subtitle=caption,
                          table=table(caption, COLUMNS, map(words.row, own), {2}),
                          unit="Each indicator in its own unit", base="As each indicator says", interval=NO_INTERVAL)


def rules(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """The framework's own word for each indicator whose rule is held, with the rule; of the others, said once."""
    every = linked(edition)
    own = [each for each in every if each.indicator.npf_rule]
    if not own:
        return ()
    caption = "Performance by the framework's own rule"
    shown = compose.figure(edition, compared(edition, own), title=words.rules_title(own, every), subtitle=caption,
                           table=table(caption, RULES, map(words.rule_row, own)), unit="A word of the framework's own",
                           base="As each indicator says", interval="None: the rule knows no interval.")
    return shown, *compose.say(edition, choice, words.without_rule(own, every), "national.rules")


def compared(edition: Edition, own: Sequence[Judged]):
    """The rows of these indicators alone."""
    held, ids = edition.ask("national_performance"), {each.indicator.indicator_id for each in own}
    return held.keep([row for row in held.rows if row["indicator_id"] in ids])


def _beside(edition: Edition, outcome: str) -> tuple[Said, ...]:
    """Service measures under the same outcome: beside the framework, not in it."""
    links = tuple((each.title, f"/indicator?id={each.indicator_id}") for each in edition.catalogue.values()
                  if each.national_outcome == outcome and not each.national_indicator)
    return (Said("Beside the framework, not in it:", (), links),) if links else ()


def over_time(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The series of one National Indicator, chosen by the reader."""
    chosen = choice.of("measure", next(iter(_with_figure(edition, choice)), ""))
    return trends.trend(edition, chosen, [SCOTLAND])
