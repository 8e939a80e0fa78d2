"""The figure that an action is measured by, and what became of it in a newer edition.

What is said is decided by the one rule for verdicts (`words/differences.py`); that a figure left its earlier interval is
only ever said beside it. Of a group of people, the newest start year old enough is read alone: years put together would
hold the same people in both editions.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.catalogue import Indicator
from dashboard.challenge.session import Action, Measure, Outcome, Reading
from dashboard.figures import returns, tables
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts
from dashboard.read.edition import Edition, Row
from dashboard.read.equality import UNKNOWN
from dashboard.words import differences, periods
from dashboard.words.numbers import digits
from dashboard.words.periods import day, in_period
from dashboard.words.phrases import sentence_case

KEPT = ("value", "lower_ci", "upper_ci", "lowest", "highest", "numerator", "denominator", "cells", "obs_status", "period",
        "period_label", "end_date", "data_class")
NOT_A_CAUSE = "A change after an action is not yet a change by it."
_MILESTONE = {each.indicator_id: each for each in cohorts.MILESTONES.values()}


def name_of(measure: Measure) -> str:
    """The measure as text: 'in_work_at_26_weeks' or 'in_work_at_26_weeks:disabled=yes'."""
    return f"{measure.indicator_id}:{measure.by}={measure.category}" if measure.by else measure.indicator_id


def offered(edition: Edition, area_code: str, group: str = "") -> Mapping[str, tuple[Measure, str]]:
    """What an action in this area can be measured by, the group's own first: name to (measure, label).

    Only what has a figure now is offered: a change is measured from it.
    """
    def made(edition: Edition) -> Mapping[str, tuple[Measure, str]]:
        every = (*_of_group(edition, area_code, group), *_of_everyone(edition, area_code))
        return MappingProxyType({name_of(measure): (measure, label) for measure, label in every})

    return edition.once(f"challenge: measures of {area_code} by {group}", made)


def _of_group(edition: Edition, area_code: str, group: str) -> list[tuple[Measure, str]]:
    rows = _counts(edition, area_code, group)
    labels = dict.fromkeys((str(row["category"]), str(row["category_label"])) for row in rows if row["category"] not in UNKNOWN)
    measures = [(Measure(milestone.indicator_id, area_code, group, category), f"{edition.every_indicator[name].title}: {label}")
                for name, milestone in _MILESTONE.items() if name in edition.every_indicator for category, label in labels]
    return [(measure, label) for measure, label in measures if reading(edition, measure) is not None]


def _of_everyone(edition: Edition, area_code: str) -> list[tuple[Measure, str]]:
    rows = edition.ask("latest", area_code=area_code, indicators=None).rows
    held = [edition.catalogue[str(row["indicator_id"])] for row in rows
            if row["indicator_id"] in edition.catalogue and not is_missing(row["value"])]
    return [(Measure(each.indicator_id, area_code), each.title)
            for each in sorted(held, key=lambda indicator: (indicator.data_class != "returns", indicator.title))]


def reading(edition: Edition, measure: Measure) -> Reading | None:
    """The measure as it stands in this edition; None where it has no figure that may be shown."""
    indicator = edition.every_indicator.get(measure.indicator_id)
    if indicator is None or measure.area_code not in edition.areas:
        return None
    row = _row_of_group(edition, measure) if measure.by else _row_of_everyone(edition, measure)
    if row is None or is_missing(row.get("value")):
        return None
    kept = {name: row[name] for name in KEPT if row.get(name) is not None}
    return Reading(_label(edition, measure, indicator), tables.value_and_interval(row, indicator), str(row["period_label"]),
                   edition.extract_id, kept, edition.synthetic and indicator.data_class == "returns")


def _label(edition: Edition, measure: Measure, indicator: Indicator) -> str:
    group = next((str(row["category_label"]) for row in _counts(edition, measure.area_code, measure.by)
                  if row["category"] == measure.category), "")
    return ", ".join(filter(None, (indicator.title, group, edition.area_name(measure.area_code))))


def _counts(edition: Edition, area_code: str, group: str) -> tuple[Row, ...]:
    return returns.counts(edition, f"B_{group}", [area_code]).rows if group and edition.has_returns else ()


def _row_of_everyone(edition: Edition, measure: Measure) -> Mapping[str, object] | None:
    return next(iter(edition.ask("latest", area_code=measure.area_code, indicators=[measure.indicator_id]).rows), None)


def _row_of_group(edition: Edition, measure: Measure) -> Mapping[str, object] | None:
    milestone = _MILESTONE.get(measure.indicator_id)
    rows = [row for row in _counts(edition, measure.area_code, measure.by) if row["category"] == measure.category]
    if milestone is None or not rows:
        return None
    years = cohorts.years_that_count(cohorts.held_years(rows), milestone.months, returns.cut_off(edition), most=1)
    if not years:
        return None
    own = next(row for row in rows if row["period"] == years[0])
    return cohorts.reached(rows, milestone, years) | {name: own[name] for name in ("period", "period_label", "end_date")} | {
        "data_class": "returns"}


def outcome(edition: Edition, action: Action) -> Outcome:
    """What became of an action, as this edition shows it."""
    sentences = tuple(each for each in became(edition, action) if each)
    return Outcome(action.text, action.owner_role, action.due, sentences, action.before.is_made_up)


def expected_text(action: Action) -> str:
    """'up by 5 by 31 March 2027': in the unit of the measure."""
    way = "up" if action.expected > 0 else "down"
    return f"{way} by {digits(abs(action.expected), 0, published=True)} by {day(action.due)}"


def became(edition: Edition, action: Action) -> tuple[str, ...]:
    """Sentences on the measure of an action: then, now, the interval it had, what may be said, and what was expected."""
    before, now = action.before, reading(edition, action.measure)
    indicator = edition.every_indicator.get(action.measure.indicator_id)
    then = f"When the action was set: {before.text} {in_period(before.period_label)}."
    if edition.extract_id == before.extract_id:
        return (then, "There is no newer edition yet.")
    if now is None or indicator is None:
        return (then, "This edition holds no figure of the measure.")
    today = f"Now: {now.text} {in_period(now.period_label)}."
    if now.row.get("period") == before.row.get("period"):
        revised = "It was revised since." if now.text != before.text else "It is still the newest."
        return (then, f"No newer figure than that of {now.period_label} is held yet. {revised}")
    found = differences.difference(now.row, before.row, indicator)
    broken = periods.has_break_between(before.row, now.row, indicator)
    said = f"{sentence_case(differences.changed(now.row, before.row, indicator))}."
    if broken or found is None or not found.is_tested or found.why:
        return (then, today, said, "So nothing is said of the change that was expected.")
    against = ("What is not recorded could hide the change that was expected." if indicator.is_of_records and not found.is_clear
               else _against_expected(action.expected, found.lower, found.upper))
    return (then, today, _left(before.row, now.row, found.is_clear), said, against, NOT_A_CAUSE)


def _left(before: Mapping[str, object], now: Mapping[str, object], is_clear: bool) -> str:
    """Whether the figure left the interval it had; both have one where a change was tested."""
    if float(before["lower_ci"]) <= float(now["value"]) <= float(before["upper_ci"]):
        return "The figure is still inside its earlier interval."
    return "The figure left its earlier interval." if is_clear else (
        "The figure lies outside its earlier interval, but the two cannot be told apart.")


def _against_expected(expected: float, lower: float, upper: float) -> str:
    """Whether the interval of the change reaches the one expected, falls short of it or holds it."""
    reaches = lower >= expected if expected > 0 else upper <= expected
    falls_short = upper < expected if expected > 0 else lower > expected
    if reaches:
        return "The whole interval of the change is at or beyond what was expected."
    return ("The whole interval of the change falls short of what was expected." if falls_short else
            "The interval of the change holds what was expected: neither more nor less can be told.")
