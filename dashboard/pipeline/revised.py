"""Mark figures made from returns that differ from what the edition before published."""

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.pipeline import rates
from dashboard.pipeline.extracts import Attached

KEY = ["area_code", "period", "programme", "characteristic", "category"]
COUNTS = ["numerator", "denominator"]


def mark(con: duckdb.DuckDBPyConnection, indicators: list[Indicator], before: dict[str, pl.DataFrame],
         cut_off: dt.date, folder: Path = paths.INDICATORS) -> int:
    """Add `r` to each returns-based observation whose counts or spend were others in the edition before; how many.

    before: that edition's `protected_count` and, where it is at hand, `spend`; each indicator's own query
    over them gives what was published then, so a new definition is no revision. cut_off: that edition's; a
    cohort too recent at that time had no figure to revise. Figures marked confidential or not available
    show no value, so there is nothing to mark.
    """
    for table, rows in before.items():
        con.register("incoming", rows.to_arrow())
        # A temporary table of the same name stands before the extract's own in every query.
        con.execute(f"create temp table {table} as select * from incoming")
        con.unregister("incoming")
    periods = con.execute("select period, end_date from period").df()
    earlier = [_published(con, each, folder, periods, cut_off) for each in indicators
               if each.data_class == "returns"]
    for table in before:
        con.execute(f"drop table temp.{table}")
    con.register("earlier", pd.concat(earlier, ignore_index=True))
    marked = con.execute((paths.QUERIES / "mark_revised.sql").read_text(encoding="utf-8")).fetchall()[0][0]
    con.unregister("earlier")
    return marked


def read_spend(con: duckdb.DuckDBPyConnection, extract: Path | None, edition: str) -> pl.DataFrame | None:
    """The spend that an edition published, from its extract; None where this is not that edition's."""
    if extract is None:
        return None
    with Attached(con, extract, "before"):
        if con.execute("select edition from before.release").fetchall() != [(edition,)]:
            return None
        return pl.from_arrow(con.table("before.spend").to_arrow_table())


def _published(con: duckdb.DuckDBPyConnection, indicator: Indicator, folder: Path, periods: pd.DataFrame,
               cut_off: dt.date) -> pd.DataFrame:
    """The counts behind one indicator's figures in the edition before, where it gave any."""
    rows = con.execute((folder / f"{indicator.indicator_id}.sql").read_text(encoding="utf-8")).df()
    rows = rates.leave_out_immature(rows.assign(obs_status=None).astype({"obs_status": object}), indicator,
                                    periods, cut_off)
    return rows.loc[rows["obs_status"].isna(), [*KEY, *COUNTS]].astype(dict.fromkeys(COUNTS, float)).assign(
        indicator_id=indicator.indicator_id)
