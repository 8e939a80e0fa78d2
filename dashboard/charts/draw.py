"""A Plot, a palette and a width to a Plotly dictionary: the one door to the drawings.

A plot is plain data: an indicator in its options is `Indicator.as_data()`, a colour is the name of a role in the
palette ("series.0", "sequential.4", "band", "light.ink"), so that one plot is drawn light and dark.
To add a kind: a function `(rows, colours, **options) -> dict` and its name in `KINDS`. It is drawn for any width from `LEAST`
pixels; for less there is a second drawing of the same rows, with its own function and width in `NARROW` where the first cannot
simply be squeezed. Labels along the lower axis that would touch are left out here, once for all drawings.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dashboard.catalogue import Indicator
from dashboard.charts import (
    agreement,
    axis,
    bands,
    cohorts,
    divided,
    dots,
    dumbbell,
    equality,
    funnel,
    gap,
    journey,
    labels,
    ranks,
    scatter,
    spine,
    steadied,
    strip,
    theme,
    tiles,
    trend,
    xmr,
)
from dashboard.charts import map as maps
from dashboard.charts.classes import class_colours
from dashboard.figure import Plot
from dashboard.methods import spc
from dashboard.methods.classes import Scale

Rows = Sequence[Mapping[str, object]]
Drawing = Callable[..., dict]
DIGITS = 6      # of a number that is drawn: four tell one pixel from the next
_WHOLE = frozenset((str, int, bool, type(None)))      # most of a drawing
LEAST = 480     # pixels of a chart under which it has its narrow drawing, unless NARROW says more


class DrawingError(ValueError):
    """A plot of a kind that nobody draws."""


def least_width(plot: Plot) -> int:
    """Pixels of the narrowest chart that the wide drawing of this plot is for."""
    return NARROW[plot.kind][0] if plot.kind in NARROW else LEAST


def is_still(plot: Plot) -> bool:
    """True of a drawing that says in words all that it shows: nobody needs to point at it, so its picture is all of it."""
    return plot.kind in STILL


def draw(plot: Plot, colours: theme.Palette, width: int = theme.WIDE) -> dict:
    """The Plotly dictionary (data and layout) of a plot in these colours, for a chart of so many pixels or somewhat more.

    Raises DrawingError for an unknown kind.
    """
    if plot.kind not in KINDS:
        raise DrawingError(f"no drawing is called '{plot.kind}'; there are {', '.join(sorted(KINDS))}")
    is_narrow = width < least_width(plot)
    drawing = NARROW[plot.kind][1] if is_narrow and plot.kind in NARROW else KINDS[plot.kind]
    options = dict(plot.options)
    if "indicator" in options:
        options["indicator"] = Indicator.from_data(options["indicator"])
    if "indicators" in options:
        options["indicators"] = {name: Indicator.from_data(each) for name, each in options["indicators"].items()}
    drawn = drawing(plot.rows, colours=colours, **options)
    return _short(axis.thin(drawn, theme.NARROW if is_narrow else least_width(plot)))


def _short(value: object) -> object:
    """The same with every number to DIGITS digits: a drawing is sent to every reader."""
    if isinstance(value, float):
        return _short_number(value)
    if isinstance(value, list | tuple):
        return [part if type(part) in _WHOLE else _short_number(part) if type(part) is float else _short(part) for part in value]
    if type(value) is dict or isinstance(value, Mapping):      # to ask for a Mapping takes long
        return {name: part if type(part) in _WHOLE else _short(part) for name, part in value.items()}
    return value


def _short_number(value: float) -> float | int:
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short.is_integer() else short


def shade(colours: theme.Palette, role: str) -> str:
    """The colour of a role: 'band', 'series.0', 'light.ink' (the same in both appearances)."""
    palette, name = (theme.LIGHT, role.removeprefix("light.")) if role.startswith("light.") else (colours, role)
    field, _, place = name.partition(".")
    colour = getattr(palette, field)
    return colour[int(place)] if place else colour


def _parts(given: Rows, colours: theme.Palette) -> list[bands.Band]:
    return [bands.Band(each["category"], each["label"], fill, shade(colours, each["ink"]) if each.get("ink")
                       else tiles.ink_on(fill, colours), bool(each.get("hatched")))
            for each in given for fill in [shade(colours, each["colour"])]]


def _of_parts(drawing: Drawing) -> Drawing:
    def drawn(rows: Rows, colours: theme.Palette, parts: Rows, **options) -> dict:
        return drawing(rows, _parts(parts, colours), colours=colours, **options)

    return drawn


def _xmr(rows: Rows, colours: theme.Palette, drawn: Mapping[str, object], changes: Rows, **options) -> dict:
    chart = spc.Chart(tuple(spc.Segment(**each) for each in drawn["segments"]),
                      tuple(spc.Signal(**each) for each in drawn["signals"]))
    return xmr.xmr(rows, chart, changes={each["position"]: each["words"] for each in changes}, colours=colours, **options)


def _series(given: Rows, colours: theme.Palette) -> list[divided.Series]:
    return [divided.Series(each["name"], each["label"], shade(colours, each["colour"])) for each in given]


def _divided(rows: Rows, colours: theme.Palette, series: Rows, **options) -> dict:
    return divided.divided(rows, _series(series, colours), colours=colours, **options)


def scale_of(given: Mapping[str, object]) -> Scale:
    """The classes of a map from the options of its plot."""
    return Scale(given["labels"], given["breaks"], given["is_comparison"])


def _tiled(drawing: Drawing) -> Drawing:
    """The key is words beside the drawing, so it is left out."""
    def tiled(rows: Rows, colours: theme.Palette, scale: Mapping[str, object], key: Rows = (), **options) -> dict:
        return drawing(rows, scale=scale_of(scale), colours=colours, **options)

    return tiled


def values_of(plot: Plot, colours: theme.Palette) -> Mapping[str, object]:
    """What the shapes of a kind in OF_COUNCILS are drawn with (`charts.map.values`)."""
    options = plot.options
    return maps.values(plot.rows, Indicator.from_data(options["indicator"]), scale_of(options["scale"]), colours, options["selected"])


def key_of(plot: Plot, colours: theme.Palette) -> list[Mapping[str, str]]:
    """The `text` and `colour` of each line of a plot's key, in words beside the drawing; no colour is a hatch."""
    if "key" not in plot.options:
        return []
    shades = class_colours(scale_of(plot.options["scale"]), Indicator.from_data(plot.options["indicator"]), colours)
    return [{"text": row["text"], "colour": "" if row["class_index"] is None else shades[row["class_index"]]}
            for row in plot.options["key"]]


def _strip_of_steps(rows: Rows, colours: theme.Palette, steps: Sequence[str]) -> dict:
    return equality.strip([(row["label"], row["boxes"]) for row in rows], steps, colours)


KINDS: Mapping[str, Drawing] = {
    "agreement": agreement.agreement,
    "bands": _of_parts(bands.bands),
    "cohorts": cohorts.cohort_table,
    "divided": _divided,
    "dots": dots.dots,
    "equality_gaps": equality.gaps,
    "equality_shares": equality.shares,
    "equality_strip": _strip_of_steps,
    "flat_map": _tiled(tiles.tile_grid),
    "funnel": funnel.funnel,
    "gap": gap.gap,
    "map": _tiled(tiles.tile_grid),      # what is saved of a map: the tile grid with the same figures
    "journey": _of_parts(journey.journey),
    "named_dots": partial(dots.dots, label="group", reference_name="Everyone"),
    "ranks": ranks.ranks,
    "rates": dumbbell.rates,
    "scatter": scatter.scatter,
    "spine": spine.table_chart,
    "stacks": _of_parts(bands.bands),
    "steadied": steadied.steadied,
    "strip": strip.strip,
    "tile_grids": _tiled(tiles.tile_grids),
    "tiles": _tiled(tiles.tile_grid),
    "trend": trend.trend,
    "xmr": _xmr,
}
# The second drawing of what cannot be squeezed: pixels of the narrowest chart for the first, and its function.
NARROW: Mapping[str, tuple[int, Drawing]] = {
    "agreement": (agreement.LEAST, agreement.under_statements),
    "bands": (bands.LEAST, _of_parts(bands.stacks)),
    "cohorts": (cohorts.LEAST, cohorts.in_little_width),
    "dots": (LEAST, dots.under_names),
    "equality_gaps": (equality.LEAST, equality.gaps_under_names),
    "equality_shares": (equality.LEAST, equality.shares_under_names),
    "funnel": (LEAST, partial(funnel.funnel, room=theme.NARROW, widths=labels.NARROW)),
    "flat_map": (tiles.LEAST, _tiled(tiles.in_little_width)),
    "gap": (LEAST, partial(gap.gap, widths=labels.NARROW)),
    "journey": (journey.LEAST, _of_parts(journey.in_little_width)),
    "map": (tiles.LEAST, _tiled(tiles.in_little_width)),
    "named_dots": (LEAST, partial(dots.under_names, label="group", reference_name="Everyone")),
    "scatter": (LEAST, partial(scatter.scatter, widths=labels.NARROW)),
    "spine": (spine.LEAST, spine.spine),
    "stacks": (bands.LEAST, _of_parts(bands.stacks)),
    "steadied": (LEAST, steadied.under_names),
    "strip": (LEAST, partial(strip.strip, widths=labels.NARROW)),
    "tile_grids": (tiles.LEAST, partial(_tiled(tiles.tile_grids), across=tiles.IN_LITTLE_WIDTH[0], high=tiles.IN_LITTLE_WIDTH[1])),
    "tiles": (tiles.LEAST, _tiled(tiles.in_little_width)),
    "trend": (LEAST, partial(trend.trend, widths=labels.NARROW)),
    "xmr": (LEAST, partial(_xmr, has_key=True)),
}
# Kinds that show each council as values over shapes which the page has already: `components/map.js` answers to the pointer.
OF_COUNCILS = frozenset(("flat_map", "map", "tiles"))
STILL = frozenset(("agreement", "bands", "cohorts", "divided", "equality_shares", "equality_strip", "journey", "rates", "spine",
                   "stacks", "steadied")) | OF_COUNCILS
