"""Soft outcomes: scores into bands, and what may be said when some people were not asked again.

Scores of different instruments are never pooled; only the bands are. No averages are made from them here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.methods.intervals import normal_quantile

BANDS = ("improved", "same", "declined")
FEWEST_PAIRS = 30
CAUTION_BELOW, NO_COMPARISON_BELOW = 0.50, 0.30   # paired rate
SWEMWBS_ITEMS, SWEMWBS_LOWEST, SWEMWBS_HIGHEST = 7, 1, 5
# Short Warwick-Edinburgh Mental Wellbeing Scale: raw sums 7..35 to metric (Rasch) scores, Stewart-Brown 2009.
SWEMWBS_METRIC = (
    7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25,
    19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70, 32.55, 35.00)
# Its reliability, taken to be that of the seven items in Stewart-Brown 2009 (Health Qual Life Outcomes 7:15). The number was not
# read there: `benchmarks/truth.py` shows what changes if it is another (benchmarks/RESULTS.md, "Reliable change").
SWEMWBS_RELIABILITY = 0.84
# Spread of first scores, metric points, where too few are held: people starting therapy, Shah 2018 (Health Qual Life Outcomes
# 16:239, abstract). It gives one standard error of measurement as 1.03 points: with this spread, a reliability of 0.93.
SWEMWBS_SD = 3.92


@dataclass(frozen=True)
class Instrument:
    """What is published about a scale. `sd` and `reliability` are None where nothing is held; then any
    change in its direction counts. `sd`: standard deviation of start scores, in points of the scale."""

    name: str
    scale_min: float
    scale_max: float
    sd: float | None = None
    reliability: float | None = None
    higher_is_better: bool = True


def swemwbs_score(items: Sequence[float | None]) -> float | None:
    """Metric score 7.00..35.00 from the seven answers (whole numbers 1..5); None if any is missing.

    Raises ValueError for an answer that is not 1, 2, 3, 4 or 5, or for other than seven answers.
    """
    if len(items) != SWEMWBS_ITEMS:
        raise ValueError(f"SWEMWBS has {SWEMWBS_ITEMS} items, not {len(items)}")
    if any(item is None or math.isnan(item) for item in items):
        return None
    if any(item not in range(SWEMWBS_LOWEST, SWEMWBS_HIGHEST + 1) for item in items):
        raise ValueError("each SWEMWBS answer is a whole number from 1 to 5")
    return swemwbs_metric(int(sum(items)))


def swemwbs_metric(raw: int) -> float:
    """Metric score of a raw sum of 7..35 points. Raises ValueError for any other number."""
    if raw not in range(SWEMWBS_ITEMS, SWEMWBS_ITEMS * SWEMWBS_HIGHEST + 1):
        raise ValueError(f"a SWEMWBS raw score lies between 7 and 35, not {raw}")
    return SWEMWBS_METRIC[int(raw) - SWEMWBS_ITEMS]


def reliable_change(change: ArrayLike, sd: float, reliability: float) -> float | np.ndarray:
    """Reliable change index: change / (sd·√2·√(1 - reliability)) (Jacobson and Truax 1991), no unit.

    `change` and `sd` in points of the scale. Beyond ±1.96 the change is more than measurement error.
    Raises ValueError when sd is not above 0 or reliability is outside 0..1 (1 excluded).
    """
    if not sd > 0 or not 0 <= reliability < 1:
        raise ValueError("reliable change needs a standard deviation above 0 and a reliability in 0..1")
    return (np.asarray(change, float) / (sd * math.sqrt(2) * math.sqrt(1 - reliability)))[()]


def least_reliable(sd: float, reliability: float) -> float:
    """The change, in points of the scale, beyond which `reliable_change` is past ±1.96. Raises ValueError as it does."""
    return normal_quantile() / float(reliable_change(1.0, sd, reliability))


def swemwbs_least(starts: Sequence[float], reliability: float = SWEMWBS_RELIABILITY) -> float:
    """The least reliable change of SWEMWBS, metric points: by the spread of these start scores of people scored twice.

    By the published spread where fewer than 30 are held, or all are the same.
    """
    sd = float(np.std(np.asarray(starts, float), ddof=1)) if len(starts) >= FEWEST_PAIRS else 0.0
    return least_reliable(sd or SWEMWBS_SD, reliability)


def band(start: float | None, follow_up: float | None, instrument: Instrument) -> str | None:
    """`improved`, `same` or `declined` from two scores; None when either is missing.

    Reliable change where the instrument has a published reliability, else any change in its direction.
    Raises ValueError for a score outside the scale.
    """
    scores = (start, follow_up)
    if any(score is None or math.isnan(score) for score in scores):
        return None
    if any(not instrument.scale_min <= score <= instrument.scale_max for score in scores):
        raise ValueError(f"a score lies outside the {instrument.name} scale")
    change = (follow_up - start) * (1 if instrument.higher_is_better else -1)
    has_error = instrument.sd is not None and instrument.reliability is not None
    least = least_reliable(instrument.sd, instrument.reliability) if has_error else 0.0
    return "improved" if change > least else "declined" if change < -least else "same"


def paired_rate(paired: ArrayLike, eligible: ArrayLike) -> float | np.ndarray:
    """Share of eligible people (everyone who started) scored at the start and again; NaN where none are.

    Raises ValueError when paired > eligible or a count is negative.
    """
    paired, eligible = np.asarray(paired, float), np.asarray(eligible, float)
    if np.any(paired < 0) or np.any(paired > eligible):
        raise ValueError("pairs must be a count no larger than the people eligible")
    return (paired / np.where(eligible > 0, eligible, np.nan))[()]


def follow_up_level(paired: float, eligible: float) -> str:
    """What the follow-up allows, the strictest that holds: `counts_only` (fewer than 30 pairs),
    `no_comparison` (paired rate under 30%: areas are not compared), `caution` (under 50%), `enough`.

    Raises ValueError when paired > eligible or a count is negative.
    """
    rate = paired_rate(paired, eligible)
    if paired < FEWEST_PAIRS:
        return "counts_only"
    if rate < NO_COMPARISON_BELOW:
        return "no_comparison"
    return "caution" if rate < CAUTION_BELOW else "enough"


def improved_bounds(improved: float, declined: float, paired: float, missing: float) -> dict[str, float]:
    """Shares (proportions) if everyone not asked again had stayed the same, or had all declined.

    Keys: `improved` (the same in both), `declined_if_unchanged`, `declined_if_declined`. `missing` are
    people with a start score and no follow-up. Raises ValueError when counts do not fit or nobody is left.
    """
    everyone = paired + missing
    if min(improved, declined, missing) < 0 or improved + declined > paired or not everyone > 0:
        raise ValueError("improved and declined must fit into the pairs, and somebody must be counted")
    return {"improved": improved / everyone, "declined_if_unchanged": declined / everyone,
            "declined_if_declined": (declined + missing) / everyone}


def ceiling_share(at_top: float, scored: float) -> float | None:
    """Share of people already at the top score at the start (no room to improve); None if nobody is scored.

    Raises ValueError when at_top > scored.
    """
    if not 0 <= at_top <= scored:
        raise ValueError("people at the top must be among those scored")
    return at_top / scored if scored else None
