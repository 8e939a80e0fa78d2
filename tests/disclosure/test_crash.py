"""Killed in the middle, a check or a build leaves nothing about a person where others could find it."""

import os
import signal
import stat
import sys
import tempfile
from functools import partial

import polars as pl
import pytest
from rich.console import Console

from dashboard import paths
from dashboard.pipeline import returns, run
from dashboard.pipeline.disclosure import gate
from dashboard.pipeline.disclosure.audit import AuditReport
from tests.disclosure.small_lattice import shrink
from tests.figures_of import copy_figures_of
from tests.forked import kill_itself

MARK = "KX-NOBODY-ELSE-"


def check_killed(folder, report):
    """Killed where the second of its reports is begun."""
    wrote = []

    def kill_at_the_second_file(event, given):
        if event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR) and "report" in str(given[0]):
            wrote.append(given[0])
            if len(wrote) > 1:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill_at_the_second_file)
    returns.check(folder, report, Console())


def build_killed(inputs):
    """Killed when the returns are in memory and the extract is written, but not yet in use."""
    shrink(pytest.MonkeyPatch())
    run.audit.audit = lambda *_, **__: AuditReport()
    run.gate.protect = partial(gate.protect, processes=1)
    run.publish._manifest = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    run.build(inputs)


@pytest.fixture
def place(tmp_path, draw_people, write_folder, key):
    """A folder with returns whose identifiers cannot be overlooked, a key, and a place for temporary files."""
    people = draw_people(60, seed=5, days=80).with_columns(participant_id=pl.concat_str(pl.lit(MARK), "participant_id"))
    write_folder(tmp_path / "returns", people, is_synthetic=False)
    for name in ("secret", "temporary", "at", "indicators"):
        (tmp_path / name).mkdir()
    (tmp_path / "secret" / "key").write_bytes(key)
    (tmp_path / "secret" / "key").chmod(0o600)
    for name in ("participants.toml", "participants.sql"):
        (tmp_path / "indicators" / name).write_bytes((paths.INDICATORS / name).read_bytes())
    copy_figures_of(("participants",), tmp_path / "published")
    return tmp_path


def killed(place, act, *given):
    """Everything it printed before it was killed; it worked in `at` and had `temporary` for its temporary files."""
    kill_itself(work_in, place, act, *given)
    return (place / "said").read_bytes()


def work_in(place, act, *given):
    os.chdir(place / "at")
    os.environ["TMPDIR"], tempfile.tempdir = str(place / "temporary"), None
    with (place / "said").open("wb") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    act(*given)


def telling(folder):
    """Files under a folder that hold an identifier, and whether others may read them."""
    found = [path for path in folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    return {path.relative_to(folder): bool(stat.S_IMODE(path.stat().st_mode) & 0o077) for path in found}


def test_a_killed_check_leaves_its_reports_to_their_owner_and_nothing_else(place):
    returned = place / "returns" / "participants_S12000036.csv"
    returned.write_text(returned.read_text("utf-8").replace("2018-", "2O18-"), "utf-8")      # every row is to be rejected
    said = killed(place, check_killed, place / "returns", place / "report")
    assert MARK.encode() not in said
    assert telling(place / "temporary") == telling(place / "at") == {}
    assert stat.S_IMODE((place / "report").stat().st_mode) == 0o700 and not any(telling(place / "report").values())


def test_a_killed_build_leaves_nobody_anywhere(place):
    secret = place / "secret"
    said = killed(place, build_killed, run.Inputs(place / "out", place / "returns", secret / "key", secret / "ledger",
                                                  published=place / "published", indicators=place / "indicators",
                                                  new_ledger=True))
    assert MARK.encode() not in said
    for folder in ("temporary", "at", "out", "secret"):
        assert telling(place / folder) == {}, folder
