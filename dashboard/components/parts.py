"""A page in parts, one drawn at a time: tabs whose choice lives in the link as `?part=`."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components.page import notice
from dashboard.read import selection


def parts(options: Mapping[str, str]) -> dict:
    """Tabs by name: draw only in the one whose `.open` is true. A wrong name in the link is said to be wrong."""
    given, key = st.query_params.get("part"), f"part {'-'.join(options)}"
    found = selection.find_choice(given, options) if given else None
    if given and found is None:
        notice(f"No part of this page is called '{selection.shorten(given)}'. "
               f"Showing {next(iter(options.values()))}.")
    names = {label: name for name, label in options.items()}

    def remember() -> None:
        st.query_params["part"] = names[st.session_state[key]]

    tabs = st.tabs(list(names), default=options.get(found), key=key, on_change=remember)
    return dict(zip(options, tabs, strict=True))
