"""Who are we reaching, and does it work for them? Reach, outcome gaps, the journey, named intersections and programmes."""

import streamlit as st

from dashboard import components as show
from dashboard.components import equality

QUESTION = "Who are we reaching, and does it work for them?"
DESIGNATION = "Management information from partnership returns"

if not show.edition().has_returns:
    show.header(QUESTION, show.said("equality.answer"), designation=DESIGNATION)
    show.declared_gaps("equality")
    st.stop()

with show.choosers():
    asked = show.choose(equality.AREA)
    asked = show.choose(equality.BY, asked)
    asked = show.choose(equality.OUTCOME, asked)
choice = equality.safe(asked)
show.header(QUESTION, show.said("equality.answer", choice), designation=DESIGNATION, made_up=True,
            figures=show.held("equality.answer_figures", choice))

if equality.is_held(choice):
    parts = show.tabs("part", {"reach": "Reach and outcomes", "journey": "Journey",
                               "pairs": "Two characteristics", "places": "Partnerships and islands", "programmes": "By programme"},
                      opened="pairs" if equality.pair_in_link() else "")
    if parts["reach"].open:
        with parts["reach"]:
            reached, fared = show.side_by_side()
            with reached:
                show.figures("equality.reach", choice, level=2, beside=True)
            with fared:
                show.figures("equality.outcomes", choice, level=2, beside=True)
            show.figures("equality.within", choice, bare=True, heading="Within the same partnership")
            show.listed("equality.sure", choice, heading="How sure are we?")
    if parts["journey"].open:
        with parts["journey"]:
            show.figures("equality.journey", choice, level=2)
            show.figures("equality.every_group", choice, level=2)
    if parts["pairs"].open:
        with parts["pairs"]:
            show.figures("equality.disabled_women", choice)
            if pair := equality.choose_pair(asked):
                show.figures("equality.pair", equality.pair_for_scotland(pair), level=2)
            show.figures("equality.pairs", asked, bare=True)
    if parts["places"].open:
        with parts["places"]:
            show.figures("equality.places", choice, heading="Each partnership", under=equality.ISLANDS_FIRST, bare=True)
    if parts["programmes"].open:
        with parts["programmes"]:
            of_scotland = equality.of_programmes(asked, choice)
            chosen = show.choose(equality.PROGRAMME, of_scotland)
            reached, fared = show.side_by_side()
            with reached:
                show.figures("equality.programme_reach", chosen, level=2, beside=True)
            with fared:
                show.figures("equality.programme_outcomes", chosen, level=2, beside=True)
            show.figures("equality.programmes", of_scotland, level=2)

equality.duties_export(asked.area_code)
show.figures("equality.lines", level=2)
show.declared_gaps("equality")
