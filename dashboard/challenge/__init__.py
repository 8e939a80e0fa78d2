"""Challenge sessions: from evidence to question to answer to action.

lines.py       a line of enquiry: what was seen, how sure, and an open question to ask
session.py     what a session is made of: scope, questions, frozen evidence, answers, actions, lived experience
measures.py    a figure that an action is measured by, and what became of it in a newer edition
freezing.py    the evidence of a session: the figures themselves, with their extract, kept as values
roles.py       who may do what
store.py       the only thing the dashboard writes: append-only, in SQLite or PostgreSQL
migrations/    the store's tables, a version each
"""
