"""The map of Places and its tiles: an area chosen on any of them, or in the table, is chosen everywhere."""

from collections.abc import Collection
from functools import partial

import streamlit as st

from dashboard.components import choosing, page, run
from dashboard.components.figure import figure, one
from dashboard.figure import AREA, Choice, Figure, Said
from dashboard.figures.recipe import Chooser

MAP = Chooser("map", "Map", lambda _, __: {"map": "Interactive map", "flat": "Flat map"})      # offered by the figure itself


def place_map(choice: Choice) -> None:
    """The map beside the tile grid, its key, the same figures as a table of links, and the chosen area in words."""
    choosing.read(MAP)
    known = {AREA: frozenset(run.edition().areas), MAP.name: frozenset(MAP.options(run.edition(), choice))}
    hears = {name: partial(_take, name, values) for name, values in known.items()}
    for each in run.made("places.map", choice):
        figure(each, 2, hears=hears)
    for said in run.made("places.area", choice):
        if said.links:
            run.block("place", title=run.edition().area_name(choice.area_code), said=said)
        else:
            run.block("said", said=said)


def _take(name: str, known: Collection[str], value: str) -> None:
    """The link is the truth: every part of the page reads what was chosen from it."""
    if value in known:
        st.query_params[name] = value


def two_maps(choice: Choice) -> None:
    """Two maps side by side, under how their scales go together."""
    made = run.made("places.two", choice)
    for said in (each for each in made if isinstance(each, Said)):
        page.notice(said.text)
    both = [each for each in made if isinstance(each, Figure)]
    for column, shown in zip(page.side_by_side(), both, strict=False):
        with column:
            one(shown, beside=True)
