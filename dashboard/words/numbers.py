"""Numbers as text: values with their units and marks, intervals, bases, and why there is no interval."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.catalogue import Indicator
from dashboard.methods import intervals, rounding
from dashboard.methods.missing import is_missing
from dashboard.words.marks import ALONE, FEWER_THAN_5, marks_of, marks_text

INTERVAL_NOTE = "95% intervals show how far figures like these vary by chance."


@lru_cache(maxsize=50_000)
def digits(value: float, at_least: int, published: bool) -> str:
    """The number with thousands separators: a published one with every digit it was published with."""
    places = at_least
    if published:
        while places < 6 and round(value, places) != round(value, 9):
            places += 1
    text = f"{abs(value):,.{places}f}"
    return f"−{text}" if value < 0 and float(text.replace(",", "")) else text


def amount(value: object, indicator: Indicator, short: bool = False) -> str:
    """A value with its unit: '31%', '30.2 percentage points', '£3.60', '73,470 people'.

    `short` drops words that a heading or an axis already says.
    """
    if is_missing(value):
        return "[x]"
    published = indicator.data_class == "published"
    # Pounds are published whole ('around £570k') and nil as plain 0: no decimal is added to either.
    whole = indicator.measure == "pounds" and (not float(value) or abs(float(value)) >= 1000)
    text = digits(float(value), 0 if whole else _places(indicator), published)
    return _with_unit(text, indicator, short)


def _places(indicator: Indicator) -> int:
    """Decimals of a value and of its limits alike: one at least of points, which are differences."""
    return max(indicator.decimals, 1 if indicator.measure == "points" else 0)


def _with_unit(text: str, indicator: Indicator, short: bool) -> str:
    unit = indicator.unit.strip()
    match indicator.measure:
        case "percentage":
            return f"{text}%"
        case "points":
            points = "point" if text.lstrip("−") == "1" else "points"
            return f"{text} {points}" if short else f"{text} percentage {points}"
        case "pounds":
            scale = re.search(r"\b(million|billion|thousand)\b", unit)
            return f"£{text} {scale.group(1)}" if scale else f"£{text}"
        case "count" | "years" if not short:
            return f"{text} {unit}".strip()
        case _:
            return text


def value_text(
    row: Mapping[str, object], indicator: Indicator, short: bool = False, marks: bool = True
) -> str:
    """A row's value as it is shown: with its marks, and never as exactly 0% or 100% of people.

    Without `marks`, [u] alone is kept: a figure of low reliability is never said unmarked.
    """
    status = marks_of(row.get("obs_status"))
    if alone := [mark for mark in status if mark in ALONE]:
        return f"[{alone[0]}]"
    if is_missing(row.get("value")):
        return "[x]"
    text = _bounded(row, indicator) or amount(row["value"], indicator, short)
    return f"{text} {marks_text(row.get('obs_status') if marks else 'u' if 'u' in status else None)}".strip()


def places_of(row: Mapping[str, object], most: int = 1) -> int:
    """Decimals of a rate made from rounded counts, at most `most`: as many as rounding and its interval carry.

    The one rule of how many digits are shown: `methods.rounding.decimals`. A difference of two rates has one decimal, so that
    whether its interval leaves out none can be read; a published figure has its publisher's digits.
    """
    return min(most, rounding.decimals(row))


def said_text(row: Mapping[str, object], indicator: Indicator, short: bool = False, marks: bool = True) -> str:
    """A row's value in a sentence or on a card: as in a table, but a share of people on a rounded base in whole people.

    'about 13 for every 100 unemployed people', `short` 'about 13 for every 100': its table holds the publisher's digits.
    """
    text = value_text(row, indicator, short, marks)
    if not indicator.has_rounded_base or not text[:1].isdigit():
        return text
    share, _, after = text.partition("%")
    of = "" if short else f" {indicator.unit.removeprefix('% of ')}"
    return f"{_whole(float(share.replace(',', '')))} for every 100{of}{after}"


def card_value(row: Mapping[str, object], indicator: Indicator) -> str:
    """The same as short as a card needs it: '13 in 100' of a share on a rounded base, else the value as in a table."""
    return said_text(row, indicator, short=True).removeprefix("about ").replace(" for every ", " in ")


def _whole(share: float) -> str:
    return f"about {share:.0f}" if share >= 0.5 else "fewer than 1"


def _bounded(row: Mapping[str, object], indicator: Indicator) -> str | None:
    """A rate from returns in words that are never exactly none or all: 'under 6%', 'over 94%'."""
    if indicator.data_class != "returns" or indicator.measure != "percentage":
        return None
    if any(is_missing(row.get(limit)) for limit in ("lower_ci", "upper_ci")):
        return None
    value, lower, upper = (
        min(100.0, max(0.0, float(row[name]))) for name in ("value", "lower_ci", "upper_ci")
    )
    return intervals.show_rate(value, lower, upper, indicator.decimals)


def counts_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """'too few people for a share, about 5 of 15', of a share hidden for few people; else empty."""
    if indicator.data_class != "returns" or indicator.measure != "percentage" or "c" not in marks_of(row.get("obs_status")):
        return ""
    about = "about " if row.get("numerator") and row.get("denominator") else ""
    return f"too few people for a share, {about}{counted(row)}" if counted(row) else ""


def counted(row: Mapping[str, object]) -> str:
    """'25 of 85', 'fewer than 5 of 10', or empty where no count is held. Of protected counts, 0 is fewer than 5."""
    if is_missing(row.get("numerator")) or is_missing(row.get("denominator")):
        return ""
    some, everyone = float(row["numerator"]), float(row["denominator"])
    if not everyone:
        return FEWER_THAN_5
    return f"{some:,.0f} of {everyone:,.0f}" if some else f"{FEWER_THAN_5} of {everyone:,.0f}"


def interval_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """'29% to 41%', or an empty string when there is none."""
    lower, upper = row.get("lower_ci"), row.get("upper_ci")
    if is_missing(lower) or is_missing(upper):
        return ""
    low, high = (
        digits(float(limit), _places(indicator), indicator.data_class == "published") for limit in (lower, upper)
    )
    # A value said as 'under 2%' or 'over 98%' ends its own interval, however that rounds.
    if text := _bounded(row, indicator):
        low = text.removeprefix("over ").removesuffix("%") if text.startswith("over ") else low
        high = text.removeprefix("under ").removesuffix("%") if text.startswith("under ") else high
    if indicator.measure == "percentage":
        return f"{low}% to {high}%"
    return f"{low} to {high}"


RANGE = "Range, unrecorded all one way"


def range_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """'19% to 63%', what a rate of records could be, were all that is not recorded one way; '[x]' where it is not held."""
    lowest, highest = row.get("lowest"), row.get("highest")
    if marks := [mark for mark in marks_of(row.get("obs_status")) if mark in ALONE]:
        return f"[{marks[0]}]"
    if is_missing(lowest) or is_missing(highest):
        return "[x]"
    low, high = (digits(float(end), indicator.decimals, False) for end in (lowest, highest))
    return f"{low}% to {high}%"


def range_sentence(row: Mapping[str, object], indicator: Indicator) -> str:
    """'With what is not recorded, it could be anything from 19% to 63%.' of a rate of records; else empty."""
    words = range_text(row, indicator) if indicator.is_of_records else "[x]"
    return "" if words.startswith("[") else f"With what is not recorded, it could be anything from {words}."


ROUNDING_LIMITS = "limits from rounding"


def interval_name(indicator: Indicator) -> str:
    """What the limits beside a figure are: a 95% interval, or only how far rounding of the counts could move it."""
    return ROUNDING_LIMITS if indicator.has_rounding_limits else "95% interval"

FULL_COUNT, NO_INTERVAL, NO_SURVEY_INTERVAL = "a full count, not a sample", "no interval published", "95% interval not published"
ROUNDED = "within 4 of the true count; a few within 9"
RECORDED_ONLY = "recorded cases only: many follow-ups are blank or not due"


def counts_recorded_only(indicator: Indicator) -> bool:
    """True of a count that its own caveats say depends on follow-ups being recorded: it is not of everyone."""
    return any(re.search(r"\bfollow-ups? being recorded|\bnot recorded is not the same", each, re.IGNORECASE)
               for each in indicator.caveats)


def card_line(row: Mapping[str, object], indicator: Indicator) -> str:
    """What stands under a card's value: its interval, of records its range, or what else qualifies it; else nothing."""
    line = interval_line(row, indicator)
    if line in (FULL_COUNT, NO_INTERVAL, NO_SURVEY_INTERVAL):
        return ""
    if indicator.is_of_records and not (known := range_text(row, indicator)).startswith("["):
        return f"{line}; {known} if all that is not recorded went one way"
    return "rounded" if line == ROUNDED else line


def interval_line(row: Mapping[str, object], indicator: Indicator) -> str:
    """The interval for a card: the interval, or why there is none."""
    if text := interval_text(row, indicator):
        return f"{interval_name(indicator)} {text}"
    if indicator.is_survey:
        return NO_SURVEY_INTERVAL
    if indicator.measure == "count":
        if indicator.data_class == "returns":
            return ROUNDED
        return RECORDED_ONLY if counts_recorded_only(indicator) else FULL_COUNT
    return NO_INTERVAL


def base_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """Who is counted, and how many when that is known: 'of 46,930 people who started'."""
    if is_missing(row.get("denominator")):
        return indicator.base
    return f"{indicator.base} ({float(row['denominator']):,.0f})"


def interval_note(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """What the interval is, or why there is none."""
    if indicator.has_rounding_limits:
        return "95%, for rounding of the count of people only: spend is taken as exact. Differences are not tested."
    some = any(not is_missing(row.get("lower_ci")) for row in rows)
    if not some and any(counts_text(row, indicator) for row in rows):
        return "None: too few people for a share, so only counts are shown."
    if not some:
        return "None is published, so changes and differences are not tested."
    if indicator.data_class == "returns":
        return (
            "95%, for the chance variation of figures like these and for rounding. "
            "Everyone is counted: it is not a sampling interval."
        )
    return "95%, as published."
