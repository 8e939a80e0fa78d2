"""What the search finds of challenge sessions: only what its reader may open, and never what people lived through.

It is made for one reader and sent to them alone: the index that everyone fetches holds nothing of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from dashboard.challenge.roles import Person
from dashboard.challenge.session import POSITIONS, Question
from dashboard.challenge.store import Record, Store
from dashboard.figures.search import Entry
from dashboard.read import edition as editions
from dashboard.read.enquiry import rules
from dashboard.words.periods import day

MOST, LONGEST = 400, 300        # entries, the newest sessions first; characters of each text
MOST_READERS = 20
_FOUND = editions.Kept(MOST_READERS)


def entries(store: Store, person: Person, edition: editions.Edition) -> tuple[Entry, ...]:
    """Sessions, questions, answers and actions that this person may read; made anew once somebody has written."""
    areas = {code: str(row["name"]) for code, row in edition.areas.items()}
    return _FOUND.get((store, store.newest(), person, edition.extract_id), lambda: _made(store.sessions(person), areas))


def _made(records: Sequence[Record], areas: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(entry for record in records for entry in _of(record, areas))[:MOST]


def _of(record: Record, areas: Mapping[str, str]) -> Iterator[Entry]:
    """A session and all that was asked, answered and set in it. An answer to a strength is a note on practice."""
    scope = record.scope.content
    area, link = areas.get(scope.area_code, scope.area_code), f"/challenge?{urlencode({'session': record.session_id})}"
    about = f"{area} {scope.title} challenge"
    state = f"frozen {day(record.frozen.at)}" if record.frozen else "being prepared"
    yield Entry("Session", _short(scope.title), f"{area}, {state}", link, f"{about} {scope.area_code} {scope.theme} {scope.group}")
    asked: dict[str, Question] = {kept.entry_id: kept.content for kept in record.questions}
    for question in asked.values():
        yield Entry("Question", _short(question.text), f"{area}: {_short(scope.title)}", link, f"{about} {_rule(question)}")
    for answer in (kept.content for kept in record.responses):
        question = asked[answer.question_id]
        kind = "Practice note" if question.line is not None and question.line.positive else "Answer"
        yield Entry(kind, _short(answer.text), f"{area}: {_short(question.text)}", link,
                    f"{about} {POSITIONS[answer.position]} {_rule(question)}")
    for action in (kept.content for kept in record.actions):
        yield Entry("Action", _short(action.text), f"{area}, {_short(action.owner_role)}, by {day(action.due)}", link,
                    f"{about} {action.before.label} {_rule(asked[action.question_id])}")


def _rule(question: Question) -> str:
    """The rule behind a question, in words: practice is looked up by line of enquiry."""
    rule = rules().get(question.line.rule) if question.line is not None else None
    return f"{rule.title} {question.line.seen}" if rule else ""


def _short(text: str) -> str:
    """Text on one line, cut where it is long: as it was typed."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST - 1]}…"
