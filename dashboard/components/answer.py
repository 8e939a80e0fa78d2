"""What of an answer is sent by its name alone, as a browser has it already: nothing, unless it had the answer before when it asked.

Streamlit's browser tells with each choice what it has, and lets go of what the answers since did not need. Who chooses twice
before the first answer has come would be sent a name that means nothing there any more, and Streamlit then gives the page up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LAST = "name of the answer before"


def begin_answer() -> None:
    """At the start of each run: send everything whole, if the browser did not have the run before when it asked for this one."""
    context = get_script_run_ctx()
    if st.session_state.pop(_LAST, "") not in context.cached_message_hashes:
        context.cached_message_hashes = frozenset()


@contextmanager
def known_again() -> Iterator[str]:
    """A name that no other answer has. The element sent within, which holds it, tells by being there that this answer arrived."""
    context = get_script_run_ctx()
    send, sent = context._enqueue, []

    def note(message) -> None:
        sent.append(message.hash)
        send(message)

    context._enqueue = note
    try:
        yield uuid4().hex[:8]
    finally:
        context._enqueue = send
    st.session_state[_LAST] = sent[-1]
