"""Choices that live in the link, survive page changes and reloads, and never trust what they are given.

The link carries codes (`?area=S12000023`), which are promises; Streamlit's own `bind="query-params"`
writes the label a reader sees, drops what another page bound, and removes a bad value without a word.
So the link is read here, once, and is the truth; without one the session remembers the last choice.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.components import data
from dashboard.components.page import notice, page_header
from dashboard.read import selection, wording

_MEMORY = "chosen_{}"
_WIDGET = "choose_{}"


def filter_row():
    """A row for filters, at the top of a page; they stack where the screen is narrow."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def with_scotland(area_code: str) -> list[str]:
    """The area and, unless it is Scotland, Scotland to read it against."""
    return list(dict.fromkeys((area_code, data.SCOTLAND)))


def choose_area(label: str = "Change area", with_scotland: bool = False, default: str = "") -> str:
    """The area_code in `?area=`; the same one on every page."""
    areas = data.areas()
    options = {
        code: row["name"] for code, row in areas.items() if with_scotland or row["area_type"] == "partnership"
    }
    return _choose(
        "area",
        label,
        options,
        _first(default, options),
        lambda given: selection.find_area(given, areas.values()),
        lambda given: f"No area is called '{given}'.",
    )


def choose_indicator(label: str = "Change indicator", default: str = "") -> str:
    """The indicator_id in `?id=`; earlier ids keep working."""
    catalogue = data.catalogue()
    if not catalogue:
        page_header("No figure is held", ["This edition holds no indicator with a figure."])
        st.stop()
    options = {name: indicator.title for name, indicator in catalogue.items()}
    rows = [
        {"indicator_id": i.indicator_id, "title": i.title, "aliases": i.aliases} for i in catalogue.values()
    ]
    return _choose(
        "id",
        label,
        options,
        _first(default, options),
        lambda given: selection.find_indicator(given, rows),
        _without_figure,
    )


def _without_figure(given: str) -> str:
    held = data.every_indicator().get(given)
    return f"'{held.title}' has no figure in this edition." if held else f"No indicator is called '{given}'."


def choose(name: str, label: str, options: Mapping[str, str], default: str = "") -> str:
    """One of `options` (value to label), kept in the link as `?<name>=value`."""
    return _choose(
        name,
        label,
        options,
        _first(default, options),
        lambda given: selection.find_choice(given, options),
        lambda given: f"'{given}' is not a choice of '{label}' here.",
    )


def _first(default: str, options: Mapping[str, str]) -> str:
    """The default, or the first option where it is not one of them."""
    return default if default in options else next(iter(options))


def _choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    find: Callable[[str], str | None],
    complaint: Callable[[str], str],
) -> str:
    chosen = _read(name, options, default, find, complaint)
    widget, memory = _WIDGET.format(name), _MEMORY.format(name)
    st.session_state[widget] = st.session_state[memory] = chosen
    if st.query_params.get(name) != chosen:
        st.query_params[name] = chosen

    def remember() -> None:
        st.session_state[memory] = st.query_params[name] = st.session_state[widget]

    st.selectbox(
        label, list(options), key=widget, format_func=options.__getitem__, on_change=remember, width=360
    )
    return chosen


def _read(
    name: str, options: Mapping[str, str], default: str, find: Callable[[str], str | None],
    complaint: Callable[[str], str],
) -> str:
    """What the link asks for, else what was chosen before, else the default. A bad value is named."""
    remembered = st.session_state.get(_MEMORY.format(name), default)
    fallback = remembered if remembered in options else default
    given = st.query_params.get(name)
    if given is None:
        return fallback
    found = find(given)
    if found in options:
        return found
    if found is None:
        notice(f"{complaint(selection.shorten(given))} Showing {options[fallback]} instead.")
    elif name == "area":
        notice(f"{data.area_name(found)} is not among the areas of this page. Showing {options[fallback]} instead.")
    return fallback


def remembered_area() -> str | None:
    """The area in the link or chosen earlier, on a page that does not ask for one."""
    given = st.query_params.get("area")
    found = selection.find_area(given, data.areas().values()) if given else None
    return found or st.session_state.get(_MEMORY.format("area"))


def words_of(address: str) -> str:
    """A page's address as words: 'disability-gap' is 'Disability gap'."""
    return wording.sentence_case(address.replace("-", " "))
