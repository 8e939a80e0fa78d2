"""What does it cost, and what do we not know? Spend, costs with limits, need, rural cost, published money."""

from dashboard.figures.lines import lines_of
from dashboard.figures.recipe import AREA, Recipe
from dashboard.figures.value import answer, cost, need, published, rural
from dashboard.figures.value.need import NEED

PAGE = "/value"
COST, FUNDING, RURAL, MONEY = ((("part", part),) for part in ("cost", "need", "rural", "published"))
LINES = ("employability_spend", "employability_budget_after_autumn_revision", "employability_budget_draft",
         "employability_people_expected", "cost_per_start", "cost_per_person_entering_work")
RECIPES = (
    lines_of("value", PAGE, LINES),
    Recipe("value.answer", answer.answer, PAGE, choosers=(AREA,)),
    Recipe("value.amounts", answer.amounts, PAGE, choosers=(AREA,)),
    Recipe("value.spend", cost.spend_over_years, PAGE, COST, (AREA,)),
    Recipe("value.cost_per_start", cost.cost_per_start, PAGE, COST, (AREA,)),
    Recipe("value.cost_per_work", cost.cost_per_work, PAGE, COST, (AREA,)),
    Recipe("value.beside_groups", cost.beside_groups, PAGE, COST, (AREA,)),
    Recipe("value.need", need.funding_and_need, PAGE, FUNDING, (AREA, NEED)),
    Recipe("value.rural", rural.rural_cost, PAGE, RURAL, (AREA,)),
    Recipe("value.kinds_of_place", rural.kinds_of_place, PAGE, RURAL),
    Recipe("value.rural_within", rural.rural_within, PAGE, RURAL),
    Recipe("value.benefit", published.benefit, PAGE, MONEY),
    Recipe("value.spending", published.spending, PAGE, MONEY),
    Recipe("value.announced", published.announced, PAGE, MONEY),
)


def parts() -> dict[str, str]:
    """The page's parts, value to label: what is published comes first."""
    return {"published": "Published money", "cost": "Spend and cost", "need": "Funding and need", "rural": "Rural cost"}
