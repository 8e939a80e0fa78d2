"""What one cell's text means, and why a text is refused.

Returns repeat themselves, so each distinct text of a column is read once and the answer is copied
to its rows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import polars as pl

from dashboard.pipeline.returns.contract import Column, area_names

IDENTIFIER = r"^[A-Za-z0-9._][A-Za-z0-9._-]{0,63}$"      # beginning with '-' would be a formula
FORMULA = "=+-@\t\r\n＝＋－＠"
NO_TEXT = rf"\p{{C}}|^[\s{re.escape(FORMULA)}]"     # what no text may hold, or begin with
TEXT_LENGTH = 200
MISREAD = "[Â-ô][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]"    # UTF-8 read as Windows-1252, perhaps
WHOLE = r"^(?:0|[1-9][0-9]{0,8})$"
NUMBER = r"^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?$"
ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FINANCIAL_YEAR = r"^[0-9]{4}-[0-9]{2}$"
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAY_ZERO_1904 = date(1904, 1, 1)      # of a workbook that says date1904
NO_DATE = ("0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01",
           "2099-12-31", "2999-12-31", "9999-12-31")     # what systems write where there is no date
LATER_DAYS = 366    # beyond the cut-off by more than this a date is more likely mistyped than early
TYPES = {"date": pl.Date, "whole_number": pl.Int64, "number": pl.Float64, "choices": pl.List(pl.String),
         "financial_year": pl.Date}
SHEET_ERROR = r"#(?:REF|VALUE|NAME|NUM|NULL|DIV/0|N/A|SPILL|CALC)[!?]?"
SUPPRESSED = r"<\s*[0-9]+|[0-9]+\s*\*|\[?[cuxz]\]?|\*+|~|\.\."      # marks of published tables, not numbers
FEW = 1_000     # texts that are sooner read, each by itself, than sorted out
Reason = tuple[str, str]      # the rule in plain words, and how to mend it


@dataclass(frozen=True)
class Setting:
    """What a cell is judged by: whose file it is in, the cut-off, and the day that Excel's numbers count from."""

    area_code: str
    cut_off: date
    day_zero: date = EXCEL_DAY_ZERO


def interpret(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """The typed values of the texts of each column that does not stay text, null where they cannot be read.

    A financial year reads as its first day; a list as its sorted values, each once.
    """
    readings = _readings(columns)
    if len(frame) < FEW:
        return frame.select(readings)
    return pl.DataFrame([_each_once(frame[reading.meta.output_name()], reading) for reading in readings])


def explain(column: Column, rule: str, text: str | None, setting: Setting) -> Reason:
    """Why a text breaks a rule and how to mend it, in plain words."""
    if text is None or text == "":
        return "must not be empty", "fill it in"
    if text[0] in FORMULA:
        return ("begins like a spreadsheet formula (= + - @ or a tab)",
                "remove the first character, or take the cell out")
    if re.fullmatch(SHEET_ERROR, text):
        return "is a spreadsheet's error, not a value", "type or paste the value itself"
    if text in NO_DATE and column.type == "date":
        return f"must be the day it happened: {text} is a placeholder, written where there is no date", _clear(column)
    if rule == "minimum":
        return _low(column, text, setting.cut_off)
    if rule == "maximum":
        return _high(column, text, setting.cut_off)
    if any(not c.isprintable() and c != " " for c in text):
        return "holds a line break or an invisible character", "type the value again"
    return _unreadable(column, text, setting)


def excel_date(text: str, day_zero: date = EXCEL_DAY_ZERO) -> date | None:
    """The date an Excel day number stands for, if a text looks like one (1954 to 2123)."""
    if not re.fullmatch(r"[2-7][0-9]{4}(?:\.[0-9]+)?", text):
        return None
    return day_zero + timedelta(days=int(float(text)))


def mend_encoding(text: str) -> str | None:
    """What a text said before its UTF-8 was read as Windows-1252; None where that did not happen."""
    if text.isascii():
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def explain_misread(meant: str) -> Reason:
    """Why a text that was read in the wrong encoding is refused."""
    return ("was saved in one encoding and read in another",
            f"write '{meant}', and save the file as 'CSV UTF-8 (comma delimited)'")


@cache
def _readings(columns: tuple[Column, ...]) -> list[pl.Expr]:
    return [READERS[column.type](pl.col(column.name), column.values).alias(column.name)
            for column in columns if column.type in READERS]


def _each_once(texts: pl.Series, read: pl.Expr) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    places = texts.cast(pl.Enum(distinct)).to_physical()
    return distinct.to_frame().select(read).to_series().gather(places)


def _matching(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(text.str.contains(pattern)).then(text)


def _list(text: pl.Expr, values: tuple[str, ...]) -> pl.Expr:
    parts = text.str.split(";")
    return pl.when(parts.list.eval(pl.element().is_in(list(values))).list.all()).then(parts.list.unique().list.sort())


def _first_day(text: pl.Expr) -> pl.Expr:
    year = _matching(text, FINANCIAL_YEAR)
    first, last = year.str.head(4).cast(pl.Int32), year.str.tail(2).cast(pl.Int32)
    return pl.when((first + 1) % 100 == last).then(pl.date(first, 4, 1))


READERS: dict[str, Callable[[pl.Expr, tuple[str, ...]], pl.Expr]] = {
    "date": lambda text, _: _matching(text, ISO_DATE).str.to_date("%Y-%m-%d", strict=False),
    "whole_number": lambda text, _: _matching(text, WHOLE).cast(pl.Int64, strict=False),
    "number": lambda text, _: _matching(text, NUMBER).cast(pl.Float64, strict=False),
    "choices": _list,
    "financial_year": lambda text, _: _first_day(text),
}


def _clear(column: Column) -> str:
    return "fill in the day, or send the row when it is known" if column.is_required else "clear the date"


def _low(column: Column, text: str, cut_off: date) -> Reason:
    if column.type == "date":
        likely = f"20{text[2:]}"
        is_short = text.startswith("00") and column.minimum <= likely <= cut_off.isoformat()
        return (f"must be on or after {column.minimum}",
                f"write {likely} if that is the day meant" if is_short else "correct the date")
    if column.type == "financial_year":
        first = int(column.minimum[:4])
        return f"must be {first}-{(first + 1) % 100:02d} or later", "correct the financial year"
    return f"must be {column.minimum} or more", "correct the number" + _or_blank(column)


def _high(column: Column, text: str, cut_off: date) -> Reason:
    if column.type in ("date", "financial_year"):
        return f"must be on or before the cut-off, {cut_off}", _after_cut_off(column, text, cut_off)
    return f"must be {int(column.maximum):,} or less", "correct the number" + _or_blank(column)


def _after_cut_off(column: Column, text: str, cut_off: date) -> str:
    """What had not happened by the cut-off is left empty; only what began after it waits for the next return."""
    if column.is_required:
        return "correct the date, or send the row with the next return"
    if date.fromisoformat(text) > cut_off + timedelta(days=LATER_DAYS):
        return "correct the date, or clear it if it had not happened by the cut-off"
    answers = " and its follow-ups" if column.name == "employment_start_date" else ""
    return f"clear the date{answers}: it had not happened by the cut-off"


def _unreadable(column: Column, text: str, setting: Setting) -> Reason:
    if column.type == "date":
        return _not_a_date(text, setting.day_zero)
    if column.type in ("choice", "choices"):
        return _not_allowed(column, text)
    if column.type == "area_code":
        return _another_area(text, setting.area_code)
    return {
        "identifier": (
            "must be 1 to 64 of the letters A-Z a-z, the digits 0-9 and . _ -",
            "use a number that says nothing about the person, without spaces",
        ),
        "whole_number": (
            "must be a whole number, in digits only", _as_number(text, "25") + _or_blank(column)
        ),
        "number": ("must be a number, in digits only, without commas or a pound sign",
                   _as_number(text, "1200 or 1200.50") + _or_blank(column)),
        "financial_year": ("must be a financial year", "write it like 2025-26"),
        "text": (
            "must be a text of 1 to 200 characters that does not begin with a space",
            "shorten or correct it",
        ),
    }[column.type]


def _another_area(text: str, area_code: str) -> Reason:
    other = f" ({area_names()[text]})" if text in area_names() else ""
    return (f"must be {area_code}, as in the file name{other and ', not another partnership' + other}",
            "move the row to the right file, or correct the code")


def _as_number(text: str, example: str) -> str:
    """The number that a text plainly means, or what to do where it hides one."""
    if re.fullmatch(SUPPRESSED, text.strip()):
        return "give the number itself: a return is not rounded or suppressed"
    found = re.fullmatch(r"£?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?: [a-z]+)?", text.strip())
    if not found:
        return f"write it like {example}"
    number = re.sub(r"\.0+$", "", found[1].replace(",", ""))
    return f"write {number.lstrip('0') or '0'}" if "." not in number else f"write it like {example}"


def _not_a_date(text: str, day_zero: date) -> Reason:
    if day := excel_date(text, day_zero):
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
