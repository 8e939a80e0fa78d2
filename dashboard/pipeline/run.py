"""The build, reading like a contents page: published figures and returns in, a published extract out."""

import hashlib
import json
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path

import duckdb

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.pipeline import changes, curate, extracts, keys, lock, notes, publish, published, revised, standing
from dashboard.pipeline.disclosure import audit, editions, gate
from dashboard.pipeline.errors import BuildError, about
from dashboard.pipeline.returns import Returns, ReturnsError, read

DEMONSTRATION_KEY = b"demonstration returns need no secret: this key is public"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Inputs:
    """What a build reads and where it writes.

    new_ledger: start the ledger, which is not there yet. break_reason: publish beside real editions that this key
    and ledger do not know, for this reason, if the attack on both together finds nothing exact; previous_returns:
    the folders of returns behind them, without which nobody can say what the two together tell.
    """

    out: Path
    returns: Path | None = None
    key_file: Path | None = None
    ledger: Path | None = None
    boundaries: Path | None = None
    published: Path = paths.PUBLISHED
    reference: Path = paths.REFERENCE
    indicators: Path = paths.INDICATORS
    new_ledger: bool = False
    break_reason: str | None = None
    previous_returns: tuple[Path, ...] = ()


def build(inputs: Inputs, say: Say = lambda line: None) -> str:
    """Build and publish an extract; returns its extract_id. Raises BuildError; nothing is half-done.

    One build at a time works in a folder, and with a ledger.
    """
    _check_secrets(inputs)
    standing.check_reason(inputs.break_reason)
    with ExitStack() as locks:
        locks.enter_context(lock.hold(inputs.out / publish.LOCK, str(inputs.out)))
        if inputs.ledger:
            locks.enter_context(lock.hold(inputs.ledger.with_name(f"{inputs.ledger.name}.lock"), str(inputs.ledger)))
        con = locks.enter_context(duckdb.connect(":memory:"))
        con.execute("set threads = 2")
        return _build(con, inputs, say)


def _build(con: duckdb.DuckDBPyConnection, inputs: Inputs, say: Say) -> str:
    step = _Stepper(say)
    key = keys.read(inputs.key_file) if inputs.key_file else b""
    ledger = _open_ledger(inputs, key or DEMONSTRATION_KEY, say)
    held = _look(con, inputs.out, say)
    indicators = curate.load_indicators(inputs.indicators)
    geometry = _read_boundaries(inputs, say)
    returns = _read_returns(inputs, step)
    key = _key(key, returns, say)
    beside = _stand_beside(inputs, returns, key, ledger, held, say)
    tables = published.load_tables(con, inputs.published, inputs.reference)
    step(f"read {sum(tables.values()):,} rows of published figures and reference tables")
    curate.run_folder(con, paths.QUERIES / "staging")
    con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
    _write_release(con, returns)
    curate.run_folder(con, paths.QUERIES / "curate")
    step("wrote areas, periods, sources and characteristics")
    protected = _protect(con, inputs, returns, key, say) if returns else None
    earlier = _earlier_extract(held, returns, key, ledger) if protected else None
    if protected:
        step("passed the returns through the disclosure gate")
    _write_indicators(con, inputs, indicators, _missing_areas(con, returns), step)
    step(f"wrote {notes.write(con, datetime.now(UTC).date()):,} context notes of partnerships")
    _tell_breaks(con, beside.breaks)
    if protected and protected.before is not None:
        _mark_revised(con, inputs, indicators, protected, earlier, step)
    step(f"ran {curate.run_checks(con)} checks on the figures")
    digest = changes.write(con, inputs.out, held, beside.breaks)
    extract_id = publish.publish(
        con, inputs.out, digest, _digests(inputs, tables),
        lambda path: _gate(con, path, inputs.out, returns, key, protected, earlier, beside, step),
        lambda extract_id: _vouch(returns, key, extract_id))
    if protected:
        protected.remember()
    _publish_boundaries(geometry, inputs.out, say)
    step("published")
    if returns and returns.embargo_until:
        say(f"it opens to everyone at {returns.embargo_until:%d %B %Y %H:%M} UTC; until then they see the edition before")
    return extract_id


@dataclass(frozen=True)
class Beside:
    """The real editions broken with, and those of them the folder still holds: (extract, its returns) each."""

    breaks: tuple[editions.Break, ...] = ()
    extracts: tuple[tuple[Path, Returns], ...] = ()


def _check_secrets(inputs: Inputs) -> None:
    """The key and the ledger lie apart from the project, the extract and the returns; raises BuildError before
    any work."""
    secrets = [(option, path) for option, path in (("--key-file", inputs.key_file), ("--ledger", inputs.ledger)) if path]
    for option, path in secrets:
        if _is_within(path, paths.ROOT, inputs.out):
            raise BuildError(f"{option} {path}: a secret must lie outside the project and the extract's folder")
    if inputs.ledger:
        _check_ledger(inputs.ledger, inputs.returns)
    elif inputs.new_ledger:
        raise BuildError("--new-ledger needs --ledger: the file to start")
    for option, path in secrets:
        if inputs.returns and _is_within(path, inputs.returns):
            raise BuildError(f"{option} {path}: a secret must lie apart from the returns: whoever is sent the one would "
                             "have the other")


def _check_ledger(ledger: Path, returns: Path | None) -> None:
    if returns is None:
        raise BuildError("--ledger needs --returns: published figures alone have no ledger")
    if ledger.is_dir() or not os.access(ledger.resolve().parent, os.W_OK | os.X_OK):
        raise BuildError(f"--ledger {ledger}: must be a file in a folder that can be written to")


def _is_within(path: Path, *folders: Path) -> bool:
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _open_ledger(inputs: Inputs, key: bytes, say: Say) -> editions.Ledger | None:
    """The ledger as the last build left it, or None; raises BuildError when it is not there and not to be started."""
    if inputs.ledger is None:
        return None
    with about(inputs.ledger):
        for path in editions.recover(inputs.ledger, key, _is_current):
            path.unlink(missing_ok=True)
            say(f"took away {path}: a build that was stopped left it before it was published")
        is_there = inputs.ledger.exists()
    if inputs.new_ledger and is_there:
        raise BuildError(f"--new-ledger: {inputs.ledger} is there already; leave out --new-ledger to go on with it")
    if not inputs.new_ledger and not is_there:
        raise BuildError(f"--ledger {inputs.ledger}: there is no such file. Look for a slip in its name, or put back a "
                         "copy of it; for the first edition ever made with this key, add --new-ledger")
    return editions.read(inputs.ledger, key)


def _look(con: duckdb.DuckDBPyConnection, out: Path, say: Say) -> list[extracts.Extract]:
    """The extracts already in the folder; those that cannot be read are named, and left out aloud."""
    held = extracts.look(con, out)
    for each in held:
        if each.fault:
            say(f"{each.path}: {each.fault}; it is left out: nothing is compared with it, and a figure that differs "
                "from it alone is not marked as revised")
    return held


def _stand_beside(inputs: Inputs, returns: Returns | None, key: bytes, ledger: editions.Ledger | None,
                  held: list[extracts.Extract], say: Say) -> Beside:
    """Look at every real edition in the folder before solving; raises BuildError naming those not known."""
    if returns is None or returns.synthetic:
        if inputs.break_reason:
            raise BuildError("--break is for returns of real people: no other edition has anything to break with")
        return Beside()
    breaks = standing.find_breaks(held, ledger, key, returns.edition, inputs.break_reason)
    broken = standing.find_held(breaks, held)
    at_hand = {extract.extract_id for extract in broken}
    for known in breaks:
        say(f"{known}. " + ("Both are attacked together before anything is published" if known.extract_id in at_hand
                           else "It is not in the folder, so the two are not attacked together"))
    return Beside(breaks, tuple(_with_returns(inputs.previous_returns, broken)))


def _with_returns(folders: tuple[Path, ...], broken: list[extracts.Extract]) -> list[tuple[Path, Returns]]:
    """Each edition broken with and the returns behind it; raises BuildError for one without."""
    behind = {previous.edition: previous for previous in map(_read_folder, folders)}
    if missing := [extract for extract in broken if extract.edition not in behind]:
        raise BuildError("only who knows what changed can say what two editions tell together: give the folder of "
                         "returns behind each edition broken with as --previous-returns",
                         [{"edition": extract} for extract in missing])
    return [(extract.path, behind[extract.edition]) for extract in broken]


def _tell_breaks(con: duckdb.DuckDBPyConnection, breaks: tuple[editions.Break, ...]) -> None:
    """Every indicator made from returns carries each break among its caveats, wherever it is shown."""
    told = json.dumps([str(each) for each in breaks], ensure_ascii=False)
    if breaks:
        con.execute("update indicator set caveats = to_json(list_concat(from_json(caveats, '[\"varchar\"]'), "
                    "from_json($told, '[\"varchar\"]'))) where data_class = 'returns'", {"told": told})


def _vouch(returns: Returns | None, key: bytes, extract_id: str) -> dict[str, str]:
    """What the manifest of a real edition says of its key, to who has it."""
    return {} if returns is None or returns.synthetic else {"key_check": editions.check_key(key, extract_id)}


def _protect(con: duckdb.DuckDBPyConnection, inputs: Inputs, returns: Returns, key: bytes, say: Say) -> gate.Protected:
    """Pass the returns through the gate, with the ledger if there is one, and keep what it lets through."""
    if not inputs.ledger and not returns.synthetic:
        say("no --ledger: figures of years nobody changed will not be held as they were published, so no later edition "
            "can stand beside this one; name a file beside the key, with --new-ledger, to hold them")
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
    returns = _read_folder(inputs.returns)
    rows = {name: int(returns.account[f"rows_{name}"].sum()) for name in ("read", "accepted", "rejected")}
    step(f"returns: {rows['read']:,} rows read = {rows['accepted']:,} accepted + {rows['rejected']:,} rejected")
    if not len(returns.participants):
        raise BuildError(f"{inputs.returns}: no participant row was accepted; run 'outcomes check {inputs.returns}'")
    return returns


def _read_folder(folder: Path) -> Returns:
    try:
        return read(folder)
    except ReturnsError as error:
        raise BuildError(str(error)) from error


def _key(key: bytes, returns: Returns | None, say: Say) -> bytes:
    """The key given; for demonstration returns without one, the public one."""
    if returns is None or key:
        return key
    if not returns.synthetic:
        raise BuildError("real returns need --key-file, kept outside the project; 'outcomes key --out FILE' makes one")
    say("demonstration returns: using the public demonstration key, which protects nothing real")
    return DEMONSTRATION_KEY


def _write_release(con: duckdb.DuckDBPyConnection, returns: Returns | None) -> None:
    newest = con.execute("select max(edition_date::date) from sources").fetchall()[0][0]
    row = {
        "edition": returns.edition if returns else f"published figures to {newest}",
        "cut_off": returns.cut_off if returns else newest,
        "built_at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "embargo_until": returns.embargo_until if returns else None,
        "synthetic": bool(returns and returns.synthetic),
        "software_version": version("outcomes-dashboard"),
    }
    con.execute("insert into release by name select $edition as edition, $cut_off::date as cut_off, "
                "$built_at::timestamp as built_at, $embargo_until::timestamp as embargo_until, "
                "$synthetic::boolean as synthetic, "
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


def _write_indicators(con: duckdb.DuckDBPyConnection, inputs: Inputs, indicators: list[Indicator],
                      missing_areas: list[str], step) -> None:
    curate.write_indicators(con, indicators, inputs.indicators)
    rows = curate.write_published(con, indicators)
    rows += sum(curate.write_observations(con, each, missing_areas, inputs.indicators) for each in indicators
                if not curate.has_shared_query(each))
    con.execute((paths.QUERIES / "mark_unreliable.sql").read_text(encoding="utf-8"))
    step(f"wrote {rows:,} observations of {len(indicators)} indicators")


def _mark_revised(con: duckdb.DuckDBPyConnection, inputs: Inputs, indicators: list[Indicator],
                  protected: gate.Protected, earlier: Path | None, step) -> None:
    """Mark what differs from the edition before; its spend is known from its extract alone."""
    edition, cut_off = protected.earlier[-1]
    before, spend = {"protected_count": protected.before}, revised.read_spend(con, earlier, edition)
    if spend is not None:
        before["spend"] = spend
    marked = revised.mark(con, indicators, before, cut_off, inputs.indicators)
    step(f"marked {marked:,} figures as revised since {edition}")
    if spend is None:
        step(f"the extract of {edition} is not in {inputs.out}: a spend that alone was revised since is not marked")


def _gate(con: duckdb.DuckDBPyConnection, path: Path, out: Path, returns: Returns | None, key: bytes,
          protected: gate.Protected | None, earlier: Path | None, beside: Beside, step) -> None:
    """Attack the written extract; raises BuildError when it is unsafe. Then the ledger is made ready."""
    report = audit.audit(path, returns, key or None, earlier, was=protected.was if protected else None,
                         apart=beside.extracts)
    # Nothing exact may leave. A target missed is said aloud here, and fails `outcomes audit --returns`.
    unsafe = [failure for failure in report.failures if not failure.is_target]
    if unsafe:
        raise BuildError("the audit found the extract unsafe, so it is not published",
                         [{"failure": str(failure)} for failure in unsafe])
    for note in [*report.notes, *(failure for failure in report.failures if failure.is_target)]:
        step(f"audit: {note}")
    if protected:
        protected.prepare(out, con.execute("select extract_id from release").fetchall()[0][0], beside.breaks)


def _earlier_extract(held: list[extracts.Extract], returns: Returns, key: bytes,
                     ledger: editions.Ledger | None) -> Path | None:
    """The newest extract of the folder that holds the cube of an earlier edition made with the same key, or None.

    The same key is known from the ledger, or where both are demonstration returns with the public key.
    """
    kept, is_public = set(ledger.published if ledger else ()), key == DEMONSTRATION_KEY
    earlier = [extract for extract in held if extract.has_returns and not extract.fault
               and extract.edition != returns.edition and (extract.extract_id in kept or (
                   is_public and extract.is_synthetic and extract.cut_off <= returns.cut_off))]
    newest = max(earlier, key=attrgetter("cut_off", "built_at", "path"), default=None)
    return newest.path if newest else None


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


