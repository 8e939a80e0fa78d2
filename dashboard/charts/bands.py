"""Bars of stacked shares that add to the whole: a journey by cohort, or improved, same and declined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import theme

Row = Mapping[str, object]


@dataclass(frozen=True)
class Band:
    """One part of every bar. `hatched` marks what is not known rather than what happened."""

    category: str
    label: str
    colour: str
    ink: str
    hatched: bool = False


def bands(rows: Sequence[Row], parts: Sequence[Band], colours: theme.Palette, unripe: Sequence[str] = (),
          row_height: int = 46) -> dict:
    """One horizontal bar for each `label` in order, its parts in the order given, shares of 100.

    `rows`: label, category, share (0 to 100) and optionally `text` (words for the reader who points).
    `unripe` labels (too recent to be judged) are hatched all along.
    """
    labels = list(dict.fromkeys(row["label"] for row in rows))
    places = {label: len(labels) - number for number, label in enumerate(labels)}
    longest = max((len(str(label)) for label in labels), default=6)
    figure = {
        "data": [_bar(rows, part, places, unripe) for part in parts],
        "layout": theme.layout(
            colours, 76 + row_height * max(len(labels), 2), barmode="stack", bargap=0.28,
            margin={"l": min(16 + int(7.0 * longest), 200), "r": 16, "t": 44, "b": 30},
            xaxis=theme.value_axis(colours, (0, 100), {n: f"{n}%" for n in (0, 25, 50, 75, 100)}),
            yaxis=theme.plain_axis(colours, (0.4, len(labels) + 0.6),
                                   {float(place): str(label) for label, place in places.items()},
                                   tickfont={"size": theme.SMALL, "color": colours.ink})),
    }
    if labels:
        _add_part_names(figure, rows, parts, labels[0], places[labels[0]], colours)
    _add_shares(figure, rows, parts, places)
    return figure


def share_of(rows: Sequence[Row], label: object, part: Band) -> float:
    """The share of one part in the bar of that label; 0 where it has none."""
    return next((float(row["share"]) for row in rows if row["label"] == label and row["category"] == part.category), 0.0)


def pattern(hatched: Sequence[bool], ink: str) -> dict:
    """The stripes of what is not known, over the bars that are `hatched`."""
    return {"shape": ["/" if each else "" for each in hatched], "fgcolor": ink, "size": 6, "solidity": 0.2}


def _bar(rows: Sequence[Row], part: Band, places: Mapping[str, int], unripe: Sequence[str]) -> dict:
    own = [row for row in rows if row["category"] == part.category]
    marker: dict = {"color": part.colour, "line": {"width": 1, "color": part.ink}}
    hatched = [part.hatched or row["label"] in unripe for row in own]
    if any(hatched):
        marker["pattern"] = pattern(hatched, part.ink)
    return {
        "type": "bar", "orientation": "h", "name": part.label, "x": [float(row["share"]) for row in own],
        "y": [places[row["label"]] for row in own], "width": 0.72, "marker": marker,
        "text": [str(row.get("text") or f"{part.label}: {row['share']:.0f}%") for row in own],
        "textposition": "none", "hovertemplate": "%{text}<extra></extra>"}


def _add_part_names(figure: dict, rows: Sequence[Row], parts: Sequence[Band], first: str, place: int,
                    colours: theme.Palette) -> None:
    """Each part's name above the first bar, over the part itself; narrow parts are named in the table."""
    left = 0.0
    for part in parts:
        share = share_of(rows, first, part)
        if share >= 9:
            figure["layout"]["annotations"].append(theme.note(
                part.label, left, place + 0.42, colours, xanchor="left", yanchor="bottom",
                font={"size": theme.SMALL, "color": colours.ink}))
        left += share


def _add_shares(figure: dict, rows: Sequence[Row], parts: Sequence[Band], places: Mapping[str, int]) -> None:
    """The share in words inside each part that has room for it."""
    for label, place in places.items():
        left = 0.0
        for part in parts:
            share = share_of(rows, label, part)
            if share >= 7 and not part.hatched:
                figure["layout"]["annotations"].append({
                    "text": f"{share:.0f}%", "x": left + share / 2, "y": place, "xref": "x", "yref": "y",
                    "showarrow": False, "xanchor": "center", "yanchor": "middle",
                    "font": {"size": theme.SMALL, "color": part.ink}})
            left += share
