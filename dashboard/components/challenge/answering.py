"""A frozen session: its evidence, the partnership's answers, actions, and what people lived through."""

from dataclasses import replace

import streamlit as st

from dashboard.challenge import roles
from dashboard.challenge.due import is_late
from dashboard.challenge.freezing import require_released
from dashboard.challenge.measures import expected_text, offered, outcome, reading
from dashboard.challenge.roles import Person
from dashboard.challenge.session import OPEN, POSITIONS, SETTLED, Action, Experience, Frozen, QualityItem, Response
from dashboard.challenge.store import Kept, Record, Store
from dashboard.components import page, run
from dashboard.components.challenge import writing
from dashboard.components.figure import figure
from dashboard.components.pack import TYPES
from dashboard.figure import Figure, Said
from dashboard.packs import challenge as packs
from dashboard.packs.board import LABELS
from dashboard.words.periods import day
from dashboard.words.phrases import literal

APART = ("Words of people who used these services, kept apart from the numbers: one person's experience is no estimate. "
         "Only with their consent, without anything that could tell who they are, and once somebody else has read it.")


def questions(record: Record, who: Person) -> None:
    """Each question as it was frozen, then what was answered and what will be done."""
    area_code, held = record.scope.content.area_code, record.frozen.content
    made_up = {part.of for part in held.parts for each in part.figures if Figure.from_json(each).is_synthetic}
    for number, (question_id, question) in enumerate(held.questions, 1):
        with st.container(border=True, gap="small", key=f"asked {question_id}"):
            writing.question_line(number, question, question_id in made_up)
            for kept in record.of_question(record.responses, question_id):
                _response(record, kept, who)
            for kept in record.of_question(record.quality, question_id):
                _quality(record, kept, who)
            for kept in record.of_question(record.actions, question_id):
                _action(kept)
            if roles.may(who, roles.ANSWER, area_code) and not record.of_question(record.responses, question_id):
                _answer_form(record, question_id, number)
            if roles.may(who, roles.ACT, area_code):
                _action_form(record, question_id, number)


def _response(record: Record, kept: Kept, who: Person) -> None:
    answer: Response = kept.content
    writing.typed(answer.text, POSITIONS[answer.position], " · ".join(filter(None, (
        f"Evidence: {answer.link}" if answer.link else "", f"answered {day(kept.began)}",
        "after the day it was due" if is_late(record, kept.began) else "", _changed(kept)))))
    if roles.may(who, roles.ANSWER, record.scope.content.area_code):
        with st.expander("Change this answer"):
            writing.show_theirs(kept, answer.text)
            _answer_form(record, answer.question_id, 0, kept)


def _changed(kept: Kept) -> str:
    return f"changed {kept.version - 1} times" if kept.version > 2 else "changed once" if kept.version == 2 else ""


def _answer_form(record: Record, question_id: str, number: int, kept: Kept | None = None) -> None:
    name = kept.entry_id if kept else question_id
    held = kept.content if kept else Response(question_id, "", "")
    which = f"question {number}" if number else "this question"

    def send() -> None:
        given = Response(question_id, st.session_state[f"position {name}"] or "", st.session_state[f"answer {name}"].strip(),
                         st.session_state[f"link {name}"].strip())
        entry_id, base = (kept.entry_id, writing.base_of(kept)) if kept else ("", 0)
        writing.sent(lambda store, who: store.write(who, record.session_id, given, entry_id, base), "The answer is kept.", entry_id)

    with st.form(f"answer form {name}", border=True):
        st.radio(f"The partnership's answer to {which}", list(POSITIONS), key=f"position {name}",
                 index=list(POSITIONS).index(held.position) if held.position else None, format_func=POSITIONS.__getitem__, horizontal=True)
        st.text_area("In words", held.text, key=f"answer {name}", height=100, max_chars=4000)
        st.text_input("Where evidence can be seen (optional; shown as text)", held.link, key=f"link {name}", max_chars=500)
        st.form_submit_button("Send the answer", on_click=send, key=f"send {name}")


def _quality(record: Record, kept: Kept, who: Person) -> None:
    item: QualityItem = kept.content
    state = "Data-quality item, open" if item.state == OPEN else "Data-quality item, settled"
    writing.typed(item.text if item.state == OPEN else f"{item.text}\n{item.settled}", state)
    if item.state != OPEN or not roles.may(who, roles.REVIEW):
        return

    def settle() -> None:
        done = replace(item, state=SETTLED, settled=st.session_state[f"settled {kept.entry_id}"].strip())
        writing.sent(lambda store, who: store.write(who, record.session_id, done, kept.entry_id, kept.version),
                     "The item is settled.", kept.entry_id)

    with st.expander("Settle this"), st.form(f"settle {kept.entry_id}", border=False):
        st.text_input("How the dispute was settled", key=f"settled {kept.entry_id}", max_chars=4000)
        st.form_submit_button("Settle it", on_click=settle, key=f"settle it {kept.entry_id}")


def _action(kept: Kept) -> None:
    action: Action = kept.content
    writing.typed(action.text, f"Action: {action.owner_role}, by {day(action.due)}",
                  f"Measured by: {action.before.label} · expected {expected_text(action)} · set {day(kept.at)}")
    writing.became(outcome(run.edition(), action).sentences, action.before.is_made_up)


def _action_form(record: Record, question_id: str, number: int) -> None:
    """What will be done, by whom and when; the measure and the change expected are kept with the figure of today."""
    edition, scope = run.edition(), record.scope.content
    choices = offered(edition, scope.area_code, scope.group)

    def given(name: str):
        return st.session_state[f"{name} {question_id}"]

    def act(store: Store, who: Person) -> None:
        measure, _ = choices[given("measure")]
        require_released(edition)
        action = Action(question_id, given("what").strip(), given("owner").strip(), given("due").isoformat() if given("due") else "",
                        measure, float(given("expected") or 0), reading(edition, measure))
        store.write(who, record.session_id, action)

    def send() -> None:
        writing.sent(act, "The action is kept, with today's figure.")

    with st.expander(f"Set an action on question {number}"), st.form(f"action {question_id}", border=False):
        st.text_area("What will be done", key=f"what {question_id}", height=80, max_chars=4000)
        st.text_input("By whom (a role, never a person's name)", key=f"owner {question_id}", max_chars=160)
        st.date_input("By when", None, key=f"due {question_id}", format="DD/MM/YYYY")
        st.selectbox("Measured by", list(choices), key=f"measure {question_id}", format_func=lambda name: choices[name][1],
                     filter_mode="contains")
        st.number_input("Change expected, in the unit of the measure (percentage points of a rate; below 0 is down)", value=None,
                        key=f"expected {question_id}", step=1.0, format="%g")
        st.form_submit_button("Set the action", on_click=send, key=f"set {question_id}")


def evidence(held: Frozen, session_id: str) -> None:
    """The figures of a frozen session: those that were kept, whatever today's edition says."""
    numbers = {question_id: number for number, (question_id, _) in enumerate(held.questions, 1)}
    for part in held.parts:
        if part.of:
            page.section(f"Question {numbers[part.of]}", literal(part.question))
        else:
            page.section(part.question)
        if part.said:
            run.block("list", sentences=[Said(text) for text in part.said])
        for each in part.figures:
            figure(Figure.from_json(each), kept_in=session_id)
    for question, why in held.missing:
        page.notice(literal(f"{question} {why}"))


def experience(record: Record, who: Person) -> None:
    """What people lived through: reviewed words for everyone, the rest for who reviews them."""
    page.section("In their own words", APART)
    for kept in record.experiences:
        told: Experience = kept.content
        writing.typed(told.text, "" if told.is_reviewed else "Not reviewed yet: only the group sees this")
        if roles.may(who, roles.SHARE, record.scope.content.area_code):
            _withdraw(record, kept)
        if not told.is_reviewed and roles.may(who, roles.REVIEW) and (who.is_local or kept.who != who.name):
            _review(record, kept)
    if roles.may(who, roles.SHARE, record.scope.content.area_code):
        _experience_form(record)


def _withdraw(record: Record, kept: Kept) -> None:
    def withdraw() -> None:
        gone = replace(kept.content, has_consent=False, is_reviewed=False)
        writing.sent(lambda store, who: store.write(who, record.session_id, gone, kept.entry_id, kept.version),
                     "It is no longer shown to anybody.", kept.entry_id)

    st.button("Consent was withdrawn: show it to nobody", on_click=withdraw, key=f"withdraw {kept.entry_id}")


def _review(record: Record, kept: Kept) -> None:
    def review() -> None:
        read = replace(kept.content, is_reviewed=bool(st.session_state[f"reviewed {kept.entry_id}"]))
        writing.sent(lambda store, who: store.write(who, record.session_id, read, kept.entry_id, kept.version),
                     "Reviewed." if read.is_reviewed else "Tick the box once you have read it.", kept.entry_id)

    with st.form(f"review {kept.entry_id}", border=True):
        st.checkbox("I have read it: the person agreed, and nothing in it tells who they are", key=f"reviewed {kept.entry_id}")
        st.form_submit_button("Show it to everyone with the session", on_click=review, key=f"review it {kept.entry_id}")


def _experience_form(record: Record) -> None:
    def send() -> None:
        told = Experience(st.session_state["experience"].strip(), bool(st.session_state["consent"]))
        if writing.sent(lambda store, who: store.write(who, record.session_id, told), "Kept. Somebody else reviews it before it is shown."):
            st.session_state["experience"], st.session_state["consent"] = "", False

    with st.form("experience form", border=True):
        st.text_area("What somebody lived through, in their words", key="experience", height=100, max_chars=4000)
        st.checkbox("The person agreed to this being kept and shown, and it holds nothing that tells who they are", key="consent")
        st.form_submit_button("Keep it for review", on_click=send)


def pack(record: Record) -> None:
    """The evidence pack: one button, then its files; the same for both sides."""
    if not st.button("Make the evidence pack", key="evidence pack", icon=":material/print:",
                     help="The questions and the frozen evidence: PDF, slides, Word and Excel. The same for both sides."):
        return
    progress, files = st.progress(0.0, "Setting the frozen figures"), []
    for form, name, content in packs.files(record.session_id, record.frozen.at, record.frozen.content):
        files.append((form, name, content))
        progress.progress(len(files) / len(LABELS), f"Made: {LABELS[form]}")
    progress.empty()
    with st.container(horizontal=True, gap="small"):
        for form, name, content in files:
            st.download_button(LABELS[form], content, name, TYPES[form], key=f"evidence pack {form}", on_click="ignore",
                               icon=":material/download:")
