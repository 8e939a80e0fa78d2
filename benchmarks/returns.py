"""Reading and checking returns against a plain read-and-group of the same files, in one run.

    python benchmarks/returns.py [--participants 1000000] [--damaged 0.01] [--quoted] [--runs 3]

Makes 32 files in a temporary folder, then measures, each in a fresh process with its peak memory
and the processor time it took (steadier than the clock on a busy machine):
  plain   DuckDB reads every file and groups by area, programme and sex (it parses three columns)
  typed   DuckDB reads every column of every file into a table, then groups
  check   `dashboard.pipeline.returns.read`: every rule on every cell of every row
  count   the same, then everyone coded and counted in every table of the lattice
Prints the seconds, the ratio and the peak memory. Not a test: figures depend on the machine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

CUT_OFF = date(2026, 6, 30)
PLAIN = "select area_code, programme, sex, count(*) from read_csv($files) group by all"
TYPED = "create table people as select * from read_csv($files, sample_size = 20480)"


def main() -> None:
    """Make the files, measure each way in a process of its own, print the ratios."""
    options = _options()
    if options.measure:
        print(json.dumps(MEASURES[options.measure](Path(options.folder))))
        return
    with tempfile.TemporaryDirectory() as folder:
        make_files(Path(folder), options.participants, options.damaged, options.quoted)
        size = sum(path.stat().st_size for path in Path(folder).glob("*.csv")) / 1e6
        print(f"{options.participants:,} participants, {size:,.0f} MB in 32 files, "
              f"{options.damaged:.0%} of rows damaged{', every cell quoted' if options.quoted else ''}")
        best = {
            name: min((_measure(name, folder) for _ in range(options.runs)), key=lambda run: run["seconds"])
            for name in MEASURES
        }
    for name, run in best.items():
        times, cpu = (run[key] / best["plain"][key] for key in ("seconds", "cpu"))
        print(f"{name:6} {run['seconds']:6.2f} s ({times:4.2f} x plain)  {run['cpu']:6.2f} s of processor "
              f"({cpu:4.2f} x)  {run['gib']:4.2f} GiB  {run['said']}")


def make_files(folder: Path, participants: int, damaged: float, quoted: bool) -> None:
    """Valid returns for 32 partnerships, with a share of rows given an age of 200."""
    from dashboard.pipeline.returns.contract import area_names

    chance = np.random.default_rng(1)
    (folder / "return.toml").write_text(
        f'edition = "benchmark"\ncut_off = {CUT_OFF}\nsynthetic = true\n', encoding="utf-8")
    for area_code in area_names():
        rows = participants // 32
        frame = _people(chance, rows, area_code, damaged)
        frame.write_csv(
            folder / f"participants_{area_code}.csv", quote_style="always" if quoted else "necessary"
        )


def _people(chance: np.random.Generator, rows: int, area_code: str, damaged: float) -> pl.DataFrame:
    from dashboard.pipeline.returns.contract import columns

    start = chance.integers(0, 2900, rows)
    drawn = {"participant_id": [f"{area_code[-2:]}-{number:07d}" for number in range(rows)],
             "area_code": [area_code] * rows}
    for column in columns("participants"):
        if column.name in drawn:
            continue
        if column.type == "date":
            drawn[column.name] = _dates(chance, start, column)
        elif column.type == "whole_number":
            drawn[column.name] = chance.integers(
                int(column.minimum), min(int(column.maximum), 120) + 1, rows
            ).astype(str)
        elif column.type == "choices":
            drawn[column.name] = chance.choice(["", column.values[0], ";".join(column.values[1:3])], rows)
        else:
            drawn[column.name] = chance.choice([*column.values, *([] if column.is_required else [""])], rows)
    frame = pl.DataFrame(drawn).with_columns(pl.when(pl.all() != "").then(pl.all()))
    is_damaged = pl.Series(chance.random(rows) < damaged)
    return frame.with_columns(
        pl.when(is_damaged).then(pl.lit("200")).otherwise(pl.col("age")).alias("age"),
        # An answer without a job is only a warning, but a million warnings would be another benchmark.
        *[pl.when(pl.col("employment_start_date").is_not_null()).then(pl.col(name)).alias(name)
          for name in frame.columns if name.startswith("followup_")])


def _dates(chance: np.random.Generator, start: np.ndarray, column) -> list[str]:
    shift = chance.integers(0, 100, len(start))
    days = start if column.name == "start_date" else start - shift if column.not_after else start + shift
    share = {"start_date": 1.1, "referral_date": 0.9, "support_end_date": 0.6, "employment_start_date": 0.35}
    held = chance.random(len(start)) < share.get(column.name, 0.1)
    first = date(2018, 4, 1)
    names = np.array([str(first + timedelta(days=day)) for day in range(-100, 3010)])
    return np.where(held, names[days + 100], "")


def _measure(name: str, folder: str) -> dict:
    command = [sys.executable, __file__, "--measure", name, "--folder", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800)
    return json.loads(done.stdout.splitlines()[-1])


def _duckdb(folder: Path, statement: str, then: str = "") -> dict:
    con = duckdb.connect()
    con.execute("set threads = 2")
    began = time.perf_counter()
    groups = con.execute(statement, {"files": str(folder / "participants_*.csv")}).fetchall()
    groups = con.execute(then).fetchall() if then else groups
    return _result(began, f"{len(groups):,} groups")


def _check(folder: Path, then=lambda returns: None) -> dict:
    from dashboard.pipeline.returns import read

    began = time.perf_counter()
    returns = read(folder)
    then(returns)
    account = returns.account
    return _result(
        began,
        f"{account['rows_read'].sum():,} read = {account['rows_accepted'].sum():,} accepted + "
        f"{account['rows_rejected'].sum():,} rejected; {account['warnings'].sum():,} warnings",
    )


def _count(returns) -> None:
    from dashboard.pipeline.disclosure import lattice

    over = lattice.space(returns)
    truth = lattice.tabulate(lattice.code(returns, over), lattice.code_responses(returns.experience, over), over)
    if truth["M"].sum() != len(returns.participants):
        raise SystemExit("not everyone was counted")


def _result(began: float, said: str) -> dict:
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": seconds,
        "said": said,
        "cpu": used.ru_utime + used.ru_stime,
        "gib": used.ru_maxrss / (1 << 20),
    }


MEASURES = {
    "plain": lambda folder: _duckdb(folder, PLAIN),
    "typed": lambda folder: _duckdb(
        folder, TYPED, "select area_code, programme, sex, count(*) from people group by all"
    ),
    "check": _check,
    "count": lambda folder: _check(folder, _count),
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--participants", type=int, default=1_000_000)
    parser.add_argument("--damaged", type=float, default=0.01)
    parser.add_argument("--quoted", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--measure", choices=list(MEASURES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
