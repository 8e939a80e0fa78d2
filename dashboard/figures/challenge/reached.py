"""Lines about who comes in a partnership: each group beside the same group elsewhere, person for person.

A partnership's share is never judged against everyone alone: no share of people out of work is held by council. What can be
told is whether a group comes more or less often than elsewhere, for how many of it there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.challenge.groups import FIRST
from dashboard.figures.challenge.line import Found, evidence, is_sound, line
from dashboard.figures.equality import held, words
from dashboard.methods import reach, screen
from dashboard.methods.intervals import Estimate
from dashboard.methods.thresholds import FEWEST_RELIABLE, needed
from dashboard.read import availability, equality, rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.read.enquiry import Rule


@dataclass(frozen=True)
class Placed:
    """A group of one partnership: its breakdown, and its share of the people there by source of population figures."""

    by: str
    breakdown: equality.Breakdown
    group: equality.Group
    shares: Mapping[str, reach.Share]
    answer: Answer | None = None

    @property
    def share(self) -> Row:
        """Its share of known answers, as a row in %."""
        found = self.breakdown
        return rates.rate(self.group.starts, found.known, self.group.cells, equality.known_cells(found))


@dataclass(frozen=True)
class Unlike:
    """A group that comes more or less often than elsewhere, by the first source of population figures."""

    placed: Placed
    beside: reach.Beside


def reach_here(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The partnership's groups that come more or less often than the same groups elsewhere."""
    if area_code == SCOTLAND or not edition.has_returns:
        return []
    every: Sequence[Unlike] = edition.once(f"challenge: {rule.id}", lambda edition: unlike_elsewhere(_placed(edition), rule.threshold))
    return [_found(edition, each, rule) for each in every if each.placed.breakdown.area_code == area_code]


def unlike_elsewhere(every: Sequence[Placed], smallest: float) -> list[Unlike]:
    """Those whose ratio is clear among all areas and groups, and at least `smallest` from 1 by every population figure held.

    Areas where too many answers are unknown take no part, nor do groups of fewer people than a reliable rate needs.
    """
    counted = [each for each in every if each.breakdown.claims]
    tested = []
    for each in counted:
        alike = [other for other in counted if other is not each and (other.by, other.group.category) == (each.by, each.group.category)]
        found = [reach.beside(own, others) for source, own in each.shares.items()
                 if (others := [other.shares[source] for other in alike if source in other.shares])]
        if found and is_sound(each.share) and each.group.starts >= needed(FEWEST_RELIABLE, each.group.cells):
            tested.append((each, found))
    if not tested:
        return []
    numbers = np.array([found[0].ratio for _, found in tested], float).T
    stands = screen.together(*numbers, null=1.0).different
    return [Unlike(each, found[0]) for (each, found), is_clear in zip(tested, stands, strict=True)
            if is_clear and _agree([source.ratio for source in found], smallest)]


def _agree(ratios: Sequence[Estimate], smallest: float) -> bool:
    """True where each is clear of 1 on the same side, and far enough from it."""
    return all(each.lower > 1 and each.value >= 1 + smallest for each in ratios) or all(
        each.upper < 1 and each.value <= 1 - smallest for each in ratios)


def _placed(edition: Edition) -> list[Placed]:
    """Every group of every partnership, one of those that are each other's rest."""
    codes = [code for code in edition.areas if code != SCOTLAND]
    years = held.start_years(edition)
    made = []
    for by in availability.BY_AREA:
        answer = held.journeys(edition, availability.families(by, codes[0])[0], codes)
        population = edition.ask("population_shares", characteristic=by, areas=codes).rows
        for code in codes:
            own = [row for row in answer.rows if row["area_code"] == code]
            found = equality.breakdown(own, years)
            if found is not None and found.known:
                made += [Placed(by, found, group, shares, answer.keep(own[:1])) for group in found.groups
                         if group.category == FIRST.get(by, group.category) and (shares := shares_of(found, group, population))]
    return made


def shares_of(found: equality.Breakdown, group: equality.Group, population: Sequence[Row]) -> dict[str, reach.Share]:
    """The group among known answers and in the population of its area, by source; of people aged 16 to 64 alone."""
    return {str(row["indicator_id"]): reach.Share(group.starts, found.known, float(row["value"]) / 100, equality.survey_error_of(row),
                                                  group.cells, equality.known_cells(found))
            for row in population if row["area_code"] == found.area_code and row["age_base"] == equality.SAME_AGES
            and row["category"] == group.category and 0 < float(row["value"]) < 100}


def _found(edition: Edition, each: Unlike, rule: Rule) -> Found:
    placed, found = each.placed, each.placed.breakdown
    first = next(iter(placed.shares.values()))
    seen = (f"{placed.group.label}: {words.percent(placed.share)} of people who started in {found.area}, {words.years(found)}. "
            f"They are {100 * first.population:.1f}% of people aged 16 to 64 there. "
            f"Person for person they start {each.beside.own:.1f} times as often as others there; elsewhere {each.beside.others:.1f} times.")
    interval = f"of the ratio of these two: {each.beside.ratio.lower:.2f} to {each.beside.ratio.upper:.2f}"
    return Found(line(rule, found.area_code, seen,
                      [evidence(edition, "equality.reach", Choice(found.area_code, choices=(("by", placed.by),)))],
                      positive=each.beside.ratio.value > 1, interval=interval), placed.answer)
