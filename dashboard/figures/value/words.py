"""Money against people in words: described, never tested, never ranked."""

from collections.abc import Mapping, Sequence

from dashboard.words import phrases

NO_NATIONAL_COST = "**No cost per sustained outcome** of NOLB is published (Ministers, May 2025)."
MOST_NAMED = 2          # of partnerships left out: more are counted
NOT_TESTED = "The interval allows for rounding of the count only, so no difference is tested and none is ranked."
NOTHING_SENT = "[x] No partnership has sent a return of spend, so no cost can be given. What is published is in its own part."
NEAR = (0.9, 1.1)      # the range of ratios that is called near the same share


def near_words(ratios: Sequence[float]) -> str:
    """'5 of 31 partnerships spent between 0.9 and 1.1 times their share of need': how many are near, never the extremes."""
    near = sum(NEAR[0] <= round(ratio, 2) <= NEAR[1] for ratio in ratios)      # as the table shows it
    return f"{near} of {len(ratios)} partnerships spent between {NEAR[0]} and {NEAR[1]} times their share of need"


def sent_words(sent: int, missing: Sequence[str]) -> str:
    """'31 of 32 partnerships'; `missing` names those that sent none."""
    return f"{sent} of {sent + len(missing)} partnerships" if missing else f"All {sent} partnerships"


def left_out_words(missing: Sequence[str]) -> str:
    """'East Renfrewshire is left out.'; more than two are counted, not named."""
    if not missing:
        return ""
    who = phrases.listed(missing) if len(missing) <= MOST_NAMED else f"{len(missing)} partnerships"
    return f"{who} {'is' if len(missing) == 1 else 'are'} left out."


def money_unit(largest: float) -> tuple[float, str, int]:
    """(divisor, unit, decimals) to say amounts of this size: '£22.9 million' or '£147 thousand'."""
    return (1e6, "£ million", 1) if largest >= 5e6 else (1e3, "£ thousand", 0)


def ratio_words(row: Mapping[str, float] | None, area: str) -> str:
    """'Glasgow City: 14.1% of spend and 16.0% of need.'"""
    if row is None:
        return f"{area}: no spend or no count of need is held."
    return f"{area}: {row['funding']:.1f}% of spend and {row['need']:.1f}% of need."
