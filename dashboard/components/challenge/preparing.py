"""A session before it is frozen: its questions, raised by rules and the group's own, and their order."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.challenge.due import answers_due, today
from dashboard.challenge.freezing import cited, freeze, require_released
from dashboard.challenge.lines import Line, lines
from dashboard.challenge.roles import Person
from dashboard.challenge.session import Outcome, Question
from dashboard.challenge.store import Kept, Record, Store
from dashboard.components import page, run
from dashboard.components.challenge import starting, writing
from dashboard.figure import Choice, Figure
from dashboard.read.edition import Edition
from dashboard.words.phrases import shorten


def questions(record: Record, who: Person) -> None:
    """Each question with its line and its words, to be changed, moved or taken out; then more to add."""
    for number, kept in enumerate(record.questions, 1):
        _question(record, kept, number)
    _from_rules(record)
    _own(record)


def _question(record: Record, kept: Kept, number: int) -> None:
    text = f"text {kept.entry_id}"
    last = len(record.questions)

    def save() -> None:
        new = replace(kept.content, text=st.session_state[text].strip())
        writing.sent(lambda store, who: store.write(who, record.session_id, new, kept.entry_id, writing.base_of(kept)),
                     "Saved.", kept.entry_id)

    def remove() -> None:
        writing.sent(lambda store, who: store.write(who, record.session_id, replace(kept.content, is_removed=True),
                                                    kept.entry_id, kept.version), "The question was taken out.", kept.entry_id)

    def move(by: int) -> None:
        writing.sent(lambda store, who: _swap(store, who, record, number - 1, number - 1 + by), "Moved.", kept.entry_id)

    with st.container(border=True, gap="small", key=f"asked {kept.entry_id}"):
        line = kept.content.line
        figures = [each for each in (cited(run.edition(), line) if line else ()) if isinstance(each, Figure)]
        writing.question_line(number, kept.content, any(each.is_synthetic for each in figures))
        writing.show_theirs(kept, kept.content.text)
        with st.form(f"form {kept.entry_id}", border=False):
            st.text_area(f"Question {number}", kept.content.text, key=text, height=80, max_chars=4000)
            st.form_submit_button("Save", on_click=save, key=f"save {kept.entry_id}")
        with st.container(horizontal=True, gap="small"):
            st.button(f"Move question {number} up", key=f"up {kept.entry_id}", on_click=move, args=(-1,), disabled=number == 1)
            st.button(f"Move question {number} down", key=f"down {kept.entry_id}", on_click=move, args=(1,), disabled=number == last)
            st.button(f"Take question {number} out", key=f"out {kept.entry_id}", on_click=remove)


def _swap(store: Store, who: Person, record: Record, first: int, second: int) -> None:
    """Two questions change places."""
    one, other = record.questions[first], record.questions[second]
    for kept, place in ((one, second + 1), (other, first + 1)):
        store.write(who, record.session_id, replace(kept.content, place=place), kept.entry_id, kept.version)


def _from_rules(record: Record) -> None:
    """Lines of enquiry of the area that are not in the session yet."""
    taken = {kept.content.line for kept in record.questions}
    offered: list[Line] = [line for line in lines(run.edition(), Choice(record.scope.content.area_code)) if line not in taken]
    if not offered:
        return
    labels = [shorten(f"{'Strength: ' if line.positive else ''}{line.seen}".replace("**", ""), 160) for line in offered]

    edition = run.edition()

    def write(store: Store, who: Person) -> None:
        require_released(edition)
        for number, place in enumerate(st.session_state["lines chosen"], len(record.questions) + 1):
            store.write(who, record.session_id, Question(offered[place].question, number, offered[place]))

    def add() -> None:
        writing.sent(write, "The lines were added as questions.")

    with st.form("lines", border=True, clear_on_submit=True):
        st.multiselect("Lines of enquiry raised by rules", range(len(offered)), key="lines chosen", format_func=labels.__getitem__,
                       placeholder="Choose lines")
        st.form_submit_button("Add these lines", on_click=add)


def _own(record: Record) -> None:
    def add() -> None:
        question = Question(st.session_state["own question"].strip(), len(record.questions) + 1)
        if writing.sent(lambda store, who: store.write(who, record.session_id, question), "The question was added."):
            st.session_state["own question"] = ""

    with st.form("own", border=True):
        st.text_area("A question of the group's own", key="own question", height=80, max_chars=4000,
                     placeholder="What happens between the first month in work and the sixth?")
        st.form_submit_button("Add the question", on_click=add)


def about(record: Record) -> None:
    """What the session is about, to be changed until it is frozen; each version stays among the changes."""
    kept = record.scope
    name = f"scope {kept.entry_id}"

    def save() -> None:
        new = starting.scope_given(name, kept.content.area_code)
        writing.sent(lambda store, who: store.write(who, record.session_id, new, kept.entry_id, writing.base_of(kept)),
                     "The session was changed.", kept.entry_id)

    writing.show_theirs(kept, starting.scope_words(kept.content))
    with st.form(f"form {kept.entry_id}", border=True):
        starting.scope_fields(name, kept.content, with_area=True)
        st.form_submit_button("Save what it is about", on_click=save, key=f"save {kept.entry_id}")


def freezing(record: Record, edition: Edition, before: Sequence[Outcome]) -> None:
    """The button that freezes the session with the figures of the edition on the page."""
    page.section("Freeze the session", "Its questions stay as they are, and its figures are kept with it as they stand today: it "
                 "reads the same next year. Then the partnership has ten working days to answer.")

    def write(store: Store, who: Person) -> None:
        asked = [(kept.entry_id, kept.content) for kept in record.questions]
        frozen = freeze(edition, record.scope.content, asked, before, answers_due(today()).isoformat())
        store.freeze(who, record.session_id, frozen, record.newest)

    def press() -> None:
        writing.sent(write, "The session is frozen. Send its link to the partnership.")

    st.button("Freeze the session", on_click=press, type="primary", disabled=not record.questions)
