"""What an edition holds of partnerships' returns: its cut-off, and protected counts by family."""

import datetime as dt
from collections.abc import Sequence

from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition
from dashboard.words.marks import FEWER_THAN_5

ALREADY = ("People already in low-paid work when they started, who then start another job, are counted as entering work: "
           "read them apart from people who had none.")


def cut_off(edition: Edition) -> dt.date:
    """The day that the edition's returns run to; ValueError where the edition has none."""
    return dt.date.fromisoformat(edition.cut_off[:10])


def counts(edition: Edition, family: str, area_codes: Sequence[str]) -> Answer:
    """Protected counts of one family of tables by year of start, added up over these areas."""
    return edition.ask("counts", family=family, areas=list(area_codes))


def people_text(count: float | None) -> str:
    """A protected count of people as it is shown: none is never told from fewer than five, '[x]' where none is held."""
    if is_missing(count):
        return "[x]"
    return f"{float(count):,.0f}" if count else FEWER_THAN_5
