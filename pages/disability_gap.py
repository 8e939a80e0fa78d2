"""Is the gap closing? The population gap, its two rates, what moved, for whom, and the service gap apart."""

from dashboard import components as show
from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.gap.path import GAP
from dashboard.figures.indicator import GROUPS

show.header("Is the disability employment gap closing?", show.said("gap.answer"),
            designation="Official statistics in development")
show.figures("gap.path")
show.figures("gap.tested")
show.figures("gap.on_track", heading="On track for the target?", bare=True,
             under="The gap beside a straight path to the target. A range of what could be, never a forecast.")
show.figures("gap.rates")
show.figures("gap.moved", heading="What moved", bare=True,
             under="Arithmetic on the published rates: it says which rate changed, not why. New survey weights apply from "
                   "April 2019, so part of a difference across that date may come from them.")
show.figures("gap.reading")
show.figures("indicator.breakdown", Choice(SCOTLAND, GAP), heading="For whom?", by=GROUPS,
             under="Disability employment gap in Scotland, by the groups it is held for")
show.figures("gap.service", heading="The service gap, as published",
             under="Disabled participants against other participants of these services. It is not the disability "
                   "employment gap above: other people, another measure, never on one chart.")
show.figures("gap.participants", heading="The service gap, from partnership returns",
             under="Disabled participants against participants who are not disabled, by the years they started in. Made "
                   "from returns, so it need not equal the published figures.")
show.figures("gap.conditions", bare=True)
show.figures("gap.lines", level=2)
show.declared_gaps("disability-gap")
