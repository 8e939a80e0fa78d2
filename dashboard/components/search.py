"""The search in the frame of every page, and the meanings of terms: both live in the browser and ask the server once.

What it finds of challenge sessions is not in the index that everyone fetches: it travels with the page of who may read it.
"""

from dataclasses import astuple

import streamlit as st

from dashboard.challenge import roles
from dashboard.components import assets, frame, person, run
from dashboard.packs.search import packed_index

# The modules are fetched once and kept; what travels with every run is the index's address.
_BOOT = f"""
const from = (address) => import(window.location.origin + address)
export default (given) => {{
  from("{assets.TERMS.address}").then((module) => module.default())
  from("{assets.MENU.address}").then((module) => module.default())
  from("{assets.SEARCH.address}").then((module) => module.default(given))
}}
"""


def search() -> None:
    """A box that finds pages, measures, areas, terms and declared gaps, from the keyboard too (`/`)."""
    mount = st.components.v2.component("search", html='<div style="min-height:40px"></div>', js=_BOOT, isolate_styles=False)
    with frame.frame().search:
        mount(key="search", data={"index": packed_index(run.edition()).address, "own": _of_sessions()})


def _of_sessions() -> tuple[tuple[str, ...], ...]:
    """Rows of the search on sessions, for this reader alone; none where the store cannot be used.

    A tuple: of a list Streamlit asks first whether it is a table, and loads pandas to know.
    """
    who = person.reader()
    if not roles.may(who, roles.READ):
        return ()
    # What keeps sessions is loaded for who may read one: everyone else's first page does not wait for it.
    from dashboard.challenge.finding import entries
    from dashboard.challenge.store import StoreError
    from dashboard.components.challenge import writing

    try:
        return tuple(astuple(entry) for entry in entries(writing.store(), who, run.edition()))
    except StoreError:
        return ()
