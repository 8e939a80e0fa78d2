"""Data quality of each partnership, from protected counts alone."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.disclosure.lattice import (
    CATEGORIES,
    LISTED,
    PARTNERSHIP_LEVEL,
    SCOTLAND,
)
from dashboard.pipeline.disclosure.plan import Tables
from dashboard.pipeline.disclosure.rounding import BASE
from dashboard.pipeline.disclosure.states import ANSWERS, FOLLOWUP_DAYS
from dashboard.pipeline.returns.contract import area_names

Row = tuple[str, str, float | None]


def measure(returns, tables: Tables) -> pl.DataFrame:
    """`data_quality` rows: area_code, edition, measure, value (shares from 0 to 1, flags 0 or 1, or null)."""
    rows = [*_received(returns, tables), *_rejected(returns), *_unknown(tables), *_recorded(tables)]
    frame = pl.DataFrame(rows, schema={"area_code": pl.String, "measure": pl.String, "value": pl.Float64},
                         orient="row")
    return frame.select("area_code", pl.lit(returns.edition).alias("edition"), "measure", "value").sort(
        "area_code", "measure")


def share(part: float, whole: float) -> float | None:
    """A share of two protected counts; null below 30. Rounding may put the part above the whole."""
    return min(1.0, part / whole) if whole >= FEWEST_SHOWN else None


def _received(returns, tables: Tables) -> Iterator[Row]:
    """Which files came from whom, and by the due date where dates are held."""
    sent = {"received": set(tables.over.areas), "received_experience": set(tables.over.response_areas),
            "received_progress": set(lattice.places(returns.progress))}
    for area in sorted({*area_names(), *tables.over.areas}):
        for name, areas in sent.items():
            yield area, name, float(area in areas)
        day = returns.received.get(area)
        dated = day and returns.due and area in tables.over.areas
        yield area, "on_time", float(day <= returns.due) if dated else None


def _rejected(returns) -> Iterator[Row]:
    """Share of rows rejected, of all files, after both counts are rounded to 5."""
    totals = returns.account.group_by("area_code").agg(pl.col("rows_read", "rows_rejected").sum())
    for area, read, rejected in totals.sort("area_code").iter_rows():
        yield area, "rejected_share", share(_to_base(rejected), _to_base(read))


def _unknown(tables: Tables) -> Iterator[Row]:
    """Share of people whose category is not known, all years: a partnership's where it is shown by it."""
    for c, values in CATEGORIES.items():
        if c in LISTED or "unknown" not in values:
            continue
        place = values.index("unknown")
        if c in PARTNERSHIP_LEVEL:
            by_area = BASE * tables.settled[f"B_{c}"].sum(axis=(1, 3))
            for area, counts in zip(tables.over.areas, by_area, strict=True):
                yield area, f"unknown_{c}", share(counts[place], counts.sum())
        scotland = BASE * tables.settled[f"C_{c}"].sum(axis=(0, 2))
        yield SCOTLAND, f"unknown_{c}", share(scotland[place], scotland.sum())


def _recorded(tables: Tables) -> Iterator[Row]:
    """Share of follow-ups that were due and have an answer, all years: in employment or not."""
    counts = BASE * tables.settled["F"].sum(axis=1)
    counts = np.concatenate([counts, counts.sum(axis=0, keepdims=True)])
    answered = [ANSWERS.index(answer) for answer in ("in_employment", "not_in_employment")]
    for area, table in zip((*tables.over.areas, SCOTLAND), counts, strict=True):
        for followup, answers in zip(FOLLOWUP_DAYS, table, strict=True):
            weeks = followup.split("_")[1]
            due = answers.sum() - answers[ANSWERS.index("not_due")]
            yield area, f"followup_recorded_when_due_{weeks}", share(answers[answered].sum(), due)


def _to_base(count: int) -> int:
    return BASE * ((count + 2) // BASE)
