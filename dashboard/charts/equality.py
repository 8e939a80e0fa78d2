"""Gaps with the range the unknown allow, and the journey parity strip. Groups in their own order, never ranked."""

from collections.abc import Mapping, Sequence

from dashboard.charts import theme
from dashboard.charts.dots import verdict_colour

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

    rows: (group, boxes); a box has words (at most eight characters), verdict (better, worse, none, off or hidden)
    and text. Colour and sign say the direction; the words say how much.
    """
    count = len(rows)
    figure = {"data": [], "layout": theme.layout(
        colours, 34 + 56 * count, margin={"l": 4, "r": 4, "t": 26, "b": 6},
        xaxis=theme.plain_axis(colours, (0, len(steps)), {at + 0.5: name for at, name in enumerate(steps)},
                               side="top", tickfont={"size": theme.SMALL, "color": colours.ink}),
        yaxis=theme.plain_axis(colours, (count, 0), {}))}
    for place, (name, boxes) in enumerate(rows):
        figure["layout"]["annotations"].append(theme.note(
            f"<b>{name}</b>", 0, place + 0.2, colours, xref="paper", xanchor="left", yanchor="middle",
            font={"size": theme.NORMAL, "color": colours.ink}))
        for at, box in enumerate(boxes):
            _box(figure, box, at, place, colours)
    figure["data"].append({
        "type": "scatter", "mode": "markers", "marker": {"size": 26, "opacity": 0, "color": colours.surface},
        "x": [at + 0.5 for _, boxes in rows for at, _ in enumerate(boxes)],
        "y": [place + 0.66 for place, (_, boxes) in enumerate(rows) for _ in boxes],
        "text": [box["text"] for _, boxes in rows for box in boxes], "hovertemplate": "%{text}<extra></extra>"})
    return figure


def _box(figure: dict, box: Row, at: int, place: int, colours: theme.Palette) -> None:
    verdict = str(box["verdict"])
    solid = verdict in ("better", "worse")
    fill = verdict_colour(verdict, colours) if solid else colours.surface if verdict == "hidden" else colours.band
    figure["layout"]["shapes"].append({
        "type": "rect", "xref": "x", "yref": "y", "x0": at + 0.02, "x1": at + 0.98, "y0": place + 0.42,
        "y1": place + 0.9, "fillcolor": fill, "line": {"color": colours.line, "width": 1 if not solid else 0},
        "layer": "below"})
    sign = SIGNS.get(verdict, "")
    figure["layout"]["annotations"].append(theme.note(
        f"{sign} {box['words']}".strip(), at + 0.5, place + 0.66, colours, xanchor="center", yanchor="middle",
        align="center", font={"size": theme.SMALL, "color": colours.surface if solid else colours.ink}))


POPULATION_SYMBOLS = ("square", "cross", "line-ns")


def shares(rows: Sequence[Row], colours: theme.Palette, row_height: int = 24) -> dict:
    """One heading a group; under it its share of participants with its interval, and its share of each population.

    rows: label, words, value, lower_ci, upper_ci (None where hidden), verdict, text, and populations: (value, text) pairs in
    the order of POPULATION_SYMBOLS. Rows without a value carry only their words.
    """
    numbers = [float(row[name]) for row in rows for name in ("upper_ci",) if row.get(name) is not None]
    numbers += [float(value) for row in rows for value, _ in row.get("populations", ())]
    ticks = theme.nice_ticks(0.0, max(numbers, default=100.0), 5)
    last = 2 * len(rows) - 1
    figure = {"data": [], "layout": theme.layout(
        colours, 44 + row_height * 2 * len(rows), margin={"l": 18, "r": 18, "t": 8, "b": 30},
        xaxis=theme.value_axis(colours, (ticks[0], 1.02 * ticks[-1]), {tick: f"{tick:g}%" for tick in ticks}),
        yaxis=theme.plain_axis(colours, (last + 0.7, -0.6), {}))}
    for place, row in enumerate(rows):
        _heading(figure, row, 2 * place, colours)
        _share_row(figure, row, 2 * place + 1, colours)
    return figure


def _heading(figure: dict, row: Row, line: float, colours: theme.Palette) -> None:
    figure["layout"]["annotations"].append(theme.note(
        f"<b>{row['label']}</b>  {row['words']}", 0, line, colours, xref="paper", xanchor="left", yanchor="middle",
        font={"size": theme.SMALL, "color": colours.ink}, bgcolor=colours.surface, borderpad=1))


def _share_row(figure: dict, row: Row, at: float, colours: theme.Palette) -> None:
    for number, (value, text) in enumerate(row.get("populations", ())):
        figure["data"].append({
            "type": "scatter", "mode": "markers", "x": [float(value)], "y": [at],
            "marker": {"color": colours.surface, "size": 11, "symbol": POPULATION_SYMBOLS[number % 3],
                       "line": {"color": colours.ink, "width": 2}},
            "text": [text], "hovertemplate": "%{text}<extra></extra>"})
    if row.get("value") is None:
        return
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": [float(row["value"])], "y": [at],
        "marker": {"color": colours.series[0], "size": 10, "symbol": "circle",
                   "line": {"color": colours.series[0], "width": 2}},
        "error_x": {"type": "data", "symmetric": False, "color": colours.series[0], "thickness": 3, "width": 0,
                    "array": [float(row["upper_ci"]) - float(row["value"])],
                    "arrayminus": [float(row["value"]) - float(row["lower_ci"])]},
        "text": [row["text"]], "hovertemplate": "%{text}<extra></extra>"})
