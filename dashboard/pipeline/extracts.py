"""The extracts a folder already holds: what each is, whether it can be read, and who may vouch for it."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.pipeline.errors import BuildError, about

PREFIX = "outcomes-"


@dataclass(frozen=True)
class Extract:
    """One published extract, from its own tables, or from its manifest where those cannot be read.

    is_synthetic and has_returns: None where neither tells. key_check: the keyed check its manifest carries,
    or empty. fault: why it cannot be read, empty where it can.
    """

    path: Path
    extract_id: str
    edition: str = ""
    cut_off: dt.date = dt.date.min
    built_at: dt.datetime = dt.datetime.min
    is_synthetic: bool | None = None
    has_returns: bool | None = None
    key_check: str = ""
    fault: str = ""

    @property
    def may_be_real(self) -> bool:
        """Whether it may hold figures made from the returns of real people: told by what is known, else yes."""
        return self.is_synthetic is not True and self.has_returns is not False

    def __str__(self) -> str:
        return f"{self.path.name} ({f'edition {self.edition}' if self.edition else 'edition not known'})"


class Attached:
    """An extract, attached read-only to a database under a name for as long as it is asked; raises BuildError about it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path, name: str):
        self.con, self.path, self.name = con, path, name

    def __enter__(self) -> None:
        with about(self.path):
            self.con.execute(f"attach '{str(self.path).replace(chr(39), chr(39) * 2)}' as {self.name} (read_only)")

    def __exit__(self, *_) -> None:
        self.con.execute(f"detach {self.name}")


def look(con: duckdb.DuckDBPyConnection, out: Path) -> list[Extract]:
    """Every extract of a folder by name, those included that cannot be read or of which only the manifest is left."""
    names = {path.stem for suffix in ("duckdb", "json") for path in out.glob(f"{PREFIX}*.{suffix}")}
    return [_look(con, out / f"{name}.duckdb") for name in sorted(names)]


def _look(con: duckdb.DuckDBPyConnection, path: Path) -> Extract:
    manifest = _manifest(path.with_suffix(".json"))
    extract_id, key_check = path.stem.removeprefix(PREFIX), str(manifest.get("key_check", ""))
    try:
        with about(path):
            _check_sum(path, manifest)
            own_id, edition, cut_off, built_at, is_synthetic, has_returns = _ask(con, path)
    except BuildError as error:
        rows = manifest.get("rows")
        return Extract(path, extract_id, str(manifest.get("edition", "")), is_synthetic=manifest.get("synthetic"),
                       has_returns=rows.get("protected_count", 0) > 0 if isinstance(rows, dict) else None,
                       key_check=key_check, fault=str(error).removeprefix(f"{path}: "))
    return Extract(path, own_id or extract_id, edition or "", cut_off or dt.date.min, built_at or dt.datetime.min,
                   is_synthetic, has_returns, key_check)


def _ask(con: duckdb.DuckDBPyConnection, path: Path) -> tuple:
    with Attached(con, path, "held"):
        rows = con.execute("select extract_id, edition, cut_off, built_at, synthetic, "
                           "exists (select 1 from held.protected_count) from held.release").fetchall()
    if len(rows) != 1:
        raise BuildError(f"{path}: it does not say which edition it is; put back a copy of it, or take it away")
    return rows[0]


def _check_sum(path: Path, manifest: dict) -> None:
    """A page that was overwritten may only show when it is read, so the whole file is compared first."""
    if not path.is_file():
        raise BuildError(f"{path}: only its manifest is left; put the extract back")
    with path.open("rb") as handle:
        found = hashlib.file_digest(handle, "sha256").hexdigest()
    if found != manifest.get("file_sha256", found):
        raise BuildError(f"{path}: it is damaged: not the file its manifest describes; put back a copy of it, "
                         "or take it away")


def _manifest(path: Path) -> dict:
    """What the manifest says; nothing where there is none that can be read."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}
