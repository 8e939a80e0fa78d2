"""The same bytes every time, whatever the machine; a folder that is not ours is left alone."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from dashboard import paths
from dashboard.pipeline import demonstration
from dashboard.pipeline.demonstration.plan import Area, Plan
from dashboard.pipeline.demonstration.targets import read_invented, read_targets
from dashboard.pipeline.errors import BuildError

# Changes only when the demonstration is meant to change: every shipped figure follows from these bytes.
SMALL_SHA256 = "02ad26584262d3bc1f5634bd686f552b874de641ea533f1c18cc1c301fc9e7bd"    # pragma: allowlist secret


def digest(folder: Path) -> str:
    """SHA-256 over every file's name and bytes, in name order."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def test_bytes_are_pinned(small):
    assert digest(small) == SMALL_SHA256


def test_the_same_again_over_an_earlier_one(small, tmp_path):
    demonstration.write(40, 1, tmp_path)
    assert digest(tmp_path) != digest(small)
    demonstration.write(2_000, 7, tmp_path)
    assert digest(tmp_path) == digest(small)


def test_another_seed_is_other_people(small, tmp_path):
    demonstration.write(2_000, 8, tmp_path)
    assert digest(tmp_path) != digest(small)


def test_a_handful_of_people(tmp_path):
    demonstration.write(5, 1, tmp_path)
    files = list(tmp_path.glob("participants_*.csv"))
    assert sum(len(path.read_text().splitlines()) - 1 for path in files) == 5
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_nobody_is_refused(tmp_path):
    with pytest.raises(ValueError, match="1 or more"):
        demonstration.write(0, 1, tmp_path)


@pytest.mark.parametrize("label", [None, "synthetic = false\n"])
def test_real_returns_are_never_replaced(tmp_path, label):
    real = tmp_path / "participants_S12000005.csv"
    real.write_text("participant_id\nreal\n")
    if label:
        (tmp_path / "return.toml").write_text(label)
    with pytest.raises(BuildError, match="choose another folder"):
        demonstration.write(5, 1, tmp_path)
    assert real.read_text() == "participant_id\nreal\n"


def test_a_folder_that_cannot_be_made_is_one_plain_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildError, match="cannot be written"):
        demonstration.write(5, 1, tmp_path / "file")


def test_other_files_in_the_folder_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    demonstration.write(5, 1, tmp_path)
    demonstration.write(6, 1, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_progress_reaches_everyone(tmp_path):
    told = []
    demonstration.write(40, 1, tmp_path, lambda done, of: told.append((done, of)))
    assert told[-1] == (40, 40) and [done for done, _ in told] == sorted(done for done, _ in told)


def test_memory_is_bounded_by_chunks():
    """However many people, no chunk is larger than the limit unless it is a single quarter."""
    areas = Plan(5_000_000, 1, read_targets(), read_invented()).areas
    for area in areas:
        chunks = list(demonstration._chunks(area))
        sizes = [int(area.starts[:, chunk.start:chunk.stop].sum()) for chunk in chunks]
        assert sum(sizes) == area.people
        long = [chunk for chunk, size in zip(chunks, sizes, strict=True) if size > demonstration.CHUNK]
        assert all(len(chunk) == 1 for chunk in long)


def test_chunks_do_not_change_how_many_people(monkeypatch, tmp_path):
    monkeypatch.setattr(demonstration, "CHUNK", 20)
    demonstration.write(800, 7, tmp_path)
    files = sorted(tmp_path.glob("participants_*.csv"))
    identifiers = [line.split(",")[0] for path in files for line in path.read_text().splitlines()[1:]]
    assert len(identifiers) == len(set(identifiers)) == 800


def test_an_area_without_people_sends_nothing(tmp_path):
    area = Area(1, "S12000005", np.zeros((9, 33), dtype=np.int64), 1000, 1000, 0, 0, False, "usual", {})
    assert list(demonstration._chunks(area)) == []


def test_the_note_names_every_source():
    note = (paths.REFERENCE / "demonstration_note.md").read_text(encoding="utf-8")
    plain = re.sub(r"\s+", " ", note)
    for target in read_targets().rows:
        assert target.title in plain and target.edition in plain and target.publisher in plain, target
    assert demonstration.NOTICE in plain
