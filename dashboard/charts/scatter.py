"""One dot an area by two measures, its interval up and down, the chosen area named. No line is fitted."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, theme
from dashboard.charts.trend import Row, hover
from dashboard.methods.missing import is_missing


def scatter(rows: Sequence[Row], indicator: Indicator, across: str, colours: theme.Palette, chosen: str = "",
            height: int = 360, widths: Sequence[int] = labels.WIDE) -> dict:
    """`rows`: area, x (a percentage), value, lower_ci, upper_ci, obs_status, period_label. `across` names x.

    Areas without a value are left out: the table names them.
    """
    records = [row for row in rows if not is_missing(row["value"]) and not is_missing(row["x"])]
    low, high = axis.value_limits(records, from_zero=True)
    ticks = axis.value_ticks(low, high, indicator, most=5)
    places = {tick: f"{tick:.0f}%" for tick in theme.nice_ticks(0, max((float(row["x"]) for row in records), default=100.0))}
    figure = {"data": [], "layout": theme.layout(
        colours, height, margin={"l": 12 + 8 * max(len(text) for text in ticks.values()), "r": 16, "t": 22, "b": 46},
        xaxis=theme.plain_axis(colours, (-3, max(places) + 3), places,
                               title={"text": across, "font": {"size": theme.SMALL, "color": colours.muted}}),
        yaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks))}
    for own in (False, True):
        part = [row for row in records if (row["area"] == chosen) is own]
        if part:
            figure["data"].append(_dots(part, indicator, colours, own))
    ground = labels.Ground(figure, widths)
    for row in records:
        if row["area"] == chosen:
            name = theme.note(f"<b>{chosen}</b>", float(row["x"]), float(row["value"]), colours,
                              font={"size": theme.NORMAL, "color": colours.chosen})
            figure["layout"]["annotations"].append(ground.settle(name, (*labels.AROUND_A_POINT, *labels.FURTHER)))
    return figure


def _dots(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, own: bool) -> dict:
    colour = colours.chosen if own else colours.peer
    return {
        "type": "scatter", "mode": "markers", "x": [float(row["x"]) for row in rows],
        "y": [float(row["value"]) for row in rows],
        "marker": {"color": colour if own else colours.surface, "size": 13 if own else 9, "symbol": "circle",
                   "line": {"color": colour, "width": 2}},
        "error_y": {"type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 0,
                    "array": [float(row["upper_ci"]) - float(row["value"]) for row in rows],
                    "arrayminus": [float(row["value"]) - float(row["lower_ci"]) for row in rows]},
        "text": [hover(row, indicator, f"{row['area']}, {row['x']:.0f}% rural") for row in rows],
        "hovertemplate": "%{text}<extra></extra>"}
