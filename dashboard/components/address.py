"""The page's address, so that it reopens this view: written in place, never as a step of its own.

A visit is one step in the reader's history and a choice is one; what a page falls back on by itself, such as the
area chosen on another page, replaces the step it belongs to.
"""

from urllib.parse import urlencode

import streamlit as st

from dashboard.components import answer, run

_WRITE = """
export default function ({ data }) {
  const here = window.location
  const wanted = data.query ? "?" + data.query : ""
  document.documentElement.dataset.shown = (data.page || "/") + wanted      // what stands there, whatever has been asked for since
  if (!here.pathname.replace(/\\/$/, "").endsWith(data.page)) return
  if (here.search !== wanted) window.history.replaceState(window.history.state, "", here.pathname + wanted + here.hash)
}
"""
NO_SUCH_PAGE = "no-such-page"     # where the server sends an address that is too deep to be a page
KEPT = ("evidence", run.WHOLE)     # in a link, but not chosen on the page


def write_address(page: str) -> None:
    """Put every choice that the page shows into its address. `page` is its own address, such as 'jobs'."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params and (page == "about" or name == run.WHOLE)}
    query = urlencode({**run.choices_shown(), **kept})
    write = st.components.v2.component("address", html="<span></span>", js=_WRITE)
    with answer.known_again() as name:
        write(key="address", data={"page": f"/{page}" if page else "", "query": query, "answer": name}, height=1)


def unknown_page() -> str:
    """The page that the address names and that does not exist; '' where it names one that does."""
    asked = (st.context.url or "").split("?")[0].split("/", 3)
    named = asked[3].strip("/") if len(asked) > 3 else ""
    return st.query_params.get("asked", named) if named == NO_SUCH_PAGE else named
