"""Who are we reaching, and does it work for them? Reach, outcome gaps, the journey, pairs, partnerships, programmes."""

from dashboard.figure import Absent, Choice
from dashboard.figures.equality import answer, held, journey, outcomes, pairs, places, programmes, reach, views
from dashboard.figures.equality.choosers import BY, OUTCOME, PAIR, PROGRAMME
from dashboard.figures.lines import lines_of
from dashboard.figures.recipe import AREA, Recipe
from dashboard.read.edition import Edition


def not_allowed(edition: Edition, choice: Choice) -> tuple[Absent, ...]:
    """Why something else is shown than was asked for, and the nearest safe views; nothing where it is shown."""
    absent = held.view(edition, choice).absent
    return (absent,) if absent else ()


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
    Recipe("equality.sure", answer.sure, PAGE, choosers=(AREA, BY, OUTCOME)),
    Recipe("equality.journey", journey.journey, PAGE, JOURNEY, (AREA, BY)),
    Recipe("equality.every_group", journey.every_group, PAGE, JOURNEY, (AREA,)),
    Recipe("equality.pair", pairs.pair, PAGE, PAIRS, (AREA, OUTCOME, PAIR)),
    Recipe("equality.pairs", pairs.offered, PAGE, PAIRS, (OUTCOME,)),
    Recipe("equality.places", places.places, PAGE, PLACES, (BY, OUTCOME)),
    Recipe("equality.programme_reach", programmes.reached, PAGE, PROGRAMMES, (AREA, BY, PROGRAMME)),
    Recipe("equality.programme_outcomes", programmes.fared, PAGE, PROGRAMMES, (AREA, BY, OUTCOME, PROGRAMME)),
    Recipe("equality.programmes", programmes.every_programme, PAGE, PROGRAMMES, (AREA, BY, OUTCOME)),
)
