"""Bars of three answers around the middle one: what declined to the left, what improved to the right, shares of a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.charts import theme, tiles
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
@dataclass(frozen=True)
class Series:
    """One of the three answers: its value in the column `series`, its words and colour."""

    name: str
    label: str
    colour: str


ROW, WIDE = 58, 0.5       # pixels of a row: its heading and its bar; how much of it the bar fills


def divided(rows: Sequence[Row], series: Sequence[Series], indicator: Indicator, colours: theme.Palette) -> dict:
    """One bar a `label` under its heading, its three parts centred on the second of `series` (good, neither, bad).

    `rows`: label, series, value (0 to 100), its limits, obs_status, period_label, heading. A label without shares has its
    heading and its marks alone. Intervals are in the table.
    """
    good, neither, bad = series
    held = {(str(row["label"]), row["series"]): row for row in rows}
    labels = list(dict.fromkeys(str(row["label"]) for row in rows))
    drawn = [label for label in labels if not any(is_missing(held[label, each.name]["value"]) for each in series)]
    middle = {label: float(held[label, neither.name]["value"]) / 2 for label in drawn}
    reach = [max((middle[label] + float(held[label, side.name]["value"]) for label in drawn), default=50.0) for side in (bad, good)]
    left, right = -reach[0] - 1, reach[1] + 1
    places = {label: len(labels) - number for number, label in enumerate(labels)}
    figure = {"data": [], "layout": theme.layout(
        colours, 34 + ROW * len(labels), margin={"l": 4, "r": 4, "t": 26, "b": 8}, barmode="overlay",
        xaxis=theme.plain_axis(colours, (left, right), {}), yaxis=theme.plain_axis(colours, (0.5, len(labels) + 0.7), {}))}
    notes = figure["layout"]["annotations"]
    starts = {bad.name: lambda label: -middle[label] - float(held[label, bad.name]["value"]),
              neither.name: lambda label: -middle[label], good.name: lambda label: middle[label]}
    for each in (bad, neither, good):
        own = [held[label, each.name] for label in drawn]
        figure["data"].append({
            "type": "bar", "orientation": "h", "name": each.label, "base": [starts[each.name](label) for label in drawn],
            "x": [float(row["value"]) for row in own], "y": [places[label] - 0.12 for label in drawn], "width": WIDE,
            "marker": {"color": each.colour, "line": {"width": 1, "color": colours.surface}},
            "hoverinfo": "skip"})
        notes += [theme.note(numbers.value_text(row, indicator, short=True), starts[each.name](label) + float(row["value"]) / 2,
                             places[label] - 0.12, colours, xanchor="center", yanchor="middle",
                             font={"size": theme.SMALL, "color": tiles.ink_on(each.colour, colours)})
                  for label, row in zip(drawn, own, strict=True)]
    for label in labels:
        row = held[label, neither.name]
        told = "" if label in drawn else f"  {numbers.value_text(row, indicator, short=True)}"
        notes += [theme.note(words, at, places[label] + 0.33, colours, xref="paper", xanchor=anchor, yanchor="middle",
                             font={"size": theme.SMALL, "color": ink})
                  for words, at, anchor, ink in ((label, 0, "left", colours.ink),
                                                 (f"{row.get('heading') or ''}{told}", 1, "right", colours.muted)) if words]
    notes += [theme.note(words, at, 1, colours, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", yshift=4,
                         font={"size": theme.SMALL, "color": colours.muted})
              for words, at, anchor in ((bad.label, 0, "left"), (good.label, 1, "right"),
                                        (neither.label, -left / (right - left), "center"))]
    return figure
