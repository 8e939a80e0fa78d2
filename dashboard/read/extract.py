"""The current extract: opened read-only and hardened, one cursor a query.

The pointer file `current` is read again on every run, so a new extract is picked up without a restart.
"""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import duckdb

from dashboard import paths

# One configuration everywhere: DuckDB refuses a second one for the same file in the same process.
HARDENED = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "512MB",
    "threads": "2",
}


class ExtractError(RuntimeError):
    """The extract cannot be shown; the message says what is wrong and what to do, in plain words."""


@dataclass(frozen=True)
class Extract:
    """One opened extract. `extract_id` is part of every cache key and of every evidence ID."""

    path: Path
    extract_id: str
    connection: duckdb.DuckDBPyConnection

    def rows(self, name: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        """Rows of queries/views/<name>.sql, each by column name; safe to call from many threads at once.

        A connection shared between threads returns other threads' answers, hence the cursor. Raises ExtractError
        where the database cannot answer, and KeyError if there is no such view.
        """
        cursor = self.connection.cursor()
        try:
            cursor.execute(view(name), parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise ExtractError(f"The question '{name}' could not be answered from the edition {self.extract_id}.") from error
        finally:
            cursor.close()

    def close(self) -> None:
        self.connection.close()


@cache
def view(name: str) -> str:
    """The SQL of queries/views/<name>.sql; raises KeyError if there is no such view."""
    if name not in view_names():
        raise KeyError(f"no view is called '{name}'")
    return (paths.VIEWS / f"{name}.sql").read_text(encoding="utf-8")


@cache
def view_names() -> frozenset[str]:
    """The stems of queries/views/*.sql."""
    return frozenset(path.stem for path in paths.VIEWS.glob("*.sql"))


def current_path(folder: Path) -> Path:
    """The extract the pointer names; raises ExtractError if there is none."""
    pointer = folder / "current"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(
            f"There is no extract yet: '{pointer.name}' could not be read in {folder}. "
            "Run 'outcomes build' to make one."
        ) from error
    path = folder / Path(name).name
    if not name or not path.is_file():
        raise ExtractError(
            f"The pointer names the extract '{name}', which is not in {folder}. "
            "Run 'outcomes build' to make one."
        )
    return path


def open_extract(path: Path) -> Extract:
    """Open and check an extract; raises ExtractError if it is corrupt, newer or not an extract."""
    try:
        connection = duckdb.connect(str(path), read_only=True, config=HARDENED)
    except duckdb.Error as error:
        raise ExtractError(
            f"The extract '{path.name}' cannot be opened: it is damaged, or was not written by "
            "'outcomes build'. Run 'outcomes build' to make it again."
        ) from error
    try:
        extract_id = _check(path, connection)
    except BaseException:
        connection.close()
        raise
    return Extract(path, extract_id, connection)


def _check(path: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """The extract_id, once version and tables are known to fit this dashboard."""
    try:
        rows = connection.execute("select extract_id, software_version from release").fetchall()
        held = _columns(connection)
    except duckdb.Error as error:
        raise ExtractError(
            f"The extract '{path.name}' is damaged or is not an extract: its release could not be "
            "read. Run 'outcomes build' to make it again."
        ) from error
    if len(rows) != 1:
        raise ExtractError(f"The extract '{path.name}' has {len(rows)} rows in 'release'; it must have one.")
    extract_id, made_by = rows[0]
    ours = version("outcomes-dashboard")
    if _release_number(made_by) > _release_number(ours):
        raise ExtractError(
            f"The extract '{path.name}' was made by a newer version of the dashboard ({made_by}) "
            f"than this one ({ours}). Update the dashboard, or run 'outcomes build' with this one."
        )
    if missing := sorted(_expected_columns() - held):
        named = ", ".join(f"{table}.{column}" for table, column in missing[:5])
        raise ExtractError(
            f"The extract '{path.name}' does not fit this dashboard: it lacks {named}"
            f"{' and more' if len(missing) > 5 else ''}. Run 'outcomes build' to make it again."
        )
    return str(extract_id)


def _release_number(text: str | None) -> tuple[int, ...]:
    """'0.2.1' as (0, 2): patch releases read each other's extracts."""
    return tuple(int(part) if part.isdigit() else 0 for part in str(text or "0").split(".")[:2])


def _columns(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    rows = connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'main' and not internal and database_name = current_database()"
    ).fetchall()
    return frozenset(rows)


@cache
def _expected_columns() -> frozenset[tuple[str, str]]:
    """Every (table, column) of queries/schema.sql."""
    with duckdb.connect() as memory:
        memory.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        return _columns(memory)
