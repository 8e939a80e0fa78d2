"""Shares of data quality must follow from the protected counts."""

import polars as pl
import pytest

from dashboard.pipeline.disclosure.audit import cube, quality, relations


@pytest.fixture(scope="module")
def model(protected):
    return relations.build_model(cube.to_blocks(protected)[0])


def problems(model, area, measure, value):
    row = {"area_code": area, "measure": measure, "value": value}
    return quality.check_quality(model, pl.DataFrame([row], schema_overrides={"value": pl.Float64}))


def shares(protected, area, family):
    mine = protected.filter((pl.col("area_code") == area) & (pl.col("family") == family))
    return mine.filter(pl.col("category") == "unknown")["count"].sum(), mine["count"].sum()


@pytest.mark.parametrize("area, family", [("S12000036", "B_sex"), ("S92000003", "C_sex")])
def test_a_share_of_unknown_follows_from_the_cube(model, protected, area, family):
    part, whole = shares(protected, area, family)
    assert whole >= 30
    assert not problems(model, area, "unknown_sex", part / whole)
    assert problems(model, area, "unknown_sex", (part + 1) / whole)
    assert problems(model, area, "unknown_sex", None)


def test_a_share_on_a_small_base_is_refused(model, protected):
    part, whole = shares(protected, "S12000013", "B_sex")
    assert whole < 30
    assert problems(model, "S12000013", "unknown_sex", part / whole)
    assert not problems(model, "S12000013", "unknown_sex", None)


@pytest.mark.parametrize("area, measure", [
    ("S12000036", "unknown_religion"), ("S12000036", "unknown_shoe_size"), ("S12000036", "rows_accepted"),
    ("S12000036", "followup_recorded_when_due_13"),
])
def test_a_measure_the_cube_cannot_give_is_refused(model, area, measure):
    assert problems(model, area, measure, 0.25)


@pytest.mark.parametrize("measure, fine, wrong", [("received", 1.0, 0.5), ("on_time", None, 17.0),
                                                  ("rejected_share", 0.02, 31.0)])
def test_flags_and_shares_of_rows_stay_in_range(model, measure, fine, wrong):
    assert not problems(model, "S12000036", measure, fine)
    assert problems(model, "S12000036", measure, wrong)
