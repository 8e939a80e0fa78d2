"""What a page is answered: its rows as dictionaries, made once, and each reader's own."""

import numpy as np
import pandas as pd
from dashboard.components.data import Answer

from dashboard.read.evidence import evidence

ASKED = evidence("latest", {}, "extract")


def test_the_rows_are_each_readers_own():
    answer = Answer(pd.DataFrame({"area_code": ["a", "b"], "value": [1.0, None]}), ASKED)
    answer.records[0]["value"] = 99
    assert answer.records[0]["value"] == 1.0
    assert answer.keep(answer.rows.iloc[1:]).records[0]["area_code"] == "b"


def test_the_rows_are_made_once():
    """A page that reads the counts of every partnership again for each of them took three seconds."""
    answer = Answer(pd.DataFrame({"when": [pd.Timestamp("2026-06-30")]}), ASKED)
    first, again = answer.records[0], answer.records[0]
    assert first is not again and first["when"] is again["when"]


def test_a_cell_is_what_python_has():
    rows = pd.DataFrame({"share": [0.5, None], "people": [1.0, 2.0], "words": ["a", None], "sent": [True, False]})
    rows = rows.assign(whole=rows["people"].astype("Int32"), held=pd.array([True, None], dtype="boolean"),
                       mixed=pd.Series([np.int64(3), "b"], dtype=object), day=pd.Timestamp("2026-06-30"))
    rows.loc[1, "whole"] = pd.NA
    records = Answer(rows, ASKED).records
    assert repr(records) == repr(rows.to_dict("records"))
    assert records[1]["whole"] is records[1]["held"] is None and type(records[0]["mixed"]) is int
