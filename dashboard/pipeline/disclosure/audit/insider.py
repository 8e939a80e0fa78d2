"""The second attacker: the truth, to check bounds and usefulness (T9), and the official totals (T5)."""

import numpy as np

from dashboard.pipeline.disclosure.audit import truth
from dashboard.pipeline.disclosure.audit.attack import TIGHT, WIDEST, Ranges, attack_with_totals, known_totals
from dashboard.pipeline.disclosure.audit.cube import Block
from dashboard.pipeline.disclosure.audit.families import SCOTLAND
from dashboard.pipeline.disclosure.audit.relations import Model
from dashboard.pipeline.disclosure.audit.release import Evidence
from dashboard.pipeline.disclosure.audit.report import AuditReport, FamilyRow
from dashboard.pipeline.disclosure.audit.sample import attack_small_places
from dashboard.pipeline.disclosure.audit.system import UNKNOWN

# The honest target of the design: the shares of counts that may fall below min(n, known total).
ALLOWED_BELOW = {2: 0.005, 3: 0.01}
ALLOWED_BELOW_3_IN_SAMPLE = 0.05
ALLOWED_BEYOND_4 = 0.01
ALLOWED_MEAN_ERROR = 0.1


def true_counts(model: Model, returns) -> tuple[np.ndarray, list[str]]:
    """The truth of every variable that is published or follows by addition (else -1), and people lost."""
    true = np.full(len(model.system.published), UNKNOWN)
    arrays, lost = truth.count_truth(returns, list(model.blocks.values()))
    for key, array in zip(model.blocks, arrays, strict=True):
        true[model.ids[key]] = array
    for each in model.system.sums:
        missing = (true[each.parent] < 0) & (true[each.children] >= 0).all(axis=1)
        true[each.parent[missing]] = true[each.children[missing]].sum(axis=1)
    return true, lost


def check_truth(report: AuditReport, evidence: Evidence, true: np.ndarray) -> None:
    """T9, against a count of the attacker's own: the declared bounds, and how near most counts are (a target)."""
    faults, misses, rows = [], [], evidence.rows
    for row, (key, block) in zip(rows, evidence.model.blocks.items(), strict=True):
        _measure(row, block, true[evidence.model.ids[key]])
        faults += _faults(row, *evidence.declared.get(block.family, (None, None)))
        misses += _misses(row)
    if evidence.model.has("M"):
        cells = evidence.model.pick("M", "period", area_code=SCOTLAND)
        off = np.abs(evidence.model.system.published[cells] - true[cells]).max()
        misses += [f"M: a Scotland total is {off} from the truth"] if off > TIGHT else []
    report.fail("T9", faults)
    report.fail("T9", misses, is_target=True)
    report.notes.append(
        f"T9: largest share of a family beyond 4 {max(row.beyond_4 for row in rows):.3%} of cells, "
        f"{max(row.headlines_beyond_4 for row in rows):.3%} of cells and headlines; "
        f"largest mean signed error {max(abs(row.mean_error) for row in rows):.4f}, "
        f"furthest {max(row.furthest for row in rows)}")


def _measure(row: FamilyRow, block: Block, true: np.ndarray) -> None:
    """How far the counts of a family, and the headlines above them, are from the truth."""
    error = (block.nodes - true)[block.nodes != UNKNOWN]
    leaves = (block.counts - true[..., :block.counts.shape[-1]])[block.counts != UNKNOWN]
    row.furthest, row.mean_error = int(np.abs(error).max(initial=0)), float(leaves.mean())
    row.beyond_4 = float((np.abs(leaves) > TIGHT).mean())
    row.headlines_beyond_4 = float((np.abs(error) > TIGHT).mean())


def _faults(row: FamilyRow, bound: int | None, share: float | None) -> list[str]:
    """What is not as the extract declares it."""
    faults = []
    if row.furthest > min(bound or 0, WIDEST):
        faults.append(f"{row.family}: a count is {row.furthest} from the truth, beyond the declared bound of {bound}")
    if row.beyond_4 > (share or 0):
        faults.append(f"{row.family}: {row.beyond_4:.3%} of cells are beyond {TIGHT}; {share or 0:.3%} is declared")
    return faults


def _misses(row: FamilyRow) -> list[str]:
    """Where counts are less near the truth than they should be: with few people one count moves a share."""
    misses = []
    if row.beyond_4 > ALLOWED_BEYOND_4:
        misses.append(f"{row.family}: {row.beyond_4:.2%} of cells are further than {TIGHT} from the truth")
    if abs(row.mean_error) >= ALLOWED_MEAN_ERROR:
        misses.append(f"{row.family}: the mean signed error is {row.mean_error:+.3f}")
    return misses


def attack_with_official_totals(report: AuditReport, evidence: Evidence, true: np.ndarray,
                                full: bool) -> None:
    """T5 with exact starts, entered work and 52 weeks of every partnership and year."""
    if not evidence.model.has("M"):
        return
    ranges = attack_with_totals(evidence.model, true)
    wrong = int(((true >= 0) & ((true < ranges.lower) | (true > ranges.upper))).sum())
    if wrong:
        report.fail("T5 with official totals", [f"{wrong} ranges miss the truth: the attack is mistaken"])
    known = known_totals(evidence.model, true)
    if (known >= 0).any():
        _judge_every_count(report, evidence, ranges, known)
        _judge_sample(report, attack_small_places(evidence.model, ranges, known, true, full))


def _judge_every_count(report: AuditReport, evidence: Evidence, ranges: Ranges, known: np.ndarray) -> None:
    width, held = ranges.width, known >= 0
    exact = held & (width <= 0) & (known > 0)
    for i, row in enumerate(evidence.rows):
        mine = held & (evidence.owner == i)
        if mine.any():
            row.known_cells, row.known_exact = int(mine.sum()), int(exact[mine].sum())
            row.known_below = float((width < np.minimum(3, known))[mine].mean())
    below = {n: float((width < np.minimum(n, known))[held].mean()) for n in ALLOWED_BELOW}
    report.notes.append(
        f"T5: with exact official totals, fast attack on {held.sum():,} B counts: {exact.sum()} exact where "
        f"the known total is above 0, {below[2]:.3%} below min(2, known), {below[3]:.3%} below min(3, known)")
    report.fail("T5 with official totals",
                [f"{exact.sum()} counts are exact though the known total is above 0: too few people start in a "
                 "partnership and year to protect them beside exact totals"] if exact.any() else [])
    report.fail("T5 with official totals",
                [f"{below[n]:.2%} of counts are below min({n}, known total); {limit:.1%} is allowed"
                 for n, limit in ALLOWED_BELOW.items() if below[n] > limit], is_target=True)


def _judge_sample(report: AuditReport, found: list[tuple[float, float]]) -> None:
    if not found:
        return
    width, known = np.array(found).T
    exact, below = int(((width <= 0) & (known > 0)).sum()), float((width < np.minimum(3, known)).mean())
    report.notes.append(
        f"T5: with exact official totals, linear programme on {len(found):,} counts of the smallest places: "
        f"{exact} exact where the known total is above 0, {below:.2%} below min(3, known)")
    report.fail("T5 with official totals",
                [f"{exact} counts of the smallest places are exact by linear programme"] if exact else [])
    report.fail("T5 with official totals",
                [f"{below:.1%} of a sample of the smallest places is below min(3, known total); "
                 f"{ALLOWED_BELOW_3_IN_SAMPLE:.0%} is allowed"] if below > ALLOWED_BELOW_3_IN_SAMPLE else [],
                is_target=True)
