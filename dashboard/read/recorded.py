"""The range that a rate of sustained work could have: nobody knows how the jobs that were not recorded went.

Lowest: every job that nothing is recorded of was over. Highest: every one went on. A job recorded as ended is known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import OF_RECORDS
from dashboard.methods.missing import is_missing

Row = Mapping[str, object]


@dataclass(frozen=True)
class Milestone:
    """A rate of what follow-ups recorded: `reached` of `base`, and the count `ended` of jobs known to have ended.

    Names are columns of the view `recorded`; `ended` is the nearest that is held, so that no job known to be over is
    ever counted as unknown where the counts can tell.
    """

    reached: str
    base: str
    ended: str


MILESTONES = dict(zip(OF_RECORDS, (
    Milestone("in_13", "starts", "out_13"), Milestone("in_26", "starts", "out_26"), Milestone("in_52", "starts", "out_52"),
    Milestone("in_13", "entered", "out_13"), Milestone("in_26", "entered", "out_26")), strict=True))


def known_range(rows: Sequence[Row], milestone: Milestone) -> dict[str, float | None]:
    """`lowest` and `highest`, percentages, of rows of the view `recorded` added up; None where nothing is held."""
    # What reckons is loaded for whom it reckons: a command that only opens an edition does not wait for it.
    from dashboard.methods.journey import outcome_bounds

    base, reached, entered, first = (_total(rows, name) for name in (milestone.base, milestone.reached, "entered", "out_13"))
    if not rows or not base:
        return {"lowest": None, "highest": None}
    ended = max(first, _total(rows, milestone.ended))
    reached = min(reached, base)
    unrecorded = min(max(entered - reached - ended, 0), base - reached)
    lowest, highest = outcome_bounds(reached, unrecorded, base)
    return {"lowest": 100 * float(lowest), "highest": 100 * float(highest)}


def with_range(rows: Iterable[Row], ask: Callable[[str], Sequence[Row]]) -> tuple[Row, ...]:
    """The rows, those of a measure of records with `lowest` and `highest` (percentages) of their own period.

    `rows` of observations: indicator_id, area_code, period and, unless of everyone, characteristic and category.
    `ask` gives the rows of the view `recorded` of one characteristic. Periods joined by ', ' are added up. A row that
    also holds the figure before it (`before_period`) gets that one's range as well.
    """
    rows, held = tuple(rows), {}
    return tuple(_ranged(row, ask, held) if row.get("indicator_id") in MILESTONES else row for row in rows)


def _ranged(row: Row, ask: Callable[[str], Sequence[Row]], held: dict[str, dict[tuple[str, str, str], Row]]) -> Row:
    if (is_missing(row.get("value")) and is_missing(row.get("denominator"))) or row.get("programme", "all") != "all":
        return row
    characteristic = str(row.get("characteristic") or "all")
    if characteristic not in held:
        held[characteristic] = {(str(each["area_code"]), str(each["period"]), str(each["category"])): each
                                for each in ask(characteristic)}
    milestone = MILESTONES[str(row["indicator_id"])]

    def of(periods: str) -> dict[str, float | None]:
        keys = [(str(row["area_code"]), period, str(row.get("category") or "all")) for period in periods.split(", ")]
        own = [held[characteristic][key] for key in keys if key in held[characteristic]]
        return known_range(own if len(own) == len(keys) else (), milestone)

    before = {f"before_{name}": end for name, end in of(str(row["before_period"])).items()} if row.get("before_period") else {}
    return dict(row) | of(str(row["period"])) | before


def _total(rows: Iterable[Row], name: str) -> float:
    return sum(float(row[name]) for row in rows if not is_missing(row.get(name)))
