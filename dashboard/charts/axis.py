"""Axes made from rows: dates to positions, values to limits and ticks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.catalogue import Indicator
from dashboard.charts.theme import nice_ticks
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

NARROWEST, LETTER = 170, 7.0   # pixels: the axis of a chart on a screen of 320, and a letter of its labels


_SCALES = {"thousand": "k", "million": "m", "billion": "bn"}


def position(row: Mapping[str, object]) -> float:
    """The middle of the row's period as a decimal year, so that gaps in time show as gaps."""
    start, end = _decimal_year(row["start_date"]), _decimal_year(row["end_date"])
    return (start + end) / 2


def _decimal_year(when: object) -> float:
    day = date.fromisoformat(str(when)[:10])
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def period_ticks(rows: Sequence[Mapping[str, object]], most: int = 5) -> dict[float, str]:
    """At most `most` labelled positions, always the first and the last, none close enough to touch."""
    places = sorted({(position(row), short_period(row)) for row in rows})
    if len(places) > most:
        step = (len(places) - 1) / (most - 1)
        places = [places[round(i * step)] for i in range(most)]
    return dict(_apart(places))


def _apart(places: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The places without those too near the one before them, or the last, to be read at 320 pixels."""
    if len(places) < 3:
        return list(places)
    first, last = places[0], places[-1]
    widest = max(len(label) for _, label in places)
    nearest = (widest * LETTER + 4) / NARROWEST * (last[0] - first[0])
    kept = [first]
    for place in places[1:-1]:
        if place[0] - kept[-1][0] >= nearest and last[0] - place[0] >= nearest:
            kept.append(place)
    return [*kept, last]


def short_period(row: Mapping[str, object]) -> str:
    """The shortest label an axis can carry: '2023', '2022-23', 'Sep 2024'."""
    label = str(row.get("period_label") or row["period"])
    if row.get("frequency") == "to_date":
        return f"{date.fromisoformat(str(row['end_date'])[:10]):%b %Y}"
    if row.get("frequency") == "quarter":
        return f"{date.fromisoformat(str(row['end_date'])[:10]):%b %y}"
    return label if len(label) <= 9 else str(row["period"])[:9]


def value_limits(rows: Iterable[Mapping[str, object]], from_zero: bool) -> tuple[float, float]:
    """Lowest and highest of values and interval limits; from zero if asked."""
    numbers = [
        float(row[name])
        for row in rows
        for name in ("value", "lower_ci", "upper_ci")
        if not is_missing(row.get(name))
    ]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return low, high


def value_ticks(low: float, high: float, indicator: Indicator, most: int = 6) -> dict[float, str]:
    """Round positions and their labels, with the unit's sign where it is short ('30%', '£2')."""
    ticks = nice_ticks(low, high, most)
    places = (
        0
        if all(tick == int(tick) for tick in ticks)
        else 1
        if all(round(tick, 1) == tick for tick in ticks)
        else 2
    )
    return {tick: _tick(tick, places, indicator) for tick in ticks}


def _tick(tick: float, places: int, indicator: Indicator) -> str:
    text = numbers.digits(tick, places, published=False)
    match indicator.measure:
        case "percentage":
            return f"{text}%"
        case "pounds":
            return f"£{text}{next((sign for word, sign in _SCALES.items() if word in indicator.unit), '')}"
        case _:
            return text
