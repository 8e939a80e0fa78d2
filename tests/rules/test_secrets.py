"""No secret stands in the project: neither a key, a password nor a token, in any file that is committed."""

import re
import subprocess

import pytest
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings, get_settings

from dashboard import paths

# What no secret is without: a long run of letters and digits, a telling word, an address with a password in it. Of small
# letters, and a run is tried at its first alone: so most lines are left at a glance.
LIKELY = re.compile(r"(?<![a-z0-9+/=_-])(?=[a-z+/=_-]*\d)[a-z0-9+/=_-]{12,}|pass|pwd|secret|key|contrase|private|://"
                    r"|\d+\.\d+\.\d+\.\d")
# Pinned by the hash of each file, or built from public figures; long runs of letters and digits throughout.
LEFT_OUT = ("requirements/build.txt", "requirements/runtime.txt", "requirements/test.txt", "data/")
VERIFIED = "detect_secrets.filters.common.is_ignored_due_to_verification_policies"      # asks outside services


def could_hold_one(line):
    return LIKELY.search(line.casefold()) is not None


def secrets_in(lines, folder):
    """What detect-secrets finds in {place: line}, each with its place. A line that says it is none is left alone."""
    places = list(lines)
    written = folder / "lines.txt"
    written.write_text("\n".join(lines[place] for place in places), encoding="utf-8")
    with default_settings():
        get_settings().disable_filters(VERIFIED)
        return [f"{places[secret.line_number - 1]}: {secret.type}" for secret in scan_file(str(written))]


def committed():
    """{'file:line': text} of every line that could hold a secret."""
    listed = subprocess.run(["git", "ls-files"], cwd=paths.ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    files = [paths.ROOT / name for name in listed if name and not name.startswith(LEFT_OUT)] or [
        path for path in paths.ROOT.rglob("*.*") if not path.relative_to(paths.ROOT).parts[0].startswith((".", "data", "requirements"))]
    found = {}
    for path in files:
        if path.is_file():
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            found |= {f"{path.relative_to(paths.ROOT)}:{number}": line for number, line in enumerate(text.splitlines(), 1)
                      if len(line) < 2000 and could_hold_one(line)}
    return found


def test_no_secret_is_committed(tmp_path):
    lines = committed()
    assert len(lines) > 1000 and secrets_in(lines, tmp_path) == []


@pytest.mark.parametrize("line", [
    "aws = AKIA" + "IOSFODNN7EXAMPLQ", 'password = "' + "correct-horse-9" + '"', "-----BEGIN RSA " + "PRIVATE KEY-----",
    "postgresql://writer:" + "hunter2xyz@db/outcomes", "token = 'ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'"])
def test_a_secret_would_be_found(line, tmp_path):
    assert could_hold_one(line) and secrets_in({"x:1": line}, tmp_path)
