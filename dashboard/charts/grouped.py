"""Dots with intervals in groups, a heading over each: bands of one question, or two groups of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.charts import axis, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

LONGEST_LINE, SECOND_LINE = 38, 0.7     # letters of a heading on the narrowest screen; rows that a second line takes


Row = Mapping[str, object]


@dataclass(frozen=True)
class Series:
    """One dot of every group: its value in the column `series`, its words, colour and shape."""

    name: str
    label: str
    colour: str
    symbol: str = "circle"


def grouped(rows: Sequence[Row], series: Sequence[Series], indicator: Indicator, colours: theme.Palette,
            zero: str = "", row_height: int = 24) -> dict:
    """One heading a `label`, in the order given, and under it one dot and interval a series.

    `rows`: label, series, value, lower_ci, upper_ci, obs_status, period_label and optionally `heading`
    (more words after the label). `zero` names a line at nought, for differences. Headings stand over the
    dots, not beside them, so that the chart can be read on a narrow screen.
    """
    places = _places(rows, series)
    low, high = axis.value_limits(rows, from_zero=True)
    ticks = axis.value_ticks(low, high, indicator, most=5)
    reach = max(ticks) - min(ticks)
    figure = {"data": [], "layout": theme.layout(
        colours, round(56 + row_height * (max(places.values(), default=1) + 1)),
        margin={"l": 18, "r": 18, "t": 8, "b": 30},
        xaxis=theme.value_axis(colours, (min(ticks), max(ticks) + reach * 0.16), ticks),
        yaxis=theme.plain_axis(colours, (max(places.values(), default=1) + 0.8, -0.7), {}))}
    if zero:
        _add_zero(figure, zero, colours)
    for each in series:
        own = [row for row in rows if row["series"] == each.name]
        _add_dots(figure, own, each, places, indicator)
        _add_values(figure, own, each, places, indicator, colours, min(ticks), first=str(rows[0]["label"]))
    _add_headings(figure, rows, places, colours)
    return figure


def _add_zero(figure: dict, words: str, colours: theme.Palette) -> None:
    figure["layout"]["margin"]["t"] = 26
    figure["layout"]["shapes"].append(theme.rule(
        colours, x0=0, x1=0, y0=0, y1=1, yref="paper", line={"color": colours.ink, "width": 1.5, "dash": "solid"}))
    figure["layout"]["annotations"].append(theme.note(
        words, 0, 1, colours, yref="paper", yanchor="bottom", xanchor="center",
        font={"size": theme.SMALL, "color": colours.ink}))


def _places(rows: Sequence[Row], series: Sequence[Series]) -> dict[tuple[str, str], float]:
    """The line of each heading (series '') and dot, counted from the top; a heading of two lines takes more room."""
    places: dict[tuple[str, str], float] = {}
    held = {(str(row["label"]), row["series"]) for row in rows}
    extra, at = SECOND_LINE if _on_two_lines(rows) else 0.0, 0.0
    for label in dict.fromkeys(str(row["label"]) for row in rows):
        for name in ("", *(each.name for each in series)):
            if not name or (label, name) in held:
                places[label, name] = at + (0 if name else extra / 2)
                at += 1 if name else 1 + extra
    return places


def _more(row: Row) -> str:
    return row["heading"] if isinstance(row.get("heading"), str) else ""


def _on_two_lines(rows: Sequence[Row]) -> bool:
    """True where a label and its further words are too long for one line of the narrowest screen."""
    return any(len(str(row["label"])) + len(_more(row)) > LONGEST_LINE for row in rows)


def _add_dots(figure: dict, rows: Sequence[Row], each: Series, places: dict, indicator: Indicator) -> None:
    shown = [row for row in rows if not is_missing(row["value"])]
    if not shown:
        return
    figure["data"].append({
        "type": "scatter", "mode": "markers", "name": each.label, "x": [float(row["value"]) for row in shown],
        "y": [places[str(row["label"]), each.name] for row in shown],
        "marker": {"color": each.colour, "size": 10, "symbol": each.symbol,
                   "line": {"color": each.colour, "width": 2}},
        "text": [hover(row, indicator, f"{row['label']}{': ' if each.label else ''}{each.label.lower()}")
                 for row in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "error_x": {"type": "data", "symmetric": False, "color": each.colour, "thickness": 2, "width": 0,
                    "array": [_reach(row, "upper_ci") for row in shown],
                    "arrayminus": [_reach(row, "lower_ci") for row in shown]}})


def _reach(row: Row, limit: str) -> float:
    return 0.0 if is_missing(row.get(limit)) else abs(float(row[limit]) - float(row["value"]))


def _add_values(figure: dict, rows: Sequence[Row], each: Series, places: dict, indicator: Indicator,
                colours: theme.Palette, left: float, first: str) -> None:
    """The value in words right of its interval; in the first group also the name of the series."""
    for row in rows:
        missing = is_missing(row["value"])
        limits = [float(row[name]) for name in ("value", "upper_ci") if not is_missing(row.get(name))]
        words = numbers.value_text(row, indicator, short=True)
        if str(row["label"]) == first and each.label:
            words = f"{words} {each.label.lower()}" if not missing else f"{each.label}: {words}"
        figure["layout"]["annotations"].append(theme.note(
            words, left if missing else max(limits), places[str(row["label"]), each.name], colours,
            xanchor="left", xshift=6, font={"size": theme.SMALL, "color": colours.ink}))


def _add_headings(figure: dict, rows: Sequence[Row], places: dict, colours: theme.Palette) -> None:
    between = "<br>" if _on_two_lines(rows) else "  "
    for row in {str(row["label"]): row for row in reversed(list(rows))}.values():
        more = f"{between}<span style='font-size:{theme.SMALL}px'>{_more(row)}</span>" if _more(row) else ""
        words = f"<b>{row['label']}</b>{more}"
        figure["layout"]["annotations"].append(theme.note(
            words, 0, places[str(row["label"]), ""], colours, xref="paper", xanchor="left", yanchor="middle",
            font={"size": theme.NORMAL, "color": colours.ink}))
