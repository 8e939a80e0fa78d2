"""What a challenge session is made of: plain values, each kept with every change made to it.

Scope        title, area, theme, group of people and comparators: what the session is about
Question     one line: raised by a rule or the group's own, in its place
Frozen       the evidence as it stood: questions, figures as values and what became of the last session's actions
Response     what the partnership answers to a question; a dispute of the data opens a QualityItem
Action       who does what by when, the measure, and the change expected, written down before the fact
Experience    what somebody lived through, in words they agreed to, apart from the numbers
Aside        words that came second: two people changed one thing, and neither text is lost
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from dashboard.challenge.lines import Line

LONGEST = 4000           # characters of one text
AGREE, DISPUTE, CONTEXT = "agree", "dispute", "context"
POSITIONS = {AGREE: "We agree with the data", DISPUTE: "We dispute the data", CONTEXT: "We add context"}
OPEN, SETTLED = "open", "settled"


class Refused(ValueError):
    """What was written cannot be kept as it is; the message says what is missing or too long."""


@dataclass(frozen=True)
class Scope:
    """What the session is about. `group` is a characteristic, such as 'disabled'; '' is everyone.

    `comparators` are codes of further areas: the choice is recorded, beside Scotland, areas alike and the area's own past.
    """

    title: str
    area_code: str
    theme: str
    group: str = ""
    comparators: tuple[str, ...] = ()

    def check(self) -> None:
        """Refused where there is no title, or it is too long."""
        _need(self.title, "a title", 160)


@dataclass(frozen=True)
class Question:
    """An open question. `line` is the rule's, None of the group's own; `place` its order, from 1."""

    text: str
    place: int
    line: Line | None = None
    is_removed: bool = False

    def check(self) -> None:
        """Refused where it asks nothing, or is too long."""
        _need(self.text, "a question")


@dataclass(frozen=True)
class Outcome:
    """What became of an earlier action, in sentences, as the evidence was frozen."""

    action: str
    owner_role: str
    due: str
    sentences: tuple[str, ...]
    is_made_up: bool = False


@dataclass(frozen=True)
class Part:
    """One part of the evidence: its question, sentences, and JSON of each figure (`Figure.to_json`).

    `of` is the entry of the question that these figures are behind; '' of evidence on the session as a whole.
    """

    question: str
    said: tuple[str, ...]
    figures: tuple[str, ...]
    of: str = ""


@dataclass(frozen=True)
class Frozen:
    """The evidence as it stood: it reads the same when its extract is gone.

    `questions` are (entry, question) in order, `missing` (part, why) of what is not held, `before` what became of the
    actions of the session before, `answers_due` the day that the partnership was told (ISO; '' where none was).
    """

    extract_id: str
    edition: str
    cut_off: str
    made_at: str
    is_synthetic: bool
    area_name: str
    theme: str
    scope: Scope
    compared_with: tuple[str, ...]
    questions: tuple[tuple[str, Question], ...]
    parts: tuple[Part, ...]
    missing: tuple[tuple[str, str], ...] = ()
    before: tuple[Outcome, ...] = ()
    answers_due: str = ""

    def check(self) -> None:
        """Refused where nothing was asked."""
        if not self.questions:
            raise Refused("Add at least one question before you freeze the session.")


@dataclass(frozen=True)
class Response:
    """An answer: one of POSITIONS, in words, and where evidence can be seen."""

    question_id: str
    position: str
    text: str
    link: str = ""

    def check(self) -> None:
        """Refused where it takes no position or says nothing."""
        if self.position not in POSITIONS:
            raise Refused("Say whether you agree with the data, dispute it or add context.")
        _need(self.text, "an answer")
        _short(self.link, "the link", 500)


@dataclass(frozen=True)
class QualityItem:
    """A dispute of the data, to be looked into: open until somebody says how it was settled."""

    question_id: str
    text: str
    state: str = OPEN
    settled: str = ""

    def check(self) -> None:
        """Refused where it is settled without a word."""
        _need(self.text, "what is disputed")
        if self.state != OPEN:
            _need(self.settled, "how it was settled")


@dataclass(frozen=True)
class Measure:
    """A figure that an action is measured by: an indicator in an area, of one group of people ('' and '': everyone)."""

    indicator_id: str
    area_code: str
    by: str = ""
    category: str = ""


@dataclass(frozen=True)
class Reading:
    """The measure as it stood: its row as data, in words, and the extract it was read in."""

    label: str
    text: str
    period_label: str
    extract_id: str
    row: Mapping[str, object]
    is_made_up: bool = False


@dataclass(frozen=True)
class Action:
    """Who does what by when; `expected` is the change of the measure in its own unit, told before the fact."""

    question_id: str
    text: str
    owner_role: str
    due: str
    measure: Measure
    expected: float
    before: Reading

    def check(self) -> None:
        """Refused where anything is missing that the next session must be able to check."""
        _need(self.text, "what will be done")
        _need(self.owner_role, "the role of who does it", 160)
        try:
            date.fromisoformat(self.due)
        except ValueError as error:
            raise Refused("Give the day by which it is done.") from error
        if not self.expected:
            raise Refused("Give the change that is expected. It may go up or down, but not be nought.")


@dataclass(frozen=True)
class Experience:
    """What somebody lived through; shown to others only with their consent and once somebody else has read it."""

    text: str
    has_consent: bool
    is_reviewed: bool = False

    def check(self) -> None:
        """Refused where there is nothing; the store asks for consent."""
        _need(self.text, "what was said")


@dataclass(frozen=True)
class Aside:
    """What somebody wrote over a text that had changed meanwhile: kept, and shown beside what stands."""

    entry_id: str
    kind: str
    content: str

    def check(self) -> None:
        """Always kept."""


Content = Scope | Question | Frozen | Response | QualityItem | Action | Experience | Aside
KINDS = {"scope": Scope, "question": Question, "frozen": Frozen, "response": Response, "quality": QualityItem,
         "action": Action, "experience": Experience, "aside": Aside}
KIND_OF = {kind: name for name, kind in KINDS.items()}


def _need(text: str, what: str, longest: int = LONGEST) -> None:
    if not text.strip():
        raise Refused(f"Write {what}.")
    _short(text, what, longest)


def _short(text: str, what: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused(f"Shorten {what}: it has {len(text):,} characters, and {longest:,} are kept.")


def to_json(content: Content) -> str:
    """Everything, as JSON text that `from_json` reads back to an equal value."""
    return json.dumps(asdict(content), ensure_ascii=False, allow_nan=False)


def from_json(kind: str, text: str) -> Content:
    """The value of this kind that `to_json` wrote; raises KeyError for a kind or TypeError for parts that are none."""
    return _read(KINDS[kind], json.loads(text))


def _read(kind: object, held: object) -> object:
    """`held`, plain JSON, as a value of the type that a field declares."""
    if isinstance(kind, UnionType):
        kind = NoneType if held is None else next(each for each in get_args(kind) if each is not NoneType)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], value) for name, value in held.items()})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = inner[:1] * len(held) if inner[-1] is ... else inner
        return tuple(_read(each, value) for each, value in zip(kinds, held, strict=True))
    return held
