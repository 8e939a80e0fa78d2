"""The store of challenge sessions: the only thing the dashboard writes. SQLite by default, PostgreSQL by `DATABASE_URL`.

One table, `entry`, and nothing in it is ever changed: each change of a thing is a row of its own with the next version,
so what was before, who changed it and when are always there. Two who change one thing from the same version cannot both
be next: the second is told (`Changed`), and their words are kept as an `Aside`. The database itself refuses to change or
delete a row. Every function asks `roles` first: what a person may not do, no link, button or repeated request does.
"""

import hashlib
import json
import logging
import re
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from dashboard import paths
from dashboard.challenge import roles, session
from dashboard.challenge.roles import Person
from dashboard.challenge.session import (
    DISPUTE,
    Action,
    Aside,
    Content,
    Experience,
    Frozen,
    QualityItem,
    Question,
    Refused,
    Response,
    Scope,
)

MOST_CONNECTIONS, PATIENCE = 10, 30      # connections to the database, and seconds that a writer waits for its turn
BACKUP = "outcomes challenge sessions, version 1"
DRAFTED = (Scope, Question)
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")     # whatever else a link says is asked of no database

TABLE = sa.Table(
    "entry", sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("entry_id", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("session_id", sa.String(32), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("written_at", sa.String(32), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
)
COLUMNS = [column for column in TABLE.c if column.name != "number"]


class StoreError(RuntimeError):
    """The store cannot be opened, read or written; the message says why and what to do, without an address."""


class NotFound(LookupError):
    """No such session, or none that this person may see: the two are not told apart."""


@dataclass(frozen=True)
class Kept:
    """One thing as it stands: `version` counts its changes, `who` made this one with what role, `at` when (ISO, UTC).

    `began`: when its first version was written; '' of one that was read by itself.
    """

    entry_id: str
    version: int
    session_id: str
    content: Content
    at: str
    who: str
    role: str
    number: int = 0
    began: str = ""


class Changed(RuntimeError):
    """Somebody else changed it first: `theirs` stands, `mine` is kept as an Aside."""

    def __init__(self, theirs: Kept, mine: Content) -> None:
        super().__init__(f"Changed meanwhile by {theirs.who}. Both texts are kept.")
        self.theirs, self.mine = theirs, mine


@dataclass(frozen=True)
class Record:
    """A session as this person may see it. `newest` is the number of its last entry."""

    session_id: str
    scope: Kept
    questions: tuple[Kept, ...]
    frozen: Kept | None
    responses: tuple[Kept, ...]
    quality: tuple[Kept, ...]
    actions: tuple[Kept, ...]
    experiences: tuple[Kept, ...]
    asides: tuple[Kept, ...]
    newest: int

    def of_question(self, things: Iterable[Kept], question_id: str) -> tuple[Kept, ...]:
        """Those of `things` that belong to one question."""
        return tuple(each for each in things if each.content.question_id == question_id)


class Store:
    """Sessions in one database. Safe to share between threads; several processes may use one database."""

    def __init__(self, address: str) -> None:
        """Opens nothing yet. StoreError where the address is none, or lies in the project's or the extract's folder."""
        self._address = _checked(address)
        self._engine = _engine(self._address)
        self._ready, self._turn = False, threading.Lock()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    # What a person may see.

    def session(self, person: Person, session_id: str) -> Record:
        """A whole session; NotFound where there is none that this person may read."""
        is_one = roles.may(person, roles.READ) and SESSION_ID.fullmatch(session_id)
        held = self._newest(session_id=session_id) if is_one else []
        if (record := _seen(_record(session_id, held), person)) is None:
            raise NotFound("There is no such session, or it is not open to you.")
        return record

    def sessions(self, person: Person) -> tuple[Record, ...]:
        """Every session that this person may read, the newest first, each as `session` gives it without its frozen figures."""
        if not roles.may(person, roles.READ):
            return ()
        by_session: dict[str, list[Kept]] = {}
        for each in self._newest(is_light=True):
            by_session.setdefault(each.session_id, []).append(each)
        records = (_seen(_record(session_id, held), person) for session_id, held in by_session.items())
        return tuple(sorted(filter(None, records), key=lambda record: -record.scope.number))

    def newest(self) -> int:
        """The number of the last entry of all: unchanged for as long as nobody writes."""
        if self._is_empty_file():
            return 0
        with self._reading() as connection:
            return connection.execute(sa.select(sa.func.max(TABLE.c.number))).scalar() or 0

    def history(self, person: Person, session_id: str) -> tuple[Kept, ...]:
        """Every version of everything in a session that this person may read, in the order written; no lived experience."""
        self.session(person, session_id)
        own = None if roles.may(person, roles.REVIEW) else person.name
        return tuple(each for each in self._rows(TABLE.c.session_id == session_id, TABLE.c.kind != "experience")
                     if own is None or not isinstance(each.content, Aside) or each.who == own)

    # What a person may write.

    def start(self, person: Person, scope: Scope) -> Kept:
        """A new session; NotAllowed or Refused."""
        roles.require(person, roles.PREPARE)
        return self._write(person, scope, secrets.token_urlsafe(9), secrets.token_urlsafe(9), 0)

    def write(self, person: Person, session_id: str, content: Content, entry_id: str = "", based_on: int = 0) -> Kept:
        """Keep a new thing, or the next version of one that was read at version `based_on`.

        Raises NotFound, NotAllowed, Refused where it cannot be kept so, and Changed where somebody else was first.
        """
        if isinstance(content, Frozen | Aside | QualityItem) and not entry_id:
            raise Refused("This is written by the session itself.")
        record = self.session(person, session_id)
        roles.require(person, _act(content), record.scope.content.area_code)
        disputes = isinstance(content, Response) and content.position == DISPUTE
        opens = disputes and not record.of_question(record.quality, content.question_id)
        return self._write(person, content, session_id, entry_id or secrets.token_urlsafe(9), based_on,
                           opened=QualityItem(content.question_id, content.text) if opens else None)

    def freeze(self, person: Person, session_id: str, frozen: Frozen, seen: int) -> Kept:
        """Keep the evidence as it stands, once. `seen` is the number of the newest entry it was made from.

        Raises Refused where the session is frozen, or something was written since.
        """
        record = self.session(person, session_id)
        roles.require(person, roles.PREPARE, record.scope.content.area_code)
        return self._write(person, frozen, session_id, f"{session_id}-f", 0, seen)

    # Backup.

    def backup(self, path: Path, without_withdrawn: bool = False) -> int:
        """Every row as a line of JSON into a new file, its count and checksum last; how many rows.

        `without_withdrawn` leaves out every version of words whose consent was withdrawn: how they are erased for good.
        """
        gone = {each.entry_id for each in self._newest(kinds=("experience",)) if without_withdrawn and not each.content.has_consent}
        held = [dict(zip([column.name for column in COLUMNS], row, strict=True)) for row in self._raw()]
        rows = [json.dumps(row, ensure_ascii=False) for row in held if row["entry_id"] not in gone]
        with _private(path) as file:
            file.write("".join(f"{line}\n" for line in [json.dumps(BACKUP), *rows, json.dumps(_seal(rows))]))
        return len(rows)

    def restore(self, path: Path) -> int:
        """Add every row of a backup that is not here yet; how many. StoreError where it is damaged, or a row here differs."""
        rows = [json.loads(line) for line in _whole(path)]
        held = {row[:2]: row for row in self._raw()}
        added = []
        for place, row in enumerate(rows, 2):
            values = tuple(row[column.name] for column in COLUMNS)
            if values[:2] not in held:
                added.append(row)
            elif held[values[:2]] != values:
                raise StoreError(f"{path.name}, line {place}: the store holds another version {row['version']} of this entry. "
                                 "Nothing was restored: restore into an empty store.")
        if added:
            with self._writing() as connection:
                connection.execute(TABLE.insert(), added)
        return len(added)

    # The table.

    def _write(self, person: Person, content: Content, session_id: str, entry_id: str, based_on: int,
               seen: int | None = None, opened: QualityItem | None = None) -> Kept:
        """Keep it as the next version, and what it opens with it: both or neither."""
        content.check()
        made = Kept(entry_id, based_on + 1, session_id, content, datetime.now(UTC).isoformat(timespec="milliseconds"),
                    person.name, person.role)
        try:
            with self._writing() as connection:
                before = self._may_follow(connection, person, made, seen)
                if based_on == (before.version if before else 0):
                    number = connection.execute(TABLE.insert().values(_row(made))).inserted_primary_key[0]
                    if opened is not None:
                        beside = replace(made, entry_id=secrets.token_urlsafe(9), version=1, content=opened)
                        connection.execute(TABLE.insert().values(_row(beside)))
                    return replace(made, number=number)
        except IntegrityError:
            before = self._latest(entry_id)
        if before is None:
            raise NotFound("There is nothing here to change.")
        if before.content == content:
            return before       # the same request again
        if not isinstance(content, Frozen):
            self._write(person, Aside(entry_id, session.KIND_OF[type(content)], session.to_json(content)), session_id,
                        secrets.token_urlsafe(9), 0)
        raise Changed(before, content)

    def _may_follow(self, connection: sa.Connection, person: Person, made: Kept, seen: int | None) -> Kept | None:
        """The version before, once it is sure that this one may follow it in its session. Refused otherwise."""
        first = connection.execute(sa.select(TABLE.c.number).where(TABLE.c.session_id == made.session_id)
                                   .order_by(TABLE.c.number).limit(1).with_for_update()).scalar()
        is_frozen = connection.execute(sa.select(TABLE.c.number).where(
            TABLE.c.session_id == made.session_id, TABLE.c.kind == "frozen").limit(1)).scalar() is not None
        kind = type(made.content)
        if is_frozen and (kind in DRAFTED or kind is Frozen):
            raise Refused("The session is frozen: its questions and evidence stay as they are.")
        if first is not None and not is_frozen and kind in (Response, Action):
            raise Refused("Answers and actions come once the session is frozen.")
        if seen is not None:
            newest = connection.execute(sa.select(sa.func.max(TABLE.c.number)).where(
                TABLE.c.session_id == made.session_id, TABLE.c.kind.in_(["scope", "question"]))).scalar()
            if newest != seen:
                raise Refused("The session changed while you froze it. Look at it once more, then freeze it.")
        if kind in (Response, Action) and not self._has_question(connection, made):
            raise Refused("There is no such question in this session.")
        before = _latest(connection, made.entry_id)
        if before is not None:
            _check_change(person, before, made)
        elif kind is Experience and (made.content.is_reviewed or not made.content.has_consent):
            raise Refused("Say that the person agreed to this being kept and shown. Somebody else then reviews it.")
        return before

    @staticmethod
    def _has_question(connection: sa.Connection, made: Kept) -> bool:
        return connection.execute(sa.select(TABLE.c.number).where(
            TABLE.c.session_id == made.session_id, TABLE.c.kind == "question",
            TABLE.c.entry_id == made.content.question_id).limit(1)).scalar() is not None

    def _latest(self, entry_id: str) -> Kept | None:
        with self._reading() as connection:
            return _latest(connection, entry_id)

    def _newest(self, session_id: str = "", kinds: Iterable[str] = (), is_light: bool = False) -> list[Kept]:
        """The last version of each thing, in the order first written."""
        wanted = [*([TABLE.c.session_id == session_id] if session_id else []), *([TABLE.c.kind.in_(list(kinds))] if kinds else [])]
        held: dict[str, Kept] = {}
        for each in self._rows(*wanted, is_light=is_light):
            first = held.get(each.entry_id, each)
            held[each.entry_id] = replace(each, began=first.began or first.at)
        return list(held.values())

    def _rows(self, *wanted: sa.ColumnElement, is_light: bool = False) -> list[Kept]:
        if self._is_empty_file():
            return []
        with self._reading() as connection:
            return [_kept(row, is_light) for row in connection.execute(sa.select(TABLE).where(*wanted).order_by(TABLE.c.number))]

    def _raw(self) -> list[tuple]:
        if self._is_empty_file():
            return []
        with self._reading() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*COLUMNS).order_by(TABLE.c.number))]

    def _is_empty_file(self) -> bool:
        """True where the store is a file that nobody has written to: reading makes none."""
        file = self._address.database if self._address.get_backend_name() == "sqlite" else None
        with _explained():
            return file is not None and not Path(file).exists()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with _explained():
            self._prepare()
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with _explained():
            self._prepare()
            with self._engine.connect().execution_options(is_writing=True) as connection, connection.begin():
                yield connection

    def _prepare(self) -> None:
        """Bring the tables up to date, once a process."""
        with self._turn:
            if not self._ready:
                _migrate(self._engine, self._address)
                self._ready = True


def _act(content: Content) -> str:
    match content:
        case Response():
            return roles.ANSWER
        case QualityItem():
            return roles.REVIEW
        case Action():
            return roles.ACT
        case Experience():
            return roles.REVIEW if content.is_reviewed else roles.SHARE
    return roles.PREPARE


def _check_change(person: Person, before: Kept, made: Kept) -> None:
    """Refused or NotAllowed where one version may not follow another."""
    old, new = before.content, made.content
    if type(old) is not type(new) or before.session_id != made.session_id:
        raise Refused("This is another thing than the one that stands.")
    if isinstance(new, Response | Action | QualityItem) and old.question_id != new.question_id:
        raise Refused("An answer stays with its question.")
    if isinstance(new, Action) and (old.measure, old.expected, old.before) != (new.measure, new.expected, new.before):
        raise Refused("What was expected was told before the fact and stays as it is. Set another action instead.")
    if isinstance(new, Experience) and new.is_reviewed and not old.is_reviewed:
        if old.text != new.text:
            raise Refused("A review leaves the words as they are.")
        if before.who == person.name and not person.is_local:
            raise roles.NotAllowed("Somebody else than who wrote it reviews it.")
    if isinstance(new, Experience) and new.is_reviewed and old.is_reviewed and old.text != new.text:
        raise Refused("Changed words are reviewed anew.")


def _record(session_id: str, held: Iterable[Kept]) -> Record | None:
    by_kind: dict[type, list[Kept]] = {}
    numbers = [0]
    for each in held:
        by_kind.setdefault(type(each.content), []).append(each)
        if isinstance(each.content, DRAFTED):
            numbers.append(each.number)
    if Scope not in by_kind:
        return None
    questions = sorted((each for each in by_kind.get(Question, []) if not each.content.is_removed),
                       key=lambda kept: (kept.content.place, kept.number))
    frozen = next(iter(by_kind.get(Frozen, [])), None)
    parts = (tuple(by_kind.get(kind, [])) for kind in (Response, QualityItem, Action, Experience, Aside))
    return Record(session_id, by_kind[Scope][0], tuple(questions), frozen, *parts, max(numbers))


def _seen(record: Record | None, person: Person) -> Record | None:
    """The part of a session that this person may read; None of one that is not open to them."""
    if record is None or (record.frozen is None and not roles.may(person, roles.PREPARE)):
        return None
    sees_all = roles.may(person, roles.REVIEW)
    told = tuple(each for each in record.experiences if each.content.has_consent and (
        each.content.is_reviewed or sees_all or each.who == person.name))
    return replace(record, experiences=told, asides=record.asides if sees_all else tuple(
        each for each in record.asides if each.who == person.name))


def _kept(row: sa.Row, is_light: bool = False) -> Kept:
    content = row.content
    if is_light and row.kind == "frozen":
        content = json.dumps(json.loads(content) | {"parts": []})
    return Kept(row.entry_id, row.version, row.session_id, session.from_json(row.kind, content), row.written_at, row.who,
                row.role, row.number)


def _row(kept: Kept) -> dict[str, object]:
    return {"entry_id": kept.entry_id, "version": kept.version, "session_id": kept.session_id,
            "kind": session.KIND_OF[type(kept.content)], "content": session.to_json(kept.content), "written_at": kept.at,
            "who": kept.who, "role": kept.role}


def _latest(connection: sa.Connection, entry_id: str) -> Kept | None:
    row = connection.execute(sa.select(TABLE).where(TABLE.c.entry_id == entry_id)
                             .order_by(TABLE.c.version.desc()).limit(1)).first()
    return None if row is None else _kept(row)


# The database.

def _checked(address: str) -> sa.URL:
    try:
        url = sa.make_url(address)
    except SQLAlchemyError as error:
        raise StoreError("DATABASE_URL is not the address of a database, such as postgresql://user@host/name.") from error
    if url.get_backend_name() in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"Sessions are kept in SQLite or PostgreSQL, not in {url.get_backend_name()}.")
    if not url.database or url.database == ":memory:":
        raise StoreError("DATABASE_URL names no file: sessions would be lost when the dashboard stops.")
    file = Path(url.database).resolve()
    for folder, words in ((paths.ROOT, "the project's folder"), (paths.extract_folder(), "the extract's folder")):
        if file.is_relative_to(folder.resolve()):
            raise StoreError(f"Sessions must not be kept in {words}: name a file elsewhere in DATABASE_URL.")
    return url.set(database=str(file))


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_size=MOST_CONNECTIONS, max_overflow=0, pool_timeout=PATIENCE, pool_pre_ping=True,
                                hide_parameters=True)
    engine = sa.create_engine(url, poolclass=QueuePool, pool_size=MOST_CONNECTIONS, max_overflow=0, pool_timeout=PATIENCE,
                              hide_parameters=True, connect_args={"timeout": PATIENCE, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def set_up(connection, _) -> None:
        connection.isolation_level = None       # transactions are begun below, and only there
        for pragma in (f"busy_timeout = {1000 * PATIENCE}", "journal_mode = wal", "synchronous = full"):
            connection.execute(f"pragma {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection) -> None:
        is_writing = connection.get_execution_options().get("is_writing")
        connection.exec_driver_sql("begin immediate" if is_writing else "begin")

    return engine


def _migrate(engine: sa.Engine, url: sa.URL) -> None:
    """Bring the tables to the newest version, one process at a time; a new file is its owner's alone."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    if url.get_backend_name() == "sqlite":
        file = Path(url.database)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600, exist_ok=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    environment = EnvironmentContext(config, script, fn=lambda held, _: script._upgrade_revs("head", held))
    with engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        if url.get_backend_name() == "postgresql":
            connection.exec_driver_sql("select pg_advisory_xact_lock(7301950)")
        with environment:
            environment.configure(connection=connection, transactional_ddl=False)
            environment.run_migrations()


@contextmanager
def _explained() -> Iterator[None]:
    """What a database says in its own words, in plain ones; nothing of its address or of what was written."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, OSError) as error:
        raise StoreError("The store of sessions cannot be used just now. Nothing was lost: what was confirmed is kept. "
                         "Whoever runs the dashboard should look at DATABASE_URL, the disk and the database.") from error


# Backup files.

def _seal(rows: list[str]) -> dict[str, object]:
    return {"rows": len(rows), "sha256": hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest()}


@contextmanager
def _private(path: Path) -> Iterator:
    """A new file that its owner alone can read, whole or not at all; FileExistsError where there is one."""
    if path.exists():
        raise FileExistsError(17, "there is a file already", str(path))
    half = path.with_name(f".{path.name}.part")
    half.touch(mode=0o600)
    try:
        with half.open("w", encoding="utf-8") as file:
            yield file
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def _whole(path: Path) -> list[str]:
    """The rows of a backup, as text; StoreError where it is none, or not all of it is there."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if len(lines) < 2 or lines[0] != json.dumps(BACKUP):
        raise StoreError(f"{path.name} is not a backup of challenge sessions.")
    if lines[-1] != json.dumps(_seal(lines[1:-1])):
        raise StoreError(f"{path.name} is damaged: its rows are not those that were backed up. Take another copy.")
    return lines[1:-1]


@cache
def opened(address: str) -> Store:
    """One Store an address for the whole process."""
    return Store(address)
