"""What the figures of value share: spend as returned, who sent it, and costs with what they are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent
from dashboard.figures.value import words
from dashboard.methods.missing import is_missing
from dashboard.read import value
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import marks, numbers, phrases

START, WORK = "cost_per_start", "cost_per_person_entering_work"
COST_NAMES = {START: "started", WORK: "started and entered work"}


def spend(edition: Edition, *area_codes: str) -> Answer:
    """Budget and spend by year and funding stream; of Scotland and every partnership where no area is named."""
    return edition.ask("spend_by_year", areas=list(area_codes) or None)


def by_year(held: Answer) -> list[Row]:
    """One row a year with the totals of all streams, in pounds and in the unit they are said in."""
    rows = []
    for year in dict.fromkeys(row["period"] for row in held.rows):
        own = [row for row in held.rows if row["period"] == year]
        rows.append({**own[0], "spend": value.total(own, "spend"), "budget": value.total(own, "budget")})
    scale = words.money_unit(max(row["spend"] for row in rows))[0]
    return [row | {"spend_value": row["spend"] / scale, "budget_value": row["budget"] / scale} for row in rows]


def money(edition: Edition, held: Answer) -> Indicator:
    """Spend as an indicator, in millions or thousands."""
    _, unit, decimals = words.money_unit(max(row["spend"] for row in by_year(held)))
    return replace(edition.every_indicator[START], title="Spend returned", unit=unit, decimals=decimals, caveats=(), breaks=())


def missing(edition: Edition, period: str | None = None) -> list[str]:
    """The partnerships that sent no spend for that year; with None, for any year."""
    sent = {row["area_code"] for row in spend(edition).rows if period in (None, row["period"])}
    return [str(row["name"]) for code, row in edition.areas.items()
            if row["area_type"] == "partnership" and code not in sent]


def sent(edition: Edition, period: str) -> int:
    """How many partnerships sent spend for that year."""
    return len({row["area_code"] for row in spend(edition).rows if row["period"] == period} - {SCOTLAND})


def unsent(edition: Edition) -> tuple[Absent, ...]:
    """Which partnerships sent no spend: named, never left out silently."""
    names = missing(edition)
    if not names:
        return ()
    return (Absent(f"[x] No spend was sent by {phrases.listed(names)}." if len(names) <= 6 else
                   f"[x] No spend was sent by {len(names)} of the partnerships, so Scotland is not whole."),)


def costs(edition: Edition, indicator_id: str) -> tuple[Answer, str]:
    """Every partnership's cost in the latest year that most of them have, and that year."""
    held = edition.ask("comparison", indicator_id=indicator_id, period=None)
    if held.is_empty:
        held = edition.ask("trend", indicator_id=indicator_id, areas=list(edition.areas), programme=None,
                           characteristic="all", category=None, frequency="financial_year")
        latest = max((row["period"] for row in held.rows), default=None)
        held = held.keep([row for row in held.rows if row["period"] == latest])
    return held, "" if held.is_empty else str(held.rows[0]["period_label"])


def cost_cells(row: Mapping[str, object], indicator: Indicator) -> tuple[str, str, str]:
    """A cost, its limits and the people it is of, as a table shows them; its mark stands where one is missing."""
    instead = next((f"[{mark}]" for mark in marks.marks_of(row["obs_status"]) if mark in marks.ALONE), "[x]")
    return (numbers.value_text(row, indicator, short=True), numbers.interval_text(row, indicator) or instead,
            instead if is_missing(row["denominator"]) else f"{row['denominator']:,.0f}")


def members(rows: Iterable[Mapping[str, object]]) -> dict[str, set[str]]:
    """The members of each group in these rows, by its name."""
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(str(row["group_name"]), set()).add(str(row["area_code"]))
    return groups
