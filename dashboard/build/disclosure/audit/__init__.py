"""The attacker: reads a finished extract and tries to find people in it.

It trusts nothing of the gate: it has its own list of what may be published (`families`), its own sums
(`relations`), its own count of the truth (`truth`) and its own solver (`linear`). What it knows:

1. the extract and this code: T1 sums, T2 shapes and words, T3 figures, T4 certificate, T5 widths;
2. with the returns: the truth, the declared bounds, T9 utility, and the attack with exact official totals;
3. with the previous extract: T6, the same count published twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.build.disclosure.audit import attack, contents, cube, stacked, truth
from dashboard.build.disclosure.audit.families import SCOTLAND
from dashboard.build.disclosure.audit.relations import Model, build_model, family_of
from dashboard.build.disclosure.audit.report import AuditReport, FamilyRow
from dashboard.build.disclosure.audit.sample import attack_sample, attack_small_places, places_and_years
from dashboard.build.disclosure.audit.system import UNKNOWN

__all__ = ["AuditReport", "audit"]

QUICK_LOOPS = 0.1          # share of the loops a build tries; --full tries all
HOLD = 10                  # fewer changed people than this, and a year is not solved again


@dataclass
class _Evidence:
    """What the attacker holds in memory while it works."""

    model: Model
    owner: np.ndarray
    rows: list[FamilyRow]
    declared: dict[str, int]
    quality: list = field(default_factory=list)

    def of_family(self, position: int) -> np.ndarray:
        return self.owner == position


def audit(extract: Path, returns=None, key: bytes | None = None, previous: Path | None = None, full: bool = False,
          progress: Callable[[str], None] | None = None, previous_returns=None) -> AuditReport:
    """Attack an extract. `returns` (accepted records, or their folder) add the truth; `key` is only searched for.

    `previous` is the extract before this one; `previous_returns` are its records, which let the two be
    compared by an attacker who knows every change. Deterministic: no clock decides anything.
    """
    say = progress or (lambda line: None)
    report = AuditReport()
    returns, previous_returns = _read(returns), _read(previous_returns)
    with contents.open_extract(extract) as con:
        cells = _rows(con, "protected_count")
        families = _rows(con, "table_family")
        report.fail("T2", contents.check_tables(con))
        report.fail("T2", contents.check_words(con, extract, _identifiers(returns), key))
        _check_figures(report, con, say)
    if not len(cells):
        report.notes.append("no returns in this extract: no protected count to attack")
        return report
    evidence = _take_in(report, cells, families)
    say(f"read {len(cells):,} protected counts and wrote down "
        f"{sum(row.sums for row in evidence.rows):,} sums between them")
    if evidence.model.problems:
        report.notes.append("the families do not fit together, so the attacks were not made")
        report.table = evidence.rows
        return report
    _check_certificate(report, evidence, full, say)
    _attack_release(report, evidence, full, say)
    if returns is not None:
        true = _check_truth(report, evidence, returns, say)
        _attack_with_totals(report, evidence, true, full, say)
    if previous is not None:
        _attack_editions(report, evidence, previous, returns, previous_returns, say)
    report.table = evidence.rows
    return report


def _rows(con, table: str) -> pl.DataFrame:
    return pl.from_arrow(con.table(table).to_arrow_table())


def _read(returns):
    if isinstance(returns, (str, Path)):
        from dashboard.build.returns import read
        return read(Path(returns))
    return returns


def _identifiers(returns) -> set[str]:
    """Participants' identifiers that no ordinary word of the extract can equal by chance."""
    if returns is None or "participant_id" not in returns.participants.columns:
        return set()
    return {word for word in returns.participants["participant_id"].to_list() if len(word) >= 6}


def _check_figures(report: AuditReport, con, say) -> None:
    largest, compared, problems = contents.check_figures(con)
    report.fail("T3", problems)
    report.notes.append(f"T3: {compared:,} returns-based figures made again from the cube alone; "
                        f"largest difference {largest:g}")
    say(report.notes[-1])


def _take_in(report: AuditReport, cells: pl.DataFrame, families: pl.DataFrame) -> _Evidence:
    blocks, problems = cube.to_blocks(cells)
    report.fail("T3", cube.check_multiples(blocks))
    blocks, misfits = cube.check_shapes(blocks)
    report.fail("T2", problems + misfits)
    model = build_model(blocks)
    report.fail("T1", model.problems)
    owner = family_of(model)
    rows = [FamilyRow(_name(key), int((owner == i).sum())) for i, key in enumerate(model.blocks)]
    declared = dict(families.select("family", "max_deviation").iter_rows())
    report.fail("T4", _undeclared(model, declared, families, cells))
    _check_sums(report, model, rows)
    return _Evidence(model, owner, rows, declared)


def _name(key: tuple[str, bool]) -> str:
    family, quarterly = key
    return "T by quarter" if key == ("T", True) else family


def _undeclared(model: Model, declared: dict, families: pl.DataFrame, cells: pl.DataFrame) -> list[str]:
    """Each family must say how far its counts may be from the truth: 4 or 9, or it gives people away."""
    problems = [f"{family}: no bound is declared" for family in sorted({f for f, _ in model.blocks} - declared.keys())]
    problems += [f"{family}: declares counts within {bound}; 4 is the least that protects, 9 the most allowed"
                 for family, bound in sorted(declared.items()) if bound is None or not 4 <= bound <= 9]
    stored = dict(cells.group_by("family").len().iter_rows())
    problems += [f"{family}: declares {count} cells and holds {stored.get(family, 0)}"
                 for family, count in families.select("family", "cells").iter_rows()
                 if count != stored.get(family, 0)]
    return problems


def _check_sums(report: AuditReport, model: Model, rows: list[FamilyRow]) -> None:
    position = {}
    for i, (family, _) in enumerate(model.blocks):
        position.setdefault(family, i)
    problems, checked = [], 0
    for name, count, wrong, largest in model.system.differences():
        row = rows[position[name.split(":")[0]]]
        row.sums += count
        row.differences += wrong
        checked += count
        if wrong:
            problems.append(f"{name}: {wrong:,} of {count:,} sums do not add up, by up to {largest}")
    report.fail("T1", problems)
    report.notes.append(f"T1: {checked:,} sums inside and between families, {sum(row.differences for row in rows):,} "
                        "differences")


def _check_certificate(report: AuditReport, evidence: _Evidence, full: bool, say) -> None:
    tried, broken = attack.broken_loops(evidence.model, 1.0 if full else QUICK_LOOPS)
    report.fail("T4", [f"no joint table exists for {each}" for each in broken])
    report.notes.append(f"T4: {tried:,} loops of three families tried, {len(broken):,} without a joint table")
    say(report.notes[-1])


def _attack_release(report: AuditReport, evidence: _Evidence, full: bool, say) -> None:
    """T5 from the release alone: at least 4 wide everywhere, nothing exact."""
    model, owner = evidence.model, evidence.owner
    ranges = attack.attack_release(model, attack.deviations(model, owner, evidence.declared))
    narrow = []
    for i, row in enumerate(evidence.rows):
        width = ranges.width[owner == i]
        row.width, row.exact = float(width.min()), int((width <= 0).sum())
        if row.width < 4:
            narrow.append(f"{row.family}: {int((width < 4).sum()):,} of {len(width):,} counts can be narrowed below 4, "
                          f"{row.exact:,} of them exactly (fast attack)")
    report.fail("T5", narrow)
    say(f"T5: fast attack on {(owner >= 0).sum():,} counts, smallest width {min(r.width for r in evidence.rows):g}")
    sampled = attack_sample(model, ranges, places_and_years(model), full)
    _record_sample(report, evidence, sampled)
    say(report.notes[-1])


def _record_sample(report: AuditReport, evidence: _Evidence, sampled: dict) -> None:
    rows = {row.family: row for row in evidence.rows}
    for family, widths in sampled.items():
        row = rows[family]
        row.linear_cells, row.linear_width = len(widths), float(min(widths))
        row.linear_exact = sum(width <= 0 for width in widths)
    narrow = [f"{row.family}: {row.linear_exact} of {row.linear_cells} counts are exact and the smallest width is "
              f"{row.linear_width:g} (linear programme)"
              for row in evidence.rows if row.linear_cells and row.linear_width < 4]
    report.fail("T5", narrow)
    everything = [width for widths in sampled.values() for width in widths]
    if everything:
        report.notes.append(f"T5: release alone: smallest width {min(row.width for row in evidence.rows):g} over "
                            f"{sum(row.cells for row in evidence.rows):,} counts (fast), {min(everything):g} over "
                            f"{len(everything):,} by linear programme")


def _check_truth(report: AuditReport, evidence: _Evidence, returns, say) -> np.ndarray:
    """The declared bounds and T9, against a count of the attacker's own. Returns the truth of every variable."""
    model = evidence.model
    arrays, lost = truth.count_truth(returns, list(model.blocks.values()))
    report.fail("T9", lost)
    true = np.full(len(model.system.published), UNKNOWN)
    problems = []
    for i, ((key, block), array) in enumerate(zip(model.blocks.items(), arrays, strict=True)):
        true[model.ids[key]] = array
        problems += _utility(evidence.rows[i], block, array, evidence.declared)
    if model.has("M"):
        problems += _scotland_within_4(model, true)
    report.fail("T9", problems, shown=10)
    worst = max(row.beyond_4 for row in evidence.rows)
    errors = max(abs(row.mean_error) for row in evidence.rows)
    report.notes.append(f"T9: largest share beyond 4 in a family {worst:.3%}, largest mean signed error {errors:.4f}, "
                        f"furthest {max(row.furthest for row in evidence.rows)}")
    say(report.notes[-1])
    return _fill_margins(model, true)


def _utility(row: FamilyRow, block: cube.Block, true: np.ndarray, declared: dict[str, int]):
    seen = block.nodes != UNKNOWN
    error = (block.nodes - true)[seen]
    leaves = (block.counts - true[..., :block.counts.shape[-1]])[block.counts != UNKNOWN]
    row.furthest, row.mean_error = int(np.abs(error).max(initial=0)), float(leaves.mean())
    row.beyond_4 = float(max((np.abs(error) > 4).mean(), (np.abs(leaves) > 4).mean()))
    allowed = declared.get(block.family) or 0
    if np.abs(leaves).max(initial=0) > allowed:
        yield f"{block.family}: a count is {np.abs(leaves).max()} from the truth; {allowed} is declared"
    if row.furthest > attack.WIDEST:
        yield f"{block.family}: a count or node is {row.furthest} from the truth"
    if row.beyond_4 > 0.01:
        yield f"{block.family}: {row.beyond_4:.2%} of counts are further than 4 from the truth"
    if abs(row.mean_error) >= 0.1:
        yield f"{block.family}: the mean signed error is {row.mean_error:+.3f}"


def _scotland_within_4(model: Model, true: np.ndarray) -> list[str]:
    cells = model.pick("M", "period", area_code=SCOTLAND)
    off = np.abs(model.system.published[cells] - true[cells])
    return [f"M: a Scotland total is {off.max()} from the truth"] if off.max() > 4 else []


def _fill_margins(model: Model, true: np.ndarray) -> np.ndarray:
    """The truth of variables nobody publishes but the sums give: margins and all years."""
    for each in model.system.sums:
        missing = (true[each.parent] < 0) & (true[each.children] >= 0).all(axis=1)
        true[each.parent[missing]] = true[each.children[missing]].sum(axis=1)
    return true


def _attack_with_totals(report: AuditReport, evidence: _Evidence, true: np.ndarray, full: bool, say) -> None:
    """T5 with exact official totals, to the honest target of the design."""
    model, owner = evidence.model, evidence.owner
    if not model.has("M"):
        return
    ranges = attack.attack_with_totals(model, true)
    known = attack.known_totals(model, true)
    wrong = int(((true >= 0) & ((true < ranges.lower) | (true > ranges.upper))).sum())
    report.fail("attack", [f"{wrong} ranges do not hold the truth"] if wrong else [])
    held, exact = known >= 0, 0
    for i, row in enumerate(evidence.rows):
        mine = held & (owner == i)
        if mine.any():
            row.known_cells = int(mine.sum())
            row.known_exact = int((mine & (ranges.width <= 0) & (known > 0)).sum())
            row.known_below = float((ranges.width < np.minimum(3, known))[mine].mean())
            exact += row.known_exact
    if not held.any():
        return
    below = {n: float((ranges.width < np.minimum(n, known))[held].mean()) for n in (2, 3)}
    report.notes.append(f"T5: with exact official totals, fast attack on {held.sum():,} B counts: {exact} exact where "
                        f"the known total is above 0, {below[2]:.2%} below min(2, known), {below[3]:.2%} below "
                        "min(3, known)")
    say(report.notes[-1])
    problems = [f"{exact} B counts are exact though the known total is above 0"] if exact else []
    problems += [f"{below[n]:.2%} of B counts are below min({n}, known total); {limit:.1%} is allowed"
                 for n, limit in ((2, 0.005), (3, 0.01)) if below[n] > limit]
    report.fail("T5 with official totals", problems)
    _sample_with_totals(report, evidence, ranges, known, true, full, say)


def _sample_with_totals(report, evidence: _Evidence, ranges, known, true, full: bool, say) -> None:
    found = attack_small_places(evidence.model, ranges, known, true, full)
    if not found:
        return
    width, total = np.array(found).T
    exact = int(((width <= 0) & (total > 0)).sum())
    below = float((width < np.minimum(3, total)).mean())
    report.notes.append(f"T5: with exact official totals, linear programme on {len(found):,} counts of the smallest "
                        f"places: {exact} exact where the known total is above 0, {below:.2%} below min(3, known)")
    say(report.notes[-1])
    problems = [f"{exact} counts of the smallest places are exact by linear programme"] if exact else []
    problems += [f"{below:.1%} of an LP sample of the smallest places is below min(3, known total); 5% is allowed"
                 ] if below > 0.05 else []
    report.fail("T5 with official totals", problems)


def _attack_editions(report: AuditReport, evidence: _Evidence, previous: Path, returns, previous_returns, say) -> None:
    """T6: the two editions laid over each other."""
    with contents.open_extract(previous) as con:
        cells = _rows(con, "protected_count")
    if not len(cells):
        report.notes.append("T6: the previous extract holds no protected count")
        return
    model = evidence.model
    before = build_model(cube.check_shapes(cube.to_blocks(cells)[0])[0])
    if returns is None or previous_returns is None:
        found = stacked.attack_editions(model, before)
        guess = f", {found.refuted:,} counts in places where that cannot be"
        report.notes.append(f"T6: supposing nobody changed, {found.tried:,} counts in two editions: narrowest "
                            f"{found.narrowest:g}, {found.exact} exact{guess}")
        say(report.notes[-1])
        return
    now, then = (_truth_of(model, each) for each in (returns, previous_returns))
    found = stacked.attack_editions(
        model, before, np.where((now >= 0) & (then >= 0), now - then, 0),
        _distance(model.system.published, now), _distance(stacked.earlier_counts(model, before), then))
    report.notes.append(f"T6: {found.tried:,} counts in two editions, every change known: narrowest "
                        f"{found.narrowest:g}, {found.exact} exact, {found.flipped:,} unaffected counts differ")
    say(report.notes[-1])
    problems = [f"{found.exact} counts are exact with two editions"] if found.exact else []
    problems += [f"{found.below_3} counts are narrower than 3 with two editions"] if found.below_3 else []
    problems += _broken_holds(model, before, now, then, returns, previous_returns)
    report.fail("T6", problems)


def _truth_of(model: Model, returns) -> np.ndarray:
    true = np.full(len(model.system.published), UNKNOWN)
    arrays, _ = truth.count_truth(returns, list(model.blocks.values()))
    for key, array in zip(model.blocks, arrays, strict=True):
        true[model.ids[key]] = array
    return _fill_margins(model, true)


def _distance(published: np.ndarray, true: np.ndarray) -> np.ndarray:
    off = np.where((published >= 0) & (true >= 0), np.abs(published - true), 0)
    return np.where(off <= attack.TIGHT, attack.TIGHT, np.where(off <= attack.WIDEST, attack.WIDEST, off))


def _broken_holds(model: Model, before: Model, now: np.ndarray, then: np.ndarray, returns, previous_returns,
                  ) -> list[str]:
    """Years with fewer than 10 changed people must be published as before, unless a count would pass 9."""
    changed, problems = truth.changed_people(returns, previous_returns), []
    earlier = stacked.earlier_counts(model, before)
    year = np.full(len(now), "", dtype="U7")
    for key, block in model.blocks.items():
        for j, period in enumerate(block.axis("period")):
            year[model.ids[key][:, j]] = period[:7]
    for each in sorted(set(year) - {""}):
        mine = (year == each) & (earlier >= 0) & (model.system.published >= 0)
        differ = int((mine & (earlier != model.system.published)).sum())
        people = changed.get(each, 0)
        overdue = people and (np.abs(earlier - now)[mine] > attack.WIDEST).any()
        if differ and people < HOLD and not overdue:
            problems.append(f"{each}: {people} people changed, so it should be held, but {differ:,} counts differ")
    return problems


