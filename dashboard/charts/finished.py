"""A Plotly figure and a deck.gl map that are already finished.

Streamlit turns every plain dictionary into a validated Figure with a 6.5 kB template, five times the
work of the page around it. This subclass hands over the dictionary as it is; the tests validate the
same dictionaries with `plotly.graph_objects.Figure`.
"""

import pydeck
from plotly.basedatatypes import BaseFigure


class Finished(BaseFigure):
    """Wraps a figure dictionary; only `to_dict` is ever called on it."""

    def __init__(self, figure: dict) -> None:
        # BaseFigure's own __init__ would validate: that is the work to be saved.
        object.__setattr__(self, "_finished", figure)

    def to_dict(self) -> dict:
        return self._finished


class FinishedDeck:
    """A map as st.pydeck_chart takes it, written as JSON once."""

    def __init__(self, deck: pydeck.Deck) -> None:
        self._json, self._tooltip = deck.to_json(), deck._tooltip

    def to_json(self) -> str:
        return self._json
