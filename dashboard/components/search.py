"""The search in the frame of every page, and the meanings of terms: both live in the browser and ask the server once."""

import streamlit as st

from dashboard.components import assets, frame, run
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
        mount(key="search", data={"index": packed_index(run.edition()).address})
