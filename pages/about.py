"""Where does it come from? Evidence, disclosure control, releases, accessibility, definitions, sources."""

from dashboard import components as show
from dashboard.figures.about import PUBLISHER, TOPIC
from dashboard.figures.about.sources import EVERY

show.header("Where does it come from?", show.said("about.answer"))
show.resolve_evidence()
show.words("about")
show.words("disclosure")
show.words("releases")
show.figures("about.releases", bare=True)
show.figures("about.ages", heading="How old is it?", bare=True)
show.words("accessibility")
show.figures("about.marks", heading="Marks", bare=True)
show.figures("about.definitions", heading="Definitions", by=TOPIC, bare=True)
show.section("Sources", "Every publication behind a figure here. Figures are shown exactly as published.")
choice = show.choose(PUBLISHER)
show.figures("about.sources", choice, bare=True, folded=choice.of("publisher") == EVERY)
