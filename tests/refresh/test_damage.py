"""A damaged file is refused by sheet, cell and what was expected, or read rightly. The others go on."""

import pytest

from tests.refresh.layouts import (
    claimant_rows,
    disability_rows,
    lgbf_rows,
    living_wage_rows,
    participation_rows,
    survey_rows,
    write_csv,
    write_workbook,
)


def changed(rows, row, place, cell):
    rows = [list(each) for each in rows]
    rows[row] += [None] * (place + 1 - len(rows[row]))
    rows[row][place] = cell
    return rows


LGBF, SURVEY = lgbf_rows(), survey_rows()
DAMAGED_CSV = {
    "a heading renamed": (
        changed(LGBF, 0, 5, "LA_Data_Denominator"),
        "row 1: the heading 'LA_Data_LA_Den_Real' is missing",
    ),
    "a heading twice": (
        changed(LGBF, 0, 9, "LA_Data_LGBF_Year"),
        "cell J1: 'LA_Data_LGBF_Year' is the heading of C and J; expected one column",
    ),
    "a council renamed": (changed(LGBF, 3, 1, "Angusshire"), "cell B4: 'Angusshire' is no area known; .* 'angus'"),
    "over 100": (changed(LGBF, 3, 3, "1.01"), "cell D4: 101 is no percentage; expected 0 to 100"),
    "percentages for proportions": (changed(LGBF, 3, 3, "21.4"), "cell D4: 2140 is no percentage"),
    "a year twice": ([*LGBF, LGBF[2]], "stands here and in cell D3; expected it once"),
    "a year misspelt": (changed(LGBF, 3, 2, "2024-26"), "cell C4: '2024-26' is no period; expected a financial year"),
    "a word for a number": (changed(LGBF, 3, 4, "many"), "cell E4: 'many' is no number and no mark known"),
    "a total that no longer adds up": (
        changed(LGBF, 3, 4, "9999"),
        "Scotland 2024-25 is 12,064, the councils add up to .*; expected the same",
    ),
    "Scotland not the same in every row": (
        changed(LGBF, 3, 7, "12065"),
        "cell H4: S92000003 2024-25 stands here and in",
    ),
    "a new unit": (changed(SURVEY, 1, 3, "Thousands"), "cell D2: 'Thousands' is a new unit; expected Variable"),
    "proportions for percentages": (
        [SURVEY[0], *((*row[:4], "0.7") for row in SURVEY[1:])],
        "every figure is 1 or less; expected percentages",
    ),
    "no figure known": ([claimant_rows()[0], *claimant_rows()[2::2]], "no row holds a figure"),
    "another table": ([("a", "b"), ("1", "2")], "no reader recognises it. Known: .*Benchmarking Framework"),
}


@pytest.mark.parametrize("rows, expected", DAMAGED_CSV.values(), ids=DAMAGED_CSV)
def test_a_damaged_csv_is_refused_by_cell(read, tmp_path, rows, expected):
    refused(read, write_csv(tmp_path / "damaged.csv", rows), tmp_path, expected)


APM, PPR, WAGE = participation_rows(), disability_rows(), living_wage_rows()
FIRST_COUNCIL = 7  # row of the sheet less one
DAMAGED_WORKBOOK = {
    "a heading gone": (
        "Table 1.7",
        changed(APM, 5, 2, "Code of area"),
        (),
        "sheet 'Table 1.7', row 6: the heading 'Council code' is missing; found 'Year'",
    ),
    "a council renamed": (
        "Table 1.7",
        changed(APM, FIRST_COUNCIL, 2, "S12999999"),
        (),
        "sheet 'Table 1.7', cell C8: 'S12999999' is no area known",
    ),
    "over 100": ("Table 1.7", changed(APM, FIRST_COUNCIL, 4, 913.0), (), "cell E8: 913 is no percentage"),
    "a code merged over two rows": (
        "Table 1.7",
        APM,
        (("C8:C9", "S12000033"),),
        "cell C8 is part of the merged cells C8:C9; expected one cell a figure",
    ),
    "a year twice": (
        "Table 1.5A",
        disability_rows((2020, 2020)),
        (),
        "cell C6: 2020 is also in .*cell B6; expected it once",
    ),
    "a block gone": (
        "Table 1.5A",
        PPR[:14],
        (),
        "2 blocks of areas; expected 3: not disabled, then disabled, then gap",
    ),
    "an area gone from one block": ("Table 1.5A", [*PPR[:8], *PPR[9:]], (), "have not the same areas"),
    "a gap that is no difference": (
        "Table 1.5A",
        changed(PPR, 16, 1, 30.0),
        (),
        "cell B17: 30 is not 80 less 45.5; expected gap to be not disabled less disabled",
    ),
    "blocks the other way round": (
        "Table_5_7_1",
        [*WAGE[:2], *WAGE[6:9], *WAGE[2:5]],
        (),
        r"cell B6: 400\.1 is no percentage",
    ),
    "a council without a name": ("Table_5_7_1", changed(WAGE, 7, 0, None), (), "cell A8: '' is no area known"),
}


@pytest.mark.parametrize("sheet, rows, merged, expected", DAMAGED_WORKBOOK.values(), ids=DAMAGED_WORKBOOK)
def test_a_damaged_workbook_is_refused_by_sheet_and_cell(read, tmp_path, sheet, rows, merged, expected):
    refused(read, write_workbook(tmp_path / "damaged.xlsx", (sheet, rows), merged=merged), tmp_path, expected)


def refused(read, path, tmp_path, expected):
    import re

    is_read, said = read(path, write=True)
    assert not is_read and re.search(f"{path.name}: refused. .*{expected}", said, re.DOTALL), said
    assert not (tmp_path / "out").exists()


def test_two_sheets_of_one_name_are_refused(read, tmp_path):
    path = write_workbook(tmp_path / "apm.xlsx", ("Table 1.7", APM), ("Table 1.7 ", APM))
    refused(read, path, tmp_path, "the sheets 'Table 1.7' and 'Table 1.7 ' are both named 'Table 1.7'; expected one")


def test_notes_between_and_below_the_rows_are_no_figures(read, tmp_path):
    rows = [*APM[:9], ("Estimates for islands are small",), *APM[9:]]
    is_read, said = read(write_workbook(tmp_path / "apm.xlsx", ("Table 1.7", rows), merged=(("A44:E44", "A note"),)))
    assert is_read and "33 new" in said, said


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"", b"<html>"], ids=["cut off", "empty", "a page"])
def test_what_is_no_workbook_is_refused(read, tmp_path, content):
    path = tmp_path / "saved.xlsx"
    path.write_bytes(content)
    refused(read, path, tmp_path, "it is not an Excel workbook")


def test_the_others_go_on(read, tmp_path):
    write_csv(tmp_path / "a_damaged.csv", DAMAGED_CSV["over 100"][0])
    write_csv(tmp_path / "b_whole.csv", LGBF)
    is_read, said = read(tmp_path, write=True)
    assert not is_read and "a_damaged.csv: refused" in said and "Wrote 33 rows" in said
