"""A key is made rightly, and one that keeps no secret is refused."""

import base64
import os
import stat
from random import Random

import pytest
from click.testing import CliRunner

from dashboard import paths
from dashboard.cli import main
from dashboard.pipeline import keys
from dashboard.pipeline.errors import BuildError


@pytest.fixture(params=[0o000, 0o022, 0o277], ids="umask {:03o}".format)
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def make_key(path):
    return CliRunner().invoke(main, ["key", "--out", str(path)])


def write_key(path, content, mode=0o600):
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_a_key_is_random_and_its_owners_alone_whatever_the_umask(tmp_path, umask):
    assert [make_key(tmp_path / name).exit_code for name in ("a", "b")] == [0, 0]
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "b")] == [0o600, 0o600]
    one, other = (keys.read(tmp_path / name) for name in ("a", "b"))
    assert len(one) == 64 and one != other


def test_a_key_is_never_written_over(tmp_path):
    make_key(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    done = make_key(tmp_path / "key")
    assert done.exit_code == 2 and "is there already" in done.stderr and (tmp_path / "key").read_bytes() == before


@pytest.mark.parametrize(("place", "expected"), [
    (lambda folder: paths.ROOT / "key", "outside the project"), (lambda folder: folder / "safe" / "key", "no such folder"),
    (lambda folder: folder, "is there already"),
], ids=["in the project", "no such folder", "a folder"])
def test_a_key_in_the_wrong_place_is_not_made(tmp_path, place, expected):
    done = make_key(place(tmp_path))
    assert done.exit_code == 2 and expected in done.stderr and "Traceback" not in done.output
    assert not place(tmp_path).is_file()


@pytest.mark.parametrize("content", [
    bytes(64), b"0" * 64, b"ab" * 32, bytes(range(64)), bytes(range(0, 256, 3)), b"0123456789abcdef" * 4,
    b"the same four words, and the same four words", b"EmployabilityServicesOfScotland-EmployabilityServices",
    bytes([7] * 32 + [9] * 32), base64.b64encode(bytes(64)),
], ids=repr)
def test_a_key_that_can_be_guessed_is_refused(tmp_path, content):
    with pytest.raises(BuildError, match=r"can be guessed; 'outcomes key --out FILE' makes a key"):
        keys.read(write_key(tmp_path / "key", content))


def test_every_random_key_is_taken_plain_or_as_text(tmp_path):
    chance = Random(1)
    for length in (32, 33, 64, 500):
        for _ in range(40):
            drawn = chance.randbytes(length)
            for form in (drawn, drawn.hex().encode() + b"\n", base64.encodebytes(drawn), base64.urlsafe_b64encode(drawn)):
                assert keys.read(write_key(tmp_path / "key", form)) == form


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601])
def test_a_key_that_others_may_read_is_refused(tmp_path, mode):
    with pytest.raises(BuildError, match=f"others may read the key \\(mode {mode:o}\\); 'chmod 600' it"):
        keys.read(write_key(tmp_path / "key", Random(2).randbytes(64), mode))


def test_a_short_key_is_refused(tmp_path):
    with pytest.raises(BuildError, match="holds 31 bytes; it needs at least 32"):
        keys.read(write_key(tmp_path / "key", Random(3).randbytes(31)))
