"""`kill -9` around the ledger: the dashboard goes on serving, and the next build has the ledger that belongs to it."""

import os
import signal
from datetime import date
from functools import partial

import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline import publish, run
from dashboard.pipeline.disclosure import editions, gate
from dashboard.pipeline.disclosure.audit import AuditReport
from tests.disclosure.small_lattice import shrink
from tests.figures_of import copy_figures_of
from tests.forked import kill_itself

CUT_OFF = date(2018, 12, 31)


def build_killed(when, step, inputs):
    """A build in one process, of few tables and not attacked (tests/audit does that), killed before or after a named step."""
    shrink(pytest.MonkeyPatch())
    run.audit.audit = lambda *_, **__: AuditReport()
    run.gate.protect = partial(gate.protect, processes=1)
    act = getattr(editions, step)

    def killed(*given):
        if when == "after":
            act(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(editions, step, killed)
    run.build(inputs)


@pytest.fixture
def build(tmp_path, write_folder, key, monkeypatch, few_tables):
    """A function that builds an edition of these people, in a process of its own if it is to be killed; what it said."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_bytes(key)
    (tmp_path / "secret" / "key").chmod(0o600)
    (tmp_path / "indicators").mkdir()
    for name in ("participants.toml", "participants.sql"):
        (tmp_path / "indicators" / name).write_bytes((paths.INDICATORS / name).read_bytes())
    published = copy_figures_of(("participants",), tmp_path / "published")
    monkeypatch.setattr(run.audit, "audit", lambda *_, **__: AuditReport())
    monkeypatch.setattr(run.gate, "protect", partial(gate.protect, processes=1))

    def build(people, edition, when="", step=""):
        returns, said = tmp_path / f"returns {edition}", []
        if not returns.exists():
            write_folder(returns, people, None, edition, CUT_OFF)
        given = (tmp_path / "out", returns, tmp_path / "secret" / "key", tmp_path / "secret" / "ledger")
        inputs = run.Inputs(*given, published=published, indicators=tmp_path / "indicators", new_ledger=not given[3].exists())
        if step:
            kill_itself(build_killed, when, step, inputs)
        else:
            run.build(inputs, said.append)
        return said
    return build


@pytest.fixture
def look(tmp_path, key):
    """A function that tells the extract now served, the edition the ledger holds, and whether one is left unfinished."""
    def look():
        ledger = tmp_path / "secret" / "ledger"
        serving = publish.current(tmp_path / "out").stem.removeprefix("outcomes-")
        return serving, editions.read(ledger, key), ledger.with_name("ledger.next").exists()
    return look


def test_a_build_killed_around_its_ledger_is_known_by_the_extract_in_use(build, look, draw_people):
    people = draw_people(60, seed=5, days=80)
    known = pl.col("sex") != "unknown"
    recoded = people.with_columns(sex=pl.when(known & (known.cum_sum() <= 12)).then(pl.lit("unknown")).otherwise("sex"))
    build(people, "2018-Q2")
    first, kept, _ = look()

    build(recoded, "2018-Q3", "after", "prepare")       # the new ledger is written, the old extract in use
    serving, ledger, is_left = look()
    assert is_left and serving == first and ledger.edition == "2018-Q2"

    build(recoded, "2018-Q3", "before", "finish")       # the new extract in use, the old ledger in place
    second, ledger, is_left = look()
    assert is_left and second != first and ledger.edition == "2018-Q2"
    assert all((ledger.steps[name] == kept.steps[name]).all() for name in kept.steps)

    said = build(recoded, "2018-Q3")
    serving, ledger, is_left = look()
    assert serving == second and not is_left and "2018-19: unchanged" in said, said
    assert (ledger.edition, ledger.history) == ("2018-Q3", [("2018-Q2", CUT_OFF)])
    moved = [name for name in kept.steps if (ledger.steps[name] != kept.steps[name]).any()]
    assert "B_sex" in moved
