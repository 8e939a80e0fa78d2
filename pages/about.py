"""Where does it come from? Evidence, disclosure control, releases, accessibility, definitions, sources."""

from dashboard import components as show
from dashboard.figures.about import PUBLISHER, TOPIC
from dashboard.figures.about.sources import EVERY

show.header("Where does it come from?", show.said("about.answer"))
show.resolve_evidence()
show.guides({"minister": "For a minister or their office", "board": "For the board of a partnership",
             "challenge_group": "For people who challenge"})
show.words("about")
show.words("disclosure")
show.words("methods")
show.words("releases")
show.figures("about.releases", bare=True)
show.release_calendar()
show.sign_in()
show.words("data")
show.accessibility_statement()
show.figures("about.saying", heading="What may be said", bare=True,
             under="Lines to take are sentences made by rule from figures. This rule says which of them may be said aloud.")
show.figures("about.marks", heading="Marks", bare=True)
show.figures("about.glossary", heading="Glossary", bare=True)
show.figures("about.definitions", heading="Definitions", by=TOPIC, bare=True)
show.figures("about.ages", heading="How old is it?", bare=True,
             under="Each publication that comes again, what is held of it, and how to bring it up to date.")
show.section("Sources", "Every publication behind a figure here. Figures are shown exactly as published.")
choice = show.choose(PUBLISHER)
show.figures("about.sources", choice, bare=True, folded=choice.of("publisher") == EVERY)
