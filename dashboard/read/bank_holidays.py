"""Scotland's bank holidays, as `data/challenge/bank_holidays.csv` holds them."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dashboard import paths

COLUMNS = ["date", "name", "made_by"]
# By schedule 1 of the Banking and Financial Dealings Act 1971, by a proclamation under its section 1, or not proclaimed yet and
# expected because it is so every year.
MADE_BY = ("schedule 1", "proclamation", "expected")


class HolidayError(ValueError):
    """The list of bank holidays is wrong; the message names the file, the row, the column and the rule."""


@cache
def bank_holidays(path: Path = paths.CHALLENGE / "bank_holidays.csv") -> Mapping[date, str]:
    """The name of each bank holiday by its day, in order; raises HolidayError at the first slip."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or list(rows[0]) != COLUMNS:
        raise HolidayError(f"{path.name}: its columns must be {', '.join(COLUMNS)}")
    held: dict[date, str] = {}
    for place, row in enumerate(rows, 2):
        day = _day(path.name, place, row["date"])
        if held and day <= max(held):
            raise HolidayError(f"{path.name}, row {place}: 'date' is {day}, not after that of the row before")
        if row["made_by"] not in MADE_BY:
            raise HolidayError(f"{path.name}, row {place}: 'made_by' is '{row['made_by']}'; it must be one of: {', '.join(MADE_BY)}")
        held[day] = row["name"]
    return MappingProxyType(held)


def _day(file: str, place: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise HolidayError(f"{file}, row {place}: 'date' is '{text}'; it must be a day such as 2026-11-30") from error
