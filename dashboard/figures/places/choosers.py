"""What can be chosen on the page: a measure, a period, an area, and the choices of each part."""

from collections.abc import Mapping

from dashboard.figure import Choice
from dashboard.figures.places.view import periods_of
from dashboard.figures.recipe import AREA, Chooser
from dashboard.read.edition import Edition

FIRST = ("entered_work_within_12_months", "employment_rate_16_64", "claimant_count_share")
FIRST_BY_CLASS = ("entered_work_within_12_months", "in_work_at_13_weeks", "relative_poverty_after_housing_costs")
TYPOLOGY_ABOUT = ("The Scottish Government's four-way typology (RESAS), membership recovered from published totals. "
                  "One label a council: most hold both urban and rural places.")
FAMILIES = {     # name in the link -> what the group is called, area_type, how its codes begin, what to know of it
    "place": ("Family groups (other services, by rurality)", "family_group", "LGBF_PLACE",
              "The benchmarking framework's family groups in the version for other services, which includes "
              "employability: councils alike in rurality."),
    "people": ("Family groups (people services, by deprivation)", "family_group", "LGBF_PEOPLE",
               "The benchmarking framework's family groups in the version for people services: councils alike in "
               "deprivation. The same council can be in another group of the other version."),
    "rep": ("Regional Economic Partnerships", "region", "REP_", ""),
    "deal": ("City region and growth deals", "region", "DEAL_", ""),
    "typology": ("Kinds of council (four-way)", "typology", "RESAS_", TYPOLOGY_ABOUT),
}


def _measures(edition: Edition, _: Choice) -> dict[str, str]:
    """Every indicator held by council, by id: its title."""
    return {row["indicator_id"]: row["title"] for row in edition.ask("council_indicators").rows if row["partnerships"]}


def _first_measure(edition: Edition, choice: Choice) -> str:
    held = _measures(edition, choice)
    return next((name for name in FIRST if name in held), "")


def _by_class(edition: Edition, _: Choice) -> dict[str, str]:
    """Every indicator held by urban-rural class, by id: its title."""
    held = dict.fromkeys(row["indicator_id"] for row in edition.ask("urban_rural_measures").rows)
    return {name: edition.catalogue[name].title for name in held if name in edition.catalogue}


def _first_by_class(edition: Edition, choice: Choice) -> str:
    held = _by_class(edition, choice)
    return next((name for name in (choice.indicator_id, *FIRST_BY_CLASS) if name in held), "")


def _another_period(edition: Edition, choice: Choice) -> str:
    """The first period of the second measure that is not on the first map already."""
    is_same = choice.of("id2") == choice.indicator_id
    return next((period for period in periods_of(edition, choice.of("id2"))
                 if not (is_same and period == choice.of("period"))), "")


def _families(_: Edition, __: Choice) -> Mapping[str, str]:
    return {name: facts[0] for name, facts in FAMILIES.items()}


MEASURE = Chooser("id", "Measure", _measures, _first_measure)
PERIOD = Chooser("period", "Period", lambda edition, choice: periods_of(edition, choice.indicator_id))
RURAL = Chooser("rural", "Measure by urban-rural class", _by_class, _first_by_class)
GROUPS = Chooser("groups", "Groups", _families, "place")
SECOND_MEASURE = Chooser("id2", "Second measure", _measures, lambda _, choice: choice.indicator_id)
SECOND_PERIOD = Chooser("period2", "Second period", lambda edition, choice: periods_of(edition, choice.of("id2")),
                        _another_period)
DRAWN = Chooser("drawn", "Drawn as", lambda _, __: {"tiles": "Tiles", "flat": "Flat maps"}, "tiles")
ONE_MAP = (MEASURE, PERIOD, AREA)
TWO_MAPS = (*ONE_MAP, SECOND_MEASURE, SECOND_PERIOD, DRAWN)
