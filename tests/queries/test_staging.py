"""Given published rows as text, staging gives typed figures and changes none of them."""

import pytest

from dashboard import paths
from dashboard.catalogue import load_indicator
from dashboard.pipeline import curate
from dashboard.pipeline.errors import BuildError

STAGING = paths.QUERIES / "staging"


def test_a_cell_that_is_not_a_number_stops_the_build(loaded):
    loaded.execute("update no_one_left_behind set value = '61,930' where value = '61930'")
    with pytest.raises(BuildError, match="61,930"):
        curate.run_folder(loaded, STAGING)


def test_no_figure_is_not_a_number(staged):
    rows = staged.execute("""select collection, measure, area_code from stg_figure
        where isnan(value) or isinf(value) or isnan(numerator) or isnan(denominator)""").fetchall()
    assert rows == []


def test_a_share_not_published_is_marked_and_its_base_stays(staged):
    rows = staged.execute("""select numerator, denominator, value, obs_status from stg_figure
        where collection = 'council_employability' and value is null""").fetchall()
    assert len(rows) == 7
    assert all(numerator is None and base > 0 and mark == "x" for numerator, base, _, mark in rows)


def test_a_margin_either_side_becomes_two_limits(loaded):
    loaded.execute("""update population_denominators set share_pct = '10.3', margin_95 = '0.1'
                      where measure = 'employment_rate_by_deprivation' and category = '1'""")
    curate.run_folder(loaded, STAGING)
    row = loaded.execute("""select value, lower_ci, upper_ci from stg_figure
        where measure = 'employment_rate_by_deprivation' and category = '1'""").fetchone()
    assert row == (10.3, 10.2, 10.4)


def test_a_baseline_is_not_a_target(staged):
    rows = staged.execute("""select period, characteristic, category, value from stg_figure
        where collection = 'disability_employment_gap_targets' and measure = 'gap' order by 1""").fetchall()
    assert rows == [("2016", "target_kind", "baseline", 37.4), ("2038", "all", "all", 18.7)]


def test_every_published_file_is_staged(staged):
    collections = {row[0] for row in staged.execute("select distinct collection from stg_figure").fetchall()}
    assert collections == {path.stem for path in paths.PUBLISHED.glob("*/*.csv")}


def test_a_new_row_for_a_measure_is_a_new_figure_without_other_changes(loaded):
    loaded.execute("""insert into national_performance_framework by name
        select * replace ('contractually_secure_work' as measure, '94.0' as value)
        from national_performance_framework where measure = 'employee_voice' limit 1""")
    curate.run_folder(loaded, STAGING)
    indicator = load_indicator(paths.INDICATORS / "contractually_secure_work.toml")
    assert loaded.execute(curate.published_query([indicator])).df()["value"].tolist() == [94.0]
