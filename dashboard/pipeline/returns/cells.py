"""What one cell's text means, and why a text is refused.

Returns repeat themselves, so each distinct text of a column is read once and the answer is copied
to its rows.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from dashboard.pipeline.returns.contract import Column, area_names

IDENTIFIER = r"^[A-Za-z0-9._][A-Za-z0-9._-]{0,63}$"      # beginning with '-' would be a formula
FORMULA = "=+-@\t\r\n＝＋－＠"
TEXT = rf"^[^\p{{C}}\s{re.escape(FORMULA)}][^\p{{C}}]{{0,199}}$"
WHOLE = r"^(?:0|[1-9][0-9]{0,8})$"
NUMBER = r"^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?$"
ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FINANCIAL_YEAR = r"^[0-9]{4}-[0-9]{2}$"
EXCEL_DAY_ZERO = date(1899, 12, 30)
TYPES = {"date": pl.Date, "whole_number": pl.Int64, "number": pl.Float64, "choices": pl.List(pl.String),
         "financial_year": pl.Date}
Reason = tuple[str, str]      # the rule in plain words, and how to mend it


def interpret(column: Column, texts: pl.Series) -> pl.Series | None:
    """The typed values of a column's texts, null where they cannot be read; None if it stays text.

    A financial year reads as its first day; a list as its sorted values, each once.
    """
    readers: dict[str, Callable[[pl.Series], pl.Series]] = {
        "date": lambda each: _matching(each, ISO_DATE).str.to_date("%Y-%m-%d", strict=False),
        "whole_number": lambda each: _matching(each, WHOLE).cast(pl.Int64, strict=False),
        "number": lambda each: _matching(each, NUMBER).cast(pl.Float64, strict=False),
        "choices": lambda each: _lists(each, column.values),
        "financial_year": _first_days,
    }
    return _each_once(texts, readers[column.type]) if column.type in readers else None


def explain(column: Column, rule: str, text: str | None, area_code: str, cut_off: date) -> Reason:
    """Why a text breaks a rule and how to mend it, in plain words."""
    if text is None or text == "":
        return "must not be empty", "fill it in"
    if text[0] in FORMULA:
        return ("begins like a spreadsheet formula (= + - @ or a tab)",
                "remove the first character, or take the cell out")
    if rule == "minimum":
        return _low(column)
    if rule == "maximum":
        return _high(column, cut_off)
    if any(not c.isprintable() and c != " " for c in text):
        return "holds a line break or an invisible character", "type the value again"
    return _unreadable(column, text, area_code)


def excel_date(text: str) -> date | None:
    """The date an Excel day number stands for, if a text looks like one (1954 to 2119)."""
    if not re.fullmatch(r"[2-7][0-9]{4}(?:\.[0-9]+)?", text):
        return None
    return EXCEL_DAY_ZERO + timedelta(days=int(float(text)))


def _each_once(texts: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    places = texts.cast(pl.Enum(distinct)).to_physical()
    return read(distinct).gather(places).alias(texts.name)


def _matching(texts: pl.Series, pattern: str) -> pl.Series:
    return (
        texts.to_frame("text").select(pl.when(pl.col("text").str.contains(pattern)).then("text")).to_series()
    )


def _lists(texts: pl.Series, values: tuple[str, ...]) -> pl.Series:
    parts = texts.to_frame("text").select("text", part=pl.col("text").str.split(";"))
    return parts.select(pl.when(pl.col("part").list.eval(pl.element().is_in(list(values))).list.all())
                        .then(pl.col("part").list.unique().list.sort())).to_series()


def _first_days(texts: pl.Series) -> pl.Series:
    year = _matching(texts, FINANCIAL_YEAR)
    first, last = year.str.head(4).cast(pl.Int32), year.str.tail(2).cast(pl.Int32)
    frame = pl.DataFrame({"first": first, "last": last})
    return frame.select(pl.when((pl.col("first") + 1) % 100 == pl.col("last"))
                        .then(pl.date(pl.col("first"), 4, 1))).to_series()


def _low(column: Column) -> Reason:
    if column.type == "date":
        return f"must be on or after {column.minimum}", "correct the date"
    return f"must be {column.minimum} or more", "correct the number" + _or_blank(column)


def _high(column: Column, cut_off: date) -> Reason:
    if column.type in ("date", "financial_year"):
        return (
            f"must be on or before the cut-off, {cut_off}",
            "correct the date, or send the row with the next return",
        )
    return f"must be {column.maximum} or less", "correct the number" + _or_blank(column)


def _unreadable(column: Column, text: str, area_code: str) -> Reason:
    if column.type == "date":
        return _not_a_date(text)
    if column.type in ("choice", "choices"):
        return _not_allowed(column, text)
    if column.type == "area_code":
        other = f" ({area_names()[text]})" if text in area_names() else ""
        return (f"must be {area_code}, as in the file name{other and ', not another partnership' + other}",
                "move the row to the right file, or correct the code")
    return {
        "identifier": (
            "must be 1 to 64 of the letters A-Z a-z, the digits 0-9 and . _ -",
            "use a number that says nothing about the person, without spaces",
        ),
        "whole_number": ("must be a whole number, in digits only", "write it like 25" + _or_blank(column)),
        "number": (
            "must be a number, in digits only",
            "write it like 1200 or 1200.50, without commas or a pound sign",
        ),
        "financial_year": ("must be a financial year", "write it like 2025-26"),
        "text": (
            "must be a text of 1 to 200 characters that does not begin with a space",
            "shorten or correct it",
        ),
    }[column.type]


def _not_a_date(text: str) -> Reason:
    if day := excel_date(text):
        return ("must be a date, YYYY-MM-DD; this is Excel's number for a day",
                f"write {day.isoformat()} if that is the day meant, with the column formatted as text")
    if re.fullmatch(ISO_DATE, text):
        return "there is no such day in the calendar", "correct the date"
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]", text):
        return "must be a date without a time of day, YYYY-MM-DD", f"write {text[:10]}"
    if re.fullmatch(r"[0-9]{1,4}[/.\- ][0-9]{1,2}[/.\- ][0-9]{1,4}", text):
        return ("must be a date in the order year, month, day: YYYY-MM-DD",
                "write it like 2024-03-31; day and month cannot be told apart here")
    return "must be a date, YYYY-MM-DD", "write it like 2024-03-31"


def _not_allowed(column: Column, text: str) -> Reason:
    if column.type == "choices":
        rule = f"must be a list, separated by semicolons without spaces, of: {', '.join(column.values)}"
        tidy = [_nearest(part, column.values) for part in text.split(";") if part.strip()]
        if tidy and all(tidy):
            return rule, f"write '{';'.join(tidy)}'"
        return rule, "correct the list" + _or_blank(column)
    rule = f"must be one of: {', '.join(column.values)}"
    if near := _nearest(text, column.values):
        return rule, f"write exactly '{near}'"
    return rule, "use one of these values" + _or_blank(column)


def _nearest(text: str, values: tuple[str, ...]) -> str | None:
    """The allowed value that a text means but for capitals, spaces and dashes."""
    folded = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    return folded if folded in values else None


def _or_blank(column: Column) -> str:
    return "" if column.is_required else ", or leave it empty if it is not known"
