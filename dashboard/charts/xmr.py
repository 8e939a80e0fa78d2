"""Counts over time inside the limits of their own usual variation: an XmR chart."""

from collections.abc import Mapping, Sequence

from dashboard.charts import axis, theme
from dashboard.methods import spc
from dashboard.methods.missing import is_missing

Row = Mapping[str, object]


def xmr(rows: Sequence[Row], drawn: spc.Chart, waiting: Sequence[Row], changes: Mapping[int, str],
        colours: theme.Palette, height: int = 340, has_key: bool = False) -> dict:
    """The counts, the average and limits of each stretch, signals as large rings, unfinished quarters open.

    `rows`: value, period_label, start_date, end_date of the quarters judged, as given to `spc.draw`.
    `waiting`: later quarters still being reported. `changes`: position of the first point after each
    documented change, and its words. With `has_key`, what is said in the chart stands under it, where there is little width.
    """
    everything = [*rows, *waiting]
    highest = max([_height(row) or 0.0 for row in everything] + [each.upper or 0 for each in drawn.segments])
    ticks = {tick: f"{tick:,.0f}" for tick in theme.nice_ticks(0, highest, 5)}
    places = [axis.position(row) for row in everything]
    span = (max(places) - min(places)) or 1.0
    figure = {"data": [], "layout": theme.layout(
        colours, height, margin={"l": 16 + 8 * max(map(len, ticks.values())), "r": 20, "t": 22, "b": 30},
        xaxis=theme.plain_axis(colours, (min(places) - span * 0.05, max(places) + span * 0.04),
                               axis.period_ticks(everything)),
        yaxis=theme.value_axis(colours, (0, 1.05 * max(ticks)), ticks))}    # a point on the last tick stays whole
    for segment in drawn.segments:
        _add_limits(figure, segment, places, colours, has_words=not has_key)
    _add_points(figure, rows, drawn, places, colours, small=has_key)
    _add_waiting(figure, waiting, places[len(rows):], colours, has_words=not has_key)
    between = {words: (places[position - 1] + places[position]) / 2 for position, words in changes.items()}
    if has_key:
        _add_key(figure, drawn, waiting, between, colours)
        return figure
    above = 0
    for words, where in between.items():
        above += _add_change(figure, where, words, above, colours)
    layout = figure["layout"]      # the margin and the height grow together, so that the plot keeps its size
    more = max(0, above + 6 - layout["margin"]["t"])
    layout["margin"] = layout["margin"] | {"t": layout["margin"]["t"] + more}
    layout["height"] += more
    return figure


def _add_key(figure: dict, drawn: spc.Chart, waiting: Sequence[Row], between: Mapping[str, float], colours: theme.Palette) -> None:
    """Numbers at the documented changes, and under the axis what they are, with the limits and what is still open."""
    layout = figure["layout"]
    for number, where in enumerate(between.values(), 1):
        layout["shapes"].append(_change_line(where, colours))
        layout["annotations"].append(theme.note(f"<b>{number}</b>", where, 1, colours, yref="paper", yanchor="bottom", xanchor="center",
                                                font={"size": theme.SMALL, "color": colours.ink}))
    said = [_limits_words(each).replace("<br>", " ") for each in drawn.segments if each.mean is not None]
    said = [f"{text[:1].upper()}{text[1:]}" for text in said] + (["○ Still being reported [p]"] if waiting else [])
    said += [f"<b>{number}</b> {words}" for number, words in enumerate(between, 1)]
    lines = [line for words in said for line in theme.fitted(words, theme.NARROW - 12).split("<br>")]
    layout["height"] += 17 * len(lines)
    layout["margin"] = layout["margin"] | {"b": layout["margin"]["b"] + 17 * len(lines)}
    layout["annotations"] += [
        theme.note(line, 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-28 - 17 * place,
                   xshift=6 - layout["margin"]["l"], font={"size": theme.SMALL, "color": colours.muted}) for place, line in enumerate(lines)]


def _limits_words(segment: spc.Segment) -> str:
    return f"average {segment.mean:,.0f},<br>limits {segment.lower:,.0f} to {segment.upper:,.0f}"


def _add_limits(figure: dict, segment: spc.Segment, places: Sequence[float], colours: theme.Palette, has_words: bool) -> None:
    if segment.mean is None:
        return
    left, right = places[segment.start], places[segment.stop - 1]
    for height, dash, colour in ((segment.mean, "solid", colours.ink), (segment.upper, "dash", colours.line),
                                 (segment.lower, "dash", colours.line)):
        figure["layout"]["shapes"].append(theme.rule(
            colours, x0=left, x1=right, y0=height, y1=height, line={"color": colour, "width": 1.5, "dash": dash}))
    if has_words:
        figure["layout"]["annotations"].append(theme.note(_limits_words(segment), left, segment.upper, colours, xanchor="left", yanchor="bottom",
                                                          font={"size": theme.SMALL, "color": colours.muted}))


def _add_points(figure: dict, rows: Sequence[Row], drawn: spc.Chart, places: Sequence[float],
                colours: theme.Palette, small: bool) -> None:
    ring, dot = (9, 5) if small else (14, 7)
    signals = {point for signal in drawn.signals for point in signal.points}
    figure["data"].append({
        "type": "scatter", "mode": "lines+markers", "x": places[:len(rows)], "y": [_height(row) for row in rows],
        "line": {"color": colours.series[0], "width": 2},
        "marker": {"color": [colours.surface if at in signals else colours.series[0] for at in range(len(rows))],
                   "size": [ring if at in signals else dot for at in range(len(rows))], "symbol": "circle",
                   "line": {"color": colours.ink, "width": [2 if at in signals else 0 for at in range(len(rows))]}},
        "text": [_hover(row, at in signals) for at, row in enumerate(rows)], "hovertemplate": "%{text}<extra></extra>"})


def _add_waiting(figure: dict, waiting: Sequence[Row], places: Sequence[float], colours: theme.Palette, has_words: bool) -> None:
    if not waiting or _height(waiting[-1]) is None:
        return
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": list(places), "y": [_height(row) for row in waiting],
        "marker": {"color": colours.surface, "size": 9, "line": {"color": colours.line, "width": 2}},
        "text": [f"{row['period_label']}: {float(row['value']):,.0f}<br>still being reported" for row in waiting],
        "hovertemplate": "%{text}<extra></extra>"})
    if not has_words:
        return
    figure["layout"]["annotations"].append(theme.note(
        "still being<br>reported [p]", places[-1], float(waiting[-1]["value"]), colours, xanchor="right",
        yanchor="top", yshift=-10, align="right", font={"size": theme.SMALL, "color": colours.muted}))


def _add_change(figure: dict, where: float, words: str, above: int, colours: theme.Palette) -> int:
    """A line at a documented change and its words, `above` pixels from the plot; returns the pixels they take.

    They stand over the plot, where no count and no limit runs through them, and over those of the change before.
    """
    left, right = figure["layout"]["xaxis"]["range"]
    late = where > (left + right) / 2
    figure["layout"]["shapes"].append(_change_line(where, colours))
    figure["layout"]["annotations"].append(theme.note(
        theme.wrapped(words, 40), where, 1, colours, yref="paper", yanchor="bottom", xanchor="right" if late else "left",
        yshift=above + 2, align="right" if late else "left", font={"size": theme.SMALL, "color": colours.muted}))
    return 17 * (theme.wrapped(words, 40).count("<br>") + 1)


def _change_line(where: float, colours: theme.Palette) -> dict:
    return theme.rule(colours, x0=where, x1=where, y0=0, y1=1, yref="paper", line={"color": colours.line, "width": 1.5, "dash": "dash"})


def _height(row: Row) -> float | None:
    return None if is_missing(row["value"]) else float(row["value"])


def _hover(row: Row, signal: bool) -> str:
    if _height(row) is None:
        return str(row["period_label"])
    return f"{row['period_label']}: <b>{float(row['value']):,.0f}</b>" + ("<br>more than usual variation" if signal else "")
