"""A line of enquiry: what was seen, how sure it is, and an open question to ask. Never an answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of enquiry, raised by a published rule.

    rule          id of the rule, as `data/reference/challenge_rules.toml` names it
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
