"""Small pieces of plain English: lists, plurals, abbreviations spelled out."""

import re
from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.words.numbers import said_text
from dashboard.words.periods import in_period

SPELLED_OUT = {
    "NOLB": "No One Left Behind (NOLB)",
    "LEPs": "Local Employability Partnerships (LEPs)",
    "LEP": "Local Employability Partnership (LEP)",
}


def spell_out(sentences: Sequence[str]) -> list[str]:
    """The sentences with each abbreviation spelled out where it first appears."""
    seen: set[str] = set()

    def expand(match: re.Match) -> str:
        short = match.group(0)
        if short.rstrip("s") in seen:
            return short
        seen.add(short.rstrip("s"))
        return SPELLED_OUT[short]

    pattern = re.compile(r"(?<!\()\b(" + "|".join(SPELLED_OUT) + r")\b(?!\))")
    return [pattern.sub(expand, sentence) for sentence in sentences]


def latest_sentence(row: Mapping[str, object], indicator: Indicator, place: str = "") -> str:
    """'Disability employment gap: 30.2 percentage points in 2023.'"""
    where = f" in {place}" if place else ""
    return f"{indicator.title}{where}: {said_text(row, indicator)} {in_period(row['period_label'])}."


def listed(items: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'; `last` is the word before the last one."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def plural(count: int, noun: str, many: str = "") -> str:
    """'1 partnership', '7 partnerships'."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


_WORDS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def one_in(share: float) -> str:
    """'about one in seven' of 14%, 'fewer than one in ten' of less; a share of 0 to 1, above 0."""
    return "fewer than one in ten" if share < 0.095 else f"about one in {_WORDS[round(1 / share)]}"


def sentence_case(text: str) -> str:
    """The text with its first letter raised."""
    return text[:1].upper() + text[1:]


def literal(text: str) -> str:
    """Text that a person typed, for places where **bold** is markup: its asterisks make nothing bold."""
    return str(text).replace("**", "*\u2060*")


def shorten(text: str, longest: int = 40) -> str:
    """Text that a reader gave, short enough to repeat, and only text: asterisks in it make nothing bold."""
    text = literal(" ".join(str(text).split()))
    return text if len(text) <= longest else text[: longest - 1] + "…"
