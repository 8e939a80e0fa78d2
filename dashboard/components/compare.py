"""Every honest comparison of one rate between areas, one tab at a time."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import figure, page, run
from dashboard.components.tabs import tabs
from dashboard.figure import Choice
from dashboard.figures.compare import TELL, WAYS, measures, words


def compare_areas(indicator_id: str, area_code: str, tell: Sequence[str] = (),
                  title: str = "Compare without league tables") -> None:
    """The ways to compare areas by one measure; nothing where the edition holds no returns of it.

    `tell`: the measures beside it for "Could we even tell?", one of the sets in `figures/compare/measures.py`;
    ChoiceError for any other.
    """
    edition = run.edition()
    if indicator_id not in measures.comparable(edition):
        return
    choice = TELL.resolve(edition, Choice(area_code, indicator_id), ",".join(tell) or measures.ALONE)
    indicator = edition.catalogue[indicator_id]
    page.section(title, f"{indicator.title}: {indicator.definition}")
    with st.popover("What is this?", icon=":material/help:"):
        run.block("paragraphs", texts=[*words.WHAT_IS_THIS, words.ALONE_NOTE], css="")
    for way, tab in tabs("compare", WAYS).items():
        if tab.open:
            with tab:
                figure.figures(f"compare.{way}", choice)
