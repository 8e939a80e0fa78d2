"""One figure against another in words. Whether it may be said is decided by `methods/verdict.py`, and nowhere else."""

from collections.abc import Mapping

from dashboard.catalogue import Indicator
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.methods.verdict import Verdict
from dashboard.words.numbers import said_text
from dashboard.words.periods import has_break_between

NOT_COMPARED = "no figure to compare"
TOO_MUCH_MISSING = "too much is missing to compare"
REFUSALS = {
    rule.MISSING: NOT_COMPARED, rule.RECORD_KEEPING: "not compared: about records, not about people's outcomes",
    rule.ON_FEW_PEOPLE: "not judged: few people",
    rule.ANSWERS: "too many answers are unknown to compare", rule.RECORDING: TOO_MUCH_MISSING,
    rule.INSTRUMENTS: "not compared: areas use different instruments",
    rule.REVERSIBLE: "not certain: unknown answers could reverse it",
}
UNTESTED = {rule.NO_INTERVAL: "no interval", rule.ROUNDING: "limits from rounding"}
FAMILY_NOTE = ("Of the differences called clear on one screen, about one in twenty at most is there by chance: "
               "all that are tested together are judged together.")
RANGE_NOTE = ("The range, hatched where it is drawn: if every job that nothing is recorded of was over, and if every one went on. "
              "A difference is called clear only where the ranges are apart.")


def measured(row: Mapping[str, object], indicator: Indicator) -> rule.Measured:
    """A row as the rule for verdicts takes it."""
    return rule.measured(row, indicator.data_class == "returns" and indicator.measure == "percentage",
                         is_of_records=indicator.is_of_records, is_of_rounding=indicator.has_rounding_limits,
                         is_record_keeping=indicator.is_record_keeping)


def difference(row: Mapping[str, object], other: Mapping[str, object], indicator: Indicator, is_whole: bool = False,
               share: float | None = None) -> Verdict | None:
    """What may be said of `row` against `other`; None if either has no value.

    `is_whole`: `other` holds `row`, which is then tested against the rest of it; `share`: the part of it that `row` is,
    where no counts are held.
    """
    if is_missing(row.get("value")) or is_missing(other.get("value")):
        return None
    own, against = measured(row, indicator), measured(other, indicator)
    return rule.compare(own, rule.rest_of(against, own, share) if is_whole else against)


def verdict(found: Verdict | None, indicator: Indicator) -> str:
    """'better', 'worse', 'neutral' (clear, but neither) or 'none': the colour and shape of a mark."""
    if found is None or not found.is_clear:
        return "none"
    if indicator.direction == "no_direction":
        return "neutral"
    return "better" if (found.direction == "higher") == (indicator.direction == "higher_is_better") else "worse"


def compared(found: Verdict | None, with_what: str, indicator: Indicator | None = None) -> str:
    """'higher than Scotland', 'no clear difference from Scotland' or why it cannot be said (of this indicator)."""
    if found is None:
        return NOT_COMPARED
    if found.is_clear:
        return f"{found.direction} than {with_what}"
    if found.direction == "none":
        return f"no clear difference from {with_what}"
    return refused(found, indicator) or f"not tested against {with_what}: {UNTESTED[found.why]}"


def refused(found: Verdict, indicator: Indicator | None = None) -> str:
    """Why the rule gives no verdict, in words; empty where it gives one or did not test. A published [u] is its publisher's."""
    if found.why == rule.ON_FEW_PEOPLE and indicator is not None and indicator.data_class == "published":
        return "not judged: low reliability"
    return REFUSALS.get(found.why, "")


def why_untested(indicator: Indicator) -> str:
    """Why figures of this indicator are not told apart."""
    if indicator.has_rounding_limits:
        return "Its limits are of rounding only"
    return "No interval is published"


def changed(now: Mapping[str, object], before: Mapping[str, object], indicator: Indicator) -> str:
    """The change between two rows in words, for a card: never a direction that the rule does not allow."""
    found, when = difference(now, before, indicator), before.get("period_label")
    if found is None:
        return "no earlier figure to compare"
    if has_break_between(before, now, indicator):
        return f"not comparable with {when}: break in the series"
    if found.is_clear:
        return f"{found.direction} than {when} ({said_text(before, indicator, short=True, marks=False)})"
    if found.direction == "none":
        return f"no clear change since {when}"
    if found.why == rule.RECORD_KEEPING:
        return f"{said_text(before, indicator, short=True, marks=False)} in {when}; a change in records is not judged"
    if found.why in REFUSALS:
        words = refused(found, indicator)
        return f"{words} with {when}" if found.why != rule.ON_FEW_PEOPLE else f"change since {when} {words}"
    return f"{said_text(before, indicator, short=True, marks=False)} in {when}; change not tested"


def told_apart(found: Verdict | None) -> str:
    """Whether two figures can be told apart, in words."""
    if found is None:
        return NOT_COMPARED
    if found.is_clear:
        return "a clear difference"
    if found.direction == "none":
        return "no clear difference"
    return REFUSALS.get(found.why) or f"not tested: {UNTESTED[found.why]}"
