"""A line of enquiry: what was seen, how sure it is, and an open question to ask. Never an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.figure import Address, Choice
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition, Row
from dashboard.read.enquiry import Rule

UNSOUND = frozenset("cxzu")      # hidden, absent or on few people: no line rests on such a cell


@dataclass(frozen=True)
class Line:
    """One line of enquiry, raised by a published rule.

    rule          id of the rule, as `data/challenge/challenge_rules.toml` names it
    scope_area    area_code of the partnership, or of Scotland
    indicator_id  what it is about; '' of a line about records, a return or a declared gap
    seen, certainty, compared, wrong_if, cannot_show, question   sentences: what was seen, how sure, compared with whom,
                  what would make us wrong, what the data cannot show, and the open question
    positive      True of a strength: what others could learn from
    evidence      evidence IDs of the figures that hold its numbers
    """

    rule: str
    scope_area: str
    indicator_id: str
    seen: str
    certainty: str
    compared: str
    wrong_if: str
    cannot_show: str
    question: str
    positive: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A line, and the rows that it rests on."""

    line: Line
    answer: Answer


def is_sound(row: Row) -> bool:
    """True of a cell that a line may rest on: it has a value, and is neither hidden nor on few people."""
    return not is_missing(row.get("value")) and not UNSOUND & set(str(row.get("obs_status") or "").split())


def line(rule: Rule, area_code: str, seen: str, evidence: Iterable[str], indicator_id: str = "", positive: bool = False,
         interval: str = "", filled: Mapping[str, str] | None = None) -> Line:
    """The line of a rule: its own words, with {names} in them filled, and what was seen.

    `interval`: the 95% interval of what was seen, said before how sure the rule is.
    """
    certainty, compared, wrong_if, cannot_show = (
        text.format(**filled or {}) for text in (rule.certainty, rule.compared, rule.wrong_if, rule.cannot_show))
    certainty = f"95% interval {interval}. {certainty}" if interval else certainty
    return Line(rule.id, area_code, indicator_id, seen, certainty, compared, wrong_if, cannot_show,
                rule.question_of_strength or rule.question if positive else rule.question, positive, tuple(evidence))


def evidence(edition: Edition, recipe: str, choice: Choice, item: int = 1) -> str:
    """The evidence ID of a figure of this edition, with every choice that it depends on; `item` as in `Address`."""
    return Address(recipe, choice, edition.extract_id, item).text
