"""How is our area doing? One partnership against Scotland, its trends and how far its return can be trusted."""

from dashboard.figures.partnership import area, standing
from dashboard.figures.recipe import PARTNERSHIP, Recipe

PAGE = "/partnership"
RECIPES = tuple(Recipe(f"partnership.{name}", make, PAGE, choosers=(PARTNERSHIP,)) for name, make in (
    ("answer", standing.answer),
    ("score", standing.score),
    ("kind", area.kind),
    ("elsewhere", area.elsewhere),
    ("cards", standing.cards),
    ("lines", standing.lines),
    ("services", standing.services),
    ("assisted", standing.assisted),
    ("trust", area.trust),
    ("trust_figures", area.trust_figures),
    ("more_on_trust", area.more_on_trust),
    ("labour_market", standing.labour_market),
    ("employment", standing.employment),
))
