"""Lines about partnerships beside one another: outside the funnel, and unlike areas like them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice
from dashboard.figures import judged
from dashboard.figures.areas import family_group, others_in
from dashboard.figures.challenge.line import Found, evidence, is_sound, line
from dashboard.figures.compare import measures
from dashboard.methods import funnel, screen
from dashboard.methods.verdict import Verdict, in_family
from dashboard.read.edition import Answer, Edition, Row
from dashboard.read.enquiry import Rule, rules
from dashboard.words import differences, numbers, phrases

MEASURES = ("entered_work_within_12_months", "in_work_at_13_weeks", "in_work_at_26_weeks")


@dataclass(frozen=True)
class Measure:
    """One measure in every area, Scotland's row among them, each row judged against the rest of Scotland."""

    indicator: Indicator
    when: str
    rows: tuple[Row, ...]
    answer: Answer | None = None


@dataclass(frozen=True)
class Unlike:
    """One area's measure beside the others of its family group added up; `found` was judged among all areas."""

    measure: Measure
    row: Row
    others: Row
    found: Verdict


def outside_funnel(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The area's measures that lie outside the limits; of Scotland, how many partnerships' do."""
    every = _outside(edition, rule)
    if area_code == SCOTLAND:
        return [_counted(edition, measure, [row for own, row in every if own is measure], rule)
                for measure in measures_of(edition) if any(own is measure for own, _ in every)]
    return [_found(edition, measure, row, rule) for measure, row in every if row["area_code"] == area_code]


def _outside(edition: Edition, rule: Rule) -> list[tuple[Measure, Row]]:
    return edition.once(f"challenge: {rule.id}", lambda edition: outside(measures_of(edition), rule.threshold))


def outside(every: Sequence[Measure], limit: float) -> list[tuple[Measure, Row]]:
    """(measure, row) of each area outside the limits that hold `limit`% of areas, whom the verdict calls that way too.

    All areas and measures are judged together (`methods.screen`). Rows that are hidden or on few people take no part.
    """
    placed = [(measure, [row for row in measure.rows if row["area_code"] != SCOTLAND and is_sound(row)]) for measure in every]
    fitted = [(measure, rows, made) for measure, rows in placed if (made := _fit(rows)) is not None]
    if not fitted:
        return []
    stands = iter(screen.stand_out(np.concatenate([2 * ndtr(-np.abs(made.z)) for _, _, made in fitted])))
    return [(measure, row) for measure, rows, made in fitted
            for row, z, beyond, is_clear in zip(rows, made.z, made.outside, stands, strict=False)
            if is_clear and beyond >= limit and row["direction"] == ("higher" if z > 0 else "lower")]


def _fit(rows: Sequence[Row]) -> funnel.Funnel | None:
    """The funnel of these areas; None of too few, or where nobody or everybody got there."""
    if len(rows) < measures.SMALLEST:
        return None
    base = np.array([float(row["denominator"]) for row in rows])
    reached = np.minimum([float(row["numerator"]) for row in rows], base)
    if reached.sum() in (0, base.sum()):
        return None
    return funnel.fit(reached, base, [float(row["cells"]) for row in rows])


def unlike_its_family(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The area's measures that differ from the others of its family group, unless the funnel says so already."""
    if area_code == SCOTLAND:
        return []
    said = {(measure.indicator.indicator_id, row["area_code"]) for measure, row in _outside(edition, rules()["outside_funnel"])}
    found = edition.once(f"challenge: {rule.id}", lambda edition: unlike(measures_of(edition), families_of(edition)))
    return [_unlike_found(edition, each, rule) for each in found if each.row["area_code"] == area_code
            and (each.measure.indicator.indicator_id, area_code) not in said]


def unlike(every: Iterable[Measure], families: Mapping[str, tuple[str, Sequence[str]]]) -> list[Unlike]:
    """Each area that can be told from the others of its family group added up; all areas and measures judged together."""
    tested = []
    for measure in every:
        for row in measure.rows:
            if (group := families.get(str(row["area_code"]))) and is_sound(row):
                others = measures.pooled(measure.rows, group[1], others_in(group[0]))
                if (gap := differences.difference(row, others, measure.indicator)) is not None:
                    tested.append(Unlike(measure, row, others, gap))
    verdicts = in_family([each.found for each in tested])
    return [Unlike(each.measure, each.row, each.others, made) for each, made in zip(tested, verdicts, strict=True) if made.is_clear]


def measures_of(edition: Edition) -> tuple[Measure, ...]:
    """The measures that partnerships are told apart by, over the years that every page puts together."""
    return edition.once("challenge: measures", lambda edition: tuple(
        Measure(held.indicator, held.when, tuple(judged.areas(edition, held.rows, held.indicator)), held.answer)
        for held in (measures.compared_by(edition, name) for name in MEASURES) if held is not None))


def families_of(edition: Edition) -> Mapping[str, tuple[str, list[str]]]:
    """Each partnership's family group: its name and the other members."""
    return {code: group for code in edition.areas if code != SCOTLAND and (group := family_group(edition, code))}


def _found(edition: Edition, measure: Measure, row: Row, rule: Rule) -> Found:
    indicator, area_code = measure.indicator, str(row["area_code"])
    seen = (f"{indicator.title} in {row['area']}, people who started in {measure.when}: "
            f"{numbers.value_text(row, indicator, short=True)}, {row['compared']}.")
    return Found(line(rule, area_code, seen, [evidence(edition, "compare.among", Choice(area_code, indicator.indicator_id))],
                      indicator.indicator_id, row["verdict"] == "better", numbers.interval_text(row, indicator)), measure.answer.keep([row]))


def _counted(edition: Edition, measure: Measure, rows: Sequence[Row], rule: Rule) -> Found:
    indicator, placed = measure.indicator, sum(is_sound(row) for row in measure.rows) - 1
    seen = (f"{indicator.title}, people who started in {measure.when}: {len(rows)} of {placed} partnerships "
            f"{'lies' if len(rows) == 1 else 'lie'} outside the limits. In the order of the alphabet: "
            f"{phrases.listed([str(row['area']) for row in rows])}.")
    return Found(line(rule, SCOTLAND, seen, [evidence(edition, "compare.among", Choice(SCOTLAND, indicator.indicator_id))],
                      indicator.indicator_id, all(row["verdict"] == "better" for row in rows)), measure.answer.keep(rows))


def _unlike_found(edition: Edition, each: Unlike, rule: Rule) -> Found:
    indicator, area_code = each.measure.indicator, str(each.row["area_code"])
    words = differences.compared(each.found, each.others["group"].replace("Others", "others"))
    seen = (f"{indicator.title} in {each.row['area']}, people who started in {each.measure.when}: "
            f"{numbers.value_text(each.row, indicator, short=True)}, {words}.")
    return Found(line(rule, area_code, seen, [evidence(edition, "compare.like", Choice(area_code, indicator.indicator_id))],
                      indicator.indicator_id, differences.verdict(each.found, indicator) == "better",
                      numbers.interval_text(each.row, indicator), {"others": str(each.others["group"])}), each.measure.answer.keep([each.row]))
