"""The store keeps every word of everybody, in SQLite and in PostgreSQL alike."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError

from dashboard import cli, paths
from dashboard.challenge import store as stores
from dashboard.challenge.roles import AT_THIS_MACHINE, NOBODY, NotAllowed
from dashboard.challenge.session import (
    CONTEXT,
    DISPUTE,
    SETTLED,
    Action,
    Aside,
    Experience,
    Measure,
    QualityItem,
    Question,
    Reading,
    Refused,
    Response,
    Scope,
)
from dashboard.challenge.store import Changed, NotFound, Store, StoreError
from tests.challenge.conftest import GLASGOW, frozen_of, scope

WRITERS = 100


def test_a_session_is_read_as_it_was_written(store, address, people, start):
    record = start(store, ("First?", "Second?"))
    assert record.scope.content == scope() and record.scope.who == people.member.name
    assert [each.content.text for each in record.questions] == ["First?", "Second?"]
    again = Store(address)
    assert again.session(people.member, record.session_id) == record
    again.close()


def test_reading_an_empty_store_makes_no_file(tmp_path, people):
    empty = Store(f"sqlite:///{tmp_path / 'nothing' / 'sessions.db'}")
    assert empty.sessions(people.member) == ()
    with pytest.raises(NotFound):
        empty.session(people.member, "none")
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("text", ["", "none", "' or 1=1 --", "../../etc/passwd", "<img src=x>", "\x00", "\ud800", "S12000047" * 20_000, "%", "_" * 33])
def test_no_text_of_a_link_finds_a_session_that_it_does_not_name(store, people, start, text):
    start(store)
    with pytest.raises(NotFound):
        store.session(people.administrator, text)


def test_every_change_stays_with_who_when_and_what_was_before(store, people, start):
    record = start(store)
    first = record.questions[0]
    store.write(people.second, record.session_id, replace(first.content, text="Why do jobs end early?"), first.entry_id, 1)
    held = [each for each in store.history(people.member, record.session_id) if each.entry_id == first.entry_id]
    assert [(each.version, each.content.text, each.who) for each in held] == [
        (1, "Why do jobs end?", people.member.name), (2, "Why do jobs end early?", people.second.name)]
    assert held[0].at <= held[1].at and held[0].at.endswith("+00:00")


@pytest.mark.parametrize("change", ["update entry set content = ''", "delete from entry"])
def test_the_database_itself_refuses_to_change_what_was_written(store, start, people, change):
    record = start(store)
    with pytest.raises(DBAPIError, match="never changed"), store._engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(change)
    assert store.session(people.administrator, record.session_id) == record


def test_the_second_writer_of_a_line_is_told_and_shown_both_and_nothing_is_lost(store, people, start):
    record = start(store)
    line = record.questions[0]
    store.write(people.member, record.session_id, replace(line.content, text="The first text?"), line.entry_id, 1)
    with pytest.raises(Changed) as told:
        store.write(people.second, record.session_id, replace(line.content, text="The second text?"), line.entry_id, 1)
    assert told.value.theirs.content.text == "The first text?" and told.value.mine.text == "The second text?"
    after = store.session(people.second, record.session_id)
    assert [each.content.text for each in after.questions] == ["The first text?"]
    assert [("The second text?" in each.content.content, each.who) for each in after.asides] == [(True, people.second.name)]
    store.write(people.second, record.session_id, told.value.mine, line.entry_id, told.value.theirs.version)
    assert store.session(people.member, record.session_id).questions[0].content.text == "The second text?"


def test_a_repeated_request_changes_nothing(store, people, start):
    record = start(store)
    line = record.questions[0]
    new = replace(line.content, text="Once?")
    store.write(people.member, record.session_id, new, line.entry_id, 1)
    store.write(people.member, record.session_id, new, line.entry_id, 1)
    after = store.session(people.member, record.session_id)
    assert after.questions[0].version == 2 and after.asides == ()


def test_a_hundred_writers_at_once_lose_nothing(store, people, start):
    """Each adds a question of their own and changes the one they all see: one is next, every other text is kept beside it."""
    record = start(store)
    line, ready = record.questions[0], threading.Barrier(WRITERS)

    def write(number):
        ready.wait()
        store.write(people.member, record.session_id, Question(f"Own {number}?", number + 2))
        try:
            store.write(people.member, record.session_id, replace(line.content, text=f"Shared {number}?"), line.entry_id, 1)
        except Changed as told:
            return told.mine.text
        return ""

    with ThreadPoolExecutor(WRITERS) as pool:
        second = list(pool.map(write, range(WRITERS)))
    after = store.session(people.administrator, record.session_id)
    assert {each.content.text for each in after.questions[1:]} == {f"Own {number}?" for number in range(WRITERS)}
    assert second.count("") == 1 and len(after.asides) == WRITERS - 1
    kept = {after.questions[0].content.text, *(text for text in second if text)}
    assert kept == {f"Shared {number}?" for number in range(WRITERS)}
    assert all(any(text in each.content.content for each in after.asides) for text in second if text)


WRITER = """
import sys
from dashboard.challenge.roles import Person, MEMBER
from dashboard.challenge.session import Question
from dashboard.challenge.store import Store
store, person = Store(sys.argv[1]), Person("killed@example.org", MEMBER)
for place in range(2, 100_000):
    store.write(person, sys.argv[2], Question(f"Number {place}?", place))
    print(place, flush=True)
"""


def test_a_server_killed_while_it_writes_loses_nothing_that_was_confirmed(store, address, people, start):
    record = start(store)
    child = subprocess.Popen([sys.executable, "-c", WRITER, address, record.session_id], cwd=paths.ROOT, stdout=subprocess.PIPE,
                             text=True, env=os.environ | {"PYTHONPATH": str(paths.ROOT)})
    confirmed = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    confirmed += [int(line) for line in child.stdout.read().split()]
    child.wait()
    child.stdout.close()
    after = store.session(people.member, record.session_id)
    places = [each.content.place for each in after.questions]
    assert set(confirmed) <= set(places) and len(places) - 1 - len(confirmed) in (0, 1)
    store.write(people.member, record.session_id, Question("And on?", 1))


def test_a_frozen_session_stays_as_it_is(store, people, start):
    record = start(store, is_frozen=True)
    for content, entry in ((Question("One more?", 2), ""), (replace(record.questions[0].content, text="Other?"), record.questions[0].entry_id),
                           (replace(record.scope.content, title="Other"), record.scope.entry_id)):
        with pytest.raises(Refused, match="frozen"):
            store.write(people.member, record.session_id, content, entry, 1 if entry else 0)
    with pytest.raises(Refused, match="frozen"):
        store.freeze(people.member, record.session_id, record.frozen.content, record.newest)


def test_what_changed_while_a_session_was_frozen_is_never_left_out(store, people, start):
    record = start(store)
    store.write(people.second, record.session_id, Question("Just in time?", 2))
    with pytest.raises(Refused, match="changed while you froze"):
        store.freeze(people.member, record.session_id, frozen_of(record), record.newest)
    assert store.session(people.member, record.session_id).frozen is None


def answer(record, position=CONTEXT, text="We lost a provider."):
    return Response(record.questions[0].entry_id, position, text)


def action(record, expected=5.0):
    measure = Measure("in_work_at_26_weeks", GLASGOW)
    before = Reading("In work at 26 weeks", "10% (8% to 12%)", "2023-24", "fixture00001", {"value": 10.0})
    return Action(record.questions[0].entry_id, "Call everyone at 20 weeks", "Service manager", "2027-03-31", measure, expected, before)


def test_a_dispute_opens_an_item_of_data_quality_once_and_somebody_else_settles_it(store, people, start):
    record = start(store, is_frozen=True)
    held = store.write(people.glasgow, record.session_id, answer(record))
    assert store.session(people.viewer, record.session_id).quality == ()
    disputed = answer(record, DISPUTE, "Half of the follow-ups are missing.")
    store.write(people.glasgow, record.session_id, disputed, held.entry_id, 1)
    store.write(people.glasgow, record.session_id, replace(disputed, text="Two in three are missing."), held.entry_id, 2)
    item, = store.session(people.viewer, record.session_id).quality
    assert item.content == QualityItem(record.questions[0].entry_id, "Half of the follow-ups are missing.")
    settled = replace(item.content, state=SETTLED, settled="The return was sent again.")
    with pytest.raises(NotAllowed):
        store.write(people.glasgow, record.session_id, settled, item.entry_id, 1)
    assert store.write(people.member, record.session_id, settled, item.entry_id, 1).version == 2


def test_what_an_action_expects_cannot_be_changed_afterwards(store, people, start):
    record = start(store, is_frozen=True)
    held = store.write(people.glasgow, record.session_id, action(record))
    assert held.content == action(record)
    with pytest.raises(Refused, match="before the fact"):
        store.write(people.member, record.session_id, action(record, expected=1.0), held.entry_id, 1)
    moved = replace(action(record), due="2027-06-30")
    assert store.write(people.member, record.session_id, moved, held.entry_id, 1).content.due == "2027-06-30"


def test_answers_and_actions_come_after_freezing_and_belong_to_a_question(store, people, start):
    record = start(store)
    with pytest.raises(Refused, match="once the session is frozen"):
        store.write(people.administrator, record.session_id, answer(record))
    record = start(store, is_frozen=True)
    with pytest.raises(Refused, match="no such question"):
        store.write(people.glasgow, record.session_id, replace(answer(record), question_id="other"))


def test_lived_experience_is_shown_with_consent_and_once_somebody_else_has_read_it(store, people, start):
    record = start(store, is_frozen=True)
    with pytest.raises(Refused, match="agreed"):
        store.write(people.glasgow, record.session_id, Experience("They listened.", False))
    held = store.write(people.second, record.session_id, Experience("They listened.", True))

    def seen(person):
        return [each.content.text for each in store.session(person, record.session_id).experiences]

    assert seen(people.viewer) == [] and seen(people.member) == ["They listened."]
    for person in (people.second, people.glasgow, people.viewer):
        with pytest.raises(NotAllowed):
            store.write(person, record.session_id, Experience("They listened.", True, True), held.entry_id, 1)
    with pytest.raises(Refused, match="as they are"):
        store.write(people.member, record.session_id, Experience("They really listened.", True, True), held.entry_id, 1)
    store.write(people.member, record.session_id, Experience("They listened.", True, True), held.entry_id, 1)
    assert seen(people.viewer) == ["They listened."]
    store.write(people.second, record.session_id, Experience("They listened.", False), held.entry_id, 2)
    assert seen(people.viewer) == seen(people.administrator) == []
    assert not any(isinstance(each.content, Experience) for each in store.history(people.administrator, record.session_id))


def may_not(store, person, record):
    """Everything that can be asked of the store, as one person: the names of what was not refused."""
    line, done = record.questions[0], []
    asked = {
        "start": lambda: store.start(person, scope()),
        "read": lambda: store.session(person, record.session_id),
        "history": lambda: store.history(person, record.session_id),
        "change": lambda: store.write(person, record.session_id, replace(line.content, text="Mine?"), line.entry_id, 1),
        "add": lambda: store.write(person, record.session_id, Question("Mine?", 9)),
        "freeze": lambda: store.freeze(person, record.session_id, frozen_of(record), record.newest),
        "answer": lambda: store.write(person, record.session_id, answer(record)),
        "act": lambda: store.write(person, record.session_id, action(record)),
        "share": lambda: store.write(person, record.session_id, Experience("Mine.", True)),
        "aside": lambda: store.write(person, record.session_id, Aside(line.entry_id, "question", "{}")),
        "dispute": lambda: store.write(person, record.session_id, QualityItem(line.entry_id, "Mine.")),
    }
    for name, ask in asked.items():
        try:
            ask()
            done.append(name)
        except (NotAllowed, NotFound, Refused):
            pass
    return done


@pytest.mark.parametrize(("who", "in_draft", "when_frozen"), [
    ("nobody", [], []),
    ("viewer", [], ["read", "history"]),
    ("orkney", [], ["read", "history"]),
    ("glasgow", [], ["read", "history", "answer", "act", "share"]),
    ("member", ["start", "read", "history", "change", "add", "share"], ["start", "read", "history", "act", "share"]),
    ("administrator", ["start", "read", "history", "change", "add", "share"],
     ["start", "read", "history", "answer", "act", "share"]),
])
def test_who_lacks_the_role_gets_nothing_whatever_is_asked(file_store, people, start, who, in_draft, when_frozen):
    person = NOBODY if who == "nobody" else getattr(people, who)
    draft, frozen = start(file_store), start(file_store, is_frozen=True)
    written = file_store.history(people.administrator, draft.session_id)
    assert may_not(file_store, person, draft) == in_draft
    assert may_not(file_store, person, frozen) == when_frozen
    seen = {record.session_id for record in file_store.sessions(person)}
    assert (draft.session_id in seen, frozen.session_id in seen) == ("read" in in_draft, "read" in when_frozen)
    if not in_draft:
        assert file_store.history(people.administrator, draft.session_id) == written


def test_without_sign_in_whoever_sits_at_the_machine_may_do_everything(file_store, start):
    record = start(file_store, is_frozen=True)
    held = file_store.write(AT_THIS_MACHINE, record.session_id, Experience("They listened.", True))
    file_store.write(AT_THIS_MACHINE, record.session_id, Experience("They listened.", True, True), held.entry_id, 1)
    assert may_not(file_store, AT_THIS_MACHINE, record) == ["start", "read", "history", "answer", "act", "share"]


@pytest.mark.parametrize("content", [
    Scope(" ", GLASGOW, "work"), Question("", 1), Question("x" * 4001, 1), Response("q", "perhaps", "Yes."),
    Response("q", CONTEXT, " "), Experience(" ", True)])
def test_what_cannot_be_kept_is_refused_in_words(file_store, people, start, content):
    record = start(file_store)
    with pytest.raises(Refused):
        file_store.write(people.administrator, record.session_id, content)


def test_a_backup_restores_everything_into_either_store_and_never_overwrites(store, people, start, tmp_path, file_store):
    record = start(store, ("Odd\u2028one?", "=1+1", "<b>two</b>"), is_frozen=True)
    count = store.backup(tmp_path / "sessions.backup")
    assert (tmp_path / "sessions.backup").stat().st_mode & 0o077 == 0
    assert file_store.restore(tmp_path / "sessions.backup") == count > 3
    assert file_store.restore(tmp_path / "sessions.backup") == 0
    again = file_store.session(people.administrator, record.session_id)
    assert replace(again, newest=0).scope.content == record.scope.content
    assert [each.content for each in again.questions] == [each.content for each in record.questions]
    with pytest.raises(FileExistsError):
        store.backup(tmp_path / "sessions.backup")
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    with other._writing() as connection:
        connection.execute(stores.TABLE.insert(), [stores._row(replace(record.scope, content=scope("Another title")))])
    with pytest.raises(StoreError, match="another version"):
        other.restore(tmp_path / "sessions.backup")
    other.close()


def test_words_whose_consent_was_withdrawn_are_erased_by_way_of_a_copy(file_store, people, start, tmp_path):
    record = start(file_store, is_frozen=True)
    kept, gone = (file_store.write(people.second, record.session_id, Experience(text, True)) for text in ("They stay.", "They go."))
    file_store.write(people.second, record.session_id, Experience("They go.", False), gone.entry_id, 1)
    file_store.backup(tmp_path / "copy", without_withdrawn=True)
    assert "They go." not in (tmp_path / "copy").read_text(encoding="utf-8")
    fresh = Store(f"sqlite:///{tmp_path / 'fresh.db'}")
    fresh.restore(tmp_path / "copy")
    assert [each.content for each in fresh.session(people.member, record.session_id).experiences] == [kept.content]
    fresh.close()


@pytest.mark.parametrize("damage", [lambda text: text[:-40], lambda text: text.replace("Why", "How"), lambda text: "nothing"])
def test_a_damaged_backup_is_refused_whole(file_store, start, tmp_path, damage):
    start(file_store)
    file_store.backup(tmp_path / "whole")
    (tmp_path / "damaged").write_text(damage((tmp_path / "whole").read_text(encoding="utf-8")), encoding="utf-8")
    empty = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(StoreError, match=r"damaged|not a backup"):
        empty.restore(tmp_path / "damaged")
    assert empty._raw() == []
    empty.close()


def test_a_full_disk_is_said_plainly_and_what_was_confirmed_stays(file_store, people, start):
    record = start(file_store)
    with file_store._engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar()
        connection.exec_driver_sql(f"pragma max_page_count = {pages + 2}").close()     # of this connection, which is used again
    kept = 0
    with pytest.raises(StoreError, match="cannot be used just now"):
        for place in range(2, 100):
            file_store.write(people.member, record.session_id, Question("Long? " * 600, place))
            kept += 1
    assert len(file_store.session(people.member, record.session_id).questions) == 1 + kept


@pytest.mark.parametrize(("address", "words"), [
    (f"sqlite:///{paths.ROOT / 'sessions.db'}", "project's folder"), (f"sqlite:///{paths.DATA / 'extract' / 's.db'}", "folder"),
    ("sqlite://", "names no file"), ("mysql://host/name", "not in mysql"), ("nothing", "not the address")])
def test_an_address_that_would_lose_sessions_is_refused(address, words):
    with pytest.raises(StoreError, match=words):
        Store(address)


def test_a_store_in_the_extract_folder_is_refused_wherever_that_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(tmp_path))
    with pytest.raises(StoreError, match="extract's folder"):
        Store(f"sqlite:///{tmp_path / 'sessions.db'}")


def test_a_store_that_cannot_be_reached_is_said_plainly_without_its_address(tmp_path, people):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    broken = Store(f"sqlite:///{tmp_path / 'file' / 'sessions.db'}")
    with pytest.raises(StoreError, match="cannot be used") as told:
        broken.start(people.member, scope())
    assert str(tmp_path) not in str(told.value)
    (tmp_path / "text.db").write_text("this is no database, only words\n" * 99, encoding="utf-8")
    damaged = Store(f"sqlite:///{tmp_path / 'text.db'}")
    with pytest.raises(StoreError, match="cannot be used"):
        damaged.sessions(people.member)
    damaged.close()


def test_a_store_is_brought_up_to_date_by_whoever_opens_it_first(address):
    """Eight open an empty store at once: it is made once."""
    opened = [Store(address) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: each._prepare(), opened))
    with opened[0]._engine.connect() as connection:
        assert connection.execute(sa.text("select version_num from alembic_version")).scalars().all() == ["0001"]
    for each in opened:
        each.close()


def test_one_command_backs_up_and_one_restores(tmp_path, monkeypatch, people, start):
    def run(*given):
        return CliRunner().invoke(cli.main, ["sessions", *map(str, given)])

    first = Store(f"sqlite:///{tmp_path / 'first.db'}")
    record = start(first)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'first.db'}")
    assert run("backup", tmp_path / "copy").exit_code == 0
    assert run("backup", tmp_path / "copy").exit_code == 2
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    assert "Restored 2 entries" in run("restore", tmp_path / "copy").stdout
    second = Store(f"sqlite:///{tmp_path / 'second.db'}")
    assert second.session(people.member, record.session_id).questions[0].content == record.questions[0].content
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    result = run("restore", tmp_path / "copy")
    assert result.exit_code == 2 and "SQLite or PostgreSQL" in result.stderr
    for store in (first, second):
        store.close()
