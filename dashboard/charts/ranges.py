"""The range a rate of records could have, hatched as what is not known is everywhere: if all unrecorded went one way."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.charts.bands import pattern
from dashboard.methods.missing import is_missing

Row = Mapping[str, object]
ENDS = ("lowest", "highest")
KEY = "▨ if the unrecorded all went one way"     # short enough for the narrowest screen, from the edge of the chart
ROOM = 20       # pixels under the axis for the words


def ranged(rows: Sequence[Row], indicator: Indicator) -> list[Row]:
    """The rows with a figure and a range to draw; none unless the measure is of records."""
    return [row for row in rows if indicator.is_of_records
            and not any(is_missing(row.get(name)) for name in ("value", *ENDS))]


def widened(limits: tuple[float, float], rows: Sequence[Row], indicator: Indicator) -> tuple[float, float]:
    """Limits of an axis with room for every range."""
    ends = [float(row[end]) for row in ranged(rows, indicator) for end in ENDS]
    return min([limits[0], *ends]), max([limits[1], *ends])


def bars(rows: Sequence[Row], places: Sequence[float], colours: theme.Palette, width: float, is_upright: bool = False) -> dict:
    """A hatched bar a row from its lowest to its highest, at its place across; under everything else."""
    long, across = ("y", "x") if is_upright else ("x", "y")
    return {"type": "bar", "orientation": "v" if is_upright else "h", "name": "Range",
            "base": [float(row["lowest"]) for row in rows], long: [float(row["highest"]) - float(row["lowest"]) for row in rows],
            across: list(places), "width": width, "hoverinfo": "skip",
            "marker": {"color": colours.surface, "line": {"width": 1, "color": colours.grid}, "pattern": pattern([True] * len(rows), colours.line)}}


def add_key(figure: dict, colours: theme.Palette) -> None:
    """What the hatching is, in words under the axis."""
    layout = figure["layout"]
    layout["height"] += ROOM
    layout["margin"] = layout["margin"] | {"b": layout["margin"]["b"] + ROOM}
    layout["annotations"].append(theme.note(
        KEY, 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-(layout["margin"]["b"] - ROOM),
        font={"size": theme.SMALL, "color": colours.ink}))
    align_key(layout)


def align_key(layout: dict) -> None:
    """The key, where there is one, at the left edge of the chart: again when its left margin has changed."""
    for note in layout["annotations"]:
        if note["text"] == KEY:
            note["xshift"] = 8 - layout["margin"]["l"]
