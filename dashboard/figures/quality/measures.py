"""Measures of the quality of returns: their names in plain words, their cells, and shades by stated limits."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.methods.missing import is_missing
from dashboard.words import phrases

# Limits between shades, from best to worst; shade 0 is plain, 3 the deepest.
UNKNOWN_LIMITS, REJECTED_LIMITS, RECORDED_LIMITS = (0.05, 0.10, 0.20), (0.01, 0.02, 0.05), (0.80, 0.50, 0.30)
_FLAGS = {"received": "Return received", "on_time": "On time"}
_FOLLOW_UP = re.compile(r"followup_recorded(?:_when_due)?_(\d+)(?:_weeks)?")


@dataclass(frozen=True)
class Measure:
    """One column: its name, its heading, its group (returns, follow_ups, unknown) and how it is shaded."""

    name: str
    label: str
    group: str
    is_flag: bool = False
    limits: tuple[float, float, float] | None = None
    higher_is_worse: bool = True

    def shade(self, value: object) -> int:
        """0 (plain) to 3 (deepest: worst) of a share of 0 to 1; a flag is 0 or 3; 0 where nothing is held."""
        if is_missing(value):
            return 0
        if self.is_flag:
            return 0 if float(value) else 3
        if self.limits is None:
            return 0
        number = float(value)
        return sum((number > each) if self.higher_is_worse else (number < each) for each in self.limits)

    def text(self, value: object, mark: str) -> str:
        """'yes', 'no', '12%', or the mark where there is none."""
        if is_missing(value):
            return f"[{mark}]"
        if self.is_flag:
            return "yes" if float(value) else "no"
        if self.name == "rejected_share":
            return rejected_text(float(value))
        # A share of people made from a rounded count of nought: fewer than 5 of them, may be none.
        return share_text(float(value)) if value else "[low]"


def rejected_text(value: float) -> str:
    """A share of rows rejected; both counts were rounded to 5, so that nought is a few rows or none, not a share."""
    return share_text(value) if value else "under 5 rows"


def share_text(value: float) -> str:
    """A share of 0 to 1 as a percentage, one decimal under 10%; never exactly all or none by rounding."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    if 0.995 <= value < 1:
        return "over 99%"
    return f"{100 * value:.{places_of(value)}f}%"


def places_of(value: float) -> int:
    """Decimals of a share of 0 to 1: one under 10%, else none."""
    return 1 if 0 < value < 0.095 else 0


def measure_of(name: str, characteristic_label: str = "") -> Measure:
    """What a measure is, from its name; a name nobody knows still gets plain words and no shade."""
    if name in _FLAGS:
        return Measure(name, _FLAGS[name], "returns", is_flag=True)
    if name.startswith("received_"):
        return Measure(name, f"{plain_name(name.removeprefix('received_'))} file", "returns", is_flag=True)
    if name == "rejected_share":
        return Measure(name, "Rows rejected", "returns", limits=REJECTED_LIMITS)
    if found := _FOLLOW_UP.fullmatch(name):
        weeks = "1 year" if found[1] == "52" else f"{found[1]} weeks"
        return Measure(name, f"Recorded at {weeks}", "follow_ups", limits=RECORDED_LIMITS, higher_is_worse=False)
    if name.startswith("unknown_"):
        label = characteristic_label or plain_name(name.removeprefix("unknown_"))
        return Measure(name, label, "unknown", limits=UNKNOWN_LIMITS)
    return Measure(name, plain_name(name), "returns")


def plain_name(name: str) -> str:
    """'experience_file' as 'Experience file'."""
    return phrases.sentence_case(name.replace("_", " "))


def weeks_of(measure: Measure) -> int:
    """For the order of follow-ups; 0 for anything else."""
    found = _FOLLOW_UP.fullmatch(measure.name)
    return int(found[1]) if found else 0


def measures_of(rows: Iterable[Mapping[str, object]]) -> list[Measure]:
    """Every measure held, in the order a reader needs: received, on time, files, rejected, follow-ups, unknown."""
    found = {}
    for row in rows:
        if not is_missing(row["measure"]):
            label = "" if is_missing(row.get("characteristic_label")) else str(row["characteristic_label"])
            found[str(row["measure"])] = measure_of(str(row["measure"]), label)
    first = {"received": 0, "on_time": 1}
    groups = {"returns": 0, "follow_ups": 1, "unknown": 2}
    return sorted(found.values(), key=lambda each: (
        groups[each.group], first.get(each.name, 2), not each.is_flag, weeks_of(each), each.label))


def table_of(rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, float | None]]:
    """{area: {measure: value}}, in the order of the rows; an area that sent nothing has an empty one."""
    found: dict[str, dict[str, float | None]] = {}
    for row in rows:
        own = found.setdefault(str(row["area"]), {})
        if not is_missing(row["measure"]):
            own[str(row["measure"])] = None if is_missing(row["value"]) else float(row["value"])
    return found


def beside_of(rows: Iterable[Mapping[str, object]]) -> dict[tuple[str, str], str]:
    """What stands beside a share that has an interval, by area and measure: ' (31% to 64%) [u]'; nothing beside others."""
    return {(str(row["area"]), str(row["measure"])): interval_text(row)
            for row in rows if not is_missing(row.get("lower_ci")) and row["value"]}


def interval_text(row: Mapping[str, object]) -> str:
    """' (31% to 64%)' of shares of 0 to 1, as precise as the share, and the mark of low reliability where it has one."""
    decimals = places_of(float(row["value"]))
    limits = f" ({100 * float(row['lower_ci']):.{decimals}f}% to {100 * float(row['upper_ci']):.{decimals}f}%)"
    return f"{limits} [u]" if row.get("obs_status") == "u" else limits


def reliable_of(rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, float | None]]:
    """The table without shares marked [u]: what a sentence across areas may stand on."""
    return table_of([row | {"value": None} if row.get("obs_status") == "u" else row for row in rows])


def mark_of(own: Mapping[str, float | None], measure: Measure, is_country: bool) -> str:
    """Why a cell has no value: 'z' not asked of that area, 'c' too few people, 'x' nothing held."""
    if is_country and measure.group == "returns":
        return "z"
    if measure.name in own:
        return "x" if measure.is_flag else "c"
    return "x"
