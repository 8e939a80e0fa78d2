"""How is our area doing? One partnership against Scotland, its trends and how far its return can be trusted."""

from dashboard.figures import reply
from dashboard.figures.partnership import area, expected, glance, standing
from dashboard.figures.recipe import PARTNERSHIP, Recipe

PAGE = "/partnership"
OF_ONE = tuple(Recipe(f"partnership.{name}", make, PAGE, choosers=(PARTNERSHIP,)) for name, make in (
    ("answer", standing.answer),
    ("score", standing.score),
    ("kind", area.kind),
    ("elsewhere", area.elsewhere),
    ("cards", standing.cards),
    ("lines", standing.lines),
    ("services", standing.services),
    ("assisted", standing.assisted),
    ("notes", reply.notes),
    ("changed", area.changed),
    ("trust", area.trust),
    ("trust_figures", area.trust_figures),
    ("more_on_trust", area.more_on_trust),
    ("labour_market", standing.labour_market),
    ("employment", standing.employment),
))
RECIPES = (
    *OF_ONE,
    Recipe("partnership.expected", expected.expected, PAGE, choosers=(PARTNERSHIP, expected.OUTCOME)),
    Recipe("partnership.glance_answer", glance.answer, "/glance", choosers=(glance.ORDER,)),
    Recipe("partnership.glance", glance.glance, "/glance", choosers=(glance.ORDER,)),
)
