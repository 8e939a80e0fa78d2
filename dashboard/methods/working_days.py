"""Working days: Monday to Friday, less the days that are bank holidays."""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date, closed: Container[date]) -> bool:
    """True of a day from Monday to Friday that is not `closed`."""
    return day.weekday() < SATURDAY and day not in closed


def after(day: date, count: int, closed: Container[date]) -> date:
    """The last of `count` working days that follow `day`; raises ValueError where `count` is below 1."""
    if count < 1:
        raise ValueError(f"{count} working days lead nowhere: at least 1")
    while count:
        day += timedelta(days=1)
        count -= is_working(day, closed)
    return day


def between(first: date, last: date, closed: Container[date]) -> int:
    """How many working days follow `first`, up to and with `last`; 0 where `last` is not later."""
    return sum(is_working(first + timedelta(days=each), closed) for each in range(1, (last - first).days + 1))
