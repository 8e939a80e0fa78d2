"""Whether an area's own return is in an edition, and what is said where it is not."""

from dashboard.figure import AREA, SCOTLAND, Absent, Choice
from dashboard.figures import returns
from dashboard.figures.jobs import words
from dashboard.read import cohorts
from dashboard.read.edition import Edition

RATE = "in_work_at_52_weeks"           # a rate of everyone who started: the words and decimals of this subject


def has_returns(edition: Edition) -> bool:
    """True when this edition holds figures from participants' returns."""
    return edition.has_returns and RATE in edition.catalogue


def area_of(choice: Choice) -> str:
    """The area chosen, Scotland where none is."""
    return choice.of(AREA, SCOTLAND)


def missing(edition: Edition, choice: Choice) -> tuple[Absent, ...]:
    """Why nothing can be shown of the area's return; nothing where it is in this edition."""
    if not has_returns(edition):
        return (Absent(words.NO_RETURNS),)
    if returns.counts(edition, "M", [area_of(choice)]).is_empty:
        return (Absent(words.no_return(edition.area_name(area_of(choice)))),)
    return ()


def breaks_of(edition: Edition, milestone: cohorts.Milestone) -> list[str]:
    """The first periods after each break of a milestone's own indicator."""
    indicator = edition.every_indicator.get(milestone.indicator_id)
    return [each.period for each in indicator.breaks] if indicator else []
