"""CSV, Parquet and XLSX of the same return read as the same return, with the types that were promised."""

import datetime
from datetime import date

import polars as pl
import pytest
import xlsxwriter

from dashboard.pipeline.returns import cells
from dashboard.pipeline.returns.contract import KINDS, columns

from .conftest import AREA, GOOD, KEYS, good_rows

DATES = [name for name in GOOD["participants"] if name.endswith("_date")]


def _write_workbook(path, rows, formulas=(), start=0):
    """Dates as date cells, figures as numbers: as a person's own workbook has them."""
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for column, name in enumerate(rows[0], start=start):
            sheet.write_string(0, column, name)
            for row, each in enumerate(rows, start=1):
                value = each[name]
                if (name.endswith("_date") or name == "date") and value:
                    sheet.write_datetime(row, column, datetime.datetime.fromisoformat(value), day)
                elif value.replace(".", "", 1).isdigit():
                    sheet.write_number(row, column, float(value))
                else:
                    sheet.write_string(row, column, value)
        for cell, formula, value in formulas:
            sheet.write_formula(cell, formula, None, value)


@pytest.mark.parametrize("kind", list(GOOD))
@pytest.mark.parametrize("form", ["mark", "crlf", "cr", "quoted", "parquet", "typed parquet", "xlsx"])
def test_every_form_of_a_file_reads_the_same(form, kind, folder, write, read_folder):
    path = write(good_rows(kind), kind)
    plain = getattr(read_folder(), kind)
    data = path.read_bytes()
    path.unlink()
    texts = pl.DataFrame(good_rows(kind)).with_columns(pl.when(pl.all() != "").then(pl.all()))
    if form == "mark":
        path.write_bytes(b"\xef\xbb\xbf" + data)
    elif form in ("crlf", "cr"):
        path.write_bytes(data.replace(b"\n", b"\r\n" if form == "crlf" else b"\r"))
    elif form == "quoted":
        texts.write_csv(path, quote_style="always")
    elif form == "parquet":
        texts.write_parquet(path.with_suffix(".parquet"))
    elif form == "typed parquet":
        left_out = {"participants": [], "experience": ["area_code", "island"]}.get(kind, ["area_code"])
        plain.drop(left_out).write_parquet(path.with_suffix(".parquet"))
    else:
        _write_workbook(path.with_suffix(".xlsx"), good_rows(kind))
    found = read_folder()
    assert found.is_clean, found.problems
    assert getattr(found, kind).equals(plain)


def test_accepted_rows_are_typed_and_blanks_are_filled(write, read_folder):
    rows = good_rows(count=2)
    rows[1] |= {
        name: "" for name in rows[1] if name not in ("participant_id", "area_code", "programme", "start_date")
    }
    rows[0]["joined_up_support"] = "transport;health;transport"
    write(rows)
    people = read_folder().participants
    full, blank = people.rows(named=True)
    assert full["start_date"] == date(2023, 5, 1) and full["age"] == 25 and full["simd_quintile"] == 1
    assert full["joined_up_support"] == ["health", "transport"]
    assert blank["sex"] == blank["island"] == blank["referral_source"] == "unknown"
    assert (
        blank["joined_up_support"] == [] and blank["age"] is None and blank["employment_start_date"] is None
    )
    assert blank["followup_13_weeks"] is None       # a blank follow-up is not an answer
    assert people.schema["joined_up_support"] == pl.List(pl.String)


def test_columns_that_are_not_sent_are_not_known(write, read_folder):
    needed = ("participant_id", "area_code", "programme", "start_date")
    write([{name: row[name] for name in needed} for row in good_rows()])
    found = read_folder()
    assert found.participants["carer"].unique().to_list() == ["unknown"]
    assert found.is_clean and "optional columns are not in the file" in found.problems["rule"][0]


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_what_an_unknown_column_holds_goes_nowhere(form, folder, write, read_folder):
    rows = [{"name": "=SECRET name", **row, "national_insurance": "SECRET number"} for row in good_rows()]
    rows[1]["age"] = "200"
    if form == "csv":
        path = write(rows)
        path.write_text(path.read_text() + rows[0]["name"] + "," + "x,SECRET," * 5 + '\n"SECRET\n')
    elif form == "parquet":
        pl.DataFrame(rows).write_parquet(folder / f"participants_{AREA}.parquet")
    else:
        _write_workbook(folder / f"participants_{AREA}.xlsx", rows)
    found = read_folder()
    unknown = found.problems.filter(found.problems["rule"].str.contains("not a column of this return"))
    assert set(unknown["column"]) == {"name", "national_insurance"} and set(unknown["level"]) == {"warning"}
    assert len(found.participants) == 4
    for frame in (found.participants, found.problems, found.rejected):
        assert "SECRET" not in str(frame.rows())


def test_a_workbook_keeps_the_sheets_row_numbers_past_an_empty_row(folder, read_folder):
    rows = good_rows(count=4)
    rows[1] = dict.fromkeys(rows[1], "")
    rows[3]["sex"] = "f"
    _write_workbook(folder / f"participants_{AREA}.xlsx", rows)
    found = read_folder()
    assert found.account.select("rows_read", "rows_rejected").rows() == [(3, 1)]
    assert found.problems.filter(found.problems["level"] == "row")["row"].to_list() == [5]


@pytest.mark.parametrize("start", [0, 2])
def test_a_formula_or_an_error_in_a_workbook_rejects_its_row(start, folder, read_folder):
    """The reader shows a formula's last value and an error as empty; neither may pass for an answer."""
    name = list(GOOD["participants"])
    age, carer = (chr(ord("A") + start + name.index(each)) for each in ("age", "carer"))
    _write_workbook(folder / f"participants_{AREA}.xlsx", good_rows(),
                    [(f"{age}3", "=20+5", 25), (f"{carer}5", "=NA()", "#N/A")], start)
    found = read_folder()
    problems = found.problems.filter(found.problems["level"] == "row")
    assert problems.select("row", "column", "value").rows() == [
        (3, "age", f"{age}3"),
        (5, "carer", f"{carer}5"),
    ]
    assert all("holds a formula" in rule for rule in problems["rule"])
    assert found.participants["participant_id"].to_list() == ["P-1", "P-3", "P-5"]


@pytest.mark.parametrize(("value", "rule"), [
    (45047.0, "Excel's number for a day"), (datetime.datetime(2023, 5, 1, 9, 30), "without a time"),
    (True, "must be a date"), ("1/5/2023", "order year, month, day")])
def test_excels_idea_of_a_date_is_refused_unless_it_is_a_whole_day(value, rule, folder, read_folder):
    rows = good_rows(count=2)
    _write_workbook(folder / f"participants_{AREA}.xlsx", rows)
    with xlsxwriter.Workbook(folder / f"participants_{AREA}.xlsx") as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(rows[0]):
            sheet.write_column(0, column, [name, *[str(row[name]) for row in rows]])
        place = list(rows[0]).index("start_date")
        if isinstance(value, datetime.datetime):
            sheet.write_datetime(1, place, value, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        else:
            sheet.write(1, place, value)
    found = read_folder()
    problem = found.problems.filter(found.problems["level"] == "row").row(0, named=True)
    assert (problem["row"], problem["column"]) == (2, "start_date") and rule in problem["rule"]


def test_cells_beyond_the_header_of_a_workbook_reject_their_row(folder, read_folder):
    rows = good_rows()
    path = folder / f"participants_{AREA}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate([list(rows[0]), *[list(each.values()) for each in rows]]):
            sheet.write_row(row, 0, values)
        sheet.write(3, len(rows[0]), "shifted")
    found = read_folder()
    assert found.participants[KEYS["participants"]].to_list() == ["P-1", "P-2", "P-4", "P-5"]
    assert "more cells than the header" in found.problems.filter(found.problems["level"] == "row")["rule"][0]


def test_a_name_in_gaelic_is_text_like_any_other(write, read_folder):
    rows = good_rows("spend", 1)
    rows[0]["funding_stream"] = "Obair ann an Eilean Siar: à, è, ì"
    write(rows, "spend", encoding="utf-8-sig")
    assert read_folder().spend["funding_stream"].to_list() == ["Obair ann an Eilean Siar: à, è, ì"]


@pytest.mark.parametrize("kind", KINDS)
def test_many_texts_say_what_each_says_by_itself(kind):
    """Where there are many, each distinct one is read once: blanks, good and bad ones alike."""
    texts = [None, "", "2021-01-05", "2021-02-30", "5/1/2021", "2021-22", "2021-23", "7", "007", "7.5", "1e5", "-1", " 7", "x"]
    for column in columns(kind):
        own = [*texts, *column.values, ";".join(column.values[:2]), f"{''.join(column.values[:1])};x"]
        one_by_one, many = ([cells.interpret(pl.DataFrame({column.name: each}, schema={column.name: pl.String}), (column,))
                             for each in asked] for asked in ([[text] for text in own], [own * 100]))
        assert 100 * len(own) > cells.FEW and many[0].width == (column.type in cells.TYPES)
        assert not many[0].width or many[0].equals(pl.concat(one_by_one * 100))
