"""Money against people, in rows. Ratios of totals: described, never tested, never ranked."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.methods.missing import is_missing
from dashboard.read import rates


def total(rows: Iterable[Mapping[str, object]], name: str) -> float:
    """The sum of a column, missing as nought."""
    return sum(float(row[name]) for row in rows if not is_missing(row[name]))


def pooled_cost(rows: Sequence[Mapping[str, object]]) -> dict:
    """One cost from rows of cost (numerator pounds, denominator people): totals divided, never costs averaged."""
    known = [row for row in rows if not is_missing(row["denominator"]) and row["denominator"] > 0]
    return rates.cost(total(known, "numerator"), total(known, "denominator"), len(known) or 1)


def share_rows(spend: Mapping[str, float], need: Mapping[str, float]) -> dict[str, dict]:
    """Each area's share of spend and of need among the areas that hold both, their ratio, and pounds a person.

    Shares are percentages of the areas in both; `ratio` 1 means the same share of each.
    """
    both = [area for area in spend if need.get(area)]
    money, people = sum(spend[area] for area in both), sum(need[area] for area in both)
    if not both or not money or not people:
        return {}
    rows = {}
    for area in both:
        funding, needed = 100 * spend[area] / money, 100 * need[area] / people
        rows[area] = {"funding": funding, "need": needed, "ratio": funding / needed, "pounds": spend[area] / need[area]}
    return rows


def latest_year(rows: Iterable[Mapping[str, object]], scotland: str) -> str | None:
    """The newest year in which at least half as many partnerships sent spend as in the fullest year."""
    found: dict[str, set] = {}
    for row in rows:
        if row["area_code"] != scotland and not is_missing(row["spend"]):
            found.setdefault(str(row["period"]), set()).add(row["area_code"])
    if not found:
        return None
    fullest = max(map(len, found.values()))
    return max(year for year, areas in found.items() if len(areas) * 2 >= fullest)
