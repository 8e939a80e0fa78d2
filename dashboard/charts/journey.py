"""How far everyone who started got: one tall bar with brackets that say what its parts add up to."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts import bands, theme
from dashboard.charts.bands import Band, Row

LEAST = 640                 # pixels of the narrowest chart with brackets
TALL, SHORT = 46, 28        # pixels of the bar spoken of, and of those it is read against
TEXT, GAP = 18, 16          # a line of words; between one bar and the next
FOOT = 6                    # how far the ends of a bracket reach
SIDES = {"above": 1, "below": -1}


def journey(rows: Sequence[Row], parts: Sequence[Band], brackets: Sequence[Row], colours: theme.Palette) -> dict:
    """The first `label` as a tall bar in its brackets; each further one as a bar under its own words.

    `rows`: label, category, share (0 to 100), said; shares of 100 in the order of `parts`, hatched what is not known.
    `brackets`: label, side ('above', 'below'), categories (neighbours in the bar), text, more. Of the first label they
    are drawn; those of others are written. A part that no bracket holds has its name over it, as far as there is room.
    """
    labels, used = bands.labels_of(rows), bands.parts_of(rows, parts)
    room = LEAST - 48
    figure = _blank(colours, 14)
    depth = 0.0
    for label in labels:
        own = [each for each in brackets if each["label"] == label]
        if label == labels[0]:
            depth = _spoken_of(figure, rows, used, label, own, len(labels) > 1, room, colours)
        else:
            depth = _beside(figure, rows, used, label, own, depth, room, colours)
    figure["layout"] |= {"height": round(depth), "yaxis": theme.plain_axis(colours, (-depth, 0), {})}
    return figure


def in_little_width(rows: Sequence[Row], parts: Sequence[Band], brackets: Sequence[Row], colours: theme.Palette) -> dict:
    """Every bar under its own words, and a key that says how much of the first each part is."""
    labels, used = bands.labels_of(rows), bands.parts_of(rows, parts)
    held = {row["category"]: str(row["said"]) for row in rows if row["label"] == labels[0]}
    named = [replace(part, label=f"<b>{held[part.category]}</b> {part.label}") for part in used]
    room = theme.NARROW - 20
    figure = _blank(colours, 8)
    depth = 0.0
    for label in labels:
        own = [each for each in brackets if each["label"] == label]
        depth = _beside(figure, rows, used, label, own, depth, room, colours, tall=TALL if label == labels[0] else SHORT,
                        is_named=len(labels) > 1)
    lines, heading = [bands.key([part], colours, theme.NARROW - 16, 0) for part in named], TEXT * (len(labels) > 1)
    below = heading + sum(each.height for each in lines) + GAP
    layout, down = figure["layout"], GAP - 4 + heading
    layout |= {"height": round(depth) + below, "margin": layout["margin"] | {"b": below},
               "yaxis": theme.plain_axis(colours, (-depth, 0), {})}
    if heading:
        layout["annotations"].append(theme.note(f"{labels[0]}:", 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top",
                                                yshift=-GAP + 6, font={"size": theme.SMALL, "color": colours.ink}))
    for each in lines:
        layout["annotations"] += [note | {"yshift": note["yshift"] - down} for note in each.notes]
        down += each.height
    return figure


def _blank(colours: theme.Palette, side: int) -> dict:
    """A chart of shares with nothing in it yet, `side` pixels from either edge; its height is told once all is in it."""
    return {"data": [], "layout": theme.layout(
        colours, 0, barmode="overlay", margin={"l": side, "r": side, "t": 0, "b": 0}, xaxis=theme.plain_axis(colours, (0, 100), {}),
        yaxis={})}


def _spoken_of(figure: dict, rows: Sequence[Row], parts: Sequence[Band], label: str, brackets: Sequence[Row], is_named: bool,
               room: float, colours: theme.Palette) -> float:
    """The tall bar from the top of the chart; how deep it reaches, in pixels."""
    notes, depth = figure["layout"]["annotations"], 4.0
    if is_named:
        notes.append(_line(f"<b>{label}</b>", 0, depth, colours, size=theme.NORMAL))
        depth += TEXT + 4
    above = [each for each in brackets if each["side"] == "above"]
    below = [each for each in brackets if each["side"] == "below"]
    for each in above:
        start, _ = _span(rows, parts, label, each["categories"])
        notes.append(_line(f"<b>{each['text']}</b>" + (f", {each['more']}" if each["more"] else ""), start, depth, colours))
        depth += TEXT
    top = depth + TEXT + 2
    for each in above:
        _bracket(figure, *_span(rows, parts, label, each["categories"]), -(top - FOOT - 2), -FOOT, colours)
    taken = {category for each in brackets for category in each["categories"]}
    left_out = _names(figure, rows, [part for part in parts if part.category not in taken], parts, label, depth, room, colours)
    _bars(figure, rows, parts, label, top, TALL, room)
    depth = top + TALL
    for each in below:
        start, end = _span(rows, parts, label, each["categories"])
        if len(each["categories"]) > 1:
            _bracket(figure, start, end, -(depth + FOOT + 2), FOOT, colours)
    depth += FOOT + 4
    if left_out:
        notes.append(_line("; ".join(left_out), 100, depth - FOOT, colours, anchor="right", colour=colours.muted))
        depth += TEXT - FOOT
    # The last first: the line down from an earlier part, further left, then runs past no words.
    for each in reversed(below):
        start, end = _span(rows, parts, label, each["categories"])
        at = start if each is below[0] else (start + end) / 2
        more = theme.fitted(each["more"], room * (100 - at) / 100 - 8)
        lines = 2 + more.count("<br>")
        figure["layout"]["shapes"].append(_rule(at, at, -(top + TALL), -depth - lines * TEXT + 4, colours))
        notes.append(_line(f"<b>{each['text']}</b>", at, depth, colours, shift=8))
        notes.append(_line(more, at, depth + TEXT, colours, shift=8, colour=colours.muted))
        depth += lines * TEXT + 6
    return depth


def _beside(figure: dict, rows: Sequence[Row], parts: Sequence[Band], label: str, brackets: Sequence[Row], depth: float, room: float,
            colours: theme.Palette, tall: int = SHORT, is_named: bool = True) -> float:
    """One bar under its name and the words of its brackets, on as many lines as they need."""
    notes = figure["layout"]["annotations"]
    depth += GAP if depth else 4
    if is_named:
        notes.append(_line(f"<b>{label}</b>", 0, depth, colours))
        depth += TEXT
    for line in _filled([str(each["text"]) for each in brackets], room):
        notes.append(_line(line, 0, depth, colours))
        depth += TEXT
    depth += 2
    _bars(figure, rows, parts, label, depth, tall, room)
    return depth + tall


def _filled(texts: Sequence[str], room: float) -> list[str]:
    """The texts on lines of at most `room` pixels, as many whole ones to a line as fit."""
    lines: list[str] = []
    for text in texts:
        if lines and theme.width_of(f"{lines[-1]} · {text}") <= room:
            lines[-1] += f" · {text}"
        else:
            lines += theme.fitted(text, room).split("<br>")
    return lines


def _bars(figure: dict, rows: Sequence[Row], parts: Sequence[Band], label: str, top: float, tall: int, room: float) -> None:
    middle, own, start = -(top + tall / 2), [row for row in rows if row["label"] == label], 0.0
    for part in parts:
        trace = bands.bar(own, part, {label: middle}, tall)
        figure["data"].append(trace | {"base": [start] * len(trace["x"])})
        start += sum(trace["x"])
    figure["layout"]["annotations"] += bands.shares(rows, parts, label, middle, room)


def _span(rows: Sequence[Row], parts: Sequence[Band], label: str, categories: Sequence[str]) -> tuple[float, float]:
    """From where to where the parts of these categories, neighbours, reach."""
    start, end, at = None, 0.0, 0.0
    for part in parts:
        share = bands.share_of(rows, label, part)
        if part.category in categories:
            start, end = at if start is None else start, at + share
        at += share
    return start or 0.0, end


def _bracket(figure: dict, start: float, end: float, y: float, foot: int, colours: theme.Palette) -> None:
    figure["layout"]["shapes"] += [_rule(start, end, y, y, colours),
                                   *(_rule(each, each, y, y + foot, colours) for each in (start, end))]


def _rule(x0: float, x1: float, y0: float, y1: float, colours: theme.Palette) -> dict:
    return theme.rule(colours, x0=x0, x1=x1, y0=y0, y1=y1, line={"color": colours.ink, "width": 1.5, "dash": "solid"})


def _names(figure: dict, rows: Sequence[Row], named: Sequence[Band], parts: Sequence[Band], label: str, depth: float, room: float,
           colours: theme.Palette) -> list[str]:
    """The name over each of the `named` parts that has the room; those that have not, with their shares, as words."""
    left_out, taken = [], 0.0
    for part in named:
        start, end = _span(rows, parts, label, [part.category])
        wide = 100 * (theme.width_of(part.label) + 12) / room
        at, anchor = (100.0, "right") if start + wide > 100 else (start, "left")       # the last may begin before its part
        begins = at - wide if anchor == "right" else at
        if end == start or begins < taken or begins > end:
            left_out += [f"{bands.share_of(rows, label, part):.0f}% {part.label[:1].lower()}{part.label[1:]}"] if end > start else []
            continue
        figure["layout"]["annotations"].append(_line(part.label, at, depth, colours, shift=6 if anchor == "left" else 0, anchor=anchor))
        taken = begins + wide
    return left_out


def _line(text: str, x: float, depth: float, colours: theme.Palette, shift: int = 0, anchor: str = "left", colour: str = "",
          size: int = theme.SMALL) -> dict:
    """A line of words, its top `depth` pixels under the top of the chart."""
    return theme.note(text, x, -depth, colours, xanchor=anchor, yanchor="top", xshift=shift,
                      font={"size": size, "color": colour or colours.ink})
