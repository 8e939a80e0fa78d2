"""Classes of value for a map: where one shade ends and the next begins. Nothing is worked out from the values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_CLASSES, MOST_CLASSES = 5, 7


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


def class_breaks(values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """The lowest value of each class but the first, for values rounded to `decimals`, at least one of them.

    Round breaks a step apart where they spread the values; otherwise (one class would hold more
    than half) rounded quantiles. None where every value reads alike.
    """
    known = sorted(round(value, decimals) for value in values)
    breaks = _even_breaks(known, decimals)
    if breaks is None or _largest_share(known, breaks) > 0.5:
        return _quantile_breaks(known, decimals)
    return breaks


def _even_breaks(known: Sequence[float], decimals: int) -> tuple[float, ...] | None:
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


def _largest_share(known: Sequence[float], breaks: Sequence[float]) -> float:
    counts = [0] * (len(breaks) + 1)
    for value in known:
        counts[sum(value >= each for each in breaks)] += 1
    return max(counts) / len(known)


def _quantile_breaks(known: Sequence[float], decimals: int) -> tuple[float, ...]:
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
