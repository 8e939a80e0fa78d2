"""Start cohorts from protected counts: which of them count, how they are added up, and the rate they make."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.methods import maturity
from dashboard.read import rates

MOST_YEARS = 3               # years put together, so that small areas can be read
ENDED = "job_ended_13"        # the one state of a job that is known to be over
JOB = ("job_52", "job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded")

Row = Mapping[str, object]


@dataclass(frozen=True)
class Milestone:
    """A step of the journey: its outcome states, and the months after which everyone could have reached it."""

    key: str
    label: str
    states: tuple[str, ...]
    months: int
    indicator_id: str


MILESTONES = {each.key: each for each in (
    Milestone("entered", "Entered work", JOB, maturity.MONTHS["entered_work"], "entered_work"),
    Milestone("weeks13", "Recorded in work at 13 weeks or later", ("job_13", "job_26", "job_52"),
              maturity.MONTHS["13_weeks"], "in_work_at_13_weeks"),
    Milestone("weeks26", "Recorded in work at 26 weeks or later", ("job_26", "job_52"),
              maturity.MONTHS["26_weeks"], "in_work_at_26_weeks"),
    Milestone("weeks52", "Recorded in work at 52 weeks", ("job_52",),
              maturity.MONTHS["52_weeks"], "in_work_at_52_weeks"),
)}


def years_that_count(periods: Iterable[str], months: int, cut_off: dt.date, breaks: Iterable[str] = (),
                     most: int = MOST_YEARS) -> list[str]:
    """The newest cohorts old enough for `months`, at most `most`, none from before the last break.

    `breaks` are the first periods after each break: years on its two sides are never added up.
    """
    mature = maturity.mature_cohorts(dict.fromkeys(periods), months, cut_off)
    after = max((each for each in breaks if mature and each <= mature[-1]), default="")
    return [period for period in mature if period >= after][-most:]


def pooled(rows: Iterable[Row], states: Sequence[str], years: Sequence[str]) -> dict:
    """The rate of people in `states` among everyone who started in `years`, as a row (see `rates.rate`).

    `rows`: period, state, count, cells, one outcome state each, of one area or group and one category.
    """
    kept = [row for row in rows if row["period"] in years]
    base = sum(int(row["count"]) for row in kept)
    reached = sum(int(row["count"]) for row in kept if row["state"] in states)
    cells = {row["period"]: int(row["cells"]) for row in kept}
    return rates.rate(reached, base, sum(cells.values()))


def reached(rows: Iterable[Row], milestone: Milestone, years: Sequence[str]) -> dict:
    """The rate of a milestone as `pooled` makes it and, of what follow-ups recorded, the range it could have.

    `lowest` and `highest`, percentages: every job without a later record over, and every one going on. A state cannot
    tell a job over at 26 weeks from one not recorded then, so that range is wide, never narrow.
    """
    rows = list(rows)
    row = pooled(rows, milestone.states, years)
    if milestone.key == "entered" or not row["denominator"]:
        return row
    open_ended = pooled(rows, [state for state in JOB if state != ENDED], years)
    return row | {name: 100 * min(count, row["denominator"]) / row["denominator"]
                  for name, count in (("lowest", row["numerator"]), ("highest", open_ended["numerator"]))}


def held_years(rows: Iterable[Row]) -> list[str]:
    """Years in which anybody started, in order."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[str(row["period"])] = totals.get(str(row["period"]), 0) + int(row["count"])
    return sorted(year for year, total in totals.items() if total > 0)


def years_label(years: Sequence[str]) -> str:
    """'2023-24', or '2021-22 to 2023-24'."""
    return "" if not years else years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


@dataclass(frozen=True)
class Cohort:
    """One start cohort: its people and the points of its curve that are known."""

    label: str
    people: int
    points: tuple[maturity.Point, ...]

    @property
    def unripe(self) -> bool:
        """True where the last point of the curve is not yet known."""
        return len(self.points) < len(maturity.BANDS)

    @property
    def few(self) -> bool:
        """True where too few people started for a rate to be shown."""
        return rates.status_of(self.people) == "c"

    def row(self, months: int) -> dict | None:
        """The point at `months` as a row in percentages; None where it is not yet known."""
        point = next((each for each in self.points if each.months == months), None)
        if point is None:
            return None
        if self.few:
            return {"value": None, "obs_status": "c"}
        return {"period": self.label, "period_label": self.label, "denominator": float(self.people),
                "value": 100 * point.value, "lower_ci": 100 * point.lower, "upper_ci": 100 * point.upper,
                "obs_status": rates.status_of(self.people)}


def entry_cohorts(rows: Iterable[Row], cut_off: dt.date) -> list[Cohort]:
    """Every cohort in which anybody started, in the order of the rows, as far as it is known at `cut_off`.

    `rows`: period, period_label, category (months to work, see `maturity.entry_to_work`), count, cells.
    """
    by_period: dict[str, list[Row]] = {}
    for row in rows:
        by_period.setdefault(str(row["period"]), []).append(row)
    made = []
    for period, own in by_period.items():
        counts = {row["category"]: float(row["count"]) for row in own}
        if people := int(sum(counts.values())):
            points = maturity.entry_to_work(counts, maturity.cohort_end(period), cut_off, int(own[0]["cells"]))
            made.append(Cohort(str(own[0]["period_label"]), people, tuple(points)))
    return made
