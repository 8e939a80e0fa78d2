"""The dependency audit never says that a package is safe when nobody was asked."""

import json
import os
import runpy
import subprocess
import sys

import pytest

from dashboard import paths

SCRIPT = paths.ROOT / "requirements" / "audit.py"
SAFE, FLAWED = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found"}


def test_a_service_that_cannot_be_reached_is_said_aloud(tmp_path):
    """No address answers: the proxy it is sent to is a port on this machine that nobody listens on."""
    pinned = tmp_path / "one.txt"
    pinned.write_text(f"jinja2==3.1.6 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    environment = os.environ | {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, SCRIPT, pinned], env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("NOT AUDITED: the advisory service could not be reached.") and "Traceback" not in done.stderr


@pytest.mark.parametrize(("packages", "code", "said"), [
    ([SAFE], 0, "1 packages, none with a known vulnerability."),
    ([SAFE, FLAWED], 1, "b 2: PYSEC-1, mended in 3"),
    ([SAFE, SKIPPED], 2, "NOT AUDITED: the advisory service knows nothing of 1 of 2 packages: c"),
    ([SKIPPED, FLAWED], 1, "NOT AUDITED: the advisory service knows nothing of 1 of 2 packages: c")])
def test_what_was_not_looked_up_is_not_called_safe(packages, code, said):
    verdict = runpy.run_path(str(SCRIPT))["verdict"](json.dumps({"dependencies": packages}), "")
    assert verdict[0] == code and said in verdict[1]
