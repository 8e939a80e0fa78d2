"""The search finds of challenge sessions what its reader may open, and nothing else."""

from dataclasses import replace

import pytest

from dashboard import paths
from dashboard.challenge.finding import LONGEST, entries
from dashboard.challenge.lines import lines
from dashboard.challenge.roles import NOBODY, VIEWER, Person
from dashboard.challenge.session import AGREE, Action, Aside, Experience, Measure, Question, Reading, Response, to_json
from dashboard.figure import Choice
from dashboard.packs.search import packed_index
from dashboard.read.edition import current
from tests.challenge.conftest import GLASGOW, frozen_of


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


def strength_of(edition):
    """The first line of enquiry that is a strength, of any area."""
    return next(line for code in edition.areas for line in lines(edition, Choice(code)) if line.positive)


@pytest.fixture
def filled(file_store, people, start, edition):
    """A frozen session with a strength that is answered, an action and lived experience; and a draft. (frozen, draft) ids."""
    strength = strength_of(edition)
    record = start(file_store, ("Why do jobs end?",))
    file_store.write(people.member, record.session_id, Question("What could others learn?", 2, strength))
    record = file_store.session(people.member, record.session_id)
    file_store.freeze(people.member, record.session_id, frozen_of(record), record.newest)
    first, second = (each.entry_id for each in record.questions)
    file_store.write(people.glasgow, record.session_id, Response(second, AGREE, "A mentor calls every Friday."))
    file_store.write(people.glasgow, record.session_id, Action(
        first, "Call at 20 weeks", "Service manager", "2027-03-31", Measure("in_work_at_26_weeks", GLASGOW), 5.0,
        Reading("In work at 26 weeks", "10%", "2023-24", "e", {"value": 10.0})))
    file_store.write(people.member, record.session_id, Experience("They listened to me.", True))
    draft = start(file_store, ("A draft question?",))
    return record.session_id, draft.session_id


def found(store, person, edition):
    return [(entry.kind, entry.title) for entry in entries(store, person, edition)]


def test_sessions_questions_answers_and_actions_are_found_with_their_link(file_store, people, filled, edition):
    held = entries(file_store, people.viewer, edition)
    assert [(each.kind, each.title) for each in held] == [
        ("Session", "Do jobs last?"), ("Question", "Why do jobs end?"), ("Question", "What could others learn?"),
        ("Practice note", "A mentor calls every Friday."), ("Action", "Call at 20 weeks")]
    assert {each.address for each in held} == {f"/challenge?session={filled[0]}"}
    assert all("Glasgow City" in each.words for each in held)


def test_a_note_on_practice_is_found_by_the_line_of_enquiry_behind_it(file_store, people, filled, edition):
    note = next(each for each in entries(file_store, people.viewer, edition) if each.kind == "Practice note")
    strength = strength_of(edition)
    assert strength.seen in note.words


def test_nobody_finds_what_they_may_not_open(file_store, people, filled, edition):
    drafted = ("Question", "A draft question?")
    assert found(file_store, NOBODY, edition) == [] and drafted not in found(file_store, people.glasgow, edition)
    assert drafted in found(file_store, people.member, edition)
    for person in (people.viewer, people.member, people.administrator):
        assert not any("listened" in f"{each.title} {each.note} {each.words}" for each in entries(file_store, person, edition))


def test_a_role_taken_away_and_a_text_that_came_second_are_found_no_more(file_store, people, filled, edition):
    someone = people.member
    assert found(file_store, someone, edition) and found(file_store, replace(someone, role=VIEWER), edition)
    assert found(file_store, Person(someone.name, ""), edition) == []
    aside = Aside("entry", "question", to_json(Question("Second words?", 1)))
    file_store._write(people.second, aside, filled[1], "aside", 0)
    assert not any("Second words" in title for _, title in found(file_store, people.member, edition))


def test_what_is_written_is_found_at_the_next_asking(file_store, people, filled, edition):
    before = entries(file_store, people.member, edition)
    assert entries(file_store, people.member, edition) is before
    file_store.write(people.member, filled[1], Question(f"New {'x' * 400}?", 2))
    new = next(each for each in entries(file_store, people.member, edition) if each.title.startswith("New x"))
    assert len(new.title) == LONGEST and new.title.endswith("…")


def test_the_index_that_everyone_fetches_holds_none_of_it(file_store, filled, edition):
    assert b"mentor calls" not in packed_index(edition).body and b"/challenge?session" not in packed_index(edition).body
