"""Rows of places: every council, classes and groups added up. A published rate is never made again."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND
from dashboard.methods.missing import is_missing
from dashboard.read import rates, value

ISLANDS = ("S12000023", "S12000027", "S12000013")     # Orkney, Shetland, Na h-Eileanan Siar
FOLDS = (("Rest of Scotland", ("1", "2", "3", "4")), ("Accessible rural", ("5",)), ("Remote rural", ("6",)))

NOT_HELD = {"numerator": None, "denominator": None, "value": None, "lower_ci": None, "upper_ci": None, "obs_status": "x"}

Row = Mapping[str, object]


def every_council(rows: Sequence[Row], areas: Mapping[str, Row]) -> list[dict]:
    """Scotland first, then all 32 by name: a council that holds no row is one with the mark [x].

    `areas`: area_code -> name and area_type, in the order to show. Rows gain `name`.
    """
    held = {row["area_code"]: row for row in rows}
    when = {name: rows[0][name] for name in ("indicator_id", "period", "period_label") if rows}
    none = dict.fromkeys(("numerator", "denominator", "value", "lower_ci", "upper_ci"))
    return [{**(held.get(code) or {**when, **none, "area_code": code, "area": area["name"], "obs_status": "x"}),
             "name": area["name"]} for code, area in areas.items() if code in held or code != SCOTLAND]


def scotland_of(rows: Iterable[Row]) -> dict | None:
    """Scotland's own row, if it holds a figure."""
    return next((dict(row) for row in rows if row["area_code"] == SCOTLAND
                 and not is_missing(row["value"])), None)


def three_fold(rows: Sequence[Row]) -> list[dict]:
    """The rest of Scotland, accessible rural and remote rural, added up from six classes of returns."""
    held = {row["category"]: row for row in rows}
    return [added([held[name] for name in names if name in held]) | {"category_label": label, "category": label}
            for label, names in FOLDS]


def added(rows: Sequence[Row]) -> dict:
    """One row from several protected ones: counts added, the rate made again with as many cells.

    Hidden as not available where any of them is not held.
    """
    base = dict(rows[0]) if rows else {}
    if not rows or any(is_missing(row["denominator"]) for row in rows):
        return base | NOT_HELD
    return base | rates.rate(value.total(rows, "numerator"), value.total(rows, "denominator"), len(rows)) | rates.ranged(rows)


def pooled_rate(row: Row) -> dict:
    """One row whose counts were added over periods, `cells` of them; hidden as not available where it has none."""
    if is_missing(row["numerator"]) or is_missing(row["denominator"]):
        return dict(row) | NOT_HELD
    return dict(row) | rates.rate(row["numerator"], row["denominator"], row["cells"])


def group_row(rows: Sequence[Row], indicator: Indicator) -> dict | None:
    """One group's figure from its councils' rows; None where the measure cannot be added up.

    Rates of returns are made again from added protected counts, with as many rounded cells as councils;
    costs are total pounds over total people; counts are added. A published rate is never re-made.
    """
    if indicator.measure == "pounds" and indicator.data_class == "returns":
        known = [row for row in rows if not is_missing(row["denominator"])]
        return value.pooled_cost(known) if len(known) == len(rows) else added([])
    if indicator.measure == "percentage" and indicator.data_class == "returns":
        return added(rows)
    if indicator.measure == "count":
        if any(is_missing(row["value"]) for row in rows):
            return added([])
        return {"value": value.total(rows, "value"), "lower_ci": None, "upper_ci": None, "numerator": None,
                "denominator": None, "obs_status": None}
    return None


def can_be_added(indicator: Indicator) -> bool:
    """True where groups of councils can be made from their counts."""
    returns = indicator.data_class == "returns" and indicator.measure in ("percentage", "pounds")
    return returns or indicator.measure == "count"
