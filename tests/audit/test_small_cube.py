"""The attacker clears a cube rounded together and breaks the usual ways of protecting small counts (T7)."""

import io
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from rich.console import Console

from dashboard.pipeline.disclosure.audit import attack, audit, cube, relations, release, sample
from dashboard.pipeline.disclosure.audit.families import SCOTLAND
from dashboard.pipeline.disclosure.audit.report import AuditReport

from .conftest import declare


def attacked(report):
    """Failures of the attack itself, not of the form of the cube."""
    return [failure for failure in map(str, report.failures) if failure.startswith("T5")]


@pytest.fixture
def report_of(write_extract):
    def report(cells, deviation=4, **options):
        return audit(write_extract(cells, deviation=deviation), **options)
    return report


@pytest.fixture
def one_programme(monkeypatch):
    """Of each kind one linear programme, where a test is about what is found without any."""
    monkeypatch.setattr(sample, "QUICK", (1, 1))
    monkeypatch.setattr(sample, "MOST_SLICES", 1)


def taken_in(cells, deviation=4):
    """What is wrong with the form, the sums and the declared bounds of these counts: found before any attack."""
    report = AuditReport()
    release.take_in(report, cells, declare(cells, deviation))
    return [str(failure) for failure in report.failures]


FOUND_BEFORE = pytest.mark.usefixtures("one_programme")


@pytest.fixture(scope="session")
def hidden(small_cube):
    """T7a: counts from 1 to 4 are left out and the rest are exact."""
    return small_cube.cells([np.where((block.counts > 0) & (block.counts < 5), -1, block.counts)
                             for block in small_cube.blocks])


def test_a_cube_rounded_together_passes(protected, report_of, returns, monkeypatch):
    monkeypatch.setattr(sample, "FULL", (60, 20))
    report = report_of(protected, returns=returns, full=True)
    assert not [each for each in map(str, report.failures) if "official totals" not in each]
    assert min(row.width for row in report.table) == 4
    assert min(row.linear_width for row in report.table) == 4
    assert sum(row.linear_cells for row in report.table) > 300
    assert not sum(row.exact + row.linear_exact + row.differences for row in report.table)
    assert max(row.furthest for row in report.table) == 4


def test_it_passes_without_the_returns_too_and_the_same_extract_gives_the_same_report(protected, report_of):
    first, second = (report_of(protected) for _ in range(2))
    assert first.passed
    assert first.notes == second.notes and first.table == second.table


def test_hiding_counts_under_5_is_broken(hidden, report_of):
    report = report_of(hidden, deviation=0)
    assert any("exactly" in failure for failure in attacked(report))
    found = {row.family: row for row in report.table}
    assert found["B_sex"].exact > 0 and found["C_sex"].exact > 0


def test_hidden_counts_themselves_are_recovered(hidden):
    """Not only what was shown: some hidden count is known exactly from the sums around it."""
    blocks, problems = cube.to_blocks(hidden)
    model = relations.build_model(blocks)
    ranges = attack.attack_release(model, np.zeros(len(model.system.published), int))
    recovered = 0
    for key, block in model.blocks.items():
        leaves = model.ids[key][..., :9][block.counts < 0]
        recovered += int((ranges.width[leaves] == 0).sum())
    assert recovered > 0 and any("a hole is an equation" in problem for problem in problems)


@pytest.mark.parametrize("declared", [2, 4])
def test_rounding_each_count_on_its_own_is_broken(small_cube, report_of, declared):
    """T7b: nearest 5, each count alone. Caught by the sums, and by the attack, whatever it declares."""
    nearest = [(block.counts + 2) // 5 * 5 for block in small_cube.blocks]
    report = report_of(small_cube.cells(nearest), deviation=declared)
    assert any(failure.startswith("T1") for failure in map(str, report.failures))
    assert any("below 4" in failure for failure in attacked(report))


def test_rounding_only_the_leaves_of_the_breakdown_is_broken(small_cube, rounded_values):
    """A true count slipped into one family is seen."""
    values = [array.copy() for array in rounded_values]
    values[0] = small_cube.blocks[0].counts
    assert any(failure.startswith("T3") for failure in taken_in(small_cube.cells(values)))


@pytest.mark.parametrize("family", ["M", "A1", "A2", "B_sex", "C_sex", "D_sex"])
def test_one_count_moved_by_5_is_seen(protected, family):
    row = pl.int_range(pl.len()) == protected.with_row_index().filter(pl.col("family") == family)["index"][7]
    moved = protected.with_columns(count=pl.when(row).then(pl.col("count") + 5).otherwise(pl.col("count")))
    assert any(failure.startswith("T1") for failure in taken_in(moved))


def test_a_count_stored_twice_or_missing_is_seen(protected):
    assert any("stored twice" in failure for failure in taken_in(pl.concat([protected, protected.head(1)])))
    assert any("hidden or missing" in failure for failure in taken_in(protected.slice(1)))


def test_sensitive_characteristics_by_partnership_are_refused(protected):
    leaked = protected.filter(pl.col("family") == "B_sex").with_columns(
        family=pl.lit("B_religion"), characteristic=pl.lit("religion"))
    assert any("B_religion: no such family" in failure for failure in taken_in(pl.concat([protected, leaked])))


def test_scotland_only_families_are_refused_for_partnerships(protected):
    leaked = protected.filter(pl.col("family") == "C_sex").with_columns(area_code=pl.lit("S12000005"))
    assert any("C_sex: published for partnerships" in failure for failure in taken_in(pl.concat([protected, leaked])))


def test_a_category_that_looks_like_an_identifier_is_refused(protected):
    named = protected.with_columns(pl.col("category").replace("unknown", "Person 00017"))
    assert any("may not be published" in failure for failure in taken_in(named))


def test_an_undeclared_or_overgenerous_bound_is_refused(protected):
    assert not taken_in(protected)
    for deviation in (3, 14):
        assert any(failure.startswith("T4") for failure in taken_in(protected, deviation))


@FOUND_BEFORE
def test_a_cube_from_other_people_is_out_of_bounds(protected, report_of, returns):
    """With the returns the audit counts for itself: a cube made from half the people cannot pass."""
    fewer = SimpleNamespace(**{**vars(returns), "participants": returns.participants.head(200)})
    assert any(failure.startswith("T9") for failure in map(str, report_of(protected, returns=fewer).failures))


@FOUND_BEFORE
def test_a_loop_without_a_joint_table_is_seen(protected, write_extract):
    """Margins that agree pairwise and yet allow no table: rotated within one state."""
    cells = protected.with_columns(count=pl.lit(0))

    def put(family, keys, count):
        nonlocal cells
        match = pl.col("family") == family
        for column, word in keys.items():
            match &= pl.col(column) == word
        match &= pl.col("state") == "in_support"
        cells = cells.with_columns(count=pl.col("count") + pl.when(match).then(count).otherwise(0))

    places, quarters, sexes = ("S12000005", "S12000013"), ("2024-25 Q1", "2024-25 Q2"), ("female", "male")
    for i in range(2):
        for area in (places[i], SCOTLAND):
            put("A1", {"area_code": area, "period": quarters[i]}, 10)
            put("M", {"area_code": area}, 10)
            put("A2", {"area_code": area, "programme": "nolb"}, 10)
            put("B_sex", {"area_code": area, "category": sexes[i]}, 10)
        # place 0 is Q1 and female alone, yet Scotland's Q1 is all male
        put("C_sex", {"period": quarters[i], "category": sexes[1 - i]}, 10)
        put("D_sex", {"programme": "nolb", "category": sexes[i]}, 10)
    report = audit(write_extract(cells))
    assert not [failure for failure in map(str, report.failures) if failure.startswith("T1")]
    assert "18 loops of three families tried, 1 without a joint table" in " ".join(report.notes)
    assert [failure for failure in report.failures if failure.test == "T4" and not failure.is_target
            and "no joint table exists" in failure.what]


@FOUND_BEFORE
def test_the_report_prints_every_family_and_the_verdict(hidden, protected, report_of):
    for cells, verdict in ((protected, "passed the audit"), (hidden, "failed the audit")):
        printed = io.StringIO()
        report_of(cells).show(Console(file=printed, width=80))
        assert verdict in printed.getvalue()
        for family in ("M", "A1", "A2", "B_sex", "C_sex", "D_sex"):
            assert f" {family} " in printed.getvalue()
        assert "…" not in printed.getvalue()
