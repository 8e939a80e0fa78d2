"""Bars of stacked shares that add to the whole: their names beside them, or over them where there is little width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import theme

Row = Mapping[str, object]
LEAST = 480                      # pixels of the narrowest chart with names beside its bars
ROW, KEY_ROW = 58, 20            # pixels of a bar under its name, of a line of the key
UNDER_NAME, FOOT = 28, 4         # of a bar under its name: pixels that are not the bar's, and those of them under it
SIGN = 18                        # pixels of a sign of the key
QUARTERS = {n: f"{n}%" for n in (0, 25, 50, 75, 100)}


@dataclass(frozen=True)
class Band:
    """One part of every bar. `hatched` marks what is not known rather than what happened."""

    category: str
    label: str
    colour: str
    ink: str
    hatched: bool = False


def bands(rows: Sequence[Row], parts: Sequence[Band], colours: theme.Palette, row_height: int = 40) -> dict:
    """One horizontal bar for each `label` in order, its parts in the order given, shares of 100.

    `rows`: label, category, share (0 to 100). The parts are named over the first bar where each has the room, else under
    the axis; parts that no bar has are left out.
    """
    labels, used = labels_of(rows), parts_of(rows, parts)
    places = {label: len(labels) - number for number, label in enumerate(labels)}
    left = 16 + round(max((theme.width_of(label) for label in labels), default=0))
    room = LEAST - left - 24
    named = [share_of(rows, labels[0], part) * room / 100 >= theme.width_of(part.label) + 8 for part in used]
    signs = key(used, colours, LEAST - 16, 32, left - 8)
    below = 34 if all(named) else 36 + signs.height
    figure = {"data": [bar(rows, part, places, 0.74 if row_height < 30 else 0.66) for part in used], "layout": theme.layout(
        colours, below + (34 if all(named) else 10) + row_height * max(len(labels), 1), barmode="stack",
        margin={"l": left, "r": 24, "t": 34 if all(named) else 10, "b": below},
        xaxis=theme.value_axis(colours, (0, 100), QUARTERS),
        yaxis=theme.plain_axis(colours, (0.5, len(labels) + 0.5), {float(place): label for label, place in places.items()},
                               tickfont={"size": theme.SMALL, "color": colours.ink}))}
    notes = figure["layout"]["annotations"]
    for label, place in places.items():
        notes += shares(rows, used, label, place, room)
    notes += _names(rows, used, labels[0], colours) if all(named) else signs.notes
    return figure


def stacks(rows: Sequence[Row], parts: Sequence[Band], colours: theme.Palette, row_height: int = ROW) -> dict:
    """The same where there is little width: the name over each bar, and a key below."""
    labels, used = labels_of(rows), parts_of(rows, parts)
    places = {label: len(labels) - number for number, label in enumerate(labels)}
    height = max(row_height, 46)
    thick = height - UNDER_NAME
    down = 0.5 - (FOOT + thick / 2) / height
    signs = key(used, colours, theme.NARROW - 16, 32, 6)
    below = 36 + signs.height
    figure = {"data": [bar(rows, part, places, thick / height, down) for part in used], "layout": theme.layout(
        colours, below + 6 + height * max(len(labels), 1), barmode="stack", margin={"l": 14, "r": 18, "t": 6, "b": below},
        xaxis=theme.value_axis(colours, (0, 100), QUARTERS),
        yaxis=theme.plain_axis(colours, (0.5, len(labels) + 0.5), {}))}
    notes = figure["layout"]["annotations"]
    for label, place in places.items():
        notes.append(theme.note(label, 0, place + 0.5, colours, xanchor="left", yanchor="top", yshift=-3, xshift=-3,
                                font={"size": theme.NORMAL, "color": colours.ink}))
        notes += shares(rows, used, label, place - down, theme.NARROW - 32)
    notes += signs.notes
    return figure


def labels_of(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(str(row["label"]) for row in rows))


def parts_of(rows: Sequence[Row], parts: Sequence[Band]) -> list[Band]:
    """The parts that some bar has."""
    held = {row["category"] for row in rows}
    return [part for part in parts if part.category in held]


def share_of(rows: Sequence[Row], label: object, part: Band) -> float:
    """The share of one part in the bar of that label; 0 where it has none."""
    return next((float(row["share"]) for row in rows if row["label"] == label and row["category"] == part.category), 0.0)


def pattern(hatched: Sequence[bool], ink: str) -> dict:
    """The stripes of what is not known, over the bars that are `hatched`."""
    return {"shape": ["/" if each else "" for each in hatched], "fgcolor": ink, "size": 6, "solidity": 0.2}


def bar(rows: Sequence[Row], part: Band, places: Mapping[str, float], width: float, down: float = 0.0) -> dict:
    """The stretch of one part in every bar, `width` of a row tall and `down` of one under its middle."""
    own = [row for row in rows if row["category"] == part.category]
    marker: dict = {"color": part.colour, "line": {"width": 1, "color": part.ink}}
    if part.hatched:
        marker["pattern"] = pattern([True] * len(own), part.ink)
    return {"type": "bar", "orientation": "h", "name": part.label, "x": [float(row["share"]) for row in own],
            "y": [places[str(row["label"])] - down for row in own], "width": width, "marker": marker,
            "hoverinfo": "skip"}


def shares(rows: Sequence[Row], parts: Sequence[Band], label: str, place: float, room: float) -> list[dict]:
    """The share inside each part of one bar that has the room for it, where the whole has `room` pixels."""
    notes, left = [], 0.0
    for part in parts:
        share = share_of(rows, label, part)
        words = f"{share:.0f}%"
        if share * room / 100 >= theme.width_of(words) + 6:
            notes.append({"text": f"<b>{words}</b>" if part.hatched else words, "x": left + share / 2, "y": place, "xref": "x",
                          "yref": "y", "showarrow": False, "xanchor": "center", "yanchor": "middle",
                          "font": {"size": theme.SMALL, "color": part.ink}} | ({"bgcolor": part.colour} if part.hatched else {}))
        left += share
    return notes


def _names(rows: Sequence[Row], parts: Sequence[Band], label: str, colours: theme.Palette) -> list[dict]:
    """Each part's name over its stretch of the first bar."""
    notes, left = [], 0.0
    for part in parts:
        notes.append(theme.note(part.label, left, 1, colours, yref="paper", xanchor="left", yanchor="bottom", yshift=2,
                                font={"size": theme.SMALL, "color": colours.ink}))
        left += share_of(rows, label, part)
    return notes


@dataclass(frozen=True)
class Key:
    """Signs and names in the order of the bar: notes to put under a plot, and the pixels they take."""

    notes: list[dict]
    height: int


def key(parts: Sequence[Band], colours: theme.Palette, room: float, top: int, left: int = 0) -> Key:
    """Every part's sign and name in lines of `room` pixels, from `top` under the plot and `left` of its edge."""
    notes, at, line = [], 0.0, 0
    for part in parts:
        name = theme.fitted(part.label, room - SIGN)
        wide = SIGN + theme.width_of(name) + 18
        if at and at + wide - 18 > room:
            at, line = 0.0, line + 1
        where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -top - KEY_ROW * line}
        pale = part.colour in (colours.band, colours.surface)
        notes.append(theme.note("▨" if part.hatched else "□" if pale else "■", 0, 0, colours, xshift=round(at) - left,
                                font={"size": 16, "color": part.ink if part.hatched or pale else part.colour}, **where))
        notes.append(theme.note(name, 0, 0, colours, xshift=round(at) - left + SIGN, font={"size": theme.SMALL, "color": colours.ink},
                                **where | {"yshift": where["yshift"] - 2}))
        at, line = at + wide, line + name.count("<br>")
        if "<br>" in name:
            at = room
    return Key(notes, KEY_ROW * (line + 1))
