"""When editions are released: the days that have been announced, as data/reference/release_calendar.toml holds them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

KEYS = {"edition", "what", "date", "month"}


class CalendarError(ValueError):
    """The calendar cannot be shown; the message names the file, the entry and the rule."""


@dataclass(frozen=True)
class Release:
    """One release: its edition, what is new in it, and when. `month` ('2026-12') alone while the day is not firm."""

    edition: str
    what: str
    day: date | None = None
    month: str = ""

    @property
    def order(self) -> str:
        """The day; of a month alone its end, since it may be any day of it."""
        return self.day.isoformat() if self.day else f"{self.month}-99"

    def is_to_come(self, today: date) -> bool:
        return self.order > today.isoformat() if self.day else self.month >= today.isoformat()[:7]


def releases(path: Path) -> tuple[Release, ...]:
    """Every release of the calendar, the earliest first; raises CalendarError at the first slip in it."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("release", [])
    except (OSError, ValueError) as error:
        raise CalendarError(f"{path}: the calendar cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    if not isinstance(entries, list):
        raise CalendarError(f"{path}: each release is a table of its own, [[release]] with double brackets.")
    return tuple(sorted((_release(path, number, entry) for number, entry in enumerate(entries, start=1)),
                        key=lambda each: each.order))


def _release(path: Path, number: int, entry: object) -> Release:
    where = f"{path}: [[release]] number {number}"
    if not isinstance(entry, dict) or not set(entry) <= KEYS or ("date" in entry) == ("month" in entry):
        raise CalendarError(f"{where} must have edition, what, and either date or month.")
    for key in ("edition", "what"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise CalendarError(f"{where}: '{key}' must be a text that is not empty.")
    day, month = entry.get("date"), entry.get("month", "")
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise CalendarError(f"{where}: 'date' must be a day without quotation marks, such as 2026-12-03.")
    if day is None and not (isinstance(month, str) and re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month)):
        raise CalendarError(f"{where}: 'month' must be such as \"2026-12\".")
    return Release(entry["edition"].strip(), entry["what"].strip(), day, month)
