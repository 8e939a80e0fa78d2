"""Compare without league tables: funnel, ranges of ranks, like with like, own trend, and what could be told."""

from dashboard.figures.compare.among import among, ranks
from dashboard.figures.compare.like import in_brief, like, own_trend
from dashboard.figures.compare.measures import MEASURE, TELL
from dashboard.figures.compare.starts import starts
from dashboard.figures.compare.steadied import steadied
from dashboard.figures.compare.tell import tell
from dashboard.figures.recipe import AREA, PARTNERSHIP, Recipe

# The ways to compare, as they open on a page: the recipe `compare.<way>` makes each.
WAYS = {"among": "Among the areas", "steadied": "Steadied estimates", "ranks": "Range of ranks", "like": "Like with like",
        "own": "Own trend", "starts": "Starts over time", "tell": "Could we even tell?"}


def _way(name: str) -> tuple[tuple[str, str], ...]:
    return (("compare", name),)


RECIPES = (
    Recipe("compare.among", among, "/jobs", _way("among"), (AREA, MEASURE)),
    Recipe("compare.steadied", steadied, "/jobs", _way("steadied"), (AREA, MEASURE)),
    Recipe("compare.ranks", ranks, "/jobs", _way("ranks"), (AREA, MEASURE)),
    Recipe("compare.like", like, "/jobs", _way("like"), (AREA, MEASURE)),
    Recipe("compare.like_in_brief", in_brief, "/partnership", choosers=(PARTNERSHIP,)),
    Recipe("compare.own", own_trend, "/jobs", _way("own"), (AREA, MEASURE)),
    Recipe("compare.starts", starts, "/jobs", _way("starts"), (AREA,)),
    Recipe("compare.tell", tell, "/jobs", _way("tell"), (AREA, MEASURE, TELL)),
)
__all__ = ["MEASURE", "RECIPES", "TELL", "WAYS"]
