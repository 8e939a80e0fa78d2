"""The edition before is the same people as they were known then: nothing of the future, and nothing else changed."""

from datetime import date

import polars as pl
import pytest

from dashboard.pipeline import demonstration

CUT_OFF = date(2026, 3, 31)
WEEKS = (4, 13, 26, 52)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("earlier")
    demonstration.write(2_000, 7, folder, is_earlier=True)
    return folder


@pytest.fixture(scope="module")
def both(earlier, small, read_kind):
    """Each person of the edition before, beside the same person as known later (`_later`)."""
    then, later = (read_kind(folder, "participants").with_columns(pl.col("^.*_date$").str.to_date()) for folder in (earlier, small))
    return then.join(later, on="participant_id", suffix="_later", how="left", validate="1:1")


def dates(both):
    return [name for name in both.columns if name.endswith("_date")]


def test_everyone_is_known_later_and_some_are_only_known_later(both, small, read_kind):
    later = read_kind(small, "participants").with_columns(pl.col("start_date").str.to_date())
    assert both["area_code_later"].null_count() == 0
    assert len(both) < later.filter(pl.col("start_date") <= CUT_OFF).height < len(later), "returns come late"


def test_nothing_is_known_that_had_not_happened(both):
    for name in dates(both):
        assert (both[name].drop_nulls() <= CUT_OFF).all(), name
    for weeks in WEEKS:
        answered = both.filter(pl.col(f"followup_{weeks}_weeks").is_not_null())
        assert (answered["employment_start_date"].dt.offset_by(f"{7 * weeks}d") <= CUT_OFF).all()


def test_what_was_known_is_what_is_known_later(both):
    for name in both.columns:
        if f"{name}_later" in both.columns:
            held = both.filter(pl.col(name).is_not_null())
            assert held.filter(pl.col(name) != pl.col(f"{name}_later")).is_empty(), name


def test_a_job_may_be_reported_late(both):
    late = both.filter(pl.col("employment_start_date").is_null() & (pl.col("employment_start_date_later") <= CUT_OFF))
    assert 0 < len(late) < both["employment_start_date"].count() / 4


def test_other_files_end_at_the_same_day_and_know_nobody_else(earlier, both, read_kind):
    scores = read_kind(earlier, "progress")
    assert scores["date"].str.to_date().max() <= CUT_OFF and set(scores["participant_id"]) <= set(both["participant_id"])
    assert read_kind(earlier, "experience")["date"].str.to_date().max() <= CUT_OFF
    assert read_kind(earlier, "spend")["financial_year"].max() == "2025-26"
    assert "cut_off = 2026-03-31" in (earlier / "return.toml").read_text(encoding="utf-8")
