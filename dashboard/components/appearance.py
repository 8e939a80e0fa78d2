"""Redraws the charts when the reader switches between light and dark in the menu.

Streamlit restyles its own pieces in the browser but does not run the page again, so a chart would keep
the colours of the other appearance until the next click.
"""

import streamlit as st

_WATCH = """
export default function ({ data, parentElement, setTriggerValue }) {
  const app = parentElement.ownerDocument.querySelector(".stApp") ?? parentElement
  const shown = getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light"
  if (shown !== data.drawn) setTriggerValue("switched", shown)
}
"""


def follow_appearance() -> None:
    """Run the page again if its charts were drawn for the other appearance."""
    watch = st.components.v2.component("appearance", html="<span></span>", js=_WATCH)
    watch(
        key="appearance",
        data={"drawn": st.context.theme.type or "light"},
        on_switched_change=lambda: None,
        height=1,
    )
