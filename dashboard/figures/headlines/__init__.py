"""How is Scotland doing? The state of things in a few sentences, a few figures, and what changed."""

from dashboard.figures.headlines import changed, state
from dashboard.figures.recipe import Recipe

PAGE = "/"
RECIPES = (
    Recipe("headlines.answer", state.answer, PAGE),
    Recipe("headlines.answer_figures", state.answer_figures, PAGE),
    Recipe("headlines.score", state.score, PAGE),
    Recipe("headlines.cards", state.cards, PAGE),
    Recipe("headlines.lines", state.lines, PAGE),
    Recipe("headlines.old", state.old, PAGE),
    Recipe("headlines.changed", changed.changed, PAGE),
    Recipe("headlines.national", state.national, PAGE),
)
