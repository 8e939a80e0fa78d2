"""Write the extract under its content's name, and only then point to it."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.pipeline.errors import about

POINTER = "current"
BEFORE = "before"
LOCK = ".building.lock"
BUILDING = ".building-"


def content_id(con: duckdb.DuckDBPyConnection) -> str:
    """First 12 hex digits of SHA-256 over every table's sorted rows (data contract, section 4)."""
    digest = hashlib.sha256()
    for table in table_names(con):
        left_out = " exclude (extract_id, built_at)" if table == "release" else ""
        lines = con.execute(
            f'select to_json(t)::varchar as line from (select *{left_out} from "{table}") t order by line'
        ).fetchall()
        digest.update(f"{table}\n".encode())
        digest.update("\n".join(line for (line,) in lines).encode())
    return digest.hexdigest()[:12]


def table_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The extract's tables, sorted."""
    rows = con.execute("select table_name from duckdb_tables() where not temporary and schema_name = 'main' "
                       "and database_name = current_database() order by 1").fetchall()
    return [name for (name,) in rows]


def publish(con: duckdb.DuckDBPyConnection, out: Path, changes: str, inputs: dict[str, str],
            gate: Callable[[Path], None], vouch: Callable[[str], dict] = lambda extract_id: {}) -> str:
    """Write, gate and name the extract, then move the pointer. Returns the extract_id.

    `gate` raises when the written file must not be published; the current extract is then untouched. What
    `vouch` says of an extract_id goes into its manifest. A build killed at any moment leaves at most a file named
    `.building-*`, removed by the next one. Raises BuildError about a file that cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    _clear(out)
    extract_id = content_id(con)
    con.execute("update release set extract_id = $id", {"id": extract_id})
    building = out / f"{BUILDING}{os.getpid()}.duckdb"
    try:
        with about(building):
            _write_database(con, building)
        gate(building)
        manifest = _manifest(con, extract_id, building, inputs) | vouch(extract_id)
        # An older manifest would call this file damaged, if the build were killed before it writes the new one.
        (out / f"outcomes-{extract_id}.json").unlink(missing_ok=True)
        _replace(out / f"outcomes-{extract_id}.duckdb", building)
    finally:
        _clear(out)
    _write(out / f"outcomes-{extract_id}.json", json.dumps(manifest, indent=2) + "\n")
    _write(out / "CHANGES.md", changes)
    point(out, f"outcomes-{extract_id}.duckdb")
    return extract_id


def point(out: Path, name: str) -> None:
    """Let the pointer name this extract, in one step. Raises BuildError about a file that cannot be written.

    `before` then names the one that readers are shown while this one may not be: until its hour has come, or where it
    cannot be opened. An edition that is gone back from is never that one.
    """
    now = current(out)
    if now is not None and now.name != name and _is_released(now):
        if _built_at(now) <= _built_at(out / name):
            _write(out / BEFORE, f"{now.name}\n")
        else:
            (out / BEFORE).unlink(missing_ok=True)
    _write(out / POINTER, f"{name}\n")


def current(out: Path) -> Path | None:
    """The extract the pointer names, or None."""
    pointer = out / POINTER
    if not pointer.is_file():
        return None
    path = out / pointer.read_text(encoding="utf-8", errors="replace").strip()
    return path if path.is_file() else None


def _described(path: Path) -> dict:
    """What the manifest beside an extract says; nothing where there is none that can be read."""
    try:
        return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _built_at(path: Path) -> str:
    return str(_described(path).get("built_at", ""))


def _is_released(path: Path) -> bool:
    hour = _described(path).get("embargo_until")
    return not hour or datetime.now(UTC) >= datetime.fromisoformat(hour).replace(tzinfo=UTC)


def _clear(out: Path) -> None:
    """Take away what a build has begun and not finished: this one, or one that was killed."""
    for leftover in out.glob(f"{BUILDING}*"):
        leftover.unlink(missing_ok=True)


def _write_database(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as extract")
    try:
        for table in table_names(con):
            # Sorted rows compress better and make two builds of one content alike.
            con.execute(f'create table extract."{table}" as select * from "{table}" order by all')
    except duckdb.Error:
        with contextlib.suppress(duckdb.Error):     # the first error says why; this one follows from it
            con.execute("detach extract")
        raise
    con.execute("detach extract")


def _manifest(con: duckdb.DuckDBPyConnection, extract_id: str, path: Path, inputs: dict[str, str]) -> dict:
    release = con.execute("select edition, cut_off, built_at, synthetic, software_version, embargo_until from release").fetchall()[0]
    return {
        "extract_id": extract_id,
        "edition": release[0], "cut_off": str(release[1]), "built_at": str(release[2]),
        "synthetic": release[3], "software_version": release[4],
        "embargo_until": None if release[5] is None else str(release[5]),
        "file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": {t: con.execute(f'select count(*) from "{t}"').fetchall()[0][0] for t in table_names(con)},
        "inputs": inputs,
    }


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f"{BUILDING}{path.name}")
    with about(path):
        temporary.write_text(text, encoding="utf-8")
    _replace(path, temporary)


def _replace(path: Path, temporary: Path) -> None:
    with about(path):
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        os.replace(temporary, path)
