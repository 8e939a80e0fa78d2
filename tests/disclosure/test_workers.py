"""A solving process that dies is one plain message, and nothing is published."""

import multiprocessing
import os
import signal
from functools import partial
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from dashboard.cli import main
from dashboard.pipeline import run
from dashboard.pipeline.disclosure import gate, plan, workers
from dashboard.pipeline.disclosure.rounding import RoundingError
from dashboard.pipeline.disclosure.stages import Stage


def kill_workers():
    for child in multiprocessing.active_children():
        os.kill(child.pid, signal.SIGKILL)


@pytest.fixture
def build(tmp_path, draw_people, write_folder, key, monkeypatch):
    """`outcomes build` in two solving processes, all killed before the table asked for so many calls later."""
    returns = write_folder(tmp_path / "returns", draw_people(60, seed=3, days=80))
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_bytes(key)
    (tmp_path / "secret" / "key").chmod(0o600)
    monkeypatch.setattr(run.gate, "protect", partial(gate.protect, processes=2))

    def build(asked):
        prepare, calls = plan.Tables.stage, []

        def stage(self, step):
            calls.append(step.name)
            if len(calls) == asked:
                kill_workers()
                if asked == 1:      # and not one of them is there to be sent anything
                    for child in multiprocessing.active_children():
                        child.join()
            return prepare(self, step)
        monkeypatch.setattr(plan.Tables, "stage", stage)
        done = CliRunner().invoke(main, [
            "build", "--returns", str(returns), "--key-file", str(tmp_path / "secret" / "key"),
            "--ledger", str(tmp_path / "secret" / "ledger"), "--new-ledger", "--out", str(tmp_path / "out")])
        return done, calls
    return build


@pytest.mark.parametrize("asked", [1, 2], ids=["before it is sent a table", "with a table in hand"])
def test_a_killed_solver_is_a_plain_message_and_nothing_is_published(build, tmp_path, asked):
    done, calls = build(asked)
    assert done.exit_code == 2 and "Traceback" not in done.output and done.exception.__class__ is SystemExit
    assert "was stopped from outside" in done.stderr and "nothing is published" in done.stderr
    assert any(f"outcomes: {name}:" in done.stderr for name in calls)
    assert not (tmp_path / "out").exists()
    assert [path.name for path in (tmp_path / "secret").iterdir()] == ["key"]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_the_program_is_not_taken_for_a_killed_process(processes):
    step = SimpleNamespace(name="M", needs=())
    with pytest.raises(IndexError):
        workers.run([step], lambda each: Stage("M", "m", tables={}), lambda *_: None, processes)
    assert not multiprocessing.active_children()


def test_running_out_of_memory_names_the_table(returns, key, monkeypatch):
    monkeypatch.setattr(workers, "settle", lambda stage: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(RoundingError, match="memory ran out; nothing is published"):
        gate.protect(returns, key, processes=1)
