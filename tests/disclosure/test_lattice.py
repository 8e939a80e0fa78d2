"""The lattice: the whole list of tables, true counts that fit together, and nothing else."""

import csv
from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.disclosure.lattice import (
    CATEGORIES,
    COARSE,
    LISTED,
    PAIRS,
    PARTNERSHIP_LEVEL,
    SCOTLAND,
    SENSITIVE,
)

WITH_PLACES = {"M", "A1", "A2", "F", "T", "W", "S", "X"}
# Where the cube's name of a category list differs from the return's.
LISTS_OF_RETURNS = {"followup_13_weeks": lattice.ANSWERS, "domain": lattice.DOMAINS, "instrument": lattice.INSTRUMENTS,
                    "statement": lattice.STATEMENTS, "answer": lattice.AGREEMENT, "programme": lattice.PROGRAMMES}


@pytest.fixture(scope="module")
def over(returns):
    return lattice.space(returns)


@pytest.fixture(scope="module")
def counted(returns, over):
    people = lattice.code(returns, over)
    responses = lattice.code_responses(returns.experience, over)
    return lattice.tabulate(people, responses, over)


@pytest.fixture(scope="module")
def frames(returns):
    return lattice.count(returns)


@cache
def values_of(column):
    with (paths.REFERENCE / "return_values.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(row["value"] for row in csv.DictReader(handle) if row["column"] == column)


def test_every_family_of_the_contract_is_there_and_no_other(over):
    names = set(lattice.families(over))
    expected = {"M", "A1", "A2", "F", "T", "W", "S", "X"} | {f"E_{pair}" for pair in PAIRS}
    expected |= {f"B_{c}" for c in PARTNERSHIP_LEVEL} | {f"{letter}_{c}" for letter in "CD" for c in CATEGORIES}
    expected |= {f"S_{c}" for c in ("instrument", "key_worker", "sex", "age_group", "disabled")}
    assert names == expected
    assert len(PARTNERSHIP_LEVEL) == 12 and len(LISTED) == 20 and len(PAIRS) == 6


def test_sensitive_characteristics_are_never_shown_by_partnership(over):
    assert {"trans_status", "sexual_orientation", "religion", "conviction", "homeless"} == set(SENSITIVE)
    for name, family in lattice.families(over).items():
        c = name.partition("_")[2]
        if c in SENSITIVE or c in LISTED or c not in PARTNERSHIP_LEVEL:
            assert name in WITH_PLACES or "area_code" not in family.axes


def test_every_table_says_what_it_is(over):
    """Its properties are those its labels show; Scotland's margins are of the three roots alone."""
    tables = lattice.every_table(over)
    for name, family in tables.items():
        assert family.is_quarterly == (over.quarters in family.labels), name
        assert family.has_states == (family.labels[-1] == lattice.STATES), name
    assert {name for name, family in tables.items() if family.is_margin} == {"M_scotland", "A1_scotland", "A2_scotland"}
    assert {name for name, family in tables.items() if family.book == "responses"} == {"X"}
    assert set(tables) - set(lattice.families(over)) == {"T_quarter", "M_scotland", "A1_scotland", "A2_scotland"}


def test_no_quarter_of_a_partnership_is_split_further(over):
    for name, family in lattice.families(over).items():
        if "area_code" in family.axes and name != "A1":
            assert not set(over.quarters) & set(family.labels[1]), name


@pytest.mark.parametrize("column", sorted(
    c for c in CATEGORIES if c not in COARSE and c not in LISTED and c not in ("age_band", "simd_quintile",
                                                                               "urban_rural_6")))
def test_categories_are_those_a_return_may_hold_and_unknown(column):
    expected = set(values_of(column)) | {"unknown"}
    assert set(CATEGORIES[column]) == expected and len(set(CATEGORIES[column])) == len(CATEGORIES[column])


@pytest.mark.parametrize("column", LISTS_OF_RETURNS)
def test_other_lists_are_those_a_return_may_hold(column):
    blanks = {"not_due", "blank_when_due"} if column.startswith("followup") else set()
    assert set(LISTS_OF_RETURNS[column]) == set(values_of(column)) | blanks


@pytest.mark.parametrize("column", lattice.LISTS)
def test_each_value_of_an_overlapping_list_is_its_own_table(column):
    assert {name for name, (of, _) in LISTED.items() if of == column} \
        == {f"{column}_{value}" for value in values_of(column)}


@pytest.mark.parametrize("coarse", COARSE)
def test_a_coarse_category_is_a_run_of_fine_ones_and_none_is_left_over(coarse):
    fine, merged = COARSE[coarse]
    assert set(merged) == set(CATEGORIES[fine]) and set(merged.values()) == set(CATEGORIES[coarse])
    place = lattice.merge(coarse)
    assert [CATEGORIES[coarse][each] for each in place] == [merged[each] for each in CATEGORIES[fine]]
    runs = 1 + (np.diff(place) != 0).sum()
    assert runs == len(CATEGORIES[coarse]), "fine categories of one coarse category must be neighbours"


@pytest.mark.parametrize("keep", ["unknown", "prefer_not_to_say"])
def test_unknown_and_prefer_not_to_say_are_never_merged(keep):
    for coarse, (fine, merged) in COARSE.items():
        if keep in CATEGORIES[fine]:
            assert [each for each, into in merged.items() if into == keep] == [keep], coarse


def test_everyone_is_counted_once(returns, counted):
    assert counted["M"].sum() == len(returns.participants) == 320
    assert counted["X"].sum() == len(returns.experience) == 120


def test_every_family_of_people_adds_up_to_the_root(counted, over):
    m = counted["M"]
    by_year = np.array([[counted["A1"][:, q].sum(axis=0) for q in over.quarters_of(year)] for year in over.years],
                       dtype=object)
    assert all((np.sum(list(quarters), axis=0) == m[:, y].sum(axis=0)).all() for y, quarters in enumerate(by_year))
    for name, table in counted.items():
        if name == "A2" or name.startswith("B_"):
            assert (table.sum(axis=2) == m).all(), name
        elif name.startswith("C_"):
            assert (table.sum(axis=1) == counted["A1"].sum(axis=0)).all(), name
        elif name.startswith("D_"):
            assert (table.sum(axis=2) == counted["A2"].sum(axis=0)).all(), name
        elif name.startswith("E_"):
            assert (table.sum(axis=(1, 2)) == m.sum(axis=0)).all(), name


def test_families_without_states_add_up_to_starts_or_jobs(counted):
    starts, jobs = counted["M"].sum(axis=2), counted["M"][..., :6].sum(axis=2)
    assert (counted["W"].sum(axis=2) == starts).all() and (counted["T"].sum(axis=2) == starts).all()
    assert (counted["T"][..., :5].sum(axis=2) == jobs).all()
    assert (counted["F"].sum(axis=3) == jobs[..., None]).all()
    assert (counted["S"].sum(axis=3) == starts[..., None]).all()
    assert (counted["T_quarter"].sum(axis=1) == counted["A1"].sum(axis=(0, 2))).all()
    for c in lattice.SOFT:
        assert (counted[f"S_{c}"].sum(axis=2) == counted["S"].sum(axis=0)).all(), c


@pytest.mark.parametrize("coarse", COARSE)
def test_a_coarse_table_is_the_sum_of_the_fine_one(coarse, counted):
    fine, place = COARSE[coarse][0], lattice.merge(coarse)
    for letter, axis in (("C", 1), ("D", 2)):
        summed = np.stack([counted[f"{letter}_{fine}"].take(np.flatnonzero(place == i), axis=axis).sum(axis=axis)
                           for i in range(len(CATEGORIES[coarse]))], axis=axis)
        assert (summed == counted[f"{letter}_{coarse}"]).all()


def test_a_pair_has_the_margins_of_its_two_characteristics(counted, over):
    for pair, (a, b) in PAIRS.items():
        for axis, c in ((2, a), (1, b)):
            by_year = np.stack([counted[f"C_{c}"][over.quarters_of(year)].sum(axis=0) for year in over.years])
            assert (counted[f"E_{pair}"].sum(axis=axis) == by_year).all(), (pair, c)


def test_scotland_is_the_exact_sum_of_the_partnerships(frames, over):
    for name, frame in frames.items():
        has_areas = name in WITH_PLACES or name.startswith("B_")
        assert lattice.families(over)[name].has_areas == has_areas
        if not has_areas:
            assert frame["area_code"].unique().to_list() == [SCOTLAND]
            continue
        keys = [c for c in lattice.CUBE if c not in ("area_code", "count")]
        placed = frame.filter(~((pl.col("family") == "T") & pl.col("period").str.contains("Q")))
        summed = placed.group_by(keys).agg(
            scotland=pl.col("count").filter(pl.col("area_code") == SCOTLAND).sum(),
            partnerships=pl.col("count").filter(pl.col("area_code") != SCOTLAND).sum())
        assert (summed["scotland"] == summed["partnerships"]).all(), name


def test_a_count_is_where_a_plain_filter_finds_it(frames, returns):
    people = returns.participants
    disabled = people.filter((pl.col("area_code") == "S12000036") & (pl.col("disabled") == "prefer_not_to_say")
                             & pl.col("start_date").is_between(pl.date(2018, 4, 1), pl.date(2019, 3, 31)))
    row = frames["B_disabled"].filter(area_code="S12000036", period="2018-19", category="prefer_not_to_say")
    assert row["count"].sum() == len(disabled) > 0
    third = people.filter((pl.col("sex") == "female") & pl.col("start_date").is_between(
        pl.date(2018, 10, 1), pl.date(2018, 12, 31)))
    assert frames["C_sex"].filter(period="2018-19 Q3", category="female")["count"].sum() == len(third) > 0
    listed = people.filter(pl.col("condition_type").list.contains("physical"))
    assert frames["D_condition_type_physical"].filter(category="yes")["count"].sum() == len(listed) > 0


def test_all_cells_are_there_zeros_included_and_each_once(frames):
    cube = pl.concat(frames.values())
    assert cube.columns == list(lattice.CUBE)
    assert not cube.select(pl.exclude("count")).is_duplicated().any()
    assert (cube["count"] == 0).sum() > len(cube) / 2
    m = frames["M"]
    assert len(m) == 5 * 2 * 9


@pytest.mark.parametrize(("cut_off", "years", "last"), [
    ("2020-03-31", 2, "2019-20 Q4"), ("2020-04-01", 3, "2020-21 Q1"), ("2020-06-30", 3, "2020-21 Q1"),
    ("2020-12-31", 3, "2020-21 Q3"),
])
def test_periods_run_from_2018_to_the_quarter_of_the_cut_off(as_returns, people, cut_off, years, last):
    found = lattice.space(as_returns(people, cut_off=date.fromisoformat(cut_off)))
    assert len(found.years) == years and found.quarters[-1] == last and found.quarters[0] == "2018-19 Q1"


@pytest.mark.parametrize(("day", "period"), [("2019-03-31", "2018-19 Q4"), ("2019-04-01", "2019-20 Q1"),
                                             ("2019-06-30", "2019-20 Q1"), ("2019-07-01", "2019-20 Q2")])
def test_a_start_counts_in_the_quarter_of_its_day(as_returns, people, day, period):
    one = people.head(1).with_columns(start_date=pl.lit(day), referral_date=pl.lit(None, pl.String),
                                      **{c: pl.lit(None, pl.String) for c in people.columns
                                         if c.endswith("_date") and c not in ("start_date", "referral_date")},
                                      **{c: pl.lit(None, pl.String) for c in people.columns if c.startswith("followup")})
    frames = lattice.count(as_returns(one))
    assert frames["A1"].filter(pl.col("count") > 0)["period"].unique().to_list() == [period]


@pytest.mark.parametrize(("age", "band", "group"), [
    (15, "under_16", "under_16"), (16, "16_19", "16_24"), (19, "16_19", "16_24"), (20, "20_24", "16_24"),
    (24, "20_24", "16_24"), (25, "25_34", "25_49"), (34, "25_34", "25_49"), (35, "35_49", "25_49"),
    (49, "35_49", "25_49"), (50, "50_plus", "50_plus"), (None, "unknown", "unknown")])
def test_ages_fall_into_their_bands(as_returns, people, age, band, group):
    one = as_returns(people.head(1).with_columns(age=pl.lit(None if age is None else str(age), pl.String)))
    coded = lattice.code(one, lattice.space(one))
    assert CATEGORIES["age_band"][coded["age_band"][0]] == band
    assert CATEGORIES["age_group"][coded["age_group"][0]] == group
