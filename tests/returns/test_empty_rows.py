"""Rows with nothing in them are nobody: left out of every form of file alike, with one warning."""

from itertools import pairwise

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.disclosure import quality
from dashboard.pipeline.returns import read
from dashboard.pipeline.returns.runs import name_rows, row_runs

from .conftest import AREA, GOOD, KEYS, TODAY, TOML, good_rows

NOTHING = some.sampled_from(["", None, " ", "\u00a0"])


def _write(path, rows, form):
    """Rows of text in one form of file; None is an empty row, a list of cells stands as it is."""
    header = list(GOOD["participants"])
    cut = [["" if each is None else each for each in (row if isinstance(row, list) else row.values())] for row in rows]
    if form == "csv":
        frame = pl.DataFrame(cut, schema=header, orient="row")
        frame.write_csv(path / f"participants_{AREA}.csv", null_value="")
    elif form == "parquet":
        pl.DataFrame(cut, schema=header, orient="row").write_parquet(path / f"participants_{AREA}.parquet")
    else:
        with xlsxwriter.Workbook(path / f"participants_{AREA}.xlsx") as book:
            sheet = book.add_worksheet()
            for number, cells in enumerate([header, *cut]):
                sheet.write_row(number, 0, cells)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.one_of(some.none(), NOTHING), min_size=1, max_size=8), some.sampled_from(["csv", "parquet", "xlsx"]))
def test_empty_rows_among_good_ones_are_left_out_with_one_warning(tmp_path, kinds, form):
    """None is a person; any other value is a row that holds just that in each cell."""
    people = iter(good_rows(count=len(kinds) + 1))
    rows = [next(people) if kind is None else [kind] * len(GOOD["participants"]) for kind in kinds] + [next(people)]
    for leftover in tmp_path.glob("participants*"):
        leftover.unlink()
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    _write(tmp_path, rows, form)
    found = read(tmp_path, today=TODAY)
    empty = [number for number, row in enumerate(rows, start=2) if isinstance(row, list)]
    assert found.account["rows_read"].to_list() == [len(rows) - len(empty)]
    assert found.account["rows_rejected"].to_list() == [0] and found.is_clean
    notes = found.problems.filter(pl.col("rule").str.contains("left out"))
    assert len(notes) == bool(empty)
    if empty:
        assert name_rows(empty) in notes["rule"][0]


@pytest.mark.parametrize("line", [",,,", "," * 40, "," * 60, " , ,", '"","",""', ""])
@pytest.mark.parametrize("kind", list(GOOD))
def test_a_line_of_separators_is_no_row_however_many_it_has(line, kind, write, read_folder):
    path = write(good_rows(kind), kind)
    first, *others = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([first, others[0], *[line] * 300, *others[1:]]), encoding="utf-8")
    found = read_folder()
    assert found.account.select("rows_read", "rows_accepted").rows() == [(5, 5)] and found.is_clean
    notes = found.problems.filter(pl.col("rule").str.contains("left out"))["rule"].to_list()
    assert notes == ["300 empty rows were left out (rows 3 to 302)"]
    assert getattr(found, kind)[KEYS[kind]].to_list() == [row[KEYS[kind]] for row in good_rows(kind)]


def test_empty_rows_are_in_no_share_of_rows_rejected(folder, write, read_folder):
    path = write(good_rows(count=40))
    path.write_text(path.read_text(encoding="utf-8") + ("," * 40 + "\n") * 2000, encoding="utf-8")
    assert dict((measure, value) for _, measure, value in quality._rejected(read_folder())) == {"rejected_share": 0}


def test_a_row_with_only_a_formula_in_it_is_not_taken_for_empty(folder, read_folder):
    with xlsxwriter.Workbook(folder / f"participants_{AREA}.xlsx") as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([list(GOOD["participants"]), *[list(row.values()) for row in good_rows()]]):
            sheet.write_row(number, 0, cells)
        sheet.write_formula(7, 0, "=NA()", None, "#N/A")
    found = read_folder()
    assert found.account.select("rows_read", "rows_rejected").rows() == [(6, 1)]


def test_a_file_of_empty_rows_alone_has_no_rows(write, read_folder):
    write([dict.fromkeys(row, "") for row in good_rows()])
    assert read_folder().problems["rule"].to_list() == ["the file has a header but no rows"]


@given(some.lists(some.integers(1, 60)))
def test_runs_cover_each_row_once_and_no_other(rows):
    runs = list(row_runs(rows))
    assert [row for first, last in runs for row in range(first, last + 1)] == sorted(set(rows))
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(runs))


def test_rows_are_named_in_few_words():
    assert name_rows([7]) == "row 7"
    assert name_rows(range(7, 307)) == "rows 7 to 306"
    assert name_rows([3, 9, 10, 11]) == "rows 3, 9 to 11"
    assert name_rows(range(1, 30, 2)) == "rows 1, 3, 5, 7, 9, 11 and more"
