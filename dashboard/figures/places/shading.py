"""How councils are shaded: five classes of value, or higher and lower than Scotland for a survey or a rate of records.

A figure that cannot be shown is never a class: it is hatched, marked and named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise

from dashboard.catalogue import Indicator
from dashboard.methods.classes import Scale, class_breaks
from dashboard.methods.missing import is_missing
from dashboard.words import comparisons, differences, marks, numbers, phrases

Row = Mapping[str, object]
Spots = Mapping[str, tuple[int, int]]      # area_code -> (row from the north, column from the west) of the tile grid

# What every map and tile grid takes: one row a council, all 32, sorted by area_code. `hidden` is the mark that stands
# in place of a figure, or empty; `class_index` None where it is hidden; `text` the sentences on one council.
MAP_ROW = ("area_code", "name", "value", "lower_ci", "upper_ci", "denominator", "obs_status",
           "class_index", "class_label", "text", "hidden", "is_hatched", "tile_row", "tile_column")
HIDDEN = ("c", "x", "z", "low")          # no figure to shade: `low` may be none, so it is not zero
HIGHER, LOWER, ALIKE = "Higher than Scotland", "Lower than Scotland", "Cannot be told apart from Scotland"
UNSAID = "No clear difference from Scotland, or too much is missing to compare"
NOT_HELD = "No figure held"


def choose_scale(rows: Iterable[Row], indicator: Indicator) -> Scale:
    """Classes for every map that shares them: give the rows of all the periods shown.

    A survey's values are never classed, only compared; nor those of records, whose shades would show what was recorded.
    """
    if indicator.is_survey or indicator.is_of_records:
        return Scale((HIGHER, UNSAID if indicator.is_of_records else ALIKE, LOWER), is_comparison=True)
    known = [float(row["value"]) for row in rows if not hidden_mark(row)]
    if not known:
        return Scale(())
    breaks = class_breaks(known, indicator.decimals)
    return Scale(_class_labels(breaks, known[0], indicator), breaks)


def _class_labels(breaks: Sequence[float], only: float, indicator: Indicator) -> tuple[str, ...]:
    """Each class in words, lowest first; `only` is the value where every value reads alike."""
    say = [numbers.amount(each, indicator, short=True) for each in breaks]
    if not say:
        return (numbers.amount(only, indicator, short=True),)
    between = [f"{low} to under {high}" for low, high in pairwise(say)]
    return (f"Under {say[0]}", *between, f"{say[-1]} or more")


def map_rows(rows: Sequence[Row], indicator: Indicator, scale: Scale, spots: Spots) -> list[dict[str, object]]:
    """MAP_ROW rows, sorted by area_code, from one period's council rows.

    `rows`: area_code, name, value, lower_ci, upper_ci, denominator, obs_status, and what may be said of it against
    Scotland, direction and compared; one row a council, None where nothing is held.
    Raises ValueError if a council appears twice, KeyError for one without a place on the tile grid.
    """
    if len({row["area_code"] for row in rows}) < len(rows):
        raise ValueError("a council appears twice: a map takes one row a council")
    return [_map_row(row, indicator, scale, spots) for row in sorted(rows, key=lambda row: row["area_code"])]


def _map_row(row: Row, indicator: Indicator, scale: Scale, spots: Spots) -> dict[str, object]:
    tile_row, tile_column = spots[str(row["area_code"])]
    place = _class_index(row, indicator, scale)
    label = _class_label(row, place, scale, indicator)
    made = {"class_index": place, "class_label": label, "text": _about(row, label, indicator),
            "hidden": hidden_mark(row), "is_hatched": is_hatched(row), "tile_row": tile_row, "tile_column": tile_column}
    return {name: made[name] if name in made else row[name] for name in MAP_ROW}


def hidden_mark(row: Row) -> str:
    """'c', 'x', 'z' or 'low' where no figure may be shaded; 'x' too where none is held."""
    for mark in marks.marks_of(row.get("obs_status")):
        if mark in HIDDEN:
            return mark
    return "x" if is_missing(row.get("value")) else ""


def is_hatched(row: Row) -> bool:
    """Hidden, or shown with low reliability."""
    return bool(hidden_mark(row)) or "u" in marks.marks_of(row.get("obs_status"))


def _class_index(row: Row, indicator: Indicator, scale: Scale) -> int | None:
    if hidden_mark(row) or not scale.labels:
        return None
    if scale.is_comparison:
        return {"higher": 0, "lower": 2}.get(str(row["direction"]), 1)
    return scale.class_of(float(row["value"]), indicator.decimals)


def _class_label(row: Row, place: int | None, scale: Scale, indicator: Indicator) -> str:
    if mark := hidden_mark(row):
        is_held = "x" in marks.marks_of(row.get("obs_status")) or mark != "x"
        return f"[{mark}] {marks.meaning(mark, indicator)}" if is_held else NOT_HELD
    return scale.labels[place]


def _about(row: Row, label: str, indicator: Indicator) -> str:
    """Sentences on one council: figure, interval, base, comparison."""
    if mark := hidden_mark(row):
        if label == NOT_HELD:
            return f"{NOT_HELD}."
        return f"[{mark}] {phrases.sentence_case(marks.meaning(mark, indicator))}."
    parts = [numbers.value_text(row, indicator)]
    if interval := numbers.interval_text(row, indicator):
        parts.append(f"{numbers.interval_name(indicator)} {interval}")
    if indicator.is_of_records and (could_be := numbers.range_text(row, indicator)) != "[x]":
        parts.append(f"{numbers.RANGE[:1].lower()}{numbers.RANGE[1:]}: {could_be}")
    if not is_missing(row.get("denominator")):
        parts.append(f"base {float(row['denominator']):,.0f}")
    if row["compared"] not in ("", differences.NOT_COMPARED) and indicator.measure != "count":
        parts.append(str(row["compared"]))
    return ", ".join(parts) + "."


def key(rows: Sequence[Row], scale: Scale, indicator: Indicator) -> list[dict[str, object]]:
    """The classes in words (lowest first), then each reason for a hatch with the councils it hides.

    Rows of `text` and `class_index`, which is None for a hatch.
    """
    lines = []
    for place, label in enumerate(scale.labels):
        sign = f"{comparisons.signs(indicator)[place]} " if scale.is_comparison else ""
        inside = sum(row["class_label"] == label for row in rows)
        lines.append({"text": f"{sign}{label} ({inside})", "class_index": place})
    hatched: dict[str, list[str]] = {}
    for row in rows:
        if mark := row["hidden"]:
            sign = "" if f"[{mark}]" in row["class_label"] else f"[{mark}] "
            hatched.setdefault(f"{sign}{row['class_label']}", []).append(str(row["name"]))
    for row in rows:
        if row["is_hatched"] and not row["hidden"]:
            hatched.setdefault(f"[u] {marks.MARKS['u']}", []).append(str(row["name"]))
    return lines + [{"text": f"{reason}: {phrases.listed(names)}", "class_index": None} for reason, names in hatched.items()]


def as_options(scale: Scale, indicator: Indicator, selected: str, key_rows: Sequence[Row]) -> dict[str, object]:
    """The options of a plot of kind 'map', 'flat_map', 'tiles' or 'tile_grids'."""
    return {"indicator": indicator.as_data(), "scale": asdict(scale), "selected": selected, "key": key_rows}
