"""How quick and how steady the pages are: ratios taken side by side in one run.

    python benchmarks/pages.py [--dash PYTHON] [--only screens,pages,firsts,crowd,memory] [--write]

screens   a change of area and a load of /jobs in a browser, against a static page of the same four charts, and Dash
pages     processor time and bytes of a change on every page, against the same elements from constants
firsts    how long a change takes in a browser for the first reader who makes it, against the second, on every page
crowd     1, 20, 50 and 200 readers at once, every answer checked against its figure
memory    after 5,000 changes against after 500

Dash is no part of the project: `python -m venv X; X/bin/pip install dash`, then `--dash X/bin/python`. Needs Chromium.
Not a test: milliseconds depend on the machine and on what else it does; a ratio within one run does so less.
`--write` adds the table to RESULTS.md.
"""

import argparse
import asyncio
import os
import pickle
import platform
import statistics
import tempfile
from contextlib import ExitStack
from datetime import date
from functools import partial
from importlib.metadata import version
from operator import truediv
from pathlib import Path

import crowd as crowds
import floor
import screen
from playwright.sync_api import Browser
from reader import open_reader
from serving import Server, product, streamlit

from dashboard import paths
from dashboard.charts.draw import draw
from dashboard.charts.theme import LIGHT
from dashboard.figure import AREA, Figure
from dashboard.figures import recipes
from dashboard.packs.finished import packed
from dashboard.packs.pattern import packed_beside
from dashboard.read.edition import Edition, current

RESULTS = Path(__file__).with_name("RESULTS.md")
FOUR = (("quality.follow_ups", 0), ("jobs.journey", 0), ("jobs.cohorts", 0), ("compare.among", 0))
RATE = "entered_work_within_12_months"
PAGES = ("partnership", "jobs", "progress", "equality", "places", "value", "indicator", "data-quality")
LABELS = {"partnership": "Partnership"}
SOME = ("Glasgow City", "Fife", "Orkney Islands", "Falkirk", "Angus", "Moray", "Highland", "Dundee City")
MANY = (*SOME, "Stirling", "Aberdeen City", "West Lothian", "Inverclyde", "Midlothian", "Renfrewshire", "North Ayrshire", "South Ayrshire")
CROWDS = ((1, 1.0), (20, 5.0), (50, 5.0), (200, 10.0))


def main() -> None:
    """Measure what is asked for, print it, and keep it where asked to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--dash", default="", help="a Python that has Dash")
    options.add_argument("--only", default="screens,pages,firsts,crowd,memory")
    options.add_argument("--turns", type=int, default=20, help="changes and loads of each page in the browser")
    options.add_argument("--seconds", type=float, default=60, help="how long each crowd reads")
    options.add_argument("--write", action="store_true", help="add the table to RESULTS.md")
    asked = options.parse_args()
    measures = {"screens": screens, "pages": pages, "firsts": firsts, "crowd": crowd, "memory": memory}
    lines = [f"## {date.today():%d %B %Y}".replace("## 0", "## "), "", machine(), ""]
    for name in asked.only.split(","):
        lines += [*measures[name](asked), ""]
        print("\n".join(lines[-20:]), flush=True)
    if asked.write:
        held = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
        RESULTS.write_text(held + "\n".join(lines), encoding="utf-8")


def machine() -> str:
    """Cores, memory, versions, and how busy the machine was before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "duckdb", "starlette", "uvicorn"))
    return (f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, {names}. "
            f"Load average before: {os.getloadavg()[0]:.1f}.")


def table(heading: tuple[str, ...], rows: list[tuple]) -> list[str]:
    """A table in Markdown."""
    return ["| " + " | ".join(str(cell) for cell in row) + " |" for row in (heading, ("---",) * len(heading), *rows)]


def figures_of(area_code: str, edition: Edition | None = None) -> list[Figure]:
    """The four charts that /jobs opens with, of an edition or the current one."""
    edition, found = edition or current(paths.extract_folder()), []
    for name, place in FOUR:
        recipe = recipes.recipe_named(name)
        names = {each.name for each in recipe.choosers}
        given = {name: value for name, value in ((AREA, area_code), ("id", RATE)) if name in names}
        choice = recipe.resolve(edition, given)
        found.append([each for each in recipes.made(edition, name, choice) if isinstance(each, Figure)][place])
    return found


def codes() -> dict[str, str]:
    """Every area by its name."""
    return {str(row["name"]): code for code, row in current(paths.extract_folder()).areas.items()}


# In the browser ----------------------------------------------------------------------------------

def screens(asked: argparse.Namespace) -> list[str]:
    """Turn about: one change of each page, then the next; one load of each, then the next."""
    known = codes()
    charts = {area: [draw(each.plot, LIGHT) for each in figures_of(known[area])] for area in SOME}
    with ExitStack() as open_:
        static, dashed = (Path(open_.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        seen = [screen.Seen("static page", open_.enter_context(floor.static(static, charts)).address, screen.choose_native, 4, 4)]
        if asked.dash:
            seen.append(screen.Seen("Dash, finished figures", open_.enter_context(
                floor.dash(asked.dash, dashed, charts)).address, screen.choose_radio, 4, 4))
        server = open_.enter_context(product())
        asyncio.run(crowds.warm(server.port, "jobs", expected()))
        seen.append(screen.Seen("/jobs", f"{server.address}/jobs?area={known[SOME[0]]}", screen.choose_streamlit, 4, 3))
        browser = open_.enter_context(screen.chromium())
        for each in seen:
            each.open(browser)
        for turn in range(asked.turns):
            for each in seen:
                each.change(SOME[(turn + 1) % len(SOME)])
        for _ in range(asked.turns // 2):
            for each in seen:
                each.load()
    change, load = (statistics.median(times) for times in (seen[0].changes, seen[0].loads))
    return table(("page", "change p50 ms", "p95", "against the floor", "warm load ms", "against the floor", "kB cold", "shift p50", "largest"), [
        (each.name, *(f"{value:.0f}" for value in (statistics.median(each.changes), max_but_5(each.changes))),
         f"{statistics.median(each.changes) / change:.2f}", f"{statistics.median(each.loads):.0f}",
         f"{statistics.median(each.loads) / load:.2f}", f"{each.cold_bytes / 1000:,.0f}",
         f"{statistics.median(each.shifts):.3f}", f"{max(each.shifts):.3f}") for each in seen])


def firsts(_: argparse.Namespace) -> list[str]:
    """Two readers, each with a browser of their own, make the same changes of area one after the other; nothing is made ahead."""
    rows = []
    with product() as server:
        offered = {page: asyncio.run(_offered(server, page)) for page in PAGES}
        with screen.chromium() as browser:
            waits = {page: [_changes_seen(browser, server, page, areas) for _ in ("the first", "the second")]
                     for page, areas in offered.items()}
    for page, (own, others) in waits.items():
        first, second = statistics.median(own), statistics.median(others)
        rows.append((f"/{page}", len(own), f"{first:.0f}", f"{max(own):.0f}", f"{second:.0f}", f"{max(others):.0f}",
                     f"{first / second:.2f}", f"{statistics.median(map(truediv, own, others)):.2f}"))
    return table(("page", "changes", "first reader p50 ms", "longest", "second", "longest", "ratio of the medians", "median of the ratios"), rows)


async def _offered(server: Server, page: str) -> list[str]:
    """Which of many areas can be chosen on the page."""
    reader = await open_reader(server.port, page)
    await reader.connection.close()
    return [area for area in MANY if area in reader.last.selectbox(LABELS.get(page, "Area")).options]


def _changes_seen(browser: Browser, server: Server, page: str, areas: list[str]) -> list[float]:
    """Milliseconds to the last repaint of a chart, table or word, of each change of area by a reader who was never here."""
    choose = partial(screen.choose_streamlit, label=LABELS.get(page, "Area"))
    reader = screen.Seen(page, f"{server.address}/{page}", choose, 1, 1, screen.ANSWER)
    reader.come(browser)
    reader.load()
    for area in areas:
        reader.change(area)
    reader.page.context.close()
    return reader.changes


def max_but_5(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[max(0, round(0.95 * len(times)) - 1)]


def expected(areas: tuple[str, ...] = ()) -> crowds.Expected:
    """Of each area, what its four figures must hold, to the byte."""
    keys = [f"{name} {place + 1}" for name, place in FOUR]
    return {area: dict(zip(keys, map(sent, figures_of(code)), strict=True)) for area, code in codes().items()
            if not areas or area in areas}


def sent(figure: Figure, edition: Edition | None = None) -> tuple[bytes, ...]:
    """The figure of an edition or the current one as a page may send it: whole, and by what differs from its pattern."""
    return packed(figure), packed_beside(figure, partial(recipes.pattern_of, edition or current(paths.extract_folder())))


# Without a browser -------------------------------------------------------------------------------

def pages(_: argparse.Namespace) -> list[str]:
    """Processor time, bytes and wait of a cached change, page by page, and of the same elements from constants."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, product() as server:
        for page in PAGES:
            own = asyncio.run(_changes(server, page, LABELS.get(page, "Area")))
            held = Path(folder) / f"{page}.pickle"
            held.write_bytes(pickle.dumps(own[-1]))
            with streamlit("benchmarks/constants.py", CONSTANTS=str(held)) as constants:
                least = asyncio.run(_changes(constants, "", LABELS.get(page, "Area")))
            rows.append((f"/{page}", f"{own[0]:.1f}", f"{least[0]:.1f}", f"{own[0] / least[0]:.2f}", f"{own[1] / 1000:.1f}",
                         f"{own[2]:.0f}", f"{own[3]:.0f}", f"{own[3] / own[2]:.1f}"))
    return table(("page", "processor ms a change", "from constants", "ratio", "kB a change", "answer ms", "answer to the first", "ratio"), rows)


async def _changes(server: Server, page: str, label: str, turns: int = 48) -> tuple:
    """(processor ms, bytes and ms of a cached change, ms of one that nobody asked for before, the elements)."""
    reader = await open_reader(server.port, page)
    areas = [area for area in SOME if area in reader.last.selectbox(label).options]
    first = [(await reader.choose(label, area)).seconds for area in areas]
    before, size, waits = server.processor_ms(), 0, []
    for turn in range(turns):
        answer = await reader.choose(label, areas[turn * 3 % len(areas)])
        size += answer.bytes
        waits.append(answer.seconds)
    spent = server.processor_ms() - before
    await reader.connection.close()
    return spent / turns, size / turns, 1000 * statistics.median(waits), 1000 * statistics.median(first), reader.last.constants()


def crowd(asked: argparse.Namespace) -> list[str]:
    """Readers who think and choose, in one process with the one that plays them on the same machine."""
    wanted, rows = expected(), []
    with product() as server:
        asyncio.run(crowds.warm(server.port, "jobs", wanted))
        for people, thought in CROWDS:
            met, before = crowds.Crowd(people, thought), server.processor_ms()
            asyncio.run(crowds.visit(server.port, "jobs", wanted, met, asked.seconds))
            spent = (server.processor_ms() - before) / max(len(met.waits), 1)
            rows.append((people, f"{thought:.0f} s", len(met.waits), f"{met.share(0.5):.0f}", f"{met.share(0.95):.0f}", met.wrong,
                         met.errors, f"{spent:.0f}", f"{server.memory_mb():.0f}"))
    return table(("people", "thought", "answers", "p50 ms", "p95 ms", "wrong", "errors", "processor ms an answer", "memory MB"), rows)


def memory(_: argparse.Namespace) -> list[str]:
    """One process, ten readers without a thought, 5,000 changes; everything is cached before the first 500."""
    wanted, rows, first = expected(), [], 0.0
    with product() as server:
        asyncio.run(crowds.warm(server.port, "jobs", wanted))
        for changes in (500, 1000, 2500, 5000):
            done = sum(row[0] for row in rows[-1:])
            met = asyncio.run(_together(server, wanted, changes - done))
            now = server.memory_mb()
            first = first or now
            rows.append((changes, f"{now:.0f}", f"{now / first:.3f}", met.wrong, met.errors))
    return table(("changes", "memory MB", "against after 500", "wrong", "errors"), rows)


async def _together(server: Server, wanted: crowds.Expected, changes: int) -> crowds.Crowd:
    met = crowds.Crowd(10, 0.0)
    await asyncio.gather(*(crowds.choose_often(server.port, "jobs", wanted, met, changes // 10, number) for number in range(10)))
    return met


if __name__ == "__main__":
    main()
