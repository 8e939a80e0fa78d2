"""What may be said aloud: safe, with care, or not yet, and why. The one rule, published on Data and methods.

`judge` is asked by every line to take; what a claim rests on is said by who makes the line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.words.marks import marks_of

SAFE, CARE, NOT_YET = "Safe to say", "Say with care", "Do not say yet"
LEVELS = (SAFE, CARE, NOT_YET)
SIGNS = {SAFE: "●", CARE: "◐", NOT_YET: "○"}
MAJORITY, MANY = 50, 20     # % not recorded: most of what it is about, or enough to move it


@dataclass(frozen=True)
class Claim:
    """What a sentence rests on.

    marks        of its figures
    compared     '' of a figure by itself; of a difference or change: 'higher', 'lower', 'none' (no clear one), 'untested',
                 or 'refused' where it is tested and the rule for verdicts still refuses one
    unrecorded   % of what it is about of which nothing is recorded; None where that is not the question
    """

    is_demonstration: bool = False
    is_held: bool = True
    marks: tuple[str, ...] = ()
    compared: str = ""
    is_broken: bool = False
    unrecorded: float | None = None
    is_count: bool = False
    has_interval: bool = False
    is_third_party: bool = False


@dataclass(frozen=True)
class Saying:
    """One of LEVELS, and the reasons in words: `reasons[0]` decided it."""

    level: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    level: str
    why: str
    holds: Callable[[Claim], bool]


# In this order; the first that holds decides, and everything said with care has every reason of its own.
RULES = (
    Rule(NOT_YET, "It rests on demonstration data: made up.", lambda claim: claim.is_demonstration),
    Rule(NOT_YET, "There is no figure.", lambda claim: not claim.is_held),
    Rule(NOT_YET, "It is marked [u]: low reliability.", lambda claim: "u" in claim.marks),
    Rule(NOT_YET, "Most of what it is about is not recorded, as far as is known.", lambda claim: (claim.unrecorded or 0) > MAJORITY),
    Rule(NOT_YET, "Not tested: no interval is published of both figures.", lambda claim: claim.compared == "untested"),
    Rule(NOT_YET, "No verdict: few people, too much that is missing or unknown, or a measure of records.",
         lambda claim: claim.compared == "refused"),
    Rule(NOT_YET, "The series breaks between the two.", lambda claim: bool(claim.compared) and claim.is_broken),
    Rule(CARE, "Add: it is provisional and may change.", lambda claim: "p" in claim.marks),
    Rule(CARE, "Add: for more than one in five nothing is recorded.", lambda claim: (claim.unrecorded or 0) > MANY),
    Rule(CARE, "Set it beside no earlier figure: the series breaks here.", lambda claim: "b" in claim.marks and not claim.compared),
    Rule(CARE, "Set it beside no other figure: no interval is published.",
         lambda claim: not (claim.is_count or claim.has_interval or claim.compared)),
    Rule(CARE, "Add: it was read through a third party.", lambda claim: claim.is_third_party),
)
WHY_SAFE = {"": "A published figure, as published.", "none": "Tested: the two cannot be told apart.",
            "higher": "Tested: the 95% interval of the difference leaves out zero.",
            "lower": "Tested: the 95% interval of the difference leaves out zero."}


def judge(claim: Claim) -> Saying:
    """Whether a sentence may be said, by the first rule that holds."""
    broken = [rule for rule in RULES if rule.holds(claim)]
    if not broken:
        return Saying(SAFE, (WHY_SAFE[claim.compared],))
    level = broken[0].level
    return Saying(level, tuple(rule.why for rule in broken if rule.level == level))


def claim_of(row: Mapping[str, object], indicator: Indicator, compared: str = "", *, is_broken: bool = False,
             is_demonstration: bool = False, unrecorded: float | None = None) -> Claim:
    """The Claim of one row of figures; `compared` where it is set beside another."""
    has_interval = not (is_missing(row.get("lower_ci")) or is_missing(row.get("upper_ci"))) and not indicator.has_rounding_limits
    return Claim(
        is_demonstration, not is_missing(row.get("value")), marks_of(row.get("obs_status")), compared, is_broken, unrecorded,
        indicator.measure in ("count", "pounds") and not indicator.is_survey, has_interval,
        "third party" in str(row.get("source_title") or ""))
