"""Rates against the size of their base, inside the limits that chance and usual differences allow."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing

Row = Mapping[str, object]


def funnel(
    rows: Sequence[Row],
    colours: theme.Palette,
    limits: Sequence[Row],
    centre: float,
    indicator: Indicator,
    chosen: str = "",
    height: int = 380,
) -> dict:
    """One dot an area at its base and rate; curves at 95% and 99.8%; the chosen area named.

    `rows`: area, value, denominator, lower_ci, upper_ci, obs_status, period_label.
    `limits`: denominator, lower_95, upper_95, lower_998, upper_998, in the unit of value, by denominator.
    """
    shown = [row for row in rows if not is_missing(row["value"]) and not is_missing(row["denominator"])]
    values = [row["value"] for row in shown]
    low = min([centre, *values, *(limit["lower_998"] for limit in limits)])
    high = max([centre, *values, *(limit["upper_998"] for limit in limits)])
    ticks = axis.value_ticks(
        max(low, 0.0), min(high, 100.0) if indicator.measure == "percentage" else high, indicator
    )
    widest = float(max(row["denominator"] for row in (*shown, *limits)))
    # Without the nought across, which would stand on the one up the side.
    across = {tick: f"{tick:,.0f}" if tick else "" for tick in theme.nice_ticks(0, widest, 5)}
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            height,
            margin={"l": 52, "r": 16, "t": 22, "b": 46},
            xaxis=theme.plain_axis(
                colours,
                (0, max(across)),
                across,
                title={"text": "People in the base", "font": {"size": theme.SMALL, "color": colours.muted}},
            ),
            yaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
        ),
    }
    for level, dash, name in (("95", "dash", "95%"), ("998", "solid", "99.8%")):
        _add_limits(figure, limits, level, dash, name, colours)
    figure["layout"]["shapes"].append(
        theme.rule(
            colours,
            x0=0,
            x1=1,
            xref="paper",
            y0=centre,
            y1=centre,
            line={"color": colours.ink, "width": 1.5, "dash": "solid"},
        )
    )
    for own in (False, True):
        _add_dots(figure, [row for row in shown if (row["area"] == chosen) is own], indicator, colours, chosen=own)
    return figure


def _add_limits(
    figure: dict, limits: Sequence[Row], level: str, dash: str, name: str, colours: theme.Palette
) -> None:
    for side in ("lower", "upper"):
        figure["data"].append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [float(limit["denominator"]) for limit in limits],
                "y": [float(limit[f"{side}_{level}"]) for limit in limits],
                "hoverinfo": "skip",
                "line": {"color": colours.line, "width": 1.5, "dash": dash},
            }
        )
    last = limits[-1]
    figure["layout"]["annotations"].append(
        theme.note(
            name,
            float(last["denominator"]),
            float(last[f"upper_{level}"]),
            colours,
            xanchor="right",
            yanchor="bottom",
            font={"size": theme.SMALL, "color": colours.muted},
        )
    )


def _add_dots(
    figure: dict, rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, chosen: bool
) -> None:
    if not rows:
        return
    colour = colours.chosen if chosen else colours.peer
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [float(row["denominator"]) for row in rows],
            "y": [float(row["value"]) for row in rows],
            "marker": {
                "color": colour if chosen else colours.surface,
                "size": 14 if chosen else 9,
                "symbol": "circle",
                "line": {"color": colour, "width": 2},
            },
            "text": [hover(row, indicator, str(row["area"])) for row in rows],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )
    for row in rows if chosen else ():
        words = theme.note(f"<b>{row['area']}</b>", float(row["denominator"]), float(row["value"]), colours,
                           font={"size": theme.NORMAL, "color": colours.chosen})
        figure["layout"]["annotations"].append(labels.settle(figure, words, labels.AROUND_A_POINT))
