"""What else lies in the extract: tables, columns, words, and figures that must follow from the cube."""

import base64
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.pipeline import rates
from dashboard.pipeline.errors import BuildError

NEEDED = ["protected_count", "table_family", "data_quality", "observation", "indicator", "area", "period",
          "release"]
KEYS = ["area_code", "period", "programme", "characteristic", "category"]
FIGURES = ["numerator", "denominator", "value", "lower_ci", "upper_ci"]


def open_extract(path: Path) -> duckdb.DuckDBPyConnection:
    """Read-only, with no way out to other files. Raises BuildError when it is not an extract."""
    guarded = {"enable_external_access": "false", "threads": "2"}
    try:
        con = duckdb.connect(str(path), read_only=True, config=guarded)
    except duckdb.Error as error:
        raise BuildError(f"{path}: not an extract that can be read") from error
    held = con.execute("select count(*) from duckdb_tables() where table_name in $needed",
                       {"needed": NEEDED}).fetchall()[0][0]
    if held < len(NEEDED):
        con.close()
        raise BuildError(f"{path}: not an extract: it needs the tables {', '.join(NEEDED)}")
    return con


def rows(con: duckdb.DuckDBPyConnection, table: str) -> pl.DataFrame:
    """A whole table."""
    return pl.from_arrow(con.table(table).to_arrow_table())


def check_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """T2: exactly the tables and columns of the contract, and nothing else a person could read."""
    held, allowed = _columns(con), _contract()
    problems = []
    for table, column in sorted(held - allowed):
        problems.append(f"{table}.{column}: not in the contract")
    for table, column in sorted(allowed - held):
        problems.append(f"{table}.{column}: missing")
    views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    return problems + [f"{name}: a view, which the contract has none of" for (name,) in views]


@cache
def _contract() -> frozenset[tuple[str, str]]:
    with duckdb.connect(":memory:") as contract:
        contract.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        return frozenset(_columns(contract))


def _columns(con: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    named = con.execute("select if(schema_name = 'main', '', schema_name || '.') || table_name, column_name "
                        "from duckdb_columns() where not internal").fetchall()
    return set(named)


def check_words(con: duckdb.DuckDBPyConnection, path: Path, identifiers: set[str], key: bytes | None,
                ) -> list[str]:
    """T2: no identifier among the words of the file, and no key anywhere in its bytes."""
    problems = [f"{table}.{column}: holds a participant's identifier ({found} found)"
                for table, column, found in _count_identifiers(con, identifiers)] if identifiers else []
    if key:
        stored = path.read_bytes()
        forms = (key, key.hex().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key))
        if any(form.rstrip(b"=") in stored for form in forms):
            problems.append("the secret key is in the extract")
    return problems


def _count_identifiers(con: duckdb.DuckDBPyConnection, identifiers: set[str]) -> list[tuple[str, str, int]]:
    """Table, column and number of the identifiers among its words, for each column that holds any: one query for all."""
    columns = con.execute("select schema_name, table_name, column_name from duckdb_columns() "
                          "where not internal and data_type = 'VARCHAR'").fetchall()
    words = " union all ".join(f"select {place} as place, {_quoted(column)} as word from {_quoted(schema)}.{_quoted(table)}"
                               for place, (schema, table, column) in enumerate(columns))
    found = con.execute(f"select place, count(distinct word) from ({words}) "
                        "where word in (select unnest($identifiers)) group by place order by place",
                        {"identifiers": list(identifiers)}).fetchall()
    return [(*columns[place][1:], count) for place, count in found]


def _quoted(name: str) -> str:
    """A name as the database takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def check_figures(con: duckdb.DuckDBPyConnection) -> tuple[float, int, list[str]]:
    """T3: recompute every returns-based figure from the cube alone.

    Each indicator's query runs with no observation in sight, and the rates are made again. Returns
    the largest difference, the number of figures compared, and what differs.
    """
    stored = con.execute("select * from observation where data_class = 'returns'").df()
    con.execute("create temp table observation as select * from main.observation where false")
    # The one view that indicator queries share, over protected counts alone.
    con.execute((paths.QUERIES / "curate" / "90_cohort.sql").read_text(encoding="utf-8"))
    indicators = con.execute("select * from indicator where data_class = 'returns'").df()
    periods = con.execute("select period, end_date from period").df()
    cut_off = con.execute("select cut_off from release").fetchall()[0]
    missing = _not_received(con)
    largest, compared, problems = 0.0, 0, []
    for indicator_id, rows in stored.groupby("indicator_id"):
        held = indicators[indicators["indicator_id"] == indicator_id]
        if len(held) != 1:
            problems.append(f"{indicator_id}: its query is not in the extract, so its figures stand alone")
            continue
        try:
            fresh = con.execute(held["query"].iloc[0]).df()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            problems.append(f"{indicator_id}: not a function of the protected cube: {reason}")
            continue
        fresh = rates.derive(fresh, _indicator(held.iloc[0]), periods, cut_off[0], missing)
        difference, what = _compare(rows, fresh)
        largest, compared = max(largest, difference), compared + len(rows)
        problems += [f"{indicator_id}: {each}" for each in what]
    problems += _unguarded_rates(stored)
    con.execute("drop table temp.observation")
    return largest, compared, problems


def _not_received(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute("select area_code from area where area_type = 'partnership' and area_code not in "
                       "(select area_code from protected_count where family = 'M') order by 1").fetchall()
    return [code for (code,) in rows]


def _indicator(row: pd.Series) -> Indicator:
    """Enough of the metadata to make its figures again; the words do not matter."""
    known = {name: row[name] for name in Indicator.__dataclass_fields__ if name in row.index}
    for name in ("caveats", "breaks", "aliases"):
        known[name] = ()
    known["maturity_months"] = int(known["maturity_months"])
    return Indicator(**known)


def _compare(stored: pd.DataFrame, fresh: pd.DataFrame) -> tuple[float, list[str]]:
    both = stored.merge(fresh, on=KEYS, how="outer", suffixes=("", "_again"), indicator=True)
    if (lone := (both["_merge"] != "both").sum()):
        return np.inf, [f"{lone} figures are not those the cube gives"]
    largest = 0.0
    for figure in FIGURES:
        here, again = both[figure].to_numpy(float), both[f"{figure}_again"].to_numpy(float)
        difference = np.where(np.isnan(here) & np.isnan(again), 0, np.abs(here - again))
        largest = max(largest, float(np.nan_to_num(difference, nan=np.inf).max(initial=0)))
    # r says that a figure differs from the edition before, which the cube alone cannot tell.
    stored_marks = both["obs_status"].fillna("").str.replace(r" ?\br$", "", regex=True)
    marks = (stored_marks != both["obs_status_again"].fillna("")).sum()
    problems = [f"a figure differs by {largest:g} from what the cube gives"] if largest else []
    return largest, problems + ([f"{marks} marks are not those the cube gives"] if marks else [])


def _unguarded_rates(stored: pd.DataFrame) -> list[str]:
    """T3 and T8: no rate on a base under 30, and none without an interval to say 'under' or 'over' with."""
    rate = stored["value"].notna() & stored["denominator"].notna()
    small = rate & (stored["denominator"] < FEWEST_SHOWN)
    bare = rate & ~(stored["lower_ci"] < stored["upper_ci"])
    problems = [f"{small.sum()} rates stand on fewer than {FEWEST_SHOWN} people"] if small.any() else []
    return problems + ([f"{bare.sum()} rates have no interval"] if bare.any() else [])
