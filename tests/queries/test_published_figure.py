"""The one query of published figures: what an indicator asks for is what it gets, and nothing is lost on the way."""

import duckdb
import pytest

from dashboard import paths
from dashboard.catalogue import MetadataError, load_collections, load_indicator
from dashboard.pipeline import curate
from dashboard.read.extract import HARDENED


def rows(con, *names):
    """The figures of these indicators, through the shared query."""
    indicators = [load_indicator(paths.INDICATORS / f"{name}.toml") for name in names]
    return con.execute(curate.published_query(indicators)).df()


def test_every_row_of_a_measure_arrives_once(staged):
    figures = rows(staged, "fss_starts_by_year", "aa_completed")
    held = staged.execute("""select count(*) from stg_figure where
        collection = 'fair_start_scotland' and measure = 'starts_in_year'
        or collection = 'activity_agreements' and measure = 'completed_share'""").fetchone()[0]
    assert len(figures) == held > 0
    assert set(figures["indicator_id"]) == {"fss_starts_by_year", "aa_completed"}


def test_a_programme_and_a_frequency_leave_the_other_figures_out(staged):
    whole = rows(staged, "fss_referral_to_start_rate", "fss_referral_to_start_rate_by_quarter",
                 "fss_referral_to_start_rate_by_year")
    assert {period[:7] for period in whole.query("indicator_id.str.endswith('year')")["period"]} >= {"2018-19"}
    assert whole.query("indicator_id.str.endswith('quarter')")["period"].str.contains("Q").all()
    assert whole.query("indicator_id == 'fss_referral_to_start_rate'")["period"].str.contains(" to ").all()
    budgets = rows(staged, "employability_budget", "nolb_council_budget")
    assert not set(budgets.query("indicator_id == 'employability_budget'")["source_page"]) \
        & set(budgets.query("indicator_id == 'nolb_council_budget'")["source_page"])


def test_measures_become_categories_where_the_file_says_so(staged):
    figures = rows(staged, "aa_completed_within")
    assert set(figures["characteristic"]) == {"completion"}
    assert set(figures["category"]) == {"within_6_months", "within_9_months"}


def test_a_count_shown_alone_is_the_value_and_x_where_there_is_none(staged):
    staged.execute("""update stg_figure set numerator = null
                      where measure = 'children_under_one' and area_code = 'S12000033'""")
    figures = rows(staged, "children_under_one").set_index("area_code")
    assert figures["numerator"].isna().all() and figures["denominator"].isna().all()
    assert figures.loc["S12000033", "obs_status"] == "x"
    assert figures.loc["S92000003", "value"] > 40_000


def test_a_figure_of_an_unknown_period_is_kept_for_the_checks_to_find(staged):
    staged.execute("update stg_figure set period = '2099' where measure = 'children_under_one'")
    assert set(rows(staged, "children_under_one")["period"]) == {"2099"}


def test_the_query_kept_with_an_indicator_gives_its_figures(staged, published_extract):
    with duckdb.connect(str(published_extract), read_only=True, config=HARDENED) as con:
        kept = con.execute("select query from indicator where indicator_id = 'nolb_council_budget'").fetchone()[0]
        held = con.execute("""select area_code, period, value from observation
                              where indicator_id = 'nolb_council_budget' order by all""").fetchall()
    again = staged.execute(f"select area_code, period, value from ({kept}) order by all").fetchall()
    assert again == held != []


def test_words_of_a_collection_stand_under_those_of_the_indicator(tmp_path):
    collections = tmp_path / "collections.toml"
    collections.write_text("""
        [[words]]
        collections = ["one", "other"]
        designation = "Official statistics"
        topic = "context"
        caveats = ["Of both."]
        [[words]]
        collections = ["one"]
        topic = "reach"
        caveats = ["Of one."]""", encoding="utf-8")
    metadata = tmp_path / "made_up.toml"
    metadata.write_text("""
        title = "Made up"
        definition = "Made up."
        published = { collection = "one", measure = "any" }
        designation = "Experimental statistics"
        measure = "count"
        unit = "people"
        direction = "no_direction"
        decimals = 0
        base = "People"
        interval_method = "none"
        source = "a_source"
        caveats = ["Its own."]""", encoding="utf-8")
    indicator = load_indicator(metadata, collections)
    assert (indicator.topic, indicator.designation) == ("reach", "Experimental statistics")
    assert indicator.caveats == ("Of both.", "Of one.", "Its own.")


def test_a_misspelt_shared_word_is_named(tmp_path):
    path = tmp_path / "collections.toml"
    path.write_text('[[words]]\ncollections = ["one"]\ncaveat = ["x"]\n', encoding="utf-8")
    with pytest.raises(MetadataError, match=r"collections\.toml: unknown key 'caveat'"):
        load_collections(path)


def test_shared_words_are_of_files_that_are_there():
    there = {path.stem for path in paths.PUBLISHED.glob("*/*.csv")}
    assert {name for table in load_collections() for name in table["collections"]} <= there
