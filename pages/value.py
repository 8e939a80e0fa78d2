"""What does it cost, and what do we not know? Spend, cost with limits, need, rural cost, published money."""

from dashboard import components as show
from dashboard.figures.recipe import AREA
from dashboard.figures.value import NEED, parts

with show.choosers():
    choice = show.choose(AREA)
show.header("What does it cost, and what do we not know?", show.said("value.answer", choice),
            made_up=show.edition().has_returns, figures=show.held("value.amounts", choice))

shown = show.tabs("part", parts())
if shown["cost"].open:
    with shown["cost"]:
        for name in ("value.spend", "value.cost_per_start", "value.cost_per_work"):
            show.figures(name, choice, level=2)
        show.figures("value.beside_groups", choice, heading="Beside its family groups", bare=True)
if shown["need"].open:
    with shown["need"]:
        show.figures("value.need", show.choose(NEED, choice), level=2)
if shown["rural"].open:
    with shown["rural"]:
        show.figures("value.rural", choice, level=2)
        show.figures("value.kinds_of_place", heading="By kind of place", bare=True)
        show.figures("value.rural_within", heading="Within the same partnership", bare=True)
if shown["published"].open:
    with shown["published"]:
        show.figures("value.benefit", heading="Benefit for each pound spent on Fair Start Scotland",
                     under="Modelled, April 2018 to March 2021. Society includes participants and public finances: "
                           "never added up.")
        show.figures("value.spending", heading="Spending under the Scotland Act",
                     under="From 2024-25 it also covers part of No One Left Behind: never compared across that line.")
        show.figures("value.announced", heading="Budgets and money announced", folded=True,
                     under="Each from its own source, on its own scope: they do not add up.")

show.figures("value.lines", level=2)
show.declared_gaps("value")
