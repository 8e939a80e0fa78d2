"""Names and codes that people use for the 32 councils: official names, known spellings and former codes."""

import csv
import re
import unicodedata
from functools import cache

from dashboard import paths


@cache
def _aliases() -> tuple[dict[str, str], ...]:
    with (paths.REFERENCE / "area_aliases.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def council_names() -> dict[str, str]:
    """area_code -> official name of the 32 councils."""
    with (paths.REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as lines:
        return {row["area_code"]: row["name"] for row in csv.DictReader(lines) if row["area_type"] == "partnership"}


@cache
def former_codes() -> dict[str, str]:
    """Former code -> current code: councils whose lines moved; files and older tables still carry them."""
    return {row["alias"]: row["area_code"] for row in _aliases()
            if row["kind"] == "former_code" and row["area_code"] in council_names()}


def named_in(text: str) -> str | None:
    """The area_code of the council that a text such as a file name mentions, by the longest name in it; else None."""
    spelled = {_folded(name): code for code, name in council_names().items()} | {
        _folded(row["alias"]): row["area_code"] for row in _aliases() if row["kind"] == "spelling"}
    given = f" {_folded(text)} "
    return next((spelled[name] for name in sorted(spelled, key=len, reverse=True) if f" {name} " in given), None)


def _folded(text: str) -> str:
    """Letters and digits alone, without accents or capitals, one space between words; '&' is 'and'."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter))))
