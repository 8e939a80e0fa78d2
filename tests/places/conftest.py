"""A tiny page of maps in a real server, and a real browser that may talk to nothing else."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard import paths
from dashboard.pipeline import boundaries

HERE = Path(__file__).parent
SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis")
SETTINGS = ("--server.headless=true", "--server.enableStaticServing=true", "--server.fileWatcherType=none",
            "--browser.gatherUsageStats=false")


@pytest.fixture(scope="session")
def sample():
    """The made-up figures of sample.py, which the browser's page imports too."""
    spec = importlib.util.spec_from_file_location("sample", HERE / "sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def geometry(tmp_path_factory) -> Path:
    """The built-in boundaries, written as the build writes them."""
    return boundaries.write_geometry(boundaries.built_in(), tmp_path_factory.mktemp("geometry"))


@pytest.fixture(scope="session")
def address(geometry, tmp_path_factory):
    """The page's address while the tests run. Streamlit serves `static/` beside the entry script."""
    app = tmp_path_factory.mktemp("app")
    shutil.copytree(geometry.parent, app / "static")
    shutil.copytree(paths.ASSETS / "stub", app / "static" / "stub")
    shutil.copy(HERE / "maps_page.py", app / "maps_page.py")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (app / "log.txt").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app / "maps_page.py"), f"--server.port={port}",
         *SETTINGS], cwd=app, stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{paths.ROOT}"})
    try:
        _wait(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within a minute")


@pytest.fixture(scope="session")
def browse(playwright):
    """`with browse(address, path, webgl=True) as visit`: a visit with `page`, `outside`, `received`, `shapes`."""
    browsers = {}

    @contextmanager
    def visit(address: str, path: str, webgl: bool = True, width: int = 700):
        if webgl not in browsers:
            browsers[webgl] = playwright.chromium.launch(
                executable_path=_installed(), args=SOFTWARE_WEBGL if webgl else NO_WEBGL)
        page = browsers[webgl].new_page(viewport={"width": width, "height": 900})
        try:
            yield Visit(page, address, path)
        finally:
            page.close()

    yield visit
    for browser in browsers.values():
        browser.close()


@pytest.fixture(scope="session")
def open_page(address, browse):
    """A visit to the tiny page of maps: `with open_page(query, webgl=True) as visit`."""
    return lambda query, webgl=True: browse(address, f"/?{query}", webgl)


@pytest.fixture(scope="session")
def dashboard(published_extract):
    """The address of the whole dashboard, on the published figures."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(paths.ROOT / "dashboard" / "server.py"),
         f"--server.port={port}", "--server.headless=true"], cwd=paths.ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=os.environ | {"OUTCOMES_EXTRACT": str(published_extract.parent)})
    try:
        _wait(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def open_places(dashboard, browse):
    """A visit to the Places page: `with open_places(query, webgl=True) as visit`."""
    return lambda query="", webgl=True: browse(dashboard, f"/places?{query}", webgl, 1320)


class Visit:
    """One page: what it asked for elsewhere (refused), what the server sent, what shapes it fetched."""

    def __init__(self, page, address: str, path: str) -> None:
        self.page, self.outside, self.received, self.shapes = page, [], [], []
        page.route("**/*", lambda route: self._allow(route, address))
        page.on("websocket", lambda socket: socket.on(
            "framereceived", lambda frame: self.received.append(len(frame))))
        page.goto(f"{address}{path}")

    def _allow(self, route, address: str) -> None:
        url = route.request.url
        if not url.startswith((address, "data:", "blob:")):
            self.outside.append(url)
            route.abort()
            return
        if ".geojson" in url:
            self.shapes.append(url)
        route.continue_()


def _installed() -> str | None:
    """An installed Chromium, or None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
