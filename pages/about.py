"""Where does it come from? Evidence, disclosure control, releases, accessibility, definitions, sources."""

from dashboard import components as show

show.page_header("Where does it come from?", show.source_sentences())
show.resolve_evidence()
show.words("about")
show.words("disclosure")
show.words("releases")
show.release_calendar()
show.words("accessibility")
show.marks_table()
show.definitions_table()
show.sources_table()
