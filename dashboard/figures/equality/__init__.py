"""Who are we reaching, and does it work for them? Reach, outcome gaps, the journey, pairs, partnerships, programmes."""

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said
from dashboard.figures import within
from dashboard.figures.equality import answer, held, journey, outcomes, pairs, places, programmes, reach, views
from dashboard.figures.equality.choosers import BY, OUTCOME, PAIR, PROGRAMME, measure_of
from dashboard.figures.lines import lines_of
from dashboard.figures.recipe import AREA, Recipe
from dashboard.read import availability
from dashboard.read.edition import Edition


def not_allowed(edition: Edition, choice: Choice) -> tuple[Absent, ...]:
    """Why something else is shown than was asked for, and the nearest safe views; nothing where it is shown."""
    absent = held.view(edition, choice).absent
    return (absent,) if absent else ()


def within_partnerships(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Each group as it stands and within the same partnership, where the characteristic is held by partnership."""
    shown = held.view(edition, choice)
    if shown.by not in availability.BY_AREA or shown.absent is not None or choice.of("area", SCOTLAND) != SCOTLAND:
        return ()
    return within.within(edition, f"B_{shown.by}", availability.name_of(shown.by), measure_of(choice), "equality.within")[-1:]


PAGE = views.PAGE
JOURNEY, PAIRS, PLACES, PROGRAMMES = ((("part", name),) for name in ("journey", "pairs", "places", "programmes"))
LINES = ("nolb_disabled_share_of_starts", "ethnicity_employment_gap", "gender_pay_gap", "disabled_participants", "participants")
RECIPES = (
    lines_of("equality", "/equality", LINES),
    Recipe("equality.answer", answer.answer, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.answer_figures", answer.answer_figures, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.not_allowed", not_allowed, PAGE, choosers=(AREA, BY)),
    Recipe("equality.reach", reach.reach, PAGE, choosers=(AREA, BY)),
    Recipe("equality.outcomes", outcomes.outcomes, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.within", within_partnerships, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.sure", answer.sure, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.journey", journey.journey, PAGE, JOURNEY, (AREA, BY)),
    Recipe("equality.every_group", journey.every_group, PAGE, JOURNEY, (AREA,)),
    Recipe("equality.pair", pairs.pair, PAGE, PAIRS, (AREA, OUTCOME, PAIR)),
    Recipe("equality.disabled_women", answer.disabled_women, PAGE, PAIRS, (AREA, BY, OUTCOME)),
    Recipe("equality.pairs", pairs.offered, PAGE, PAIRS, (OUTCOME,)),
    Recipe("equality.places", places.places, PAGE, PLACES, (BY, OUTCOME)),
    Recipe("equality.programme_reach", programmes.reached, PAGE, PROGRAMMES, (AREA, BY, PROGRAMME)),
    Recipe("equality.programme_outcomes", programmes.fared, PAGE, PROGRAMMES, (AREA, BY, OUTCOME, PROGRAMME)),
    Recipe("equality.programmes", programmes.every_programme, PAGE, PROGRAMMES, (AREA, BY, OUTCOME)),
)
