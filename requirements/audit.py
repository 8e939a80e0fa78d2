"""Asks an advisory service whether any pinned package has a known vulnerability; says plainly if it was not told.

    python requirements/audit.py [requirements/runtime.txt …]

Exit 0: every package was looked up and none is known to be vulnerable. 1: some are. 2: not all could be looked up.
"""

import json
import subprocess
import sys
from pathlib import Path

PINNED = ("runtime.txt", "build.txt", "test.txt")
VULNERABLE, NOT_AUDITED = 1, 2


def audit(files: list[str]) -> int:
    """The exit code, with the verdict printed."""
    asked = [argument for file in files for argument in ("--requirement", file)]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *asked, "--require-hashes", "--disable-pip", "--format", "json",
                           "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    code, lines = verdict(done.stdout, done.stderr)
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


def verdict(stdout: str, stderr: str) -> tuple[int, list[str]]:
    """(exit code, what to say) of what pip-audit printed. A package that nobody could look up is not a safe one."""
    try:
        packages = json.loads(stdout)["dependencies"]
    except (ValueError, KeyError):
        cause = stderr.strip().splitlines()[-1:] or ["no cause given"]
        return NOT_AUDITED, ["NOT AUDITED: the advisory service could not be reached. Nothing is known of any package.", *cause]
    found = [f"{each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
             for each in packages for flaw in each.get("vulns", ())]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    unknown = [f"NOT AUDITED: the advisory service knows nothing of {len(skipped)} of {len(packages)} packages: "
               f"{', '.join(skipped[:5])}{' …' if len(skipped) > 5 else ''}"] if skipped else []
    if found:
        return VULNERABLE, [*found, *unknown]
    return (NOT_AUDITED, unknown) if unknown else (0, [f"{len(packages)} packages, none with a known vulnerability."])


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1:] or [str(Path(__file__).with_name(name)) for name in PINNED]))
