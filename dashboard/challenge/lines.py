"""The lines of enquiry of an area or of Scotland, raised by the published rules (`figures/challenge`)."""

from dashboard.figure import Choice
from dashboard.figures.challenge.line import Line
from dashboard.read.edition import Edition

__all__ = ["Line", "lines"]


def lines(edition: Edition, choice: Choice) -> tuple[Line, ...]:
    """Every line of the area chosen, or of Scotland: strengths first."""
    return ()
