"""Gaps with the range the unknown allow, and the journey parity strip. Groups in their own order, never ranked."""

from collections.abc import Mapping, Sequence

from dashboard.charts import theme
from dashboard.charts.bands import pattern
from dashboard.charts.dots import verdict_colour
from dashboard.charts.trend import wrapped

Row = Mapping[str, object]

SIGNS = {"better": "▲", "worse": "◆", "none": "", "off": "", "neutral": ""}


def gaps(rows: Sequence[Row], colours: theme.Palette, row_height: int = 24) -> dict:
    """One heading a group, and under it its gap to everyone else in points.

    rows: label, value, lower_ci, upper_ci, lowest, highest (None where hidden), verdict (better, worse, none, off),
    words (written right of the mark) and text (on pointing). The thick line is the 95% interval, the thin one with ends
    the range that unknown answers allow. Rows without a value carry only their words: nothing unknown is left out.
    """
    numbers = [float(row[name]) for row in rows for name in ("value", "lower_ci", "upper_ci", "lowest", "highest")
               if row.get(name) is not None]
    ticks = theme.nice_ticks(min([0.0, *numbers]), max([0.0, *numbers]), 5)
    labels = {tick: signed(tick) for tick in ticks}
    reach = ticks[-1] - ticks[0]
    last = 2 * len(rows) - 1
    figure = {"data": [], "layout": theme.layout(
        colours, 60 + row_height * 2 * len(rows), margin={"l": 18, "r": 18, "t": 24, "b": 30},
        xaxis=theme.value_axis(colours, (ticks[0] - 0.02 * reach, ticks[-1] + 0.02 * reach), labels),
        yaxis=theme.plain_axis(colours, (last + 0.7, -0.6), {}))}
    figure["layout"]["shapes"].append(theme.rule(
        colours, x0=0, x1=0, y0=0, y1=1, yref="paper", line={"color": colours.ink, "width": 1.5, "dash": "solid"}))
    figure["layout"]["annotations"].append(theme.note(
        "Everyone else", 0, 1, colours, yref="paper", yanchor="bottom", xanchor="center",
        font={"size": theme.SMALL, "color": colours.ink}))
    for place, row in enumerate(rows):
        _gap_row(figure, row, 2 * place, colours)
    return figure


def signed(value: float) -> str:
    """'−5', '0', '+2.5'."""
    text = f"{abs(value):g}"
    return f"−{text}" if value < 0 else f"+{text}" if value > 0 else "0"


def _gap_row(figure: dict, row: Row, line: int, colours: theme.Palette) -> None:
    _heading(figure, row, line, colours)
    if row.get("value") is None:
        return
    colour, at = verdict_colour(str(row["verdict"]), colours), line + 1
    if row.get("lowest") is not None:
        figure["layout"]["shapes"] += [
            theme.rule(colours, x0=row["lowest"], x1=row["highest"], y0=at, y1=at,
                       line={"color": colours.line, "width": 1, "dash": "solid"}),
            *(theme.rule(colours, x0=row[end], x1=row[end], y0=at - 0.28, y1=at + 0.28,
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


BAR, BAND = 0.42, 0.78          # of a row: how tall the bar of participants is, and the band of populations behind it
LEAST, LINED = 700, 40          # pixels of the narrowest chart with words beside its bars, and of its rows
LONGEST_GROUP, LONGEST_WORDS = 28, 34
DASHES = ("solid", "dash", "dot")      # of the populations, in their order


def shares(rows: Sequence[Row], colours: theme.Palette, populations: Sequence[str] = ()) -> dict:
    """A bar a group of its share of participants, its interval in it, against its share of each population.

    rows: label, words, value, lower_ci, upper_ci (None where hidden), shares: its share of each of `populations`, in their order
    and None where not held. Where several populations are held, the ground between them is shaded. Rows without a value have
    their words; those with an `unknown` share (of everyone, 0 to 100) have it hatched.
    """
    names = [wrapped(str(row["label"]), LONGEST_GROUP) for row in rows]
    words = [wrapped(str(row["words"]), LONGEST_WORDS) for row in rows]
    margin = {"l": 16 + round(max(map(theme.width_of, names))), "r": 18 + round(max(map(theme.width_of, words)))}
    places = [float(place) for place in range(len(rows), 0, -1)]
    figure = _shares(rows, places, 1.0, LINED, margin, populations, colours)
    figure["layout"]["yaxis"] |= {"tickvals": places, "ticktext": names}
    figure["layout"]["annotations"] += [
        theme.note(text, 1, place, colours, xref="paper", xanchor="left", xshift=10, font={"size": theme.SMALL, "color": colours.ink})
        for text, place in zip(words, places, strict=True)]
    return figure


def shares_under_names(rows: Sequence[Row], colours: theme.Palette, populations: Sequence[str] = ()) -> dict:
    """The same where there is little width: each group and its words over its bar."""
    most = round((theme.NARROW - 20) / (theme.LETTER * theme.SMALL))
    words = [wrapped(f"{row['label']}: {row['words']}", most) for row in rows]
    height = 50 + 17 * max((each.count("<br>") for each in words), default=0)
    places = [float(place) for place in range(len(rows), 0, -1)]
    figure = _shares(rows, [place - 0.5 + 17 / height for place in places], 34 / height, height, {"l": 12, "r": 14}, populations, colours)
    for text, row, place in zip(words, rows, places, strict=True):
        name = str(row["label"])
        text = text.replace(name, f"<b>{name}</b>", 1) if text.startswith(name) else text
        figure["layout"]["annotations"].append(theme.note(
            text, 0, place + 0.5, colours, xref="paper", xanchor="left", yanchor="top", xshift=-8, yshift=-4, bgcolor=colours.surface,
            borderpad=1, font={"size": theme.SMALL, "color": colours.ink}))
    return figure


def _shares(rows: Sequence[Row], places: Sequence[float], thick: float, height: int, margin: Mapping[str, int],
            populations: Sequence[str], colours: theme.Palette) -> dict:
    """The bars at these places, `thick` of a row tall with their ground, an axis of shares and a key under it."""
    numbers = [float(value) for row in rows for value in (row.get("upper_ci"), row.get("unknown"), *row.get("shares", ())) if value is not None]
    ticks = theme.nice_ticks(0.0, max(numbers, default=100.0), 5)
    key = ["■ Share of participants", *(f"{sign} {name}" for sign, name in zip(("│", "┆", "┊"), populations, strict=False))]
    figure = {"data": [], "layout": theme.layout(
        colours, 44 + height * len(rows) + 18 * len(key), margin={"t": 8, "b": 34 + 18 * len(key), **margin}, barmode="overlay",
        xaxis=theme.value_axis(colours, (ticks[0], 1.02 * ticks[-1]), {tick: f"{tick:g}%" for tick in ticks}),
        yaxis=theme.plain_axis(colours, (0.5, len(rows) + 0.5), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
    for row, place in zip(rows, places, strict=True):
        _share_row(figure, row, place, thick, colours)
    figure["layout"]["annotations"] += [
        theme.note(words, 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-32 - 18 * line,
                   xshift=8 - margin["l"], font={"size": theme.SMALL, "color": colours.ink}) for line, words in enumerate(key)]
    return figure


def _heading(figure: dict, row: Row, line: float, colours: theme.Palette) -> None:
    figure["layout"]["annotations"].append(theme.note(
        f"<b>{row['label']}</b>  {row['words']}", 0, line, colours, xref="paper", xanchor="left", yanchor="middle",
        font={"size": theme.SMALL, "color": colours.ink}, bgcolor=colours.surface, borderpad=1))


def _share_row(figure: dict, row: Row, at: float, thick: float, colours: theme.Palette) -> None:
    shapes, held = figure["layout"]["shapes"], [each for each in row.get("shares", ()) if each is not None]
    if len(held) > 1:
        shapes.append({"type": "rect", "xref": "x", "yref": "y", "layer": "below", "x0": min(held), "x1": max(held),
                       "y0": at - thick * BAND / 2, "y1": at + thick * BAND / 2, "fillcolor": colours.band_strong, "line": {"width": 0}})
    if row.get("value") is not None:
        figure["data"].append({
            "type": "bar", "orientation": "h", "base": [0], "x": [float(row["value"])], "y": [at], "width": thick * BAR, "hoverinfo": "skip",
            "marker": {"color": colours.series[0]}})
        shapes.append(theme.rule(colours, x0=float(row["lower_ci"]), x1=float(row["upper_ci"]), y0=at, y1=at, layer="above",
                                 line={"color": colours.line, "width": 3, "dash": "solid"}))
    if row.get("unknown") is not None:
        figure["data"].append({
            "type": "bar", "orientation": "h", "base": [0], "x": [float(row["unknown"])], "y": [at], "width": thick * BAR, "hoverinfo": "skip",
            "marker": {"color": colours.surface, "line": {"width": 1, "color": colours.line}, "pattern": pattern([True], colours.line)}})
    shapes += [theme.rule(colours, x0=value, x1=value, y0=at - thick * BAND / 2, y1=at + thick * BAND / 2, layer="above",
                          line={"color": colours.ink, "width": 2, "dash": dash})
               for value, dash in zip(row.get("shares", ()), DASHES, strict=False) if value is not None]
