"""A line over time with its intervals, its breaks in words, and at most four series."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, ranges, theme
from dashboard.charts.both import worked_out
from dashboard.methods.missing import is_missing
from dashboard.words import numbers, periods

Row = Mapping[str, object]
LONGEST_LABEL = 150         # pixels of a name and value on one line
KEY_LINE = 19               # pixels of a series in a key
SYMBOLS = ("circle", "square", "cross", "x")  # one a series, so that colour is never alone; none that means a verdict
SIGNS = "●■✚✕"              # the same as letters


def trend(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, height: int = 320,
          widths: Sequence[int] = labels.WIDE) -> dict:
    """A figure of one line for each `series` in `rows`, in the order they come, at most four.

    `rows`: series, period, period_label, frequency, start_date, end_date, value, lower_ci, upper_ci,
    obs_status. Values that are missing leave a gap; lines stop at a break and start again after it. A rate of records
    stands on its hatched range, `lowest` to `highest`, where that is held: of the first series, as several would cover
    each other.
    """
    series = list(dict.fromkeys(row["series"] for row in rows))[: theme.MOST_SERIES]
    records = [row for row in rows if row["series"] in series]
    first = [row for row in records if row["series"] == series[0]]
    from_zero = indicator.measure not in ("score", "ratio")
    low, high = ranges.widened(axis.value_limits(records, from_zero), first, indicator)
    ticks = axis.value_ticks(low, high, indicator)
    places = [axis.position(row) for row in records] or [0.0, 1.0]
    span = max(places) - min(places) or 1.0
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            height,
            margin={"l": 12 + 8 * max(len(text) for text in ticks.values()), "r": 20, "t": 22, "b": 30},
            xaxis=theme.plain_axis(
                colours, (min(places) - span * 0.05, max(places) + span * 0.05), axis.period_ticks(records)
            ),
            yaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
        ),
    }
    shades = series_colours(series, colours)
    for name, symbol in zip(series, SYMBOLS, strict=False):
        own = [row for row in records if row["series"] == name]
        add_line(figure, own, indicator, shades[name], name, band=len(series) == 1, symbol=symbol)
    if ranged := ranges.ranged(first, indicator):
        _add_ranges(figure, ranged, places, colours)
    add_breaks(figure, records, indicator, colours)
    add_end_labels(figure, records, shades, indicator, colours, widths)
    return figure


def _add_ranges(figure: dict, rows: Sequence[Row], places: Sequence[float], colours: theme.Palette) -> None:
    steps = [later - earlier for earlier, later in pairwise(sorted(set(places)))]
    figure["data"].insert(0, ranges.bars(rows, [axis.position(row) for row in rows], colours,
                                         width=0.3 * min(steps, default=1.0), is_upright=True))
    ranges.add_key(figure, colours)


def series_colours(series: Sequence[str], colours: theme.Palette) -> dict[str, str]:
    """The palette in order; Scotland beside one area is the black line it is read against."""
    if len(series) == 2 and "Scotland" in series:
        return {name: colours.ink if name == "Scotland" else colours.chosen for name in series}
    return dict(zip(series, colours.series, strict=False))


def add_line(
    figure: dict, rows: Sequence[Row], indicator: Indicator, colour: str, name: str, band: bool, symbol: str = "circle"
) -> None:
    """One series as unbroken runs: the band or bars of its intervals, then its line and points."""
    for run in runs(rows, indicator):
        if band and len(run) > 1 and all(not is_missing(row["lower_ci"]) for row in run):
            figure["data"].append(_band(run, colour))
        figure["data"].append(_line(run, indicator, colour, name, bars=not band or len(run) == 1, symbol=symbol))


def runs(rows: Sequence[Row], indicator: Indicator) -> list[list[Row]]:
    """The rows with values, cut where one is missing or the series breaks."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if found[-1] and periods.has_break_between(found[-1][-1], row, indicator):
            found.append([])
        if is_missing(row["value"]):
            found.append([])
        else:
            found[-1].append(row)
    return [run for run in found if run]


def _line(run: Sequence[Row], indicator: Indicator, colour: str, name: str, bars: bool, symbol: str) -> dict:
    trace = {
        "type": "scatter",
        "mode": "lines+markers" if len(run) <= 24 else "lines",
        "name": name,
        "x": [axis.position(row) for row in run],
        "y": [float(row["value"]) for row in run],
        "line": {"color": colour, "width": 2.5},
        "marker": {"color": colour, "size": 7 if symbol == "circle" else 8, "symbol": symbol},
        "text": [hover(row, indicator, name) for row in run],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,        # a point at the end of the axis is whole
    }
    if bars and any(not is_missing(row["lower_ci"]) for row in run):
        trace["error_y"] = error_bars(run, colour)
    return trace


def error_bars(rows: Sequence[Row], colour: str) -> dict:
    """Interval limits as Plotly error bars; rows without an interval get none."""

    def reach(row: Row, limit: str) -> float:
        return 0.0 if is_missing(row[limit]) else abs(float(row[limit]) - float(row["value"]))

    return {
        "type": "data",
        "symmetric": False,
        "array": [reach(row, "upper_ci") for row in rows],
        "arrayminus": [reach(row, "lower_ci") for row in rows],
        "color": colour,
        "thickness": 1.5,
        "width": 0,
    }


def _band(run: Sequence[Row], colour: str) -> dict:
    places = [axis.position(row) for row in run]
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "fillcolor": _faint(colour),
        "x": places + places[::-1],
        "hoverinfo": "skip",
        "line": {"width": 0, "color": colour},
        "y": [float(row["upper_ci"]) for row in run] + [float(row["lower_ci"]) for row in reversed(run)],
    }


@worked_out
def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.14)"


def hover(row: Row, indicator: Indicator, name: str) -> str:
    """The words of one point: what, when, value, interval."""
    interval = numbers.interval_text(row, indicator)
    lines = [name, f"{row['period_label']}: <b>{numbers.value_text(row, indicator)}</b>"]
    lines += [f"{numbers.interval_name(indicator)} {interval}"] if interval else []
    return "<br>".join(lines + ([f"{numbers.RANGE}: {numbers.range_text(row, indicator)}"] if ranges.ranged([row], indicator) else []))


def add_end_labels(
    figure: dict,
    rows: Sequence[Row],
    shades: Mapping[str, str],
    indicator: Indicator,
    colours: theme.Palette,
    widths: Sequence[int] = labels.WIDE,
) -> None:
    """Each line's name and last value, written beside its last point, clear of the lines; no legend to decode.

    `shades`: series to colour. Call it when everything the words should be clear of is in the figure. In the wide drawing
    the right margin has room for them.
    """
    ends = []
    for name, colour in shades.items():
        own = [row for row in rows if row["series"] == name and not is_missing(row["value"])]
        if own:
            ends.append((own[-1], name, colour))
    ends.sort(key=lambda end: float(end[0]["value"]), reverse=True)
    words = [_end_words(name if len(shades) > 1 else "", row, indicator) for row, name, _ in ends]
    has_room = widths is labels.WIDE
    if has_room:
        _widen_margin(figure, [(axis.position(row), label) for (row, _, _), label in zip(ends, words, strict=True)])
    ground = labels.Ground(figure, widths)
    before, are_clear = list(figure["layout"]["annotations"]), True
    for place, ((row, _, colour), label) in enumerate(zip(ends, words, strict=True)):
        at, (left, right) = axis.position(row), figure["layout"]["xaxis"]["range"]
        side = {"xanchor": "right", "xshift": 8} if at > (left + right) / 2 else {"xanchor": "left"}
        filled = {"bgcolor": colours.surface} if indicator.breaks else {}      # the line of a break is not run through words
        note = theme.note(label, at, float(row["value"]), colours, **side, **filled,
                          font={"size": theme.NORMAL, "color": label_colour(colour, colours)})
        # The lowest of several lines has free ground under it, the others over them: tried first.
        lowest = place == len(ends) - 1 and len(ends) > 1
        over, under, *further = labels.BESIDE_AN_END
        places = (under, over, *further) if lowest else labels.BESIDE_AN_END
        if has_room:
            places = (*labels.RIGHT_OF_AN_END, *(side | each for each in places))
        settled, is_clear = ground.settled(note, places)
        are_clear &= is_clear
        figure["layout"]["annotations"].append(settled)
    if not (are_clear or has_room) and len(ends) > 1:
        figure["layout"]["annotations"] = before
        _add_key(figure, ends, words, list(shades), colours)


def _add_key(figure: dict, ends: Sequence[tuple[Row, str, str]], words: Sequence[str], series: Sequence[str],
             colours: theme.Palette) -> None:
    """Over the plot, a line each: the sign of a series, its name and its last value. For lines with no free ground beside them."""
    layout = figure["layout"]
    for number, ((_, name, colour), label) in enumerate(zip(reversed(ends), reversed(words), strict=True)):
        sign, shade = SIGNS[series.index(name)], label_colour(colour, colours)
        layout["annotations"].append(theme.note(
            f"{sign} {label.replace('</b><br><b>', ' ')}", 0, 1, colours, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=8 - layout["margin"]["l"], yshift=layout["margin"]["t"] - 10 + KEY_LINE * number,
            font={"size": theme.NORMAL, "color": shade}))
    more = KEY_LINE * len(ends) + 4
    layout["margin"] = layout["margin"] | {"t": layout["margin"]["t"] + more}
    layout["height"] += more


def _widen_margin(figure: dict, ends: Sequence[tuple[float, str]]) -> None:
    """A right margin in which the words of each end stand, at the narrowest width of the wide drawing."""
    margin, (left, right) = figure["layout"]["margin"], figure["layout"]["xaxis"]["range"]
    room = [margin["r"]]
    for at, label in ends:
        share = (right - at) / (right - left)       # of the plot, which lies to the right of the end
        room.append((labels.BESIDE + theme.width_of(label, theme.NORMAL) - share * (labels.CHART - margin["l"])) / (1 - share))
    figure["layout"]["margin"] = margin | {"r": round(max(room))}


def _end_words(name: str, row: Row, indicator: Indicator) -> str:
    """The name, if any, and the value of a line's end, on two lines where they are long."""
    text = numbers.value_text(row, indicator, short=True)
    label = f"<b>{name} {text}</b>" if name else f"<b>{text}</b>"
    return label if theme.width_of(label, theme.NORMAL) <= LONGEST_LABEL else f"<b>{name}</b><br><b>{text}</b>"


@worked_out
def label_colour(colour: str, colours: theme.Palette) -> str:
    """A series colour dark enough for words: the palette's teal and olive and the grey line are not."""
    return {"#2b9c93": "#1b6f68", "#6b7f1e": "#4f5e14", colours.line: colours.muted}.get(colour, colour)


def add_breaks(figure: dict, rows: Sequence[Row], indicator: Indicator, colours: theme.Palette) -> None:
    """A dashed line at the start of the first period after each break, its words over the plot and not on it."""
    left, right = figure["layout"]["xaxis"]["range"]
    deepest = 0
    for each in indicator.breaks:
        after = [axis.position(row) for row in rows if str(row["period"]) >= each.period]
        before = [axis.position(row) for row in rows if str(row["period"]) < each.period]
        if not after or not before:
            continue
        where = (max(before) + min(after)) / 2
        late, words = where > (left + right) / 2, theme.wrapped(each.label, 26)
        deepest = max(deepest, 1 + words.count("<br>"))
        dashes = {"color": colours.line, "width": 1.5, "dash": "dash"}
        figure["layout"]["shapes"].append(
            theme.rule(colours, x0=where, x1=where, y0=0, y1=1, yref="paper", line=dashes))
        side = {"xanchor": "right", "align": "right"} if late else {"xanchor": "left", "align": "left"}
        figure["layout"]["annotations"].append(
            theme.note(words, where, 1, colours, yref="paper", yanchor="bottom", yshift=2,
                       font={"size": theme.SMALL, "color": colours.muted}, **side))
    # The margin and the height grow together, so that the plot keeps its size.
    more = max(0, 6 + 15 * deepest - figure["layout"]["margin"]["t"])
    figure["layout"]["margin"] = figure["layout"]["margin"] | {"t": figure["layout"]["margin"]["t"] + more}
    figure["layout"]["height"] += more
