"""Stacked bars with their names above them and a key below, so that they read at any width."""

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.bands import Band, Row, share_of

ROW, KEY_ROW, NARROWEST_SHARE = 52, 20, 9.0
SHORT_NAME = 16   # characters that fit half of the narrowest screen


def stacks(rows: Sequence[Row], parts: Sequence[Band], colours: theme.Palette, row_height: int = ROW,
           numbers: bool = True) -> dict:
    """One horizontal bar for each `label`, in order; its parts in the order of `parts`, shares of 100.

    `rows`: label, category, share (0 to 100) and `text` (words for the reader who points). A hatched part is not
    known. Parts that no bar has are left out of the key. `numbers` writes each share into its part.
    """
    labels = list(dict.fromkeys(row["label"] for row in rows))
    held = {row["category"] for row in rows}
    used = [part for part in parts if part.category in held]
    places = {label: len(labels) - number for number, label in enumerate(labels)}
    below = 44 + KEY_ROW * _key_rows(used)
    figure = {
        "data": [_bar(rows, part, places) for part in used],
        "layout": theme.layout(
            colours, below + 10 + row_height * max(len(labels), 1), barmode="stack",
            margin={"l": 14, "r": 16, "t": 8, "b": below},
            xaxis=theme.value_axis(colours, (0, 100), {n: f"{n}%" for n in (0, 25, 50, 75, 100)}),
            yaxis=theme.plain_axis(colours, (0.62, len(labels) + 0.78), {})),
    }
    notes = figure["layout"]["annotations"]
    for label, place in places.items():
        notes.append(theme.note(str(label), 0, place + 0.22, colours, xanchor="left", yanchor="bottom", xshift=-3,
                                font={"size": theme.NORMAL, "color": colours.ink}))
        notes += _shares(rows, used, label, place) if numbers else []
    notes += _key(used, colours)
    return figure


def _bar(rows: Sequence[Row], part: Band, places: dict[str, int]) -> dict:
    own = [row for row in rows if row["category"] == part.category]
    marker: dict = {"color": part.colour, "line": {"width": 1, "color": part.ink}}
    if part.hatched:
        marker["pattern"] = {"shape": "/", "fgcolor": part.ink, "bgcolor": part.colour, "size": 6, "solidity": 0.2}
    return {
        "type": "bar", "orientation": "h", "name": part.label, "x": [float(row["share"]) for row in own],
        "y": [places[row["label"]] - 0.06 for row in own], "width": 0.46, "marker": marker,
        "text": [str(row["text"]) for row in own], "textposition": "none", "hovertemplate": "%{text}<extra></extra>"}


def _shares(rows: Sequence[Row], parts: Sequence[Band], label: object, place: int) -> list[dict]:
    """The share inside each part that has room for it."""
    notes, left = [], 0.0
    for part in parts:
        share = share_of(rows, label, part)
        if share >= NARROWEST_SHARE:
            notes.append({"text": f"<b>{share:.0f}%</b>" if part.hatched else f"{share:.0f}%", "x": left + share / 2,
                          "y": place - 0.06, "xref": "x", "yref": "y",
                          "showarrow": False, "xanchor": "center", "yanchor": "middle",
                          "font": {"size": theme.SMALL, "color": part.ink},
                          **({"bgcolor": part.colour} if part.hatched else {})})
        left += share
    return notes


def _key_rows(parts: Sequence[Band]) -> int:
    """Two columns where every name is short enough for the narrowest screen, else one."""
    return (len(parts) + 1) // 2 if max((len(part.label) for part in parts), default=0) <= SHORT_NAME else len(parts)


def _key(parts: Sequence[Band], colours: theme.Palette) -> list[dict]:
    """Every part's sign and name in the order of the bar, under the axis."""
    notes, rows = [], _key_rows(parts)
    for number, part in enumerate(parts):
        column, row = divmod(number, rows)
        where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "middle", "yshift": -42 - KEY_ROW * row}
        pale = part.colour in (colours.band, colours.surface)
        notes.append(theme.note("▨" if part.hatched else "□" if pale else "■", 0.5 * column, 0, colours,
                                font={"size": 16, "color": part.ink if part.hatched or pale else part.colour}, **where))
        notes.append(theme.note(part.label, 0.5 * column, 0, colours, xshift=18,
                                font={"size": theme.SMALL, "color": colours.ink}, **where))
    return notes
