"""What cannot be true is refused at reading, and whatever is accepted has a cell in the published cube."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.returns import placing, read
from dashboard.pipeline.returns.cells import NO_DATE
from dashboard.pipeline.returns.contract import KINDS, columns

from .conftest import AREA, TODAY, TOML, good_rows

NUMBERS = ("whole_number", "number")
BOUNDED = [(kind, column) for kind in KINDS for column in columns(kind)
           if column.type in ("date", "financial_year", *NUMBERS)]
DATES = [(kind, column.name) for kind, column in BOUNDED if column.type == "date"]


def _names(case):
    return f"{case[0]}.{case[1].name}"


@pytest.mark.parametrize("case", BOUNDED, ids=_names)
def test_every_date_and_number_is_bounded_on_both_sides(case):
    _, column = case
    assert column.minimum
    assert column.maximum or column.type not in NUMBERS     # a day or a year ends with the cut-off


@pytest.mark.parametrize(("kind", "column"), DATES)
def test_a_placeholder_day_is_refused_and_named(kind, column, write, read_folder):
    rows = good_rows(kind, len(NO_DATE) + 1)
    for row, day in zip(rows, NO_DATE, strict=False):
        row[column] = day
    write(rows, kind)
    found = read_folder()
    named = found.problems.filter((pl.col("column") == column) & pl.col("rule").str.contains("is a placeholder"))
    assert all(day in rule for day, rule in zip(named["value"], named["rule"], strict=True))
    assert set(named["value"]) == set(NO_DATE) and len(getattr(found, kind)) == 1


# kind of file, what one row says, the column named, part of the rule, part of the remedy
IMPOSSIBLE = [
    ("experience", {"date": "0025-09-01"}, "date", "on or after 2018-04-01", "correct the date"),
    ("experience", {"date": "0023-09-01"}, "date", "on or after 2018-04-01", "write 2023-09-01 if"),
    ("experience", {"date": "2018-03-31"}, "date", "on or after 2018-04-01", "correct the date"),
    ("progress", {"date": "1923-05-02"}, "date", "on or after 2018-04-01", "correct the date"),
    ("participants", {"referral_date": "0023-03-31"}, "referral_date", "on or after 2000-01-01", "write 2023-03-31"),
    ("participants", {"referral_date": "1923-03-31"}, "referral_date", "on or after 2000-01-01", "correct the date"),
    ("participants", {"months_unemployed": "9999"}, "months_unemployed", "720 or less", "correct the number"),
    ("progress", {"scale_max": "99999"}, "scale_max", "1,000 or less", "correct the number"),
    ("progress", {"scale_min": "3", "scale_max": "3"}, "scale_max", "another number than scale_min (3)", "correct"),
    ("spend", {"spend": "999999999999"}, "spend", "100,000,000 or less", "correct the number"),
    ("spend", {"budget": "100000001"}, "budget", "100,000,000 or less", "correct the number"),
    ("spend", {"financial_year": "0023-24"}, "financial_year", "2018-19 or later", "correct the financial year"),
    ("spend", {"financial_year": "2017-18"}, "financial_year", "2018-19 or later", "correct the financial year"),
    ("spend", {"funding_stream": "Peopleâ€™s Â£ strand"}, "funding_stream", "read in another", "'People’s £ strand'"),
]


@pytest.mark.parametrize(("kind", "said", "column", "rule", "remedy"), IMPOSSIBLE,
                         ids=[f"{case[2]} {next(iter(case[1].values()))}" for case in IMPOSSIBLE])
def test_what_cannot_be_true_is_refused_with_its_row(kind, said, column, rule, remedy, write, read_folder):
    rows = good_rows(kind)
    rows[3] |= said
    write(rows, kind)
    found = read_folder()
    problem = found.problems.filter((pl.col("column") == column) & (pl.col("level") == "row")
                                    & pl.col("rule").str.contains(rule, literal=True)).row(0, named=True)
    assert problem["row"] == 5 and remedy in problem["remedy"]
    assert found.account["rows_rejected"].to_list() == [1]


def test_the_first_and_the_last_of_each_bound_are_accepted(write, read_folder):
    people, money = good_rows(), good_rows("spend")
    people[0] |= {"start_date": "2018-04-01", "referral_date": "2018-04-01"}
    people[1] |= {"age": "99", "months_unemployed": "720"}
    money[0] |= {"financial_year": "2018-19", "budget": "100000000", "spend": "100000000"}
    write(people)
    write(money, "spend")
    assert read_folder().is_clean


UNLIKELY = [
    ("participants", [{"referral_date": "2019-04-20"}], 2, "referral_date", "more than three years before the start"),
    ("progress", [{"item": "1"}, {"item": "1", "wave": "follow_up", "date": "2023-05-01"}], 3, "date",
     "the follow-up is dated before the start score (2023-05-02)"),
    ("spend", [{"spend": "95000000"}], 2, "spend", "more than ten times its budget (1000000)"),
]


@pytest.mark.parametrize(("kind", "said", "row", "column", "rule"), UNLIKELY, ids=[case[4] for case in UNLIKELY])
def test_what_is_possible_but_unlikely_is_warned_of(kind, said, row, column, rule, write, read_folder):
    rows = good_rows(kind)
    for each, change in zip(rows, said, strict=False):
        each |= change
    write(rows, kind)
    found = read_folder()
    warned = found.problems.filter((pl.col("column") == column) & (pl.col("row") == row))
    assert warned["level"].to_list() == ["warning"] and rule in warned["rule"][0]
    assert found.is_clean


def test_more_months_unemployed_than_lived_are_one_warning_a_file(write, read_folder):
    rows = good_rows()
    rows[1] |= {"months_unemployed": "600", "age": "14"}
    rows[2] |= {"months_unemployed": "300", "age": "25"}
    rows[3] |= {"months_unemployed": "301", "age": "25"}
    write(rows)
    found = read_folder()
    assert found.is_clean and found.problems["rule"].to_list() == [
        "more months than the person has lived, by age, in 2 rows (rows 3, 5)"]


def test_every_value_of_the_contract_has_a_place_in_the_cube():
    for kind in KINDS:
        names = {column.name for column in columns(kind)}
        assert placing.cube_values(kind).keys() - {"age_band"} <= names
        for column in columns(kind):
            places = placing.cube_values(kind).get(column.name, column.values)
            assert set(column.values) <= set(places), column.name


@pytest.mark.parametrize(("kind", "name", "value"), [
    ("participants", "programme", "nolb"), ("participants", "joined_up_support", "health"),
    ("experience", "statement", "fairness")])
def test_a_row_that_the_cube_has_no_cell_for_is_found_at_reading(kind, name, value, write, read_folder, monkeypatch):
    """As when a value is added to the contract's list alone."""
    places = {column: tuple(each for each in values if each != value)
              for column, values in placing.cube_values(kind).items()}
    monkeypatch.setattr(placing, "cube_values", lambda kind: places)
    write(good_rows(kind), kind)
    found = read_folder()
    problems = found.problems.filter(pl.col("level") == "row")
    assert problems["row"].to_list() == [2, 3, 4, 5, 6] and problems["column"].unique().to_list() == [name]
    assert problems["rule"].unique().to_list() == [placing.OUTSIDE]
    assert found.account["rows_rejected"].to_list() == [5]


ANY_VALUE = some.one_of(
    some.dates(min_value=date(1, 1, 1), max_value=date(2030, 1, 1)).map(str),
    some.integers(0, 10**12).map(str), some.sampled_from(["", "yes", "2018-04-01", "2024-06-30", "0025-09-01"]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_whatever_is_accepted_is_counted_in_the_cube(tmp_path, data):
    """Every dated or numbered column of every kind of file, with any day or number in it."""
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    for kind in KINDS:
        rows = good_rows(kind)
        for row in rows[1:]:
            column = data.draw(some.sampled_from([column.name for each, column in BOUNDED if each == kind]))
            row[column] = data.draw(ANY_VALUE)
        pl.DataFrame(rows).write_csv(tmp_path / f"{kind}_{AREA}.csv")
    found = read(tmp_path, today=TODAY)
    assert (found.account["rows_read"] == 5).all()
    over = lattice.space(found)
    people = lattice.code(found, over)
    answers = lattice.code_responses(found.experience, over)
    assert people["year"].min() >= 0 and people["year"].max() < len(over.years)
    assert len(people["year"]) == len(found.participants) >= 1
    assert len(answers["year"]) == len(found.experience) >= 1     # none left out for its date
    assert answers["year"].max() < len(over.years)
    assert found.spend["spend"].max() <= 100_000_000


def test_a_long_file_is_warned_of_row_by_row(write, read_folder):
    rows = good_rows(count=3000)
    for row in rows[::700]:
        row |= {"referral_date": "2015-04-20"}
    write(rows)
    found = read_folder().problems
    assert found.filter(column="referral_date", level="warning")["row"].to_list() == [2, 702, 1402, 2102, 2802]
