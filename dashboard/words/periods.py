"""Periods in words, and whether two figures lie on one side of a break."""

from collections.abc import Mapping
from datetime import datetime

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.words.marks import marks_of


def has_break_between(before: Mapping[str, object], now: Mapping[str, object], indicator: Indicator) -> bool:
    """True if the series was broken after `before` and up to `now` (both rows carry `end_date`)."""
    if "b" in marks_of(now.get("obs_status")):
        return True
    first, last = str(before.get("period")), str(now.get("period"))
    return any(first < each.period <= last for each in indicator.breaks)


def in_period(label: object) -> str:
    """'in 2023', 'in Jul–Sep 2025 (Q2 2025-26)', 'from Apr 2019 to Sep 2024'."""
    text = str(label)
    if text.lower().startswith("to "):
        return f"up {text[0].lower()}{text[1:]}"
    return f"from {text}" if " to " in text else f"in {text}"


def before_of(row: Mapping[str, object]) -> dict | None:
    """The earlier figure that the view `latest` puts beside a row, as a row of its own."""
    if is_missing(row.get("before_value")):
        return None
    return {
        "period": row["before_period"],
        "period_label": row["before_label"],
        "value": row["before_value"],
        "lower_ci": row["before_lower_ci"],
        "upper_ci": row["before_upper_ci"],
        "obs_status": row["before_status"],
    }


def day(when: str) -> str:
    """'30 June 2026' of an ISO date or time, or an empty string where there is none."""
    if not when:
        return ""
    held = datetime.fromisoformat(when)
    return f"{held.day} {held:%B %Y}"
