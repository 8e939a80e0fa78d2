"""What a sender plainly meant is never read as not sent: names spelled off, a header in a lower row, undated jobs."""

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.returns import read
from dashboard.pipeline.returns.contract import KINDS, columns

from .conftest import AREA, GOOD, TODAY, TOML, good_rows

NAMES = [(kind, column.name) for kind in KINDS for column in columns(kind) if column.name in GOOD[kind]]
SPELLINGS = {
    "capitals": str.upper,
    "spaces": lambda name: name.replace("_", " ") + " ",
    "no-break spaces": lambda name: f"\u00a0{name.title()}".replace("_", "\u00a0"),
    "dashes": lambda name: f"{name.replace('_', '-')}-",
    "invisible": lambda name: f"\u200b{name}\ufeff",
    "wide letters": lambda name: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in name),
    "run together": lambda name: f"{name.title().replace('_', '')}.",
}


def _rename(rows, name, spelled):
    return [{spelled if key == name else key: value for key, value in row.items()} for row in rows]


def _fault(found):
    faults = found.problems.filter(pl.col("level") == "file")
    assert len(faults) == 1 and not found.account["rows_read"].sum()
    return faults.row(0, named=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(NAMES), some.sampled_from(list(SPELLINGS)), some.sampled_from(["csv", "parquet"]))
def test_every_column_however_it_is_spelled_rejects_the_file_and_is_shown(tmp_path, case, spelling, form):
    kind, name = case
    rows = _rename(good_rows(kind), name, SPELLINGS[spelling](name))
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    for leftover in tmp_path.glob("*_S*"):
        leftover.unlink()
    path = tmp_path / f"{kind}_{AREA}.{form}"
    pl.DataFrame(rows).write_csv(path) if form == "csv" else pl.DataFrame(rows).write_parquet(path)
    fault = _fault(read(tmp_path, today=TODAY))
    assert f"spell the column name exactly '{name}'" in fault["remedy"]
    assert "leave the column out" not in fault["remedy"]


# what the file calls it, what it is, what the message shows
NEAR = [
    ("Employment_Start_Date", "employment_start_date", "'Employment_Start_Date', in capitals"),
    ("employment_start_date ", "employment_start_date", "'employment_start_date ', with a space at its end"),
    ("employment\u00a0start\u00a0date", "employment_start_date", "with a space that is not an ordinary one"),
    ("sex\u200b", "sex", "'sex\\x200b', with an invisible character"),
    ("employement_start_date", "employment_start_date", "'employement_start_date' is not 'employment_start_date'"),
    ("Date employment started", "employment_start_date", "'Date employment started' is not"),
    ("follow-up 13 weeks", "followup_13_weeks", "is not 'followup_13_weeks'"),
]


@pytest.mark.parametrize(("name", "column", "shown"), NEAR, ids=[case[2] for case in NEAR])
def test_an_optional_column_spelled_off_rejects_the_file_and_the_difference_is_shown(
    name, column, shown, write, read_folder
):
    write(_rename(good_rows(), column, name))
    fault = _fault(read_folder())
    assert shown in fault["rule"] and (fault["row"], fault["column"]) == (1, column)


def test_a_second_spelling_of_a_column_rejects_the_file(write, read_folder):
    write([{**row, "Sex": "male"} for row in good_rows()])
    assert "'Sex', in capitals is not 'sex'" in _fault(read_folder())["rule"]


@pytest.mark.parametrize("name", ["followup_12_weeks", "notes", "postcode", "end_date", "gender", "case_worker"])
def test_a_column_of_another_name_is_ignored_with_a_warning(name, write, read_folder):
    write([{name: "x", **{key: value for key, value in row.items() if key != "followup_13_weeks"}}
           for row in good_rows()])
    found = read_folder()
    assert found.account["rows_accepted"].to_list() == [5]
    assert found.problems.filter(pl.col("column") == name)["level"].to_list() == ["warning"]


# rows above the header, what is said of them, what is to be taken out
ABOVE = [
    (["sep=,"], "row 1 is 'sep=,', a hint for spreadsheets: the column names stand in row 2", "take out row 1,"),
    (["sep=;"], "row 1 is 'sep=;', a hint for spreadsheets: the column names stand in row 2", "CSV UTF-8"),
    (["Return of Clackmannanshire,,,", ""], "row 1 is a title, not the column names", "take out rows 1 to 2,"),
    (["", "", ""], "the first row is empty: the column names stand in row 4", "take out rows 1 to 3,"),
    ([",,,,"], "the first row is empty: the column names stand in row 2", "take out row 1,"),
    (["Council,Quarter", "x,y"], "row 1 does not hold the column names: the column names stand in row 3", "1 to 2"),
    (["a", "b", "c", "d", "e"], "the column names stand in row 6", "rows 1 to 5"),
]


LOWER = [(*case, form) for case in ABOVE for form in ("csv", "xlsx") if (form, case[0]) != ("xlsx", ["sep=;"])]


@pytest.mark.parametrize(("above", "rule", "remedy", "form"), LOWER, ids=[f"{case[3]} {case[1][:40]}" for case in LOWER])
def test_a_header_in_a_lower_row_is_found_and_said(above, rule, remedy, form, folder, write, read_folder):
    path = write(good_rows())
    text = path.read_text(encoding="utf-8")
    if above == ["sep=;"]:
        text = text.replace(";", "+").replace(",", ";")
    if form == "csv":
        path.write_text("\n".join([*above, text]), encoding="utf-8")
    else:
        path.unlink()
        with xlsxwriter.Workbook(folder / f"participants_{AREA}.xlsx") as book:
            sheet = book.add_worksheet()
            for number, line in enumerate([*above, *text.splitlines()]):
                cells = [line] if number < len(above) and "sep=" in line else line.split(",")
                sheet.write_row(number, 0, cells)
    fault = _fault(read_folder())
    assert rule in fault["rule"] and remedy in fault["remedy"]


def _undated(count, of):
    rows = good_rows(count=of)
    for row in rows[:count]:
        row["employment_start_date"] = ""
    return rows


@pytest.mark.parametrize(("undated", "jobs", "is_rejected"), [(3, 5, True), (5, 5, True), (6, 10, True),
                                                             (5, 10, False), (2, 2, False), (1, 5, False)])
def test_jobs_that_are_mostly_not_dated_are_no_mere_warning(undated, jobs, is_rejected, write, read_folder):
    write(_undated(undated, jobs))
    found = read_folder()
    if is_rejected:
        assert f"{undated} of the {jobs} people whose follow-ups say in_employment" in _fault(found)["rule"]
    else:
        assert found.is_clean and len(found.participants) == jobs
        assert found.problems["rule"].str.contains("employment_start_date is empty").any()


def test_people_without_any_job_need_no_date(write, read_folder):
    rows = _undated(5, 5)
    for row in rows:
        row |= {name: "not_in_employment" for name in row if name.startswith("followup_")}
    write(rows)
    assert read_folder().is_clean


def test_a_column_of_jobs_left_out_whole_rejects_the_file(write, read_folder):
    write([{key: value for key, value in row.items() if key != "employment_start_date"} for row in good_rows()])
    assert "5 of the 5 people" in _fault(read_folder())["rule"]
