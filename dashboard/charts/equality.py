"""Gaps with the range the unknown allow, and the journey parity strip. Groups in their own order, never ranked."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.charts import theme
from dashboard.charts.bands import pattern
from dashboard.charts.dots import verdict_colour

Row = Mapping[str, object]

BAR, BAND = 0.42, 0.78          # of a row: how tall the bar of participants is, and the band of populations behind it
LEAST, LINED = 540, 36          # pixels of the narrowest chart with words beside its bars, and of its rows
LONGEST_GROUP, LONGEST_WORDS = 170, 190     # pixels of a name, and of the words, on one line
POPULATIONS = (("│", "solid"), ("┆", "dash"), ("┊", "dot"), ("¦", "dashdot"))      # the signs and lines of populations, in their order
DRAWN = 34                      # pixels of a row for its drawing, under its words
SIGNS = {"better": "▲", "worse": "◆", "none": "", "off": "", "neutral": ""}


def gaps(rows: Sequence[Row], colours: theme.Palette) -> dict:
    """A row a group: its gap to everyone else in points, its name left and its words right.

    rows: label, value, lower_ci, upper_ci, lowest, highest (None where hidden), verdict (better, worse, none, off),
    words and text (on pointing). The thick line is the 95% interval, the thin one with ends
    the range that unknown answers allow. Rows without a value carry only their words: nothing unknown is left out.
    """
    return _beside(rows, lambda places, height, margin: _gaps(rows, places, LINED / height, height, margin, colours, whole=True), colours)


def gaps_under_names(rows: Sequence[Row], colours: theme.Palette) -> dict:
    """The same where there is little width: each group and its words over its mark."""
    return _under(rows, lambda places, thick, height, margin: _gaps(rows, places, thick, height, margin, colours, whole=False), colours)


def _gaps(rows: Sequence[Row], places: Sequence[float], thick: float, height: int, margin: Mapping[str, int], colours: theme.Palette,
          whole: bool) -> dict:
    """The marks at these places, and the line they are read against: whole, or beside the marks where words stand between."""
    numbers = [float(row[name]) for row in rows for name in ("value", "lower_ci", "upper_ci", "lowest", "highest")
               if row.get(name) is not None]
    ticks = theme.nice_ticks(min([0.0, *numbers]), max([0.0, *numbers]), 5)
    reach = ticks[-1] - ticks[0]
    figure = {"data": [], "layout": theme.layout(
        colours, 56 + height * len(rows), margin={"t": 24, "b": 32, **margin},
        xaxis=theme.value_axis(colours, (ticks[0] - 0.02 * reach, ticks[-1] + 0.02 * reach), {tick: signed(tick) for tick in ticks}),
        yaxis=theme.plain_axis(colours, (0.5, len(rows) + 0.5), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
    stretches = [(0, 1, "paper")] if whole else [(place - thick / 2, place + thick / 2, "y") for place in places]
    figure["layout"]["shapes"] += [theme.rule(colours, x0=0, x1=0, y0=foot, y1=top, yref=ref,
                                              line={"color": colours.ink, "width": 1.5, "dash": "solid"}) for foot, top, ref in stretches]
    figure["layout"]["annotations"].append(theme.note(
        "Everyone else", 0, 1, colours, yref="paper", yanchor="bottom", xanchor="center", yshift=2,
        font={"size": theme.SMALL, "color": colours.ink}))
    for row, place in zip(rows, places, strict=True):
        if row.get("value") is not None:
            _gap_row(figure, row, place, thick * 0.2, colours)
    return figure


def _beside(rows: Sequence[Row], drawn: Callable[..., dict], colours: theme.Palette) -> dict:
    """What is drawn with the rows' names left of it and their words right of it."""
    names = [theme.fitted(str(row["label"]), LONGEST_GROUP) for row in rows]
    words = [theme.fitted(str(row["words"]), LONGEST_WORDS) for row in rows]
    height = max(LINED, 8 + 17 * (1 + max(each.count("<br>") for each in (*names, *words))))
    margin = {"l": 16 + round(max(map(theme.width_of, names))), "r": 18 + round(max(map(theme.width_of, words)))}
    places = [float(place) for place in range(len(rows), 0, -1)]
    figure = drawn(places, height, margin)
    figure["layout"]["yaxis"] |= {"tickvals": places, "ticktext": names}
    figure["layout"]["annotations"] += [
        theme.note(text, 1, place, colours, xref="paper", xanchor="left", xshift=12, font={"size": theme.SMALL, "color": colours.ink})
        for text, place in zip(words, places, strict=True)]
    return figure


def _under(rows: Sequence[Row], drawn: Callable[..., dict], colours: theme.Palette) -> dict:
    """What is drawn with each row's name and words over it."""
    words = [theme.fitted(f"{row['label']}: {row['words']}", theme.NARROW - 24) for row in rows]
    height = DRAWN + 18 + 17 * max(each.count("<br>") for each in words)
    places = [float(place) for place in range(len(rows), 0, -1)]
    figure = drawn([place - 0.5 + DRAWN / 2 / height for place in places], DRAWN / height, height, {"l": 14, "r": 16})
    for text, row, place in zip(words, rows, places, strict=True):
        name = f"{row['label']}:"
        figure["layout"]["annotations"].append(theme.note(
            text.replace(name, f"<b>{name}</b>", 1), 0, place - 0.5, colours, xref="paper", xanchor="left", yanchor="bottom", xshift=-10,
            yshift=DRAWN - 4, bgcolor=colours.surface, borderpad=1, font={"size": theme.SMALL, "color": colours.ink}))
    return figure


def signed(value: float) -> str:
    """'−5', '0', '+2.5'."""
    text = f"{abs(value):g}"
    return f"−{text}" if value < 0 else f"+{text}" if value > 0 else "0"


def _gap_row(figure: dict, row: Row, at: float, half: float, colours: theme.Palette) -> None:
    colour = verdict_colour(str(row["verdict"]), colours)
    if row.get("lowest") is not None:
        figure["layout"]["shapes"] += [
            theme.rule(colours, x0=row["lowest"], x1=row["highest"], y0=at, y1=at,
                       line={"color": colours.line, "width": 1, "dash": "solid"}),
            *(theme.rule(colours, x0=row[end], x1=row[end], y0=at - half, y1=at + half,
                         line={"color": colours.line, "width": 1.5, "dash": "solid"}) for end in ("lowest", "highest"))]
    open_mark = row["verdict"] in ("none", "off")
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": [float(row["value"])], "y": [at],
        "marker": {"color": colours.surface if open_mark else colour, "size": 10,
                   "symbol": "diamond" if row["verdict"] == "worse" else "circle",
                   "line": {"color": colour, "width": 2}},
        "error_x": {"type": "data", "symmetric": False, "color": colour, "thickness": 3, "width": 0,
                    "array": [float(row["upper_ci"]) - float(row["value"])],
                    "arrayminus": [float(row["value"]) - float(row["lower_ci"])]},
        "text": [row["text"]], "hovertemplate": "%{text}<extra></extra>"})


def strip(rows: Sequence[tuple[str, Sequence[Row]]], steps: Sequence[str], colours: theme.Palette) -> dict:
    """A strip a group: one box a step from start to lasting work, relative to everyone else.

    rows: (group, boxes); a box has words (at most eight characters) and verdict (better, worse, none, off or hidden).
    Colour and sign say the direction; the words say how much.
    """
    count = len(rows)
    figure = {"data": [], "layout": theme.layout(
        colours, 34 + 56 * count, margin={"l": 4, "r": 4, "t": 26, "b": 6}, barmode="overlay",
        xaxis=theme.plain_axis(colours, (0, len(steps)), {at + 0.5: name for at, name in enumerate(steps)},
                               side="top", tickfont={"size": theme.SMALL, "color": colours.ink}),
        yaxis=theme.plain_axis(colours, (count, 0), {}))}
    for place, (name, boxes) in enumerate(rows):
        figure["layout"]["annotations"].append(theme.note(
            f"<b>{name}</b>", 0, place + 0.2, colours, xref="paper", xanchor="left", yanchor="middle",
            font={"size": theme.NORMAL, "color": colours.ink}))
        for at, box in enumerate(boxes):
            _box(figure, box, at, place, colours)
    return figure


def _box(figure: dict, box: Row, at: int, place: int, colours: theme.Palette) -> None:
    verdict = str(box["verdict"])
    solid = verdict in ("better", "worse")
    fill = verdict_colour(verdict, colours) if solid else colours.surface if verdict == "hidden" else colours.band
    figure["data"].append({
        "type": "bar", "orientation": "h", "base": [at + 0.02], "x": [0.96], "y": [place + 0.66], "width": 0.48, "hoverinfo": "skip",
        "marker": {"color": fill, "line": {"color": colours.line, "width": 0 if solid else 1}}})
    sign = SIGNS.get(verdict, "")
    figure["layout"]["annotations"].append(theme.note(
        f"{sign} {box['words']}".strip(), at + 0.5, place + 0.66, colours, xanchor="center", yanchor="middle",
        align="center", font={"size": theme.SMALL, "color": colours.surface if solid else colours.ink}))


def shares(rows: Sequence[Row], colours: theme.Palette, populations: Sequence[str] = ()) -> dict:
    """A bar a group of its share of participants, its interval in it, against its share of each population.

    rows: label, words, value, lower_ci, upper_ci (None where hidden), shares: its share of each of `populations`, in their order
    and None where not held. Where several populations are held, the ground between them is shaded. Rows without a value have
    their words; those with an `unknown` share (of everyone, 0 to 100) have it hatched.
    """
    return _beside(rows, lambda places, height, margin: _shares(
        rows, places, LINED / height, height, margin, populations, colours, LEAST), colours)


def shares_under_names(rows: Sequence[Row], colours: theme.Palette, populations: Sequence[str] = ()) -> dict:
    """The same where there is little width: each group and its words over its bar."""
    return _under(rows, lambda places, thick, height, margin: _shares(
        rows, places, thick, height, margin, populations, colours, theme.NARROW), colours)


def _shares(rows: Sequence[Row], places: Sequence[float], thick: float, height: int, margin: Mapping[str, int],
            populations: Sequence[str], colours: theme.Palette, room: int) -> dict:
    """The bars at these places, `thick` of a row tall with their ground, an axis of shares and a key of `room` pixels."""
    numbers = [float(value) for row in rows for value in (row.get("upper_ci"), row.get("unknown"), *row.get("shares", ())) if value is not None]
    ticks = theme.nice_ticks(0.0, max(numbers, default=100.0), 5)
    key = [line for name in ("■ Participants, and the interval", *(f"{sign} {name}" for (sign, _), name in zip(
        POPULATIONS, populations, strict=False))) for line in theme.fitted(name, room - 16).split("<br>")]
    figure = {"data": [], "layout": theme.layout(
        colours, 44 + height * len(rows) + 18 * len(key), margin={"t": 8, "b": 34 + 18 * len(key), **margin}, barmode="overlay",
        xaxis=theme.value_axis(colours, (ticks[0], 1.02 * ticks[-1]), {tick: f"{tick:g}%" for tick in ticks}),
        yaxis=theme.plain_axis(colours, (0.5, len(rows) + 0.5), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
    for row, place in zip(rows, places, strict=True):
        _share_row(figure, row, place, thick, colours)
    figure["layout"]["annotations"] += [
        theme.note(words, 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-32 - 18 * line,
                   xshift=8 - margin["l"], font={"size": theme.SMALL, "color": colours.ink if line else colours.series[0]}) for line, words in enumerate(key)]
    return figure


def _share_row(figure: dict, row: Row, at: float, thick: float, colours: theme.Palette) -> None:
    shapes, held = figure["layout"]["shapes"], [each for each in row.get("shares", ()) if each is not None]
    if len(held) > 1:
        shapes.append({"type": "rect", "xref": "x", "yref": "y", "layer": "below", "x0": min(held), "x1": max(held),
                       "y0": at - thick * BAND / 2, "y1": at + thick * BAND / 2, "fillcolor": colours.band_strong, "line": {"width": 0}})
    if row.get("value") is not None:
        figure["data"].append({
            "type": "bar", "orientation": "h", "base": [0], "x": [float(row["value"])], "y": [at], "width": thick * BAR, "hoverinfo": "skip",
            "marker": {"color": colours.series[0]}})
        shapes += [theme.rule(colours, x0=float(row["lower_ci"]), x1=float(row["upper_ci"]), y0=at, y1=at, layer="above",
                              line={"color": colour, "width": width, "dash": "solid"})
                   for colour, width in ((colours.surface, 5), (colours.ink, 2))]
    if row.get("unknown") is not None:
        figure["data"].append({
            "type": "bar", "orientation": "h", "base": [0], "x": [float(row["unknown"])], "y": [at], "width": thick * BAR, "hoverinfo": "skip",
            "marker": {"color": colours.surface, "line": {"width": 1, "color": colours.line}, "pattern": pattern([True], colours.line)}})
    shapes += [theme.rule(colours, x0=value, x1=value, y0=at - thick * BAND / 2, y1=at + thick * BAND / 2, layer="above",
                          line={"color": colours.ink, "width": 2, "dash": dash})
               for value, (_, dash) in zip(row.get("shares", ()), POPULATIONS, strict=False) if value is not None]
