"""Is the disability employment gap closing? The population gap, what moved, and the service gap apart."""

from dashboard.figures.gap import on_track, participants, path, service
from dashboard.figures.lines import lines_of
from dashboard.figures.recipe import Recipe

PAGE = "/disability-gap"
LINES = ("disability_employment_gap", "disabled_employment_rate", "non_disabled_employment_rate", "nolb_disabled_share_of_starts",
         "disabled_participants")
RECIPES = (
    lines_of("gap", PAGE, LINES),
    Recipe("gap.answer", path.answer, PAGE),
    Recipe("gap.tested", path.tested, "/disability-gap"),
    Recipe("gap.path", path.path, PAGE),
    Recipe("gap.on_track", on_track.on_track, PAGE),
    Recipe("gap.rates", path.rates, PAGE),
    Recipe("gap.moved", path.moved, PAGE),
    Recipe("gap.reading", service.reading, PAGE),
    Recipe("gap.service", service.published, PAGE),
    Recipe("gap.participants", participants.participants, PAGE),
    Recipe("gap.conditions", participants.conditions, PAGE),
)
