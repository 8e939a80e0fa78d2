"""Editions: what was published before, so that unchanged years keep their counts.

A year with no changed person is copied byte for byte. A year with fewer than 10 changed people is
held until a year after it was solved, or until some count would pass 9 from the truth; then, as a
year with more changes, it is solved again, leaving published values only where the change asks for
it. The ledger that makes this possible lies beside the key: published counts, and keyed digests of
people and of true counts, which say nothing without the key.
"""

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np

from dashboard.build.disclosure import lattice
from dashboard.build.disclosure.lattice import Space
from dashboard.build.disclosure.plan import Tables
from dashboard.build.disclosure.rounding import BASE, WIDEST
from dashboard.build.errors import BuildError

HOLD = 10  # changed people below which a year is not solved again
METHOD = "1"  # a new one is a break: published values are no longer comparable
BOOKS = ("people", "responses")
Years = dict[tuple[str, str], str]  # (book, year) -> new, copy, hold or again


class LedgerError(BuildError):
    """The ledger cannot be used with this key or these returns."""


@dataclass
class Ledger:
    """What is remembered of the newest edition.

    years: (book, year) -> cut-off when it was solved, its areas and its quarters. records: (book,
    year) -> digests of people and of their records when it was solved. steps, digests: an array a
    table, published counts / 5 and keyed digests of the true counts they were made from.
    """

    edition: str
    over: Space
    years: dict[tuple[str, str], dict]
    records: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]
    steps: dict[str, np.ndarray]
    digests: dict[str, np.ndarray]
    gaps: dict[str, float] = field(default_factory=dict)
    revised: list[list[str]] = field(default_factory=list)


def read(path: Path | None, key: bytes) -> Ledger | None:
    """The ledger, or None when there is none yet; raises LedgerError when it cannot be used."""
    if path is None or not path.exists():
        return None
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        meta = json.loads(arrays.pop("meta").tobytes())
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise LedgerError(f"{path}: not a ledger that can be read") from error
    if meta["check"] != _check(key):
        raise LedgerError(f"{path}: was made with another key or another list of tables; that is a break in "
                          "the figures: start a new ledger to accept it")
    return _unpack(meta, arrays)


def write(path: Path, ledger: Ledger, key: bytes) -> None:
    """Replace the ledger in one go, readable by its owner alone."""
    meta = {"check": _check(key), "edition": ledger.edition, "gaps": ledger.gaps, "revised": ledger.revised,
            "over": [ledger.over.areas, ledger.over.response_areas, ledger.over.years, ledger.over.quarters],
            "years": [[*name, each] for name, each in ledger.years.items()]}
    arrays = {"meta": np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)}
    for (book, year), (people, records) in ledger.records.items():
        arrays[f"record {book} {year}"] = np.stack([people, records])
    arrays |= {f"steps {name}": table for name, table in ledger.steps.items()}
    arrays |= {f"digest {name}": table for name, table in ledger.digests.items()}
    held = BytesIO()
    np.savez_compressed(held, **arrays)
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(held.getvalue())
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, path)


def digest_records(key: bytes, coded: dict[str, np.ndarray], identity: list[str], years: tuple[str, ...],
                   ) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each year, sorted keyed digests of people and of everything the lattice knows of them."""
    columns = np.stack([values.astype(np.uint16) for values in coded.values()], axis=1)
    secret = hmac.digest(key, b"ledger record", "sha256")
    people = np.array([_digest(secret, each.encode()) for each in identity], dtype=np.uint64)
    records = np.array([_digest(secret, each.encode() + b"|" + row.tobytes())
                        for each, row in zip(identity, columns, strict=True)], dtype=np.uint64)
    found = {}
    for y, year in enumerate(years):
        mine = np.flatnonzero(coded["year"] == y)
        order = mine[np.argsort(people[mine], kind="stable")]
        found[year] = people[order], records[order]
    return found


def digest_cells(key: bytes, name: str, labels: tuple[tuple[str, ...], ...], counts: np.ndarray) -> np.ndarray:
    """A keyed digest of each true count at its address."""
    flat = counts.reshape(len(labels[0]), len(labels[1]), -1)
    found = np.empty(flat.shape, dtype=np.uint64)
    for i, j, secret in _addresses(key, name, labels):
        found[i, j] = [_digest(secret, struct.pack("<IQ", k, n)) for k, n in enumerate(flat[i, j].tolist())]
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


def align(ledger: Ledger, tables: Tables, key: bytes, labels: dict[str, tuple[tuple[str, ...], ...]]) -> None:
    """Put the published steps, and the sign of each change in the truth since, beside the tables.

    Where nothing was published the steps are -1.
    """
    earlier = table_labels(ledger.over)
    for name in ledger.steps:
        index, place = zip(*[_common(old, new) for old, new in zip(earlier[name], labels[name], strict=True)],
                           strict=True)
        published = np.full(tables.truth[name].shape, -1)
        published[np.ix_(*place)] = ledger.steps[name][np.ix_(*index)]
        digests = np.zeros(tables.truth[name].shape, dtype=np.uint64)
        digests[np.ix_(*place)] = ledger.digests[name][np.ix_(*index)]
        tables.published[name] = published
        old = _recover(key, name, labels[name], tables.truth[name], published, digests)
        tables.published[name][old < 0] = -1
        tables.moved[name] = np.sign(tables.truth[name] - old) * (old >= 0)
        if name in ("M", "A1", "A2"):
            known = (old >= 0).all(axis=0)
            tables.published[f"{name}_scotland"] = np.where(known, published.sum(axis=0), -1)
            tables.moved[f"{name}_scotland"] = np.sign((tables.truth[name] - old).sum(axis=0)) * known


def where(name: str, over: Space, year: str) -> tuple:
    """Index of one year in a table."""
    quarterly = name in ("A1", "T_quarter", "A1_scotland") or name.startswith("C_")
    position = over.quarters_of(year) if quarterly else [over.years.index(year)]
    first = name in ("M_scotland", "A1_scotland", "A2_scotland", "T_quarter") or name[:2] in ("C_", "D_", "E_", "S_")
    return (position,) if first else (slice(None), position)


def book_of(name: str) -> str:
    """Which people a table counts."""
    return "responses" if name == "X" else "people"


def furthest(tables: Tables, book: str, year: str, steps: dict[str, np.ndarray]) -> int:
    """How far the furthest count, headline or Scotland total of a year would be from the truth."""
    most = 0
    for name, table in steps.items():
        if book_of(name) != book or name.endswith("_scotland"):
            continue
        off = (BASE * table - tables.truth[name])[where(name, tables.over, year)]
        if where(name, tables.over, year)[0] == slice(None):
            off = np.concatenate([off, off.sum(axis=0, keepdims=True)])
        most = max(most, int(np.abs(lattice.with_nodes(name, off)).max(initial=0)))
    return most


def keep(tables: Tables, decided: Years) -> None:
    """Settle the years that are copied or held with what was published."""
    for (book, year), verdict in decided.items():
        if verdict in ("copy", "hold"):
            for name, table in tables.published.items():
                if book_of(name) == book:
                    index = where(name, tables.over, year)
                    tables.settled[name][index] = table[index]


def renew(ledger: Ledger | None, tables: Tables, decided: Years, records: dict, key: bytes,
          labels: dict[str, tuple[tuple[str, ...], ...]], returns) -> Ledger:
    """The ledger of this edition: years kept are remembered as they were when they were solved."""
    years, kept = {}, {}
    for name, verdict in decided.items():
        if verdict in ("copy", "hold"):
            years[name], kept[name] = ledger.years[name], ledger.records[name]
        else:
            years[name] = {"solved": returns.cut_off.isoformat(), "places": _places(tables.over, *name)}
            kept[name] = records[name]
    steps = {name: table for name, table in tables.settled.items() if not name.endswith("_scotland")}
    digests = {name: digest_cells(key, name, labels[name], tables.truth[name]) for name in steps}
    if ledger:
        _keep_digests(ledger, tables, decided, digests)
    return Ledger(returns.edition, tables.over, years, kept, steps, digests)


def table_labels(over: Space) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The labels of every table of the lattice, `T_quarter` included."""
    labels = {name: family.labels for name, family in lattice.families(over).items()}
    return labels | {"T_quarter": (over.quarters, lattice.MONTHS)}


def _keep_digests(ledger: Ledger, tables: Tables, decided: Years, digests: dict[str, np.ndarray]) -> None:
    """A held year is judged against the truth it was solved from, so its digests stay."""
    for (book, year), verdict in decided.items():
        for name in digests if verdict == "hold" else ():
            if book_of(name) == book:
                old = ledger.digests[name][where(name, ledger.over, year)]
                digests[name][where(name, tables.over, year)] = old


def _recover(key: bytes, name: str, labels, truth: np.ndarray, published: np.ndarray,
             digests: np.ndarray) -> np.ndarray:
    """The true counts of the edition before, from their digests; -1 where there were none."""
    shape = (len(labels[0]), len(labels[1]), -1)
    now, steps, digests = truth.reshape(shape), published.reshape(shape), digests.reshape(shape)
    old = np.full(now.shape, -1)
    for i, j, secret in _addresses(key, name, labels):
        for k in np.flatnonzero(steps[i, j] >= 0).tolist():
            old[i, j, k] = _search(secret, k, int(now[i, j, k]), BASE * int(steps[i, j, k]), digests[i, j, k])
    return old.reshape(truth.shape)


def _search(secret: bytes, k: int, now: int, count: int, digest: np.uint64) -> int:
    """The count with this digest: the present one first, then those the published count allows."""
    for n in (now, *range(max(0, count - 2 * WIDEST), count + 2 * WIDEST + 1)):
        if _digest(secret, struct.pack("<IQ", k, n)) == digest:
            return n
    return -1


def _addresses(key: bytes, name: str, labels) -> Iterator[tuple[int, int, bytes]]:
    for i, first in enumerate(labels[0]):
        for j, second in enumerate(labels[1]):
            yield i, j, hmac.digest(key, f"ledger|{name}|{first}|{second}".encode(), "sha256")


def _digest(secret: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(message, digest_size=8, key=secret).digest(), "little")


def _common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[int], list[int]]:
    shared = [label for label in new if label in set(old)]
    return [old.index(label) for label in shared], [new.index(label) for label in shared]


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
    for name in [each for each in arrays if each.startswith("record ")]:
        _, book, year = name.split(" ")
        records[book, year] = tuple(arrays[name])
    parts = {kind: {name.split(" ", 1)[1]: table for name, table in arrays.items() if name.startswith(f"{kind} ")}
             for kind in ("steps", "digest")}
    return Ledger(meta["edition"], Space(*map(tuple, meta["over"])),
                  {(book, year): each for book, year, each in meta["years"]}, records,
                  parts["steps"], parts["digest"], meta["gaps"], meta["revised"])
