"""How many agree with each statement: a dot and its interval, the other answers as numbers beside it."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, theme
from dashboard.charts.dots import reach
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
LEAST, LONGEST = 620, 42      # pixels of the narrowest chart with columns; letters of a statement beside its dot
LINED, COLUMN = 38, 80        # pixels of a row; of a column of numbers


def agreement(rows: Sequence[Row], series: Sequence[Row], indicator: Indicator, colours: theme.Palette) -> dict:
    """A row a `label` in the order given: the first of `series` (name, label) as a dot, all of them as numbers.

    `rows`: label, series, value, lower_ci, upper_ci, obs_status, period_label, shares of a whole. The axis is cut: a dot
    and its interval have no length to mislead.
    """
    labels = list(dict.fromkeys(str(row["label"]) for row in rows))
    names = [theme.wrapped(label, LONGEST) for label in labels]
    right = 10 + COLUMN * len(series)
    figure = _figure(rows, series, labels, LINED, 0.0, {"l": 16 + round(max(map(theme.width_of, names), default=0)), "r": right, "t": 28},
                     indicator, colours)
    layout = figure["layout"]
    layout["yaxis"] |= {"tickvals": [float(place) for place in range(len(labels), 0, -1)], "ticktext": names}
    held = {(str(row["label"]), row["series"]): row for row in rows}
    for number, each in enumerate(series):
        at = {"xref": "paper", "xanchor": "right", "xshift": 10 + COLUMN * (number + 1) - 4}
        layout["annotations"].append(theme.note(_strong(each["label"], not number), 1, 1, colours, yref="paper", yanchor="bottom", yshift=6,
                                                font={"size": theme.SMALL, "color": colours.muted}, **at))
        layout["annotations"] += [
            theme.note(_strong(numbers.value_text(held[label, each["name"]], indicator, short=True), not number), 1, float(place), colours,
                       font={"size": theme.SMALL, "color": colours.ink}, **at)
            for place, label in zip(range(len(labels), 0, -1), labels, strict=True)]
    return figure


def under_statements(rows: Sequence[Row], series: Sequence[Row], indicator: Indicator, colours: theme.Palette) -> dict:
    """The same where there is little width: the statement and its numbers over the dot."""
    labels = list(dict.fromkeys(str(row["label"]) for row in rows))
    held = {(str(row["label"]), row["series"]): row for row in rows}
    names = [theme.fitted(label, theme.NARROW - 24) for label in labels]
    height = 66 + 17 * max((name.count("<br>") for name in names), default=0)
    figure = _figure(rows, series, labels, height, 0.5 - 16 / height, {"l": 16, "r": 16, "t": 6}, indicator, colours)
    for place, label, name in zip(range(len(labels), 0, -1), labels, names, strict=True):
        answers = " · ".join(f"{_strong(numbers.value_text(held[label, each['name']], indicator, short=True), not number)} {each['label'].lower()}"
                             for number, each in enumerate(series))
        figure["layout"]["annotations"].append(theme.note(
            f"{name}<br>{answers}", 0, place + 0.5, colours, xref="paper", xanchor="left", yanchor="top", xshift=-12,
            bgcolor=colours.surface, borderpad=1, font={"size": theme.SMALL, "color": colours.ink}))
    return figure


def _strong(text: str, is_first: bool) -> str:
    return f"<b>{text}</b>" if is_first else text


def _figure(rows: Sequence[Row], series: Sequence[Row], labels: Sequence[str], height: int, down: float, margin: Mapping[str, int],
            indicator: Indicator, colours: theme.Palette) -> dict:
    held = {str(row["label"]): row for row in rows if row["series"] == series[0]["name"]}
    shown = [(label, held[label]) for label in labels if not is_missing(held[label]["value"])]
    ticks = axis.value_ticks(*axis.value_limits([row for _, row in shown], from_zero=False), indicator, most=5)
    ticks = {at: label for at, label in ticks.items() if at <= 100}
    places = {label: place - down for place, label in zip(range(len(labels), 0, -1), labels, strict=True)}
    return {"data": [{
        "type": "scatter", "mode": "markers", "name": series[0]["label"], "x": [float(row["value"]) for _, row in shown],
        "y": [places[label] for label, _ in shown], "hoverinfo": "skip",
        "marker": {"color": colours.series[0], "size": 10, "symbol": "circle", "line": {"color": colours.series[0], "width": 2}},
        "error_x": {"type": "data", "symmetric": False, "color": colours.series[0], "thickness": 2, "width": 0,
                    "array": [reach(row, "upper_ci") for _, row in shown],
                    "arrayminus": [reach(row, "lower_ci") for _, row in shown]}}],
        "layout": theme.layout(
            colours, margin["t"] + 36 + height * max(len(labels), 1), margin={"b": 32, **margin},
            xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
            yaxis=theme.plain_axis(colours, (0.5, len(labels) + 0.5), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
