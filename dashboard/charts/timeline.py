"""When programmes ran and were folded in: bars and marks only where a date is held, words everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts import theme

NAME_ROW, LANE_ROW, KEY_ROW = 38, 20, 20     # pixels: a name and its words, the lane under them, a line of the key


@dataclass(frozen=True)
class Span:
    """One programme: `words` says what is held of its dates; a date nobody holds is None and is not drawn."""

    label: str
    words: str
    started: date | None = None
    ended: date | None = None
    folded: date | None = None
    runs_on: bool = False

    @property
    def has_lane(self) -> bool:
        return any((self.started, self.ended, self.folded))


def timeline(spans: Sequence[Span], until: date, colours: theme.Palette, folds: Mapping[date, str] | None = None) -> dict:
    """One row a programme in the order given: its name, its words and, where a date is held, its lane.

    A bar runs from a held start to a held end (to `until` where it runs on). A start without an end is a mark,
    never a bar; the day of folding in is a square. `folds` puts words at vertical lines.
    """
    places, depth = _places(spans)
    drawn = [span for span in spans if span.has_lane]
    first = min((day for span in drawn for day in (span.started, span.ended, span.folded) if day), default=until)
    years = range(first.year, until.year + 2)
    key = _key(drawn)
    below = 40 + KEY_ROW * len(key)
    figure = {"data": [*_bars(drawn, places, until, colours), *_marks(drawn, places, colours)], "layout": theme.layout(
        colours, depth + below + 12, barmode="overlay", margin={"l": 14, "r": 16, "t": 12, "b": below},
        xaxis=theme.value_axis(colours, (years[0] - 0.15, years[-1] + 0.1),
                               {float(year): str(year) for year in years[::2 if len(years) > 6 else 1]}),
        yaxis=theme.plain_axis(colours, (-depth, 0), {}))}
    for day, words in (folds or {}).items():
        _add_fold(figure, day, words, colours)
    figure["layout"]["annotations"] += _names(spans, places, years[0] - 0.15, colours) + _key_notes(key, colours)
    return figure


def _places(spans: Sequence[Span]) -> tuple[dict[str, float], int]:
    """The top of each row as pixels below the top of the chart, negative; and the depth of all rows."""
    places, depth = {}, 0
    for span in spans:
        places[span.label] = -float(depth)
        depth += NAME_ROW + (LANE_ROW if span.has_lane else 0)
    return places, depth


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _lane(span: Span, places: Mapping[str, float]) -> float:
    return places[span.label] - NAME_ROW - LANE_ROW / 2 + 4


def _bars(spans: Sequence[Span], places: Mapping[str, float], until: date, colours: theme.Palette) -> list[dict]:
    shown = [(span, span.ended or until) for span in spans if span.started and (span.ended or span.runs_on)]
    if not shown:
        return []
    return [{
        "type": "bar", "orientation": "h", "base": [_year(span.started) for span, _ in shown],
        "x": [_year(end) - _year(span.started) for span, end in shown], "y": [_lane(span, places) for span, _ in shown],
        "width": 9.0, "marker": {"color": [colours.series[0] if span.runs_on else colours.line for span, _ in shown]},
        "text": [f"{span.label}<br>{span.words}" for span, _ in shown], "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>"}]


def _marks(spans: Sequence[Span], places: Mapping[str, float], colours: theme.Palette) -> list[dict]:
    """A square where it was folded in; an open circle where only its start is held."""
    found = []
    for symbol, day_of, fill in (
            ("square", lambda span: span.folded, colours.ink),
            ("circle", lambda span: span.started if not (span.ended or span.runs_on) else None, colours.surface)):
        own = [(span, day_of(span)) for span in spans if day_of(span)]
        if own:
            found.append({
                "type": "scatter", "mode": "markers", "x": [_year(day) for _, day in own],
                "y": [_lane(span, places) for span, _ in own],
                "marker": {"symbol": symbol, "size": 11 if symbol == "square" else 10, "color": fill,
                           "line": {"color": colours.surface if symbol == "square" else colours.ink,
                                    "width": 1 if symbol == "square" else 2}},
                "text": [f"{span.label}<br>{span.words}" for span, _ in own],
                "hovertemplate": "%{text}<extra></extra>"})
    return found


def _add_fold(figure: dict, day: date, words: str, colours: theme.Palette) -> None:
    figure["layout"]["margin"] = figure["layout"]["margin"] | {"t": 26}
    figure["layout"]["shapes"].append(theme.rule(colours, x0=_year(day), x1=_year(day), y0=0, y1=1, yref="paper",
                                                 line={"color": colours.line, "width": 1, "dash": "dot"}))
    figure["layout"]["annotations"].append(theme.note(
        words, _year(day), 1, colours, yref="paper", yanchor="bottom", xanchor="center",
        font={"size": theme.SMALL, "color": colours.muted}))


def _names(spans: Sequence[Span], places: Mapping[str, float], left: float, colours: theme.Palette) -> list[dict]:
    """Two short lines a programme, on a ground of their own so that no grid line runs through them."""
    return [theme.note(f"<b>{span.label}</b><br>{span.words}", left, places[span.label] - 3, colours, xanchor="left",
                       yanchor="top", xshift=-4, font={"size": theme.SMALL, "color": colours.ink})
            for span in spans]


def _key(spans: Sequence[Span]) -> list[tuple[str, str]]:
    """The signs in use and what they mean."""
    return [(sign, words) for sign, words, used in (
        ("▬", "Ran; the local model runs on", any(s.started and (s.ended or s.runs_on) for s in spans)),
        ("■", "Folded into the local model", any(span.folded for span in spans)),
        ("○", "Began; the day it ended is not held", any(s.started and not s.ended and not s.runs_on for s in spans)))
        if used]


def _key_notes(key: Sequence[tuple[str, str]], colours: theme.Palette) -> list[dict]:
    notes = []
    for row, (sign, words) in enumerate(key):
        where = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "middle", "yshift": -40 - KEY_ROW * row}
        shade = colours.line if sign == "▬" else colours.ink
        notes.append(theme.note(sign, 0, 0, colours, font={"size": 14, "color": shade}, **where))
        notes.append(theme.note(words, 0, 0, colours, xshift=18, font={"size": theme.SMALL, "color": colours.ink}, **where))
    return notes
