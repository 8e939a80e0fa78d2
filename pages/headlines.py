"""How is Scotland doing? Five minutes: the answer, a few figures, what changed, what is missing."""

from dashboard import components as show

show.header("How is Scotland doing?", show.said("headlines.answer"), designation="Official statistics in development",
            figures=show.held("headlines.answer_figures"), score=show.held("headlines.score"))
show.figures("headlines.cards")
show.figures("headlines.old")
show.figures("headlines.lines", level=2)

left, right = show.side_by_side(3, 2)
with left:
    show.figures("gap.path")
    show.figures("gap.on_track", folded=True)
with right:
    show.figures("headlines.changed", boxed=True)

show.figures("headlines.national", heading="Against the national outcomes", bare=True,
             under="Words and rules are the framework's own. They apply to Scotland only.")
show.listed("gaps.in_brief", heading="What nobody publishes yet")
