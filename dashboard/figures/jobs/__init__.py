"""Do people get work, and does it last? The journey, start cohorts, programmes, routes, support and waits."""

from dashboard.figures.jobs.entry import entry_to_work
from dashboard.figures.jobs.groups import (
    MEASURE,
    by_status,
    programmes,
    qualifications,
    routes,
    routes_within,
    sectors,
    sectors_within,
    sources,
    support,
)
from dashboard.figures.jobs.held import missing
from dashboard.figures.jobs.journey import answer, journey
from dashboard.figures.jobs.published import published
from dashboard.figures.jobs.status import already
from dashboard.figures.jobs.timeline import timeline
from dashboard.figures.jobs.waits import waits
from dashboard.figures.lines import lines_of
from dashboard.figures.recipe import AREA, Recipe


def _part(name: str) -> tuple[tuple[str, str], ...]:
    return (("part", name),)


LINES = ("nolb_entered_employment", "nolb_entered_employment_rate", "nolb_in_employment_52_weeks", "entered_work_within_12_months",
         "in_work_at_13_weeks", "in_work_at_26_weeks")
RECIPES = (
    Recipe("jobs.answer", answer, "/jobs", choosers=(AREA,)),
    Recipe("jobs.missing", missing, "/jobs", choosers=(AREA,)),
    lines_of("jobs", "/jobs", LINES, (AREA,)),
    Recipe("jobs.journey", journey, "/jobs", choosers=(AREA,)),
    Recipe("jobs.cohorts", entry_to_work, "/jobs", _part("cohorts"), (AREA,)),
    Recipe("jobs.programmes", programmes, "/jobs", _part("programmes"), (AREA, MEASURE)),
    Recipe("jobs.timeline", timeline, "/jobs", _part("programmes")),
    Recipe("jobs.routes", routes, "/jobs", _part("routes"), (AREA, MEASURE)),
    Recipe("jobs.sources", sources, "/jobs", _part("routes"), (MEASURE,)),
    Recipe("jobs.support", support, "/jobs", _part("support"), (MEASURE,)),
    Recipe("jobs.sectors", sectors, "/jobs", _part("sectors"), (AREA, MEASURE)),
    Recipe("jobs.status", by_status, "/jobs", _part("status"), (MEASURE,)),
    Recipe("jobs.already", already, "/jobs", _part("status")),
    Recipe("jobs.qualifications", qualifications, "/jobs", _part("status"), (MEASURE,)),
    Recipe("jobs.routes_within", routes_within, "/jobs", _part("routes")),
    Recipe("jobs.sectors_within", sectors_within, "/jobs", _part("sectors")),
    Recipe("jobs.waits", waits, "/jobs", _part("waits"), (AREA,)),
    Recipe("jobs.published", published, "/jobs", choosers=(AREA,)),
)
__all__ = ["MEASURE", "RECIPES"]
