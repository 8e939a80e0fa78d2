"""Axes made from rows: dates to positions, values to limits and ticks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import ceil

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

BETWEEN = 8      # pixels between two labels, at least

_SCALES = {"thousand": "k", "million": "m", "billion": "bn"}


def position(row: Mapping[str, object]) -> float:
    """The middle of the row's period as a decimal year, so that gaps in time show as gaps."""
    start, end = (_decimal_year(str(row[name])[:10]) for name in ("start_date", "end_date"))
    return (start + end) / 2


@lru_cache(maxsize=4000)
def _decimal_year(when: str) -> float:
    day = date.fromisoformat(when)
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def period_ticks(rows: Sequence[Mapping[str, object]], most: int = 9) -> dict[float, str]:
    """At most `most` labelled positions, always the first and the last, and evenly apart but for the last where none can be."""
    places = sorted({(position(row), short_period(row)) for row in rows})
    gaps = len(places) - 1
    if gaps < most:
        return dict(places)
    least = ceil(gaps / (most - 1))
    step = next((each for each in range(least, 2 * least + 1) if gaps % each == 0), least)
    return dict([*places[:gaps - step + 1:step], places[-1]])


def thin(figure: dict, width: int) -> dict:
    """The figure with only so many labels along its lower axis as stand apart where it is `width` pixels wide.

    On an axis of values every second, third ... label stays, and each grid line; on one of periods the first, the last
    and what fits between them.
    """
    layout = figure["layout"]
    along = layout["xaxis"]
    ticks = [(float(at), str(label)) for at, label in zip(along["tickvals"], along["ticktext"], strict=True)]
    if len(ticks) < 2:
        return figure
    low, high = along["range"]
    unit = (width - layout["margin"]["l"] - layout["margin"]["r"]) / abs(high - low)
    shown = _spaced(ticks, unit) if along["showgrid"] else _with_ends(ticks, unit)
    layout["xaxis"] = along | {"ticktext": [label if at in shown else "" for at, label in ticks]}
    return figure


def _touch(one: tuple[float, str], other: tuple[float, str], unit: float) -> bool:
    room = (theme.width_of(one[1]) + theme.width_of(other[1])) / 2 + BETWEEN
    return abs(other[0] - one[0]) * unit < room


def _spaced(ticks: Sequence[tuple[float, str]], unit: float) -> set[float]:
    """The places of every label, of every second one, and so on, until none touch."""
    for step in range(1, len(ticks)):
        kept = ticks[::step]
        if not any(_touch(one, other, unit) for one, other in pairwise(kept)):
            return {at for at, _ in kept}
    return {ticks[0][0]}


def _with_ends(ticks: Sequence[tuple[float, str]], unit: float) -> set[float]:
    """The first place, the last, and those between that touch neither them nor each other: evenly apart where that leaves enough."""
    named = sorted(each for each in ticks if each[1])
    even = next((named[::step] for step in range(1, len(named)) if (len(named) - 1) % step == 0
                 and not any(_touch(one, other, unit) for one, other in pairwise(named[::step]))), [])
    kept = _as_many_as_fit(ticks, unit)
    return {at for at, _ in even} if 2 * len(even) > len(kept) + 1 else kept


def _as_many_as_fit(ticks: Sequence[tuple[float, str]], unit: float) -> set[float]:
    first, *between, last = sorted(ticks)
    kept = [first]
    for tick in between:
        if tick[1] and not _touch(kept[-1], tick, unit) and not _touch(tick, last, unit):
            kept.append(tick)
    return {at for at, _ in (*kept, last)}


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
    ticks = theme.nice_ticks(low, high, most)
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
