"""Find a Chromium for the browser tests, or get one; prints its path.

In this order: `CHROMIUM`, one already installed, one already fetched by Playwright, the platform's
package, Playwright's own download. The shell of it that has no window comes first: it lays out, draws and runs pages
by the same engine, and spends nothing on a window that nobody sees. Run it before the tests, as `make test` does.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell", "chrome-headless-shell",
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
PACKAGES = (
    ("apt-get", ["install", "--yes", "--no-install-recommends"], ("chromium-headless-shell", "chromium")),
    ("dnf", ["install", "--assumeyes"], ("chromium",)),
    ("brew", ["install", "--cask"], ("chromium",)),
)
MINUTES = 10


def installed() -> str | None:
    """A Chromium that is here already, or None."""
    here = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *PLACES]
    # Playwright is asked last: to start it takes longer than all the rest.
    return _first_file(here) or _first_file([fetched()])


def _first_file(paths: list[str | None]) -> str | None:
    return next((path for path in paths if path and Path(path).is_file()), None)


def fetched() -> str | None:
    """The Chromium that Playwright has downloaded, or would download."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install_package() -> str | None:
    """Ask the platform's package manager; None if it has none or may not."""
    for manager, arguments, names in PACKAGES:
        if program := shutil.which(manager):
            # A package manager that needs a password must fail, not wait for one.
            as_root = ["sudo", "--non-interactive"] if manager != "brew" and _is_not_root() else []
            if manager == "apt-get":
                _run([*as_root, program, "update"])
            if any(_run([*as_root, program, *arguments, name]) for name in names):
                return installed()
    return None


def download() -> str | None:
    """Playwright's own Chromium."""
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return installed()


def _is_not_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() != 0


def _run(command: list[str]) -> bool:
    print("trying:", *command, file=sys.stderr)
    try:
        return subprocess.run(command, stdout=sys.stderr, check=False, timeout=60 * MINUTES).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False


def find_or_get() -> str:
    """The path of a Chromium; exits with one plain message if none can be had."""
    path = installed() or install_package() or download()
    if path is None:
        sys.exit("No Chromium could be found or installed. Install one, or set CHROMIUM to its path.")
    return path


if __name__ == "__main__":
    print(find_or_get())
