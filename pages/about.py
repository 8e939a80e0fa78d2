"""Where does it come from? Evidence, sources, definitions, disclosure control, accessibility."""

from dashboard import components as show

show.page_header("Where does it come from?")
show.resolve_evidence()
show.words("about")
show.marks_table()
show.definitions_table()
show.sources_table()
show.words("disclosure")
show.words("releases")
show.words("accessibility")
