"""Answers are due ten working days after the evidence was frozen; what is overdue is said plainly."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.challenge import due
from dashboard.challenge.session import CONTEXT, Response
from tests.challenge.conftest import frozen_of

FROZEN_ON, DUE = date(2026, 11, 20), date(2026, 12, 7)      # St Andrew's Day lies between


@pytest.fixture
def frozen(file_store, people, start):
    """A session on Glasgow City with two questions, frozen and told its day."""
    record = start(file_store, ("Why?", "For whom?"))
    file_store.freeze(people.member, record.session_id, replace(frozen_of(record), answers_due=DUE.isoformat()), record.newest)
    return file_store.session(people.administrator, record.session_id)


def answered(record, count, at):
    """The same session with this many questions answered, at this time."""
    questions = record.questions[:count]
    made = (replace(each, content=Response(each.entry_id, CONTEXT, "We know."), at="2027-01-01T00:00:00+00:00", began=at) for each in questions)
    return replace(record, responses=tuple(made))


def test_ten_working_days_without_weekends_and_bank_holidays():
    assert due.answers_due(FROZEN_ON) == DUE


@pytest.mark.parametrize(("today", "count", "said"), [
    (date(2026, 11, 23), 0, ("2 questions have no answer yet.", "9 working days are left.")),
    (date(2026, 12, 4), 1, ("1 question has no answer yet.", "1 working day is left.")),
    (DUE, 1, ("1 question has no answer yet.", "That day is today.")),
    (date(2026, 12, 12), 2, ("Every question has an answer.", "All came in time."))])
def test_how_the_answers_stand_is_said(frozen, today, count, said):
    record = answered(frozen, count, "2026-12-07T22:00:00+00:00")
    assert due.standing(record, today) == (
        "Answers are due by 7 December 2026: 10 working days after the evidence was frozen.", *said)
    assert not due.is_overdue(record, today)


def test_overdue_is_said_plainly_for_as_long_as_a_question_waits(frozen):
    later = date(2026, 12, 9)
    record = answered(frozen, 1, "2026-11-25T09:00:00+00:00")
    assert due.is_overdue(record, later) and not due.is_overdue(record, DUE)
    assert due.standing(record, later)[1:] == ("Overdue: 1 question has no answer.", "That day was 2 working days ago.")
    assert due.standing(record, date(2027, 2, 1))[1] == "Overdue: 1 question has no answer."


def test_an_answer_that_came_late_stays_told_and_a_later_change_makes_none_late(frozen):
    record = answered(frozen, 2, "2026-12-08T09:00:00+00:00")
    assert due.standing(record, date(2026, 12, 9))[1:] == ("Every question has an answer.", "2 answers came after that day.")
    assert due.is_late(record, "2026-12-08T00:30:00+00:00") and not due.is_late(record, "2026-12-07T23:30:00+00:00")


def test_the_day_is_the_one_in_scotland(frozen):
    summer = replace(frozen, frozen=replace(frozen.frozen, content=replace(frozen.frozen.content, answers_due="2027-07-01")))
    assert not due.is_late(summer, "2027-07-01T22:30:00+00:00") and due.is_late(summer, "2027-07-01T23:30:00+00:00")


def test_a_session_that_was_told_no_day_is_never_overdue(frozen, start, file_store):
    untold = replace(frozen, frozen=replace(frozen.frozen, content=replace(frozen.frozen.content, answers_due="")))
    for record in (untold, start(file_store)):
        assert due.standing(record, date(2030, 1, 1)) == () and not due.is_overdue(record, date(2030, 1, 1))


def test_the_store_tells_when_a_thing_was_first_written(file_store, people, frozen):
    question = frozen.questions[0].entry_id
    first = file_store.write(people.glasgow, frozen.session_id, Response(question, CONTEXT, "We know."))
    file_store.write(people.glasgow, frozen.session_id, Response(question, CONTEXT, "We know more."), first.entry_id, 1)
    held, = file_store.session(people.viewer, frozen.session_id).responses
    assert held.began == first.at <= held.at and held.version == 2


def test_where_no_bank_holiday_of_the_year_is_held_that_is_said(frozen):
    beyond = replace(frozen, frozen=replace(frozen.frozen, content=replace(frozen.frozen.content, answers_due="2099-01-09")))
    assert due.standing(beyond, date(2099, 1, 1))[-1] == "No bank holiday of 2099 is held here yet."
