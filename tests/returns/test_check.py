"""What the sender and the receiver see: the terminal, the page, the rejected rows."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from rich.console import Console

from dashboard.cli import main
from dashboard.pipeline import returns
from dashboard.pipeline.returns import ReturnsError

from .conftest import AREA, TOML, good_rows

LONG_NAME = f"participants_{AREA} {'of the partnership, as sent by the council on Monday ' * 3}(1).csv"


@pytest.fixture
def check(folder):
    """Check the folder on a narrow terminal; returns (verdict, what it printed)."""

    def _check(width=40, out=None):
        console = Console(width=width, file=io.StringIO(), force_terminal=False)
        verdict = returns.check(folder, out or folder.parent / "report", console)
        return verdict, console.file.getvalue()

    return _check


@pytest.mark.parametrize("width", [20, 80, 200])
def test_file_names_are_printed_whole_on_any_terminal(width, check, folder, write):
    write(good_rows(), "participants")
    write(good_rows("spend"), name=LONG_NAME.replace("participants", "spend"))
    _, said = check(width)
    for name in (f"participants_{AREA}.csv", LONG_NAME.replace("participants", "spend")):
        lines = [line for line in said.splitlines() if line.startswith(name)]
        assert len(lines) >= 1, said
    assert re.search(rf"participants_{AREA}\.csv +5 +5 +0 +0 +accepted", said)


def test_a_good_folder_passes_and_says_so(check, folder, write):
    write(good_rows())
    verdict, said = check()
    assert verdict is True
    assert "Rows read 5 = 5 accepted + 0 rejected; files rejected whole: 0; warnings: 0" in said
    assert "No participants file from 31 of 32 partnerships" in said
    page = (folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    assert "Everything was accepted" in page
    assert not (folder.parent / "report" / f"rejected_{AREA}.csv").exists()


def test_the_report_lies_beside_the_returns_unless_told_otherwise(folder, write):
    write(good_rows())
    assert returns.check(folder, None, Console(file=io.StringIO()))
    assert (folder.parent / "returns-report" / "index.html").is_file()


def test_reports_never_lie_among_the_returns(check, folder, write):
    write(good_rows())
    with pytest.raises(ReturnsError, match="choose another folder"):
        check(out=folder)


def test_a_report_folder_that_cannot_be_made_is_one_sentence(check, folder, write):
    write(good_rows())
    (folder.parent / "taken").write_text("")
    with pytest.raises(ReturnsError, match="cannot be written here"):
        check(out=folder.parent / "taken")


def test_a_report_of_an_earlier_run_does_not_linger(check, folder, write):
    rows = good_rows()
    rows[0]["age"] = "200"
    write(rows)
    report = folder.parent / "report"
    check()
    (report / "mine.txt").write_text("kept")
    assert (report / f"rejected_{AREA}.csv").is_file()
    write(good_rows())
    check()
    assert not (report / f"rejected_{AREA}.csv").exists()
    assert (report / "mine.txt").is_file()


def test_rejected_rows_of_every_kind_come_back_as_they_were_sent(check, folder, write):
    people, money = good_rows(), good_rows("spend")
    people[1]["sex"], people[2]["age"], people[3]["religion"] = (
        "=cmd|'/C calc'!A0",
        "'25",
        'not, "quoted"\nhere',
    )
    money[0]["spend"] = "+1"
    write(people)
    write(money, "spend")
    verdict, _ = check()
    with (folder.parent / "report" / f"rejected_{AREA}.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert verdict is False
    given = {(row["participant_id"] or row["funding_stream"]): row for row in rows}
    for sent in (*people[1:4], money[0]):
        back = given[sent.get("participant_id") or sent["funding_stream"]]
        assert {key: back[key].removeprefix("'") for key in sent if sent[key]} == {
            k: v for k, v in sent.items() if v
        }
        assert back["what_is_wrong"] and back["how_to_mend_it"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


class _Outline(HTMLParser):
    """Tags and the texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_the_page_escapes_what_was_sent_and_needs_nothing_from_outside(check, folder, write):
    rows = good_rows()
    rows[0]["sex"] = "<script>alert(1)</script>"
    rows[1]["sex"] = "<img src=x onerror=alert(1)>"
    write([{"<b>bold</b>": "x", **row} for row in rows])
    (folder / "return.toml").write_text(TOML.replace("2024-Q2", "<i>2024</i>"), encoding="utf-8")
    check()
    page = (folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    outline = _Outline(page)
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "img", "b", "i", "link", "iframe", "form", "svg"}
    assert "<script>alert(1)</script>" in outline.texts and "<b>bold</b>" in outline.texts
    assert not [value for _, attributes in outline.tags for key, value in attributes.items()
                if key == "src" or (key == "href" and value != f"rejected_{AREA}.csv")]


def test_the_page_can_be_read_by_everyone(check, folder, write):
    rows = good_rows()
    rows[0]["age"] = "200"
    write(rows)
    check()
    for name in (f"report_{AREA}.html", "index.html"):
        outline = _Outline((folder.parent / "report" / name).read_text(encoding="utf-8"))
        tags = [tag for tag, _ in outline.tags]
        assert ("html", {"lang": "en"}) in outline.tags and tags.count("h1") == 1 and "main" in tags
        assert tags.count("caption") == tags.count("table") > 0
        assert all("scope" in attributes for tag, attributes in outline.tags if tag == "th")


def test_the_page_says_file_row_column_value_rule_and_remedy(check, folder, write):
    rows = good_rows()
    rows[2]["age"] = "200"
    write(rows)
    check()
    texts = _Outline((folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")).texts
    place = texts.index("200")
    assert texts[place - 3:place + 3] == [f"participants_{AREA}.csv", "4", "age", "200", "must be 99 or less",
                                         "correct the number, or leave it empty if it is not known"]


def test_demonstration_returns_are_marked_everywhere(check, folder, write):
    write(good_rows())
    (folder / "return.toml").write_text(TOML.replace("false", "true"), encoding="utf-8")
    _, said = check(width=200)
    notice = "Demonstration data: made up, not about real people or real performance."
    assert notice in said
    for name in (f"report_{AREA}.html", "index.html"):
        assert notice in (folder.parent / "report" / name).read_text(encoding="utf-8")


def test_a_run_of_rows_with_one_fault_is_one_line(check, folder, write):
    rows = good_rows(count=900)
    for row in rows[5:]:
        row["age"] = "200"
    write(rows)
    _, said = check()
    assert [line for line in said.splitlines() if "column age" in line] == [
        f"participants_{AREA}.csv, rows 7 to 901, column age: must be 99 or less (895 times). "
        "To mend: correct the number, or leave it empty if it is not known."]
    texts = _Outline((folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")).texts
    assert texts.count("7 to 901") == 2     # by what to do, and with what the cells say
    with (folder.parent / "report" / f"rejected_{AREA}.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.DictReader(handle))) == 895


def test_many_kinds_of_problem_are_counted_not_poured_out(check, folder, write):
    rows = good_rows(count=600)
    for number, row in enumerate(rows):
        row["age"] = str(200 + number)
    odd = dict.fromkeys(list(rows[0])[4:], "?")
    write([{**rows[0], **odd}, *rows[1:]])
    _, said = check()
    assert sum(": must be" in line for line in said.splitlines()) == 20 and "more kinds of problem, all in" in said
    page = (folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    assert "The first 500 of 636 are shown." in page


def test_problems_come_before_warnings_and_say_first_what_to_do(check, folder, write):
    rows = good_rows()
    rows[0]["referral_date"] = "2012-01-01"
    rows[4]["age"] = "200"
    write(rows)
    _, said = check()
    assert said.index("column age") < said.index("column referral_date")
    page = (folder.parent / "report" / f"report_{AREA}.html").read_text(encoding="utf-8")
    heads = re.findall("<h2>(.*?)</h2>", page)
    assert heads.index("What to do") < heads.index("Please check") < heads.index("Rows that were rejected")
    assert page.index("What to do: most frequent first") < page.index("The account")


@pytest.mark.parametrize(("spoil", "code", "said"), [
    (None, 0, "Rows read 5 = 5 accepted + 0 rejected"),
    ("row", 1, "Rows read 5 = 4 accepted + 1 rejected"),
    ("file", 1, "files rejected whole: 1"),
    ("edition", 2, "return.toml: is missing"),
])
def test_the_command_tells_by_its_exit_what_happened(spoil, code, said, folder, write, monkeypatch):
    rows = good_rows()
    if spoil == "row":
        rows[0]["age"] = "200"
    write(rows)
    if spoil == "file":
        (folder / f"spend_{AREA}.csv").write_bytes(b"")
    if spoil == "edition":
        (folder / "return.toml").unlink()
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["check", "."])
    assert done.exit_code == code and said in done.output, done.output
    assert "Traceback" not in done.output and isinstance(done.exception, SystemExit | None)
