"""Streamlit's own command, with nothing made ahead: a benchmark decides what is warm."""

import threading

from streamlit.web import cli

from dashboard import ahead

ahead.start = lambda _: threading.Event()
cli.main()
