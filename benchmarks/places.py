"""How long the Places page takes to redraw on a filter change, against a bare page with the same two figures.

    python benchmarks/places.py [--changes 12]

Both pages are served side by side from the current extract and read by one browser in one run, turn about.
A change is timed in the browser, from choosing a period to the tiles showing it with the script at rest.
The bare page holds a select box, the map and the tile grid, and nothing else. Needs Chromium.
Prints both medians and their ratio. Not a test: figures depend on the machine.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
MEASURE, PERIODS = "claimant_count_share", 2
BARE = '''
import streamlit as st
from dashboard import paths
from dashboard.charts import map, theme, tiles
from dashboard.charts.finished import Finished
from dashboard.figures.places import shading
from dashboard.figures.places.view import one_view, periods_of
from dashboard.read import geometry
from dashboard.read.edition import current

st.set_page_config(layout="wide")
edition = current(paths.extract_folder())
periods = periods_of(edition, "MEASURE")
period = st.selectbox("Period", list(periods), format_func=periods.get)
view = one_view(edition, "MEASURE", period)
indicator, scale = view.indicator, shading.choose_scale(view.councils, view.indicator)
rows = view.map_rows(scale)
url = "/app/static/geometry/" + geometry.shapes_file(paths.extract_folder(), paths.ASSETS / "geometry")
left, right = st.columns(2)
with left:
    st.pydeck_chart(map.deck_map(rows, indicator, scale, theme.LIGHT, url, None, 540, 560), key="map", height=560)
with right:
    st.plotly_chart(Finished(tiles.tile_grid(rows, indicator, scale, theme.LIGHT)), theme=None, key="tiles")
'''
READY = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && document.querySelectorAll('[data-testid=stPlotlyChart] .main-svg').length > 0"""
TILES = "[...document.querySelectorAll('[data-testid=stPlotlyChart]')].at(0)?.textContent"


def main() -> None:
    """Serve both, change the period turn about, print the medians and the ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--changes", type=int, default=12)
    changes = options.parse_args().changes
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE.replace("MEASURE", MEASURE), encoding="utf-8")
        (Path(folder) / "static").symlink_to(ROOT / "assets")
        servers = {"page": _serve(ROOT / "dashboard" / "app.py"), "bare": _serve(bare)}
        try:
            taken = measure({"page": f"{servers['page'][1]}/places?id={MEASURE}&part=groups",
                             "bare": servers["bare"][1]}, changes)
        finally:
            for process, _ in servers.values():
                process.terminate()
                process.wait(timeout=20)
    page, plain = (statistics.median(taken[name]) for name in ("page", "bare"))
    print(f"page {page:.2f} s, bare {plain:.2f} s, ratio {page / plain:.2f} (medians of {changes} changes each)")


def _serve(script: Path) -> tuple[subprocess.Popen, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true",
         "--server.enableStaticServing=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"],
        cwd=script.parent if script.name == "bare.py" else ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
            return process, f"http://localhost:{port}"
        except OSError:
            time.sleep(0.1)
    process.terminate()
    raise TimeoutError(f"{script.name} was not served within a minute")


def measure(addresses: dict[str, str], changes: int) -> dict[str, list[float]]:
    """Seconds of each change, by page; the first change of each is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=[
            "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"])
        pages = {name: browser.new_page(viewport={"width": 1320, "height": 900}) for name in addresses}
        for name, page in pages.items():
            page.goto(addresses[name])
            page.wait_for_function(READY, timeout=120_000)
        for turn in range(changes + 1):
            for name, page in pages.items():
                page.bring_to_front()
                seconds = _change(page, turn)
                if turn:
                    taken[name].append(seconds)
        browser.close()
    return taken


def _change(page, turn: int) -> float:
    """Choose the other of two periods and wait until the tiles show it."""
    before = page.evaluate(TILES)
    page.get_by_role("combobox", name="Period").click()
    option = page.get_by_role("option").nth((turn + 1) % PERIODS)
    option.wait_for(timeout=60_000)
    began = time.perf_counter()
    option.click()
    page.wait_for_function(f"before => {TILES} !== before && ({READY})()", arg=before, timeout=120_000)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
