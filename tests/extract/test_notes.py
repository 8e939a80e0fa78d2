"""The right of reply: a note that is not as it must be stops the build and says where; a right one is kept as it is."""

from datetime import date

import duckdb
import pandas as pd
import pytest

from dashboard import paths
from dashboard.pipeline import notes, published
from dashboard.pipeline.errors import BuildError

TODAY = date(2026, 9, 1)
RIGHT = {"area_code": "S12000023", "indicator_id": "entered_work", "dated": "2026-08-10", "role": "Chair of the partnership",
         "text": "Few people start here.", "is_demonstration": "no"}


@pytest.fixture(scope="module")
def extract():
    """One partnership, one indicator and a release, to write notes beside."""
    with duckdb.connect() as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute("insert into release (synthetic) values (false)")
        con.execute("insert into area (area_code, name, area_type) values ('S12000023', 'Orkney Islands', 'partnership')")
        con.execute("alter table indicator drop column query")
        types = dict(row[:2] for row in con.execute("describe indicator").fetchall())
        values = ["'entered_work'" if name == "indicator_id" else {"VARCHAR": "''", "BOOLEAN": "false"}.get(kind, "0")
                  for name, kind in types.items()]
        con.execute(f"insert into indicator values ({', '.join(values)})")
        yield con


@pytest.fixture
def write(extract):
    """A function that says what is kept of these notes, beside real or made-up returns; it is taken back each time."""
    def write(rows, synthetic=False):
        extract.register("incoming", pd.DataFrame(rows).assign(file="data/reference/context_notes.csv", row=range(2, len(rows) + 2)))
        extract.begin()
        try:
            extract.execute("update release set synthetic = $synthetic", {"synthetic": synthetic})
            extract.execute("create temp table context_notes as select * from incoming")
            notes.write(extract, TODAY)
            return extract.execute("select area_code, role, text, is_demonstration from context_note").fetchall()
        finally:
            extract.rollback()
    return write


def test_a_note_is_kept_to_the_letter(write):
    text = "<b>Few</b> people **start** here & it shows; see [x](https://example.org)."
    assert write([RIGHT | {"text": text}]) == [("S12000023", "Chair of the partnership", text, False)]


def test_made_up_notes_stand_beside_made_up_returns_alone(write):
    assert write([RIGHT | {"is_demonstration": "yes"}]) == []
    assert len(write([RIGHT | {"is_demonstration": "yes"}], synthetic=True)) == 1


@pytest.mark.parametrize(("column", "value", "rule"), [
    ("area_code", "S92000003", "must be the code of a partnership"),
    ("indicator_id", "enterd_work", "must be an indicator"),
    ("dated", "10/08/2026", "must be a day as YYYY-MM-DD"),
    ("dated", "2026-02-30", "must be a day as YYYY-MM-DD"),
    ("dated", "2026-10-01", "must not be after today, 2026-09-01"),
    ("role", "Jean Smith", "must say a role, never a person's name"),
    ("role", "Lead, jean@example.org", "must hold no number and no address"),
    ("text", None, "must not be empty"),
    ("text", "word " * 81, "must be at most 80 words"),
    ("text", "One line.\nAnother.", "must be one paragraph"),
    ("is_demonstration", "maybe", "must be yes or no"),
])
def test_a_wrong_note_is_named_by_file_row_column_value_and_rule(write, column, value, rule):
    with pytest.raises(BuildError) as raised:
        write([RIGHT, RIGHT | {"dated": "2026-08-11", column: value}])
    message = str(raised.value)
    assert "file = data/reference/context_notes.csv, row = 3" in message and f"column = {column}" in message
    assert rule in message and (value or "")[:20].split("\n")[0] in message


def test_a_second_note_of_one_day_is_refused(write):
    with pytest.raises(BuildError, match="must be another day than in row 2"):
        write([RIGHT, RIGHT])


def test_a_file_without_a_column_is_named(write):
    with pytest.raises(BuildError, match=r"context_notes\.csv: the column 'role' is missing"):
        write([{name: value for name, value in RIGHT.items() if name != "role"}])


def test_the_notes_that_are_shipped_are_marked_as_made_up():
    held = published.read_table(paths.REFERENCE / "context_notes.csv").to_pylist()
    assert all(note["is_demonstration"] == "yes" and note["text"].startswith("Demonstration note") for note in held)
