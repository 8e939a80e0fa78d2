"""One dashboard and one browser for all journeys of a run."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from dashboard import paths

READY_SECONDS = 60


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A dashboard served on the embedded default extract, as a first `make run` opens it."""
    with served(paths.DATA / "extract", tmp_path_factory.mktemp("store") / "sessions.db") as address:
        yield address


@contextmanager
def served(extract, store):
    """A dashboard of this extract's folder, with its challenge sessions in the file `store`: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(paths.ROOT / "dashboard" / "server.py"),
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    environment = os.environ | {"OUTCOMES_EXTRACT": str(extract), "DATABASE_URL": f"sqlite:///{store}"}
    server = subprocess.Popen(
        command, cwd=paths.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_healthy(url, server):
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the dashboard stopped while starting"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard was not ready after {READY_SECONDS} seconds")


@pytest.fixture(scope="session")
def chromium(playwright):
    """An installed Chromium; the tests fail, not skip, where `chromium.py` could find none."""
    found = subprocess.run(
        [sys.executable, str(paths.ROOT / "tests" / "browser" / "chromium.py")],
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox"])
    yield browser
    browser.close()


def is_outside(url, address):
    """True for what leaves the dashboard: neither its own address nor something made in the page itself."""
    return not url.startswith((f"{address}/", f"ws{address.removeprefix('http')}/", "data:", "blob:", "about:"))


class Reader:
    """A person at a browser: opens pages, waits until they are drawn, looks."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def open(self, path):
        self.page.goto(self.address + path)
        return self.wait()

    def wait(self):
        """Until the script has run, and every chart in it is drawn."""
        self.page.wait_for_selector("h1", timeout=60_000)
        self.page.wait_for_function(
            """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
                && document.querySelector('.oc')
                && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
                    .every(chart => chart.querySelector('.main-svg'))
                && [...document.querySelectorAll('.oc-chart:not([hidden])')]
                    .every(chart => chart.matches('.oc-drawn, .oc-far'))""",
            timeout=60_000,
        )
        return self

    def go_to(self, title):
        """Follow the navigation, through its menu where the page is in it."""
        # Streamlit keeps a second, inert copy of the bar to measure its width with.
        links = self.page.locator(":is([data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink]):not([inert] *)")
        link = links.filter(has_text=title).filter(visible=True)
        for menu in self.page.locator("[data-testid=stTopNavSection]:not([inert] *)").filter(visible=True).all():
            if link.count() == 0:
                menu.click()
                self.page.wait_for_timeout(500)
        link.first.click()
        self.page.wait_for_timeout(300)
        return self.wait()

    def text(self):
        return self.page.inner_text("[data-testid=stMain]")

    def choose(self, label, option):
        """Pick from a list by typing, as a keyboard user does."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).first.click()
        self.page.wait_for_timeout(300)
        return self.wait()


@pytest.fixture
def read_with(chromium, address):
    """Readers with a screen and an appearance: read_with(width=320), read_with(appearance="dark")."""
    opened, outside = [], []

    def make(width=1280, height=900, appearance="light"):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=appearance,
                                       bypass_csp=True)     # for the tests' own scripts
        opened.append(context)
        context.on("request", lambda request: is_outside(request.url, address) and outside.append(request.url))
        return Reader(context.new_page(), address)

    yield make
    for context in opened:
        context.close()
    assert outside == [], "a page asked another server"


@pytest.fixture
def reader(read_with):
    """A reader with a wide screen and a light appearance."""
    return read_with()
