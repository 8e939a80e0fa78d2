"""The same count published twice (T6): a person added, one removed, one recoded, all known."""

import re
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard.pipeline.disclosure import gate
from dashboard.pipeline.disclosure.audit import audit, insider, release, sample, slices, stacked, truth
from dashboard.pipeline.disclosure.audit.report import AuditReport

from .conftest import KEY, declare


@pytest.fixture(scope="module")
def later(returns):
    """The next edition's returns."""
    people = returns.participants
    fourth = pl.int_range(pl.len()) == 3
    recoded = people.with_columns(sex=pl.when(fourth).then(pl.lit("unknown")).otherwise("sex"))
    added = people.slice(5, 1).with_columns(participant_id=pl.lit("person-new"))
    return SimpleNamespace(**{**vars(returns), "participants": pl.concat([recoded.slice(1), added])})


@pytest.fixture
def compare(protected, returns, later):
    """T6 failures and notes of a second edition with these counts; that the audit lays two extracts side by side: test_command.py."""
    def compare(cells, returns=later, previous_returns=returns):
        evidence, report = release.take_in(AuditReport(), cells, declare(cells, 9)), AuditReport()
        stacked.check_editions(report, evidence, protected, returns, previous_returns)
        assert {failure.test for failure in report.failures} <= {"T6"}
        return [*map(str, report.failures)], [note for note in report.notes if note.startswith("T6")]
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


def test_without_the_earlier_returns_the_finding_is_a_note(write_extract, protected, later):
    extract = write_extract(protected, deviation=9)
    report = audit(extract, previous=extract, returns=later)
    notes = [note for note in report.notes if note.startswith("T6")]
    assert not [failure for failure in report.failures if failure.test == "T6"]
    assert "supposing nobody changed" in notes[0] and "narrowest 4" in notes[0]


def test_places_that_must_have_changed_are_not_taken_for_unchanged(compare, protected):
    far = (pl.col("area_code") == "S12000005") & (pl.col("family") == "M")
    moved = protected.with_columns(count=pl.col("count") + pl.when(far).then(20).otherwise(0))
    _, notes = compare(moved, previous_returns=None, returns=None)
    assert re.search(r" [1-9]\d* more lie", notes[0])


def test_what_the_gate_lets_through_withstands_the_attack(published, write_extract, monkeypatch):
    """The gate's own cube, attacked by the attacker that knows nothing of the gate."""
    protected, returns, _ = published
    path = write_extract(protected.protected_count, table_family=protected.table_family,
                         data_quality=protected.data_quality)
    monkeypatch.setattr(sample, "QUICK_PLACES", (1, 3))
    monkeypatch.setattr(sample, "kinds", lambda model: list(slices.kinds(model))[::9])
    report = audit(path, returns, key=KEY)
    # So few people: shares of counts say little here, single counts everything.
    assert not [failure for failure in report.failures if not failure.is_target]
    assert min(row.width for row in report.table) == 4
    assert max(row.furthest for row in report.table) <= 9
    assert sum(row.cells for row in report.table) > 40_000


def test_returns_of_two_partnerships_have_every_joint_table(as_edition, make_returns):
    """With few places there is little to spread over: what one table needs, another must leave possible."""
    people = make_returns(people=900, seed=21).participants.with_columns(pl.selectors.date().dt.offset_by("-6y"))
    returns = as_edition(people.filter(pl.col("area_code").is_in(["S12000013", "S12000036"])), "2018-Q3")
    protected, report = gate.protect(returns, KEY, processes=1), AuditReport()
    release.check_loops(report, release.take_in(report, protected.protected_count, protected.table_family))
    assert report.passed
    assert re.search(r"T4: [34]\d\d loops of three families tried, 0 without", report.notes[-1])


def test_a_year_held_by_the_ledger_gives_nothing_away(attack_next, few_changes):
    failures, found = attack_next(few_changes)
    assert not failures
    assert found["counts in"] > 40_000 and found["exact"] == 0 and found["unaffected differ"] == 0
    assert found["narrowest"] >= 3


def change_many(people, count):
    """So many people, spread over the whole register, each recoded in one answer; two gone and two new."""
    columns = ("sex", "carer", "homeless", "refugee", "religion", "care_experienced", "parent", "conviction")
    place, step = pl.int_range(pl.len()), len(people) // count
    for i in range(count):
        column = columns[i % len(columns)]
        people = people.with_columns(pl.when(place == i * step).then(pl.lit("unknown")).otherwise(column).alias(column))
    new = people.slice(5, 2).with_columns(participant_id=pl.Series(["person-new-1", "person-new-2"]))
    return people.filter(~place.is_in([1, 9])).vstack(new)


def test_a_year_solved_again_by_the_ledger_narrows_no_count_below_3(attack_next, early):
    """The attacker knows every one of the changes, and both editions."""
    failures, found = attack_next(change_many(early, 30))
    assert not failures
    assert found["exact"] == 0 and found["narrowest"] >= 3
    assert found["unaffected differ"] < 0.03 * found["counts in"]


@pytest.fixture(scope="module")
def publish_twice(returns, count_small_cube, round_together):
    """A function that publishes the people in support in one place twice: so many are gone, and it is so far off."""
    shapes = (("M", False, True, {}),)
    states = truth.people_of(returns).select("area_code", "participant_id", "state")
    largest = states.filter(area_code="S12000036", state="in_support")["participant_id"].to_list()
    spare = (len(largest) - 1) % 5
    assert len(largest) > 20

    def publish_twice(*published):
        editions = []
        for gone, step in published:
            people = returns.participants.filter(~pl.col("participant_id").is_in(largest[:spare + gone]))
            mine = SimpleNamespace(**vars(returns) | {"participants": people})
            true = count_small_cube(mine, shapes)
            cell = (pl.col("area_code") == "S12000036") & (pl.col("state") == "in_support")
            cells = true.cells(round_together(true)).with_columns(true_count=true.cells()["count"])
            editions.append((mine, cells.with_columns(
                count=pl.when(cell).then(pl.col("true_count") + step).otherwise("count"))))
        return editions
    return publish_twice


@pytest.fixture(scope="module")
def opposed(publish_twice):
    """11 people published as 15, then two leave and 9 are published as 5: so there must be 9."""
    return publish_twice((0, 4), (2, -4))


@pytest.mark.parametrize(("gone", "step", "is_exact"), [(0, -4, True), (2, -4, True), (0, 1, False), (20, 3, False)],
                         ids=["nobody changed", "two gone", "rounded alike", "twenty gone"])
def test_an_edition_of_another_key_may_make_nothing_exact(publish_twice, gone, step, is_exact):
    """One count, rounded up with one key and down with another, is exact to who knows what changed in between."""
    (then, before), (now, cells) = publish_twice((0, 4), (gone, step))
    families = pl.DataFrame({"family": ["M"], "cells": [len(cells)], "max_deviation": [9], "share_above_4": [1.0]})
    evidence, report = release.take_in(AuditReport(), cells.drop("true_count"), families), AuditReport()
    true = [insider.true_counts(evidence.model, each)[0] for each in (now, then)]
    stacked.check_apart(report, evidence, before.drop("true_count"), *true, "other")
    assert [each.is_target for each in report.failures] == [False] * is_exact, report.notes
    assert not is_exact or re.match(r"[1-9]\d* counts are exact when laid beside other", report.failures[0].what)
    stacked.check_apart(report, evidence, before.drop("true_count").with_columns(pl.col("count") + 20), *true, "wrong")
    assert "wrong: was not made from the returns given for it" in report.failures[-1].what


def attack_opposed(opposed):
    """What the ledger's attack finds in the two."""
    (_, before), (now, cells) = opposed
    families = pl.DataFrame({"family": ["M"], "cells": [len(cells)], "max_deviation": [9], "share_above_4": [1.0]})
    evidence, report = release.take_in(AuditReport(), cells.drop("true_count"), families), AuditReport()
    stacked.check_ledger(report, evidence, before, insider.true_counts(evidence.model, now)[0])
    return report.failures


def test_a_count_two_editions_make_exact_is_unsafe_and_no_target(opposed):
    unsafe = [each.what for each in attack_opposed(opposed) if not each.is_target]
    assert len(unsafe) == 1 and "counts of other people too are exact with two editions" in unsafe[0]


def test_where_many_changed_nobody_can_know_all_of_them(opposed, monkeypatch):
    """The same counts, were two people already too many to know: a target missed, no more."""
    monkeypatch.setattr(stacked, "FEW", 2)
    failures = attack_opposed(opposed)
    assert "exact with two editions and every change" in failures[0].what
    assert all(each.is_target for each in failures)
