"""Editions that change under readers: is any page mixed, any answer wrong, anything not given back?

    python benchmarks/swap.py [--minutes 10] [--people 50] [--thought 5] [--every 20] [--write]

Three copies of the shipped extract, each an edition of its own, take turns while people read /jobs: a new one is
published, readers are sent back and forward by `outcomes use`, a damaged one is published by mistake, and the file that
is served is copied over and taken away. Every answer is compared with the figures of the edition it says it is of, to
the byte. `--write` adds the tables to RESULTS.md.
"""

import argparse
import asyncio
import gzip
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import duckdb
from reader import Answer, Reader, open_reader
from serving import ROOT, Server, product

from dashboard import paths
from dashboard.read.edition import Edition, open_edition
from dashboard.read.extract import current_path
from pages import FOUR, RESULTS, SOME, codes, figures_of, machine, sent, table

IDS = ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc")
DAMAGED = "dddddddddddd"
NAMED = re.compile(r"@([0-9a-f]{12})")
Expected = Mapping[str, Mapping[str, Mapping[str, Collection[bytes]]]]      # edition to area to figures by name


@dataclass
class Met:
    """What the readers met."""

    waits: list[float] = field(default_factory=list)
    editions: Counter = field(default_factory=Counter)
    notices: int = 0
    mixed: int = 0
    wrong: int = 0
    errors: int = 0


def main() -> None:
    """Swap under load, print what was met, and keep it where asked to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--thought", type=float, default=5)
    options.add_argument("--every", type=float, default=20, help="seconds between changes")
    options.add_argument("--write", action="store_true", help="add the tables to RESULTS.md")
    asked = options.parse_args()
    heading = f"## {date.today():%d %B %Y}, editions that change under {asked.people} readers".replace("## 0", "## ")
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        expected = _editions(folder)
        lines = [heading, "", machine(), "", *asyncio.run(_under_load(folder, expected, asked)), ""]
    print("\n".join(lines))
    if asked.write:
        RESULTS.write_text(RESULTS.read_text(encoding="utf-8") + "\n" + "\n".join(lines), encoding="utf-8")


def _editions(folder: Path) -> Expected:
    """Three editions and a damaged one in the folder, the first current; what each must show."""
    shipped, expected = current_path(paths.DATA / "extract"), {}
    for number, extract_id in enumerate((*IDS, DAMAGED)):
        path = folder / f"outcomes-{extract_id}.duckdb"
        shutil.copy(shipped, path)
        with duckdb.connect(str(path)) as con:
            con.execute("update release set extract_id = $id, edition = $edition", {"id": extract_id, "edition": f"Edition {number}"})
    damaged = folder / f"outcomes-{DAMAGED}.duckdb"
    os.truncate(damaged, damaged.stat().st_size // 2)
    _point(folder, IDS[0])
    known = codes()
    for extract_id in IDS:
        edition = open_edition(folder / f"outcomes-{extract_id}.duckdb")
        expected[extract_id] = {area: _figures(edition, known[area]) for area in SOME}
    return expected


def _figures(edition: Edition, area_code: str) -> dict[str, tuple[bytes, ...]]:
    names = (f"{name} {place + 1}" for name, place in FOUR)
    return dict(zip(names, (sent(figure, edition) for figure in figures_of(area_code, edition)), strict=True))


def _point(folder: Path, extract_id: str) -> None:
    """As the build does it."""
    (folder / "current.new").write_text(f"outcomes-{extract_id}.duckdb\n", encoding="utf-8")
    (folder / "current.new").replace(folder / "current")


async def _under_load(folder: Path, expected: Expected, asked: argparse.Namespace) -> list[str]:
    met, done, samples = Met(), Counter(), []
    with product(ahead=True, OUTCOMES_EXTRACT=str(folder)) as server:
        until = time.monotonic() + 60 * asked.minutes
        await asyncio.gather(_change(folder, until, asked.every, done), _watch(server, until, samples),
                             *(_read(server, expected, met, until, asked.thought, random.Random(number)) for number in range(asked.people)))
        samples.append(_sample(server))
        left = [line for line in _open_files(server) if str(folder) in line]
    waits = sorted(met.waits)
    return [*table(("people", "minutes", "changes", "answers", "p50 ms", "p95 ms", "errors", "mixed pages", "wrong answers", "notices",
                    "answers of each edition"), [(
        asked.people, f"{asked.minutes:g}", sum(done.values()), len(waits), f"{1000 * waits[len(waits) // 2]:.0f}",
        f"{1000 * waits[int(len(waits) * 0.95)]:.0f}", met.errors, met.mixed, met.wrong, met.notices,
        ", ".join(str(met.editions[each]) for each in IDS))]), "",
        "Changes: " + ", ".join(f"{count} × {what}" for what, count in done.items()) + ".", "",
        *table(("seconds", "memory MB", "open files", "editions in memory"), samples), "",
        f"Files of the extract's folder still open: {len(left)}."]


async def _read(server: Server, expected: Expected, met: Met, until: float, thought: float, chance: random.Random) -> None:
    await asyncio.sleep(chance.uniform(0, 2 * thought))
    try:
        reader: Reader = await open_reader(server.port, "jobs")
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * thought)
            area = chance.choice(SOME)
            answer = await reader.choose("Area", area)
            met.waits.append(answer.seconds)
            _judge(answer, area, expected, met)
        await reader.connection.close()
    except Exception as error:      # a benchmark counts what goes wrong and goes on
        met.errors += 1
        print(f"a reader stopped: {error!r}", flush=True)


def _judge(answer: Answer, area: str, expected: Expected, met: Met) -> None:
    """Which edition the whole page is of; its figures must be that edition's, to the byte."""
    held = answer.figures()
    texts = [_text(each) for each in held.values()]
    texts += [each.html.body for each in answer.elements if each.WhichOneof("type") == "html"]
    named = {each for text in texts for each in NAMED.findall(text)}
    met.notices += any("have been updated since" in text for text in texts)
    if len(named) != 1:
        met.mixed += 1
        print(f"a page of {len(named)} editions: {sorted(named)}", flush=True)
        return
    extract_id, = named
    met.editions[extract_id] += 1
    if any(held.get(name) not in forms for name, forms in expected.get(extract_id, {area: {"": ()}})[area].items()):
        met.wrong += 1
        print(f"a wrong answer of {area}, edition {extract_id}", flush=True)


def _text(made: bytes) -> str:
    """What a figure says of its edition: all of it, or the address of its pattern."""
    return gzip.decompress(made).decode("utf-8") if made[:1] == b"\x1f" else unquote(made.partition(b"\n")[0].decode("utf-8"))


async def _change(folder: Path, until: float, every: float, done: Counter) -> None:
    """One change after another: publish, back, forward, a damaged one, the served file copied over, taken away, put back."""
    def use(extract_id: str) -> None:
        subprocess.run([sys.executable, "-c", "from dashboard.cli import main; main()", "use", extract_id], check=True, cwd=ROOT,
                       env=os.environ | {"OUTCOMES_EXTRACT": str(folder), "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)

    served = folder / f"outcomes-{IDS[2]}.duckdb"
    kept = served.read_bytes()
    steps = [("published", lambda: _point(folder, IDS[1])), ("back by `outcomes use`", lambda: use(IDS[0])),
             ("forward by `outcomes use`", lambda: use(IDS[1])), ("published damaged", lambda: _point(folder, DAMAGED)),
             ("published", lambda: _point(folder, IDS[2])), ("copied over while served", lambda: served.write_bytes(b"damaged" * 1000)),
             ("taken away while served", served.unlink), ("put back", lambda: served.write_bytes(kept)),
             ("published", lambda: _point(folder, IDS[0]))]
    turn = 0
    while time.monotonic() + every < until:
        await asyncio.sleep(every)
        what, change = steps[turn % len(steps)]
        await asyncio.to_thread(change)
        done[what] += 1
        turn += 1


async def _watch(server: Server, until: float, samples: list[tuple]) -> None:
    began = time.monotonic()
    while time.monotonic() < until:
        await asyncio.sleep(min(30, max(0, until - time.monotonic())))
        samples.append((f"{time.monotonic() - began:.0f}", *_sample(server)[1:]))


def _sample(server: Server) -> tuple:
    files = _open_files(server)
    return "after", f"{server.memory_mb():.0f}", len(files), sum("extract-" in each for each in files) // 2


def _open_files(server: Server) -> list[str]:
    folder, found = Path(f"/proc/{server.process.pid}/fd"), []
    for each in folder.iterdir():
        try:
            found.append(os.readlink(each))
        except FileNotFoundError:
            continue
    return found


if __name__ == "__main__":
    main()
