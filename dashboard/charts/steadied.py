"""Rates and, as a second mark of another shape, their steadied estimates: one row an area, never by value."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.charts.dots import Row
from dashboard.charts.lines import named_dots
from dashboard.methods.missing import is_missing

LOWER = 0.25    # of a row: how far the steadied estimate lies under the rate
ROW = 46


def steadied(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, chosen: str = "",
             reference: float | None = None) -> dict:
    """A filled dot for each rate and a hollow square for its steadied estimate, each with its interval.

    `rows`: area, value, lower_ci, upper_ci, obs_status, period_label, and steadied, steadied_lower,
    steadied_upper (missing where there is none), in the unit of `indicator`, and steadied_text (to point at).
    """
    figure = named_dots([{**row, "verdict": "neutral"} for row in rows], indicator, colours, "area", reference, "Scotland", chosen, ROW)
    records = list(zip(range(len(rows), 0, -1), rows, strict=True))
    shown = [(place, row) for place, row in records if not is_missing(row["steadied"])]
    if shown:
        figure["data"].append(_squares(shown, colours))
    _add_key(figure, colours)
    return figure


def _squares(shown: list[tuple[int, Row]], colours: theme.Palette) -> dict:
    colour = colours.line
    return {
        "type": "scatter", "mode": "markers", "name": "Steadied estimate",
        "x": [float(row["steadied"]) for _, row in shown], "y": [place - LOWER for place, _ in shown],
        "marker": {"symbol": "square", "size": 8, "color": colours.surface, "line": {"color": colour, "width": 2}},
        "error_x": {"type": "data", "symmetric": False, "color": colour, "thickness": 1, "width": 0,
                    "array": [float(row["steadied_upper"]) - float(row["steadied"]) for _, row in shown],
                    "arrayminus": [float(row["steadied"]) - float(row["steadied_lower"]) for _, row in shown]},
        "text": [row["steadied_text"] for _, row in shown],
        "hovertemplate": "%{text}<extra></extra>"}


def _add_key(figure: dict, colours: theme.Palette) -> None:
    """Both signs and their names, over the chart."""
    layout = figure["layout"]
    layout["margin"] = layout["margin"] | {"t": 48}
    layout["height"] += 26
    for at, sign, words, shade in ((0.0, "●", "Rate", colours.series[0]),
                                   (0.3, "□", "Steadied estimate", colours.line)):
        where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 22}
        layout["annotations"].append(theme.note(sign, at, 1, colours, font={"size": 15, "color": shade}, **where))
        layout["annotations"].append(theme.note(words, at, 1, colours, xshift=18,
                                                font={"size": theme.SMALL, "color": colours.ink}, **where))
