"""Published figures and reference tables: read as text, exactly as they stand in the files."""

import csv
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import paths
from dashboard.pipeline.errors import BuildError

TRACE = ("source_id", "source_page")   # what every published row must carry


def load_tables(con: duckdb.DuckDBPyConnection, published: Path = paths.PUBLISHED,
                reference: Path = paths.REFERENCE) -> dict[str, int]:
    """Every CSV as a table of text named after the file, to be read alone; returns rows by table.

    They are read where they are, not copied. Each table also has `file` and `row` (the row in the file, the header
    being row 1), so that a check can say where a wrong figure is. Raises BuildError for a file that is not a plain table.
    """
    loaded = {}
    for path in sorted(published.glob("*/*.csv")) + sorted(reference.glob("*.csv")):
        if path.stem in loaded:
            raise BuildError(f"{_shown(path)}: a second file named '{path.stem}': each name makes one table")
        table = read_table(path, required=TRACE if published in path.parents else ())
        con.register(path.stem, table)
        loaded[path.stem] = len(table)
    return loaded


def read_table(path: Path, required: tuple[str, ...] = ()) -> pa.Table:
    """One CSV as text columns plus `file` and `row`; empty cells are null."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.reader(handle, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BuildError(f"{_shown(path)}: cannot be read as UTF-8 CSV: {error}") from error
    if not lines:
        raise BuildError(f"{_shown(path)}: the file is empty")
    header, rows = lines[0], lines[1:]
    _check_header(path, header, required)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise BuildError(f"{_shown(path)}, row {number}: {len(row)} cells where the header has {len(header)}")
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    cells = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    place = [pa.array([_shown(path)] * len(rows), pa.string()), pa.array(range(2, len(rows) + 2), pa.int64())]
    return pa.table([*cells, *place], names=[*header, "file", "row"])


def _check_header(path: Path, header: list[str], required: tuple[str, ...]) -> None:
    for column in required:
        if column not in header:
            raise BuildError(f"{_shown(path)}: the column '{column}' is missing; found {', '.join(header)}")
    repeated = sorted({column for column in header if header.count(column) > 1})
    if repeated:
        raise BuildError(f"{_shown(path)}: the column '{repeated[0]}' appears twice")


def _shown(path: Path) -> str:
    return str(path.relative_to(paths.ROOT)) if path.is_relative_to(paths.ROOT) else str(path)
