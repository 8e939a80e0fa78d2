"""The copy with the problem cells marked: the whole file where it stood, to be mended in place and sent again."""

import shutil
import zipfile

import fastexcel
import pytest
from rich.console import Console

from dashboard.pipeline import returns
from dashboard.pipeline.returns import marked

from .conftest import AREA, PERSON, TOML, good_rows

COPY = f"marked_participants_{AREA}.xlsx"


@pytest.fixture
def copy(folder):
    """Check the folder, and return the path of the copy of the participants."""
    def _copy():
        with open("/dev/null", "w", encoding="utf-8") as nowhere:
            returns.check(folder, folder.parent / "report", Console(file=nowhere))
        return folder.parent / "report" / COPY

    return _copy


def _cells(path):
    return fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()


def _notes(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/comments1.xml").decode()


def test_every_row_stands_where_it_stood_and_the_problems_are_in_notes(copy, write):
    rows = good_rows()
    rows[2] |= {"age": "200", "sex": ""}
    path = write([{"notes": "SECRET", **row} for row in rows])
    path.write_text(path.read_text(encoding="utf-8").replace("SECRET,P-2", "\nSECRET,P-2"), encoding="utf-8")
    cells, notes = _cells(copy()), _notes(copy())
    assert cells.row(0) == tuple(PERSON) and cells.row(2) == (None,) * len(PERSON)
    assert [cells.row(place)[0] for place in (1, 3, 4, 5, 6)] == ["P-1", "P-2", "P-3", "P-4", "P-5"]
    place = chr(ord("A") + list(PERSON).index("age"))
    assert f'ref="{place}5"' in notes and "must be 99 or less. To mend: correct the number" in notes
    assert "SECRET" not in str(cells.rows())


def test_a_copy_mended_in_place_is_accepted(copy, folder, write, read_folder):
    """What stands in the copy and was right stays right; only the marked rows are refused again."""
    rows = good_rows()
    rows[1]["age"], rows[3]["religion"] = "200", "=1+1"
    path = write(rows)
    before = read_folder()
    marked_copy = copy()
    path.unlink()
    shutil.copy(marked_copy, folder / f"participants_{AREA}.xlsx")
    again = read_folder()
    assert again.participants.equals(before.participants)
    assert again.rejected.drop("file").equals(before.rejected.drop("file"))


def test_a_row_that_could_not_be_cut_is_in_the_copy_whole(copy, write):
    path = write(good_rows())
    path.write_text(path.read_text(encoding="utf-8") + "P-9,broken\n", encoding="utf-8")
    marked_copy = copy()
    assert _cells(marked_copy).row(6)[0] == "P-9,broken" and 'ref="A7"' in _notes(marked_copy)


def test_a_file_without_rejected_rows_has_no_copy(copy, write):
    write(good_rows())
    assert not copy().exists()


def test_demonstration_returns_say_so_in_the_copy(copy, folder, write):
    (folder / "return.toml").write_text(TOML.replace("false", "true"), encoding="utf-8")
    rows = good_rows()
    rows[0]["age"] = "200"
    write(rows)
    with zipfile.ZipFile(copy()) as archive:
        assert "Demonstration data: made up" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_nations_returns_have_no_copies(copy, write, monkeypatch):
    monkeypatch.setattr(marked, "MOST_CELLS", 5 * len(PERSON) - 1)
    rows = good_rows()
    rows[0]["age"] = "200"
    write(rows)
    marked_copy = copy()
    assert not marked_copy.exists()
    assert "check a folder with the files of one partnership" in (
        marked_copy.with_name(f"report_{AREA}.html").read_text(encoding="utf-8"))
