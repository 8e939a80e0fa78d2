"""The lines of enquiry of an area or of Scotland, raised by the published rules (`figures/challenge`)."""

from dashboard.figures.challenge.enquiry import lines_of as lines
from dashboard.figures.challenge.line import Line

__all__ = ["Line", "lines"]
