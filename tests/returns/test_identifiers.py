"""An identifier that may identify is counted in one warning a file, and never quoted."""

import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.console import Console

from dashboard.pipeline import returns
from dashboard.pipeline.returns import identifiers

from .conftest import AREA, good_rows

# Each is in the form of the thing and belongs to nobody.
LOOKS = [
    ("QQ123456C", "National Insurance numbers: 1"), ("qq-12-34-56-c", "National Insurance numbers: 1"),
    ("0101011234", "CHI numbers: 1"), ("3112991234", "CHI numbers: 1"), ("1234567899", "learner numbers: 1"),
    ("1990-05-17", "dates of birth: 1"), ("17.05.1990", "dates of birth: 1"), ("17051990", "dates of birth: 1"),
    ("J_Bloggs_17051990", "dates of birth: 1"), ("17-05-90", "dates of birth: 1"),
    ("ann.smith", "names: 1"), ("Ann-Smith-Jones", "names: 1"), ("j_bloggs", "names: 1"), ("Smith", "names: 1"),
    ("ann.smith2", "names: 1"), ("EH1.1AA", "postcodes: 1"),
]
OPAQUE = ["P-1", "000123", "1", "A1B2C3", "S12-0000042", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "2024-000123", "X9",
          "20240315-7", "SAME", "1000000007", "AB123456"]


def _warned(found):
    return found.problems.filter(pl.col("rule").str.contains("say who the person is"))


@pytest.mark.parametrize(("value", "said"), LOOKS, ids=[case[0] for case in LOOKS])
@pytest.mark.parametrize("kind", ["participants", "experience"])
def test_one_that_looks_like_a_person_is_counted_once_a_file_and_not_quoted(value, said, kind, write, read_folder):
    rows = good_rows(kind)
    rows[1]["participant_id" if kind == "participants" else "response_id"] = value
    write(rows, kind)
    found = read_folder()
    (rule,) = _warned(found)["rule"].to_list()
    assert said in rule and value not in str(found.problems.rows())
    assert found.is_clean and found.account["rows_accepted"].to_list() == [5]


@pytest.mark.parametrize("value", OPAQUE)
def test_an_opaque_number_needs_no_word(value, write, read_folder):
    rows = good_rows()
    rows[1]["participant_id"] = value
    write(rows)
    assert not len(_warned(read_folder()))


@pytest.mark.parametrize(("values", "rule"), [
    (["Mar-24", "01-Apr"], "2 of 5 are days, as a spreadsheet makes"),
    (["ab-1", "AB-1"], "1 of 5 differ from another only in capitals"),
    (["001", "1"], "1 of 5 differ from another only in capitals or in zeros before them")])
def test_numbers_that_a_spreadsheet_may_have_changed_are_counted(values, rule, write, read_folder):
    rows = good_rows()
    for row, value in zip(rows, values, strict=False):
        row["participant_id"] = value
    write(rows)
    found = read_folder()
    assert found.is_clean and [each for each in found.problems["rule"] if rule in each]


def test_an_error_of_a_spreadsheet_is_called_so_in_every_kind_of_column(write, read_folder):
    rows = good_rows()
    rows[1] |= {"participant_id": "#REF!", "age": "#N/A", "sex": "#VALUE!", "start_date": "#NAME?"}
    write(rows)
    rules = read_folder().problems.filter(pl.col("level") == "row")["rule"].to_list()
    assert rules == ["is a spreadsheet's error, not a value"] * 4


def test_figures_that_look_like_a_date_by_chance_need_no_word():
    assert not identifiers.warn(pl.Series([str(10_000_000 + 37 * number) for number in range(30_000)]))
    assert not identifiers.warn(pl.Series([f"{number:010d}" for number in range(5_000)]))


def test_every_person_is_counted_under_one_head():
    ((rule, _),) = identifiers.warn(pl.Series(["QQ123456C"] * 249 + ["ann.smith"]))
    assert rule.startswith("250 of 250 say") and "National Insurance numbers: 249; names: 1" in rule


@given(some.from_regex(f"^(?:{identifiers.ANY})\\Z", fullmatch=True), some.text(max_size=5))
def test_what_looks_like_a_person_is_never_shown(value, other):
    problems = pl.DataFrame({"column": ["participant_id", "", "sex"], "value": [value, f"{value},{AREA}", other]})
    columns = returns.contract.columns("participants")
    shown = identifiers.mask(problems, columns)["value"].to_list()
    assert shown[:2] == [identifiers.HIDDEN] * 2 and shown[2] == other


def test_such_a_number_of_a_refused_row_is_in_no_report_page_and_no_terminal(folder, write):
    rows = good_rows()
    rows[1]["participant_id"] = rows[2]["participant_id"] = "QQ123456C"
    rows[3]["sex"] = "QQ 12 34 56 C"
    rows[4]["ethnicity"] = "QQ123456C"
    rows[1]["age"] = "200"
    path = write(rows)
    path.write_text(path.read_text(encoding="utf-8") + f"QQ123456C,{AREA}\n", encoding="utf-8")
    console = Console(file=io.StringIO(), width=200)
    returns.check(folder, folder.parent / "report", console)
    page = (folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    assert "QQ123456C" not in page and "QQ123456C" not in console.file.getvalue()
    assert "left out" in page
