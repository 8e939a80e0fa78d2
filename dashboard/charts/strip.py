"""Every partnership as one dot on a line, with the chosen area and Scotland named."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, theme
from dashboard.charts.trend import Row, hover
from dashboard.methods.missing import is_missing


def strip(
    rows: Sequence[Row],
    indicator: Indicator,
    colours: theme.Palette,
    chosen: str = "",
    scotland: float | None = None,
    height: int = 130,
) -> dict:
    """Dots in one row by value. `rows`: area, value, lower_ci, upper_ci, obs_status, period_label."""
    shown = [row for row in rows if not is_missing(row["value"])]
    low, high = axis.value_limits([{"value": row["value"]} for row in shown], from_zero=False)
    if scotland is not None:
        low, high = min(low, scotland), max(high, scotland)
    ticks = axis.value_ticks(low, high, indicator, most=5)
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            height,
            margin={"l": 16, "r": 16, "t": 30, "b": 30},
            xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
            yaxis=theme.plain_axis(colours, (-1, 1), {}),
        ),
    }
    for own in (False, True):
        part = [row for row in shown if (row["area"] == chosen) is own]
        figure["data"].append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [float(row["value"]) for row in part],
                "y": [0] * len(part),
                "marker": {
                    "color": colours.chosen if own else colours.surface,
                    "size": 15 if own else 9,
                    "symbol": "circle",
                    "line": {"color": colours.chosen if own else colours.peer, "width": 2},
                },
                "text": [hover(row, indicator, str(row["area"])) for row in part],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
        for row in part if own else ():
            figure["layout"]["annotations"].append(
                theme.note(
                    f"<b>{row['area']}</b>",
                    float(row["value"]),
                    0.45,
                    colours,
                    xanchor="center",
                    yanchor="bottom",
                    font={"size": theme.NORMAL, "color": colours.chosen},
                )
            )
    if scotland is not None:
        figure["layout"]["shapes"].append(
            theme.rule(
                colours,
                x0=scotland,
                x1=scotland,
                y0=0,
                y1=1,
                yref="paper",
                line={"color": colours.ink, "width": 1.5, "dash": "solid"},
            )
        )
        figure["layout"]["annotations"].append(
            theme.note(
                "Scotland",
                scotland,
                1,
                colours,
                yref="paper",
                yanchor="bottom",
                xanchor="center",
                font={"size": theme.SMALL, "color": colours.ink},
            )
        )
    return figure
