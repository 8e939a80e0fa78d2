"""What rejects a whole file, one row of text, or the whole folder: one clear message that names the file."""

import io
import os
import shutil
import struct
import tempfile
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from dashboard.pipeline.returns import ReturnsError, folder, read

from .conftest import AREA, PERSON, TODAY, TOML, good_rows

NAME = f"participants_{AREA}.csv"
HEADER = ",".join(PERSON)
ROW = ",".join(PERSON.values())
CSV = f"{HEADER}\n{ROW}\n"


SWOLLEN = 60 << 20


@cache
def _bomb():
    """A workbook whose one sheet is 60 MiB of spaces in 60 KiB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * SWOLLEN)
    return buffer.getvalue()


def _lying_bomb():
    """The same, saying that it is 1,000 bytes."""
    return _bomb().replace(struct.pack("<I", SWOLLEN), struct.pack("<I", 1000))


def _sheets(*names):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in names:
            book.add_worksheet(name).write_row(0, 0, list(PERSON))
    return buffer.getvalue()


def _parquet(frame):
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


# what happened, name, bytes (or what makes them, where they are many), part of the message
WHOLE = [
    ("nothing in it", NAME, b"", "the file is empty"),
    ("only a mark", NAME, b"\xef\xbb\xbf", "the file is empty"),
    ("only line ends", NAME, b"\n\n\r\n", "the file is empty"),
    ("only a header", NAME, f"{HEADER}\n".encode(), "a header but no rows"),
    ("only a header, unended", NAME, HEADER.encode(), "a header but no rows"),
    ("an empty first row", NAME, f"\n{CSV}".encode(), "the first row is empty"),
    ("UTF-16", NAME, CSV.encode("utf-16"), "UTF-16"),
    ("UTF-16 without a mark", NAME, CSV.encode("utf-16-le"), "NUL"),
    (
        "Windows-1252",
        NAME,
        CSV.replace("A supplier", "").replace("mixed", "Métis").encode("cp1252"),
        "wrong encoding",
    ),
    ("broken UTF-8", NAME, CSV.encode() + b"\xff\xfe", "wrong encoding"),
    ("NUL bytes", NAME, CSV.encode().replace(b"mixed", b"mi\0ed"), "NUL"),
    ("an endless line", NAME, CSV.encode() + b"x" * 200_000, "a line is longer than"),
    ("an endless first line", NAME, b"x" * 200_000, "a line is longer than"),
    ("an endless row of cells", NAME, CSV.encode() + b"x," * 100_000, "a line is longer than"),
    ("prose", NAME, b"Dear all,\nplease find attached\n", "required columns are missing: participant_id"),
    ("a web page", NAME, b"<!doctype html><html></html>", "a web page"),
    ("a PDF", NAME, b"%PDF-1.7 ...", "a PDF"),
    ("JSON", NAME, b'[{"participant_id": "P1"}]', "JSON"),
    ("a workbook called CSV", NAME, _sheets("a"), "an Excel workbook"),
    ("a Parquet file called CSV", NAME, _parquet(pl.DataFrame(good_rows())), "a Parquet file"),
    ("semicolons between", NAME, CSV.replace(",", ";").encode(), "required columns are missing"),
    ("tabs between", NAME, CSV.replace(",", "\t").encode(), "required columns are missing"),
    (
        "a missing column",
        NAME,
        CSV.replace("start_date", "begin_date", 1).encode(),
        "column is missing: start_date",
    ),
    (
        "a column in capitals",
        NAME,
        CSV.replace("programme", "Programme", 1).encode(),
        "column is missing: programme",
    ),
    ("a repeated column", NAME, f"{HEADER},sex\n{ROW},male\n".encode(), "'sex' appears 2 times"),
    ("a repeated unknown column", NAME, f"{HEADER},a,a\n{ROW},1,2\n".encode(), "'a' appears 2 times"),
    ("an open quotation mark in the header", NAME, f'"{CSV}'.encode(), "never closed"),
    ("no such partnership", "participants_S12000099.csv", CSV.encode(), "'S12000099' is not the code"),
    ("Scotland as a partnership", "participants_S92000003.csv", CSV.encode(), "'S92000003' is not the code"),
    ("an old workbook", f"participants_{AREA}.xls", b"\xd0\xcf\x11\xe0", "this kind of file cannot be read"),
    ("a packed file", f"participants_{AREA}.csv.gz", b"\x1f\x8b", "this kind of file cannot be read"),
    ("a copy", f"participants_{AREA} (1).csv", CSV.encode(), "not spelled as agreed"),
    ("a version", f"participants_{AREA}_v2.csv", CSV.encode(), "not spelled as agreed"),
    ("a name without a code", "participants.csv", CSV.encode(), "does not say what it holds"),
    ("a misspelt kind", f"particpants_{AREA}.csv", CSV.encode(), "does not say what it holds"),
    ("CSV called a workbook", f"participants_{AREA}.xlsx", CSV.encode(), "not an Excel workbook"),
    ("a password", f"participants_{AREA}.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
    ("half a workbook", f"participants_{AREA}.xlsx", _sheets("a")[:-200], "not an Excel workbook"),
    ("an empty workbook", f"participants_{AREA}.xlsx", _sheets(), "holds no rows"),
    ("a workbook with a header only", f"participants_{AREA}.xlsx", _sheets("a"), "a header but no rows"),
    ("a workbook of two sheets", f"participants_{AREA}.xlsx", _sheets("a", "b"), "2 sheets"),
    ("a workbook that swells", f"participants_{AREA}.xlsx", _bomb, "expands beyond reason, to 60 MiB"),
    (
        "a workbook that lies about its size",
        f"participants_{AREA}.xlsx",
        _lying_bomb,
        "not an Excel workbook",
    ),
    ("CSV called Parquet", f"participants_{AREA}.parquet", CSV.encode(), "not a table in Parquet"),
    (
        "half a Parquet file",
        f"participants_{AREA}.parquet",
        _parquet(pl.DataFrame(good_rows()))[:-500],
        "not a table in Parquet",
    ),
    (
        "Parquet without rows",
        f"participants_{AREA}.parquet",
        _parquet(pl.DataFrame(good_rows()).clear()),
        "a header but no rows",
    ),
    (
        "Parquet without a column",
        f"participants_{AREA}.parquet",
        _parquet(pl.DataFrame(good_rows()).drop("area_code")),
        "column is missing: area_code",
    ),
    (
        "Parquet of nested cells",
        f"participants_{AREA}.parquet",
        _parquet(pl.DataFrame(good_rows()).with_columns(pl.struct("age").alias("sex"))),
        "'sex' holds struct",
    ),
    (
        "Parquet that swells",
        f"participants_{AREA}.parquet",
        _parquet(pl.select(pl.repeat("P", 3_500_000).alias("participant_id"))),
        "expands to 3,500,000 rows",
    ),
]


@pytest.mark.parametrize(("what", "name", "data", "message"), WHOLE, ids=[case[0] for case in WHOLE])
def test_a_file_that_is_no_return_is_rejected_whole_and_named(
    what, name, data, message, folder, write, read_folder
):
    (folder / name).write_bytes(data() if callable(data) else data)
    write([{**row, "area_code": "S12000006"} for row in good_rows()], area_code="S12000006")

    found = read_folder()

    faults = found.problems.filter(found.problems["level"] == "file")
    assert faults["file"].to_list() == [name]
    assert message in faults["rule"][0] and faults["remedy"][0]
    rows = {
        row["file"]: (row["rows_read"], row["rows_accepted"]) for row in found.account.iter_rows(named=True)
    }
    assert rows == {name: (0, 0), "participants_S12000006.csv": (5, 5)}   # the others go on
    assert found.participants["area_code"].unique().to_list() == ["S12000006"]


@pytest.mark.parametrize("second", [
    f"participants_{AREA}.xlsx", f"PARTICIPANTS_{AREA}.CSV", f"participants_{AREA.lower()}.csv",
    f"participants_{AREA} (1).csv", f"Participants-{AREA}.csv", f"participants_{AREA}.xls",
    f"ｐarticipants_{AREA}.csv"])
def test_two_files_for_one_partnership_and_kind_are_both_rejected(second, folder, write, read_folder):
    write(good_rows())
    write(good_rows(), name=second)
    found = read_folder()
    faults = found.problems.filter(found.problems["level"] == "file")
    assert set(faults["file"]) == {NAME, second}
    assert all(
        f"there are 2 participants files for {AREA}" in rule and second in rule for rule in faults["rule"]
    )
    assert not len(found.participants)


def test_one_file_is_read_whatever_the_capitals_of_its_name(write, read_folder):
    write(good_rows(), name=f"Participants_{AREA}.CSV")
    assert read_folder().account["rows_accepted"].to_list() == [5]


def _fault(found):
    faults = found.problems.filter(found.problems["level"] == "file")
    assert faults["file"].to_list() == [NAME]
    assert found.account.select("rows_read", "rows_accepted", "rows_rejected").rows() == [(0, 0, 0)]
    return faults["rule"][0]


def test_a_folder_where_a_file_should_be(folder, read_folder):
    (folder / NAME).mkdir()
    assert _fault(read_folder()) == "this is a folder, not a file"


def test_a_dangling_link(folder, read_folder):
    (folder / NAME).symlink_to(folder / "gone.csv")
    assert _fault(read_folder()) == "this is a link to a file that is not there"


def test_a_link_to_itself(folder, read_folder):
    (folder / NAME).symlink_to(folder / NAME)
    assert "cannot be opened" in _fault(read_folder())


def test_a_link_to_a_good_file_is_followed(folder, write, read_folder, tmp_path):
    write(good_rows()).rename(tmp_path / "elsewhere.csv")
    (folder / NAME).symlink_to(tmp_path / "elsewhere.csv")
    assert read_folder().account["rows_accepted"].to_list() == [5]


def test_a_pipe_is_refused_without_waiting_for_it(folder, read_folder):
    os.mkfifo(folder / NAME)
    assert "not an ordinary file" in _fault(read_folder())


def test_an_endless_device_is_refused_unread(folder, read_folder):
    (folder / NAME).symlink_to("/dev/zero")
    assert "not an ordinary file" in _fault(read_folder())


def test_no_permission():
    """Root may read everything, so root steps down to an ordinary user for the length of the reading."""
    home = Path(tempfile.mkdtemp(prefix="returns-"))
    try:
        home.chmod(0o755)
        (home / "return.toml").write_text(TOML, encoding="utf-8")
        (home / NAME).write_text(CSV, encoding="utf-8")
        (home / NAME).chmod(0)
        is_root = os.geteuid() == 0
        read(home, today=TODAY) if is_root else None   # the reference tables are read before stepping down
        try:
            if is_root:
                os.seteuid(65534)
            found = read(home, today=TODAY)
        finally:
            if is_root:
                os.seteuid(0)
        assert _fault(found) == "there is no permission to read this file"
    finally:
        shutil.rmtree(home)


# what happened, lines after the header, rows accepted, rows rejected, part of the rule
BROKEN = [
    ("a cell short", [ROW, ROW.rpartition(",")[0]], "40 cells where the header has 41"),
    ("a cell too many", [ROW, ROW + ",x"], "42 cells where the header has 41"),
    ("one cell", [ROW, "hello"], "1 cells where the header has 41"),
    (
        "an open quotation mark",
        [ROW, ROW.replace("mixed", '"mixed')],
        "quotation mark in this row is never closed",
    ),
    (
        "text after a quotation mark",
        [ROW, ROW.replace("mixed", '"mi"xed')],
        "quotation mark in this row is never closed",
    ),
    (
        "a comma inside a cell",
        [ROW, ROW.replace("mixed", "mixed, other")],
        "42 cells where the header has 41",
    ),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("what", "lines", "rule"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_row_that_cannot_be_cut_is_rejected_alone_and_kept_as_it_stood(
    what, lines, rule, end, folder, read_folder
):
    lines = [line.replace("P-1", f"P-{number}", 1) for number, line in enumerate([*lines, ROW], start=1)]
    (folder / NAME).write_bytes((end.join([HEADER, *lines]) + end).encode())
    found = read_folder()
    problems = found.problems.filter(found.problems["level"] == "row")
    assert problems["row"].to_list() == [3] and rule in problems["rule"][0]
    assert found.participants["participant_id"].to_list() == ["P-1", "P-3"]
    assert found.rejected["text"].to_list() == [lines[1]]


def test_a_short_and_a_long_row_do_not_cancel_out(folder, read_folder):
    lines = [ROW.replace("P-1", f"P-{number}", 1) for number in range(1, 5)]
    lines[1], lines[2] = lines[1].rpartition(",")[0], lines[2] + ","
    (folder / NAME).write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    found = read_folder()
    assert found.participants["participant_id"].to_list() == ["P-1", "P-4"]
    assert found.problems.filter(found.problems["level"] == "row")["row"].to_list() == [3, 4]


def test_an_open_quotation_mark_swallows_no_other_row(folder, read_folder):
    lines = [ROW.replace("P-1", f"P-{number}", 1) for number in range(1, 7)]
    lines[1] = lines[1].replace("mixed", '"mixed')
    lines[4] = lines[4].replace("mixed", 'mixed"')
    (folder / NAME).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    found = read_folder()
    assert found.participants["participant_id"].to_list() == ["P-1", "P-3", "P-4", "P-6"]
    assert found.account["rows_read"].to_list() == [6]


def test_rows_keep_the_numbers_a_spreadsheet_shows(folder, read_folder):
    """A blank line is a row; a cell of two lines is still one row."""
    header = f"{HEADER},notes"
    first, second = (ROW.replace("P-1", f"P-{number}", 1) for number in (1, 2))
    text = f'{header}\n{first},"a note\nof two lines"\n\n{second.replace("mixed", "Mixed")},x\n'
    (folder / NAME).write_text(text, encoding="utf-8")
    found = read_folder()
    assert found.participants["participant_id"].to_list() == ["P-1"]
    assert found.problems.filter(found.problems["level"] == "row")["row"].to_list() == [4]
    assert found.account["rows_read"].to_list() == [2]


@pytest.mark.parametrize("name", ["notes.docx", "readme.md"])
def test_what_is_no_return_is_left_alone_with_a_warning(name, folder, write, read_folder):
    write(good_rows())
    (folder / name).write_text("hello")
    (folder / ".hidden.csv").write_text("hello")
    (folder / "a folder").mkdir()
    found = read_folder()
    assert found.is_clean
    assert found.problems.filter(found.problems["file"] == name)["level"].to_list() == ["warning"]


# the whole of return.toml, part of the message
EDITIONS = [
    (None, "is missing"),
    ("", '"edition" must be'),
    ("edition = ", "not valid TOML"),
    ("edition = 2024", '"edition" must be'),
    ('edition = ""\ncut_off = 2024-06-30\nsynthetic = false', '"edition" must be'),
    ('edition = "e"\nsynthetic = false', '"cut_off" must be a date'),
    ('edition = "e"\ncut_off = "2024-06-30"\nsynthetic = false', '"cut_off" must be a date'),
    ('edition = "e"\ncut_off = 2024-06-31\nsynthetic = false', "not valid TOML"),
    ('edition = "e"\ncut_off = 2024-06-30T00:00:00\nsynthetic = false', '"cut_off" must be a date'),
    ('edition = "e"\ncut_off = 2024-08-02\nsynthetic = false', "in the future"),
    ('edition = "e"\ncut_off = 2017-06-30\nsynthetic = false', "before returns began"),
    ('edition = "e"\ncut_off = 2024-06-30', '"synthetic" must be true'),
    ('edition = "e"\ncut_off = 2024-06-30\nsynthetic = "no"', '"synthetic" must be true'),
    ('edition = "e"\ncut_off = 2024-06-30\nsynthetic = false\nsupplier = 7', '"supplier" must be a text'),
    (f'{TOML}[received]\nS12000099 = 2024-07-01', "not the code of a partnership"),
    (f'{TOML}[received]\n{AREA} = "soon"', "must be a date"),
    (f"{TOML}embargo_until = 2024-12-03", '"embargo_until" must be a day and an hour'),
    (f'{TOML}embargo_until = "9.30am"', '"embargo_until" must be a day and an hour'),
    (f"{TOML}embargo_until = 2020-12-03T09:30:00", "not after the cut-off"),
    (b"\xff\xfe", "is not UTF-8 text"),
]


@pytest.mark.parametrize(("text", "message"), EDITIONS, ids=[case[1] for case in EDITIONS])
def test_a_broken_edition_stops_the_whole_folder(text, message, folder, write):
    write(good_rows())
    (folder / "return.toml").unlink()
    if text is not None:
        (folder / "return.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ReturnsError, match=r"return\.toml") as raised:
        read(folder, today=TODAY)
    assert message in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize(("written", "hour"), [
    ("", None), ("embargo_until = 2026-12-03T09:30:00", datetime(2026, 12, 3, 9, 30)),
    ("embargo_until = 2026-07-02T09:30:00", datetime(2026, 7, 2, 8, 30)),
    ("embargo_until = 2026-12-03T09:30:00Z", datetime(2026, 12, 3, 9, 30)),
    ("embargo_until = 2026-12-03T09:30:00+05:00", datetime(2026, 12, 3, 4, 30))])
def test_the_hour_of_release_is_the_clock_of_scotland_unless_it_says_another(written, hour, folder, write, read_folder):
    write(good_rows())
    (folder / "return.toml").write_text(f"{TOML}{written}\n", encoding="utf-8")
    assert read_folder().embargo_until == hour


def test_the_edition_knows_when_returns_came(folder, write, read_folder):
    write(good_rows())
    (folder / "return.toml").write_text(
        f"{TOML}[received]\n{AREA} = 2024-07-10\ndue = 2024-07-12\n", encoding="utf-8"
    )
    found = read_folder()
    assert str(found.received[AREA]) == "2024-07-10" and str(found.due) == "2024-07-12"


def test_a_folder_without_a_return_is_an_error(folder):
    with pytest.raises(ReturnsError, match="holds no return file"):
        read(folder, today=TODAY)


def test_a_folder_that_is_not_there(folder):
    with pytest.raises(ReturnsError, match="there is no such folder"):
        read(folder / "nowhere", today=TODAY)


def test_who_sent_nothing_is_missing_and_not_zero(write, read_folder):
    write(good_rows())
    found = read_folder()
    assert len(found.missing) == 31 and AREA not in found.missing
    assert found.account["area_code"].to_list() == [AREA]


@pytest.mark.parametrize(("name", "said", "remedy"), [
    ("participants_S12000046.csv", "former code of Glasgow City", "participants_S12000049.csv"),
    ("participants_S12000015.xlsx", "former code of Fife", "participants_S12000047.xlsx"),
    ("participants_Comhairle nan Eilean Siar.csv", "names Na h-Eileanan Siar in words", "participants_S12000013.csv"),
    ("Western Isles participants.csv", "names Na h-Eileanan Siar in words", "participants_S12000013.csv"),
    ("spend Edinburgh, City of.csv", "names City of Edinburgh in words", "spend_S12000036.csv"),
    ("register of fife.csv", "names Fife in words", "participants_S12000047.csv")])
def test_a_file_named_by_a_former_code_or_by_the_council_is_told_the_right_name(name, said, remedy):
    fault = folder._place(Path(name)).fault
    assert said in fault.rule and remedy in fault.remedy


def test_a_file_named_by_nothing_we_know_is_told_how():
    assert "does not say" in folder._place(Path("people.csv")).fault.rule
