"""Where does it come from? Sources, releases, definitions and marks."""

from dashboard.figures.about import ages, definitions, releases, sources
from dashboard.figures.about.definitions import TOPIC
from dashboard.figures.about.sources import PUBLISHER
from dashboard.figures.recipe import Recipe

PAGE = "/about"
RECIPES = (
    Recipe("about.answer", sources.answer, PAGE),
    Recipe("about.releases", releases.releases, PAGE),
    Recipe("about.ages", ages.sources_by_age, PAGE),
    Recipe("about.saying", definitions.saying_rule, PAGE),
    Recipe("about.glossary", definitions.glossary, PAGE),
    Recipe("about.following", ages.following, PAGE),
    Recipe("about.marks", definitions.marks_in_use, PAGE),
    Recipe("about.definitions", definitions.definitions, PAGE, choosers=(TOPIC,)),
    Recipe("about.sources", sources.sources, PAGE, choosers=(PUBLISHER,)),
)
