"""The disability employment gap with its straight path to the target."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, theme, trend
from dashboard.words import numbers

Row = Mapping[str, object]


def gap(
    rows: Sequence[Row], targets: Sequence[Row], indicator: Indicator, colours: theme.Palette, height: int = 360,
    widths: Sequence[int] = labels.WIDE,
) -> dict:
    """The series, its target or milestones as open circles, and the straight line to the last of them.

    `rows` and `targets`: as for `trend`, one series. The first target row is where the path starts (the
    baseline); with a single row there is no path, only a mark.
    """
    both = [*rows, *targets]
    low, high = axis.value_limits(both, from_zero=True)
    ticks = axis.value_ticks(low, high, indicator)
    places = [axis.position(row) for row in both]
    span = max(places) - min(places)
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            height,
            margin={"l": 44, "r": 24, "t": 22, "b": 30},
            xaxis=theme.plain_axis(
                colours,
                (min(places) - span * 0.05, max(places) + span * 0.04),
                axis.period_ticks(_tick_rows(rows, targets)),
            ),
            yaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
        ),
    }
    _add_path(figure, targets, colours)
    trend.add_line(figure, rows, indicator, colours.series[0], indicator.title, band=True)
    _add_aims(figure, targets, indicator, colours, widths)
    trend.add_breaks(figure, rows, indicator, colours)
    trend.add_end_labels(figure, rows, {rows[-1]["series"]: colours.series[0]}, indicator, colours, widths)
    return figure


def _tick_rows(records: Sequence[Row], aims: Sequence[Row]) -> list[Row]:
    """The years a reader looks for: the baseline, the latest, every milestone and the target."""
    return [records[-1], *aims] if aims and records else list(records or aims)


def _add_path(figure: dict, aims: Sequence[Row], colours: theme.Palette) -> None:
    if len(aims) < 2:
        return
    x = [axis.position(aims[0]), axis.position(aims[-1])]
    y = [float(aims[0]["value"]), float(aims[-1]["value"])]
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "hoverinfo": "skip",
            "line": {"color": colours.line, "width": 2, "dash": "dash"},
        }
    )
    # Words to the right of a point on a falling line and above it: clear of the line at any width.
    figure["layout"]["annotations"].append(
        theme.note(
            "straight path<br>to the target",
            x[0] + 0.55 * (x[1] - x[0]),
            y[0] + 0.55 * (y[1] - y[0]),
            colours,
            xanchor="left",
            yanchor="bottom",
            xshift=4,
            yshift=2,
            font={"size": theme.SMALL, "color": colours.muted},
        )
    )


def _add_aims(
    figure: dict, aims: Sequence[Row], indicator: Indicator, colours: theme.Palette, widths: Sequence[int], word: str = "Target"
) -> None:
    """Open circles with their words; the first of several is the baseline, which the series shows."""
    shown = aims[1:] if len(aims) > 1 else aims
    if not shown:
        return
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [axis.position(row) for row in shown],
            "y": [float(row["value"]) for row in shown],
            "marker": {"size": 12, "color": colours.surface, "line": {"color": colours.target, "width": 3}},
            "text": [
                f"{word} {row['period_label']}: <b>{numbers.amount(row['value'], indicator)}</b>"
                for row in shown
            ],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )
    left, right = figure["layout"]["xaxis"]["range"]
    ground = labels.Ground(figure, widths)
    for row in shown:
        where = axis.position(row)
        # Early labels run to the right of their circle, late ones back from it.
        place = (
            {"xanchor": "left", "yanchor": "middle", "xshift": 12}
            if where < left + 0.7 * (right - left)
            else {"xanchor": "right", "yanchor": "top", "xshift": 10, "yshift": -12}
        )
        words = theme.note(f"<b>{word} {numbers.amount(row['value'], indicator, short=True)}</b>", where,
                           float(row["value"]), colours, font={"size": theme.NORMAL, "color": colours.target})
        figure["layout"]["annotations"].append(ground.settle(words, (place, *labels.AROUND_A_POINT)))
