"""Choices that live in the link, survive page changes and reloads, and never trust what they are given.

The link carries codes (`?area=S12000023`), which are promises; Streamlit's own `bind="query-params"`
writes the label a reader sees, drops what another page bound, and removes a bad value without a word.
So the link is read here, once, and is the truth; without one the session remembers the last choice.
Only what a reader chooses is a step to go back to: what a page falls back on is written by `address`, in place.
"""

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.components import page, run
from dashboard.figure import AREA, NOTHING_CHOSEN, Choice
from dashboard.figures.recipe import Chooser
from dashboard.read import selection

_MEMORY = "chosen_{}"
_WIDGET = "choose_{}"


def filter_row():
    """A row for the choosers of a part; they stack where the screen is narrow. Those of the page are in its masthead."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def forget_where_a_link_was_followed() -> None:
    """What was chosen on other pages holds no longer where a link led to this one: it shows what it shows when it is loaded."""
    if run.is_afresh():
        for key in list(st.session_state):
            if str(key).startswith(_MEMORY.format("")):
                st.session_state[key] = None


def choose(chooser: Chooser, choice: Choice = NOTHING_CHOSEN, drops: Collection[str] = ()) -> Choice:
    """The reader's choice added to `choice`; unchanged where there is nothing to choose from.

    A value in the link that names nothing is said aloud, and the last choice or the default is shown instead.
    `drops` are choices that depend on this one: choosing anew lets go of what the link says of them, without a word.
    """
    options = chooser.options(run.edition(), choice)
    if not options:
        return choice
    if run.is_whole() and chooser.name in run.choices_shown():     # chosen in an earlier part of the document
        chosen = run.choices_shown()[chooser.name]
        return choice.with_choice(chooser.name, chosen if chosen in options else chooser.first(run.edition(), choice, options))
    chosen = _read(chooser, choice, options)
    widget, memory = _WIDGET.format(chooser.name), _MEMORY.format(chooser.name)
    is_known = memory in st.session_state
    if is_known:
        st.session_state[widget] = chosen

    def remember() -> None:
        st.session_state[memory] = st.session_state[widget]
        kept = {name: value for name, value in st.query_params.items() if name not in drops}
        st.query_params.from_dict({**kept, chooser.name: st.session_state[widget]})     # at once: one step to go back

    picked = st.selectbox(chooser.label, list(options), index=0 if is_known else list(options).index(chosen),
                          key=widget, format_func=options.__getitem__, on_change=remember, width=360, filter_mode="contains")
    if picked != chosen:      # the first choice since the server, or the replica, that knew this reader went away
        remember()
    st.session_state[memory] = picked
    run.note_choice(chooser.name, picked)
    return choice.with_choice(chooser.name, picked)


def read(chooser: Chooser, choice: Choice = NOTHING_CHOSEN) -> str:
    """The reader's choice of what a figure itself offers, kept in the link and for this session."""
    chosen = _read(chooser, choice, chooser.options(run.edition(), choice))
    st.session_state[_MEMORY.format(chooser.name)] = chosen
    run.note_choice(chooser.name, chosen)
    return chosen


def _read(chooser: Chooser, choice: Choice, options: Mapping[str, str]) -> str:
    """What the link asks for, else what was chosen before, else the default."""
    edition = run.edition()
    first = chooser.first(edition, choice, options)
    remembered = st.session_state.get(_MEMORY.format(chooser.name), first)
    fallback = remembered if remembered in options else first
    given = st.query_params.get(chooser.name)
    if given is None:
        return fallback
    found = chooser.find(given, edition, options)
    if found in options:
        return found
    if found is None:
        page.notice_above(f"{chooser.words_of(edition, given)} Showing {options[fallback]} instead.")
    elif chooser.name == AREA:
        page.notice_above(f"{edition.area_name(found)} is not among the areas of this page. Showing {options[fallback]} instead.")
    return fallback


def remembered_area() -> str:
    """The area in the link or chosen earlier, on a page that does not ask for one; '' where there is none."""
    given = st.query_params.get(AREA)
    found = selection.find_area(given, run.edition().areas.values()) if given else None
    return found or st.session_state.get(_MEMORY.format(AREA)) or ""
