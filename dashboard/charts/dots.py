"""Dots with their intervals, one row each: areas, groups or statements. Never sorted by value."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, ranges, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing
from dashboard.words import marks, numbers

Row = Mapping[str, object]
SHORT = 4      # letters of a tick's label that leave room for three beside the names of areas at 320 pixels
THICK = 12     # pixels of a hatched range: names may stand over a row
ROOMY = 34     # pixels a row: closer rows are many areas, whose names leave little width on a narrow screen


def dots(
    rows: Sequence[Row],
    indicator: Indicator,
    colours: theme.Palette,
    label: str = "area",
    reference: float | None = None,
    reference_name: str = "Scotland",
    chosen: str = "",
    row_height: int = 24,
) -> dict:
    """One dot and interval a row, in the order given, against a vertical line at `reference`.

    `rows`: `label`, value, lower_ci, upper_ci, obs_status, period_label, and `verdict` (better, worse,
    neutral, none) where it has been tested. `chosen` is the label to write in bold. A rate of records stands on its
    hatched range, `lowest` to `highest`, where that is held.
    """
    low, high = ranges.widened(axis.value_limits(rows, from_zero=False), rows, indicator)
    if reference is not None:
        low, high = min(low, reference), max(high, reference)
    ticks = axis.value_ticks(low, high, indicator, most=5)
    if row_height < ROOMY:
        ticks = _sparse(ticks)
    places = list(range(len(rows), 0, -1))
    names = {float(place): _name(str(row[label]), chosen) for place, row in zip(places, rows, strict=True)}
    longest = max((len(str(row[label])) for row in rows), default=8)
    figure = {
        "data": [
            trace
            for kind in dict.fromkeys(_verdict(row) for row in rows)
            for trace in _traces(rows, places, kind, indicator, colours, label)
        ],
        "layout": theme.layout(
            colours,
            64 + row_height * max(len(rows), 2),
            margin={"l": min(14 + int(7.0 * longest), 190), "r": 16, "t": 22, "b": 30},
            xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
            yaxis=theme.plain_axis(
                colours,
                (0.4, len(rows) + 0.6),
                names,
                tickfont={"size": theme.SMALL, "color": colours.ink},
            ),
        ),
    }
    if ranged := ranges.ranged(rows, indicator):
        own = {id(row): place for row, place in zip(rows, places, strict=True)}
        figure["data"].insert(0, ranges.bars(ranged, [own[id(row)] for row in ranged], colours, width=THICK / row_height))
        ranges.add_key(figure, colours)
    figure["layout"]["annotations"] += _hidden(rows, places, min(ticks), colours)
    if reference is not None:
        _add_reference(figure, reference, reference_name, indicator, colours)
    return figure


def _sparse(ticks: dict[float, str]) -> dict[float, str]:
    """The same places with every second label from the first; of long labels the ends alone, so that none touch."""
    last = len(ticks) - 1
    is_short = max(map(len, ticks.values())) <= SHORT
    step = 2 if last % 2 == 0 or is_short else last
    return {place: label if number % step == 0 else "" for number, (place, label) in enumerate(ticks.items())}


def _name(text: str, chosen: str) -> str:
    return f"<b>{text}</b>" if text == chosen else text


def _verdict(row: Row) -> str:
    return str(row.get("verdict") or "none")


def verdict_colour(verdict: str, colours: theme.Palette) -> str:
    return {"better": colours.better, "worse": colours.worse, "neutral": colours.series[0]}.get(
        verdict, colours.neutral
    )


def _traces(
    rows: Sequence[Row],
    places: Sequence[int],
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
            "array": [_reach(row, "upper_ci") for row in drawn],
            "arrayminus": [_reach(row, "lower_ci") for row in drawn],
        }
    return [trace]


def _reach(row: Row, limit: str) -> float:
    return 0.0 if is_missing(row.get(limit)) else abs(float(row[limit]) - float(row["value"]))


def _hidden(
    rows: Sequence[Row], places: Sequence[int], left: float, colours: theme.Palette
) -> list[dict]:
    """The mark and its meaning where there is no value: never a blank, never a zero."""
    notes = []
    for row, place in zip(rows, places, strict=True):
        if is_missing(row["value"]):
            mark = next(iter(marks.marks_of(row.get("obs_status"))), "x")
            notes.append(
                theme.note(
                    f"[{mark}]",
                    left,
                    place,
                    colours,
                    xanchor="left",
                    xshift=6,
                    font={"size": theme.SMALL, "color": colours.muted},
                )
            )
    return notes


def _add_reference(
    figure: dict, reference: float, name: str, indicator: Indicator, colours: theme.Palette
) -> None:
    figure["layout"]["shapes"].append(
        theme.rule(
            colours,
            x0=reference,
            x1=reference,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": colours.ink, "width": 1.5, "dash": "solid"},
        )
    )
    figure["layout"]["annotations"].append(
        theme.note(
            f"{name} {numbers.amount(reference, indicator, short=True)}",
            reference,
            1,
            colours,
            yref="paper",
            yanchor="bottom",
            xanchor="center",
            font={"size": theme.SMALL, "color": colours.ink},
        )
    )
