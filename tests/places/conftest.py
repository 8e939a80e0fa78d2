"""A tiny page of maps in a real server, and a real browser that may talk to nothing else."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from dashboard import paths
from dashboard.pipeline import boundaries

HERE = Path(__file__).parent
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
def open_page(address, browse):
    """A visit to the tiny page of maps: `with open_page(query, webgl=True) as visit`."""
    return lambda query, webgl=True: browse(address, f"/?{query}", webgl)
