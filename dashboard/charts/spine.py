"""A partnership against Scotland, indicator by indicator: worst left, best right, Scotland in the middle.

Measures that are neither better nor worse stand apart, under a heading of their own: lower left, higher right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.charts import ranges, theme
from dashboard.charts.dots import verdict_colour
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

ROW, LINE, LONGEST_LINE = 66, 17, 36     # pixels of a row with its words over its bar, and more of each further line of its title
BAR, VALUE, NAME = 14, 26, 42            # pixels from the foot of such a row to its bar's middle, to its value's foot, to its title's
THICK, BESIDE = 8, 11                    # half of the bar, and of the line of Scotland that crosses it
HEADING = 44                             # pixels that a heading between the rows takes
EDGE = 1.06
LEAST = 870                              # pixels of the narrowest chart with words beside its bars
LINED, TITLE, GUTTER = 34, 210, 12       # pixels of a row with its words beside it; of the measures' names; between columns
COLUMNS = ("Here", "95% interval", "Scotland")

Row = Mapping[str, object]


@dataclass(frozen=True)
class Scale:
    """One row's own scale: Scotland at 0, the further end of the partnerships at 1 from it."""

    middle: float
    reach: float
    sign: int

    def at(self, value: object) -> float | None:
        """Where the value stands, no further out than the ends; None where there is none."""
        return None if is_missing(value) else max(-1.0, min(1.0, self._share(value)))

    def goes_on(self, value: object) -> bool:
        """True of a value beyond the ends of the scale."""
        return not is_missing(value) and abs(self._share(value)) > 1.0

    def _share(self, value: object) -> float:
        return self.sign * (float(value) - self.middle) / self.reach


def scale_of(row: Row, indicator: Indicator) -> Scale:
    """Flipped where lower is better, so that right is always the better end."""
    middle = float(row["scotland"])
    reach = max(abs(float(row["spread_from"]) - middle), abs(float(row["spread_to"]) - middle)) or 1.0
    return Scale(middle, reach, -1 if indicator.direction == "lower_is_better" else 1)


def table_chart(rows: Sequence[Row], indicators: Mapping[str, Indicator], colours: theme.Palette) -> dict:
    """A line an indicator: measure, period, value, interval, Scotland, then the drawing of `spine`, then the words.

    `rows` and what is drawn are those of `spine`.
    """
    judged, neither = _parted(rows, indicators)
    lines = len(judged) + len(neither) + bool(judged and neither)
    cells = {id(row): _cells(row, indicators[row["indicator_id"]]) for row in (*judged, *neither)}
    ends = _column_ends(list(cells.values()))
    right = 14 + round(max((theme.width_of(_signed_words(row)) for row in (*judged, *neither)), default=0))
    figure = {"data": [], "layout": theme.layout(
        colours, 64 + LINED * max(lines, 1), margin={"l": ends[-1] + 2 * GUTTER, "r": right, "t": 52, "b": 12},
        xaxis=theme.plain_axis(colours, (-EDGE, EDGE), {}), yaxis=theme.plain_axis(colours, (-0.5, lines - 0.5), {}))}
    left, notes = -figure["layout"]["margin"]["l"], figure["layout"]["annotations"]
    top = {"yref": "paper", "yanchor": "bottom", "yshift": 8}
    for name, end in zip(("Measure", "", *COLUMNS), ends, strict=True):
        at = {"xanchor": "left", "xshift": left} if name == "Measure" else {"xanchor": "right", "xshift": left + end}
        notes.append(theme.note(name, 0, 1, colours, xref="paper", font={"size": theme.SMALL, "color": colours.muted}, **at, **top))
    _add_heading(figure, 1, ("◂ worse", "better ▸") if judged else ("◂ lower", "higher ▸"), colours, **top)
    _add_line(figure, colours)
    places = [*range(lines - 1, lines - 1 - len(judged), -1), *range(len(neither) - 1, -1, -1)]
    for row, place in zip((*judged, *neither), places, strict=True):
        _add_drawing(figure, row, indicators[row["indicator_id"]], place, 0.3, colours)
        _add_cells(figure, cells[id(row)], ends, left, place, colours)
        notes.append(theme.note(_signed_words(row), 1, place, colours, xref="paper", xanchor="left", xshift=GUTTER,
                                font={"size": theme.SMALL, "color": verdict_colour(str(row["verdict"]), colours)}))
    if judged and neither:
        notes.append(theme.note("Neither better nor worse: lower to the left, higher to the right", 0, len(neither), colours,
                                xref="paper", xanchor="left", xshift=left, font={"size": theme.SMALL, "color": colours.ink}))
    return _with_key(figure, rows, indicators, colours)


def _cells(row: Row, indicator: Indicator) -> tuple[str, ...]:
    """What is written of a row before its drawing."""
    title = theme.fitted(indicator.title, TITLE)
    return (title, str(row["period_label"]), f"<b>{numbers.value_text(row, indicator, short=True)}</b>",
            numbers.interval_text(row, indicator) or "none", numbers.amount(row["scotland"], indicator, short=True))


def _column_ends(cells: Sequence[tuple[str, ...]]) -> list[int]:
    """Where each column ends, in pixels from the left edge."""
    names, end, ends = ("", "", *COLUMNS), 0, []
    for number in range(len(names)):
        widest = max((theme.width_of(each) for each in (names[number], *(row[number] for row in cells))), default=0)
        end += round(widest) + (GUTTER if number else 0)
        ends.append(end)
    return ends


def _add_cells(figure: dict, cells: Sequence[str], ends: Sequence[int], left: float, place: float, colours: theme.Palette) -> None:
    for number, (text, end) in enumerate(zip(cells, ends, strict=True)):
        at = {"xanchor": "left", "xshift": left} if not number else {"xanchor": "right", "xshift": left + end}
        ink = colours.ink if number in (0, 2) else colours.muted
        figure["layout"]["annotations"].append(theme.note(text, 0, place, colours, xref="paper", yanchor="middle",
                                                          font={"size": theme.SMALL, "color": ink}, **at))


def _signed_words(row: Row) -> str:
    """The verdict with the sign of its colour."""
    sign = {"better": "▲ ", "worse": "◆ "}.get(str(row["verdict"]), "")
    return f"{sign}{_short(row)}"


def _parted(rows: Sequence[Row], indicators: Mapping[str, Indicator]) -> tuple[list[Row], list[Row]]:
    """The rows with a value of Scotland: those of measures with a better end, and those without."""
    records = [row for row in rows if not is_missing(row["scotland"])]
    judged = [row for row in records if indicators[row["indicator_id"]].direction != "no_direction"]
    return judged, [row for row in records if row not in judged]


def _with_key(figure: dict, rows: Sequence[Row], indicators: Mapping[str, Indicator], colours: theme.Palette) -> dict:
    if any(ranges.ranged([row], indicators[row["indicator_id"]]) for row in rows if not is_missing(row["scotland"])):
        ranges.add_key(figure, colours)
    return figure


def spine(rows: Sequence[Row], indicators: Mapping[str, Indicator], colours: theme.Palette) -> dict:
    """One row an indicator: the range of partnerships, and of their middle half, the area's dot and interval, under its words.

    `rows`: indicator_id, value, lower_ci, upper_ci, obs_status, scotland, spread_from, lower_quarter,
    upper_quarter, spread_to, `verdict` and `compared` (its words). Rows without a Scotland value are left out.
    An arrow ends an interval that goes on beyond its scale. A rate of records stands on its hatched range, `lowest` to
    `highest`, where that is held.
    """
    judged, neither = _parted(rows, indicators)
    titles = {id(row): theme.wrapped(indicators[row["indicator_id"]].title, LONGEST_LINE) for row in (*judged, *neither)}
    heading = HEADING if judged and neither else 0
    high = heading + sum(ROW + LINE * title.count("<br>") for title in titles.values())
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            38 + max(high, ROW),
            margin={"l": 8, "r": 8, "t": 30, "b": 8},
            xaxis=theme.plain_axis(colours, (-EDGE, EDGE), {}),
            yaxis=theme.plain_axis(colours, (0, max(high, ROW)), {}),
        ),
    }
    top = {"yref": "paper", "yanchor": "bottom", "yshift": 8}
    _add_heading(figure, 1, ("◂ worse", "better ▸") if judged else ("◂ lower", "higher ▸"), colours, **top)
    _add_name(figure, colours)
    foot = high
    for row in (*judged, *neither):
        if heading and row is neither[0]:
            foot -= heading
            _add_heading(figure, foot + heading / 2, ("Neither better nor worse:<br>◂ lower", "<br>higher ▸"), colours, yanchor="middle")
        foot -= ROW + LINE * titles[id(row)].count("<br>")
        _add_row(figure, row, indicators[row["indicator_id"]], titles[id(row)], foot, colours)
    return _with_key(figure, rows, indicators, colours)


def _add_line(figure: dict, colours: theme.Palette) -> None:
    """Scotland: a black line down the middle, its name above it."""
    figure["layout"]["shapes"].append(_line(0, 1, colours, yref="paper"))
    _add_name(figure, colours, up=26)


def _line(y0: float, y1: float, colours: theme.Palette, **more: object) -> dict:
    return theme.rule(colours, x0=0, x1=0, y0=y0, y1=y1, layer="above", line={"color": colours.ink, "width": 2, "dash": "solid"}, **more)


def _add_name(figure: dict, colours: theme.Palette, up: int = 8) -> None:
    figure["layout"]["annotations"].append(theme.note(
        "<b>Scotland</b>", 0, 1, colours, yref="paper", yanchor="bottom", xanchor="center", yshift=up,
        font={"size": theme.SMALL, "color": colours.ink}))


def _add_heading(figure: dict, y: float, ends: Sequence[str], colours: theme.Palette, **where: object) -> None:
    for text, x, anchor in zip(ends, (-EDGE, EDGE), ("left", "right"), strict=True):
        figure["layout"]["annotations"].append(theme.note(
            text, x, y, colours, xanchor=anchor, font={"size": theme.SMALL, "color": colours.muted}, **where))


def _add_row(figure: dict, row: Row, indicator: Indicator, title: str, foot: float, colours: theme.Palette) -> None:
    """The measure and, on the next line, its value and verdict, over the bar: they fit the narrowest screen."""
    value = numbers.value_text(row, indicator, short=True)
    colour = verdict_colour(str(row["verdict"]), colours)
    for text, up, ink in ((title, NAME, colours.ink), (f"<b>{value}</b> · {_short(row)}", VALUE, colour)):
        figure["layout"]["annotations"].append(theme.note(
            text, -EDGE, foot + up, colours, xanchor="left", yanchor="bottom", bgcolor=colours.surface, borderpad=1,
            font={"size": theme.SMALL, "color": ink}))
    _add_drawing(figure, row, indicator, foot + BAR, THICK, colours)
    figure["layout"]["shapes"].append(_line(foot + BAR - BESIDE, foot + BAR + BESIDE, colours))      # beside the bar alone


def _add_drawing(figure: dict, row: Row, indicator: Indicator, bar: float, half: float, colours: theme.Palette) -> None:
    """The bands of partnerships around `bar`, `half` up and down in units of the axis, and over them the area's own."""
    scale = scale_of(row, indicator)
    for low, high, fill in (("spread_from", "spread_to", colours.band), ("lower_quarter", "upper_quarter", colours.band_strong)):
        ends = sorted((scale.at(row[low]), scale.at(row[high])))
        figure["layout"]["shapes"].append({
            "type": "rect", "xref": "x", "yref": "y", "layer": "below", "x0": ends[0], "x1": ends[1],
            "y0": bar - half, "y1": bar + half, "fillcolor": fill, "line": {"width": 0}})
    if ranges.ranged([row], indicator):
        ends = sorted(scale.at(row[end]) for end in ranges.ENDS)
        figure["data"].insert(0, ranges.bars([dict(zip(ranges.ENDS, ends, strict=True))], [bar], colours, width=2 * half))
    if not is_missing(row["value"]):
        _add_dot(figure, row, scale, bar, colours)


def _short(row: Row) -> str:
    """The verdict in the few words a chart has room for; the table has all of them."""
    words = str(row["compared"])
    words = words.split(",")[0] if words.startswith("not compared") else words
    return "not tested" if words.startswith("not tested") else words.replace(" difference from Scotland", " difference")


def _add_dot(figure: dict, row: Row, scale: Scale, bar: float, colours: theme.Palette) -> None:
    colour = verdict_colour(str(row["verdict"]), colours)
    limits = [row["lower_ci"], row["upper_ci"]]
    if not any(is_missing(each) for each in limits):
        figure["data"].append({
            "type": "scatter", "mode": "lines", "x": sorted(scale.at(each) for each in limits), "y": [bar, bar],
            "hoverinfo": "skip", "line": {"color": colour, "width": 3}})
        figure["data"] += [_arrow(scale.at(each), bar, colour) for each in limits if scale.goes_on(each)]
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": [scale.at(row["value"])], "y": [bar],
        "marker": {"size": 13, "symbol": "diamond" if row["verdict"] == "worse" else "circle",
                   "color": colours.surface if row["verdict"] == "none" else colour, "line": {"color": colour, "width": 3}},
        "hoverinfo": "skip"})


def _arrow(at: float, bar: float, colour: str) -> dict:
    """The end of an interval that goes on beyond the scale."""
    return {"type": "scatter", "mode": "markers", "x": [1.03 * at], "y": [bar], "hoverinfo": "skip",
            "marker": {"size": 11, "symbol": f"triangle-{'right' if at > 0 else 'left'}", "color": colour,
                       "line": {"color": colour, "width": 0}}}
