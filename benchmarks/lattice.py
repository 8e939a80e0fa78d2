"""How long the whole lattice takes to solve, and what rounding costs, as the number of people grows.

    python benchmarks/lattice.py [--people 10000 75000 300000 1000000] [--processes 2]

Each number of people is measured in a process of its own: demonstration returns are made in a temporary
folder, read and checked, coded and counted, and every table of every family is solved. Returns are made, and
with --by-area also read and counted, one partnership at a time, so that memory hardly grows with the number
of people (5,000,000 needs it). Prints seconds for each part, the peak memory of counting, and how many of
the published cells are further than 4 from the truth. Not a test: figures depend on the machine.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

SEED = 2026
HEADINGS = ("people", "make", "read", "count", "solve", "GiB", "tables", "cells", "beyond 4", "share", "furthest")


def main() -> None:
    """Measure each number of people in a process of its own; print a row for each."""
    options = _options()
    if options.measure:
        print(json.dumps(measure(options.measure, options.processes, options.by_area)))
        return
    print("  ".join(f"{heading:>9}" for heading in HEADINGS))
    for people in options.people:
        command = [sys.executable, __file__, "--measure", str(people), "--processes", str(options.processes)]
        command += ["--by-area"] if options.by_area else []
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3600)
        row = json.loads(done.stdout.splitlines()[-1])
        print("  ".join(f"{row[heading]:>9}" for heading in HEADINGS), flush=True)


def measure(people: int, processes: int, by_area: bool) -> dict:
    """Make, read, count and solve; seconds of each part."""
    from dashboard.pipeline import demonstration, run
    from dashboard.pipeline.disclosure import gate, plan

    clock = _Clock()
    with tempfile.TemporaryDirectory() as folder:
        demonstration.write(people, SEED, Path(folder))
        clock.lap("make")
        over, counted, truth = None, 0, {}
        for returns in _parts(Path(folder)) if by_area else _whole(Path(folder)):
            clock.lap("read")
            over = over or _space(Path(folder), returns)
            _add(truth, _count(returns, over))
            counted += len(returns.participants)
            clock.lap("count")
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    tables = gate.with_offsets(truth, over, run.DEMONSTRATION_KEY)
    steps = [*plan.steps_for_people(tables, list(over.years)), *plan.steps_for_responses(over, list(over.years))]
    clock.lap("")
    gate.solve(tables, list(over.years), list(over.years), lambda line: None, processes)
    clock.lap("solve")
    return {"people": f"{counted:,}", **clock.shown(), "GiB": f"{gib:.2f}", "tables": len(steps), **_distance(tables)}


def _whole(folder: Path) -> Iterator:
    from dashboard.pipeline.returns import read
    yield read(folder)


def _parts(folder: Path) -> Iterator:
    """One partnership's returns at a time."""
    from dashboard.pipeline.returns import read
    for path in sorted(folder.glob("participants_*.csv")):
        with tempfile.TemporaryDirectory() as alone:
            shutil.copy(folder / "return.toml", alone)
            for each in folder.glob(f"*_{path.stem.split('_')[1]}.csv"):
                (Path(alone) / each.name).symlink_to(each)
            yield read(Path(alone))


def _space(folder: Path, returns):
    """Places from the names of the files, periods from the cut-off."""
    from dataclasses import replace

    from dashboard.pipeline.disclosure import lattice
    sent = {kind: tuple(sorted(path.stem.split("_")[1] for path in folder.glob(f"{kind}_*.csv")))
            for kind in ("participants", "experience")}
    return replace(lattice.space(returns), areas=sent["participants"], response_areas=sent["experience"])


def _count(returns, over) -> dict[str, np.ndarray]:
    from dashboard.pipeline.disclosure import lattice
    return lattice.tabulate(lattice.code(returns, over), lattice.code_responses(returns.experience, over), over)


def _add(truth: dict[str, np.ndarray], part: dict[str, np.ndarray]) -> None:
    for name, counts in part.items():
        truth[name] = truth[name] + counts if name in truth else counts


def _distance(tables) -> dict:
    """Published cells, Scotland included, and how many are further than 4 from the truth."""
    from dashboard.pipeline.disclosure import lattice
    from dashboard.pipeline.disclosure.rounding import BASE
    off = [np.abs(lattice.with_scotland(family, BASE * tables.settled[name] - tables.truth[name])).ravel()
           for name, family in lattice.every_table(tables.over).items() if not family.is_margin]
    off = np.concatenate(off)
    return {"cells": f"{len(off):,}", "beyond 4": f"{int((off > 4).sum()):,}", "share": f"{(off > 4).mean():.3%}",
            "furthest": int(off.max())}


class _Clock:
    """Seconds spent in each part, added up."""

    def __init__(self):
        self.since, self.spent = time.perf_counter(), {}

    def lap(self, part: str) -> None:
        now = time.perf_counter()
        self.spent[part] = self.spent.get(part, 0.0) + now - self.since
        self.since = now

    def shown(self) -> dict[str, str]:
        return {part: f"{seconds:.1f} s" for part, seconds in self.spent.items() if part}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 75_000, 300_000, 1_000_000])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--by-area", action="store_true", help="read and count one partnership at a time")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
