"""Lines about groups of people: who is reached, and how each group fares beside everyone else in the same area."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from dashboard.figure import SCOTLAND, Absent, Choice
from dashboard.figures.challenge.line import Found, evidence, is_sound, line
from dashboard.figures.equality import held, words
from dashboard.methods import intervals, screen
from dashboard.methods.thresholds import FEWEST_RELIABLE, needed
from dashboard.read import availability, equality
from dashboard.read.edition import Edition, Row
from dashboard.read.enquiry import Rule
from dashboard.read.equality import Gap, Reached

MEASURES = ("entered", "weeks26")
# The group that the question is about; the others of the same question are its rest, and say the same the other way round.
FIRST = {"sex": "female", "disabled": "yes", "ethnicity_group": "minority_ethnic", "carer": "yes", "care_experienced": "yes",
         "parent": "yes", "simd_quintile": "1", "urban_rural_2": "rural"}


class Group(NamedTuple):
    """One group of one area that was told from everyone else by one measure."""

    area_code: str
    by: str
    category: str
    measure: str


def outcome_gap(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The area's groups that fare differently, as the Equality page judges them, among all areas and groups."""
    if not edition.has_returns:
        return []
    told = edition.once(f"challenge: {rule.id}", _told)
    return [found for by in availability.BY_AREA for measure in MEASURES
            if (names := {each.category for each in told if each[:2] == (area_code, by) and each.measure == measure})
            for found in _gaps(edition, area_code, by, measure, names, rule)]


def _told(edition: Edition) -> frozenset[Group]:
    rows = [(measure, edition.ask("group_totals", years=held.outcome_years(edition, measure)).rows) for measure in MEASURES]
    return told_apart(rows)


def told_apart(rows: Iterable[tuple[str, Sequence[Row]]]) -> frozenset[Group]:
    """The groups whose gap stands out among all areas, groups and measures: a first screen, before the rule for verdicts.

    `rows`: each measure with rows of `group_totals`. A gap with fewer people on either side than a reliable rate needs
    takes no part; of groups that are each other's rest, one does.
    """
    tests = [test for measure, own in rows for test in _tests(own, measure)]
    if not tests:
        return frozenset()
    names, counts = [name for name, _ in tests], np.array([numbers for _, numbers in tests], float).T
    x1, n1, k1, x2, n2, k2 = counts
    gaps = intervals.newcombe_rounded(np.minimum(x1, n1), n1, np.minimum(x2, n2), n2, k1, k2)
    return frozenset(name for name, clear in zip(names, screen.together(*gaps).different, strict=True) if clear)


def _tests(rows: Sequence[Row], measure: str) -> list[tuple[Group, tuple[float, ...]]]:
    breakdowns: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["category"] not in (*equality.UNKNOWN, *equality.OUTSIDE):
            breakdowns.setdefault((str(row["area_code"]), str(row["characteristic"])), []).append(row)
    tests = []
    for (area_code, by), groups in breakdowns.items():
        whole = [sum(float(row[name]) for row in groups) for name in (measure, "starts", "cells")]
        for row in groups if len(groups) > 1 else ():
            own = [float(row[name]) for name in (measure, "starts", "cells")]
            rest = [everyone - part for everyone, part in zip(whole, own, strict=True)]
            is_enough = all(base >= needed(FEWEST_RELIABLE, int(cells)) for _, base, cells in (own, rest))
            if is_enough and row["category"] == FIRST.get(by, row["category"]):
                tests.append((Group(area_code, by, str(row["category"]), measure), (*own, *rest)))
    return tests


def _gaps(edition: Edition, area_code: str, by: str, measure: str, names: set[str], rule: Rule) -> list[Found]:
    answer = held.journeys(edition, availability.families(by, area_code)[0], [area_code])
    breakdown = equality.breakdown(answer.rows, held.outcome_years(edition, measure))
    if breakdown is None:
        return []
    return [Found(_gap_line(edition, area_code, by, measure, gap, breakdown, rule), answer.keep(answer.rows[:1]))
            for gap in equality.gaps_of([breakdown], measure)[0][1] if gap.group.category in names and raises(gap, rule.threshold)]


def raises(gap: Gap, smallest: float) -> bool:
    """True of a gap that the rule for verdicts calls higher or lower, on people enough, of at least `smallest` points."""
    return gap.verdict in ("higher", "lower") and is_sound(gap.row) and abs(gap.row["value"]) >= smallest


def _gap_line(edition: Edition, area_code: str, by: str, measure: str, gap: Gap, breakdown: equality.Breakdown, rule: Rule):
    points = f"{abs(gap.row['value']):.1f} points {gap.verdict} than everyone else"
    seen = (f"{equality.MEASURES[measure]}, {_in_sentence(gap.group.label)} in {breakdown.area}, started {words.years(breakdown)}: "
            f"{words.percent(gap.own, 0)}. That is {points}.")
    interval = f"{words.signed(gap.row['lower_ci'])} to {words.signed(gap.row['upper_ci'])}"
    return line(rule, area_code, seen, [evidence(edition, "equality.outcomes", Choice(area_code, choices=(("by", by), ("measure", measure))))],
                positive=gap.verdict == "higher", filled={"interval": interval})


def reach(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """Scotland's groups with a larger or smaller share of people who started than of everyone and of people out of work."""
    if area_code != SCOTLAND or not edition.has_returns:
        return []       # without a share of people out of work nothing is judged: no partnership's is held
    loaded = [(by, shown) for by in availability.BY_AREA
              if not isinstance(shown := held.load(edition, Choice(SCOTLAND, choices=(("by", by),))), Absent)]
    every = [(by, shown, rows) for by, shown in loaded for _, reached in held.reached(edition, shown)
             for rows in _by_group(reached) if rows[0].group.category == FIRST.get(by, rows[0].group.category)]
    clear = unlike_population([rows for _, _, rows in every], rule.threshold)
    return [Found(_reach_line(edition, by, shown, rows, rule), shown.answer.keep(shown.answer.rows[:1]))
            for (by, shown, rows), is_clear in zip(every, clear, strict=True)
            if is_clear]


def unlike_population(groups: Sequence[Sequence[Reached]], smallest: float) -> list[bool]:
    """Of each group's comparisons: whether one verdict holds against all of them, and stands out among all groups."""
    tested = [rows[0] if rows[0].ratio is not None and rows[0].limits is not None else None for rows in groups]
    numbers = np.array([(row.ratio, *row.limits) if row else (np.nan,) * 3 for row in tested], float).reshape(-1, 3).T
    stands = screen.together(*numbers, null=1.0).different
    return [bool(clear) and row is not None and is_sound(row.share) and equality.agreed(rows) in words.SHARES
            and all(abs(each.ratio - 1) >= smallest for each in rows) for row, rows, clear in zip(tested, groups, stands, strict=True)]


def _by_group(rows: Iterable[Reached]) -> list[list[Reached]]:
    groups: dict[str, list[Reached]] = {}
    for row in rows:
        groups.setdefault(row.group.category, []).append(row)
    return list(groups.values())


def _reach_line(edition: Edition, by: str, shown: held.Shown, rows: Sequence[Reached], rule: Rule):
    first, verdict = rows[0], equality.agreed(rows)
    seen = (f"{first.group.label}: {words.percent(first.share)} of people who started in {shown.reach[0].area}, "
            f"{words.years(shown.reach[0])}. That is a {words.agreed_words(rows)}.")
    return line(rule, SCOTLAND, seen, [evidence(edition, "equality.reach", Choice(SCOTLAND, choices=(("by", by),)))],
                positive=verdict == "over-represented", interval=words.limits(first.share))


def _in_sentence(label: str) -> str:
    """'disabled people' of 'Disabled people'; 'SIMD 1', '16 to 24' and capitals that stay are kept."""
    return label if label[1:2].isupper() or label.startswith(("White", "Minority")) else label[:1].lower() + label[1:]
