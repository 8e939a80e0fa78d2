"""The disclosure gate: returns in, only protected counts out.

Everything the build publishes about people goes through `protect`. True counts, records, offsets
and the key stay inside it; what leaves is a multiple of 5 or made from multiples of 5.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.build.disclosure import lattice, plan, quality, workers
from dashboard.build.disclosure.lattice import MONTHS, PROGRAMMES, Family, Space
from dashboard.build.disclosure.plan import Tables
from dashboard.build.disclosure.rounding import BASE
from dashboard.build.disclosure.tree import NODES, STATES

TIGHT, WIDEST = 4, 9  # how far a count may be from the truth, as declared a family
PROCESSES = 2
Say = Callable[[str], None]


@dataclass(frozen=True)
class Protected:
    """What may be published: frames with the columns of the extract's tables of the same names.

    revised: (area_code, period, programme, characteristic, category) of every figure that differs
    from the edition before.
    """

    protected_count: pl.DataFrame
    table_family: pl.DataFrame
    data_quality: pl.DataFrame
    revised: set[tuple[str, str, str, str, str]] = field(default_factory=set)


def protect(returns, key: bytes, ledger: Path | None = None, progress: Say = lambda line: None,
            processes: int = PROCESSES) -> Protected:
    """Count, round and describe one edition of returns.

    The result is the same for any number of processes. Raises RoundingError when some table cannot
    be kept within the widest bound; nothing is published then.
    """
    over = lattice.space(returns)
    tables = gather(returns, over, key)
    gaps = solve(tables, list(over.years), list(over.years), progress, processes)
    counts = pl.concat([_published(family, tables) for family in lattice.families(over).values()])
    return Protected(counts, describe(tables, gaps), quality.measure(returns, tables))


def gather(returns, over: Space, key: bytes) -> Tables:
    """True counts and secret offsets of every table, nothing settled yet."""
    truth = lattice.tabulate(returns)
    truth |= {f"{name}_scotland": truth[name].sum(axis=0) for name in ("M", "A1", "A2")}
    offset = {name: plan.offsets(key, name, labels) for name, labels in _addresses(over).items()}
    return Tables(over, truth, offset, {name: np.full(table.shape, -1) for name, table in truth.items()})


def _addresses(over: Space) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The labels of every table's cells, Scotland's margins included."""
    labels = {name: family.labels for name, family in lattice.families(over).items()}
    return labels | {"T_quarter": (over.quarters, MONTHS), "M_scotland": (over.years, STATES),
                     "A1_scotland": (over.quarters, STATES), "A2_scotland": (over.years, PROGRAMMES, STATES)}


def solve(tables: Tables, years: list[str], response_years: list[str], progress: Say,
          processes: int) -> dict[str, float]:
    """Settle every table of these years; returns the largest solver gap a family."""
    steps = [*plan.steps_for_people(tables, years), *plan.steps_for_responses(tables.over, response_years)]
    gaps: dict[str, float] = {}
    solved = 0

    def done(step, outcome) -> None:
        nonlocal solved
        tables.settle(step, outcome.steps)
        for table in outcome.steps:
            family, _ = step.parts[table]
            gaps[family] = max(gaps.get(family, 0.0), outcome.gap)
        solved += 1
        if solved % 50 == 0 or solved == len(steps):
            progress(f"solved {solved} of {len(steps)} tables")

    workers.run(steps, tables.stage, done, processes)
    return gaps


def describe(tables: Tables, gaps: dict[str, float]) -> pl.DataFrame:
    """`table_family`: how far the counts of each family may be from the truth, and how many exceed 4."""
    rows = []
    for name, family in lattice.families(tables.over).items():
        cells, furthest, beyond = _distance(name, tables)
        rows.append((name, family.grain, cells, TIGHT if furthest <= TIGHT else WIDEST, beyond,
                     round(gaps.get(name, 0.0), 4)))
    schema = {"family": pl.String, "grain": pl.String, "cells": pl.Int32, "max_deviation": pl.Int32,
              "share_above_4": pl.Float64, "solver_gap": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _distance(name: str, tables: Tables) -> tuple[int, int, float]:
    """Cells published, the furthest from the truth, and the share beyond 4 (cells or headlines, the larger).

    The share is rounded up to a thousandth: it must not tell a single cell.
    """
    parts = ["T", "T_quarter"] if name == "T" else [name]
    apart, headlines = [], []
    for part in parts:
        off = BASE * tables.settled[part] - tables.truth[part]
        if lattice.families(tables.over)[name].axes[0] == "area_code" and part != "T_quarter":
            off = np.concatenate([off, off.sum(axis=0, keepdims=True)])
        apart.append(np.abs(off).ravel())
        if name[0] in "MABCDE":
            headlines += [np.abs(off[..., list(node)].sum(axis=-1)).ravel() for node in NODES.values()]
    cells = np.concatenate(apart)
    shares = [(each > TIGHT).mean() if each.size else 0.0
              for each in (cells, *apart, np.concatenate(headlines) if headlines else cells)]
    everything = np.concatenate([cells, *headlines])
    return cells.size, int(everything.max(initial=0)), float(np.ceil(1000 * max(shares)) / 1000)


def _published(family: Family, tables: Tables) -> pl.DataFrame:
    months = tables.settled["T_quarter"] * BASE if family.name == "T" else None
    return lattice.columns(family, tables.settled[family.name] * BASE, tables.over, months)

