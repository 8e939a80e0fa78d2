"""Participants' returns: read a folder, check every row, say what is wrong and how to mend it."""

from dashboard.build.returns.contract import ReturnsError
from dashboard.build.returns.reading import Returns, read

__all__ = ["Returns", "ReturnsError", "read"]
