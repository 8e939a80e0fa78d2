"""The evidence pack of a challenge session: its questions and the evidence frozen with it, the same for both sides.

Everything in it comes from the frozen session: no edition is asked, so the same session gives the same bytes next year.
"""

from collections.abc import Iterator
from datetime import datetime

from dashboard.challenge.session import Frozen, Part, Question
from dashboard.figure import Address, Choice, Figure, Said, table
from dashboard.packs.board import WRITERS
from dashboard.packs.pack import Pack
from dashboard.packs.pack import Part as PackPart
from dashboard.words.periods import day
from dashboard.words.phrases import literal, plural, shorten

AUDIENCE = "the group and the partnership alike"
OWN, RULE, STRENGTH = "The group's own", "A rule", "A rule: a strength"
LINE = (("What was seen", "seen"), ("How sure", "certainty"), ("Compared with", "compared"), ("We would be wrong if", "wrong_if"),
        ("What the data cannot show", "cannot_show"))


def evidence_pack(session_id: str, frozen_at: str, frozen: Frozen) -> Pack:
    """The pack of a frozen session, not yet written. `frozen_at` (ISO, UTC) is the date of every file."""
    by_question = {part.of: part for part in frozen.parts if part.of}
    parts = [_summary(session_id, frozen), *_before(session_id, frozen)]
    for number, (entry_id, question) in enumerate(frozen.questions, 1):
        if question.line is not None:
            parts.append(_question(session_id, frozen, number, question, by_question.get(entry_id)))
    parts += [page for place, part in enumerate(frozen.parts) if not part.of for page in _shown(session_id, frozen, place, part)]
    facts = (("Area", frozen.area_name), ("For", AUDIENCE), ("Theme", frozen.theme),
             ("Compared with", ", ".join(frozen.compared_with)),
             ("Edition", f"{frozen.edition}, made {day(frozen.made_at)}; extract {frozen.extract_id}"),
             ("Frozen", f"{day(frozen_at)}; session {session_id}"),
             *((("Answers due", day(frozen.answers_due)),) if frozen.answers_due else ()))
    made_at = datetime.fromisoformat(frozen_at).replace(microsecond=0).isoformat()
    return Pack(literal(frozen.scope.title), AUDIENCE, frozen.scope.area_code, frozen.extract_id, made_at, facts, tuple(parts),
                frozen.missing, frozen.is_synthetic, called=f"evidence-pack-{session_id}")


def files(session_id: str, frozen_at: str, frozen: Frozen) -> Iterator[tuple[str, str, bytes]]:
    """(format, file name, content) of each format, one after another."""
    pack = evidence_pack(session_id, frozen_at, frozen)
    for form, write in WRITERS.items():
        yield form, f"{pack.name}.{form}", write(pack)


def _summary(session_id: str, frozen: Frozen) -> PackPart:
    """The page that is read first: what is asked, and what the figures of the theme say."""
    rows = [(f"{number}. {literal(question.text)}", _raised(question)) for number, (_, question) in enumerate(frozen.questions, 1)]
    asked = _words(session_id, frozen, "questions", f"{plural(len(rows), 'question')} to {frozen.area_name}",
                   ("Question", "Raised by"), rows, frozen.is_synthetic)
    said = next((part.said for part in frozen.parts if not part.of and part.said), ())
    return PackPart("What is asked, in one page?", (*map(Said, said), asked))


def _raised(question: Question) -> str:
    return OWN if question.line is None else STRENGTH if question.line.positive else RULE


def _before(session_id: str, frozen: Frozen) -> list[PackPart]:
    rows = [(literal(each.action), literal(each.owner_role), day(each.due), literal(" ".join(each.sentences)))
            for each in frozen.before]
    return [PackPart("What became of the last session's actions?", (_words(
        session_id, frozen, "actions", plural(len(rows), "earlier action"), ("Action", "By whom", "By when", "What became of it"),
        rows, any(each.is_made_up for each in frozen.before)),))] if rows else []


def _question(session_id: str, frozen: Frozen, number: int, question: Question, part: Part | None) -> PackPart:
    rows = [("Question", literal(question.text)), *((label, getattr(question.line, name)) for label, name in LINE)]
    figures = _figures(part) if part else ()
    line = _words(session_id, frozen, f"question{number}", shorten(question.text, 90), ("Part of the line", "Words"), rows,
                  any(each.is_synthetic for each in figures))
    return PackPart(f"Question {number}: why is it asked?", (line, *figures))


def _shown(session_id: str, frozen: Frozen, place: int, part: Part) -> list[PackPart]:
    """A part of the evidence, a page for each figure; where it has none, its sentences are its table."""
    first, *others = _figures(part) or (_words(session_id, frozen, f"part{place}", part.question, ("What is said",),
                                               [(text,) for text in part.said], frozen.is_synthetic),)
    said = tuple(map(Said, part.said)) if part.figures else ()
    count = len(others) + 1
    return [PackPart(part.question, (*said, first)),
            *(PackPart(f"{part.question} ({number} of {count})", (each,)) for number, each in enumerate(others, 2))]


def _figures(part: Part) -> tuple[Figure, ...]:
    return tuple(Figure.from_json(each) for each in part.figures)


def _words(session_id: str, frozen: Frozen, name: str, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]],
           is_synthetic: bool) -> Figure:
    """A table of words of this session, with an address of its own; `is_synthetic`: they tell of made-up figures."""
    address = Address(f"session.{name}", Choice(choices=(("session", session_id),)), frozen.extract_id)
    caption = f"Challenge session on {frozen.area_name}"
    return Figure(address, title, caption, table(caption, columns, rows), unit="None", base="None",
                  interval="Not applicable: these are words.", is_synthetic=is_synthetic)
