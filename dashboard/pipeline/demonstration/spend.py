"""Budget and spend by financial year and funding stream: dearer a start where people live far apart."""

import polars as pl

from dashboard.pipeline.demonstration.draws import Draws
from dashboard.pipeline.demonstration.plan import FSS, Area, Plan


def spend(area: Area, plan: Plan, draws: Draws) -> pl.DataFrame:
    """One row a financial year and stream, whole pounds; the national service is not an area's spend."""
    shape, rows = plan.invented["spend"], []
    for year in sorted(set(plan.calendar.years)):
        running = {name: stream["share"] for name, stream in sorted(shape["streams"].items())
                   if stream["from"] <= year <= stream["to"]}
        total = _year_cost(area, plan, year)
        for name, share in running.items():
            spent = total * share // sum(running.values()) * _one(draws, shape["year_per_mille"]) // 1000
            budget = spent * _one(draws, shape["budget_per_mille"]) // 1000 // 1000 * 1000
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
    price = price * area.along("cost", shape["area_per_mille"]) // 1000
    return starts * price + shape["floor_pence_a_participant"] * plan.participants // 100


def _one(draws: Draws, low_and_high: list[int]) -> int:
    return int(draws.between(*low_and_high, 1)[0])
