"""Dots with their intervals, one row each: areas, groups or statements. Never sorted by value."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, ranges, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing
from dashboard.words import marks, numbers

Row = Mapping[str, object]
LONGEST = 240           # pixels of a name beside the dots before it takes two lines
THICK = 12              # pixels of a hatched range
BESIDE, OVER = 26, 46   # pixels of a row with its name beside it, and under its name
DOT = 12                # pixels from the foot of such a row to its dot


def dots(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, label: str = "area", reference: float | None = None,
         reference_name: str = "Scotland", chosen: str = "") -> dict:
    """One dot and interval a row, in the order given, against a vertical line at `reference`; names left, values right.

    `rows`: `label`, value, lower_ci, upper_ci, obs_status, period_label, and `verdict` (better, worse,
    neutral, none) where it has been tested, and `heading`, more words under the name. `chosen` is the label to write in bold. A rate of records stands on its
    hatched range, `lowest` to `highest`, where that is held.
    """
    names = [_named(row, label, chosen, LONGEST) for row in rows]
    height = BESIDE + round(theme.LINE * theme.SMALL) * max((name.count("<br>") for name in names), default=0)
    values = [_value(row, indicator) for row in rows]
    margin = {"l": 16 + round(max(map(theme.width_of, names), default=0)),
              "r": 16 + round(max(map(theme.width_of, values), default=0))}
    places = [float(place) for place in range(len(rows), 0, -1)]
    figure = _figure(rows, places, indicator, colours, label, reference, height, margin)
    figure["layout"]["yaxis"] |= {"tickvals": places, "ticktext": names}
    figure["layout"]["annotations"] += [
        theme.note(value, 1, place, colours, xref="paper", xanchor="right", xshift=margin["r"] - 4,
                   font={"size": theme.SMALL, "color": colours.ink}) for value, place in zip(values, places, strict=True)]
    figure["layout"]["shapes"] += [_ground(place, colours) for row, place in zip(rows, places, strict=True) if row[label] == chosen]
    if reference is not None:
        figure["layout"]["shapes"].append(_line(reference, *figure["layout"]["yaxis"]["range"], colours))
    return _named_against(figure, rows, indicator, colours, reference, reference_name)


def _ground(place: float, colours: theme.Palette) -> dict:
    """The row of what is chosen, shaded from side to side."""
    return {"type": "rect", "xref": "paper", "yref": "y", "layer": "below", "x0": 0, "x1": 1, "y0": place - 0.5, "y1": place + 0.5,
            "fillcolor": colours.band, "line": {"width": 0}}


def under_names(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, label: str = "area", reference: float | None = None,
                reference_name: str = "Scotland", chosen: str = "") -> dict:
    """The same where there is little width: each name and value over its dot."""
    margin = {"l": 18, "r": 18}
    places = [float(place) for place in range(len(rows), 0, -1)]
    values = max((theme.width_of(_value(row, indicator)) for row in rows), default=0)
    names = [_named(row, label, chosen, theme.NARROW - 20 - values) for row in rows]
    height = OVER + 17 * max((name.count("<br>") for name in names), default=0)
    figure = _figure(rows, [place - 0.5 + DOT / height for place in places], indicator, colours, label, reference, height, margin)
    layout = figure["layout"]
    for name, place, row in zip(names, places, rows, strict=True):
        is_chosen = row[label] == chosen
        layout["shapes"] += [_ground(place, colours)] * is_chosen
        layout["annotations"] += [
            theme.note(words, at, place - 0.5, colours, xref="paper", xanchor=anchor, yanchor="bottom",
                       bgcolor=colours.band if is_chosen else colours.surface,
                       borderpad=1, xshift=shift, yshift=2 * DOT, font={"size": theme.SMALL, "color": colours.ink})
            for words, at, anchor, shift in ((name, 0, "left", -14), (_value(row, indicator), 1, "right", 14))]
    if reference is not None:       # beside the dots alone: names stand over them
        figure["layout"]["shapes"] += [_line(reference, place - 0.5, place - 0.5 + 1.8 * DOT / height, colours) for place in places]
    return _named_against(figure, rows, indicator, colours, reference, reference_name)


def _line(at: float, y0: float, y1: float, colours: theme.Palette) -> dict:
    """Over the grid and under the dots, which Plotly does of a line at data coordinates alone."""
    return theme.rule(colours, x0=at, x1=at, y0=y0, y1=y1, layer="between",
                      line={"color": colours.ink, "width": 1.5, "dash": "solid"})


def _figure(rows: Sequence[Row], places: Sequence[float], indicator: Indicator, colours: theme.Palette, label: str,
            reference: float | None, height: int, margin: Mapping[str, int]) -> dict:
    """The dots and their intervals at these places, with an axis of values that holds them all."""
    low, high = ranges.widened(axis.value_limits(rows, from_zero=False), rows, indicator)
    if reference is not None:
        low, high = min(low, reference), max(high, reference)
    ticks = axis.value_ticks(low, high, indicator, most=5)
    figure = {
        "data": [trace for kind in dict.fromkeys(_verdict(row) for row in rows)
                 for trace in _traces(rows, places, kind, indicator, colours, label)],
        "layout": theme.layout(
            colours, 56 + height * max(len(rows), 1), margin={"t": 24, "b": 32, **margin},
            xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
            yaxis=theme.plain_axis(colours, (0.4, len(rows) + 0.6), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
    if ranged := ranges.ranged(rows, indicator):
        own = {id(row): place for row, place in zip(rows, places, strict=True)}
        figure["data"].insert(0, ranges.bars(ranged, [own[id(row)] for row in ranged], colours, width=THICK / height))
    return figure


def _named_against(figure: dict, rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, reference: float | None,
             reference_name: str) -> dict:
    if ranges.ranged(rows, indicator):
        ranges.add_key(figure, colours)
    if reference is not None:
        add_reference_name(figure, reference, reference_name, indicator, colours)
    return figure


def _named(row: Row, label: str, chosen: str, room: float) -> str:
    """The row's name on lines of at most so many pixels, bold if chosen; under it what else must be known of it."""
    name = theme.fitted(str(row[label]), room)
    if row[label] == chosen:
        name = "<br>".join(f"<b>{line}</b>" for line in name.split("<br>"))
    return f"{name}<br>{theme.fitted(str(row['heading']), room)}" if row.get("heading") else name


def _value(row: Row, indicator: Indicator) -> str:
    """The figure in words, or its mark: never a blank, never a nought."""
    if is_missing(row["value"]):
        return f"[{next(iter(marks.marks_of(row.get('obs_status'))), 'x')}]"
    return numbers.value_text(row, indicator, short=True, marks=False)


def _verdict(row: Row) -> str:
    return str(row.get("verdict") or "none")


def verdict_colour(verdict: str, colours: theme.Palette) -> str:
    return {"better": colours.better, "worse": colours.worse, "neutral": colours.series[0]}.get(
        verdict, colours.neutral
    )


def _traces(
    rows: Sequence[Row],
    places: Sequence[float],
    verdict: str,
    indicator: Indicator,
    colours: theme.Palette,
    label: str,
) -> list[dict]:
    shown = [
        (row, place)
        for row, place in zip(rows, places, strict=True)
        if _verdict(row) == verdict and not is_missing(row["value"])
    ]
    if not shown:
        return []
    colour = verdict_colour(verdict, colours)
    drawn = [row for row, _ in shown]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [float(row["value"]) for row in drawn],
        "y": [place for _, place in shown],
        "marker": {
            "color": colour if verdict != "none" else colours.surface,
            "size": 9,
            "symbol": "diamond" if verdict == "worse" else "circle",
            "line": {"color": colour, "width": 2},
        },
        "text": [hover(row, indicator, str(row[label])) for row in drawn],
        "hovertemplate": "%{text}<extra></extra>",
    }
    if any(not is_missing(row["lower_ci"]) for row in drawn):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "color": colour,
            "thickness": 2,
            "width": 0,
            "array": [reach(row, "upper_ci") for row in drawn],
            "arrayminus": [reach(row, "lower_ci") for row in drawn],
        }
    return [trace]


def reach(row: Row, limit: str) -> float:
    """How far the interval goes from the value to this limit; 0 where it has none."""
    return 0.0 if is_missing(row.get(limit)) else abs(float(row[limit]) - float(row["value"]))


def add_reference_name(
    figure: dict, reference: float, name: str, indicator: Indicator, colours: theme.Palette
) -> None:
    """What the line is, over it: at its side, where the middle would run over the edge."""
    low, high = figure["layout"]["xaxis"]["range"]
    share = (reference - low) / ((high - low) or 1)
    anchor = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    figure["layout"]["annotations"].append(
        theme.note(
            name if not reference else f"{name} {numbers.amount(reference, indicator, short=True)}",
            reference,
            1,
            colours,
            yref="paper",
            yanchor="bottom",
            xanchor=anchor,
            yshift=2,
            font={"size": theme.SMALL, "color": colours.ink},
        )
    )
