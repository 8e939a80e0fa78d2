"""One session: by its link, before and after it is frozen."""

import streamlit as st

from dashboard.challenge import roles
from dashboard.challenge.due import is_overdue, standing, today
from dashboard.challenge.freezing import compared_with
from dashboard.challenge.measures import outcome
from dashboard.challenge.roles import Person
from dashboard.challenge.session import Action, Aside, Frozen, Outcome, QualityItem, Question, Response, Scope
from dashboard.challenge.store import Kept, NotFound, Record, StoreError
from dashboard.components import page, person, run
from dashboard.components.challenge import answering, preparing, starting, writing
from dashboard.components.tabs import tabs
from dashboard.figure import Said
from dashboard.words.periods import day
from dashboard.words.phrases import literal, plural

LINK = "session"
KINDS_IN_WORDS = {Scope: "What it is about", Question: "Question", Frozen: "Evidence", Response: "Answer", QualityItem: "Data-quality item",
                  Action: "Action", Aside: "A text that came second, kept beside"}


def asked_for() -> str:
    """The session that the link names; '' where it names none."""
    return st.query_params.get(LINK, "")


def one_session() -> None:
    """The session in the link, as its reader may see it; else why nothing is shown."""
    who = person.reader()
    try:
        record = writing.store().session(who, asked_for())
    except (NotFound, StoreError) as error:
        page.header("Challenge sessions")
        page.notice(str(error), [("All sessions", "/challenge")], lead="")
        starting.mode(who)
        return
    run.note_choice(LINK, record.session_id)
    page.header(literal(record.scope.content.title), [Said(_answer(record))],
                made_up=record.frozen.content.is_synthetic if record.frozen else None)
    writing.tell()
    if record.frozen is None:
        _draft(record, who)
    else:
        _frozen(record, who)


def _answer(record: Record) -> str:
    area, asked = starting.area_name(record.scope.content), plural(len(record.questions), "question")
    if record.frozen is None:
        return f"A session on **{area}**, with **{asked}** so far. It is being prepared: only the group sees it."
    held = record.frozen.content
    return (f"A session on **{held.area_name}**, with **{asked}**. So far it has {plural(len(record.responses), 'answer')} and "
            f"{plural(len(record.actions), 'action')}. Its evidence was frozen on {day(record.frozen.at)}.")


def _facts(scope: Scope, compared: tuple[str, ...], *more: tuple[str, str]) -> None:
    run.block("session_facts", rows=[("Theme", starting.theme_name(scope)), ("Groups", starting.group_name(scope)),
                                     ("Compared with", ", ".join(compared)), *more])


def _draft(record: Record, who: Person) -> None:
    edition = run.edition()
    before = earlier(record, who)
    _facts(record.scope.content, compared_with(edition, record.scope.content))
    shown = tabs("part", {"questions": "Questions", "about": "What it is about", "before": "Earlier actions", "experience": "Lived experience",
                          "changes": "Every change"})
    if shown["questions"].open:
        with shown["questions"]:
            preparing.questions(record, who)
            preparing.freezing(record, edition, before)
    if shown["about"].open:
        with shown["about"]:
            preparing.about(record)
    if shown["before"].open:
        with shown["before"]:
            outcomes(before)
    _told(shown, record, who)


def _frozen(record: Record, who: Person) -> None:
    held: Frozen = record.frozen.content
    _facts(held.scope, held.compared_with, ("Edition", f"{held.edition}, extract {held.extract_id}, made {day(held.made_at)}"),
           ("Frozen", f"{day(record.frozen.at)} ({roles.ROLES.get(record.frozen.role, record.frozen.role)})"))
    _due(record)
    answering.pack(record)
    shown = tabs("part", {"questions": "Questions and answers", "evidence": "The evidence", "before": "Earlier actions",
                          "experience": "Lived experience", "changes": "Every change"})
    if shown["questions"].open:
        with shown["questions"]:
            answering.questions(record, who)
    if shown["evidence"].open:
        with shown["evidence"]:
            answering.evidence(held, record.session_id)
    if shown["before"].open:
        with shown["before"]:
            outcomes(held.before)
    _told(shown, record, who)


def _due(record: Record) -> None:
    """How the answers stand; what is overdue stands out."""
    told = " ".join(standing(record, today()))
    if is_overdue(record, today()):
        page.notice(told)
    elif told:
        run.block("paragraphs", texts=[told], css="")


def _told(shown: dict, record: Record, who: Person) -> None:
    if shown["experience"].open:
        with shown["experience"]:
            answering.experience(record, who)
    if shown["changes"].open:
        with shown["changes"]:
            _changes(record, who)


def earlier(record: Record, who: Person) -> tuple[Outcome, ...]:
    """What became of the actions of the last frozen session on the same area, as this edition shows it."""
    edition, held = run.edition(), writing.store()
    area_code = record.scope.content.area_code
    for other in held.sessions(who):
        if other.frozen is not None and other.session_id != record.session_id and other.scope.content.area_code == area_code:
            return tuple(outcome(edition, each.content) for each in other.actions)
    return ()


def outcomes(before: tuple[Outcome, ...]) -> None:
    """What became of earlier actions."""
    if not before:
        run.block("paragraphs", texts=["No action of an earlier session on this area is known."], css="")
    for each in before:
        writing.typed(each.action, f"{each.owner_role}, by {day(each.due)}")
        writing.became(each.sentences, each.is_made_up)


def _changes(record: Record, who: Person) -> None:
    """Every version of everything, with who and when; the newest first."""
    knows_names = roles.may(who, roles.REVIEW)
    for kept in reversed(writing.store().history(who, record.session_id)):
        by = kept.who if knows_names else roles.ROLES.get(kept.role, kept.role)
        writing.typed(_words(kept), f"{KINDS_IN_WORDS[type(kept.content)]}, version {kept.version}",
                      f"{day(kept.at)}, {kept.at[11:16]} UTC · {by}")


def _words(kept: Kept) -> str:
    content = kept.content
    if isinstance(content, Scope):
        return starting.scope_words(content)
    if isinstance(content, Frozen):
        return f"The evidence was frozen: {plural(sum(len(part.figures) for part in content.parts), 'figure')} of {content.edition}."
    return next((str(getattr(content, name)) for name in ("text", "title", "content") if hasattr(content, name)), "")
