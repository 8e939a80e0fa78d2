"""The colours of councils on a map: by class of value, or higher and lower than Scotland for a survey.

A figure that cannot be shown has the colour of no data, whatever its class. Rows are MAP_ROW rows: a council's
`class_index`, the mark it is `hidden` by, and whether it `is_hatched`.
"""

from collections.abc import Mapping

from dashboard.catalogue import Indicator
from dashboard.charts.both import worked_out
from dashboard.charts.theme import Palette
from dashboard.methods.classes import Scale
from dashboard.words.comparisons import signs

Row = Mapping[str, object]


def colour_of(row: Row, scale: Scale, indicator: Indicator, colours: Palette) -> str:
    """The fill of one council: its class, or the colour of no data."""
    if row["class_index"] is None:
        return colours.no_data
    return class_colours(scale, indicator, colours)[row["class_index"]]


def class_colours(scale: Scale, indicator: Indicator, colours: Palette) -> tuple[str, ...]:
    """From lowest to highest for values; higher, alike, lower for a comparison."""
    if scale.is_comparison:
        if indicator.direction == "no_direction":
            return (colours.series[0], colours.band_strong, colours.series[1])
        higher_is_better = indicator.direction == "higher_is_better"
        ends = (colours.better, colours.worse) if higher_is_better else (colours.worse, colours.better)
        return (ends[0], colours.band_strong, ends[1])
    return tuple(_shade(colours.sequential, i, len(scale.labels)) for i in range(len(scale.labels)))


@worked_out
def _shade(sequence: tuple[str, ...], place: int, count: int) -> str:
    """The colour `place` of `count` evenly along a sequence of hex colours; the middle one of one."""
    at = (len(sequence) - 1) * (place / (count - 1) if count > 1 else 0.5)
    low = min(int(at), len(sequence) - 2)
    ends = [[int(sequence[i][j:j + 2], 16) for j in (1, 3, 5)] for i in (low, low + 1)]
    mixed = (round(a + (b - a) * (at - low)) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def selected_line(colours: Palette) -> str:
    """The outline of the selected council, drawn thick: what is chosen is navy everywhere."""
    return colours.chosen


def symbol_of(row: Row, scale: Scale, indicator: Indicator) -> str:
    """A shape beside the colour: the mark where hidden, an arrow in a comparison, else nothing; [u] is said with the value."""
    if row["hidden"]:
        return f"[{row['hidden']}]"
    return signs(indicator)[row["class_index"]] if scale.is_comparison and not row["is_hatched"] else ""
