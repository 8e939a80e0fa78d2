"""Budget and spend by financial year and funding stream: dearer a start where people live far apart."""

import polars as pl

from dashboard.build.demonstration.draws import Draws
from dashboard.build.demonstration.plan import FSS, Area, Plan


def spend(area: Area, plan: Plan, draws: Draws) -> pl.DataFrame:
    """One row a financial year and stream, whole pounds; the national service is not an area's spend."""
    shape, rows = plan.invented["spend"], []
    for year in sorted(set(plan.calendar.years)):
        running = {name: each for name, each in sorted(shape["streams"].items()) if each["from"] <= year <= each["to"]}
        if not running:
            continue
        total, whole = _year_cost(area, plan, year), sum(each["share"] for each in running.values())
        for name, each in running.items():
            wobble = int(draws.between(1000 - shape["area_wobble_per_mille"], 1000 + shape["area_wobble_per_mille"], 1)[0])
            spent = total * each["share"] // whole * wobble // 1000
            budget = spent * int(draws.between(*shape["budget_per_mille"], 1)[0]) // 1000 // 1000 * 1000
            blank = bool(draws.chance(shape["budget_missing_per_mille"], 1)[0])
            rows.append((year, name, None if blank else budget, spent))
    return pl.DataFrame(rows, schema={"financial_year": pl.String, "funding_stream": pl.String,
                                      "budget": pl.Int64, "spend": pl.Int64}, orient="row")


def _year_cost(area: Area, plan: Plan, year: str) -> int:
    """Pounds: the year's starts outside the national service at the area's price, and a floor."""
    shape = plan.invented["spend"]
    quarters = plan.calendar.quarters_of(year)
    starts = int(area.starts[:, quarters].sum() - area.starts[FSS, quarters].sum())
    classes = plan.targets.by_area_and_category("urban_rural_6_16_64")[area.code]
    people = sum(classes.values())
    price = sum(classes[str(i + 1)] * pounds for i, pounds in enumerate(shape["per_start"])) // people
    price = price * area.along("cost", [880, 1120]) // 1000
    floor = shape["floor"] * plan.participants // 75_000
    return starts * price + floor
