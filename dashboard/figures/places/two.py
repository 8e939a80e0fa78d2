"""One map beside another measure, or another period: alike scales only where the measure is the same."""

from dashboard.figure import SCOTLAND, Choice, Figure, Said, plot
from dashboard.figures import compose, tables
from dashboard.figures.places import shading, words
from dashboard.figures.places.view import View, one_view, view_of
from dashboard.methods.classes import Scale
from dashboard.read.edition import Edition
from dashboard.words import numbers

ALIKE = "One scale for both."
APART = "Each has its own scale. Two maps that look alike do not show that one thing causes the other."


def two(edition: Edition, choice: Choice) -> tuple[Said | Figure, ...]:
    """How the scales go together, then both maps."""
    first, second = view_of(edition, choice), one_view(edition, choice.of("id2"), choice.of("period2"))
    if first is None or second is None:
        return ()
    is_same = first.indicator.indicator_id == second.indicator.indicator_id
    both = [*first.councils, *second.councils] if is_same else None
    return (Said(ALIKE if is_same else APART),
            *(_map(view, shading.choose_scale(both or view.councils, view.indicator), name, choice)
              for name, view in (("First", first), ("Second", second))))


def _map(view: View, scale: Scale, name: str, choice: Choice) -> Figure:
    indicator, judged, rows, area_code = view.indicator, view.judged, view.answer.rows, choice.of("area", SCOTLAND)
    kind, drawn = ("flat_map", "Map") if choice.of("drawn") == "flat" else ("tiles", "Tile grid")
    on_map = view.map_rows(scale)
    subtitle = f"{words.map_title(judged, indicator, area_code)}. {indicator.unit}"
    return compose.figure(
        view.edition, view.answer, title=f"{name}: {indicator.title}, {view.when}", subtitle=subtitle,
        table=tables.area_table(judged, indicator, subtitle),
        plot=plot(kind, on_map, words.map_alt(judged, indicator, drawn),
                  **shading.as_options(scale, indicator, area_code, shading.key(on_map, scale, view.indicator))),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(*words.notes_of(judged, indicator), *indicator.caveats))
