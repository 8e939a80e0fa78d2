"""Run the queries that turn staged tables into the extract's tables, and check the result."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import duckdb
import pandas as pd

from dashboard import paths
from dashboard.catalogue import Indicator, MetadataError, load_indicator
from dashboard.pipeline import rates
from dashboard.pipeline.errors import BuildError

COLUMNS = {
    "published": ("area_code", "period", "programme", "characteristic", "category", "numerator", "denominator",
                  "value", "lower_ci", "upper_ci", "obs_status", "source_id", "source_page"),
    "returns": ("area_code", "period", "programme", "characteristic", "category", "numerator", "denominator"),
}


def run_folder(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Run every statement file of a folder in name order; raises BuildError naming the file."""
    for path in sorted(folder.glob("*.sql")):
        try:
            con.execute(path.read_text(encoding="utf-8"))
        except duckdb.Error as error:
            raise BuildError(f"{_shown(path)}: {error}") from error


def load_indicators(folder: Path = paths.INDICATORS) -> list[Indicator]:
    """Every metadata file, with a query beside each that names no published measure; raises BuildError by name."""
    indicators = []
    for path in sorted(folder.glob("*.toml")):
        try:
            indicators.append(load_indicator(path))
        except MetadataError as error:
            raise BuildError(str(error)) from error
    own_query = {each.indicator_id for each in indicators if not has_shared_query(each)}
    unmatched = {path.stem for path in folder.glob("*.sql")} ^ own_query
    if unmatched:
        raise BuildError(f"{_shown(folder)}: '{min(unmatched)}' needs a .toml file, and either a 'measure' in its "
                         "'published' or a .sql file, not both")
    if not indicators:
        raise BuildError(f"{_shown(folder)}: no indicator found")
    return indicators


def has_shared_query(indicator: Indicator) -> bool:
    """True where the indicator's rows come from queries/published_figure.sql, which all such indicators share."""
    return indicator.published is not None and bool(indicator.published.measures)


def query_of(indicator: Indicator, folder: Path = paths.INDICATORS) -> str:
    """The query that gives an indicator's rows: its own, or the shared one with its words put in."""
    if has_shared_query(indicator):
        return published_query([indicator])
    return (folder / f"{indicator.indicator_id}.sql").read_text(encoding="utf-8")


def published_query(indicators: list[Indicator]) -> str:
    """The shared query for these indicators, runnable over the staged figures: one row of words a measure."""
    words = []
    for indicator in indicators:
        asked = indicator.published
        words += [(indicator.indicator_id, asked.collection, measure, asked.characteristic, category,
                   asked.programme, asked.frequency, asked.value) for measure, category in asked.measures]
    rows = ",\n    ".join(f"({', '.join(_literal(word) for word in row)})" for row in words)
    columns = "indicator_id, collection, measure, characteristic, category, programme, frequency, shown"
    shared = paths.PUBLISHED_FIGURE.read_text(encoding="utf-8")
    return f"with asked ({columns}) as (values\n    {rows}\n)\n{shared}"


def write_indicators(con: duckdb.DuckDBPyConnection, indicators: list[Indicator],
                     folder: Path = paths.INDICATORS) -> None:
    """Fill `indicator`: everything in the metadata, and the query itself."""
    rows = []
    for indicator in indicators:
        row = asdict(indicator)
        del row["published"]
        for key in ("caveats", "breaks", "aliases"):
            row[key] = json.dumps(row[key], ensure_ascii=False)
        row["query"] = query_of(indicator, folder)
        rows.append(row)
    _insert(con, "indicator", pd.DataFrame(rows))


def write_published(con: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> int:
    """Run the shared query into `observation`, once for every indicator that has no query of its own; rows written."""
    shared = [each for each in indicators if has_shared_query(each)]
    if not shared:
        return 0
    held = {name for (name,) in con.execute("select distinct collection from stg_figure").fetchall()}
    for indicator in shared:
        if indicator.published.collection not in held:
            raise BuildError(f"{indicator.indicator_id}.toml: no file of published figures is named "
                             f"'{indicator.published.collection}'; there are {', '.join(sorted(held))}")
    # As published means as queried: the rows never leave the database.
    return con.execute(f"insert into observation by name {published_query(shared)}").fetchall()[0][0]


def write_observations(con: duckdb.DuckDBPyConnection, indicator: Indicator, missing_areas: list[str],
                       folder: Path = paths.INDICATORS) -> int:
    """Run one indicator's own query into `observation`; returns the number of rows."""
    path = folder / f"{indicator.indicator_id}.sql"
    query = path.read_text(encoding="utf-8")
    try:
        if indicator.data_class == "published":
            _check_columns(indicator, con.execute(f"describe {query}").df()["column_name"])
            return con.execute(
                "insert into observation by name select $indicator_id as indicator_id, "
                f"'published' as data_class, figure.* from (\n{query}\n) as figure",
                {"indicator_id": indicator.indicator_id}).fetchall()[0][0]
        rows = con.execute(query).df()
    except duckdb.Error as error:
        raise BuildError(f"{path.name}: {error}") from error
    _check_columns(indicator, rows.columns)
    if rows.empty:
        return 0
    rows = rates.derive(rows, indicator, _periods(con), _cut_off(con), missing_areas)
    _insert(con, "observation", rows.assign(indicator_id=indicator.indicator_id, data_class="returns"))
    return len(rows)


def run_checks(con: duckdb.DuckDBPyConnection, folder: Path = paths.QUERIES / "checks") -> int:
    """Run every check; each returns the offending rows. Returns how many checks ran."""
    checks = sorted(folder.glob("*.sql"))
    for path in checks:
        offending = con.execute(path.read_text(encoding="utf-8")).df()
        if len(offending):
            promise = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ")
            raise BuildError(f"{promise} ({path.stem}: {len(offending)} rows)", offending.to_dict("records"))
    return len(checks)


def _check_columns(indicator: Indicator, given: Iterable[str]) -> None:
    expected = COLUMNS[indicator.data_class]
    may_hold = {"cells"} if indicator.data_class == "returns" else set()
    if set(given) - may_hold != set(expected):
        raise BuildError(f"{indicator.indicator_id}.sql: gives the columns {', '.join(given)}; "
                         f"it must give {', '.join(expected)}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _periods(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return con.execute("select period, end_date from period").df()


def _cut_off(con: duckdb.DuckDBPyConnection):
    return con.execute("select cut_off from release").fetchall()[0][0]


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    con.register("incoming", rows)
    try:
        con.execute(f'insert into "{table}" by name select * from incoming')
    except duckdb.Error as error:
        raise BuildError(f"{table}: {error}") from error
    finally:
        con.unregister("incoming")


def _shown(path: Path) -> str:
    return str(path.relative_to(paths.ROOT)) if path.is_relative_to(paths.ROOT) else str(path)
