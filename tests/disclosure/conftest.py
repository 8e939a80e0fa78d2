"""A few hundred made-up people in four partnerships over two years, as a folder of returns and as read from it."""

import copy
import hashlib
import shutil
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline import run
from dashboard.pipeline.returns import read
from dashboard.pipeline.returns.contract import columns
from tests.disclosure.small_lattice import small_lattice
from tests.figures_of import copy_figures_of

AREAS = ("S12000005", "S12000013", "S12000023", "S12000036")
SHARES = (0.15, 0.05, 0.1, 0.7)
CUT_OFF = date(2020, 3, 31)
DESK_CUT_OFF = date(2019, 3, 31)
KEY = hashlib.sha512(b"a key for tests").digest()
HELD = {"referral_date": 0.9, "support_end_date": 0.6, "employment_start_date": 0.45}


def draw_people(count: int, seed: int, start: date = date(2018, 4, 1), days: int = 560) -> pl.DataFrame:
    """Participants as text, every column filled from the contract; jobs, answers and leaving fit together."""
    chance = np.random.default_rng(seed)
    started = chance.integers(0, days, count)
    drawn = {"participant_id": [f"P-{i:05d}" for i in range(count)],
             "area_code": chance.choice(AREAS, count, p=SHARES).tolist()}
    for column in columns("participants"):
        if column.name in drawn:
            continue
        if column.type == "date":
            shift = chance.integers(0, 140, count) * (-1 if column.not_after else 1) * (column.name != "start_date")
            held = chance.random(count) < HELD.get(column.name, 1 if column.name == "start_date" else 0.1)
            drawn[column.name] = [str(start + timedelta(days=int(day))) if flag else None
                                  for day, flag in zip(started + shift, held, strict=True)]
        elif column.type == "whole_number":
            low, high = (15, 70) if column.name == "age" else (int(column.minimum), int(column.maximum or 60))
            drawn[column.name] = chance.integers(low, high + 1, count).astype(str).tolist()
        elif column.type == "choices":
            drawn[column.name] = chance.choice([None, column.values[0], ";".join(column.values[1:3])], count).tolist()
        else:
            drawn[column.name] = chance.choice([*column.values, *([] if column.is_required else [None])], count).tolist()
    worked = pl.col("employment_start_date").is_not_null()
    return pl.DataFrame(drawn).with_columns(
        pl.when(worked).then(pl.col(name)).alias(name) for name in drawn if name.startswith("followup_"))


def draw_answers(count: int, seed: int) -> pl.DataFrame:
    """Survey answers as text."""
    chance, column = np.random.default_rng(seed), {each.name: each for each in columns("experience")}
    return pl.DataFrame({
        "response_id": [f"R-{i:05d}" for i in range(count)], "area_code": chance.choice(AREAS, count, p=SHARES).tolist(),
        "date": [str(date(2018, 6, 1) + timedelta(days=int(day))) for day in chance.integers(0, 600, count)],
        "statement": chance.choice(column["statement"].values, count).tolist(),
        "answer": chance.choice(column["answer"].values, count).tolist()})


def write_folder(folder: Path, people: pl.DataFrame, answers: pl.DataFrame | None = None, edition: str = "2020-Q1",
                 cut_off: date = CUT_OFF, is_synthetic: bool = True) -> Path:
    """A folder of returns: one file a kind and partnership, with `return.toml`."""
    folder.mkdir(parents=True)
    (folder / "return.toml").write_text(f'edition = "{edition}"\ncut_off = {cut_off}\n'
                                        f"synthetic = {str(is_synthetic).lower()}\n", encoding="utf-8")
    for kind, rows in (("participants", people), ("experience", answers)):
        for (area,), mine in rows.group_by("area_code", maintain_order=True) if rows is not None else ():
            left_out = [] if kind == "participants" else ["area_code"]
            mine.drop(left_out).write_csv(folder / f"{kind}_{area}.csv")
    return folder


class Desk:
    """One folder in which editions of the same partnerships are built, one after the other."""

    def __init__(self, database, folder, indicators, spend):
        self.database, self.spend, self.said = database, spend, []
        self.settle_in(folder)
        self.ledger.parent.mkdir()
        self.key.write_bytes(KEY)
        self.key.chmod(0o600)
        self.indicators.mkdir()
        for name in indicators:
            for definition in paths.INDICATORS.glob(f"{name}.*"):
                shutil.copyfile(definition, self.indicators / definition.name)
        copy_figures_of(indicators, self.published)

    def settle_in(self, folder):
        self.folder, self.out = folder, folder / "out"
        self.indicators, self.published = folder / "indicators", folder / "published"
        self.key, self.ledger = folder / "secret" / "key", folder / "secret" / "ledger"

    def copy(self, folder):
        """The same editions in another folder, to go on from."""
        other = copy.copy(self)
        shutil.copytree(self.folder, folder)
        other.settle_in(folder)
        other.said = []
        return other

    def build(self, people, edition, ledger=True, spend=None, is_synthetic=True, **options):
        """Build an edition of these people; a ledger that is not there is started. options: of `run.Inputs`."""
        number = len(list(self.folder.iterdir()))
        self.returns = write_folder(self.folder / f"returns {number}", people, None, edition, DESK_CUT_OFF, is_synthetic)
        for area, pounds in (self.spend if spend is None else spend).items():
            (self.returns / f"spend_{area}.csv").write_text("financial_year,funding_stream,budget,spend\n"
                                                       f"2018-19,no_one_left_behind,400000,{pounds}\n", "utf-8")
        self.said.clear()
        given = {"indicators": self.indicators, "published": self.published, "new_ledger": ledger and not self.ledger.exists()} | options
        return run.build(run.Inputs(self.out, self.returns, self.key, self.ledger if ledger else None, **given),
                         self.said.append)

    def rows(self, extract_id, query):
        self.database.execute(f"attach '{self.out / f'outcomes-{extract_id}.duckdb'}' as extract (read_only); use extract")
        try:
            return pl.from_arrow(self.database.sql(query).to_arrow_table())
        finally:
            self.database.execute("use memory; detach extract")


@pytest.fixture(scope="module")
def few_tables():
    """A lattice of two characteristics for as long as a module's tests run."""
    with small_lattice():
        yield


@pytest.fixture(scope="session")
def people():
    return draw_people(320, seed=5)


@pytest.fixture(scope="session")
def answers():
    return draw_answers(120, seed=6)


@pytest.fixture(scope="session", name="draw_people")
def fixture_draw_people():
    return draw_people


@pytest.fixture(scope="session")
def open_desk():
    """Opens a desk; its extracts are read in one database: to start one for each question takes longer than the answer."""
    with duckdb.connect() as database:
        yield partial(Desk, database)


@pytest.fixture(scope="session", name="write_folder")
def fixture_write_folder():
    return write_folder


@pytest.fixture(scope="session")
def key():
    return KEY


@pytest.fixture(scope="session")
def as_returns(tmp_path_factory):
    """A function that reads participants back as the build would: every row must be accepted."""
    def read_back(people: pl.DataFrame, answers: pl.DataFrame | None = None, **options):
        folder = write_folder(tmp_path_factory.mktemp("returns") / "folder", people, answers, **options)
        returns = read(folder)
        assert returns.is_clean, returns.problems
        return returns
    return read_back


@pytest.fixture(scope="session")
def returns(as_returns, people, answers):
    return as_returns(people, answers)
