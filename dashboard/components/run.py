"""What one script run holds: its edition, opened by the entry point, the choices it shows, the reader's appearance."""

import logging
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st

from dashboard import markup
from dashboard.charts.theme import Palette, palette
from dashboard.figure import NOTHING_CHOSEN, Choice, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Shown
from dashboard.read.edition import Edition
from dashboard.read.readers import EVERYONE, Reader

FAILED = "This part of the page could not be made: a fault of the dashboard, not of your choice. The rest is not affected."
Made = TypeVar("Made")
log = logging.getLogger(__name__)
_EDITION: ContextVar[Edition] = ContextVar("edition")
_READER: ContextVar[Reader] = ContextVar("reader")
_SHOWN: ContextVar[dict[str, str]] = ContextVar("shown")
_PLACES: ContextVar[Counter] = ContextVar("places")


WHOLE, EVERY_PART = "show", "all"       # in a link: every part of the page at once, as a document
AFRESH = "afresh"       # with a link that is followed within the dashboard (links.js): it says all that is chosen


def is_whole() -> bool:
    """True where the page is asked for with all its parts open."""
    return st.query_params.get(WHOLE) == EVERY_PART


def is_afresh() -> bool:
    """True where a link led to this page: it shows what it shows when it is loaded, whatever was done before."""
    return AFRESH in st.query_params


def begin(edition: Edition, reader: Reader = EVERYONE) -> None:
    """Say which edition this run is of, and for whom: once, by the entry point, before any page."""
    _EDITION.set(edition)
    _READER.set(reader)
    _SHOWN.set({})
    _PLACES.set(Counter())


def place_of(name: str) -> str:
    """A key for a component: its name, and how often the name has been used before in this run."""
    counted = _PLACES.get()
    counted[name] += 1
    return f"{name} {counted[name]}"


def note_choice(name: str, value: str) -> None:
    """Remember that the page shows this choice: what its address must say."""
    _SHOWN.get()[name] = value


def choices_shown() -> dict[str, str]:
    """Every choice that the page shows, in the order they were made."""
    return dict(_SHOWN.get())


def edition() -> Edition:
    """The edition of this run; LookupError outside one."""
    return _EDITION.get()


def reader() -> Reader:
    """Who this run is for; LookupError outside one."""
    return _READER.get()


def made(name: str, choice: Choice = NOTHING_CHOSEN) -> tuple[Shown, ...]:
    """What a recipe gives for this choice; one plain sentence where it fails."""
    return attempt(name, lambda: recipes.made(edition(), name, choice), (Said(FAILED),))


def attempt(what: str, make: Callable[[], Made], instead: Made) -> Made:
    """What `make` gives; where it fails, the failure is logged and `instead` is given, so that the rest of a page stands."""
    try:
        return make()
    except Exception:
        log.exception("%s could not be made", what)
        return instead


def colours() -> Palette:
    """The palette of the reader's appearance."""
    return palette(st.context.theme.type)


def write(html: str) -> None:
    """Put HTML made by `markup` on the page, inside the one class that the style sheet reaches."""
    st.html(f'<div class="oc">{html}</div>')


def block(template: str, **values: object) -> None:
    """One template of `markup` on the page."""
    write(markup.render(template, **values))
