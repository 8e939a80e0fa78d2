"""A small world to attack: people, their true counts, three ways of protecting them, and an extract."""

import datetime as dt
import re
import shutil
from dataclasses import dataclass, replace
from types import SimpleNamespace

import duckdb
import highspy
import numpy as np
import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline.disclosure import gate
from dashboard.pipeline.disclosure.audit import cube, insider, relations, release, stacked, truth
from dashboard.pipeline.disclosure.audit.families import (
    COARSE,
    DIMENSIONS,
    IN_PARTNERSHIPS,
    LISTS,
    SCOTLAND,
    SCOTLAND_ONLY,
)
from dashboard.pipeline.disclosure.audit.linear import Polytope
from dashboard.pipeline.disclosure.audit.report import AuditReport
from dashboard.pipeline.disclosure.audit.system import System
from dashboard.pipeline.disclosure.lattice import CATEGORIES

AREAS = ("S12000005", "S12000013", "S12000023", "S12000036")
SHARES = (0.08, 0.04, 0.1, 0.78)
CUT_OFF = dt.date(2026, 6, 30)
KEY = b"a key for tests, of more than thirty-two bytes"
TABLES = {
    "progress": {"area_code": pl.String, "participant_id": pl.String, "domain": pl.String, "instrument": pl.String,
                 "wave": pl.String, "date": pl.Date, "item": pl.String, "score": pl.Float64},
    "experience": {"area_code": pl.String, "date": pl.Date, "statement": pl.String, "answer": pl.String},
    "account": {"area_code": pl.String, "rows_read": pl.Int64, "rows_rejected": pl.Int64},
}
QUARTERS = tuple(f"2024-25 Q{q}" for q in (1, 2, 3, 4))
SEXES = ("female", "male", "unknown")
STATES = ("job_52", "job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded",
          "other_positive", "left_no_outcome", "in_support")


@pytest.fixture(scope="session")
def returns():
    return make_returns()


def make_returns(people: int = 400, seed: int = 3):
    """Returns with only what the small families need: starts in 2024-25, two programmes, sex, outcomes."""
    chance = np.random.default_rng(seed)
    area = chance.choice(AREAS, people, p=SHARES)
    start = [dt.date(2024, 4, 1) + dt.timedelta(days=int(day)) for day in chance.integers(0, 365, people)]
    worked = chance.random(people) < 0.5
    answers = np.array(["in_employment", "not_in_employment", "unknown", None], dtype=object)
    frame = pl.DataFrame({
        "participant_id": [f"person-{i:05d}" for i in range(people)], "area_code": area.tolist(),
        "programme": chance.choice(["nolb", "fss"], people, p=[0.8, 0.2]).tolist(), "start_date": start,
        "sex": chance.choice(SEXES, people, p=[0.5, 0.45, 0.05]).tolist(),
        "employment_start_date": some([day + dt.timedelta(days=60) for day in start], worked),
        **{f"followup_{weeks}_weeks": some(answers[chance.integers(0, 4, people)], worked)
           for weeks in (4, 13, 26, 52)},
        **{name: some([day + dt.timedelta(days=90) for day in start], chance.random(people) < share)
           for name, share in (("education_date", 0.2), ("support_end_date", 0.5))},
    })
    nothing = {name: pl.lit(None, pl.Date)
               for name in ("training_date", "volunteering_date", "qualification_date", "referral_date")}
    plain = {name: pl.Series(chance.choice(CATEGORIES[name], people).tolist())
             for name in (*IN_PARTNERSHIPS, *SCOTLAND_ONLY) if name not in {"sex", "age_band", *COARSE}}
    lists = {name: pl.lit([], pl.List(pl.String)) for name in LISTS}
    frame = frame.with_columns(pl.selectors.ends_with("_date").cast(pl.Date),
                               pl.selectors.starts_with("followup").cast(pl.String))
    frame = frame.with_columns(age=pl.Series(chance.integers(15, 70, people)), **nothing, **plain, **lists)
    empty = pl.DataFrame()
    return SimpleNamespace(cut_off=CUT_OFF, participants=frame, progress=empty, experience=empty)


def some(values, wanted) -> list:
    return [value if flag else None for value, flag in zip(values, wanted, strict=True)]


@dataclass(frozen=True)
class Cube:
    """The blocks of a cube with their true counts as `counts`."""

    blocks: tuple[cube.Block, ...]

    def cells(self, values: list[np.ndarray] | None = None) -> pl.DataFrame:
        """Rows of `protected_count`; values below 0 are left out."""
        frames = []
        for block, array in zip(self.blocks, values or [b.counts for b in self.blocks], strict=True):
            index = np.indices(array.shape).reshape(array.ndim, -1)
            frames.append(pl.DataFrame({
                "family": [block.family] * array.size,
                **{d: np.array(words, dtype=object)[i].tolist()
                   for d, words, i in zip(DIMENSIONS, block.labels, index, strict=True)},
                "count": array.ravel().tolist()}))
        return pl.concat(frames).filter(pl.col("count") >= 0)


SHAPES = (("M", False, True, {}), ("A1", True, True, {}), ("A2", False, True, {"programme": ("fss", "nolb")}),
          ("B_sex", False, True, {"characteristic": ("sex",), "category": SEXES}),
          ("C_sex", True, False, {"characteristic": ("sex",), "category": SEXES}),
          ("D_sex", False, False, {"characteristic": ("sex",), "category": SEXES,
                                   "programme": ("fss", "nolb")}))


def count_small_cube(returns, shapes=SHAPES) -> Cube:
    """True counts of the small families of one year."""
    blocks = []
    for family, quarterly, places, words in shapes:
        labels = {d: ("all",) for d in DIMENSIONS} | {"state": STATES} | words
        labels["area_code"] = (*AREAS, SCOTLAND) if places else (SCOTLAND,)
        labels["period"] = QUARTERS if quarterly else ("2024-25",)
        labels = tuple(labels[d] for d in DIMENSIONS)
        nobody = np.zeros([len(words) for words in labels], np.int64)
        blocks.append(cube.Block(family, quarterly, labels, nobody))
    arrays, lost = truth.count_truth(returns, blocks)
    assert not lost
    return Cube(tuple(replace(block, counts=array[..., :9])
                      for block, array in zip(blocks, arrays, strict=True)))


@pytest.fixture(scope="session")
def small_cube(returns):
    return count_small_cube(returns)


def round_together(true: Cube, redraw: int | None = None) -> list[np.ndarray]:
    """Additive controlled rounding in one go: every sum holds, every count and node is within 4.

    `redraw` seeds which counts lean up; without it the nearer multiple is preferred.
    """
    model = relations.build_model(list(true.blocks))
    system = model.system
    n = system.published
    low, high = n // 5, -(-n // 5)
    lean = n % 5 / 5 if redraw is None else np.random.default_rng(redraw).random(len(n))
    joint = System(n.copy(), list(system.sums))
    _tie_loops(model, joint)
    extra = len(joint.published) - len(n)
    solver = Polytope(joint.matrix(), np.r_[low, np.zeros(extra)], np.r_[high, np.full(extra, 10**9)])._solver
    for i in range(len(n)):
        solver.changeColIntegrality(i, highspy.HighsVarType.kInteger)
        solver.changeColCost(i, float(5 * low[i] < n[i]) * (1 - 2 * lean[i]))
    solver.setOptionValue("mip_max_nodes", 2000)
    solver.setOptionValue("mip_rel_gap", 0.5)
    solver.run()
    found = np.array(solver.getSolution().col_value)[:len(n)]
    assert np.abs(found - found.round()).max() < 1e-4, "the small cube could not be rounded"
    rounded = (found.round() * 5).astype(int)
    return [rounded[ids][..., :len(STATES)] for ids in model.ids.values()]


def _tie_loops(model, system) -> None:
    """People by place, quarter (or programme) and category, so that a joint table exists for each loop."""
    for root, split, dimension, quarterly in (("A1", "C_sex", "period", True),
                                              ("A2", "D_sex", "programme", False)):
        if not (model.has(root, quarterly) and model.has(split, quarterly)):
            continue
        parts = model.pick(root, "area_code", dimension, quarterly=quarterly, area_code=list(AREAS))[..., :9]
        cells = model.pick(split, dimension, "category", quarterly=quarterly)[..., :9]
        mine = model.pick("B_sex", "area_code", "category", area_code=list(AREAS))[..., :9]
        people = system.add_unknown(*parts.shape[:2], cells.shape[1], 9)
        system.add_sums("loop", parts, np.moveaxis(people, 2, -1))
        system.add_sums("loop", mine, np.moveaxis(people, 1, -1))
        system.add_sums("loop", cells, np.moveaxis(people, 0, -1))


@pytest.fixture(scope="session", name="make_returns")
def fixture_make_returns():
    return make_returns


@pytest.fixture(scope="session", name="round_together")
def fixture_round_together():
    return round_together


@pytest.fixture(scope="session", name="count_small_cube")
def fixture_count_small_cube():
    return count_small_cube


@pytest.fixture(scope="session")
def rounded_values(small_cube):
    return round_together(small_cube)


@pytest.fixture(scope="session")
def protected(small_cube, rounded_values):
    return small_cube.cells(rounded_values)


@pytest.fixture(scope="session")
def empty_extract(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty_extract") / "extract.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
    return path


def declare(cells: pl.DataFrame, deviation: int) -> pl.DataFrame:
    """Rows of `table_family` for these protected counts."""
    return cells.group_by("family", maintain_order=True).agg(cells=pl.len()).with_columns(
        max_deviation=pl.lit(deviation), share_above_4=pl.lit(None, pl.Float64))


@pytest.fixture(scope="session")
def database():
    """Where extracts are attached to be written: to start a database for each takes longer than to write it."""
    with duckdb.connect() as con:
        yield con


@pytest.fixture
def write_extract(tmp_path, empty_extract, database):
    """A function that writes an extract holding these protected counts and returns its path."""
    def write(cells: pl.DataFrame, deviation: int = 4, change: str = "", **tables: pl.DataFrame):
        path = shutil.copy(empty_extract, tmp_path / f"extract-{len(list(tmp_path.iterdir()))}.duckdb")
        database.execute(f"attach '{path}' as extract; use extract; begin")
        release = pl.DataFrame({"extract_id": ["0"], "edition": ["2026-Q2"], "cut_off": [CUT_OFF]})
        held = {"protected_count": cells, "table_family": declare(cells, deviation), "release": release} | tables
        for table, rows in held.items():
            database.register("incoming", rows.to_arrow())
            database.execute(f"insert into {table} by name select * from incoming")
            database.unregister("incoming")
        database.execute(f"commit; {change}; use memory; detach extract")
        return path
    return write


@pytest.fixture(scope="session")
def as_edition(make_returns):
    """A function that makes returns of 2018-19 from people, so that there is one year to solve."""
    def as_edition(people, edition):
        empty = {name: pl.DataFrame(schema=schema) for name, schema in TABLES.items()}
        return SimpleNamespace(edition=edition, cut_off=dt.date(2019, 3, 31), participants=people, due=None,
                               received={}, **empty)
    return as_edition


@pytest.fixture(scope="session")
def early(make_returns):
    """People who started in 2018-19."""
    return make_returns(people=300, seed=12).participants.with_columns(pl.selectors.date().dt.offset_by("-6y"))


@pytest.fixture(scope="module")
def published(as_edition, early, tmp_path_factory):
    """The first edition, its returns, and its ledger."""
    path, returns = tmp_path_factory.mktemp("ledger") / "ledger", as_edition(early, "2018-Q3")
    protected = gate.protect(returns, KEY, path, processes=1)
    protected.prepare(path.parent, "0123456789ab")
    protected.remember()
    return protected, returns, path


@pytest.fixture
def attack_next(published, as_edition, tmp_path):
    """Publish these people as the next edition with the ledger; what the attacker finds in the two together."""
    def attack_next(people):
        first, returns, ledger = published
        path = tmp_path / "ledger"
        path.write_bytes(ledger.read_bytes())
        now = as_edition(people, "2018-Q4")
        second, report = gate.protect(now, KEY, path, processes=1), AuditReport()
        evidence = release.take_in(report, second.protected_count, second.table_family)
        stacked.check_editions(report, evidence, first.protected_count, now, returns)
        assert_the_ledger_tells_as_much(report, evidence, now, second)
        note = report.notes[-2]
        return [str(failure) for failure in report.failures], {name: int(number) for number, name in re.findall(
            r"(\d+) (counts in|exact|unaffected differ)", note.replace(",", ""))} | {
                "narrowest": float(re.search(r"narrowest ([\d.]+)", note)[1])}
    return attack_next


def assert_the_ledger_tells_as_much(found, evidence, now, second):
    """The counts published before and the true ones behind them are recovered, and with them the same finding."""
    report = AuditReport()
    stacked.check_ledger(report, evidence, second.was, insider.true_counts(evidence.model, now)[0])
    assert len(report.notes) == 2 and report.notes == found.notes[-2:]
    assert report.failures == [each for each in found.failures if each.test == "T6" and "held" not in each.what]
    assert "true_count" not in repr(second)


def three_changes(people, first=0):
    """One person added, one removed, one recoded."""
    place = pl.int_range(pl.len())
    recoded = people.with_columns(sex=pl.when(place == first + 3).then(pl.lit("unknown")).otherwise("sex"))
    added = people.slice(first + 5, 1).with_columns(participant_id=pl.lit("person-new"))
    return pl.concat([recoded.filter(place != first), added])


def furthest(protected, returns):
    """The largest distance of what is published from the truth of these returns."""
    model = release.take_in(AuditReport(), protected.protected_count, protected.table_family).model
    true, published = insider.true_counts(model, returns)[0], model.system.published
    return abs(published - true)[(published >= 0) & (true >= 0)].max()


@pytest.fixture(scope="module")
def few_changes(early, published, as_edition):
    """Three changes that carry no count past 9 from the truth: one that did would end the hold."""
    tried = (three_changes(early, first) for first in range(20))
    return next(people for people in tried if furthest(published[0], as_edition(people, "2018-Q4")) <= 9)
