"""What changed between two registers of one partnership is told with counts and rows, and rejects nothing."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.returns import ReturnsError, read

from .conftest import AREA, TODAY, TOML, good_rows

OTHER = "S12000006"


@pytest.fixture
def compare(folder, write, read_folder, tmp_path):
    """Write the register before and the one now; returns what is warned of, by column."""
    def _compare(before, now):
        write(before)
        earlier = tmp_path / "earlier"
        folder.rename(earlier)
        folder.mkdir()
        toml = (earlier / "return.toml").read_text(encoding="utf-8")
        (folder / "return.toml").write_text(toml, encoding="utf-8")
        (earlier / "return.toml").write_text(toml.replace("2024-06-30", "2024-03-31"), encoding="utf-8")
        write(now)
        return read_folder(previous=earlier)

    return _compare


def _said(found, column):
    return found.problems.filter((pl.col("column") == column) & (pl.col("level") == "warning"))


def test_nothing_is_said_where_nothing_changed(compare):
    assert not len(compare(good_rows(), good_rows()).problems)


def test_people_who_are_gone_are_counted_with_their_rows_in_the_file_before(compare):
    found = compare(good_rows(count=9), [*good_rows(count=4), *good_rows(count=9)[6:]])
    assert _said(found, "participant_id")["rule"].to_list() == [
        "2 people of the return before are not in this one (rows 6 to 7 of its file)"]
    assert found.is_clean


def test_a_person_whose_row_is_rejected_now_is_not_gone(compare):
    now = good_rows()
    now[2]["age"] = "200"
    assert not len(_said(compare(good_rows(), now), "participant_id"))


def test_new_people_are_counted_and_those_who_started_earlier_are_named_by_row(compare):
    now = good_rows(count=8)
    now[6] |= {"start_date": "2024-05-01", "support_end_date": "", "employment_start_date": "", "training_date": "",
               "work_experience_date": ""} | {name: "" for name in now[6] if name.startswith("followup_")}
    assert _said(compare(good_rows(), now), "participant_id")["rule"].to_list() == [
        "3 people are new since the return before",
        "2 people of the new started by the cut-off of the return before, 2024-03-31 (rows 7, 9)"]


def test_most_people_gone_asks_whether_the_numbers_changed(compare):
    now = [{**row, "participant_id": f"Q{row['participant_id']}"} for row in good_rows()]
    said = _said(compare(good_rows(), now), "participant_id")
    assert "5 people of the return before" in said["rule"][0]
    assert "check that each person keeps the number they had" in said["remedy"][0]


CHANGES = [("age", "45", "the age at the same start was another in the return before (in row 4: 25)"),
           ("start_date", "2023-05-10", "the start was another day in the return before (in row 4: 2023-05-01)"),
           ("programme", "fss", "the programme was another in the return before (in row 4: nolb)")]


@pytest.mark.parametrize(("column", "value", "rule"), CHANGES, ids=[case[0] for case in CHANGES])
def test_what_changed_about_a_person_is_said_by_row(column, value, rule, compare):
    now = good_rows()
    now[2] |= {column: value, "training_date": "", "work_experience_date": ""}
    found = compare(good_rows(), [now[2], *now[:2], *now[3:]])
    assert _said(found, column).select("row", "value", "rule").rows() == [(2, value, rule)]
    assert "P-3" not in str(found.problems.rows()) and found.is_clean


def test_a_birthday_between_two_returns_is_no_jump(compare):
    now = good_rows()
    now[2]["age"] = "26"
    assert not len(compare(good_rows(), now).problems)


def test_a_partnership_whose_register_is_lost_or_new_is_named(folder, write, read_folder, tmp_path):
    write([{**row, "area_code": OTHER} for row in good_rows()], area_code=OTHER)
    folder.rename(tmp_path / "earlier")
    folder.mkdir()
    (folder / "return.toml").write_text(TOML, encoding="utf-8")
    write(good_rows())
    said = dict(read_folder(previous=tmp_path / "earlier").problems.select("area_code", "rule").iter_rows())
    assert said[AREA] == "the returns before hold no register of this partnership"
    assert said[OTHER] == "the return before held 5 people; there is no register of this partnership now"


def test_returns_that_are_not_before_stop_with_a_sentence(folder, write, tmp_path):
    write(good_rows())
    later = tmp_path / "later"
    later.mkdir()
    (later / "return.toml").write_text(TOML.replace("2024-06-30", "2024-07-31"), encoding="utf-8")
    with pytest.raises(ReturnsError, match="its cut-off, 2024-07-31, is after this one's"):
        read(folder, later, today=TODAY)
    with pytest.raises(ReturnsError, match="there is no such folder"):
        read(folder, tmp_path / "nowhere", today=TODAY)


PERSON = some.tuples(some.integers(1, 12), some.sampled_from(["25", "40", ""]), some.sampled_from(["nolb", "fss"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(*[some.lists(PERSON, min_size=1, max_size=8, unique_by=lambda each: each[0])] * 2)
def test_the_counts_are_those_of_the_two_registers(tmp_path, before, now):
    for name, people in (("before", before), ("now", now)):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "return.toml").write_text(TOML, encoding="utf-8")
        rows = [{**good_rows(count=1)[0], "participant_id": f"P-{number}", "age": age, "programme": programme}
                for number, age, programme in people]
        pl.DataFrame(rows).write_csv(tmp_path / name / f"participants_{AREA}.csv")
    found = read(tmp_path / "now", tmp_path / "before", today=TODAY)
    was, is_now = ({number: rest for number, *rest in people} for people in (before, now))
    rules = " | ".join(found.problems["rule"])
    for ids, words in ((was.keys() - is_now, "not in this one"), (is_now.keys() - was, "new since")):
        assert (words in rules) == bool(ids)
    changed = {number for number in was.keys() & is_now if was[number][1] != is_now[number][1]}
    jumped = {number for number in was.keys() & is_now
              if was[number][0] and is_now[number][0] and was[number][0] != is_now[number][0]}
    assert len(_said(found, "programme")) == len(changed) and len(_said(found, "age")) == len(jumped)
    assert found.is_clean
