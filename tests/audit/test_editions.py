"""The same count published twice (T6): a person added, one removed, one recoded, all known."""

import re
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard.build.disclosure.audit import audit


@pytest.fixture(scope="module")
def later(returns):
    """The next edition's returns."""
    people = returns.participants
    fourth = pl.int_range(pl.len()) == 3
    recoded = people.with_columns(sex=pl.when(fourth).then(pl.lit("unknown")).otherwise("sex"))
    added = people.slice(5, 1).with_columns(participant_id=pl.lit("person-new"))
    return SimpleNamespace(**{**vars(returns), "participants": pl.concat([recoded.slice(1), added])})


@pytest.fixture
def compare(protected, write_extract, returns, later):
    """T6 failures and notes of a second edition with these counts."""
    def compare(cells, **options):
        options = {"returns": later, "previous_returns": returns} | options
        report = audit(write_extract(cells, deviation=9), previous=write_extract(protected, deviation=9),
                       **options)
        return ([failure for failure in report.failures if failure.startswith("T6")],
                [note for note in report.notes if note.startswith("T6")])
    return compare


def test_a_held_year_gives_nothing_away(compare, protected):
    failures, notes = compare(protected)
    assert not failures
    assert "0 exact" in notes[0] and "0 unaffected differ" in notes[0]


def test_rounding_again_from_scratch_is_caught(compare, later, count_small_cube, round_together):
    """Every preference redrawn: counts nobody changed flip, and the two editions narrow each other."""
    cells = count_small_cube(later)
    failures, _ = compare(cells.cells(round_together(cells, redraw=8)))
    assert any("should be held" in failure for failure in failures)
    assert any("narrower than 3" in failure for failure in failures)


def test_a_flip_of_the_change_alone_is_caught(compare, protected):
    """Moving only what changed tells an attacker who knows the change where the truth lay."""
    programme = {"A2": "nolb", "D_sex": "nolb"}
    row = pl.lit(False)
    for family in ("M", "A1", "A2", "B_sex", "C_sex", "D_sex"):
        row |= ((pl.col("family") == family) & (pl.col("state") == "in_support")
                & pl.col("area_code").is_in(["S12000036", "S92000003"])
                & pl.col("period").is_in(["2024-25", "2024-25 Q1"])
                & pl.col("category").is_in(["all", "female"])
                & pl.col("programme").is_in(["all", programme.get(family, "all")]))
    moved = protected.with_columns(count=pl.col("count") + pl.when(row).then(5).otherwise(0))
    failures, _ = compare(moved)
    assert any("should be held" in failure for failure in failures)


def test_without_the_earlier_returns_the_finding_is_a_note(compare, protected):
    failures, notes = compare(protected, previous_returns=None)
    assert not failures and "supposing nobody changed" in notes[0] and "narrowest 4" in notes[0]


def test_places_that_must_have_changed_are_not_taken_for_unchanged(compare, protected):
    far = (pl.col("area_code") == "S12000005") & (pl.col("family") == "M")
    moved = protected.with_columns(count=pl.col("count") + pl.when(far).then(20).otherwise(0))
    _, notes = compare(moved, previous_returns=None, returns=None)
    assert re.search(r" [1-9]\d* more lie", notes[0])
