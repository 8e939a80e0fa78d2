"""The disclosure gate: returns in, only protected counts out.

Everything the build publishes about people goes through `protect`. True counts, records, offsets
and the key stay inside it; what leaves is a multiple of 5 or made from multiples of 5.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure import editions, lattice, plan, quality, recall, workers
from dashboard.pipeline.disclosure.lattice import Family, Space
from dashboard.pipeline.disclosure.plan import Tables
from dashboard.pipeline.disclosure.rounding import BASE, TIGHT, WIDEST

PROCESSES = 2
Say = Callable[[str], None]


@dataclass(frozen=True)
class Protected:
    """What may be published: frames with the columns of the extract's tables of the same names.

    before: the protected counts the edition before published at the same addresses, when the ledger
    holds one. was: for this build's audit alone, what the ledger held with the true counts behind it, never
    to be written. earlier: (edition, cut-off) of every edition before that the ledger kept, oldest first.
    `prepare(folder, extract_id, breaks)` writes this edition's ledger beside the one in use just before the
    extract is published there; `remember()` puts it in place once it is. breaks: editions it breaks with.
    """

    protected_count: pl.DataFrame
    table_family: pl.DataFrame
    data_quality: pl.DataFrame
    before: pl.DataFrame | None = None
    was: pl.DataFrame | None = field(default=None, repr=False)
    earlier: tuple[tuple[str, date], ...] = ()
    prepare: Callable[[Path, str, tuple], None] = field(default=lambda *_: None, repr=False)
    remember: Callable[[], None] = field(default=lambda: None, repr=False)


def protect(returns, key: bytes, ledger: Path | None = None, progress: Say = lambda line: None,
            processes: int = PROCESSES) -> Protected:
    """Count, round and describe one edition of returns.

    The result is the same for any number of processes, and without a ledger depends on nothing but
    the returns and the key. Raises RoundingError when some table cannot be kept within the widest
    bound, LedgerError when the ledger does not fit; nothing is published then.
    """
    over = lattice.space(returns)
    people, responses = lattice.code(returns, over), lattice.code_responses(returns.experience, over)
    tables, labels = gather(people, responses, over, key), editions.table_labels(over)
    before = editions.read(ledger, key)
    earlier = editions.history(before, returns)
    records = _records(returns, people, responses, over, key) if ledger else {}
    digests = editions.digest_tables(key, tables, labels) if ledger else {}
    if before:
        editions.align(before, tables, key, labels, digests)
    decided = editions.decide(before, tables, records, returns.cut_off)
    editions.keep(tables, decided)
    _tell(progress, decided)
    years = {book: [year for (b, year), verdict in decided.items() if b == book and verdict in ("new", "again")]
             for book in editions.BOOKS}
    gaps = solve(tables, years["people"], years["responses"], progress, processes)
    if before:
        gaps = {name: max(gaps.get(name, 0.0), before.gaps.get(name, 0.0)) for name in tables.truth}
    counts = pl.concat([_published(family, tables) for family in lattice.families(over).values()])
    described = describe(tables, gaps, {book for (book, _), verdict in decided.items() if verdict == "hold"})

    def prepare(folder: Path, extract_id: str, breaks: tuple[editions.Break, ...] = ()) -> None:
        newest = editions.renew(before, tables, decided, records, digests, returns)
        newest.gaps, newest.extract, newest.breaks = gaps, (str(folder.resolve()), extract_id), breaks
        newest.published = tuple(dict.fromkeys([*(before.published if before else ()), extract_id]))
        editions.prepare(ledger, newest, key)

    keeping = {"prepare": prepare, "remember": lambda: editions.finish(ledger)} if ledger else {}
    return Protected(counts, described, quality.measure(returns, tables), _before(before, returns.edition, over),
                     recall.published_and_true(tables), tuple(earlier), **keeping)


def gather(people: dict[str, np.ndarray], responses: dict[str, np.ndarray], over: Space, key: bytes) -> Tables:
    """True counts and secret offsets of every table, nothing settled yet."""
    return with_offsets(lattice.tabulate(people, responses, over), over, key)


def with_offsets(truth: dict[str, np.ndarray], over: Space, key: bytes) -> Tables:
    """Counted tables with Scotland's margins and secret offsets, nothing settled yet."""
    everywhere = lattice.every_table(over)
    truth = truth | {name: truth[family.name].sum(axis=0) for name, family in everywhere.items() if family.is_margin}
    offset = {name: plan.offsets(key, name, everywhere[name].labels) for name in truth}
    return Tables(over, truth, offset, {name: np.full(table.shape, -1) for name, table in truth.items()})


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


def describe(tables: Tables, gaps: dict[str, float], held: set[str]) -> pl.DataFrame:
    """`table_family`: how far the counts of each family may be from the truth, and how many exceed 4.

    Where a year of a book is held, its counts may drift, so the widest bound is declared.
    """
    rows = []
    for name, family in lattice.families(tables.over).items():
        cells, furthest, beyond = _distance(family, tables)
        is_tight = furthest <= TIGHT and family.book not in held
        rows.append((name, family.grain, cells, TIGHT if is_tight else WIDEST, beyond,
                     round(gaps.get(name, 0.0), 4)))
    schema = {"family": pl.String, "grain": pl.String, "cells": pl.Int32, "max_deviation": pl.Int32,
              "share_above_4": pl.Float64, "solver_gap": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _distance(family: Family, tables: Tables) -> tuple[int, int, float]:
    """Cells published, the furthest from the truth, and the share beyond 4 with or without headlines.

    The larger share, rounded up to a thousandth: it must not tell a single cell.
    """
    leaves, headlines = [], []
    for name in filter(None, (family.name, family.by_quarter)):
        table = lattice.every_table(tables.over)[name]
        off = lattice.with_scotland(table, BASE * tables.settled[name] - tables.truth[name])
        leaves.append(np.abs(off).ravel())
        headlines.append(np.abs(lattice.with_nodes(table, off)).ravel())
    share = max((off > TIGHT).mean() if off.size else 0.0 for off in leaves + headlines)
    furthest = max(int(off.max(initial=0)) for off in leaves + headlines)
    return sum(off.size for off in leaves), furthest, float(np.ceil(1000 * share) / 1000)


def _published(family: Family, tables: Tables) -> pl.DataFrame:
    by_quarter = BASE * tables.settled[family.by_quarter] if family.by_quarter else None
    return lattice.columns(family, BASE * tables.settled[family.name], tables.over, by_quarter)


def _records(returns, people: dict, responses: dict, over: Space, key: bytes) -> dict:
    """Digests of every person and response, by book and year."""
    identity = returns.participants.select(pl.concat_str("area_code", "participant_id", separator="|"))
    answered = lattice.within(returns.experience)
    said = answered.select(pl.concat_str("area_code", "response_id", "statement", separator="|")) \
        if len(answered) else pl.DataFrame({"": []}, schema={"": pl.String})
    books = {"people": (people, identity), "responses": (responses, said)}
    return {(book, year): digests for book, (coded, names) in books.items()
            for year, digests in editions.digest_records(
                key, coded, names.to_series().to_list(), over.years).items()}


def _tell(progress: Say, decided: editions.Years) -> None:
    """Say which years are not solved, and why."""
    for verdict, words in (("copy", "unchanged"), ("hold", "held: fewer than 10 people changed")):
        years = [year for (book, year), each in decided.items() if book == "people" and each == verdict]
        if years:
            progress(f"{', '.join(years)}: {words}")


def _before(ledger: editions.Ledger | None, edition: str, over: Space) -> pl.DataFrame | None:
    """The cube's rows as the edition before published them, where it did."""
    steps = editions.edition_before(ledger, edition, over)
    if not steps:
        return None
    counts = pl.concat([lattice.rows(family, BASE * steps[name], over, BASE * steps["T_quarter"])
                        for name, family in lattice.families(over).items()])
    return counts.filter(pl.col("count") >= 0)
