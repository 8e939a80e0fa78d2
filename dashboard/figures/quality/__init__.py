"""Can we trust it? What was received and recorded, who is not known, what is too recent, what is published."""

from collections.abc import Mapping

from dashboard.figures.quality import published, recent, returned
from dashboard.figures.quality.returned import EDITION, holds_returns
from dashboard.figures.recipe import AREA, Recipe
from dashboard.read.edition import Edition

PAGE = "/data-quality"
RECIPES = (
    Recipe("quality.answer", returned.answer, PAGE, choosers=(AREA,)),
    Recipe("quality.answer_figures", returned.answer_figures, PAGE, choosers=(AREA,)),
    Recipe("quality.care", returned.care, PAGE),
    Recipe("quality.received", returned.received, PAGE, (("part", "returns"),), (AREA, EDITION)),
    Recipe("quality.intervals", returned.intervals, PAGE, (("part", "returns"),), (AREA,)),
    Recipe("quality.unknown", returned.unknown, PAGE, (("part", "unknown"),), (AREA, EDITION)),
    Recipe("quality.recent", recent.recent, PAGE, (("part", "recent"),)),
    Recipe("quality.templates", recent.templates, PAGE, (("part", "recent"),)),
    Recipe("quality.follow_ups", published.follow_ups, PAGE, (("part", "published"),)),
    Recipe("quality.responses", published.responses, PAGE, (("part", "published"),)),
    Recipe("quality.not_known", published.not_known, PAGE, (("part", "published"),)),
    Recipe("quality.publishers", published.publishers, PAGE, (("part", "published"),)),
)


def parts(edition: Edition) -> Mapping[str, str]:
    """The page's parts; what is published comes first where no return is held."""
    sent = {"returns": "Returns and follow-ups", "unknown": "What is not known", "recent": "Too recent to judge"}
    others = {"published": "What is published"}
    return sent | others if holds_returns(edition) else others | sent


def designation(edition: Edition) -> str:
    """What the page's figures are: returns where they are held, else statistics in development."""
    return "Management information from partnership returns" if holds_returns(edition) else "Official statistics in development"
