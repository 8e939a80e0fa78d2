"""May this be said of this figure? The one rule behind every "higher", "lower" and "no clear difference".

A figure is told from another only where nothing speaks against it: both are shown and on enough people, their 95%
interval of the difference is clear of nought, what was not recorded could not turn it round, and it stands out among
all that is tested beside it. Otherwise the verdict says which of these failed; `words/differences.py` says it aloud.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.methods import intervals
from dashboard.methods.missing import is_missing
from dashboard.methods.screen import together

HIDING, FEW = ("c", "x", "z"), "u"

# Why nothing is said, in the order in which the rule asks.
MISSING, RECORD_KEEPING, ON_FEW_PEOPLE, ANSWERS, NO_INTERVAL, ROUNDING, RECORDING, REVERSIBLE, INSTRUMENTS, CHANCE = (
    "missing", "record keeping", "few people", "answers unknown", "no interval", "rounding only", "not recorded",
    "reversible", "instruments", "chance")


@dataclass(frozen=True)
class Measured:
    """One figure and all that a verdict on it must know.

    value, lower, upper   the figure and its 95% limits, in its own unit
    reached, base, cells  protected counts of people behind a rate, and how many were added up for each; None without
    marks                 the letters shown beside it or in its place
    lowest, highest       a rate's range, in its unit, if all that was not recorded had gone one way or the other
    is_of_records         True of a measure of what follow-ups recorded: without its range nothing is said
    is_claimed            False where too many answers are unknown to make any claim
    is_of_rounding        True where the limits allow for rounding alone
    is_record_keeping     True of how well records are kept: that says nothing of people, so no verdict is given
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    reached: float | None = None
    base: float | None = None
    cells: int = 1
    marks: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    is_of_records: bool = False
    is_claimed: bool = True
    is_of_rounding: bool = False
    is_record_keeping: bool = False

    @property
    def is_hidden(self) -> bool:
        return is_missing(self.value) or any(mark in self.marks for mark in HIDING)

    @property
    def has_counts(self) -> bool:
        return not is_missing(self.reached) and not is_missing(self.base) and self.base > 0

    @property
    def has_limits(self) -> bool:
        return not is_missing(self.lower) and not is_missing(self.upper)


@dataclass(frozen=True)
class Verdict:
    """One figure less another, with its 95% interval; `direction` is higher, lower, none or untested.

    `why` is empty of a direction that may be said, and of no clear difference; else one of the reasons above.
    """

    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    direction: str = "untested"
    why: str = ""

    @property
    def is_clear(self) -> bool:
        return self.direction in ("higher", "lower")

    @property
    def is_tested(self) -> bool:
        """True where a test was made, whatever came of it."""
        return self.lower is not None and self.why not in (RECORD_KEEPING, ON_FEW_PEOPLE, ANSWERS, INSTRUMENTS)


def measured(row: Mapping[str, object], is_rate: bool = False, **more: bool) -> Measured:
    """The Measured of a row; counts only of a rate, whose value is a percentage of them. `more`: the `is_` fields."""
    reached, base = (row.get("numerator"), row.get("denominator")) if is_rate else (None, None)
    held = [None if is_missing(row.get(name)) else float(row[name]) for name in ("value", "lower_ci", "upper_ci", "lowest", "highest")]
    value, lower, upper, lowest, highest = held
    return Measured(value, lower, upper, None if is_missing(reached) else float(reached),
                    None if is_missing(base) else float(base), int(row.get("cells") or 1),
                    tuple(str(row.get("obs_status") or "").split()), lowest, highest, **more)


def rest_of(whole: Measured, part: Measured, share: float | None = None) -> Measured:
    """What is left of a whole without one part of it: a part is tested against it, never against the whole.

    Rates of counts: the counts are subtracted, the limits made again. Others: `share` of the whole that the part is
    (0 to 1), both taken as independent surveys of the two parts. The whole itself where neither is known.
    """
    if whole.has_counts and part.has_counts and whole.base > part.base and whole.reached >= part.reached:
        return _counted_rest(whole, part)
    if share is not None and 0 < share < 1 and whole.has_limits and part.has_limits and not part.is_hidden:
        return _surveyed_rest(whole, part, share)
    return whole


def _counted_rest(whole: Measured, part: Measured) -> Measured:
    base, cells = whole.base - part.base, whole.cells + part.cells
    reached = min(whole.reached - part.reached, base)
    low, high = intervals.wilson_rounded(reached, base, cells)
    ends = [None if is_missing(w) or is_missing(p) else (w * whole.base - p * part.base) / base
            for w, p in ((whole.lowest, part.lowest), (whole.highest, part.highest))]
    return replace(whole, value=100 * reached / base, lower=100 * float(low), upper=100 * float(high), reached=reached,
                   base=base, cells=cells, lowest=ends[0], highest=ends[1])


def _surveyed_rest(whole: Measured, part: Measured, share: float) -> Measured:
    value = (whole.value - share * part.value) / (1 - share)
    spreads = [intervals.rest_spread(w, p, share) for w, p in
               ((whole.value - whole.lower, part.value - part.lower), (whole.upper - whole.value, part.upper - part.value))]
    return replace(whole, value=value, lower=value - spreads[0], upper=value + spreads[1])


def compare(own: Measured, other: Measured, found: Verdict | None = None,
            furthest: tuple[float, float] | None = None) -> Verdict:
    """May one figure be told from another? `other` must not hold `own`: see `rest_of`.

    `found` is their difference with its interval where it is held; else it is made of their limits. `furthest`: how far
    people whose answer is unknown could move the difference, either way.
    """
    if own.is_hidden or other.is_hidden:
        return Verdict(why=MISSING)
    is_of_rounding = own.is_of_rounding or other.is_of_rounding
    found = found or (Verdict(own.value - other.value) if is_of_rounding else _difference(own, other))
    if own.is_record_keeping or other.is_record_keeping:
        return replace(found, why=RECORD_KEEPING)
    if FEW in own.marks or FEW in other.marks:
        return replace(found, why=ON_FEW_PEOPLE)
    if not (own.is_claimed and other.is_claimed):
        return replace(found, why=ANSWERS)
    if is_of_rounding:
        return Verdict(found.estimate, why=ROUNDING)
    if found.lower is None:
        return replace(found, why=NO_INTERVAL)
    direction = direction_of(found.lower, found.upper)
    if direction != "none" and (own.is_of_records or other.is_of_records) and not are_apart(own, other, direction):
        return replace(found, why=RECORDING)
    if direction != "none" and furthest is not None and direction_of(*furthest) != direction:
        return replace(found, why=REVERSIBLE)
    return replace(found, direction=direction)


def direction_of(lower: float, upper: float, nothing: float = 0.0) -> str:
    """'higher' or 'lower' where an interval lies wholly on one side of `nothing` (0, or 1 of a ratio); else 'none'."""
    return "higher" if lower > nothing else "lower" if upper < nothing else "none"


def in_family(found: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts of one screen, judged together: clear is only what stands out among all that were tested.

    Of the differences called clear, at most 5% on average are there by chance (`methods.screen`). A difference that is
    refused for what was not recorded was tested all the same.
    """
    tested = [each for each in found if each.is_tested]
    if not tested:
        return list(found)
    clear = iter(together(*zip(*((each.estimate, each.lower, each.upper) for each in tested), strict=True)).different)
    return [_weighed(each, bool(next(clear))) if each.is_tested else each for each in found]


def _weighed(found: Verdict, stands_out: bool) -> Verdict:
    """A verdict that was tested among others: no clear difference unless it stands out among them."""
    if stands_out or not (found.is_clear or found.why in (RECORDING, REVERSIBLE)):
        return found
    return replace(found, direction="none", why=CHANCE)


def _difference(own: Measured, other: Measured) -> Verdict:
    if not (own.has_limits and other.has_limits):
        return Verdict(own.value - other.value)
    limits = (intervals.Interval(own.lower, own.upper), intervals.Interval(other.lower, other.upper))
    return Verdict(*map(float, intervals.difference(own.value, limits[0], other.value, limits[1])))


def are_apart(own: Measured, other: Measured, direction: str) -> bool:
    """Whether the ranges that what is not recorded allows do not meet, `direction` being where `own` lies; False where one is not held."""
    ends = (own.lowest, own.highest, other.lowest, other.highest)
    if any(end is None or math.isnan(end) for end in ends):
        return False
    return own.lowest > other.highest if direction == "higher" else own.highest < other.lowest
