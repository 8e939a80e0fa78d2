"""What do these services add to the national outcomes?"""

from dashboard import components as show
from dashboard.figures.national import MEASURE

show.header("What do these services add to the national outcomes?", show.said("national.answer"))
for status in show.said("national.status"):
    show.notice(status.text)
show.figures("national.outcomes", headed=True)
show.figures("national.rules", headed=True)
show.figures("national.over_time", heading="One indicator over time", by=MEASURE)
show.figures("national.lines", level=2)
show.declared_gaps("national-performance")
