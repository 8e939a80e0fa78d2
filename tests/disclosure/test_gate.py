"""Only protected counts leave the gate, and they depend on nothing but the returns and the key."""

import multiprocessing
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.pipeline.disclosure import gate, lattice, plan, rounding, stages
from dashboard.pipeline.returns import read
from tests.disclosure.small_lattice import ONE_OF_EVERY_KIND, shrink, small_lattice

FRAMES = ("protected_count", "table_family", "data_quality")
ADDRESS = [name for name in lattice.CUBE if name != "count"]


def same(one, other):
    return all(getattr(one, name).equals(getattr(other, name)) for name in FRAMES)


def shuffle(returns):
    """The same rows read in another order."""
    return replace(returns, **{kind: getattr(returns, kind).sample(fraction=1, shuffle=True, seed=9)
                               for kind in ("participants", "progress", "experience")})


@pytest.fixture(scope="module")
def returns(as_returns, draw_people, answers):
    """One year, so that there is little to solve."""
    early = answers.filter(pl.col("date") < "2019-04-01")
    return as_returns(draw_people(320, seed=5, days=220), early, cut_off=date(2019, 3, 31))


@pytest.fixture(scope="module")
def edition(returns, key):
    """The first edition, without a ledger, and published less true, cell by cell: of one table of every kind."""
    with small_lattice(ONE_OF_EVERY_KIND):
        protected = gate.protect(returns, key, processes=1)
        return protected, less_true(protected.protected_count, returns)


@pytest.fixture
def protected(edition):
    return edition[0]


@pytest.fixture
def off(edition):
    return edition[1]


@pytest.fixture(scope="module")
def solved(returns, key):
    """The edition of few tables: counted and solved in one process, of one thread."""
    with small_lattice():
        return gate.protect(returns, key, processes=1)


def less_true(published, returns):
    truth = pl.concat(lattice.count(returns).values())
    both = published.join(truth, on=ADDRESS, suffix="_true", validate="1:1")
    assert len(both) == len(truth) == len(published)
    return both.with_columns(off=pl.col("count") - pl.col("count_true"))


def gathered(returns, key):
    over = lattice.space(returns)
    return gate.gather(lattice.code(returns, over), lattice.code_responses(returns.experience, over), over, key)


def test_any_order_of_rows_gives_every_table_the_same_counts_and_offsets(returns, key):
    one, other = (gathered(each, key) for each in (returns, shuffle(returns)))
    assert one.truth.keys() == other.truth.keys() and len(one.truth) > 100
    for name in one.truth:
        assert (one.truth[name] == other.truth[name]).all() and (one.offset[name] == other.offset[name]).all(), name


def test_one_process_or_two_any_order_of_rows_and_the_same_key_give_one_result(returns, solved, key):
    """Of few tables, and of every kind of problem: from the same counts and offsets each is solved alike."""
    said = []
    with small_lattice():
        again = gate.protect(shuffle(returns), key, progress=said.append, processes=2)
        steps = [*plan.steps_for_people(gathered(returns, key), ["2018-19"]), *plan.steps_for_responses(lattice.space(returns), ["2018-19"])]
    assert said and all(line.startswith("solved ") for line in said), "nothing is said of people"
    assert same(solved, again) and solved.protected_count.write_csv() == again.protected_count.write_csv()
    assert {step.kind for step in steps} == set(stages.BIND)


def protect_apart(folder, key, out):
    shrink(pytest.MonkeyPatch())
    assert pl.thread_pool_size() == 4
    protected = gate.protect(read(folder), key, processes=1)
    out.write_text("".join(getattr(protected, name).write_csv() for name in FRAMES), encoding="utf-8")


def test_one_thread_or_four_give_one_result(solved, write_folder, draw_people, answers, key, tmp_path, monkeypatch):
    """Here returns were read, counted and sorted in one thread."""
    early = answers.filter(pl.col("date") < "2019-04-01")
    folder = write_folder(tmp_path / "returns", draw_people(320, seed=5, days=220), early, cut_off=date(2019, 3, 31))
    monkeypatch.setenv("POLARS_MAX_THREADS", "4")
    apart = multiprocessing.get_context("spawn").Process(target=protect_apart, args=(folder, key, tmp_path / "four"))
    apart.start()
    apart.join(300)
    assert apart.exitcode == 0 and pl.thread_pool_size() < 4
    assert (tmp_path / "four").read_text("utf-8") == "".join(getattr(solved, name).write_csv() for name in FRAMES)


def test_another_key_gives_other_counts_just_as_near(returns, solved, key):
    """Of few tables: what a key decides is decided alike in each."""
    one = solved.protected_count
    with small_lattice():
        other = gate.protect(returns, key[::-1], processes=1).protected_count
        off = less_true(one, returns)
    assert other.select(ADDRESS).equals(one.select(ADDRESS))
    assert (other["count"] != one["count"]).mean() > 0.1
    fixed = off["count_true"] % 5 == 0
    near = off["off"].abs() <= 4
    moved = (other["count"] - one["count"]).abs()
    assert moved.max() <= 2 * rounding.WIDEST and moved.filter(fixed & near).max() <= rounding.WIDEST


def test_every_count_is_a_multiple_of_5_and_within_its_declared_bound(protected, off):
    counts = protected.protected_count["count"]
    assert (counts % 5 == 0).all() and counts.min() == 0
    declared = dict(protected.table_family.select("family", "max_deviation").iter_rows())
    assert set(declared.values()) <= {4, 9}
    for (family,), rows in off.group_by("family"):
        assert rows["off"].abs().max() <= declared[family], family


def test_a_true_multiple_of_5_is_published_as_it_is_within_the_tight_bound(off):
    fixed = off.filter(pl.col("count_true") % 5 == 0)
    assert fixed["off"].is_in([0, 5, -5]).all() and (fixed["off"] == 0).mean() > 0.99


def test_counts_are_right_on_average(off):
    assert abs(off["off"].mean()) < 0.1


def test_scotland_totals_of_the_root_are_within_4(off):
    scotland = off.filter(family="M", area_code=lattice.SCOTLAND)
    for states in (lattice.STATES, *[[lattice.STATES[i] for i in node] for node in lattice.NODES.values()]):
        mine = scotland.filter(pl.col("state").is_in(states)).group_by("period").agg(pl.col("off").sum())
        assert mine["off"].abs().max() <= 4


def test_what_is_described_is_what_is_there(protected, off):
    family = protected.table_family
    cells = dict(protected.protected_count.group_by("family").len().iter_rows())
    assert dict(family.select("family", "cells").iter_rows()) == cells
    assert family["family"].is_unique().all() and (family["share_above_4"].is_between(0, 1)).all()
    for (name,), rows in off.group_by("family"):
        assert dict(family.select("family", "share_above_4").iter_rows())[name] >= (rows["off"].abs() > 4).mean()


def test_data_quality_is_made_from_protected_counts(protected, returns):
    quality = protected.data_quality
    assert set(quality["edition"]) == {returns.edition}
    unknown = quality.filter(area_code="S12000036", measure="unknown_sex")["value"][0]
    b = protected.protected_count.filter(family="B_sex", area_code="S12000036")
    assert unknown == pytest.approx(b.filter(category="unknown")["count"].sum() / b["count"].sum())
    places = quality.filter(pl.col("measure").str.contains("unknown_religion"))
    assert set(places["area_code"]) == {lattice.SCOTLAND}


def test_neither_the_key_nor_an_offset_nor_a_person_leaves_the_gate(protected, returns, key):
    said = repr(protected) + "".join(getattr(protected, name).write_csv() for name in FRAMES)
    for secret in (key.hex(), repr(key), key.decode("latin-1"), "P-00001", *returns.participants["participant_id"]):
        assert secret not in said
    offsets = {round(each, 9) for table in gathered(returns, key).offset.values()
               for each in table.ravel().tolist()}
    for name in ("table_family", "data_quality"):
        numbers = getattr(protected, name).select(pl.selectors.float()).to_series().drop_nulls()
        assert len(offsets) > 10_000 and not offsets & {round(each, 9) for each in numbers}
    whole = protected.protected_count.select(pl.selectors.numeric())
    assert whole.columns == ["count"]


def test_a_table_that_cannot_be_kept_stops_the_gate_by_name(returns, key, monkeypatch):
    monkeypatch.setattr("dashboard.pipeline.disclosure.stages.solve", _refuse)
    with small_lattice(), pytest.raises(rounding.RoundingError, match=r"^M: no table"):
        gate.protect(returns, key, processes=1)


def _refuse(problem):
    raise rounding.RoundingError("no table within 9 of the truth was found")
