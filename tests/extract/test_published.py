"""The extract holds what was published: every cell, once, with its edition and page."""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal

import duckdb
import pytest

from dashboard import paths

SCOTLAND = "S92000003"
# Rows carried from each folder of publications, counted by hand from the source tables.
ROWS = {
    "devolved_employment_services": 460, "employability_spending": 43, "predecessor_programmes": 322,
    "local_government_benchmarking": 267, "disability_employment_gap": 45,
    "national_performance_framework": 1850, "labour_market_context": 5662, "population": 2246,
}
NUMBERS = ("value", "count", "share_pct", "assisted_into_work", "model_based_unemployed",
           "assisted_into_work_percent", "lower_ci", "upper_ci")


def read_published():
    """Every published row as plain text: (folder, file, row), with no part of the build."""
    for path in sorted(paths.PUBLISHED.glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                yield path.parent.name, path.stem, row


def cell(row):
    """Where a number is published: the same words in the files and in the extract."""
    return row["area_code"], row["period"], row["source_id"], row["source_page"]


def as_published(number):
    """A stored double back to the shortest decimal that names it."""
    return Decimal(repr(number)).normalize()


@pytest.fixture(scope="module")
def files():
    return list(read_published())


@pytest.fixture(scope="module")
def con(published_extract):
    with duckdb.connect(str(published_extract), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def observations(con):
    rows = con.execute("select * from observation where data_class = 'published'")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def view(con, name, **given):
    """Rows of a view as dictionaries; parameters not given are null (no choice made)."""
    query = (paths.VIEWS / f"{name}.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {key: given.get(key) for key in re.findall(r"\$(\w+)", query)})
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def scotland(con, indicator_id, period, characteristic="all", category="all"):
    """The latest edition's row for Scotland."""
    rows = [row for row in view(con, "series", indicator_id=indicator_id, areas=[SCOTLAND], programme="all",
                                characteristic=characteristic, category=category)
            if row["period"] == period]
    assert len(rows) == 1, (indicator_id, period, category, len(rows))
    return rows[0]


def test_every_row_of_the_publications_is_carried(files):
    assert Counter(folder for folder, _, _ in files) == ROWS


def test_every_published_number_is_in_the_extract_unchanged(files, observations):
    held = defaultdict(Counter)
    for row in observations:
        for number in ("value", "numerator", "denominator", "lower_ci", "upper_ci"):
            if row[number] is not None:
                held[cell(row)][as_published(row[number])] += 1
    missing = [(name, cell(row), column, row[column]) for _, name, row in files for column in NUMBERS
               if row.get(column) and not held[cell(row)][Decimal(row[column]).normalize()]]
    assert missing == []


def test_the_extract_holds_no_number_that_was_not_published(files, observations):
    published = defaultdict(set)
    for _, _, row in files:
        published[cell(row)] |= {Decimal(row[column]).normalize() for column in NUMBERS if row.get(column)}
        if row.get("margin_95"):
            share, margin = Decimal(row["share_pct"]), Decimal(row["margin_95"])
            published[cell(row)] |= {(share - margin).normalize(), (share + margin).normalize()}
    invented = [(row["indicator_id"], cell(row), number, row[number]) for row in observations
                for number in ("value", "numerator", "denominator", "lower_ci", "upper_ci")
                if row[number] is not None and as_published(row[number]) not in published[cell(row)]]
    assert invented == []


def test_every_published_row_is_one_figure(files, observations):
    """No row is dropped or doubled: a row is a figure, or stands beside one as its count or base."""
    beside = {"entered_employment_review_base", "reached_52_weeks_base_as_worded", "still_in_employment",
              "not_enough_time_passed"}
    rows = sum(row.get("measure") not in beside for _, _, row in files)
    assert len(observations) == rows


def test_each_measure_becomes_one_indicator(files, con):
    """The same words in two programmes, units or frequencies may part; two measures never mix."""
    key = "area_code, period, characteristic, category, source_id, source_page"
    count = con.execute(f"""select count(*) from (select indicator_id, {key} from observation
                            where data_class = 'published' group by all having count(*) > 1)""").fetchone()[0]
    assert count == 0


def test_every_key_is_unique(con):
    rows = con.execute("""
        select indicator_id, area_code, period, programme, characteristic, category, source_id
        from observation group by all having count(*) > 1""").fetchall()
    assert rows == []


def test_every_row_resolves_to_a_publisher_title_edition_and_page(files):
    with (paths.REFERENCE / "sources.csv").open(encoding="utf-8", newline="") as handle:
        sources = {row["source_id"]: row for row in csv.DictReader(handle)}
    needed = ("publisher", "title", "edition", "licence", "designation")
    for _, name, row in files:
        assert all(sources[row["source_id"]][column] for column in needed), row["source_id"]
        assert row["source_page"], (name, row)


ORACLES = [
    # (indicator, period, characteristic, category, value, the page it is printed on)
    ("nolb_participants", "2019-04-01 to 2024-03-31", "all", "all", 61930, "main-points"),
    ("nolb_participants", "2019-04-01 to 2024-09-30", "all", "all", 73470, "05-february-2025"),
    ("nolb_participants", "2019-04-01 to 2023-12-31", "disabled", "yes", 9511, "foi-202400415965"),
    ("nolb_participants", "2019-04-01 to 2023-12-31", "disabled", "unknown", 7545, "foi-202400415965"),
    ("nolb_participants_by_year", "2019-20", "all", "all", 2694, "main-points"),
    ("nolb_participants_by_year", "2023-24", "all", "all", 20988, "main-points"),
    ("nolb_entered_employment", "2019-04-01 to 2024-03-31", "all", "all", 19146, "main-points"),
    ("nolb_entered_employment_rate", "2019-04-01 to 2024-03-31", "all", "all", 31, "main-points"),
    ("nolb_entered_employment_rate", "2019-04-01 to 2023-12-31", "disabled", "yes", 22, "foi-202400415965"),
    ("nolb_entered_employment_rate", "2019-04-01 to 2023-12-31", "disabled", "no", 36, "foi-202400415965"),
    ("nolb_still_in_work_recorded", "2022-10-01 to 2024-06-30", "follow_up", "52_weeks", 8, "appendix-b"),
    ("nolb_follow_up_not_due", "2022-10-01 to 2024-06-30", "follow_up", "52_weeks", 68, "appendix-b"),
    ("fss_starts", "2018-04-01 to 2024-03-31", "all", "all", 70513, "main-points"),
    ("fss_job_starts", "2018-04-01 to 2024-09-30", "all", "all", 26565, "main-points"),
    ("fss_job_start_rate", "2018-04-01 to 2024-09-30", "all", "all", 38, "main-points"),
    ("fss_sustained_13_weeks_rate", "2018-04-01 to 2024-09-30", "all", "all", 28, "main-points"),
    ("fss_sustained_26_weeks_rate", "2018-04-01 to 2024-09-30", "all", "all", 23, "main-points"),
    ("fss_sustained_52_weeks_rate", "2018-04-01 to 2024-09-30", "all", "all", 18, "main-points"),
    ("fss_experience_dignity_and_respect", "2019-20", "all", "all", 91, "evaluation-report-3"),
    ("fss_experience_dignity_and_respect", "2020", "all", "all", 95, "evaluation-report-4"),
    ("fss_benefit_per_pound", "2018-04-01 to 2021-03-31", "perspective", "society", 3.60,
     "economic-evaluation"),
    ("combined_starts", "2018-04-01 to 2024-09-30", "all", "all", 143983, "05-february-2025"),
    ("employability_spend", "2024-25", "all", "all", 59.1, "ninth-annual-report"),
    ("employability_spend", "2023-24", "all", "all", 23.4, "ninth-annual-report"),
    ("lgbf_assisted_into_work", "2020-21", "all", "all", 5.98, "Scottish Values.csv"),
    ("disability_employment_gap", "2016", "all", "all", 37.4, "employment-action-plan/pages/3"),
    ("disability_employment_gap", "2022", "all", "all", 31.9, "january-to-december-2022"),
    ("disability_employment_gap", "2023", "all", "all", 30.2, "S6W-26804"),
    ("disability_employment_gap", "2022", "sex", "female", 28.2, "january-to-december-2022"),
    ("disabled_employment_rate", "2022", "all", "all", 50.7, "january-to-december-2022"),
    ("non_disabled_employment_rate", "2022", "all", "all", 82.5, "january-to-december-2022"),
    ("disability_employment_gap_target", "2038", "all", "all", 18.7, "employment-action-plan/pages/3"),
    ("disability_employment_gap_target", "2016", "target_kind", "baseline", 37.4,
     "employment-action-plan/pages/3"),
    ("disabled_employment_rate_milestone", "2023", "all", "all", 50, "progress-report/pages/3"),
    ("disabled_employment_rate_milestone", "2030", "all", "all", 60, "progress-report/pages/3"),
    ("relative_poverty_after_housing_costs", "2021-24 (3 years)", "all", "all", 20,
     "poverty_adult_6_fold.csv"),
    ("child_poverty_after_housing_costs_survey", "2021-24 (3 years)", "all", "all", 23,
     "poverty_child_6_fold.csv"),
    ("aa_leavers", "2012-13", "all", "all", 2266, "activity-agreements"),
]


@pytest.mark.parametrize(("indicator_id", "period", "characteristic", "category", "value", "page"), ORACLES)
def test_headline_figures_are_those_on_the_page(con, indicator_id, period, characteristic, category, value,
                                                page):
    row = scotland(con, indicator_id, period, characteristic, category)
    assert row["value"] == value
    assert page in row["source_page"]


def test_counts_behind_a_published_share_are_shown_with_it(con):
    row = scotland(con, "nolb_entered_employment_rate", "2019-04-01 to 2023-12-31", "disabled", "yes")
    assert (row["numerator"], row["denominator"], row["value"]) == (2125, 9511, 22)
    row = scotland(con, "nolb_still_in_work_recorded", "2022-10-01 to 2024-06-30", "follow_up", "13_weeks")
    assert (row["numerator"], row["denominator"], row["value"]) == (2440, 6978, 35)
    row = scotland(con, "fss_reached_52_weeks_of_base_as_worded", "2018-04-01 to 2024-09-30")
    assert (row["numerator"], row["denominator"], row["value"]) == (None, 11537, 78)


def test_the_latest_edition_is_shown_and_earlier_ones_are_revisions(con):
    revised = [(row["value"], row["edition"], row["change"], row["is_latest"])
               for row in view(con, "revisions", indicator_id="nolb_participants_by_year", areas=[SCOTLAND],
                               programme="all", characteristic="all", category=None)]
    assert revised == [
        (3824, "May 2021", None, False), (2767, "November 2022", -1057, False),
        (2711, "February 2024", -56, False), (2694, "July 2024 (27th edition)", -17, True)]
    assert scotland(con, "fss_starts_by_year", "2019-20")["value"] == 12085
    assert scotland(con, "fss_referral_to_start_rate_by_year", "2018-19")["value"] == 57


def test_no_two_editions_of_one_day_disagree_on_the_latest_figure(con):
    rows = con.execute("""
        with figure as (select o.*, s.edition_date from observation o join source s using (source_id)),
        newest as (select *, max(edition_date) over (partition by indicator_id, area_code, period, programme,
                   characteristic, category) as newest from figure)
        select indicator_id, area_code, period, characteristic, category from newest
        where edition_date is not distinct from newest
        group by all having count(distinct value) > 1""").fetchall()
    assert rows == []


def test_an_indicators_main_source_is_among_its_figures(con):
    rows = con.execute("""
        select i.indicator_id, i.source from indicator i
        where data_class = 'published' and indicator_id in (select indicator_id from observation)
        and (indicator_id, source) not in (select (indicator_id, source_id) from observation)""").fetchall()
    assert rows == []


def test_indicators_without_figures_are_declared_gaps(con):
    """An indicator of the national framework with no series says so on its page."""
    empty = {row[0] for row in con.execute("""
        select indicator_id from indicator where data_class = 'published'
        and indicator_id not in (select indicator_id from observation)""").fetchall()}
    gaps = {row[0].removeprefix("npf_") for row in con.execute(
        "select gap_id from declared_gap where page = 'national-performance'").fetchall()}
    assert empty and empty <= gaps


def test_three_measures_of_child_poverty_stay_apart(con):
    rows = con.execute("""
        select indicator_id, source_id, value from observation join period using (period)
        where indicator_id like 'child_poverty_after_housing_costs_%' and area_code = 'S92000003'
        qualify row_number() over (partition by indicator_id order by end_date desc) = 1
        order by 1""").fetchall()
    assert rows == [
        ("child_poverty_after_housing_costs_administrative", "ons_els_children_in_poverty", 14.77),
        ("child_poverty_after_housing_costs_benchmarking", "lgbf_2020_21", 24.28),
        ("child_poverty_after_housing_costs_survey", "rural_scotland_data_dashboard", 23)]


def test_council_programmes_are_never_in_a_no_one_left_behind_series(con):
    rows = con.execute("""select distinct indicator_id from observation
                          where source_id like 'lgbf%' and indicator_id like 'nolb%'""").fetchall()
    assert rows == []


def test_people_and_starts_are_named_apart(con):
    units = dict(con.execute("""
        select indicator_id, unit from indicator where indicator_id in
        ('nolb_participants', 'fss_starts', 'combined_starts', 'fss_people')""").fetchall())
    assert units == {"nolb_participants": "people", "fss_starts": "starts", "combined_starts": "starts",
                     "fss_people": "people"}


def test_rules_of_the_framework_are_given_only_where_held(con):
    rows = con.execute("""select indicator_id, npf_rule_threshold, npf_rule_periods from indicator
                          where npf_rule <> '' order by 1""").fetchall()
    assert rows == [("income_inequalities", 1.0, 3), ("relative_poverty_after_housing_costs", 1.0, 3)]
    outside = con.execute("""select national_indicator, framework_version from indicator
                             where indicator_id = 'disability_employment_gap'""").fetchone()
    assert outside == ("", "")


def test_council_survey_figures_are_marked_as_surveys(con):
    surveys = {row[0] for row in con.execute("select indicator_id from indicator where is_survey").fetchall()}
    assert {"employment_rate_16_64", "economic_inactivity_rate_16_64", "modelled_unemployment_rate",
            "no_qualifications_rqf", "level_3_or_above_qualifications", "employees_below_living_wage",
            "reasons_for_inactivity", "disability_employment_gap"} <= surveys


def test_published_intervals_are_carried(con):
    row = con.execute("""select value, lower_ci, upper_ci from observation where period = '2022'
        and indicator_id = 'employment_rate_by_deprivation' and category = '1'""").fetchone()
    assert row == (64.1, 61.9, 66.3)
    held = con.execute("""select count(*) from observation where indicator_id = 'employment_rate_16_64'
                          and lower_ci is not null""").fetchone()[0]
    assert held == 660


def test_areas_and_groups(con):
    counts = dict(con.execute("select area_type, count(*) from area group by 1").fetchall())
    assert (counts["country"], counts["partnership"], counts["family_group"]) == (1, 32, 8)
    size = dict(con.execute("select group_code, count(*) from area_member group by 1").fetchall())
    assert {size[f"LGBF_{version}_{n}"] for version in ("PEOPLE", "PLACE") for n in (1, 2, 3, 4)} == {8}
    assert [size[f"RESAS_{n}"] for n in (1, 2, 3, 4)] == [4, 11, 13, 4]
    fife = {row[0] for row in con.execute("""select group_code from area_member
            where area_code = 'S12000047' and group_code like 'REP%'""").fetchall()}
    assert fife == {"REP_EDINBURGH_AND_SOUTH_EAST_SCOTLAND", "REP_TAY"}
    islands = {row[0] for row in con.execute("select name from area where is_island").fetchall()}
    assert islands == {"Na h-Eileanan Siar", "Orkney Islands", "Shetland Islands"}
    tiles = con.execute("select count(distinct (tile_row, tile_column)) from area where tile_row is not null")
    assert tiles.fetchone()[0] == 32


def test_periods_have_the_dates_their_names_say(con):
    rows = con.execute("""
        select period, frequency, start_date, end_date, label, financial_year from period where frequency in
        ('quarter', 'financial_year', 'calendar_year', 'to_date')""").fetchall()
    for period, frequency, start, end, label, year in rows:
        if frequency == "quarter":
            assert year == period[:7] and (end - start).days in (89, 90, 91), period
            assert label.endswith(f"(Q{period[-1]} {year})"), label
        elif frequency == "financial_year":
            assert (start.month, end.month, year) == (4, 3, period) and start.year == int(period[:4])
        elif frequency == "calendar_year":
            assert (start.year, end.year) == (int(period), int(period))
        elif start:
            assert period == f"{start} to {end}"
    periods = {row[0] for row in rows}
    for first in range(2018, 2027):
        year = f"{first}-{(first + 1) % 100:02d}"
        assert {year, *(f"{year} Q{n}" for n in (1, 2, 3, 4))} <= periods


def test_every_declared_gap_says_why_and_who(con):
    rows = con.execute("select title, reason, who_could_supply, page from declared_gap").fetchall()
    assert len(rows) > 60
    assert all(len(reason) > 10 and who for _, reason, who, _ in rows)
    titles = " | ".join(row[0] for row in rows)
    for words in ("Job quality and fair work", "Employers' views", "Innovation and Integration Fund",
                  "In-work support", "Skills:", "Experience:", "Value of services", "Cost per outcome",
                  "disability employment gap by council", "after 2023", "Confidence limits"):
        assert words in titles, words


def test_minority_ethnic_always_carries_its_footnote(con):
    rows = con.execute("select footnote from characteristic where label = 'Minority Ethnic'").fetchall()
    assert len(rows) == 2
    assert all("Mixed or multiple, Asian, African, Caribbean or Black, and Other" in footnote
               for (footnote,) in rows)
