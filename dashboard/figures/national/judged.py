"""The framework's own judgement of an indicator, only where its published rule is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.methods import npf
from dashboard.methods.missing import is_missing
from dashboard.words import periods


@dataclass(frozen=True)
class Judged:
    """An indicator, its latest row, and 'improving', 'maintaining' or 'worsening' (None: not judged)."""

    indicator: Indicator
    latest: Mapping[str, object] | None
    word: str | None


def judged(indicator: Indicator, rows: Sequence[Mapping[str, object]]) -> Judged:
    """`rows`: the headline series in order of time; only figures since the last break are compared."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known:
        return Judged(indicator, None, None)
    comparable = [
        row for row in known if row is known[-1] or not periods.has_break_between(row, known[-1], indicator)
    ]
    if indicator.direction == "no_direction":
        return Judged(indicator, known[-1], None)
    word = npf.judge(
        [float(row["value"]) for row in comparable],
        indicator.npf_rule_threshold,
        indicator.npf_rule_periods,
        indicator.direction,
    )
    return Judged(indicator, known[-1], word)
