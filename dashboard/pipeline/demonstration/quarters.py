"""Quarters and days as whole numbers: a day is a count from 1 January 1970."""

from datetime import date, timedelta

import numpy as np

from dashboard.pipeline.demonstration.draws import Draws, Whole

FIRST_YEAR = 2018
EPOCH = date(1970, 1, 1).toordinal()


def day(when: date) -> int:
    """Days from 1 January 1970."""
    return when.toordinal() - EPOCH


class Calendar:
    """The quarters from April 2018 to the cut-off, and the weekdays people start on."""

    def __init__(self, cut_off: date):
        self.cut_off = day(cut_off)
        self.first_days = _first_days(cut_off)
        self.years = [f"{_year(first)}-{(_year(first) + 1) % 100:02d}" for first in self.first_days]
        self.middle = np.array([day(first) + 45 for first in self.first_days])
        weekdays = [_weekdays(first, cut_off) for first in self.first_days]
        self._count = np.array([len(days) for days in weekdays])
        longest = max(self._count)
        self._weekdays = np.array([days + days[-1:] * (longest - len(days)) for days in weekdays])

    @property
    def quarters(self) -> int:
        return len(self.first_days)

    def quarter_ending(self, when: date) -> int:
        """The position of the quarter that `when` lies in."""
        return next(i for i in reversed(range(self.quarters)) if self.first_days[i] <= when)

    def quarters_of(self, year: str) -> list[int]:
        """The positions of a financial year's quarters, such as `2019-20`."""
        return [i for i, each in enumerate(self.years) if each == year]

    def years_until(self, when: date) -> list[str]:
        """The financial years that have begun by a day, in order."""
        return sorted({year for year, first in zip(self.years, self.first_days, strict=True) if first <= when})

    def start_days(self, draws: Draws, quarter: Whole) -> Whole:
        """A weekday inside each quarter."""
        return self._weekdays[quarter, draws.below(self._count[quarter], len(quarter))]


def _year(first: date) -> int:
    return first.year if first.month >= 4 else first.year - 1


def _first_days(cut_off: date) -> list[date]:
    quarters = ((year, month) for year in range(FIRST_YEAR, cut_off.year + 1) for month in (1, 4, 7, 10))
    days = [date(year, month, 1) for year, month in quarters]
    return [first for first in days if date(FIRST_YEAR, 4, 1) <= first <= cut_off]


def _weekdays(first: date, cut_off: date) -> list[int]:
    days = (first + timedelta(days=i) for i in range(92))
    return [day(each) for each in days
            if each.weekday() < 5 and each <= cut_off and (each.month - 1) // 3 == (first.month - 1) // 3]
