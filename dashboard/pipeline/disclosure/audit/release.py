"""The first attacker: the extract and this code, nothing else (T1 to T5)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure.audit import cube
from dashboard.pipeline.disclosure.audit.attack import TIGHT, WIDEST, attack_release, deviations
from dashboard.pipeline.disclosure.audit.loops import broken_loops
from dashboard.pipeline.disclosure.audit.relations import Model, build_model, family_of
from dashboard.pipeline.disclosure.audit.report import AuditReport, FamilyRow
from dashboard.pipeline.disclosure.audit.sample import attack_sample

CONTRADICT = ("no joint table exists, so these counts cannot all be true: too few people; if the year was kept from "
              "an edition made in another way, start a new ledger")
Declared = dict[str, tuple[int | None, float | None]]     # family: how far at most, share beyond 4


@dataclass(frozen=True)
class Evidence:
    """The cube as equations, whose each variable is, and what each family declares."""

    model: Model
    owner: np.ndarray           # for each variable the position of its row, or -1
    rows: list[FamilyRow]
    declared: Declared


def take_in(report: AuditReport, cells: pl.DataFrame, families: pl.DataFrame) -> Evidence:
    """Check form and sums (T1, T2, T3 and the declared bounds of T4); keep what fits for the attacks."""
    blocks, problems = cube.to_blocks(cells)
    report.fail("T3", cube.check_multiples(blocks))
    blocks, misfits = cube.check_shapes(blocks)
    report.fail("T2", problems + misfits)
    model = build_model(blocks)
    report.fail("T1", model.problems)
    owner = family_of(model)
    rows = [FamilyRow("T by quarter" if key == ("T", True) else key[0], int((owner == i).sum()))
            for i, key in enumerate(model.blocks)]
    declared = {family: (bound, share) for family, bound, share
                in families.select("family", "max_deviation", "share_above_4").iter_rows()}
    report.fail("T4", _undeclared(declared, families, cells))
    _check_sums(report, model, rows)
    return Evidence(model, owner, rows, declared)


def _undeclared(declared: Declared, families: pl.DataFrame, cells: pl.DataFrame) -> list[str]:
    """Each family must say how far its counts may be from the truth: at least 4, or it gives people away."""
    stored = dict(cells.group_by("family").len().iter_rows())
    problems = [f"{family}: no bound is declared" for family in sorted(stored.keys() - declared.keys())]
    problems += [f"{family}: declares counts within {bound}; {TIGHT} is the least that protects, "
                 f"{WIDEST} the most allowed"
                 for family, (bound, _) in sorted(declared.items())
                 if bound is None or not TIGHT <= bound <= WIDEST]
    problems += [f"{family}: declares {count} cells and holds {stored.get(family, 0)}"
                 for family, count in families.select("family", "cells").iter_rows()
                 if count != stored.get(family, 0)]
    return problems


def _check_sums(report: AuditReport, model: Model, rows: list[FamilyRow]) -> None:
    by_family = {row.family: row for row in rows}
    problems = []
    for name, count, wrong, largest in model.system.differences():
        row = by_family[name.split(":")[0]]
        row.sums += count
        row.differences += wrong
        if wrong:
            problems.append(f"{name}: {wrong:,} of {count:,} sums do not add up, by up to {largest}")
    report.fail("T1", problems)
    report.notes.append(f"T1: {sum(row.sums for row in rows):,} sums inside and between families, "
                        f"{sum(row.differences for row in rows):,} differences")


def check_loops(report: AuditReport, evidence: Evidence) -> None:
    """T4: could the published counts of every loop of families be true together?"""
    tried, broken = broken_loops(evidence.model)
    report.notes.append(f"T4: {tried:,} loops of three families tried, {len(broken):,} without a joint table")
    report.fail("T4", [f"{loop.name}: {'a count is hidden' if loop.is_hidden else CONTRADICT}" for loop in broken])


def attack(report: AuditReport, evidence: Evidence, full: bool) -> None:
    """T5: at least 4 wide everywhere and nothing exact, for every count (fast) and a sample (linear)."""
    model = evidence.model
    bounds = {family: bound or 0 for family, (bound, _) in evidence.declared.items()}
    ranges = attack_release(model, deviations(model, evidence.owner, bounds))
    for i, row in enumerate(evidence.rows):
        width = ranges.width[evidence.owner == i]
        row.width, row.exact = float(width.min()), int((width <= 0).sum())
        if row.width < TIGHT:
            report.fail("T5", [f"{row.family}: {(width < TIGHT).sum():,} of {len(width):,} counts can be "
                               f"narrowed below {TIGHT}, {row.exact:,} of them exactly (fast attack)"])
    if model.has("M"):
        _attack_by_linear_programme(report, evidence, attack_sample(model, ranges, full))


def _attack_by_linear_programme(report: AuditReport, evidence: Evidence,
                                found: dict[str, list[float]]) -> None:
    for row in evidence.rows:
        if not (widths := found.get(row.family)):
            continue
        row.linear_cells, row.linear_width = len(widths), min(widths)
        row.linear_exact = sum(width <= 0 for width in widths)
        if row.linear_width < TIGHT:
            report.fail("T5", [f"{row.family}: smallest width {row.linear_width:g}, {row.linear_exact} of "
                               f"{row.linear_cells} counts exact (linear programme)"])
    report.notes.append(
        f"T5: release alone: smallest width {min(row.width for row in evidence.rows):g} over "
        f"{sum(row.cells for row in evidence.rows):,} counts (fast), {min(map(min, found.values())):g} over "
        f"{sum(map(len, found.values())):,} by linear programme")
