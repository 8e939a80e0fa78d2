"""A year or month as publishers write it, as a row of data/reference/periods.csv."""

import calendar
import re
from datetime import date

KINDS = ("financial_year", "end_year", "calendar_year", "quarter", "twelve_months", "month")
SPAN = re.compile(r"((?:19|20)\d\d)[-/](?:(?:19|20))?(\d\d)")
MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
QUARTER = re.compile(r"((?:19|20)\d\d)[-/](\d\d),? (?:Q|[Qq]uarter )([1-4])")
MONTHS = re.compile(r"([A-Z][a-z]{2})[a-z]*(?: to |[-–]| - )([A-Z][a-z]{2})[a-z]* ((?:19|20)\d\d)")
QUARTERS = {("Apr", "Jun"): 1, ("Jul", "Sep"): 2, ("Oct", "Dec"): 3, ("Jan", "Mar"): 4}


def read_period(text: str, kind: str) -> dict | None:
    """The period's row, or None where the text is no such period.

    `financial_year`: 2023-24 or 2023/24. `end_year`: the same, named after the year it ends in. `calendar_year`: 2024.
    `quarter`: 2025-26 Q1 or April to June 2025. `month`: 2026-01.
    `twelve_months`: the month they end in, 2026-03; a December is the calendar year.
    """
    span, month = SPAN.fullmatch(text), MONTH.fullmatch(text)
    if kind in ("financial_year", "end_year"):
        if not span or (int(span[1]) + 1) % 100 != int(span[2]):
            return None
        return _financial_year(int(span[1])) if kind == "financial_year" else _year(int(span[1]) + 1)
    if kind == "quarter":
        return _read_quarter(text)
    if kind == "calendar_year":
        return _year(int(text)) if YEAR.fullmatch(text) else None
    if not month or not 1 <= int(month[2]) <= 12:
        return None
    year, number = int(month[1]), int(month[2])
    return _month(year, number) if kind == "month" else _twelve_months(year, number)


def _row(period: str, frequency: str, start: date, end: date, label: str, year: str = "") -> dict:
    return {"period": period, "frequency": frequency, "start_date": start.isoformat(), "end_date": end.isoformat(),
            "label": label, "financial_year": year}


def _financial_year(first: int) -> dict:
    name = f"{first}-{(first + 1) % 100:02d}"
    return _row(name, "financial_year", date(first, 4, 1), date(first + 1, 3, 31), name, name)


def _read_quarter(text: str) -> dict | None:
    if (named := QUARTER.fullmatch(text)) and (int(named[1]) + 1) % 100 == int(named[2]):
        return _quarter(int(named[1]), int(named[3]))
    if (months := MONTHS.fullmatch(text)) and (number := QUARTERS.get((months[1], months[2]))):
        return _quarter(int(months[3]) - (number == 4), number)
    return None


def _quarter(first: int, number: int) -> dict:
    year, month = first + (number == 4), (number * 3) % 12 + 1
    end = date(year, month + 2, calendar.monthrange(year, month + 2)[1])
    financial_year = f"{first}-{(first + 1) % 100:02d}"
    span = f"{calendar.month_abbr[month]}–{calendar.month_abbr[month + 2]} {year}"
    return _row(f"{financial_year} Q{number}", "quarter", date(year, month, 1), end,
                f"{span} (Q{number} {financial_year})", financial_year)


def _year(year: int) -> dict:
    return _row(str(year), "calendar_year", date(year, 1, 1), date(year, 12, 31), str(year))


def _month(year: int, number: int) -> dict:
    end = date(year, number, calendar.monthrange(year, number)[1])
    return _row(f"{year}-{number:02d}", "month", end.replace(day=1), end, f"{calendar.month_name[number]} {year}")


def _twelve_months(year: int, number: int) -> dict:
    if number == 12:
        return _year(year)
    start = date(year - 1, number + 1, 1)
    end = date(year, number, calendar.monthrange(year, number)[1])
    return _row(f"{start} to {end}", "other", start, end, f"{start:%b %Y} to {end:%b %Y}")
