"""How fast a yearly series has moved, how fast it must, and how far a straight line could carry it, either way."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.methods.intervals import Estimate


class Line(NamedTuple):
    """A straight line through yearly figures: change a year with its 95% limits, in their units; see `at`."""

    pace: Estimate
    middle_year: float
    middle: float
    error: float          # half-width of the 95% limits of one figure
    spread: float         # sum of squared distances of the years from the middle one
    figures: int

    def at(self, year: float) -> Estimate:
        """Where the line lies in a year, with 95% limits from the error of the figures alone: never a forecast."""
        away = year - self.middle_year
        value = self.middle + self.pace.value * away
        half = self.error * float(np.sqrt(1 / self.figures + away**2 / self.spread))
        return Estimate(value, value - half, value + half)


def fit_line(years: Sequence[float], values: Sequence[float], error: float) -> Line:
    """Least squares through yearly figures, each known to within plus or minus `error` (95%, the same for all).

    Independent errors of one size are taken as the only reason to depart from the line (Draper and Smith 1998, chapter 1).
    Raises ValueError for fewer than three figures, or an error that is not above 0.
    """
    if len(years) != len(values) or len(years) < 3 or not error > 0:
        raise ValueError("a line needs at least three figures and an error above 0")
    years, values = np.asarray(years, float), np.asarray(values, float)
    away = years - years.mean()
    spread = float((away**2).sum())
    slope = float((away * values).sum() / spread)
    half = error / float(np.sqrt(spread))
    return Line(Estimate(slope, slope - half, slope + half), float(years.mean()), float(values.mean()), error, spread, len(years))


def straight_path(start: tuple[float, float], end: tuple[float, float], year: float) -> float:
    """Where the straight line from (year, value) to (year, value) lies in a year. Raises ValueError for one year."""
    (first, low), (last, high) = start, end
    if first == last:
        raise ValueError("a path needs two years")
    return low + (high - low) * (year - first) / (last - first)
