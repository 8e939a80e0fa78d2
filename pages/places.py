"""Where? Urban, rural and island Scotland: any measure held by council, as a map, as tiles and as a table."""

import streamlit as st

from dashboard import components as show

view = show.choose_view()
if view is None:
    show.page_header("Where? Urban, rural and island Scotland", ["No figure is held for any council."])
    st.stop()

is_made_up = show.is_synthetic(view.answer) if view.indicator.data_class == "returns" else None
show.page_header("Where? Urban, rural and island Scotland", show.place_sentences(view),
                 view.indicator.designation, synthetic=is_made_up)
show.place_figure(view)

show.section("Look closer", "One part at a time.")
show.place_parts(view, show.tabs("part", show.PLACE_PARTS))
show.declared_gaps("places")
