"""How many people start where, when and on what: published totals first, then whole people.

Totals by council and by year are shared out before anything is drawn, so that they hold at any size.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.pipeline.demonstration.draws import Draws, Whole, share_out, spread
from dashboard.pipeline.demonstration.quarters import Calendar, day
from dashboard.pipeline.demonstration.targets import Targets

PROGRAMMES = ("nolb", "fss", "employability_fund", "community_jobs_scotland", "activity_agreements", "seri",
              "fund_14_19", "discovering_your_potential", "other")
NOLB, FSS = 0, 1
DETAIL = 1000            # weights are kept in thousandths of a person
TOPICS = ("measured", "followed_up", "answered", "less_happy", "cost")
PLANNING = 0             # the branch of the draws that shapes areas; areas themselves are 1 to 32


@dataclass(frozen=True)
class Area:
    """One partnership: its people to come and what sets it apart."""

    number: int
    code: str
    starts: Whole                    # programmes x quarters, people
    unknown_per_mille: int           # its unknown shares against the usual
    work_per_mille: int              # its entered-work rate against Scotland's
    template_day: int                # first day of the later template
    recorded_52: int                 # published 52-week share of people who entered work, per mille
    leaves_unknown_blank: bool
    pace: str                        # of getting people started: quick, usual, slow
    standing: dict[str, int]         # per mille along the invented ranges: measured, followed_up, ...

    @property
    def people(self) -> int:
        return int(self.starts.sum())

    def along(self, topic: str, low_and_high: list[int]) -> int:
        """Where this area stands between the lowest and the highest of an invented range."""
        low, high = low_and_high
        return low + (high - low) * self.standing[topic] // 1000


class Plan:
    """The whole demonstration before any person is drawn; raises ValueError for fewer than 1 person."""

    def __init__(self, participants: int, seed: int, targets: Targets, invented: dict):
        if participants < 1:
            raise ValueError("participants must be 1 or more")
        self.participants, self.seed = participants, seed
        self.targets, self.invented = targets, invented
        self.calendar = Calendar(invented["release"]["cut_off"])
        self.codes = sorted(targets.by_area("population_16_64"))

    @cached_property
    def programme_quarters(self) -> Whole:
        """Starts by programme and quarter in Scotland as published or invented, in thousandths."""
        yearly = self.invented["starts"]["yearly"]
        rows = [self._nolb_quarters(), self._fss_quarters()]
        rows += [self._even_quarters(yearly[programme]) for programme in PROGRAMMES[2:]]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def reported(self) -> Whole:
        """Share of starts already reported, per mille: areas x quarters."""
        table, late = self.invented["starts"]["reported_per_mille"], self.invented["received"]
        full = [1000] * (self.calendar.quarters - len(table["on_time"]))
        return np.array([full + table["late" if code in late else "on_time"] for code in self.codes])

    @cached_property
    def starts(self) -> Whole:
        """People: areas x programmes x quarters; they add up to `participants` exactly."""
        shares = [self._area_weights(programme) for programme in PROGRAMMES]
        kept = (self.programme_quarters[:, None, :] * self.reported[None, :, :]).sum(axis=2)
        weights = [int(kept[p, a]) * share[a] // sum(share)
                   for p, share in enumerate(shares) for a in range(len(share))]
        totals = np.array(share_out(self.participants, weights)).reshape(len(PROGRAMMES), -1)
        draws = Draws(self.seed, PLANNING, 0)
        return np.array([[self._over_time(draws, a, p, int(totals[p, a])) for p in range(len(PROGRAMMES))]
                         for a in range(len(self.codes))])

    @cached_property
    def areas(self) -> list[Area]:
        """Every partnership in code order."""
        draws, n = Draws(self.seed, PLANNING, 1), len(self.codes)
        unknown, work = self._unknown(draws), self._work()
        recorded, template = self._recorded_52(), self.invented["template"]
        paces = [("quick", "usual", "usual", "slow")[i] for i in draws.below(4, n)]
        blank = draws.chance(300, n)
        standing = {topic: _evenly(draws, n) for topic in TOPICS}
        return [Area(
            number=a + 1, code=code, starts=self.starts[a],
            unknown_per_mille=unknown[a], work_per_mille=work[a],
            template_day=day(template["early" if code in template["early_adopters"] else "everyone"]),
            recorded_52=recorded[a], leaves_unknown_blank=bool(blank[a]), pace=paces[a],
            standing={topic: places[a] for topic, places in standing.items()},
        ) for a, code in enumerate(self.codes)]

    def _over_time(self, draws: Draws, area: int, programme: int, people: int) -> Whole:
        """One area's people of a programme by quarter: Scotland's line, reported and a little uneven."""
        wobble = self.invented["starts"]["area_wobble_per_mille"]
        line = self.programme_quarters[programme] * self.reported[area] // 1000
        line = line * draws.between(1000 - wobble, 1000 + wobble, len(line)) // 1000
        return spread(people, line, int(draws.below(int(line.sum()), 1)[0]))

    def _nolb_quarters(self) -> list[int]:
        """Published years, then the published half year of 2024-25, then an invented continuation."""
        starts, line = self.invented["starts"], [0] * self.calendar.quarters
        for row in self.targets.of("nolb_starts_in_year"):
            quarters = self.calendar.quarters_of(f"{row.period_start.year}-{row.period_end.year % 100:02d}")
            shapes = starts["nolb_quarters"]
            weights = shapes.get(self.calendar.years[quarters[0]], shapes["default"])
            for quarter, weight in zip(quarters, weights, strict=True):
                line[quarter] = int(row.value) * weight * DETAIL // sum(weights)
        cumulative = self.targets.by_end("nolb_starts_cumulative")
        half_year = cumulative[max(cumulative)] - cumulative[min(cumulative)]
        last = self.calendar.quarter_ending(max(cumulative))
        line[last - 1], line[last] = half_year * DETAIL // 2, half_year * DETAIL // 2
        line[last + 1:] = [people * DETAIL for people in starts["nolb_after_published"]]
        return line

    def _fss_quarters(self) -> list[int]:
        """Differences of the published running totals, evenly over the quarters between two of them."""
        totals = self.targets.by_end("fss_starts_in_quarter")
        half_year = self.targets.of("fss_starts_by_contract_area")
        totals |= {half_year[0].period_end: sum(int(row.value) for row in half_year)}
        totals |= self.targets.by_end("fss_starts_cumulative")
        line, done, known = [0] * self.calendar.quarters, 0, 0
        for end in sorted(totals):
            quarters = range(done, self.calendar.quarter_ending(end) + 1)
            for quarter in quarters:
                line[quarter] = (totals[end] - known) * DETAIL // len(quarters)
            done, known = quarters.stop, totals[end]
        return line

    def _even_quarters(self, yearly: list[int]) -> list[int]:
        line = [0] * self.calendar.quarters
        for year, people in zip(sorted(set(self.calendar.years)), yearly, strict=False):
            quarters = self.calendar.quarters_of(year)
            for quarter in quarters:
                line[quarter] = people * DETAIL // len(quarters)
        return line

    def _area_weights(self, programme: str) -> list[int]:
        """Each council's share of a programme: published where it is, else by its people aged 16 to 64."""
        population = self.targets.by_area("population_16_64")
        if programme == "nolb":
            return _filled(self.targets.by_area("nolb_starts"), population, self.codes)
        if programme == "fss":
            return self._fss_weights(population)
        return [population[code] for code in self.codes]

    def _fss_weights(self, population: dict[str, int]) -> list[int]:
        """The contract areas' published starts, inside each by people aged 16 to 64."""
        starts, weights = self.targets.by_category("fss_starts_by_contract_area"), {}
        for lot, codes in self.invented["fss_contract_area"].items():
            people = sum(population[code] for code in codes)
            weights |= {code: starts[lot] * population[code] * DETAIL // people for code in codes}
        return [weights[code] for code in self.codes]

    def _unknown(self, draws: Draws) -> list[int]:
        """How much each area's unknown shares differ, so that Scotland's stay where they are."""
        edges = self.invented["unknown_by_area"]
        drawn = draws.between(edges["lowest_per_mille"], edges["highest_per_mille"], len(self.codes))
        return _balanced(drawn, self.starts.sum(axis=(1, 2)))

    def _work(self) -> list[int]:
        """Entered employment against Scotland: published where it is, Scotland's elsewhere."""
        starts, entered = (self.targets.by_area(name) for name in ("nolb_starts", "nolb_entered_employment"))
        scotland = sum(entered.values()) * 1_000_000 // sum(starts.values())
        found = [entered[code] * 1_000_000_000 // starts[code] // scotland if code in starts else 1000
                 for code in self.codes]
        return _balanced(np.array(found), self.starts.sum(axis=(1, 2)))

    def _recorded_52(self) -> list[int]:
        """In employment at 52 weeks to entered employment, per mille; all councils together elsewhere."""
        entered = self.targets.by_area("nolb_entered_employment")
        recorded = self.targets.by_area("nolb_in_employment_52_weeks")
        scotland = sum(recorded.values()) * 1000 // sum(entered.values())
        return [recorded[code] * 1000 // entered[code] if code in entered else scotland
                for code in self.codes]


def _filled(published: dict[str, int], population: dict[str, int], codes: list[str]) -> list[int]:
    """Published values, and for the others the published councils' average for each person aged 16 to 64."""
    people, starts = sum(population[code] for code in published), sum(published.values())
    return [published[code] * people if code in published else population[code] * starts for code in codes]


def _balanced(values: Whole, people: Whole) -> list[int]:
    """`values` scaled so that their mean over people is 1,000."""
    total = int((values * people).sum())
    return [int(value) * 1000 * int(people.sum()) // total for value in values]


def _evenly(draws: Draws, n: int) -> list[int]:
    """`n` places evenly from 0 to 1,000 in a drawn order."""
    order = np.argsort(draws.below(2**31 - 1, n), kind="stable")
    places = np.empty(n, dtype=np.int64)
    places[order] = np.arange(n) * 1000 // max(n - 1, 1)
    return [int(place) for place in places]
