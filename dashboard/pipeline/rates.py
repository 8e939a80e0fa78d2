"""Returns-based observations: values, intervals and marks, made from protected counts alone."""

import datetime as dt

import numpy as np
import pandas as pd

from dashboard import catalogue
from dashboard.methods import intervals, maturity
from dashboard.methods.thresholds import FEWEST_RELIABLE, FEWEST_SHOWN


def derive(rows: pd.DataFrame, indicator: catalogue.Indicator, periods: pd.DataFrame, cut_off: dt.date,
           missing_areas: list[str]) -> pd.DataFrame:
    """Add value, lower_ci, upper_ci and obs_status to protected numerators and denominators.

    Immature cohorts are `x` and carry no counts, so that no sum can include them. A partnership that
    sent nothing is `x` wherever the others have a figure, never zero.
    """
    rows = rows.assign(value=np.nan, lower_ci=np.nan, upper_ci=np.nan, obs_status=None,
                       source_id=indicator.source, source_page=None).astype({"obs_status": object})
    rows = leave_out_immature(rows, indicator, periods, cut_off)
    rows = (_count(rows) if indicator.measure == "count" else _rate(rows, indicator)).drop(columns="cells", errors="ignore")
    return pd.concat([rows, _not_received(rows, missing_areas)], ignore_index=True) if missing_areas else rows


def leave_out_immature(rows: pd.DataFrame, indicator: catalogue.Indicator, periods: pd.DataFrame,
                       cut_off: dt.date) -> pd.DataFrame:
    """Cohorts too recent for the indicator become `x` and lose their counts."""
    if not indicator.maturity_months:
        return rows
    ends = pd.to_datetime(rows["period"].map(periods.set_index("period")["end_date"])).dt.date
    immature = ~ends.map(lambda end: maturity.is_mature(end, indicator.maturity_months, cut_off))
    rows.loc[immature, ["numerator", "denominator"]] = np.nan
    rows.loc[immature, "obs_status"] = "x"
    return rows


def _count(rows):
    rows["value"] = rows["numerator"].where(rows["numerator"] > 0)
    rows.loc[rows["numerator"] == 0, "obs_status"] = "low"
    return rows


def _rate(rows, indicator):
    known = rows["obs_status"].isna()
    rows.loc[known & ~(rows["denominator"] >= FEWEST_SHOWN), "obs_status"] = "c"
    rows.loc[known & rows["denominator"].between(FEWEST_SHOWN, FEWEST_RELIABLE, inclusive="left"), "obs_status"] = "u"
    shown = known & (rows["denominator"] >= FEWEST_SHOWN)
    if shown.any():
        make = _cost if indicator.measure == "pounds" else _percentage
        cells = rows.loc[shown, "cells"].to_numpy(float) if "cells" in rows else 1
        value, lower, upper = make(rows.loc[shown, "numerator"].to_numpy(float),
                                   rows.loc[shown, "denominator"].to_numpy(float), cells)
        rows.loc[shown, "value"], rows.loc[shown, "lower_ci"], rows.loc[shown, "upper_ci"] = value, lower, upper
    return rows


def _percentage(numerator: np.ndarray, denominator: np.ndarray, cells: np.ndarray | int):
    """Rates of protected counts, each of so many rounded cells, as percentages with their limits."""
    # A protected numerator may exceed its protected base by rounding; a share cannot exceed all of it.
    numerator = np.minimum(numerator, denominator)
    lower, upper = intervals.wilson_rounded(numerator, denominator, cells)
    return 100 * numerator / denominator, 100 * lower, 100 * upper


def _cost(spend: np.ndarray, people: np.ndarray, cells: np.ndarray | int):
    cost = intervals.cost_ratio(spend, people, cells)
    return cost.value, cost.lower, cost.upper


def _not_received(rows: pd.DataFrame, missing_areas: list[str]) -> pd.DataFrame:
    """The rows the other partnerships have, as `x`, for each that sent nothing."""
    of_partnerships = rows[rows["area_code"].str.startswith("S12")]
    grain = ["period", "programme", "characteristic", "category", "source_id"]
    blank = of_partnerships[grain].drop_duplicates().assign(
        numerator=np.nan, denominator=np.nan, value=np.nan, lower_ci=np.nan, upper_ci=np.nan,
        obs_status="x", source_page=None)
    return pd.DataFrame({"area_code": missing_areas}, dtype=rows["area_code"].dtype).merge(blank, how="cross")
