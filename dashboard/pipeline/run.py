"""The build, reading like a contents page: published figures and returns in, a published extract out."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.pipeline import changes, curate, publish, published, revised
from dashboard.pipeline.disclosure import audit, editions, gate
from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.returns import Returns, ReturnsError, read

DEMONSTRATION_KEY = b"demonstration returns need no secret: this key is public"
DEMONSTRATION_PARTICIPANTS = 75_000
DEMONSTRATION_SEED = 2026
KEY_BYTES = 32

Say = Callable[[str], None]


@dataclass(frozen=True)
class Inputs:
    """What a build reads and where it writes."""

    out: Path
    returns: Path | None = None
    key_file: Path | None = None
    ledger: Path | None = None
    boundaries: Path | None = None
    published: Path = paths.PUBLISHED
    reference: Path = paths.REFERENCE
    indicators: Path = paths.INDICATORS


def build(inputs: Inputs, say: Say = lambda line: None) -> str:
    """Build and publish an extract; returns its extract_id. Raises BuildError; nothing is half-done."""
    step = _Stepper(say)
    _check_secrets(inputs)
    geometry = _read_boundaries(inputs, say)
    con = duckdb.connect(":memory:")
    con.execute("set threads = 2")
    try:
        tables = published.load_tables(con, inputs.published, inputs.reference)
        step(f"read {sum(tables.values()):,} rows of published figures and reference tables")
        curate.run_folder(con, paths.QUERIES / "staging")
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        returns = _read_returns(inputs, step)
        key = _key(inputs, returns, say)
        _write_release(con, returns)
        curate.run_folder(con, paths.QUERIES / "curate")
        step("wrote areas, periods, sources and characteristics")
        protected = _protect(con, inputs, returns, key, say) if returns else None
        earlier = _earlier_extract(inputs.out, returns, key, protected) if protected else None
        if protected:
            step("passed the returns through the disclosure gate")
        indicators = _write_indicators(con, inputs, _missing_areas(con, returns), step)
        if protected and protected.before is not None:
            _mark_revised(con, inputs, indicators, protected, earlier, step)
        step(f"ran {curate.run_checks(con)} checks on the figures")
        digest = changes.write(con, inputs.out)
        extract_id = publish.publish(con, inputs.out, digest, _digests(inputs, tables),
                                     lambda path: _gate(path, inputs.out, returns, key, protected, earlier, step))
        if protected:
            protected.remember()
        _publish_boundaries(geometry, inputs.out, say)
        step("published")
        return extract_id
    finally:
        con.close()


def _check_secrets(inputs: Inputs) -> None:
    """The key and the ledger lie outside the project and the extract; raises BuildError before any work."""
    for option, path in (("--key-file", inputs.key_file), ("--ledger", inputs.ledger)):
        for folder in (paths.ROOT, inputs.out) if path else ():
            if path.resolve().is_relative_to(folder.resolve()):
                raise BuildError(f"{option} {path}: a secret must lie outside the project and the extract's folder")
    if inputs.ledger is None:
        return
    if inputs.returns is None:
        raise BuildError("--ledger needs --returns: published figures alone have no ledger")
    if inputs.ledger.is_dir() or not os.access(inputs.ledger.resolve().parent, os.W_OK | os.X_OK):
        raise BuildError(f"--ledger {inputs.ledger}: must be a file in a folder that can be written to")


def _protect(con: duckdb.DuckDBPyConnection, inputs: Inputs, returns: Returns, key: bytes, say: Say) -> gate.Protected:
    """Pass the returns through the gate, with the ledger if there is one, and keep what it lets through."""
    if inputs.ledger:
        editions.recover(inputs.ledger, key, _is_current)
    elif not returns.synthetic:
        say("no --ledger: figures of years nobody changed will not be held as they were published, so two editions "
            "together may show more than either; name a file beside the key to hold them")
    protected = gate.protect(returns, key, inputs.ledger, say)
    _write_protected(con, protected, returns)
    return protected


def _is_current(folder: str, extract_id: str) -> bool:
    """Whether an extract is the one in use in its folder."""
    current = publish.current(Path(folder))
    return current is not None and current.stem == f"outcomes-{extract_id}"


def _read_returns(inputs: Inputs, step) -> Returns | None:
    if inputs.returns is None:
        return None
    try:
        returns = read(inputs.returns)
    except ReturnsError as error:
        raise BuildError(str(error)) from error
    rows = {name: int(returns.account[f"rows_{name}"].sum()) for name in ("read", "accepted", "rejected")}
    step(f"returns: {rows['read']:,} rows read = {rows['accepted']:,} accepted + {rows['rejected']:,} rejected")
    if not len(returns.participants):
        raise BuildError(f"{inputs.returns}: no participant row was accepted; run 'outcomes check {inputs.returns}'")
    return returns


def _key(inputs: Inputs, returns: Returns | None, say: Say) -> bytes:
    if returns is None:
        return b""
    if inputs.key_file:
        return read_key(inputs.key_file)
    if not returns.synthetic:
        raise BuildError("real returns need --key-file: a file of at least 32 secret bytes, kept outside the project")
    say("demonstration returns: using the public demonstration key, which protects nothing real")
    return DEMONSTRATION_KEY


def read_key(path: Path) -> bytes:
    """The secret key; raises BuildError when it cannot be read or is shorter than 32 bytes."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise BuildError(f"{path}: the key file cannot be read: {error.strerror}") from error
    if len(key) < KEY_BYTES:
        raise BuildError(f"{path}: the key file holds {len(key)} bytes; it needs at least {KEY_BYTES}")
    return key


def _write_release(con: duckdb.DuckDBPyConnection, returns: Returns | None) -> None:
    newest = con.execute("select max(edition_date::date) from sources").fetchall()[0][0]
    row = {
        "edition": returns.edition if returns else f"published figures to {newest}",
        "cut_off": returns.cut_off if returns else newest,
        "built_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "synthetic": bool(returns and returns.synthetic),
        "software_version": version("outcomes-dashboard"),
    }
    con.execute("insert into release by name select $edition as edition, $cut_off::date as cut_off, "
                "$built_at::timestamp as built_at, $synthetic::boolean as synthetic, "
                "$software_version as software_version", row)


def _write_protected(con: duckdb.DuckDBPyConnection, protected: gate.Protected, returns: Returns) -> None:
    for table in ("protected_count", "table_family", "data_quality"):
        _insert(con, table, getattr(protected, table))
    stream = ["area_code", "financial_year", "funding_stream"]
    _insert(con, "spend", returns.spend.group_by(stream, maintain_order=True).sum().sort(stream)
            .select(*stream, "budget", "spend"))


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows) -> None:
    con.register("incoming", rows.to_arrow())
    con.execute(f"insert into {table} by name select * from incoming")
    con.unregister("incoming")


def _missing_areas(con: duckdb.DuckDBPyConnection, returns: Returns | None) -> list[str]:
    if returns is None:
        return []
    partnerships = con.execute("select area_code from area where area_type = 'partnership' order by 1").fetchall()
    received = set(returns.participants["area_code"].unique())
    return [code for (code,) in partnerships if code not in received]


def _write_indicators(con: duckdb.DuckDBPyConnection, inputs: Inputs, missing_areas: list[str],
                      step) -> list[Indicator]:
    indicators = curate.load_indicators(inputs.indicators)
    curate.write_indicators(con, indicators, inputs.indicators)
    rows = curate.write_published(con, indicators)
    rows += sum(curate.write_observations(con, each, missing_areas, inputs.indicators) for each in indicators
                if not curate.has_shared_query(each))
    step(f"wrote {rows:,} observations of {len(indicators)} indicators")
    return indicators


def _mark_revised(con: duckdb.DuckDBPyConnection, inputs: Inputs, indicators: list[Indicator],
                  protected: gate.Protected, earlier: Path | None, step) -> None:
    """Mark what differs from the edition before; its spend is known from its extract alone."""
    edition, cut_off = protected.earlier[-1]
    before, spend = {"protected_count": protected.before}, revised.read_spend(earlier, edition)
    if spend is not None:
        before["spend"] = spend
    marked = revised.mark(con, indicators, before, cut_off, inputs.indicators)
    step(f"marked {marked:,} figures as revised since {edition}")
    if spend is None:
        step(f"the extract of {edition} is not in {inputs.out}: a spend that alone was revised since is not marked")


def _gate(path: Path, out: Path, returns: Returns | None, key: bytes, protected: gate.Protected | None,
          earlier: Path | None, step) -> None:
    """Attack the written extract; raises BuildError when it is unsafe. Then the ledger is made ready."""
    report = audit.audit(path, returns, key or None, earlier, was=protected.was if protected else None)
    # Nothing exact may leave. A target missed is said aloud here, and fails `outcomes audit --returns`.
    unsafe = [each for each in report.failures if not each.is_target]
    if unsafe:
        raise BuildError("the audit found the extract unsafe, so it is not published",
                         [{"failure": str(failure)} for failure in unsafe])
    for note in [*report.notes, *(each for each in report.failures if each.is_target)]:
        step(f"audit: {note}")
    if protected:
        with duckdb.connect(str(path), read_only=True) as written:
            protected.prepare(out, written.execute("select extract_id from release").fetchall()[0][0])


def _earlier_extract(out: Path, returns: Returns, key: bytes, protected: gate.Protected) -> Path | None:
    """The newest extract in `out` that holds the cube of an earlier edition made with the same key, or None.

    The same key is known from the ledger, or where both are demonstration returns with the public key.
    """
    kept, is_public, found = {edition for edition, _ in protected.earlier}, key == DEMONSTRATION_KEY, []
    for path in sorted(out.glob("outcomes-*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as held:
            edition, cut_off, built_at, is_synthetic, cells = held.execute(
                "select edition, cut_off, built_at, synthetic, (select count(*) from protected_count) "
                "from release").fetchall()[0]
        if cells and edition != returns.edition and (
                edition in kept or (is_public and is_synthetic and cut_off <= returns.cut_off)):
            found.append((cut_off, built_at, path))
    return max(found)[2] if found else None


def _read_boundaries(inputs: Inputs, say: Say):
    if inputs.boundaries is None:
        return None
    from dashboard.pipeline import boundaries
    result = boundaries.load_boundaries(inputs.boundaries)
    for line in result.notes:
        say(f"boundaries: {line}")
    return result


def _publish_boundaries(result, out: Path, say: Say) -> None:
    """Write the shapes given to this build; without any, the map goes back to the built-in ones."""
    if result is None:
        (out / "boundaries").unlink(missing_ok=True)
        return
    from dashboard.pipeline import boundaries
    say(f"boundaries: wrote {boundaries.write_geometry(result, out).name}")


def _digests(inputs: Inputs, tables: dict[str, int]) -> dict[str, str]:
    """SHA-256 of each file of published figures, by name: what this extract was made from."""
    files = sorted(inputs.published.glob("*/*.csv")) + sorted(inputs.reference.glob("*.csv"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.stem in tables}


class _Stepper:
    """Says each finished step with the seconds it took."""

    def __init__(self, say: Say):
        self.say, self.since = say, time.perf_counter()

    def __call__(self, line: str) -> None:
        now = time.perf_counter()
        self.say(f"{line} ({now - self.since:.1f} s)")
        self.since = now


