"""The remedy fits the cause at hand: followed, it mends the row and removes nobody."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.returns import read
from dashboard.pipeline.returns.contract import columns

from .conftest import AREA, PERSON, TODAY, TOML, good_rows

NAME = f"participants_{AREA}.csv"
LATER = [column.name for column in columns("participants") if column.type == "date" and not column.is_required
         and not column.not_after]


def _rows(found, column):
    return found.problems.filter((pl.col("level") == "row") & (pl.col("column") == column))


@pytest.mark.parametrize("column", LATER)
def test_what_happened_after_the_cut_off_is_cleared_and_the_person_stays(column, write, read_folder):
    rows = good_rows()
    rows[1][column] = "2024-07-15"
    write(rows)
    remedy = _rows(read_folder(), column)["remedy"].to_list()
    assert remedy == [f"clear the date{' and its follow-ups' if column == 'employment_start_date' else ''}"
                      ": it had not happened by the cut-off"]
    rows[1] |= {column: ""} | ({name: "" for name in PERSON if name.startswith("followup_")}
                               if column == "employment_start_date" else {})
    write(rows)
    found = read_folder()
    assert found.is_clean and "P-2" in found.participants["participant_id"].to_list()


def test_who_starts_after_the_cut_off_waits_for_the_next_return(write, read_folder):
    rows = good_rows()
    rows[1] |= {"start_date": "2024-07-01", "support_end_date": "2024-07-20"}
    write(rows)
    found = read_folder()
    assert _rows(found, "start_date")["remedy"].to_list() == ["send the row with the next return"]
    assert _rows(found, "support_end_date")["remedy"].to_list() == ["send the row with the next return"]


def test_a_day_far_beyond_the_cut_off_is_perhaps_mistyped(write, read_folder):
    rows = good_rows()
    rows[1]["support_end_date"] = "2203-05-01"
    write(rows)
    assert _rows(read_folder(), "support_end_date")["remedy"].to_list() == [
        "correct the date, or clear it if it had not happened by the cut-off"]


@pytest.mark.parametrize(("value", "remedy"), [
    ("1,234", "write 1234"), ("12.0", "write 12"), (" 7", "write 7"), ("7 months", "write 7"), ("007", "write 7"),
    ("<5", "not rounded or suppressed"), ("5*", "not rounded or suppressed"), ("c", "not rounded or suppressed"),
    ("[c]", "not rounded or suppressed"), ("many", "write it like 25"), ("1,23", "write it like 25")])
def test_a_number_as_people_write_it_is_answered_with_the_number_meant(value, remedy, write, read_folder):
    rows = good_rows()
    rows[1]["months_unemployed"] = value
    write(rows)
    assert remedy in _rows(read_folder(), "months_unemployed")["remedy"][0]


# where carriage returns alone stand, rows with a warning about them
ENDS = [({1}, "row 1"), ({3}, "row 3"), ({1, 2, 3, 4, 5}, "rows 1 to 5"), ({2, 6}, "rows 2, 6")]


@pytest.mark.parametrize(("bare", "named"), ENDS, ids=[str(case[1]) for case in ENDS])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("is_quoted", [False, True])
def test_rows_run_together_by_a_carriage_return_are_read_as_the_rows_they_are(
    bare, named, end, is_quoted, folder, read_folder
):
    """The last row keeps a line feed, or every line would end alike."""
    lines = [list(PERSON), *[list(row.values()) for row in good_rows(count=6)]]
    lines = [",".join(f'"{cell}"' if is_quoted else cell for cell in line) for line in lines]
    text = "".join(line + ("\r" if number in bare else end) for number, line in enumerate(lines, start=1))
    (folder / NAME).write_bytes(text.encode())
    found = read_folder()
    assert found.participants["participant_id"].to_list() == [f"P-{number}" for number in range(1, 7)]
    notes = found.problems.filter(pl.col("rule").str.contains("carriage return only"))["rule"].to_list()
    assert len(notes) == 1
    assert f"two rows run together: a line ends with a carriage return only ({named})" in notes[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.text(alphabet='a"\r\n,', max_size=6), min_size=1, max_size=5))
def test_a_carriage_return_inside_a_cell_parts_no_row(tmp_path, notes):
    """Every cell quoted: whatever the cells of an unknown column hold, each person is one row."""
    rows = [{**row, "notes": note} for row, note in zip(good_rows(count=len(notes)), notes, strict=True)]
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    pl.DataFrame(rows).write_csv(tmp_path / NAME, quote_style="always")
    found = read(tmp_path, today=TODAY)
    assert found.participants["participant_id"].to_list() == [row["participant_id"] for row in rows]
    assert found.is_clean and found.account["rows_read"].to_list() == [len(rows)]


def test_rows_that_are_the_same_in_every_cell_are_kept_once_with_a_warning(write, read_folder):
    rows = good_rows()
    write([*rows, rows[1], rows[3], rows[1]])
    found = read_folder()
    assert found.is_clean and found.account.select("rows_read", "rows_accepted").rows() == [(5, 5)]
    assert found.problems["rule"].to_list() == [
        "3 rows say in every cell what an earlier one says, so it was read once "
        "(rows 7 to 9; the first of them repeats row 3)"]


@pytest.mark.parametrize("kind", ["progress", "experience", "spend"])
def test_the_same_row_twice_is_read_once_in_every_kind_of_file(kind, write, read_folder):
    rows = good_rows(kind)
    write([*rows, rows[0]], kind)
    found = read_folder()
    assert found.is_clean and found.account["rows_read"].to_list() == [5]


def test_a_wrong_row_that_is_sent_twice_is_rejected_once(write, read_folder):
    rows = good_rows()
    rows[2]["age"] = "200"
    write([*rows, rows[2]])
    found = read_folder()
    assert found.account.select("rows_read", "rows_rejected").rows() == [(5, 1)]


def test_one_person_with_different_starts_is_told_which_row_to_keep(write, read_folder):
    rows = good_rows()
    later = {**rows[1], "start_date": "2023-05-15", "training_date": "", "work_experience_date": ""}
    write([later, rows[0], *rows[1:]])
    found = read_folder()
    named = _rows(found, "participant_id")
    assert named["row"].to_list() == [2, 4] and found.account["rows_rejected"].to_list() == [2]
    assert "with different starts: one row a person is wanted" in named["rule"][0]
    assert set(named["remedy"].str.extract(r"(first start \(row \d+\))")) == {"first start (row 4)"}


@pytest.mark.parametrize(("first", "rule"), [("header", "repeats the column names"), ("Total", "looks like a total")])
def test_a_row_that_is_no_record_has_one_line_and_not_forty(first, rule, write, read_folder):
    rows = good_rows()
    odd = {name: name for name in PERSON} if first == "header" else {**dict.fromkeys(PERSON, ""), "participant_id": first}
    write([*rows[:2], odd, *rows[2:]])
    found = read_folder()
    problems = found.problems.filter(pl.col("level") == "row")
    assert problems["row"].to_list() == [4] and rule in problems["rule"][0]
    assert problems["remedy"].to_list() == ["take the row out"]
