"""What a page is answered: its rows as dictionaries, made once, and each reader's own."""

import time

import pandas as pd

from dashboard.components.data import Answer
from dashboard.read.evidence import evidence

ASKED = evidence("latest", {}, "extract")


def test_the_rows_are_each_readers_own():
    answer = Answer(pd.DataFrame({"area_code": ["a", "b"], "value": [1.0, None]}), ASKED)
    answer.records[0]["value"] = 99
    assert answer.records[0]["value"] == 1.0
    assert answer.keep(answer.rows.iloc[1:]).records[0]["area_code"] == "b"


def test_reading_the_rows_once_more_costs_little():
    """A page that reads the counts of every partnership again for each of them took three seconds."""
    rows = pd.DataFrame({"area_code": [f"S{number}" for number in range(5000)],
                         "when": pd.Timestamp("2026-06-30")})
    answer = Answer(rows, ASKED)
    started = time.process_time()
    assert len(answer.records) == 5000
    first = time.process_time() - started
    started = time.process_time()
    for _ in range(10):
        assert answer.records[4999]["area_code"] == "S4999"
    assert time.process_time() - started < 10 * first / 2
