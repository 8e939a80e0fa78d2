"""How is our area doing? One partnership against Scotland, its trends and what is missing."""

from dashboard import components as show
from dashboard.components.compare import compare_areas
from dashboard.components.pack import board_pack
from dashboard.figures.partnership.expected import OUTCOME
from dashboard.figures.recipe import PARTNERSHIP

with show.choosers():
    choice = show.choose(PARTNERSHIP)
made_up = any(each.is_synthetic for each in show.held("partnership.services", choice))
show.header(show.edition().area_name(choice.area_code), show.said("partnership.answer", choice), made_up=made_up,
            score=show.held("partnership.score", choice))
show.figures("partnership.cards", choice, headed=True)
show.figures("compare.like_in_brief", choice, heading="Areas like it")
show.figures("partnership.kind", choice)
show.figures("partnership.elsewhere", choice)
board_pack(choice)
show.figures("partnership.lines", choice, level=2)
show.figures("partnership.questions", choice, heading="What the board may ask")
show.figures("partnership.services", choice)
compare_areas("entered_work_within_12_months", choice.area_code, tell=("in_work_at_13_weeks", "in_work_at_26_weeks"))
show.figures("partnership.notes", choice)
show.figures("partnership.expected", choice, heading="Is it the mix of people?", by=OUTCOME,
             under="What would be expected here if each group did as it does in the rest of Scotland.")
show.figures("partnership.assisted", choice)
show.figures("partnership.changed", choice, heading="What changed since the last release?", folded=True)

show.figures("partnership.trust", choice, heading="How far can its return be trusted?")
show.figures("partnership.trust_figures", choice, folded=True)
show.figures("partnership.more_on_trust", choice)

show.section("The local labour market", "Context, not the work of these services. Survey figures never rank.")
show.figures("partnership.labour_market", choice)
show.figures("partnership.employment", choice)

show.declared_gaps("partnership")
