"""XmR charts for counts over time, such as starts a quarter: is a change more than usual variation?

Wheeler's individuals chart with the four rules of NHS England's Making Data Count. Not for outcome rates:
too few mature quarters exist for control limits. Where nothing but chance is at work about 1 chart in 8 of
20 points, and 1 in 4 of 32, still shows a signal: a signal is a question, not a finding.

Counts rounded to steps of 5 pile up on a few values, and on small counts that alone made 1 chart in 4 signal. So every
line knows the rounding: a point is beyond the average or a limit only where it is so by more than BLUR of a step.
With that the shares above hold for rounded counts too (simulated, averages of 4 to 400 people).
"""

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

LIMIT = 2.66         # 3 / 1.128: mean moving range to three standard deviations
TO_DRAW, TO_JUDGE = 12, 20
RUN = 7              # points in a run or a trend
BLUR = 0.3           # of the step that values are rounded to: no point is beyond a line by less
RULES = {"outside": "outside the limits",
         "run": "seven or more in a row on one side of the average",
         "trend": "seven or more in a row rising or falling",
         "near": "two of three near one limit"}


@dataclass(frozen=True)
class Segment:
    """One stretch between documented changes, points [start, stop). Limits are None below 12 points.

    mean, lower, upper are in the units of the series; judged says whether signals may be read (20 points).
    """

    start: int
    stop: int
    mean: float | None
    lower: float | None
    upper: float | None
    judged: bool


@dataclass(frozen=True)
class Signal:
    """One rule met by the points listed (positions in the series); `side` is `high` or `low`."""

    rule: str
    side: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """The whole chart: its segments and, only where there are points enough to judge, its signals."""

    segments: tuple[Segment, ...]
    signals: tuple[Signal, ...]


def draw(values: ArrayLike, changes: tuple[int, ...] = (), floor: float | None = 0.0, step: float = 0.0) -> Chart:
    """XmR chart of an ordered series (oldest first, one unit, mature points only; NaN where missing).

    `step` is what the values are rounded to, 0 for exact ones; BLUR of it is added to the limits on each side.

    `changes` are positions of the first point after each *documented* change: the average and limits start
    again there, and nowhere else. `floor` is the smallest possible value (0 for counts, None for no floor)
    and only cuts the drawn lower limit. A missing point breaks runs and moving ranges.
    Raises ValueError for a change outside the series.
    """
    values = np.asarray(values, float)
    if any(not 0 < each < values.size for each in changes):
        raise ValueError("a documented change must fall inside the series")
    edges = sorted({0, *changes, values.size})
    segments, signals = [], []
    for start, stop in itertools.pairwise(edges):
        segment, found = _segment(values[start:stop], start, floor, BLUR * step)
        segments.append(segment)
        signals += found
    return Chart(tuple(segments), tuple(signals))


def rules_at(chart: Chart) -> dict[int, tuple[str, ...]]:
    """Every rule that a point meets, in the order of RULES, for the points that meet any."""
    met = {point: {signal.rule for signal in chart.signals if point in signal.points}
           for signal in chart.signals for point in signal.points}
    return {point: tuple(rule for rule in RULES if rule in rules) for point, rules in met.items()}


ONCE_A_STEP = 1.128            # mean moving range of two points, in standard deviations
KEPT = 0.62                    # of each point's worth, what is kept where a deviation is made of moving ranges
READ_TOGETHER = ("outside", "run", "trend")
ASKED = len(READ_TOGETHER) + 1


def chance(values: ArrayLike, segment: Segment, signal: Signal, newest: int, step: float = 0.0) -> float:
    """How likely so clear a signal is where points vary by chance alone around one level, at most: 0 to 1.

    The smallest of four chances, times four: a point so far from the average (Student's t of the moving ranges), so long a
    run on one side (exact, for a coin thrown once a point), so long a rise or fall (points all different), and the
    `newest` points of the segment so far from those before, on the signal's side. 1 for a rule not in READ_TOGETHER. A
    bound for points that are about normal: where nothing but chance is at work it is smaller than p in at most p of charts.
    `step` as in `draw`. Raises ValueError unless 0 < newest < points of the segment.
    """
    own = np.asarray(values, float)[segment.start:segment.stop]
    points = int((~np.isnan(own)).sum())
    if not 0 < newest < own.size:
        raise ValueError("the newest points must be some of the segment's, and not all")
    if signal.rule not in READ_TOGETHER:
        return 1.0
    spread, direction = float(np.nanmean(np.abs(np.diff(own)))) / ONCE_A_STEP, 1 if signal.side == "high" else -1
    found = [_chance_of_shift(own, newest, spread, direction)]
    if signal.rule == "outside":
        away = direction * (float(values[signal.points[0]]) - segment.mean) - BLUR * step
        found.append(points * _beyond(away, spread, points))
    elif signal.rule == "run":
        found.append(chance_of_run(len(signal.points), points))
    else:
        found.append(2 * (points - len(signal.points) + 1) / math.factorial(len(signal.points)))
    return min(1.0, ASKED * min(found))


def _chance_of_shift(own: np.ndarray, newest: int, spread: float, direction: int) -> float:
    after, before = own[-newest:], own[:-newest]
    counts = [(~np.isnan(part)).sum() for part in (after, before)]
    if min(counts) == 0:
        return 1.0
    away = direction * (np.nanmean(after) - np.nanmean(before))
    return _beyond(float(away), spread * math.sqrt(sum(1 / count for count in counts)), sum(counts))


def _beyond(away: float, spread: float, points: int) -> float:
    """Two-sided chance of lying `away` from the middle, by a deviation that is itself made of moving ranges."""
    return 1.0 if spread <= 0 or away <= 0 else 2 * float(stdtr(KEPT * (points - 1), -away / spread))


def chance_of_run(length: int, points: int) -> float:
    """How likely `points` throws of a fair coin hold a run of at least `length` of one side."""
    without = [1.0] * length
    for _ in range(length, points + 1):
        without.append(sum(without[-back] * 0.5**back for back in range(1, length)))
    return 1 - without[points] if points >= length else 0.0


def _segment(values, start, floor, blur):
    points = int((~np.isnan(values)).sum())
    stop, moves = start + values.size, np.abs(np.diff(values))
    if points < TO_DRAW or np.isnan(moves).all():
        return Segment(start, stop, None, None, None, False), []
    mean, half = float(np.nanmean(values)), LIMIT * float(np.nanmean(moves)) + blur
    lower = mean - half if floor is None else max(floor, mean - half)
    segment = Segment(start, stop, mean, lower, mean + half, points >= TO_JUDGE)
    return segment, (_signals(values, mean, half, blur, start) if segment.judged else [])


def _signals(values, mean, half, blur, start):
    found = []
    for side, direction in (("high", 1), ("low", -1)):
        away = direction * (values - mean)
        found += [Signal("outside", side, (start + int(i),)) for i in np.flatnonzero(away > half)]
        found += [Signal("run", side, _span(start, *each)) for each in _runs(away > blur) if each[1] >= RUN]
        # A trend of 7 points is 6 steps, so its run of steps begins at the point before the first step.
        rising = direction * np.diff(values) > 0
        found += [Signal("trend", side, _span(start, first, length + 1))
                  for first, length in _runs(rising) if length + 1 >= RUN]
        found += _near(away > (half - blur) * 2 / 3 + blur, side, start)
    return found


def _runs(flags):
    """(first, length) of every unbroken stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(int)))
    return [(int(a), int(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _span(start, first, length):
    return tuple(range(start + first, start + first + length))


def _near(close, side, start):
    """Two of any three points in a row in the outer third of the limits, or beyond, on one side."""
    points = sorted({i + j for i in range(close.size - 2) if close[i:i + 3].sum() >= 2
                     for j in range(3) if close[i + j]})
    return [Signal("near", side, tuple(start + each for each in points))] if points else []
