"""National Performance Framework: improving, maintaining or worsening, only by the indicator's own rule.

The rule belongs to the headline figure between updates, never to a breakdown or an area.
"""

import itertools
import math
from collections.abc import Sequence

WORDS = ("improving", "maintaining", "worsening")
_TINY = 1e-9   # 0.3 - 0.2 is 0.09999999999999998 in floating point


def judge(values: Sequence[float | None], threshold: float | None, periods: int | None,
          direction: str) -> str | None:
    """`improving`, `maintaining` or `worsening`, or None when the rule or the figures are not held.

    `values`: the headline series, oldest first, in the unit of `threshold`, one entry a period with None
    where missing. The rule: a change of at least `threshold` in one and the same direction in each of the
    last `periods` successive periods; anything less is maintaining. `direction` is `higher_is_better` or
    `lower_is_better`. None when threshold or periods is None, or one of the last periods + 1 figures is
    missing.
    Raises ValueError for another direction (`no_direction` has no better or worse), a negative threshold
    or fewer than 1 period.
    """
    if threshold is None or periods is None:
        return None
    if direction not in ("higher_is_better", "lower_is_better"):
        raise ValueError(f"'{direction}' gives no better or worse")
    if threshold < 0 or periods < 1:
        raise ValueError("a rule needs a threshold of 0 or more and at least 1 period")
    last = list(values)[-(periods + 1):]
    if len(last) <= periods or any(each is None or math.isnan(each) for each in last):
        return None
    sign = 1 if direction == "higher_is_better" else -1
    changes = [sign * (after - before) for before, after in itertools.pairwise(last)]
    if all(change > 0 and change >= threshold - _TINY for change in changes):
        return "improving"
    if all(change < 0 and change <= -threshold + _TINY for change in changes):
        return "worsening"
    return "maintaining"
