"""The extract holds what was published: every cell, once, with its edition and page."""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal

import duckdb
import pytest

from dashboard import paths
from dashboard.catalogue import load_indicator
from dashboard.read.extract import HARDENED
from dashboard.words.periods import has_break_between

SCOTLAND = "S92000003"
# Rows carried from each folder of publications, counted by hand from the source tables.
ROWS = {
    "devolved_employment_services": 460, "employability_spending": 51, "predecessor_programmes": 322,
    "local_government_benchmarking": 331, "disability_employment_gap": 51,
    "national_performance_framework": 1915, "labour_market_context": 6266, "population": 2247,
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
    with duckdb.connect(str(published_extract), read_only=True, config=HARDENED) as connection:
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
    carried = Counter(folder for folder, _, row in files if "_read_20" not in row["source_id"])
    assert carried == ROWS     # what `outcomes refresh` has read since is checked as it is read


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
    ("relative_poverty_after_housing_costs", "2022-25 (3 years)", "all", "all", 17, "poverty-headline-2022-25"),
    ("working_age_poverty_after_housing_costs", "2022-25 (3 years)", "all", "all", 18, "poverty-headline-2022-25"),
    ("child_poverty_after_housing_costs_survey", "2022-25 (3 years)", "all", "all", 21, "poverty-headline-2022-25"),
    ("people_in_employment_16_64", "2025-04-01 to 2026-03-31", "all", "all", 2600200, "T01:28"),
    ("ethnicity_employment_gap", "2023", "all", "all", 13.8, "april-2024/pages/key-points"),
    ("hours_underemployment", "2022", "disabled", "yes", 7.6, "types-of-work"),
    ("not_in_contractually_secure_work", "2022", "disabled", "no", 5.6, "types-of-work"),
    ("working_part_time", "2022", "disabled", "yes", 31.5, "types-of-work"),
    ("economic_status_by_disability", "2022", "economic_status_not_disabled", "unemployed", 2.8, "january-to-december-2022"),
    ("employability_budget_after_autumn_revision", "2022-23", "all", "all", 115.006, "Schedule 2.1"),
    ("employability_budget_after_autumn_revision", "2023-24", "all", "all", 116.304, "Schedule 2.1"),
    ("employability_budget_after_autumn_revision", "2024-25", "all", "all", 100.191, "Schedule 2.1"),
    ("employability_budget_draft", "2026-27", "all", "all", 90, "caithness-business"),
    ("employability_budget_draft", "2026-27", "budget_part", "no_one_left_behind", 39, "caithness-business"),
    ("employability_budget_draft", "2026-27", "budget_part", "parents", 40, "caithness-business"),
    ("employability_budget_draft", "2026-27", "budget_part", "disabled_people", 5, "caithness-business"),
    ("employability_people_expected", "2026-27", "all", "all", 7500, "caithness-business"),
    ("aa_leavers", "2012-13", "all", "all", 2266, "activity-agreements"),
]


@pytest.mark.parametrize(("indicator_id", "period", "characteristic", "category", "value", "page"), ORACLES)
def test_headline_figures_are_those_on_the_page(con, indicator_id, period, characteristic, category, value,
                                                page):
    row = scotland(con, indicator_id, period, characteristic, category)
    assert row["value"] == value
    assert page in row["source_page"]


# Sums of a column over one period, added up by hand from the source tables: (indicator, source) to periods.
TOTALS = {
    ("lgbf_assisted_into_work", "lgbf_2023_24", "numerator"): {"2022-23": (32, 12064), "2023-24": (32, 12247)},
    ("lgbf_assisted_into_work", "lgbf_2023_24", "denominator"): {"2022-23": (32, 93700), "2023-24": (32, 101600)},
    ("lgbf_assisted_into_work", "lgbf_2023_24", "value"): {"2022-23": (32, "498.02"), "2023-24": (32, "495.37")},
    ("young_people_participation", "lgbf_2023_24", "value"): {"2023": (32, "2984.30"), "2024": (32, "2982.66")},
    ("employees_below_living_wage_benchmarking", "lgbf_2023_24", "value"): {
        "2019-20": (1, "22.9"), "2020-21": (1, "30.9"), "2021-22": (4, "56.7"), "2023-24": (22, "286.1")},
    ("claimant_count_share_january", "claimant_count_2026_01", "value"): {
        "2021-01": (33, "184.3"), "2022-01": (33, "121.3"), "2023-01": (33, "96.4"), "2024-01": (33, "91.8"),
        "2025-01": (33, "92.0"), "2026-01": (33, "88.9")},
    ("modern_apprenticeship_starts", "ons_els_apprenticeships", "value"): {
        "2023-24": (33, "19174.5"), "2024-25": (33, "19059.6"), "2025-26": (33, "18548.3")},
    ("modern_apprenticeship_achievements", "ons_els_apprenticeships", "value"): {
        "2023-24": (33, "15363.1"), "2024-25": (33, "15473.8"), "2025-26": (33, "15127.8")},
    ("median_weekly_pay_full_time", "ashe_resident_2025", "value"): {"2025": (33, "25561.5")},
    ("child_poverty_after_housing_costs_end_child_poverty", "end_child_poverty_2025", "value"): {
        "2020-21": (32, "641.7"), "2021-22": (32, "737.3"), "2022-23": (32, "754.1"), "2023-24": (32, "704.0")},
}


@pytest.mark.parametrize(("indicator_id", "source_id", "number"), TOTALS, ids=lambda part: str(part))
def test_the_newer_figures_add_up_as_their_tables_do(observations, indicator_id, source_id, number):
    """Over all areas read, cell by cell: one figure changed or lost changes its period's count or sum."""
    held = defaultdict(list)
    for row in observations:
        if (row["indicator_id"], row["source_id"]) == (indicator_id, source_id):
            held[row["period"]].append(as_published(row[number]))
    expected = TOTALS[indicator_id, source_id, number]
    assert {period: (len(figures), sum(figures)) for period, figures in held.items()} \
        == {period: (count, Decimal(total)) for period, (count, total) in expected.items()}


def test_councils_add_up_to_the_published_scotland_where_both_are_held(con):
    """The 2022-23 councils come through a third party, Scotland through another edition: they agree to the person."""
    row = scotland(con, "lgbf_assisted_into_work", "2022-23")
    assert (row["numerator"], row["denominator"]) == (12064, 93700)
    assert con.execute("""select sum(numerator), sum(denominator) from observation where area_code like 'S12%'
        and indicator_id = 'lgbf_assisted_into_work' and period = '2022-23'""").fetchone() == (12064, 93700)


def test_a_rise_to_be_checked_is_marked_said_and_not_compared(observations, con):
    rise = [row for row in observations if row["indicator_id"] == "lgbf_assisted_into_work"
            and row["source_id"] == "lgbf_2023_24" and row["area_code"] == "S12000011"]
    before, now = sorted(rise, key=lambda row: row["period"])
    assert (before["value"], now["value"], now["obs_status"]) == (17.0, 41.47, "u b")
    assert "worked back" in now["source_page"] and "to be checked" in now["source_page"]
    indicator = load_indicator(paths.INDICATORS / "lgbf_assisted_into_work.toml")
    assert any("rises from 17.00% to 41.47% in 2023-24. That is to be checked" in each for each in indicator.caveats)
    assert has_break_between(before, now, indicator)


def test_an_area_stands_against_scotland_in_the_newest_period_that_scotland_has(con):
    row = view(con, "spine", indicators=["lgbf_assisted_into_work"], area_code="S12000049")[0]
    newest = con.execute("""select max(period) from observation where area_code = 'S92000003'
        and indicator_id = 'lgbf_assisted_into_work' and value is not null""").fetchone()[0]
    assert row["period"] == newest and row["scotland"] is not None
    council = view(con, "latest", indicators=["lgbf_assisted_into_work"], area_code="S12000049")[0]
    assert council["period"] >= "2023-24"


def test_figures_read_through_a_third_party_say_so_in_the_title_of_their_source(con):
    titles = dict(con.execute("""select distinct source_id, title from source
        where url like '%SC-TPP%' or url like '%scotland-counted/tree/307562d%' or url like '%caithness%'""").fetchall())
    newer = {"lgbf_2023_24", "claimant_count_2026_01", "ashe_resident_2025", "end_child_poverty_2025",
             "aps_nomis_t01_2026_03", "poverty_2022_25", "draft_budget_2026_27_release"}
    assert newer <= set(titles)
    assert all("through a third party" in titles[source_id] for source_id in newer)


def test_figures_on_either_side_of_a_new_definition_are_never_compared(con):
    rows = con.execute("""select indicator_id, min(period) from observation where obs_status like '%b%'
        and source_id in ('lgbf_2023_24', 'poverty_2022_25', 'labour_market_insights_2024_04')
        and indicator_id <> 'lgbf_assisted_into_work' group by 1 order by 1""").fetchall()
    assert rows == [("child_poverty_after_housing_costs_survey", "2022-25 (3 years)"),
                    ("ethnicity_employment_gap", "2023"),
                    ("relative_poverty_after_housing_costs", "2022-25 (3 years)"),
                    ("young_people_participation", "2023")]
    for indicator_id, period in rows:
        breaks = load_indicator(paths.INDICATORS / f"{indicator_id}.toml").breaks
        assert period in {each.period for each in breaks}


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


def test_four_measures_of_child_poverty_stay_apart(con):
    apart = con.execute("""select count(distinct indicator_id), count(distinct caveats[2:60]) from indicator
        where indicator_id like 'child_poverty_after_housing_costs_%' and caveats like '%Four measures of child poverty%'
        """).fetchone()
    assert apart == (4, 1)
    rows = con.execute("""
        select indicator_id, source_id, value from observation join period using (period)
        where indicator_id like 'child_poverty_after_housing_costs_%' and area_code = 'S92000003'
        qualify row_number() over (partition by indicator_id order by end_date desc) = 1
        order by 1""").fetchall()
    assert rows == [
        ("child_poverty_after_housing_costs_administrative", "ons_els_children_in_poverty", 14.77),
        ("child_poverty_after_housing_costs_benchmarking", "lgbf_2020_21", 24.28),
        ("child_poverty_after_housing_costs_survey", "poverty_2022_25", 21)]


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


def test_a_survey_estimate_that_says_little_is_marked_and_stays_as_published(con):
    """A coefficient of variation over 20% is [u]; at or under it, only where the publisher says so."""
    rows = con.sql("select (upper_ci - lower_ci) / (2 * 1.959964) / value, coalesce(obs_status, '') from observation "
                   "where data_class = 'published' and value > 0 and lower_ci is not null").fetchall()
    little = [marks for variation, marks in rows if variation > 0.20]
    assert len(little) > 20 and all("u" in marks.split() for marks in little)
    assert all("u" not in marks.split() for variation, marks in rows if variation <= 0.20)
