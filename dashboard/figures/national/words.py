"""National Indicators in words: their latest figures and the framework's own judgement."""

from collections.abc import Sequence

from dashboard.figures import tables
from dashboard.figures.national.judged import Judged
from dashboard.words import numbers, phrases


def answer(linked: Sequence[Judged]) -> list[str]:
    """How many indicators are linked, and of how many the framework's own judgement can be given."""
    judged = [each for each in linked if each.word]
    known = [each for each in linked if each.latest is not None]
    said = [
        "No figure says what these services add: the indicators move with the whole economy.",
        f"**{len(known)} of {len(linked)}** linked National Indicators have a figure here.",
    ]
    if not judged:
        return [*said, "**None can be judged** by the framework's own rule."]
    names = phrases.listed([f"{each.indicator.national_indicator} ({each.word})" for each in judged[:2]])
    return [*said, f"The framework's own rule judges **{len(judged)}**: {names}{', and more' if len(judged) > 2 else ''}."]


def row(each: Judged) -> tuple[str, ...]:
    """Indicator, figure shown, latest and its period."""
    if each.latest is None:
        return each.indicator.national_indicator, "No figure held", "[x]", ""
    return (each.indicator.national_indicator, each.indicator.title,
            tables.value_and_interval(each.latest, each.indicator), str(each.latest["period_label"]))


def rule_row(each: Judged) -> tuple[str, ...]:
    """Indicator, the framework's own word for it, and the rule that gives the word."""
    return each.indicator.national_indicator, word(each), each.indicator.npf_rule


def rules_title(own: Sequence[Judged], every: Sequence[Judged]) -> str:
    """Of how many the rule is held."""
    return f"The framework's own rule is held for {len(own)} of {len(every)} indicators"


def without_rule(own: Sequence[Judged], every: Sequence[Judged]) -> list[str]:
    """What follows where no rule is held."""
    others = len(every) - len(own)
    return [f"The rules of the other **{others}** are not held, so none of those is called improving, maintaining or worsening."] if others else []


def short_row(each: Judged) -> tuple[str, ...]:
    """Indicator, figure shown, outcome, latest with its period, and performance."""
    indicator = each.indicator
    latest = "[x] no figure held" if each.latest is None else (
        f"{numbers.value_text(each.latest, indicator, short=True)}, {each.latest['period_label']}")
    return indicator.national_indicator, indicator.title, indicator.national_outcome, latest, word(each)


def word(each: Judged) -> str:
    """'**Improving**', or why the framework's rule gives no word."""
    if each.word:
        return f"**{phrases.sentence_case(each.word)}**"
    return "Too few comparable figures" if each.indicator.npf_rule else "Rule not held"
