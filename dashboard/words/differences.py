"""One figure against another: "higher", "lower", "better" and "worse" only when the 95% interval excludes zero."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.methods import intervals
from dashboard.methods.missing import is_missing
from dashboard.words.numbers import ROUNDING_LIMITS, value_text
from dashboard.words.periods import has_break_between


@dataclass(frozen=True)
class Difference:
    """One value less another, with its 95% interval when both have one."""

    estimate: float
    lower: float | None = None
    upper: float | None = None
    why_untested: str = "no interval"

    @property
    def direction(self) -> str:
        """'higher', 'lower', 'none' (no clear difference) or 'untested' (no interval)."""
        if self.lower is None or self.upper is None:
            return "untested"
        if self.lower > 0:
            return "higher"
        return "lower" if self.upper < 0 else "none"


def difference(row: Mapping[str, object], other: Mapping[str, object], indicator: Indicator) -> Difference | None:
    """`row` less `other`, with an interval if both have one; None if either has no value.

    Limits from rounding say nothing of chance, so a difference of two such figures is not tested.
    """
    if is_missing(row.get("value")) or is_missing(other.get("value")):
        return None
    a, b = float(row["value"]), float(other["value"])
    if indicator.has_rounding_limits:
        return Difference(a - b, why_untested=ROUNDING_LIMITS)
    limits = [row.get("lower_ci"), row.get("upper_ci"), other.get("lower_ci"), other.get("upper_ci")]
    if any(is_missing(limit) for limit in limits):
        return Difference(a - b)
    low_a, high_a, low_b, high_b = (float(limit) for limit in limits)
    return Difference(
        *map(
            float,
            intervals.difference(a, intervals.Interval(low_a, high_a), b, intervals.Interval(low_b, high_b)),
        )
    )


def verdict(found: Difference | None, indicator: Indicator) -> str:
    """'better', 'worse', 'neutral' (clear, but neither) or 'none': the colour and shape of a mark."""
    direction = found.direction if found else "untested"
    if direction not in ("higher", "lower"):
        return "none"
    if indicator.direction == "no_direction":
        return "neutral"
    return "better" if (direction == "higher") == (indicator.direction == "higher_is_better") else "worse"


def by_chance(comparisons: int) -> str:
    """How many of so many 95% comparisons would look clear if there were no difference: one in twenty."""
    if comparisons < 2:
        return ""
    return (f"{comparisons} differences are tested: if there were none, each would still have a chance of one in "
            "twenty to look clear")

NOT_COMPARED = "no figure to compare"


def compared(found: Difference | None, with_what: str) -> str:
    """'higher than Scotland', 'no clear difference from Scotland' or why it cannot be said."""
    if found is None:
        return NOT_COMPARED
    match found.direction:
        case "higher" | "lower" as way:
            return f"{way} than {with_what}"
        case "none":
            return f"no clear difference from {with_what}"
        case _:
            return f"not tested against {with_what}: {found.why_untested}"


def why_untested(indicator: Indicator) -> str:
    """Why figures of this indicator are not told apart."""
    if indicator.has_rounding_limits:
        return "Its limits are of rounding only"
    return "No interval is published"


def changed(now: Mapping[str, object], before: Mapping[str, object], indicator: Indicator) -> str:
    """The change between two rows in words, for a card: never a direction the interval does not show."""
    found, when = difference(now, before, indicator), before.get("period_label")
    if found is None:
        return "no earlier figure to compare"
    if has_break_between(before, now, indicator):
        return f"not comparable with {when}: break in the series"
    match found.direction:
        case "higher" | "lower" as way:
            return f"{way} than {when} ({value_text(before, indicator, short=True, marks=False)})"
        case "none":
            return f"no clear change since {when}"
        case _:
            return f"{value_text(before, indicator, short=True, marks=False)} in {when}; change not tested"


def told_apart(found: Difference | None) -> str:
    """Whether two figures can be told apart, in words."""
    match found.direction if found else "untested":
        case "higher" | "lower":
            return "a clear difference"
        case "none":
            return "they cannot be told apart"
        case _:
            return "not tested, as no interval is published"
