"""What do these services add to the national outcomes? The framework's indicators, in its own words."""

from dashboard.figures.lines import lines_of
from dashboard.figures.national import outcomes
from dashboard.figures.national.outcomes import MEASURE
from dashboard.figures.recipe import Recipe

PAGE = "/national-performance"
LINES = ("relative_poverty_after_housing_costs", "young_people_participation_sum", "employees_below_living_wage", "gender_pay_gap")
RECIPES = (
    lines_of("national", PAGE, LINES),
    Recipe("national.answer", outcomes.answer, PAGE),
    Recipe("national.status", outcomes.status, PAGE),
    Recipe("national.rules", outcomes.rules, PAGE),
    Recipe("national.outcomes", outcomes.outcomes, PAGE),
    Recipe("national.over_time", outcomes.over_time, PAGE, choosers=(MEASURE,)),
)
