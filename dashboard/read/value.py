"""Money against people, in rows and words. Ratios of totals: described, never tested, never ranked."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.methods.missing import is_missing
from dashboard.read import rates
from dashboard.words import phrases

NO_NATIONAL_COST = ("Ministers confirm that **no cost per sustained outcome** of NOLB is published, "
                    "for Scotland or any council.")
NOT_TESTED = "The interval allows for rounding of the count only, so no difference is tested and none is ranked."
SAME_SHARE, NEAR = 1.0, (0.9, 1.1)      # the same share, and what is called near it


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


def near_words(ratios: Sequence[float]) -> str:
    """'5 of 31 partnerships spent between 0.9 and 1.1 times their share of need': how many are near, never the extremes."""
    near = sum(NEAR[0] <= round(ratio, 2) <= NEAR[1] for ratio in ratios)      # as the table shows it
    return f"{near} of {len(ratios)} partnerships spent between {NEAR[0]} and {NEAR[1]} times their share of need"


def sent_words(sent: int, missing: Sequence[str]) -> str:
    """'31 of 32 partnerships'; `missing` names those that sent none."""
    return f"{sent} of {sent + len(missing)} partnerships" if missing else f"All {sent} partnerships"


def left_out_words(missing: Sequence[str]) -> str:
    """'East Renfrewshire is left out of spend and people.'; over six are counted, not named."""
    if not missing:
        return ""
    who = phrases.listed(missing) if len(missing) <= 6 else f"{len(missing)} partnerships"
    return f"{who} {'is' if len(missing) == 1 else 'are'} left out of spend and people."


def money_unit(largest: float) -> tuple[float, str, int]:
    """(divisor, unit, decimals) to say amounts of this size: '£22.9 million' or '£147 thousand'."""
    return (1e6, "£ million", 1) if largest >= 5e6 else (1e3, "£ thousand", 0)


def ratio_words(row: Mapping[str, float] | None, area: str) -> str:
    """'Glasgow City: 14.1% of spend and 16.0% of need.'"""
    if row is None:
        return f"{area}: no spend or no count of need is held."
    return f"{area}: {row['funding']:.1f}% of spend and {row['need']:.1f}% of need."
