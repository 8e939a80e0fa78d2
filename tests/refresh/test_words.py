"""Numbers, periods and readers' words: what a publisher writes is what is read, or it is refused."""

import shutil

import pytest

from dashboard import paths
from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh import readers
from dashboard.pipeline.refresh.numbers import multiplied, read_number, same_figure
from dashboard.pipeline.refresh.periods import read_period


@pytest.mark.parametrize(
    "text, value, mark",
    [
        ("1,234", "1234", ""),
        ("2.60", "2.60", ""),
        ("91.3%", "91.3", ""),
        ("-4.1", "-4.1", ""),
        ("17.3 [note 1]", "17.3", ""),
        ("17.3 [r]", "17.3", "r"),
        ("17.3 [p] [2]", "17.3", "p"),
        ("[c]", "", "c"),
        ("[low]", "", "low"),
        ("*", "", "c"),
        ("-", "", "x"),
        ("", "", "x"),
        ("..", "", "x"),
        ("[x] [note 2]", "", "x"),
    ],
)
def test_a_number_keeps_its_decimals_and_its_mark(text, value, mark):
    number = read_number(text, "cell A1")
    assert (number.text, number.mark) == (value, mark)


@pytest.mark.parametrize("text", ["12,34", "1.2.3", "n = 12", "12 [c]", "[?]", "12 to 15"])
def test_what_is_no_number_is_refused_by_cell(text):
    with pytest.raises(BuildError, match=r"cell A1: .* is no number and no mark known"):
        read_number(text, "cell A1")


def test_a_proportion_becomes_a_percentage_without_rounding():
    assert multiplied(read_number("0.0822413793103448", ""), 100).text == "8.22413793103448"
    assert multiplied(read_number("1", ""), 100).text == "100"


def test_a_figure_is_as_held_at_the_decimals_held():
    assert same_figure("8.22", "8.22413793103448") and not same_figure("8.22", "8.2263")
    assert same_figure("", "") and not same_figure("8.22", "")


@pytest.mark.parametrize(
    "text, kind, period",
    [
        ("2023-24", "financial_year", "2023-24"),
        ("2023/24", "financial_year", "2023-24"),
        ("1999-00", "financial_year", "1999-00"),
        ("2023-25", "financial_year", None),
        ("2023-24", "end_year", "2024"),
        ("2024", "calendar_year", "2024"),
        ("2024-12", "twelve_months", "2024"),
        ("2026-03", "twelve_months", "2025-04-01 to 2026-03-31"),
        ("2026-01", "month", "2026-01"),
        ("2026-13", "month", None),
        ("Apr-Jun 2025", "quarter", "2025-26 Q1"),
        ("January to March 2026", "quarter", "2025-26 Q4"),
        ("2025-26 Q3", "quarter", "2025-26 Q3"),
        ("February to April 2026", "quarter", None),
        ("Total", "calendar_year", None),
    ],
)
def test_a_period_as_publishers_write_it(text, kind, period):
    read = read_period(text, kind)
    assert (read and read["period"]) == period


def test_a_period_is_the_row_that_the_reference_table_has():
    import csv

    with (paths.REFERENCE / "periods.csv").open(encoding="utf-8") as handle:
        held = {row["period"]: row for row in csv.DictReader(handle)}
    for text, kind in (
        ("2025-26", "financial_year"),
        ("2025", "calendar_year"),
        ("2026-01", "month"),
        ("2025-26 Q3", "quarter"),
        ("2025-26 Q4", "quarter"),
        ("2026-03", "twelve_months"),
    ):
        row = read_period(text, kind)
        assert row == held[row["period"]]


def test_every_reader_that_is_shipped_can_be_used():
    names = {reader.name for reader in readers.load_readers(paths.REFERENCE / "readers")}
    assert names == {
        "lgbf",
        "participation",
        "nomis_population_survey",
        "nomis_claimant_count",
        "disability_by_council",
        "living_wage",
    }


@pytest.mark.parametrize(
    "change, expected",
    [
        (("title =", "titel ="), "lgbf.toml: unknown key 'titel'"),
        (('layout = "long"', 'layout = "tall"'), "lgbf.toml: 'layout' is 'tall'; it must be one of long, wide"),
        (('period = "end_year"', 'period = "school_year"'), "lgbf.toml: 'period' is 'school_year'; it must be one of"),
        (('publisher = "Improvement Service"', ""), "lgbf.toml: 'source' needs 'publisher'"),
        (('put = { value = "value" }', "puts = 1"), "lgbf.toml: unknown key 'puts' of 'figures'"),
    ],
    ids=["misspelt", "layout", "period", "no publisher", "misspelt figure"],
)
def test_wrong_words_are_named(tmp_path, change, expected):
    shutil.copy(paths.REFERENCE / "readers" / "lgbf.toml", tmp_path)
    path = tmp_path / "lgbf.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(BuildError, match=expected):
        readers.load_readers(tmp_path)
