"""Every table of an extract as open data: CSV described by CSVW, Parquet and JSON.

CSVW is the W3C's Metadata Vocabulary for Tabular Data (https://www.w3.org/TR/tabular-metadata/). Names are those of
queries/schema.sql and do not change from one edition to the next.
"""

import errno
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard import paths
from dashboard.read.extract import Extract

METADATA = "csv-metadata.json"      # where a reader of CSVW looks without being told
FORMATS = ("csv", "parquet", "json")
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "double", "BOOLEAN": "boolean",
         "DATE": "date", "TIMESTAMP": "dateTime"}
# Rows made from returns, table by table: what is made up in a demonstration.
FROM_RETURNS = {
    "observation": "data_class = 'returns'", "protected_count": "true", "table_family": "true", "data_quality": "true",
    "spend": "true", "change": "indicator_id in (select indicator_id from indicator where data_class = 'returns')"}
DEMONSTRATION = "is_demonstration"
DESCRIPTIONS = {
    DEMONSTRATION: "True where the row is demonstration data: made up, not about real people or real performance.",
    "area_code": "Code of the area: S92000003 is Scotland; see the table area.",
    "period": "Key of the period; see the table period.",
    "indicator_id": "Key of the indicator: its definition, unit, base and caveats are in the table indicator.",
    "value": "The figure, in the unit of its indicator. Empty where there is none: obs_status says why.",
    "lower_ci": "Lower limit of the interval; the indicator's interval_method says of which kind.",
    "upper_ci": "Upper limit of the interval; the indicator's interval_method says of which kind.",
    "numerator": "People counted, rounded to protect them where the row is made from returns.",
    "denominator": "People the rate is of, rounded to protect them where the row is made from returns.",
    "count": "People, rounded to a multiple of 5 to protect them.",
    "obs_status": "Marks, separated by spaces: c confidential: too few people to show; low fewer than 5, may be none; "
                  "x not available; z not applicable; u low reliability: read with care; p provisional: may change; "
                  "r revised since first published; b break: not comparable with earlier figures.",
    "source_id": "Key of the source; see the table source.",
    "source_page": "Where in the source the figure stands.",
    "data_class": "published: carried over from a publication. returns: made from protected counts of returns.",
}


@dataclass(frozen=True)
class Table:
    """One table: its rows' grain, and (name, type, whether every row has a value) of each column."""

    name: str
    grain: str
    columns: tuple[tuple[str, str, bool], ...]
    key: tuple[str, ...]


def export(extract: Extract, out: Path, restricted: str = "") -> Iterator[Path]:
    """Write every table in each format and their metadata into `out`; gives each file as it is written.

    restricted: the hour (UTC) of its release where that has not come: the metadata then says so.
    Raises OSError where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:     # another one than the dashboard's, which may write nothing
        connection.execute(f"attach {_quoted(extract.path)} as held (read_only)")
        connection.execute("use held")
        connection.execute("set threads = 1")      # so that the same extract gives the same bytes
        release = _release(connection) | {"restricted": restricted}
        tables = [_table(connection, name, grain, bool(release["synthetic"])) for name, grain in grains().items()]
        for table in tables:
            rows = _rows(table.name, bool(release["synthetic"]))
            for form in FORMATS:
                path = out / f"{table.name}.{form}"
                _copy(connection, rows, path, form, {"title": table.name, "description": table.grain, **notices(release)})
                yield path
    path = out / METADATA
    path.write_text(json.dumps(metadata(tables, release), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    yield path


def grains() -> dict[str, str]:
    """Each table of the schema with what one row of it is, as the schema says."""
    text = (paths.QUERIES / "schema.sql").read_text(encoding="utf-8")
    found = re.findall(r"((?:^-- [^\n]*\n)+)create table (\w+)", text, flags=re.MULTILINE)
    return {name: " ".join(comment.replace("-- ", "").split()) for comment, name in found}


def notices(release: Mapping[str, object]) -> dict[str, str]:
    """What must be known of every file: edition, extract and, of a demonstration, that it is one."""
    said = {"edition": str(release["edition"]), "extract_id": str(release["extract_id"])}
    if release.get("restricted"):
        said["restricted"] = f"Restricted statistics until {release['restricted']} UTC."
    return said | ({"notice": f"{DEMONSTRATION}: {DESCRIPTIONS[DEMONSTRATION]}"} if release["synthetic"] else {})


def metadata(tables: Sequence[Table], release: Mapping[str, object]) -> dict[str, object]:
    """The table group as CSVW says it: one entry a CSV, with its columns, their types and their keys."""
    made = [_described(table) for table in tables]
    return {"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": "Outcomes of Scottish employability services", "dc:identifier": release["extract_id"],
            "dc:description": " ".join(filter(None, (notices(release).get("restricted"), "Every table behind the dashboard.",
                                                       notices(release).get("notice")))),
            "dc:license": {"@id": LICENCE}, "dc:issued": str(release["built_at"])[:10],
            "dialect": {"header": True, "delimiter": ",", "encoding": "utf-8"}, "tables": made}


def _described(table: Table) -> dict[str, object]:
    columns = []
    for name, kind, is_required in table.columns:
        column = {"name": name, "titles": name, "datatype": TYPES[kind], "required": is_required}
        columns.append(column | ({"dc:description": DESCRIPTIONS[name]} if name in DESCRIPTIONS else {}))
    schema = {"columns": columns} | ({"primaryKey": list(table.key)} if table.key else {})
    return {"url": f"{table.name}.csv", "dc:title": table.name, "dc:description": table.grain, "tableSchema": schema}


def _release(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    cursor = connection.execute("select * from release")
    return dict(zip((each[0] for each in cursor.description), cursor.fetchone(), strict=True))


def _table(connection: duckdb.DuckDBPyConnection, name: str, grain: str, synthetic: bool) -> Table:
    """Columns, and which of them are never empty: an empty text is no value in a CSV."""
    rows = _rows(name, synthetic)
    kinds = {row[0]: row[1] for row in connection.execute(f"describe {rows}").fetchall()}
    counted = ", ".join(f"count(*) = count(nullif({column}::varchar, ''))" for column in kinds)
    full = connection.execute(f"select {counted} from ({rows})").fetchone()
    key = connection.execute("select constraint_column_names from duckdb_constraints() where database_name = 'held' "
                             "and table_name = ? and constraint_type = 'PRIMARY KEY'", [name]).fetchone()
    columns = tuple((column, kind, is_full) for (column, kind), is_full in zip(kinds.items(), full, strict=True))
    return Table(name, grain, columns, tuple(key[0]) if key else ())


def _rows(name: str, synthetic: bool) -> str:
    """The table's rows; of one that may hold figures of returns, each says whether it is made up."""
    if name not in FROM_RETURNS:
        return f"select * from {name}"
    return f"select *, {FROM_RETURNS[name] if synthetic else 'false'} as {DEMONSTRATION} from {name}"


def _copy(connection: duckdb.DuckDBPyConnection, rows: str, path: Path, form: str, facts: Mapping[str, str]) -> None:
    named = ", ".join(f"{name}: {_quoted(text)}" for name, text in facts.items())
    options = {"csv": "format csv, header true, timestampformat '%Y-%m-%dT%H:%M:%S'", "json": "format json, array true",
               "parquet": f"format parquet, compression zstd, kv_metadata {{{named}}}"}
    try:
        connection.execute(f"copy ({rows}) to {_quoted(path)} ({options[form]})")
    except duckdb.IOException as error:
        raise OSError(errno.EIO, f"This file could not be written ({str(error).splitlines()[0]})", str(path)) from error


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
