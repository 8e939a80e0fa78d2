"""Editions: what was published before, so that unchanged years keep their counts.

A year with no changed person is copied byte for byte. A year with fewer than 10 changed people is
held until a year after it was solved, or until some count would pass 9 from the truth; then, as a
year with more changes, it is solved again, leaving published values only where the change asks for
it. The ledger that makes this possible lies beside the key: published counts, and keyed digests of
people and of true counts, which say nothing without the key.

A ledger is written before its extract is published, under another name, and takes its place after:
so a build killed in between is known by the extract it did or did not publish.
"""

import hashlib
import hmac
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.disclosure.lattice import Space
from dashboard.pipeline.disclosure.plan import Tables
from dashboard.pipeline.disclosure.rounding import BASE, WIDEST
from dashboard.pipeline.errors import BuildError

HOLD = 10  # changed people below which a year is not solved again
COUNT = struct.Struct("<IQ")  # where a count stands among those of its address, and what it is
METHOD = "2"  # a new one is a break: published values are no longer comparable
BOOKS = ("people", "responses")
NEXT = ".next"  # a ledger whose extract may not be published yet
DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error)
Years = dict[tuple[str, str], str]  # (book, year) -> new, copy, hold or again
Labels = tuple[tuple[str, ...], ...]


class LedgerError(BuildError):
    """The ledger cannot be used with this key or these returns."""


@dataclass(frozen=True)
class Break:
    """A real edition that the ledger does not know, and beside which editions are published all the same.

    extract_id, edition: of the one not known. since: the first edition published beside it. reason: for the public.
    """

    extract_id: str
    edition: str
    since: str
    reason: str

    def __str__(self) -> str:
        return (f"Break with edition {self.edition or self.extract_id}, since {self.since}: figures of earlier years may "
                f"all have moved a little, though nobody's record changed. Reason: {self.reason}")


@dataclass
class Ledger:
    """What is remembered of the newest edition.

    years: (book, year) -> cut-off when it was solved, its areas and its quarters. records: (book,
    year) -> digests of people and of their records when it was solved. steps, digests: an array a
    table, published counts / 5 and keyed digests of the true counts they were made from. earlier:
    published counts / 5 of the edition before, with Scotland, at this edition's addresses (-1: none).
    history: (edition, cut-off) of the editions before this one, oldest first. extract: the folder and
    the extract_id this was published as. published: the extract_id of every edition it was kept for.
    breaks: editions it was not kept for, beside which it publishes.
    """

    edition: str
    cut_off: date
    over: Space
    years: dict[tuple[str, str], dict]
    records: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]
    steps: dict[str, np.ndarray]
    digests: dict[str, np.ndarray]
    earlier: dict[str, np.ndarray] = field(default_factory=dict)
    history: list[tuple[str, date]] = field(default_factory=list)
    gaps: dict[str, float] = field(default_factory=dict)
    extract: tuple[str, str] = ("", "")
    published: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()


def check_key(key: bytes, extract_id: str) -> str:
    """Says to who has the key that a real edition was made with it, and nothing to anyone else."""
    return hmac.new(key, f"edition {extract_id}".encode(), "sha256").hexdigest()


def read(path: Path | None, key: bytes) -> Ledger | None:
    """The ledger, or None when there is none yet; raises LedgerError when it cannot be used."""
    if path is None or not path.exists():
        return None
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        meta = json.loads(arrays.pop("meta").tobytes())
        check = meta["check"]
        ledger = _unpack(meta, arrays)
    except DAMAGE as error:
        raise LedgerError(f"{path}: not a ledger that can be read; put back a copy of it; without one, "
                          "name a new file with --new-ledger and give --break a reason") from error
    if check != _check(key):
        raise LedgerError(f"{path}: was made with another key or another list of tables; look "
                          "for the right key. Without it, name a new file with --new-ledger and give --break a reason")
    return ledger


def prepare(path: Path, ledger: Ledger, key: bytes) -> None:
    """Write the ledger beside the one in use, readable by its owner alone; `finish` puts it in place."""
    meta = {"check": _check(key), "edition": ledger.edition, "cut_off": ledger.cut_off.isoformat(),
            "gaps": ledger.gaps, "extract": ledger.extract, "published": ledger.published,
            "breaks": [astuple(known) for known in ledger.breaks],
            "history": [(edition, day.isoformat()) for edition, day in ledger.history],
            "over": [ledger.over.areas, ledger.over.response_areas, ledger.over.years, ledger.over.quarters],
            "years": [[*name, year] for name, year in ledger.years.items()]}
    arrays = {"meta": np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)}
    for (book, year), (people, records) in ledger.records.items():
        arrays[f"record {book} {year}"] = np.stack([people, records])
    for kind, held in (("steps", ledger.steps), ("digest", ledger.digests), ("earlier", ledger.earlier)):
        arrays |= {f"{kind} {name}": table for name, table in held.items()}
    packed = BytesIO()
    np.savez_compressed(packed, **arrays)
    path.with_name(path.name + NEXT).unlink(missing_ok=True)
    with os.fdopen(os.open(path.with_name(path.name + NEXT), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
                   "wb") as handle:
        os.fchmod(handle.fileno(), 0o600)
        handle.write(packed.getvalue())
        handle.flush()
        os.fsync(handle.fileno())


def finish(path: Path) -> None:
    """Its extract is published: put the prepared ledger in place in one go."""
    os.replace(path.with_name(path.name + NEXT), path)


def recover(path: Path, key: bytes, is_published: Callable[[str, str], bool]) -> list[Path]:
    """Settle what a build killed near its end left: its ledger counts if its extract was published.

    is_published(folder, extract_id) says whether an extract is the one in use there. A prepared
    ledger that is damaged or of another key was never finished, and is taken away. Returns the files of an extract
    that no ledger knows then, since it was never published.
    """
    left = path.with_name(path.name + NEXT)
    if not left.exists():
        return []
    try:
        unfinished = read(left, key)
    except LedgerError:
        unfinished = None
    if unfinished and is_published(*unfinished.extract):
        finish(path)
        return []
    in_use = read(path, key)
    left.unlink()
    return _abandoned(unfinished, in_use) if unfinished else []


def _abandoned(unfinished: Ledger, in_use: Ledger | None) -> list[Path]:
    folder, extract_id = unfinished.extract
    if in_use and extract_id in in_use.published:
        return []
    files = [Path(folder) / f"outcomes-{extract_id}.{suffix}" for suffix in ("duckdb", "json")]
    return [each for each in files if each.exists()]


def digest_records(key: bytes, coded: dict[str, np.ndarray], identity: list[str], years: tuple[str, ...],
                   ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each year, sorted keyed digests of people and of everything the lattice knows of them."""
    columns = np.stack([values.astype(np.uint16) for values in coded.values()], axis=1)
    secret = hmac.digest(key, b"ledger record", "sha256")
    digest = _keyed(secret)
    people = _numbers(digest(name.encode()) for name in identity)
    records = _numbers(digest(name.encode() + b"|" + row.tobytes()) for name, row in zip(identity, columns, strict=True))
    found = {}
    for y, year in enumerate(years):
        mine = np.flatnonzero(coded["year"] == y)
        order = mine[np.argsort(people[mine], kind="stable")]
        found[year] = people[order], records[order]
    return found


def digest_tables(key: bytes, tables: Tables, labels: dict[str, Labels]) -> dict[str, np.ndarray]:
    """A keyed digest of each true count of every table that a ledger holds."""
    return {name: digest_cells(key, name, each, tables.truth[name]) for name, each in labels.items()}


def digest_cells(key: bytes, name: str, labels: Labels, counts: np.ndarray) -> np.ndarray:
    """A keyed digest of each true count at its address."""
    flat = _by_address(counts, labels)
    found = np.empty(flat.shape, dtype=np.uint64)
    for i, j, secret in _addresses(key, name, labels):
        digest = _keyed(secret)
        found[i, j] = _numbers(digest(COUNT.pack(k, n)) for k, n in enumerate(flat[i, j].tolist()))
    return found.reshape(counts.shape)


def decide(ledger: Ledger | None, tables: Tables, records: dict, cut_off: date) -> Years:
    """What to do with each year of each book."""
    return {(book, year): _decide(ledger, tables, records, cut_off, book, year)
            for book in BOOKS for year in tables.over.years}


def _decide(ledger: Ledger | None, tables: Tables, records: dict, cut_off: date, book: str, year: str) -> str:
    before = ledger and ledger.years.get((book, year))
    if not before:
        return "new"
    if before["places"] != _places(tables.over, book, year):
        return "again"
    changed = count_changed(ledger.records[book, year], records[book, year])
    if changed == 0:
        return "copy"
    solved = date.fromisoformat(before["solved"])
    held_long = (cut_off.year, cut_off.month, cut_off.day) >= (solved.year + 1, solved.month, solved.day)
    if changed >= HOLD or held_long or furthest(tables, book, year, tables.published) > WIDEST:
        return "again"
    return "hold"


def count_changed(before: tuple[np.ndarray, np.ndarray], now: tuple[np.ndarray, np.ndarray]) -> int:
    """People added, removed or recoded between two lists of digests."""
    same_person, old, new = np.intersect1d(before[0], now[0], assume_unique=True, return_indices=True)
    recoded = int((before[1][old] != now[1][new]).sum())
    return len(before[0]) + len(now[0]) - 2 * len(same_person) + recoded


def align(ledger: Ledger, tables: Tables, key: bytes, labels: dict[str, Labels], digests: dict[str, np.ndarray]) -> None:
    """Put the published steps, and each change in the truth since, beside the tables.

    Where nothing was published the steps are -1. digests: of the true counts of these tables.
    """
    was = table_labels(ledger.over)
    for name in ledger.steps:
        published = _move(ledger.steps[name], was[name], labels[name], -1)
        held = _move(ledger.digests[name], was[name], labels[name], 0)
        is_same = (published >= 0) & (held == digests[name])
        old = np.where(is_same, tables.truth[name], _recover(key, name, labels[name], np.where(is_same, -1, published), held))
        tables.published[name] = np.where(old < 0, -1, published)
        tables.moved[name] = (tables.truth[name] - old) * (old >= 0)
        if (margin := f"{name}_scotland") in tables.truth:
            known = (old >= 0).all(axis=0)
            tables.published[margin] = np.where(known, published.sum(axis=0), -1)
            tables.moved[margin] = (tables.truth[name] - old).sum(axis=0) * known


def edition_before(ledger: Ledger | None, edition: str, over: Space) -> dict[str, np.ndarray]:
    """What the edition before this one published, at this one's addresses: steps with Scotland, or -1.

    Building an edition again compares it with the same edition before it.
    """
    if ledger is None:
        return {}
    held = ledger.earlier if ledger.edition == edition else {
        name: lattice.with_scotland(lattice.every_table(ledger.over)[name], table) for name, table in ledger.steps.items()}
    was, now = (_labels_with_scotland(each) for each in (ledger.over, over))
    return {name: _move(table, was[name], now[name], -1) for name, table in held.items()}


def furthest(tables: Tables, book: str, year: str, steps: dict[str, np.ndarray]) -> int:
    """How far the furthest count, headline or Scotland total of a year would be from the truth."""
    most = 0
    for name, table in steps.items():
        family = lattice.every_table(tables.over)[name]
        if family.book != book or family.is_margin:
            continue
        off = lattice.with_scotland(family, (BASE * table - tables.truth[name])[family.year(tables.over, year)])
        most = max(most, int(np.abs(lattice.with_nodes(family, off)).max(initial=0)))
    return most


def keep(tables: Tables, decided: Years) -> None:
    """Settle the years that are copied or held with what was published."""
    for (book, year), verdict in decided.items():
        if verdict in ("copy", "hold"):
            for name, table in tables.published.items():
                family = lattice.every_table(tables.over)[name]
                if family.book == book:
                    index = family.year(tables.over, year)
                    tables.settled[name][index] = table[index]


def renew(ledger: Ledger | None, tables: Tables, decided: Years, records: dict, digests: dict[str, np.ndarray],
          returns) -> Ledger:
    """The ledger of this edition: years kept are remembered as they were when they were solved.

    digests: of the true counts of these tables.
    """
    years, kept = {}, {}
    for name, verdict in decided.items():
        if verdict in ("copy", "hold"):
            years[name], kept[name] = ledger.years[name], ledger.records[name]
        else:
            years[name] = {"solved": returns.cut_off.isoformat(), "places": _places(tables.over, *name)}
            kept[name] = records[name]
    steps = {name: table for name, table in tables.settled.items() if not lattice.every_table(tables.over)[name].is_margin}
    digests = {name: digests[name].copy() for name in steps}
    if ledger:
        _keep_digests(ledger, tables, decided, digests)
    return Ledger(returns.edition, returns.cut_off, tables.over, years, kept, steps, digests,
                  edition_before(ledger, returns.edition, tables.over), history(ledger, returns))


def history(ledger: Ledger | None, returns) -> list[tuple[str, date]]:
    """Editions before this one that were kept with the same key, oldest first; raises LedgerError."""
    if ledger is None:
        return []
    if returns.cut_off < ledger.cut_off:
        raise LedgerError(f"the ledger already holds {ledger.edition}, cut off on {ledger.cut_off}; an earlier "
                          "edition cannot be built with it: use the copy kept from that time")
    if returns.edition in [edition for edition, _ in ledger.history]:
        raise LedgerError(f"the ledger holds {ledger.edition}, which came after {returns.edition}; "
                          "each edition needs a name of its own")
    return ledger.history if ledger.edition == returns.edition else [*ledger.history, (ledger.edition, ledger.cut_off)]


def table_labels(over: Space) -> dict[str, Labels]:
    """The labels of every table that a ledger holds."""
    return {name: family.labels for name, family in lattice.every_table(over).items() if not family.is_margin}


def _keep_digests(ledger: Ledger, tables: Tables, decided: Years, digests: dict[str, np.ndarray]) -> None:
    """A held year is judged against the truth it was solved from, so its digests stay."""
    for (book, year), verdict in decided.items():
        for name in digests if verdict == "hold" else ():
            family = lattice.every_table(tables.over)[name]
            if family.book == book:
                digests[name][family.year(tables.over, year)] = ledger.digests[name][family.year(ledger.over, year)]


def _recover(key: bytes, name: str, labels, published: np.ndarray, digests: np.ndarray) -> np.ndarray:
    """The true counts of the edition before, from their digests; -1 where nothing was published."""
    steps, digests = (_by_address(table, labels) for table in (published, digests))
    old = np.full(steps.shape, -1)
    for i, j, secret in _addresses(key, name, labels) if (steps >= 0).any() else ():
        for k in np.flatnonzero(steps[i, j] >= 0).tolist():
            old[i, j, k] = _search(_keyed(secret), k, BASE * int(steps[i, j, k]), int(digests[i, j, k]))
    return old.reshape(published.shape)


def _search(digest: Callable[[bytes], bytes], k: int, count: int, held: int) -> int:
    """The count with the digest that is held, of those the published count allows; -1 where there is none."""
    allowed, sought = range(max(0, count - 2 * WIDEST), count + 2 * WIDEST + 1), held.to_bytes(8, "little")
    return next((n for n in allowed if digest(COUNT.pack(k, n)) == sought), -1)


def _by_address(table: np.ndarray, labels: Labels) -> np.ndarray:
    """The table as first label x second label x the rest; there may be no area at all."""
    return table.reshape(len(labels[0]), len(labels[1]), int(np.prod([len(each) for each in labels[2:]])))


def _addresses(key: bytes, name: str, labels) -> Iterator[tuple[int, int, bytes]]:
    for i, first in enumerate(labels[0]):
        for j, second in enumerate(labels[1]):
            yield i, j, hmac.digest(key, f"ledger|{name}|{first}|{second}".encode(), "sha256")


def _keyed(secret: bytes) -> Callable[[bytes], bytes]:
    """The digest of a message with this secret. The secret itself is taken in once."""
    begun = hashlib.blake2b(digest_size=8, key=secret)

    def digest(message: bytes) -> bytes:
        mine = begun.copy()
        mine.update(message)
        return mine.digest()

    return digest


def _numbers(digests: Iterable[bytes]) -> np.ndarray:
    """Digests as numbers, as a ledger keeps them."""
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def _move(table: np.ndarray, was: Labels, now: Labels, otherwise: int) -> np.ndarray:
    """The table at other labels: what both have in common, and `otherwise` elsewhere."""
    shared = [_common(old, new) for old, new in zip(was, now, strict=True)]
    moved = np.full([len(each) for each in now], otherwise, dtype=table.dtype)
    moved[np.ix_(*[new for _, new in shared])] = table[np.ix_(*[old for old, _ in shared])]
    return moved


def _common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[int], list[int]]:
    shared = [label for label in new if label in set(old)]
    return [old.index(label) for label in shared], [new.index(label) for label in shared]


def _labels_with_scotland(over: Space) -> dict[str, Labels]:
    return {name: ((*labels[0], lattice.SCOTLAND), *labels[1:]) if lattice.every_table(over)[name].has_areas else labels
            for name, labels in table_labels(over).items()}


def _places(over: Space, book: str, year: str) -> list[str]:
    """What a year's tables cover: another partnership or quarter means other tables."""
    if book == "responses":
        return list(over.response_areas)
    return [*over.areas, *(over.quarters[i] for i in over.quarters_of(year))]


def _check(key: bytes) -> str:
    """Says whether a ledger was made with this key and these categories, and nothing else."""
    tables = table_labels(Space(("area",), ("area",), ("year",), ("year quarter",)))
    return hmac.new(key, f"ledger {METHOD} {sorted(tables.items())}".encode(), "sha256").hexdigest()


def _unpack(meta: dict, arrays: dict[str, np.ndarray]) -> Ledger:
    records = {}
    for name, digests in arrays.items():
        if name.startswith("record "):
            _, book, year = name.split(" ")
            records[book, year] = tuple(digests)
    parts = {kind: {name.split(" ", 1)[1]: table for name, table in arrays.items() if name.startswith(f"{kind} ")}
             for kind in ("steps", "digest", "earlier")}
    over = Space(*map(tuple, meta["over"]))
    years = {(book, year): solved for book, year, solved in meta["years"]}
    for name, labels in table_labels(over).items():
        shape = tuple(map(len, labels))
        if parts["steps"][name].shape != shape or parts["digest"][name].shape != shape:
            raise ValueError(name)
    if set(records) != set(years):
        raise ValueError("years")
    history = [(edition, date.fromisoformat(day)) for edition, day in meta["history"]]
    return Ledger(meta["edition"], date.fromisoformat(meta["cut_off"]), over, years, records, parts["steps"],
                  parts["digest"], parts["earlier"], history, meta["gaps"], tuple(meta["extract"]),
                  tuple(meta.get("published", meta["extract"][1:])),     # ledgers of old knew only the newest
                  tuple(Break(*known) for known in meta.get("breaks", ())))
