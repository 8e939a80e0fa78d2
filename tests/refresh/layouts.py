"""Small files laid out as their publishers lay them out. Their figures are those that are carried, or moved by a year."""

import csv
import shutil
from decimal import Decimal
from functools import cache

import xlsxwriter

from dashboard import paths

LGBF = (
    "Indicators_Information_Code",
    "LA_Information_LocalAuthority",
    "LA_Data_LGBF_Year",
    "LA_Data_LA_IndicatorReal",
    "LA_Data_LA_Numerator_real",
    "LA_Data_LA_Den_Real",
    "Scotland_Data_Scotland_Indicator_Real",
    "Scotland_Data_Scotland_Num_Real",
    "Scotland_Data_Scotland_Den_Real",
    "FG_Data_FG_Avg_Indicator_Real",
)
SPELLED = {
    "City of Edinburgh": "Edinburgh City",
    "Na h-Eileanan Siar": "Eilean Siar",
    "Argyll and Bute": "Argyll & Bute",
}


READ = "_read_20"  # in the name of every source that refresh has written


@cache
def table(name):
    """Every row of a table under data, as text."""
    with (paths.DATA / name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def held(name, **chosen):
    """Rows of a table under data that have these cells, as text; none that refresh has written since."""
    return [
        row
        for row in table(name)
        if all(row[column] == text for column, text in chosen.items()) and READ not in row.get("source_id", "")
    ]


def copy_data(folder):
    """A copy of data as it was before any refresh, so that these tests hold after one."""
    for each in (paths.PUBLISHED, paths.REFERENCE):
        shutil.copytree(each, folder / each.name)
    for path in folder.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if READ not in line), encoding="utf-8")
    return folder


COUNCILS = {row["area_code"]: row["name"] for row in held("reference/areas.csv", area_type="partnership")}


def lgbf_rows(year="2024-25"):
    """ECON01 with the figures of 2022-23, which add up to the published Scotland, under another year."""
    table = "published/local_government_benchmarking/council_employability.csv"
    scotland = held(table, area_code="S92000003", period="2022-23")[0]
    rows = [LGBF]
    for row in held(table, source_id="lgbf_2023_24", period="2022-23"):
        name = COUNCILS[row["area_code"]]
        rows.append(("ECON01", SPELLED.get(name, name), year, *numbers(row), *numbers(scotland), "0.1"))
    rows.append(("CHN01", "Angus", year, "5000", "1", "2", "3", "4", "5", "6"))
    return rows


def numbers(row):
    return (
        str(Decimal(row["assisted_into_work_percent"]) / 100),
        row["assisted_into_work"],
        row["model_based_unemployed"],
    )


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    return path


def write_workbook(path, *sheets, merged=()):
    """Each sheet (name, rows); numbers as number cells, None as no cell. `merged`: blocks of the last sheet."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
        for block, text in merged:
            sheet.merge_range(block, text)
    return path


def participation_rows(year=2025, above=4):
    """Table 1.7 with the carried figures of 2024 under another year, a Scotland row, and notes below."""
    rows = [("Annual Participation Measure",)] + [()] * above
    rows.append(("Year", "Local authority", "Council code", "Cohort (16-19) [note 1]", "Participating"))
    rows.append((year, "Scotland", None, 215_000, 93.3))
    for row in held(
        "published/national_performance_framework/national_performance_framework.csv",
        measure="young_people_participation",
        period="2024",
    ):
        rows.append((year, COUNCILS[row["area_code"]], row["area_code"], 5_000, float(row["value"])))
    return [*rows, (), ("Source: Skills Development Scotland",), ("[note 1] By age on a day of the year.",)]


def disability_rows(years=(2019, 2020), header_rows=3):
    """Table 1.5A: three blocks of three areas; Orkney Islands has no figure. Rates are made up: none by council is held."""
    areas = {
        "Scotland": (80.0, 45.5, 34.5),
        "Edinburgh, City of": (82.1, 50.1, 32.0),
        "Orkney Islands": ("-", "-", "-"),
    }
    rows = [("Table 1.5A: employment rates of disabled people",)] + [()] * header_rows
    for block, title in enumerate(("Not disabled", "Disabled", "Gap")):
        rows += [(title,), ("Area", *years)]
        rows += [(name, *(figures[block] for _ in years)) for name, figures in areas.items()]
    return [*rows, ("Note: '-' is not available",)]


def living_wage_rows(years=("2019", "2020 [note 2]")):
    """Table_5_7_1: thousands, then percentages; the carried figures of three areas and years."""

    def carried(code, year):
        return float(
            held(
                "published/national_performance_framework/national_performance_framework.csv",
                measure="employees_below_living_wage",
                area_code=code,
                period=year[:4],
            )[0]["value"]
        )

    percentages = [
        ("All", *(carried("S92000003", year) for year in years)),
        ("Glasgow City", *(carried("S12000049", year) for year in years)),
    ]
    return [
        ("Employees earning less than the living wage",),
        ("Area", *years),
        ("All", 400.1, 390.2),
        ("Glasgow City", 50.2, 49.8),
        ("Shetland Islands", "[c]", "[c]"),
        (),
        *percentages,
        ("Shetland Islands", "[c]", "[c]"),
    ]


def survey_rows(date="2024-12"):
    """Nomis: each rate with its parts, the carried figures of 2023 under another year."""
    rows = [("DATE", "GEOGRAPHY_CODE", "VARIABLE_NAME", "MEASURES_NAME", "OBS_VALUE")]
    for row in held(
        "published/labour_market_context/labour_market_context.csv", measure="employment_rate_16_64", period="2023"
    ):
        if not row["area_code"].startswith("S"):
            continue
        half = Decimal(row["value"]) - Decimal(row["lower_ci"])
        for part, figure in (
            ("Variable", row["value"]),
            ("Numerator", "100"),
            ("Denominator", "200"),
            ("Confidence", half),
        ):
            rows.append((date, row["area_code"], "Employment rate - aged 16-64", part, figure))
    return rows


def claimant_rows(date="2027-01"):
    rows = [("DATE", "GEOGRAPHY_CODE", "MEASURE_NAME", "OBS_VALUE")]
    for row in held(
        "published/labour_market_context/labour_market_context.csv",
        measure="claimant_count_share_january",
        period="2026-01",
    ):
        rows.append((date, row["area_code"], "Claimants as a proportion of residents aged 16-64", row["value"]))
        rows.append((date, row["area_code"], "Claimant count", "1000"))
    return rows


def quarterly_rows():
    """A guess at a table of the quarterly statistics. Made up and labelled so: no such workbook is held."""
    return [
        ("MADE UP FOR A TEST: not statistics. No One Left Behind, people who started, by local authority",),
        (),
        ("Local authority", "April to June 2026", "July to September 2026 [p]"),
        *((name, 100, 200) for name in COUNCILS.values()),
        ("Scotland", 3200, 6400),
    ]
