"""Who are we reaching, and does it work for them? Reach, outcome gaps, the journey and named intersections."""

import streamlit as st

from dashboard import components as show
from dashboard.components import duties, equality

DESIGNATION = "Management information from partnership returns"

if not equality.equality_is_held():
    show.page_header("Who are we reaching, and does it work for them?", equality.equality_sentences(None, "entered"),
                     designation=DESIGNATION)
    show.declared_gaps("equality")
    st.stop()

top = st.container()
with show.filter_row():
    area_code = show.choose_area("Area", with_scotland=True)
    view = equality.choose_characteristic(area_code)
    measure = equality.choose_outcome()
equality.explain(view)
shown = equality.load(view)
with top:
    show.page_header("Who are we reaching, and does it work for them?", equality.equality_sentences(shown, measure),
                     designation=DESIGNATION, synthetic=True, figures=equality.answer_figures(shown, measure))

if shown is not None:
    parts = show.tabs("part", {"reach": "Reach and outcomes", "journey": "Journey",
                               "pairs": "Two characteristics", "places": "Partnerships and islands"})
    if parts["reach"].open:
        with parts["reach"]:
            reached, fared = show.side_by_side()
            with reached:
                equality.reach_figure(shown)
            with fared:
                equality.gap_figure_of(shown, measure)
            equality.how_sure(shown, measure)
    if parts["journey"].open:
        with parts["journey"]:
            equality.strip_figure(shown)
            equality.every_group_figure(view.area_code)
    if parts["pairs"].open:
        with parts["pairs"]:
            if pair := equality.choose_pair(measure):
                equality.pair_figure(pair, measure, area_code)
            equality.pairs_offered(measure)
    if parts["places"].open:
        with parts["places"]:
            equality.places_table(shown, measure)

duties.duties_export(area_code)
show.declared_gaps("equality")
