"""What cannot be shown is passed over and named; what was good stays; nothing on disk reaches who reads."""

import gc
import json
import logging
import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from dashboard.read import edition as choosing
from dashboard.read.edition import current, every_held, open_edition
from dashboard.read.extract import DAMAGED, IN_USE, MISSING, NOT_PERMITTED, TOO_NEW, UNFIT, ExtractError

GOOD, NEW = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def change(path, statement):
    with duckdb.connect(str(path)) as con:
        con.execute(statement)
    path.with_suffix(".json").unlink()


def damage_block(path):
    """In the middle of a block of data: the file opens, and its release can be read."""
    content = bytearray(path.read_bytes())
    with duckdb.connect(str(path), read_only=True) as con:
        block = con.execute("select min(block_id) from pragma_storage_info('observation') where block_id >= 0").fetchone()[0]
    at = 3 * 4096 + block * 262144 + 100
    content[at:at + 64] = bytes(64)
    path.write_bytes(content)
    path.with_suffix(".json").unlink()


WRONG = {
    "its pointer names nothing": (lambda path: path.unlink(), MISSING),
    "it is not the file its manifest describes": (lambda path: path.write_bytes(path.read_bytes() + b"0"), DAMAGED),
    "half of it was copied": (lambda path: os.truncate(path, path.stat().st_size // 2), DAMAGED),
    "it is empty": (lambda path: os.truncate(path, 0), DAMAGED),
    "a block is damaged, without a manifest": (damage_block, DAMAGED),
    "it was made by a newer version": (lambda path: change(path, "update release set software_version = '99.0.0'"), TOO_NEW),
    "it lacks a column": (lambda path: change(path, "alter table observation drop column source_page"), UNFIT),
    "it has no release": (lambda path: change(path, "delete from release"), UNFIT),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_bad_new_edition_leaves_the_good_one_and_is_logged_once(wrong, tmp_path, place_edition, caplog):
    harm, cause = WRONG[wrong]
    place_edition(tmp_path, GOOD)
    assert current(tmp_path).extract_id == GOOD
    harm(path := place_edition(tmp_path, NEW))
    assert [current(tmp_path).extract_id for _ in range(3)] == [GOOD] * 3
    line, = (record.getMessage() for record in caplog.records if record.levelno == logging.ERROR)
    assert path.name in line and GOOD in line
    with pytest.raises(ExtractError) as refused:
        choosing._shared(path)
    assert refused.value.cause == cause


def test_a_good_one_is_taken_as_soon_as_it_is_there(tmp_path, place_edition, caplog):
    caplog.set_level(logging.INFO)
    place_edition(tmp_path, GOOD)
    current(tmp_path)
    path = place_edition(tmp_path, NEW, rate=76.0)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert current(tmp_path).extract_id == GOOD
    path.write_bytes(whole)
    assert current(tmp_path).extract_id == NEW and "shown again as the pointer says" in caplog.text


def test_after_a_restart_the_edition_before_is_shown_and_never_one_gone_back_from(tmp_path, place_edition):
    """This process has not served the folder before: as after a restart."""
    place_edition(tmp_path, GOOD, built_at="2026-01-01")
    place_edition(tmp_path, "cccccccccccc", built_at="2026-06-01")      # gone back from: newer than what is current
    bad = place_edition(tmp_path, NEW, built_at="2026-03-01")
    bad.write_bytes(b"damaged")
    assert current(tmp_path).extract_id == GOOD
    place_edition(tmp_path / "other", GOOD)
    place_edition(tmp_path / "other", "cccccccccccc")
    place_edition(tmp_path / "other", NEW).write_bytes(b"damaged")
    (tmp_path / "other" / "before").write_text("outcomes-cccccccccccc.duckdb", encoding="utf-8")
    assert current(tmp_path / "other").extract_id == "cccccccccccc"


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="whoever may read everything needs setpriv")
def test_what_may_not_be_read_is_called_so(tmp_path, place_edition):
    path = place_edition(tmp_path, GOOD)
    path.chmod(0)
    tmp_path.chmod(0o755)
    asked = ("from pathlib import Path; from dashboard.read import extract as e\n"
             f"try: e._read(Path({str(path)!r}))\nexcept e.ExtractError as error: print(error.cause)")
    drop = ["setpriv", "--reuid=65534", "--clear-groups"] if os.getuid() == 0 else []
    for folder in [each for each in path.parents if each.is_relative_to("/tmp/pytest-of-root")]:
        folder.chmod(0o755)
    said = subprocess.run([*drop, sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == NOT_PERMITTED


def test_what_another_program_writes_to_is_called_in_use(tmp_path, place_edition):
    path = place_edition(tmp_path, GOOD)
    writing = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb; con = duckdb.connect({str(path)!r}); print('open', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writing.stdout.readline() == "open\n"
    try:
        with pytest.raises(ExtractError, match="in use") as refused:
            open_edition(path)
        assert refused.value.cause == IN_USE
    finally:
        writing.communicate("\n")


def test_copying_over_the_served_file_reaches_nobody(tmp_path, place_edition):
    path = place_edition(tmp_path, GOOD)
    served = current(tmp_path)
    before = served.ask("areas").rows
    for content in (b"", b"nothing", os.urandom(path.stat().st_size)):
        path.write_bytes(content)
        served.answers.drop(lambda _: True)
        assert served.ask("areas").rows == before and current(tmp_path) is served


def open_copies():
    """How many copies of extracts this process holds in memory."""
    links = (f"/proc/self/fd/{each}" for each in os.listdir("/proc/self/fd"))
    return len({os.readlink(link) for link in links if os.path.lexists(link) and "extract-" in os.readlink(link)})


def test_editions_that_nobody_holds_are_let_go_of(tmp_path, place_edition, servers_own, monkeypatch):
    monkeypatch.setattr(choosing, "_EDITIONS", servers_own)
    before = open_copies()
    gc.freeze()     # what other tests made is not looked through
    for number in range(2 * choosing.MOST_EDITIONS + 1):
        place_edition(tmp_path, f"{number:012}")
        assert current(tmp_path).extract_id == f"{number:012}"
    gc.collect()
    gc.unfreeze()
    assert open_copies() - before <= choosing.MOST_EDITIONS + 1


def test_an_operator_sees_every_extract_and_what_is_wrong_with_it(tmp_path, place_edition):
    place_edition(tmp_path, GOOD, built_at="2026-01-01", embargo_until="2999-01-01")
    place_edition(tmp_path, NEW, built_at="2026-02-01").write_bytes(b"damaged")
    newest, first = every_held(tmp_path)
    assert newest.is_current and "not the file its manifest describes" in newest.fault and newest.edition is None
    assert first.edition.extract_id == GOOD and first.edition.embargo_until.startswith("2999") and not first.is_current


def test_a_manifest_that_cannot_be_read_is_no_manifest(tmp_path, place_edition):
    path = place_edition(tmp_path, GOOD)
    for text in ("", "[]", json.dumps({"file_sha256": None})):
        path.with_suffix(".json").write_text(text, encoding="utf-8")
        assert open_edition(path).extract_id == GOOD
