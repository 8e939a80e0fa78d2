"""A file in its publisher's layout comes in exactly, each figure with its source and page."""

from decimal import Decimal

import pytest

from tests.refresh.layouts import (
    claimant_rows,
    disability_rows,
    held,
    lgbf_rows,
    living_wage_rows,
    participation_rows,
    survey_rows,
    write_csv,
    write_workbook,
)

COUNCILS = "published/local_government_benchmarking/council_employability.csv"
FRAMEWORK = "published/national_performance_framework/national_performance_framework.csv"
CONTEXT = "published/labour_market_context/labour_market_context.csv"
GAP = "published/disability_employment_gap/disability_employment_gap.csv"


def test_benchmarking_comes_in_with_scotland_once(read, added, tmp_path):
    is_read, said = read(write_csv(tmp_path / "lgbf_data_table_real.csv", lgbf_rows()), write=True)
    assert is_read and "33 new, 0 revised" in said
    expected = {row["area_code"]: row for row in held(COUNCILS, period="2022-23")}
    rows = added(COUNCILS)
    assert {row["area_code"] for row in rows} == expected.keys() and len(rows) == 33
    for row in rows:
        for column in ("assisted_into_work", "model_based_unemployed", "assisted_into_work_percent"):
            assert Decimal(row[column]) == Decimal(expected[row["area_code"]][column]), row
        assert (row["period"], row["source_page"]) == ("2024-25", "ECON01")
    source = added("reference/sources.csv")
    assert [(each["source_id"], each["publisher"], each["edition"]) for each in source] == [
        ("lgbf_read_2026_11_29", "Improvement Service", "read 29 November 2026, newest figures of 2024-25")
    ]


@pytest.mark.parametrize("above", [1, 4, 9])
def test_participation_is_found_wherever_its_header_moved(read, added, tmp_path, above):
    path = write_workbook(
        tmp_path / "apm.xlsx", ("Contents", [("Table 1.7",)]), ("Table 1.7", participation_rows(above=above))
    )
    is_read, said = read(path, write=True)
    assert is_read, said
    rows = {row["area_code"]: row for row in added(FRAMEWORK)}
    assert len(rows) == 33 and rows["S92000003"]["value"] == "93.3" and rows["S12000033"]["value"] == "90.12"
    assert {row["period"] for row in rows.values()} == {"2025"}


def test_survey_rates_come_with_the_limits_of_their_printed_confidence(read, added, tmp_path):
    is_read, said = read(write_csv(tmp_path / "aps.csv", survey_rows()), write=True)
    assert is_read, said
    before = {row["area_code"]: row for row in held(CONTEXT, measure="employment_rate_16_64", period="2023")}
    rows = added(CONTEXT)
    assert len(rows) == 33 and {row["period"] for row in rows} == {"2024"}
    for row in rows:
        value, lower = (Decimal(before[row["area_code"]][column]) for column in ("value", "lower_ci"))
        assert [Decimal(row[column]) for column in ("value", "lower_ci", "upper_ci")] == [
            value,
            lower,
            2 * value - lower,
        ]


def test_twelve_months_that_end_in_march_are_a_period_of_their_own(read, added, tmp_path):
    is_read, said = read(write_csv(tmp_path / "aps.csv", survey_rows("2027-03")), write=True)
    assert is_read, said
    assert [row["label"] for row in added("reference/periods.csv")] == ["Apr 2026 to Mar 2027"]
    assert {row["period"] for row in added(CONTEXT)} == {"2026-04-01 to 2027-03-31"}


def test_claimants_of_a_new_january_bring_their_period(read, added, tmp_path):
    rows = [*claimant_rows(), *claimant_rows("2027-02")[1:]]
    is_read, said = read(write_csv(tmp_path / "claimants.csv", rows), write=True)
    assert is_read, said
    assert [row["period"] for row in added("reference/periods.csv")] == ["2027-01"]
    assert len(added(CONTEXT)) == 33


def test_disability_by_council_comes_in_three_blocks(read, added, tmp_path):
    is_read, said = read(
        write_workbook(tmp_path / "ppr.xlsx", ("Table 1.5A", disability_rows((2025, 2026)))), write=True
    )
    assert is_read, said
    rows = {(row["measure"], row["area_code"], row["period"]): row for row in added(GAP)}
    assert rows["gap", "S12000036", "2025"]["value"] == "32"
    assert rows["non_disabled_rate", "S92000003", "2026"]["value"] == "80"
    assert (
        rows["disabled_rate", "S12000023", "2026"]["value"],
        rows["disabled_rate", "S12000023", "2026"]["obs_status"],
    ) == ("", "x")


def test_the_living_wage_keeps_marks_and_leaves_notes_and_thousands_out(read, added, tmp_path):
    is_read, said = read(write_workbook(tmp_path / "wage.xlsx", ("Table_5_7_1", living_wage_rows())), write=True)
    assert is_read and "4 as held" in said, said
    assert [(row["area_code"], row["value"], row["obs_status"]) for row in added(FRAMEWORK)] == [
        ("S12000027", "", "c"),
        ("S12000027", "", "c"),
    ]


def test_a_number_is_what_was_typed_not_what_the_spreadsheet_stores(read, added, tmp_path):
    rows = participation_rows()
    rows[7] = (*rows[7][:4], 0.1 + 0.2 + 90)
    read(write_workbook(tmp_path / "apm.xlsx", ("Table 1.7", rows)), write=True)
    assert rows[7][2] == added(FRAMEWORK)[1]["area_code"]
    assert added(FRAMEWORK)[1]["value"] == repr(90.3)
