"""Tabs of which only the open one is made, and whose name lives in the link."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components import page, run
from dashboard.read import selection
from dashboard.words.phrases import shorten


class Part:
    """A part of a page that is shown whole: its name as a heading where the tab would be. Used as an open tab is."""

    open = True

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> None:
        page.section(self.label)

    def __exit__(self, *_: object) -> None:
        """Nothing to close: the parts follow each other."""


def tabs(name: str, labels: Mapping[str, str], opened: str = "") -> dict[str, object]:
    """A tab for each of `labels` (value to label); the open one is kept in the link as `?<name>=value`.

    `opened` is open where the link names none; '' is the first. Fill a tab only `if tab.open`: what is not seen is not
    asked for, and not drawn.
    """
    if run.is_whole():
        return {value: Part(label) for value, label in labels.items()}
    widget, values = f"tabs_{name}_{'-'.join(labels)}", {label: value for value, label in labels.items()}
    given = st.query_params.get(name)
    first = opened or next(iter(labels))
    found = selection.find_choice(given, labels) if given else first
    if found is None:
        found = first
        page.notice_above(f"No part is called '{shorten(given)}'. Showing {labels[found]} instead.")

    def remember() -> None:
        st.query_params[name] = values.get(st.session_state[widget], found)

    made = st.tabs(list(labels.values()), default=labels[found], key=widget, on_change=remember)
    run.note_choice(name, next((value for value, tab in zip(labels, made, strict=True) if tab.open), found))
    return dict(zip(labels, made, strict=True))

