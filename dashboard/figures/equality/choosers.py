"""What can be chosen of groups of people: characteristic, or how they were served; outcome, pair, programme."""

from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.equality import held, views
from dashboard.figures.recipe import Chooser, Options
from dashboard.read import availability, equality, selection
from dashboard.read.edition import Edition


def _characteristics(edition: Edition, choice: Choice) -> dict[str, str]:
    area_code = choice.area_code or SCOTLAND
    return views.labels(held.states(edition, area_code), edition.area_name(area_code), held.of_service(edition))


def _pairs(edition: Edition, choice: Choice) -> dict[str, str]:
    return views.pair_labels(held.pair_states(edition, measure_of(choice)) if edition.has_returns else
                             dict.fromkeys(availability.PAIRS, "not_held"))


def measure_of(choice: Choice) -> str:
    """The outcome chosen."""
    return choice.of("measure", "entered")


def _find_characteristic(text: str, edition: Edition, _: Options) -> str | None:
    """The characteristic a link names, or how people were served; the first of a pair that is named in its place."""
    pair = availability.find_pair(text)
    return availability.find_by(text) or selection.find_choice(text, held.of_service(edition)) or (
        availability.PARTS_OF_PAIRS[pair][0] if pair else None)


BY = Chooser("by", "Characteristic", _characteristics, "disabled", _find_characteristic)
OUTCOME = Chooser("measure", "Outcome", lambda *_: equality.MEASURES, "entered")
PAIR = Chooser("pair", "Two characteristics", _pairs, "sex_disabled", lambda text, *_: availability.find_pair(text))


def _programmes(edition: Edition, choice: Choice) -> dict[str, str]:
    return {each.programme: each.label for each in held.programmes(edition, choice.of("by", "disabled"))}


PROGRAMME = Chooser("programme", "Programme", _programmes, "nolb")
