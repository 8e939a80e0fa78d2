"""A change sent to the store by a button, before the page is made again; what came of it is said at the head of the page.

A text belongs to the version it was begun from: where somebody else was first, both texts are shown, the reader's own
stays in its box, and only a second press of the button puts it in the place of the other.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import paths
from dashboard.challenge.roles import NotAllowed, Person
from dashboard.challenge.session import Question, Refused
from dashboard.challenge.store import Changed, Kept, NotFound, Store, StoreError, opened
from dashboard.components import page, person, run
from dashboard.words.marks import SYNTHETIC_NOTICE

_TOLD, _CHANGED, _BASE = "challenge told", "challenge changed {}", "challenge base {}"


def store() -> Store:
    """The store of this dashboard; StoreError where its address is none."""
    return opened(paths.sessions_address())


def sent(write: Callable[[Store, Person], object], done: str, entry_id: str = "") -> bool:
    """Send one change; what came of it is told by `tell`. True where it was kept.

    `entry_id` is of the text that was changed, if it stood before.
    """
    try:
        write(store(), person.reader())
    except Changed as changed:
        st.session_state[_CHANGED.format(changed.theirs.entry_id)] = changed.theirs
        st.session_state[_BASE.format(changed.theirs.entry_id)] = changed.theirs.version
        _say("Somebody else changed this first. Both texts are shown below, and both are kept.")
        return False
    except (Refused, NotAllowed, NotFound, StoreError) as error:
        _say(str(error))
        return False
    for name in (_CHANGED, _BASE):
        st.session_state.pop(name.format(entry_id), None)
    _say(done)
    return True


def _say(text: str) -> None:
    """`text` is ours: never what somebody typed."""
    st.session_state[_TOLD] = text


def tell() -> None:
    """Say what came of the last change, once."""
    if told := st.session_state.pop(_TOLD, ""):
        page.notice_above(told)
        st.toast(told)      # beside the notice, which who stands further down the page does not see


def base_of(kept: Kept) -> int:
    """The version from which the reader began to write: that of the page they first saw it on."""
    return st.session_state.setdefault(_BASE.format(kept.entry_id), kept.version)


def show_theirs(kept: Kept, text: str) -> None:
    """What stands now, where somebody else wrote it while the reader did."""
    if base_of(kept) < kept.version or _CHANGED.format(kept.entry_id) in st.session_state:
        run.block("typed", label=f"Changed meanwhile by {kept.who}. This stands:", text=text, note="")


def question_line(number: int, question: Question, is_made_up: bool) -> None:
    """A question in its place, with all that its line says; a line about made-up figures says so."""
    run.block("question_line", number=number, text=question.text, line=question.line, notice=SYNTHETIC_NOTICE if is_made_up else "")


def became(sentences: Sequence[str], is_made_up: bool) -> None:
    """What became of an action, in sentences made by rule."""
    run.block("became", sentences=sentences, notice=SYNTHETIC_NOTICE if is_made_up else "")


def typed(text: str, label: str = "", note: str = "") -> None:
    """What a person wrote, as text and nothing else."""
    run.block("typed", label=label, text=text, note=note)
