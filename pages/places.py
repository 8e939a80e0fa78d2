"""Where? Urban, rural and island Scotland: any measure held by council, as a map, as tiles and as a table."""

import streamlit as st

from dashboard import components as show
from dashboard.figures.places import choosers as of

QUESTION = "Where? Urban, rural and island Scotland"
PARTS = {"rural": "Urban and rural", "mix": "Kinds of place", "islands": "Islands", "groups": "Groups of councils",
         "cost": "Cost and access", "time": "Over time", "two": "Two maps"}

with show.choosers():
    choice = show.choose(of.MEASURE, drops=("period",))
    choice = show.choose(of.PERIOD, choice)
    choice = show.choose(of.AREA, choice)
if not choice.indicator_id:
    show.header(QUESTION, show.said("places.answer", choice))
    st.stop()

indicator = show.edition().catalogue[choice.indicator_id]
show.header(QUESTION, show.said("places.answer", choice), indicator.designation,
            made_up=True if indicator.data_class == "returns" else None)
show.figures("places.rural_in_brief")
show.place_map(choice)

show.section("Look closer")
tabs = show.tabs("part", PARTS)
if tabs["rural"].open:
    with tabs["rural"]:
        choice = show.choose(of.RURAL, choice)
        show.figures("places.rural_shows", choice)
        show.figures("places.rural", choice)
        show.figures("places.within", bare=True, heading="Within the same partnership")
if tabs["mix"].open:
    with tabs["mix"]:
        show.figures("places.mix_shows", choice)
        show.figures("places.mix", choice)
        show.figures("places.typology", heading="When one label is needed", under=of.TYPOLOGY_ABOUT, bare=True)
if tabs["islands"].open:
    with tabs["islands"]:
        show.figures("places.islands", choice)
if tabs["groups"].open:
    with tabs["groups"]:
        choice = show.choose(of.GROUPS, choice)
        show.figures("places.groups", choice)
        show.figures("places.members", choice, bare=True)
if tabs["cost"].open:
    with tabs["cost"]:
        show.figures("places.cost_shows", choice)
        show.figures("places.cost", choice)
if tabs["time"].open:
    with tabs["time"]:
        show.figures("places.time", choice)
if tabs["two"].open:
    with tabs["two"]:
        with show.filter_row():
            choice = show.choose(of.SECOND_MEASURE, choice, drops=("period2",))
            choice = show.choose(of.SECOND_PERIOD, choice)
            choice = show.choose(of.DRAWN, choice)
        show.two_maps(choice)
show.figures("places.lines", choice, level=2)
show.declared_gaps("places")
