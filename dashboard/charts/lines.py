"""Dots with their intervals, each under its own name, so that long names leave the whole width to the figures."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import dots, ranges, theme
from dashboard.charts.trend import wrapped

ROW, LONGEST_LINE = 50, 34


def named_dots(rows: Sequence[dots.Row], indicator: Indicator, colours: theme.Palette, label: str = "group",
               reference: float | None = None, reference_name: str = "Everyone", chosen: str = "",
               row_height: int = ROW) -> dict:
    """The chart of `dots.dots`, its row names above the rows instead of beside them."""
    figure = dots.dots(rows, indicator, colours, label, reference, reference_name, chosen, row_height)
    layout = figure["layout"]
    layout["margin"] = layout["margin"] | {"l": 14}
    ranges.align_key(layout)
    left = layout["xaxis"]["range"][0]
    names = dict(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    layout["yaxis"] = layout["yaxis"] | {"tickvals": [], "ticktext": [], "range": [0.5, len(names) + 0.75]}
    layout["annotations"] += [
        theme.note(_on_lines(name), left, place + 0.16, colours, xanchor="left", yanchor="bottom", xshift=-4,
                   font={"size": theme.NORMAL, "color": colours.ink}) for place, name in names.items()]
    return figure


def _on_lines(name: str) -> str:
    """A long name on lines short enough for the narrowest screen; bold stays bold on each."""
    bold = name.startswith("<b>")
    lines = wrapped(name.removeprefix("<b>").removesuffix("</b>"), LONGEST_LINE)
    return "<br>".join(f"<b>{line}</b>" for line in lines.split("<br>")) if bold else lines
