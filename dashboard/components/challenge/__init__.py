"""Challenge sessions on the page: lines of enquiry, the list of sessions, and one session before and after it is frozen.

writing.py     a change sent to the store, and what is said of it
starting.py    every session, and starting one
preparing.py   a session that is not frozen: its questions and their order
answering.py   a frozen session: its evidence, answers, actions and lived experience
"""

from dashboard.components.challenge.one import asked_for, one_session
from dashboard.components.challenge.starting import answer, listing

__all__ = ["answer", "asked_for", "listing", "one_session"]
