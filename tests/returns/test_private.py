"""What is about people can be read by its owner alone, and is not in the terminal unless asked for."""

import io
import os
import resource
import stat

import pytest
from click.testing import CliRunner
from rich.console import Console

from dashboard.cli import main
from dashboard.pipeline import returns

from .conftest import AREA, TOML, good_rows


@pytest.fixture
def damaged(folder, write):
    """Returns with every kind of report to write."""
    rows = good_rows()
    rows[1] |= {"participant_id": "KX-77", "age": "200", "referral_date": "2012-01-01"}
    rows[2] |= {"participant_id": "KX 78"}
    rows[3] |= {"participant_id": "KX-79"}
    write([*rows, {**rows[3], "age": "31"}])
    return folder


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("before", ["nothing", "an empty folder", "an earlier report", "a link"])
def test_reports_are_their_owners_alone_whatever_the_umask(umask, before, damaged, tmp_path):
    report = tmp_path / "out"
    old = os.umask(umask)
    try:
        if before != "nothing":
            report.mkdir(mode=0o755)
        if before == "an earlier report":
            (report / "index.html").write_text("old")
        if before == "a link":
            (tmp_path / "elsewhere").write_text("untouched")
            (report / "index.html").symlink_to(tmp_path / "elsewhere")
        returns.check(damaged, report, Console(file=io.StringIO()))
    finally:
        os.umask(old)
    assert _mode(report) == 0o700
    names = {path.name for path in report.iterdir()}
    assert names == {"index.html", f"report_{AREA}.html", f"rejected_{AREA}.csv", f"marked_participants_{AREA}.xlsx"}
    assert {_mode(path) for path in report.iterdir()} == {0o600}
    assert not (report / "index.html").is_symlink()


def test_a_folder_with_other_things_in_it_keeps_its_own_mode(damaged, tmp_path):
    report = tmp_path / "out"
    report.mkdir()
    report.chmod(0o755)
    (report / "mine.txt").write_text("kept")
    returns.check(damaged, report, Console(file=io.StringIO()))
    assert _mode(report) == 0o755 and _mode(report / f"report_{AREA}.html") == 0o600


def _run(*arguments):
    done = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert done.exit_code == 1, done.output
    return done.output


def test_the_terminal_gives_row_and_column_and_no_identifier(damaged):
    said = _run(damaged)
    assert "row 3, column age: must be 99 or less" in said and "row 4, column participant_id:" in said
    assert not any(value in said for value in ("KX", "'200'", "2012-01-01"))
    page = (damaged.parent / "returns-report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    assert "KX 78" in page and "200" in page


@pytest.mark.parametrize(("column", "value", "quoted"), [
    ("sex", "Female", "female"), ("start_date", "45047", "2023-05-01"), ("age", " 31", "31"),
    ("support_end_date", "2023-04-30", "2023-05-01")])
def test_neither_rule_nor_remedy_in_the_terminal_tells_what_a_cell_says(column, value, quoted, folder, write):
    rows = good_rows()
    rows[1][column] = value
    write(rows)
    line = next(line for line in _run(folder).splitlines() if f", row 3, column {column}" in line)
    assert value not in line and quoted not in line.replace("female, male", "")
    line = next(line for line in _run(folder, "--show-values").splitlines() if f", row 3, column {column}" in line)
    assert value in line and quoted in line


def test_the_values_are_printed_when_asked_for(damaged):
    said = _run(damaged, "--show-values")
    assert "column age, '200': must be 99 or less" in said and "'KX 78'" in said


def test_what_changed_since_the_returns_before_names_nobody(damaged, tmp_path):
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    (earlier / "return.toml").write_text(TOML, encoding="utf-8")
    header = ",".join(good_rows()[0])
    people = [{**row, "age": "60"} for row in good_rows()] + [{**good_rows()[0], "participant_id": "KX-90"}]
    (earlier / f"participants_{AREA}.csv").write_text(
        "\n".join([header, *(",".join(row.values()) for row in people)]), encoding="utf-8")
    said = _run(damaged, "--previous", earlier)
    assert "4 people of the return before are not in this one (rows 3 to 5, 7 of its file)" in said
    assert "the age at the same start was another in the return before" in said
    assert "KX" not in said and "P-1" not in said


def test_no_core_file_is_left_while_returns_are_in_memory(damaged):
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        returns.read(damaged)
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def test_reports_say_how_long_to_keep_them(damaged, tmp_path):
    returns.check(damaged, tmp_path / "out", Console(file=io.StringIO()))
    index, own = (" ".join((tmp_path / "out" / name).read_text("utf-8").split()) for name in ("index.html", f"report_{AREA}.html"))
    assert "Delete the folder once the returns are accepted, at the latest when the edition is published" in index
    assert "delete it, with every file that came with it, once the return you sent again is accepted" in own
