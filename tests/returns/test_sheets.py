"""What the owner of a workbook cannot see is named: hidden sheets, rows and columns, and days counted from 1904."""

import datetime

import polars as pl
import pytest
import xlsxwriter

from .conftest import AREA, GOOD, good_rows

RETURN = [list(GOOD["participants"]), *[list(row.values()) for row in good_rows()]]
LISTS = [["yes", "female"], ["no", "male"]]
STATES = ["visible", "hidden", "very_hidden"]
MARK = {"visible": "", "hidden": " (hidden)", "very_hidden": " (very hidden: Excel's menus do not list it)"}


def _write(folder, sheets, **options):
    """A workbook of sheets: name, rows and state of each."""
    with xlsxwriter.Workbook(folder / f"participants_{AREA}.xlsx", options) as book:
        for name, rows, state in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            getattr(sheet, {"hidden": "hide", "very_hidden": "very_hidden"}.get(state, "activate"))()
    return folder / f"participants_{AREA}.xlsx"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("is_first", [False, True])
def test_the_one_sheet_with_the_columns_is_read_and_the_others_are_named(state, is_first, folder, read_folder):
    others = [("Lists & notes", LISTS, state)]
    _write(folder, [*(others if is_first else []), ("Return", RETURN, "visible"), *([] if is_first else others)])
    found = read_folder()
    assert found.participants["participant_id"].to_list() == [f"P-{number}" for number in range(1, 6)]
    assert found.problems["level"].to_list() == ["warning"]
    assert found.problems["rule"][0] == (
        f"only the sheet 'Return' was read; left unread: 'Lists & notes'{MARK[state]}")


@pytest.mark.parametrize("state", STATES)
def test_two_sheets_with_the_columns_reject_the_file_and_both_are_named(state, folder, read_folder):
    _write(folder, [("Return", RETURN, "visible"), ("Copy", RETURN, state)])
    problem = read_folder().problems.row(0, named=True)
    assert problem["level"] == "file"
    assert problem["rule"] == ("the workbook has 2 sheets with something in them "
                               f"('Return', 'Copy'{MARK[state]}); 2 of them have the required columns")
    assert ("a sheet you cannot see" in problem["remedy"]) == (state != "visible")


def test_a_visible_sheet_with_some_of_the_columns_may_be_meant_too(folder, read_folder):
    _write(folder, [("Return", RETURN, "visible"), ("More", [["participant_id", "notes"], ["P-9", "x"]], "visible")])
    assert "some of its columns stand in another sheet too" in read_folder().problems["rule"][0]


def test_a_hidden_sheet_with_some_of_the_columns_is_left_unread(folder, read_folder):
    _write(folder, [("Return", RETURN, "visible"), ("More", [["participant_id"], ["P-9"]], "hidden")])
    assert len(read_folder().participants) == 5


def test_no_sheet_with_the_columns_rejects_the_file(folder, read_folder):
    _write(folder, [("A", LISTS, "visible"), ("B", LISTS, "very_hidden")])
    assert "none of them has the required columns" in read_folder().problems["rule"][0]


def test_an_empty_sheet_beside_the_return_needs_no_word(folder, read_folder):
    _write(folder, [("Sheet1", [], "visible"), ("Return", RETURN, "visible")])
    found = read_folder()
    assert len(found.participants) == 5 and not len(found.problems)


@pytest.mark.parametrize("what", ["rows", "columns"])
def test_hidden_rows_and_columns_are_read_and_said(what, folder, read_folder):
    with xlsxwriter.Workbook(folder / f"participants_{AREA}.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(RETURN):
            sheet.write_row(number, 0, row)
        sheet.set_row(3, None, None, {"hidden": True}) if what == "rows" else sheet.set_column(
            5, 5, None, None, {"hidden": True})
    found = read_folder()
    assert len(found.participants) == 5
    assert found.problems["rule"].to_list() == [f"some {what} are hidden in the sheet; they were read like any other"]


@pytest.mark.parametrize(("counts_from_1904", "day"), [(True, "2023-05-01"), (False, "2019-04-30")])
def test_a_number_for_a_day_is_answered_with_the_workbooks_own_day(counts_from_1904, day, folder, read_folder):
    rows = [list(row) for row in RETURN]
    rows[2][RETURN[0].index("start_date")] = 43585
    rows[3][RETURN[0].index("start_date")] = datetime.date(2023, 5, 1)
    _write(folder, [("Return", rows, "visible")], date_1904=counts_from_1904, default_date_format="yyyy-mm-dd")
    found = read_folder()
    assert found.participants["start_date"].unique().to_list() == [datetime.date(2023, 5, 1)]
    problem = found.problems.filter(pl.col("level") == "row").row(0, named=True)
    assert problem["row"] == 3 and f"write {day} if that is the day meant" in problem["remedy"]
