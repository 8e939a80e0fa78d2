"""Is the disability employment gap closing? The population gap, what moved, and the service gap apart."""

from dashboard.figures.gap import on_track, participants, path, service
from dashboard.figures.recipe import Recipe

PAGE = "/disability-gap"
RECIPES = (
    Recipe("gap.answer", path.answer, PAGE),
    Recipe("gap.path", path.path, PAGE),
    Recipe("gap.on_track", on_track.on_track, PAGE),
    Recipe("gap.rates", path.rates, PAGE),
    Recipe("gap.moved", path.moved, PAGE),
    Recipe("gap.reading", service.reading, PAGE),
    Recipe("gap.service", service.published, PAGE),
    Recipe("gap.participants", participants.participants, PAGE),
    Recipe("gap.conditions", participants.conditions, PAGE),
)
