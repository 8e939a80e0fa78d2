"""Everything about one indicator: its answer, trend, areas, groups, editions and definition."""

from dashboard.figures import reply
from dashboard.figures.indicator import definition, groups, latest
from dashboard.figures.indicator.groups import GROUPS
from dashboard.figures.recipe import AREA, INDICATOR, Recipe

PAGE = "/indicator"
RECIPES = (
    Recipe("indicator.answer", latest.answer, PAGE, choosers=(INDICATOR, AREA)),
    Recipe("indicator.trend", latest.trend, PAGE, choosers=(INDICATOR, AREA)),
    Recipe("indicator.comparison", latest.comparison, PAGE, choosers=(INDICATOR, AREA)),
    Recipe("indicator.breakdown", groups.breakdown, PAGE, choosers=(INDICATOR, AREA, GROUPS)),
    Recipe("indicator.revisions", latest.revisions, PAGE, choosers=(INDICATOR, AREA)),
    Recipe("indicator.notes", reply.notes, PAGE, choosers=(INDICATOR, AREA)),
    Recipe("indicator.definition", definition.definition, PAGE, choosers=(INDICATOR,)),
)
