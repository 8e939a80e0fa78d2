"""When a partnership's answers are due, and whether they came: told when a session is frozen, and never moved afterwards.

Ten working days are how long both sides have the evidence before a session meets. No Saturday, Sunday or bank holiday of
Scotland counts; a council's own holidays are not held, and do count.
"""

from datetime import date, datetime

from dashboard.challenge.store import Record
from dashboard.methods import working_days
from dashboard.read import clock
from dashboard.read.bank_holidays import bank_holidays
from dashboard.words.marks import in_scotland
from dashboard.words.periods import day
from dashboard.words.phrases import plural

WORKING_DAYS = 10


def today() -> date:
    """The day it is in Scotland."""
    return in_scotland(clock.CLOCK.now()).date()


def answers_due(frozen_on: date) -> date:
    """The day by which answers are due to what was frozen on this one."""
    return working_days.after(frozen_on, WORKING_DAYS, bank_holidays())


def unanswered(record: Record) -> int:
    """How many questions of a frozen session have no answer; 0 of one that is not frozen."""
    answered = {each.content.question_id for each in record.responses}
    return sum(question_id not in answered for question_id, _ in record.frozen.content.questions) if record.frozen else 0


def is_overdue(record: Record, today: date) -> bool:
    """True where a day was told, it has passed, and a question is still without an answer."""
    return bool(unanswered(record)) and bool(told := record.frozen.content.answers_due) and today > date.fromisoformat(told)


def is_late(record: Record, answered_at: str) -> bool:
    """True where an answer first came (ISO, UTC) after the day that was told."""
    told = record.frozen.content.answers_due
    return bool(told) and in_scotland(datetime.fromisoformat(answered_at)).date() > date.fromisoformat(told)


def standing(record: Record, today: date) -> tuple[str, ...]:
    """How the answers stand, in sentences; none of a session that is not frozen, or was told no day."""
    if record.frozen is None or not record.frozen.content.answers_due:
        return ()
    told, waiting = record.frozen.content.answers_due, unanswered(record)
    due, holidays = date.fromisoformat(told), bank_holidays()
    rule = f"Answers are due by {day(told)}: {WORKING_DAYS} working days after the evidence was frozen."
    if not waiting:
        late = sum(is_late(record, each.began) for each in record.responses)
        return (rule, "Every question has an answer.", f"{plural(late, 'answer')} came after that day." if late else "All came in time.")
    without = f"{plural(waiting, 'question')} {'has' if waiting == 1 else 'have'} no answer"
    if today > due:
        since = working_days.between(due, today, holidays)
        return (rule, f"Overdue: {without}.", f"That day was {plural(since, 'working day')} ago." if since else "That day has passed.")
    left = working_days.between(today, due, holidays)
    beyond = () if due.year <= max(holidays).year else (f"No bank holiday of {due.year} is held here yet.",)
    return (rule, f"{without} yet.", f"{plural(left, 'working day')} {'is' if left == 1 else 'are'} left." if left else "That day is today.", *beyond)
