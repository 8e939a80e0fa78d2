"""Which start cohorts are old enough for a figure, and how entry to work builds up within one.

People who started last month have had no time to find work, so an immature cohort is "not yet known",
never a low number.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dashboard.methods.intervals import LEVEL, wilson_rounded

# Months from the end of the start cohort until a milestone can have been reached by everyone.
MONTHS = {"entered_work": 12, "13_weeks": 15, "26_weeks": 18, "52_weeks": 24}
LATE_REPORTING_MONTHS = 3
BANDS = (("0_3", 3), ("3_6", 6), ("6_9", 9), ("9_12", 12))   # months from start to work
LATER = ("over_12", "none")                                   # in the base, on no point of the curve

_PERIOD = re.compile(r"(?P<year>\d{4})-(?P<last>\d{2})(?: Q(?P<quarter>[1-4])| \(3 years\))?")


class Point(NamedTuple):
    """Share of a start cohort in work by `months` from start: proportions with their interval."""

    months: int
    value: float
    lower: float
    upper: float


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later; the last day of a month stays a last day (28 February -> 31 May)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if at_end else min(day.day, last))


def cohort_end(period: str) -> dt.date:
    """Last day of a start cohort: `2025-26` -> 31 March 2026, `2025-26 Q2` -> 30 September 2025.

    Pooled years `2021-24 (3 years)` end with their last year. Raises ValueError for any other key.
    """
    match = _PERIOD.fullmatch(period)
    years = 3 if period.endswith("(3 years)") else 1
    if not match or (int(match["year"]) + years) % 100 != int(match["last"]):
        raise ValueError(f"'{period}' is not a financial year or a quarter of one")
    start = dt.date(int(match["year"]), 3, 31)
    return add_months(start, 3 * int(match["quarter"]) if match["quarter"] else 12 * years)


def mature_from(end: dt.date, months: int) -> dt.date:
    """First cut-off at which a cohort that ended on `end` counts: `months` later, plus a quarter for
    late reporting. Raises ValueError when months is negative."""
    if months < 0:
        raise ValueError("months cannot be negative")
    return add_months(end, months + LATE_REPORTING_MONTHS)


def is_mature(end: dt.date, months: int, cut_off: dt.date) -> bool:
    """True when a start cohort that ended on `end` is old enough at `cut_off` for a milestone that needs
    `months` (one of MONTHS; the quarter for late reporting is added here). Raises ValueError: negative."""
    return cut_off >= mature_from(end, months)


def mature_cohorts(periods: Iterable[str], months: int, cut_off: dt.date) -> list[str]:
    """The cohorts that count, oldest first; quarters and years may be mixed, ends decide the order.

    Raises ValueError for a key that is not a cohort.
    """
    ends = sorted((cohort_end(each), each) for each in periods)
    return [period for end, period in ends if is_mature(end, months, cut_off)]


def newest_mature(periods: Iterable[str], months: int, cut_off: dt.date) -> str | None:
    """The newest cohort that counts, or None: a newer, still empty quarter never moves a headline."""
    mature = mature_cohorts(periods, months, cut_off)
    return mature[-1] if mature else None


def entry_to_work(bands: Mapping[str, float], end: dt.date, cut_off: dt.date, k: int = 1,
                  level: float = LEVEL) -> list[Point]:
    """Cumulative share of one start cohort in work within 3, 6, 9 and 12 months, as far as it is known.

    `bands` holds protected counts (people) by months to work: `0_3, 3_6, 6_9, 9_12, over_12, none`; all of
    them make the base. A point is given only once everyone in the cohort has had that long, and the
    quarter for late reporting has passed. `k`: rounded cells in each band (areas added up): bands are
    rounded so that their running sums are as close to the truth as they are. Empty when the base is 0.
    Raises ValueError for a missing, unknown or negative band.
    """
    names = {name for name, _ in BANDS} | set(LATER)
    if set(bands) != names or any(not count >= 0 for count in bands.values()):
        raise ValueError(f"bands must be counts of {', '.join(sorted(names))}")
    base, reached, points = sum(bands.values()), 0.0, []
    for name, months in BANDS:
        reached += bands[name]
        if base and is_mature(end, months, cut_off):
            low, high = wilson_rounded(reached, base, k, level)
            points.append(Point(months, reached / base, float(low), float(high)))
    return points
