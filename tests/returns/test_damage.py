"""Every kind of damaged cell is said by file, row, column, value, rule and remedy; nothing else is lost."""

import csv
import io

import pytest
from rich.console import Console

from dashboard.pipeline import returns
from dashboard.pipeline.returns.table import shorten

from .conftest import AREA, KEYS, TODAY, TOML, good_rows

LONG = "x" * 300

# what happened, kind of file, column, what the cell says, part of the rule that must be quoted
DAMAGE = [
    ("day before month", "participants", "start_date", "01/02/2024", "order year, month, day"),
    ("month before day", "participants", "start_date", "12/31/2023", "order year, month, day"),
    ("dots between", "participants", "referral_date", "20.04.2023", "order year, month, day"),
    ("slashes in the right order", "participants", "start_date", "2023/05/01", "order year, month, day"),
    ("one-figure month", "participants", "start_date", "2023-5-01", "order year, month, day"),
    ("two-figure year", "participants", "start_date", "01-05-23", "order year, month, day"),
    ("no dashes", "participants", "start_date", "20230501", "YYYY-MM-DD"),
    ("month in words", "participants", "start_date", "1 May 2023", "YYYY-MM-DD"),
    ("30 February", "participants", "start_date", "2024-02-30", "no such day"),
    ("29 February of an ordinary year", "participants", "start_date", "2023-02-29", "no such day"),
    ("month 13", "participants", "training_date", "2023-13-01", "no such day"),
    ("year nought", "participants", "start_date", "0000-01-01", "must be"),
    ("Excel's number for a day", "participants", "start_date", "45047", "Excel's number for a day"),
    ("Excel's number with a time", "participants", "start_date", "45047.5", "Excel's number for a day"),
    ("a moment, not a day", "participants", "start_date", "2023-05-01 00:00:00", "without a time"),
    ("a moment in ISO", "participants", "start_date", "2023-05-01T09:30:00Z", "without a time"),
    ("space inside a date", "participants", "start_date", "2023- 5-01", "YYYY-MM-DD"),
    ("space after a date", "participants", "start_date", "2023-05-01 ", "YYYY-MM-DD"),
    ("other digits", "participants", "start_date", "２０２３-05-01", "YYYY-MM-DD"),
    ("before the programmes began", "participants", "start_date", "2018-03-31", "on or after 2018-04-01"),
    ("start after the cut-off", "participants", "start_date", "2024-07-01", "cut-off, 2024-06-30"),
    ("job after the cut-off", "participants", "employment_start_date", "2024-07-01", "cut-off, 2024-06-30"),
    (
        "referral after the start",
        "participants",
        "referral_date",
        "2023-05-02",
        "on or before start_date (2023-05-01)",
    ),
    (
        "end before the start",
        "participants",
        "support_end_date",
        "2023-04-30",
        "on or after start_date (2023-05-01)",
    ),
    ("job before the start", "participants", "employment_start_date", "2023-04-30", "on or after start_date"),
    ("training before the start", "participants", "training_date", "2023-04-30", "on or after start_date"),
    ("no start", "participants", "start_date", "", "must not be empty"),
    ("no number", "participants", "participant_id", "", "must not be empty"),
    ("no programme", "participants", "programme", "", "must not be empty"),
    ("number with a space", "participants", "participant_id", "P 3", "1 to 64 of the letters"),
    ("number with an accent", "participants", "participant_id", "Pé3", "1 to 64 of the letters"),
    ("number too long", "participants", "participant_id", "P" * 65, "1 to 64 of the letters"),
    ("an address as number", "participants", "participant_id", "ann@example.org", "1 to 64 of the letters"),
    (
        "the wrong council",
        "participants",
        "area_code",
        "S12000006",
        "not another partnership (Dumfries and Galloway)",
    ),
    ("no such council", "participants", "area_code", "S12000099", "must be S12000005"),
    ("council by name", "participants", "area_code", "Clackmannanshire", "must be S12000005"),
    ("council in small letters", "participants", "area_code", "s12000005", "must be S12000005"),
    ("no such programme", "participants", "programme", "work_programme", "must be one of: nolb, fss"),
    ("programme in capitals", "participants", "programme", "NOLB", "must be one of: nolb, fss"),
    ("label, not value", "participants", "sex", "Female", "must be one of: female, male"),
    ("number for a value", "participants", "sex", "1", "must be one of: female, male"),
    ("space before", "participants", "sex", " female", "must be one of: female, male"),
    ("only a space", "participants", "sex", " ", "must be one of: female, male"),
    ("a letter for yes", "participants", "disabled", "Y", "must be one of: yes, no, unknown"),
    ("true for yes", "participants", "carer", "TRUE", "must be one of: yes, no, unknown"),
    (
        "a value from another column",
        "participants",
        "followup_13_weeks",
        "yes",
        "must be one of: in_employment",
    ),
    ("a word for nothing", "participants", "island", "N/A", "must be one of: yes, no"),
    ("age of 200", "participants", "age", "200", "99 or less"),
    ("age of 13", "participants", "age", "13", "14 or more"),
    ("age with a fraction", "participants", "age", "25.5", "whole number"),
    ("age in words", "participants", "age", "twenty", "whole number"),
    ("age in scientific form", "participants", "age", "2e1", "whole number"),
    ("age with a leading nought", "participants", "age", "025", "whole number"),
    ("age beyond counting", "participants", "age", "9" * 30, "whole number"),
    ("negative months", "participants", "months_unemployed", "-3", "begins like a spreadsheet formula"),
    ("sixth quintile", "participants", "simd_quintile", "6", "5 or less"),
    ("quintile nought", "participants", "simd_quintile", "0", "1 or more"),
    ("seventh urban-rural class", "participants", "urban_rural_6", "7", "6 or less"),
    ("list with spaces", "participants", "joined_up_support", "health; housing", "semicolons without spaces"),
    ("list with commas", "participants", "condition_type", "physical,sensory", "semicolons without spaces"),
    (
        "list with an empty place",
        "participants",
        "condition_type",
        "physical;;sensory",
        "semicolons without spaces",
    ),
    (
        "list with a stranger",
        "participants",
        "priority_family",
        "lone_parent;rich",
        "lone_parent, disabled_member",
    ),
    ("formula", "participants", "participant_id", "=1+1", "begins like a spreadsheet formula"),
    (
        "call",
        "participants",
        "sex",
        '=HYPERLINK("http://example.org","x")',
        "begins like a spreadsheet formula",
    ),
    ("plus", "participants", "age", "+25", "begins like a spreadsheet formula"),
    ("dash", "participants", "participant_id", "-P3", "begins like a spreadsheet formula"),
    ("at", "participants", "religion", "@SUM(1)", "begins like a spreadsheet formula"),
    ("tab", "participants", "ethnicity", "\t=1", "begins like a spreadsheet formula"),
    ("wide equals sign", "spend", "funding_stream", "＝1+1", "begins like a spreadsheet formula"),
    ("line break in a cell", "participants", "sex", "fem\nale", "line break or an invisible character"),
    ("invisible mark", "participants", "sex", "female\u200b", "line break or an invisible character"),
    ("text that turns round", "spend", "funding_stream", "a\u202eb", "line break or an invisible character"),
    ("cell beyond reason", "participants", "sex", LONG, "must be one of: female, male"),
    ("markup", "participants", "sex", "<script>alert(1)</script>", "must be one of: female, male"),
    ("an apostrophe before a formula", "participants", "sex", "'=1", "must be one of: female, male"),
    ("no such domain", "progress", "domain", "happiness", "must be one of: confidence"),
    ("no such wave", "progress", "wave", "end", "must be one of: start, follow_up"),
    ("score above the scale", "progress", "score", "6", "at most scale_max (5)"),
    ("score below the scale", "progress", "score", "0", "at least scale_min (1)"),
    ("scale upside down", "progress", "scale_max", "0", "at least scale_min (1)"),
    ("score in words", "progress", "score", "high", "must be a number"),
    ("decimal comma", "progress", "score", "3,5", "must be a number"),
    ("score after the cut-off", "progress", "date", "2024-07-01", "cut-off, 2024-06-30"),
    ("no item", "progress", "item", "", "must not be empty"),
    ("no such statement", "experience", "statement", "speed", "must be one of: dignity_and_respect"),
    ("no answer", "experience", "answer", "", "must not be empty"),
    ("a smiley for an answer", "experience", "answer", "🙂", "must be one of: strongly_agree"),
    ("a year, not a financial year", "spend", "financial_year", "2023", "must be a financial year"),
    ("years that do not follow", "spend", "financial_year", "2023-25", "must be a financial year"),
    ("a slash in the year", "spend", "financial_year", "2023/24", "must be a financial year"),
    ("a year to come", "spend", "financial_year", "2025-26", "cut-off, 2024-06-30"),
    ("pounds sign", "spend", "spend", "£950000", "must be a number"),
    ("thousands comma", "spend", "spend", "950,000", "must be a number"),
    ("money back", "spend", "spend", "-1", "begins like a spreadsheet formula"),
    ("not a number", "spend", "spend", "NaN", "must be a number"),
    ("infinity", "spend", "budget", "inf", "must be a number"),
    ("no stream", "spend", "funding_stream", "", "must not be empty"),
]


def _apart():
    """The damage in folders of returns: {kind: cases} each, at most 15 in a file, no two that are said of one column."""
    folders = []
    for case in DAMAGE:
        kind, said_of = case[1], _said_of(case)
        free = next((folder for folder in folders if len(folder.get(kind, ())) < 15
                     and said_of not in map(_said_of, folder.get(kind, ()))), None)
        if free is None:
            folders.append(free := {})
        free.setdefault(kind, []).append(case)
    return folders


def _said_of(case):
    """The column; what is wrong with a scale is said of the score too."""
    return {"scale_max": "score"}.get(case[2], case[2])


def _check(place, cases_of):
    """A folder of returns with each of these cells in a row of its own, good rows around it; and what is found in it.

    Gives {what: (rows of its file, place of its row, what was read, what the terminal said, the rejected rows as sent)}.
    """
    folder, console, sent = place / "returns", Console(width=30, record=True, file=io.StringIO()), {}
    folder.mkdir(parents=True)
    (folder / "return.toml").write_text(TOML, encoding="utf-8")
    for kind, cases in cases_of.items():
        sent[kind] = good_rows(kind, 2 * len(cases) + 3)
        for number, (_, _, column, value, _) in enumerate(cases):
            sent[kind][2 * number + 2][column] = value
        with (folder / f"{kind}_{AREA}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, sent[kind][0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(sent[kind])
    found = returns.read(folder, today=TODAY)
    assert returns.check(folder, place / "report", console) is False
    with (place / "report" / f"rejected_{AREA}.csv").open(encoding="utf-8-sig", newline="") as handle:
        rejected = list(csv.DictReader(handle))
    said = console.export_text().splitlines()
    return {what: (sent[kind], 2 * number + 2, found, said, rejected)
            for kind, cases in cases_of.items() for number, (what, *_) in enumerate(cases)}


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """{what: …} of every case of damage; see `_check`."""
    return {what: found for cases_of in _apart() for what, found in _check(tmp_path_factory.mktemp("damage"), cases_of).items()}


@pytest.mark.parametrize(
    ("what", "kind", "column", "value", "rule"), DAMAGE, ids=[case[0] for case in DAMAGE]
)
def test_a_damaged_cell_is_named_and_its_row_alone_rejected(what, kind, column, value, rule, checked):
    rows, place, found, said, rejected = checked[what]
    name, row = f"{kind}_{AREA}.csv", place + 2
    named = found.problems.filter(level="row", file=name, row=row, column=column).row(0, named=True)
    assert named["value"] == shorten(value)
    assert rule in named["rule"]
    assert named["remedy"]

    is_good = [each == good for each, good in zip(rows, good_rows(kind, len(rows)), strict=True)]
    (account,) = found.account.filter(kind=kind).select("rows_read", "rows_accepted", "rows_rejected").rows()
    assert account == (len(rows), sum(is_good), len(rows) - sum(is_good)) and not is_good[place]
    kept = set(getattr(found, kind)[KEYS[kind]].to_list())
    assert kept == {each[KEYS[kind]] for each, good in zip(rows, is_good, strict=True) if good}
    (left,) = found.rejected.filter(file=name, row=row)[column].to_list()
    assert left == (value or None)
    _assert_said_and_kept(said, rejected, name, row, column, value, named["rule"])


def _assert_said_and_kept(said, rejected, name, row, column, value, rule):
    """The terminal says it in one line without the value, and the rejected row stands in the CSV as it was sent."""
    (line,) = [line for line in said if line.startswith(f"{name}, row {row}, column {column}")]
    assert rule.partition(" (2023-")[0].partition(" (5)")[0].partition(" (1)")[0] in line
    assert not value or f"'{shorten(value)}'" not in line
    (kept,) = [each for each in rejected if (each["file"], each["row"]) == (name, str(row))]
    assert kept.get(column, "").removeprefix("'") == value
    assert not kept.get(column, "").startswith(("=", "+", "-", "@", "\t"))


def test_the_table_of_damage_is_long_enough():
    assert len({case[0] for case in DAMAGE}) == len(DAMAGE) >= 60


def test_all_rows_that_share_a_number_are_rejected_and_told_so(write, read_folder):
    rows = good_rows()
    rows[1]["participant_id"] = rows[4]["participant_id"] = "SAME"
    rows[4]["age"] = "26"
    write(rows)
    found = read_folder()
    assert found.participants["participant_id"].to_list() == ["P-1", "P-3", "P-4"]
    rules = found.problems.filter(found.problems["value"] == "SAME")
    assert rules["row"].to_list() == [3, 6]
    assert "stands in 2 rows (first in row 3, last in row 6); all are rejected" in rules["rule"][0]


def test_a_row_with_several_faults_has_a_line_for_each(write, read_folder):
    rows = good_rows()
    rows[0] |= {"age": "200", "sex": "f", "start_date": "01/02/2023"}
    write(rows)
    found = read_folder()
    problems = found.problems.filter(found.problems["level"] == "row")
    assert set(problems["column"]) == {"age", "sex", "start_date"}
    assert found.account["rows_rejected"].to_list() == [1]


@pytest.mark.parametrize("kind", ["participants", "progress", "experience", "spend"])
def test_a_good_file_has_nothing_to_mend(kind, write, read_folder):
    write(good_rows(kind), kind)
    found = read_folder()
    assert found.is_clean
    assert len(getattr(found, kind)) == 5


@pytest.mark.parametrize(("change", "column", "rule"), [
    ({"followup_13_weeks": "in_employment", "employment_start_date": "2024-06-01"}, "followup_13_weeks",
     "answered before it was due (2024-08-31)"),
    ({"employment_start_date": ""}, "followup_13_weeks", "answered, but employment_start_date is empty"),
])
def test_what_is_unlikely_is_a_warning_and_rejects_nothing(change, column, rule, write, read_folder):
    rows = good_rows()
    rows[3] |= change
    write(rows)
    found = read_folder()
    warning = found.problems.filter(
        (found.problems["level"] == "warning") & (found.problems["column"] == column)
    )
    assert warning["row"].to_list() == [5] and warning["rule"].to_list() == [rule]
    assert found.account["rows_accepted"].to_list() == [5] and found.is_clean


def test_a_job_before_the_referral_is_said_beside_the_rule_it_breaks(write, read_folder):
    rows = good_rows()
    rows[0] |= {"referral_date": "2023-04-20", "employment_start_date": "2023-04-01"}
    write(rows)
    found = read_folder()
    levels = dict(found.problems.filter(found.problems["row"] == 2).select("rule", "level").iter_rows())
    assert levels["the job began before the referral (2023-04-20)"] == "warning"


def test_progress_of_unknown_people_is_a_warning(write, read_folder):
    write(good_rows())
    write([{**row, "participant_id": "P-1"} for row in good_rows("progress", 2)]
          + [{**good_rows("progress", 1)[0], "participant_id": "NOBODY"}], "progress")
    found = read_folder()
    assert found.is_clean
    assert "1 rows are about people who are not among" in " ".join(found.problems["rule"])
