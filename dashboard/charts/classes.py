"""How councils are shaded: five classes of value, or higher and lower than Scotland for a survey.

A figure that cannot be shown is never a class: it is hatched, marked and named.
Values are only sorted into classes here; nothing is worked out from them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.charts.theme import LIGHT, Palette
from dashboard.methods.missing import is_missing
from dashboard.words import differences, marks, numbers, phrases

# The columns every map and tile grid takes: one row a council, all 32, in any order.
MAP_ROW = ("area_code", "name", "value", "lower_ci", "upper_ci", "denominator", "obs_status",
           "class_index", "class_label", "text")
FEWEST_CLASSES, MOST_CLASSES = 5, 7
HIDDEN = ("c", "x", "z", "low")          # no figure to shade: `low` may be none, so it is not zero
HIGHER, LOWER, ALIKE = "Higher than Scotland", "Lower than Scotland", "Cannot be told apart from Scotland"
SYMBOLS = ("▲", "≈", "▼")               # higher, cannot be told apart, lower
NOT_HELD = "No figure held"


@dataclass(frozen=True)
class Scale:
    """The classes of one map, or of several that must be read alike.

    `breaks` are the lowest values of each class but the first; empty for a comparison with
    Scotland, whose classes are always higher, cannot be told apart, lower.
    """

    labels: tuple[str, ...]
    breaks: tuple[float, ...] = ()
    is_comparison: bool = False

    def class_of(self, value: float, decimals: int) -> int:
        """The class of a value as it is shown (rounded), counting from the lowest."""
        shown = round(value, decimals)
        return sum(shown >= each for each in self.breaks)


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend in words, for an HTML list beside the figure."""

    label: str
    colour: str
    is_hatched: bool
    symbol: str
    names: tuple[str, ...]


def choose_scale(rows: pd.DataFrame, indicator: Indicator) -> Scale:
    """Classes for every map that shares them: give the rows of all the periods shown.

    Round breaks a step apart where they spread the councils; otherwise (one class would hold more
    than half) rounded quantiles. A survey's values are never classed, only compared.
    """
    if indicator.is_survey:
        return Scale((HIGHER, ALIKE, LOWER), is_comparison=True)
    known = sorted(round(float(row["value"]), indicator.decimals) for row in rows.to_dict("records")
                   if not hidden_mark(row))
    if not known:
        return Scale(())
    breaks = _even_breaks(known, indicator.decimals)
    if breaks is None or _largest_share(known, breaks) > 0.5:
        breaks = _quantile_breaks(known, indicator.decimals)
    return Scale(_class_labels(breaks, known, indicator), breaks)


def _even_breaks(known: list[float], decimals: int) -> tuple[float, ...] | None:
    """Round breaks the same step apart, for five to seven classes; None if there are none such."""
    low, high = known[0], known[-1]
    smallest = 10.0 ** -decimals
    power = 10.0 ** math.floor(math.log10(max(high - low, smallest)))
    for step in (power * f for f in (0.1, 0.2, 0.25, 0.5, 1, 2)):
        if abs(step / smallest - round(step / smallest)) > 1e-9:
            continue
        first, last = math.floor(low / step + 1e-9), math.floor(high / step + 1e-9)
        if FEWEST_CLASSES <= last - first + 1 <= MOST_CLASSES:
            return tuple(round(i * step, 6) for i in range(first + 1, last + 1))
    return None


def _largest_share(known: list[float], breaks: tuple[float, ...]) -> float:
    counts = [0] * (len(breaks) + 1)
    for value in known:
        counts[sum(value >= each for each in breaks)] += 1
    return max(counts) / len(known)


def _quantile_breaks(known: list[float], decimals: int) -> tuple[float, ...]:
    """Breaks near the 20th to 80th percentiles, to as few figures as keep them apart."""
    cuts = sorted({known[round((len(known) - 1) * share)] for share in (0.2, 0.4, 0.6, 0.8)} - {known[0]})
    cuts = cuts or sorted({known[-1]} - {known[0]})
    breaks: list[float] = []
    for figures in range(1, 12):
        breaks = sorted({round(cut, _places(cut, figures, decimals)) for cut in cuts})
        if len(breaks) == len(cuts):
            break
    return tuple(float(each) for each in breaks if known[0] < each <= known[-1]) or tuple(cuts)


def _places(value: float, figures: int, decimals: int) -> int:
    """Decimal places that leave so many significant figures, but no more than are shown."""
    return min(decimals, figures - 1 - math.floor(math.log10(abs(value)))) if value else decimals


def _class_labels(breaks: tuple[float, ...], known: list[float], indicator: Indicator) -> tuple[str, ...]:
    say = [numbers.amount(each, indicator, short=True) for each in breaks]
    if not say:   # every value reads alike
        return (numbers.amount(known[0], indicator, short=True),)
    between = [f"{low} to under {high}" for low, high in pairwise(say)]
    return (f"Under {say[0]}", *between, f"{say[-1]} or more")


def map_rows(rows: pd.DataFrame, scotland: Mapping[str, object] | None, indicator: Indicator,
             scale: Scale) -> pd.DataFrame:
    """MAP_ROW rows, sorted by area_code, from one period's council rows.

    `rows`: area_code, name, value, lower_ci, upper_ci, denominator, obs_status; one row a council,
    a missing value where nothing is held. `scotland`: the same columns for Scotland, or None.
    Raises ValueError if a council appears twice.
    """
    if rows["area_code"].duplicated().any():
        raise ValueError("a council appears twice: a map takes one row a council")
    records = rows.sort_values("area_code").to_dict("records")
    for row in records:
        found = differences.difference(row, scotland, indicator) if scotland is not None else None
        row["class_index"] = _class_index(row, found, indicator, scale)
        row["class_label"] = _class_label(row, scale, indicator)
        row["text"] = _hover(row, found, indicator)
    table = pd.DataFrame(records, columns=list(MAP_ROW))
    return table.astype({"class_index": "Int64"})


def hidden_mark(row: Mapping[str, object]) -> str:
    """'c', 'x', 'z' or 'low' where no figure may be shaded; 'x' too where none is held."""
    for mark in marks.marks_of(row.get("obs_status")):
        if mark in HIDDEN:
            return mark
    return "x" if is_missing(row.get("value")) else ""


def is_hatched(row: Mapping[str, object]) -> bool:
    """Hidden, or shown with low reliability."""
    return bool(hidden_mark(row)) or "u" in marks.marks_of(row.get("obs_status"))


def _class_index(row: Mapping[str, object], found, indicator: Indicator, scale: Scale) -> int | None:
    if hidden_mark(row) or not scale.labels:
        return None
    if scale.is_comparison:
        return {"higher": 0, "lower": 2}.get(found.direction if found else "", 1)
    return scale.class_of(float(row["value"]), indicator.decimals)


def _class_label(row: Mapping[str, object], scale: Scale, indicator: Indicator) -> str:
    if mark := hidden_mark(row):
        held = "x" in marks.marks_of(row.get("obs_status")) or mark != "x"
        return f"[{mark}] {marks.meaning(mark, indicator)}" if held else NOT_HELD
    return scale.labels[row["class_index"]]


def _hover(row: Mapping[str, object], found, indicator: Indicator) -> str:
    """Sentences on one council: figure, interval, base, comparison."""
    if mark := hidden_mark(row):
        if row["class_label"] == NOT_HELD:
            return f"{NOT_HELD}."
        return f"[{mark}] {phrases.sentence_case(marks.meaning(mark, indicator))}."
    parts = [numbers.value_text(row, indicator)]
    if interval := numbers.interval_text(row, indicator):
        parts.append(f"{numbers.interval_name(indicator)} {interval}")
    if not is_missing(row.get("denominator")):
        parts.append(f"base {float(row['denominator']):,.0f}")
    if found is not None and indicator.measure != "count":
        parts.append(differences.compared(found, "Scotland"))
    return ", ".join(parts) + "."


def colour_of(row: Mapping[str, object], scale: Scale, indicator: Indicator, colours: Palette) -> str:
    """The fill of one MAP_ROW row: its class, or the colour of no data."""
    if pd.isna(row["class_index"]):
        return colours.no_data
    return _class_colours(scale, indicator, colours)[int(row["class_index"])]


def _class_colours(scale: Scale, indicator: Indicator, colours: Palette) -> tuple[str, ...]:
    """From lowest to highest for values; higher, alike, lower for a comparison."""
    if scale.is_comparison:
        if indicator.direction == "no_direction":
            return (colours.series[0], colours.band_strong, colours.series[1])
        higher_is_better = indicator.direction == "higher_is_better"
        ends = (colours.better, colours.worse) if higher_is_better else (colours.worse, colours.better)
        return (ends[0], colours.band_strong, ends[1])
    return tuple(_shade(colours.sequential, i, len(scale.labels)) for i in range(len(scale.labels)))


def _shade(sequence: tuple[str, ...], place: int, count: int) -> str:
    """The colour `place` of `count` evenly along a sequence of hex colours; the middle one of one."""
    at = (len(sequence) - 1) * (place / (count - 1) if count > 1 else 0.5)
    low = min(int(at), len(sequence) - 2)
    ends = [[int(sequence[i][j:j + 2], 16) for j in (1, 3, 5)] for i in (low, low + 1)]
    mixed = (round(a + (b - a) * (at - low)) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def selected_line(colours: Palette) -> str:
    """The outline of the selected council: a hue that no class has, drawn thick."""
    return "#d6007f" if colours is LIGHT else "#ff6cc0"


def symbol_of(row: Mapping[str, object], scale: Scale) -> str:
    """A shape beside the colour: the mark where hidden, an arrow in a comparison, else nothing."""
    if mark := hidden_mark(row):
        return f"[{mark}]"
    unreliable = " [u]" if "u" in marks.marks_of(row.get("obs_status")) else ""
    return (SYMBOLS[int(row["class_index"])] if scale.is_comparison else "") + unreliable


def legend(rows: pd.DataFrame, scale: Scale, indicator: Indicator, colours: Palette) -> list[LegendEntry]:
    """Each class (lowest first), then each reason for a hatch, with the councils in it."""
    records = rows.to_dict("records")
    entries = []
    for place, label in enumerate(scale.labels):
        inside = tuple(row["name"] for row in records if row["class_label"] == label)
        entries.append(LegendEntry(label, _class_colours(scale, indicator, colours)[place], False,
                                   SYMBOLS[place] if scale.is_comparison else "", inside))
    hidden: dict[tuple[str, str], list[str]] = {}
    for row in records:
        if mark := hidden_mark(row):
            hidden.setdefault((f"[{mark}]", row["class_label"]), []).append(row["name"])
    entries += [LegendEntry(label, colours.no_data, True, symbol, tuple(names))
                for (symbol, label), names in hidden.items()]
    unreliable = tuple(r["name"] for r in records if is_hatched(r) and not hidden_mark(r))
    if unreliable:
        entries.append(LegendEntry(f"[u] {marks.MARKS['u']}", "", True, "[u]", unreliable))
    return entries
