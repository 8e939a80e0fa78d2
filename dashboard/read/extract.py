"""An extract: checked, copied into memory, opened read-only and hardened, one cursor a query.

Nothing that happens to the file afterwards can reach who reads it: copied over, cut short or taken away, the copy stays.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import tempfile
import weakref
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import duckdb

from dashboard import paths

# One configuration everywhere: DuckDB refuses a second one for the same file in the same process.
# One thread a question: its rows are few, so a second one adds an eighth of processor time and takes nothing off the wait.
HARDENED = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "512MB",
    "threads": "1",
}
_PARSED: dict[str, duckdb.Statement] = {}       # by the name of the view; it belongs to no database
MISSING, NOT_PERMITTED, DAMAGED, TOO_NEW, IN_USE, UNFIT, UNANSWERED, RESTRICTED = (
    "missing", "not permitted", "damaged", "too new", "in use", "unfit", "unanswered", "restricted")


class ExtractError(RuntimeError):
    """The extract cannot be shown. The message is for who runs the dashboard: which file, why, what to do.

    `cause` is one of the words above; what the public is told follows from it alone.
    """

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


@dataclass(frozen=True)
class Extract:
    """One opened extract. `extract_id` is part of every cache key and of every evidence ID.

    `digest` is the SHA-256 of the file it was copied from.
    """

    path: Path
    extract_id: str
    digest: str
    connection: duckdb.DuckDBPyConnection

    def rows(self, name: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        """Rows of queries/views/<name>.sql, each by column name; safe to call from many threads at once.

        A connection shared between threads returns other threads' answers, hence the cursor. Raises ExtractError
        where the database cannot answer, and KeyError if there is no such view.
        """
        cursor = self.connection.cursor()
        try:
            cursor.execute(_parsed(name, cursor), parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise ExtractError(f"The question '{name}' could not be answered from the edition {self.extract_id}.",
                               UNANSWERED) from error
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


def _parsed(name: str, cursor: duckdb.DuckDBPyConnection) -> duckdb.Statement:
    """The view as the database's parser reads it, which takes a tenth of an answer's time: once, by whoever asks first."""
    if name not in _PARSED:
        _PARSED[name], = cursor.extract_statements(view(name))
    return _PARSED[name]


@cache
def view_names() -> frozenset[str]:
    """The stems of queries/views/*.sql."""
    return frozenset(path.stem for path in paths.VIEWS.glob("*.sql"))


def current_path(folder: Path, pointer: str = "current") -> Path:
    """The extract that the folder's pointer names; raises ExtractError if there is none."""
    try:
        name = (folder / pointer).read_text(encoding="utf-8").strip()
    except PermissionError as error:
        raise ExtractError(f"'{pointer}' in {folder} may not be read here. Change its permissions.", NOT_PERMITTED) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(f"There is no extract yet: '{pointer}' could not be read in {folder}. "
                           "Run 'outcomes build' to make one.", MISSING) from error
    path = folder / Path(name).name
    if not name or not path.is_file():
        raise ExtractError(f"The pointer names the extract '{name}', which is not in {folder}. "
                           "Run 'outcomes use EDITION' to show another, or 'outcomes build' to make one.", MISSING)
    return path


def open_extract(path: Path) -> Extract:
    """Check an extract, copy it into memory and open the copy; raises ExtractError where it cannot be shown."""
    content = _read(path)
    digest = hashlib.sha256(content).hexdigest()
    is_vouched_for = _is_vouched_for(path, digest)
    connection, descriptor = _open_copy(path, content)
    try:
        extract_id = _check(path, connection)
        if not is_vouched_for:
            _read_through(path, connection)
    except BaseException:
        _release(connection, descriptor)
        raise
    opened = Extract(path, extract_id, digest, connection)
    weakref.finalize(opened, _release, connection, descriptor)
    return opened


def _read(path: Path) -> bytes:
    """The whole file in one reading: what is checked is then what is opened."""
    try:
        with path.open("rb") as file:
            if _is_written_to(file):
                raise ExtractError(f"The extract '{path.name}' is in use: another program has it open for writing. "
                                   "Let that program finish.", IN_USE)
            return file.read()
    except FileNotFoundError as error:
        raise ExtractError(f"The extract '{path.name}' is not there. Look for a slip in its name.", MISSING) from error
    except PermissionError as error:
        raise ExtractError(f"The extract '{path.name}' may not be read here. Change its permissions.",
                           NOT_PERMITTED) from error
    except OSError as error:
        raise ExtractError(f"The extract '{path.name}' cannot be read ({error.strerror}). Put back a copy of it.",
                           DAMAGED) from error


def _is_written_to(file: BinaryIO) -> bool:
    """True where another program holds the lock of a writer; a disk without locks tells of none."""
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EACCES)
    return False


def manifest_of(path: Path) -> dict[str, object]:
    """What the manifest beside an extract says of it; nothing where there is none that can be read."""
    try:
        manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _is_vouched_for(path: Path, digest: str) -> bool:
    """True where a manifest describes this very file, False where there is none; raises ExtractError at another file."""
    described = manifest_of(path).get("file_sha256")
    if described not in (None, digest):
        raise ExtractError(f"The extract '{path.name}' is damaged: it is not the file its manifest describes. "
                           "Put back a copy of it, or run 'outcomes build' to make it again.", DAMAGED)
    return described is not None


def _open_copy(path: Path, content: bytes) -> tuple[duckdb.DuckDBPyConnection, int]:
    """A connection to a copy that no other program can reach, and the descriptor that keeps the copy."""
    descriptor, name = _copy(content)
    try:
        return duckdb.connect(name, read_only=True, config=HARDENED), descriptor
    except duckdb.Error as error:
        os.close(descriptor)
        if "newer version" in str(error):
            raise ExtractError(f"The extract '{path.name}' was written by a newer version of its database than this "
                               "dashboard has. Update the dashboard.", TOO_NEW) from error
        raise ExtractError(f"The extract '{path.name}' cannot be opened: it is damaged, or was not written by "
                           "'outcomes build'. Run 'outcomes build' to make it again.", DAMAGED) from error
    finally:
        if not name.startswith("/proc/"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)


def _copy(content: bytes) -> tuple[int, str]:
    """(descriptor, name) of a file in memory; where the system has none, of one that is taken away once it is open."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create(f"extract-{uuid4().hex}")
        name = f"/proc/self/fd/{descriptor}"
    else:
        descriptor, name = tempfile.mkstemp(suffix=".duckdb")
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(content)
    return descriptor, name


def _release(connection: duckdb.DuckDBPyConnection, descriptor: int) -> None:
    """The connection first: a descriptor's number is used again, and the database knows the copy by it."""
    connection.close()
    os.close(descriptor)


def _check(path: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """The extract_id, once version and tables are known to fit this dashboard."""
    expected = _expected_columns()
    try:
        rows = connection.execute("select extract_id, software_version from release").fetchall()
        held = _held(connection, {table for table, _ in expected})
    except duckdb.Error as error:
        raise ExtractError(f"The extract '{path.name}' is damaged or is not an extract: its release could not be "
                           "read. Run 'outcomes build' to make it again.", DAMAGED) from error
    if len(rows) != 1:
        raise ExtractError(f"The extract '{path.name}' has {len(rows)} rows in 'release'; it must have one.", UNFIT)
    extract_id, made_by = rows[0]
    ours = version("outcomes-dashboard")
    if _release_number(made_by) > _release_number(ours):
        raise ExtractError(
            f"The extract '{path.name}' was made by a newer version of the dashboard ({made_by}) "
            f"than this one ({ours}). Update the dashboard, or run 'outcomes build' with this one.", TOO_NEW)
    if missing := sorted(expected - held):
        named = ", ".join(f"{table}.{column}" for table, column in missing[:5])
        raise ExtractError(
            f"The extract '{path.name}' does not fit this dashboard: it lacks {named}"
            f"{' and more' if len(missing) > 5 else ''}. Run 'outcomes build' to make it again.", UNFIT)
    return str(extract_id)


def _read_through(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Read every block: damage shows now, while another edition can be shown instead, not when somebody asks."""
    try:
        for table in sorted({table for table, _ in _columns(connection)}):
            connection.execute(f'select max(hash(t)) from "{table}" t').fetchall()
    except duckdb.Error as error:
        raise ExtractError(f"The extract '{path.name}' is damaged: its table '{table}' cannot be read to its end. "
                           "Put back a copy of it, or run 'outcomes build' to make it again.", DAMAGED) from error


def _release_number(text: str | None) -> tuple[int, ...]:
    """'0.2.1' as (0, 2): patch releases read each other's extracts."""
    return tuple(int(part) if part.isdigit() else 0 for part in str(text or "0").split(".")[:2])


def _held(connection: duckdb.DuckDBPyConnection, tables: Collection[str]) -> frozenset[tuple[str, str]]:
    """Every (table, column) of these tables; of all that are there where one of these is not.

    The database tells of tables by their names in a sixth of the time in which it tells of all, its own among them.
    """
    asked = " union all ".join(f"select '{table}', name from pragma_table_info('{table}')" for table in sorted(tables))
    try:
        return frozenset(connection.execute(asked).fetchall())
    except duckdb.CatalogException:
        return _columns(connection)


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
