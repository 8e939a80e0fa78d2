"""The attacker: reads a finished extract and tries to find people in it.

It trusts nothing of the gate. It has its own list of what may be published (`families`), its own sums
(`relations`), its own count of the truth (`truth`) and its own programmes (`linear`).

cube, contents, quality   what the extract holds, and whether it may (T2, T3)
system, relations   published counts as variables, and every sum between them (T1)
attack              the fast attack on every count; `release` judges it (T4, T5)
loops, slices, sample, linear   joint tables, and the attack by linear programme (T4, T5)
truth, insider      with the returns: bounds, usefulness (T9), and official totals (T5)
stacked             with the edition before: the same count published twice (T6)
report              what was found
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from dashboard.pipeline.disclosure.audit import contents, insider, quality, release, stacked
from dashboard.pipeline.disclosure.audit.report import AuditReport

__all__ = ["AuditReport", "audit"]

ORDINARY = re.compile(r"[^0-9]*|[0-9]{4}-[0-9]{2}|S[0-9]{8}")     # words without a digit, years, areas


def audit(extract: Path, returns=None, key: bytes | None = None, previous: Path | None = None,
          full: bool = False, progress: Callable[[str], None] | None = None, previous_returns=None,
          was: pl.DataFrame | None = None, apart: Sequence[tuple] = ()) -> AuditReport:
    """Attack an extract, and say what could be narrowed.

    returns: the accepted records (or their folder); they add the truth and the official totals.
    key: the secret; it is only searched for. previous: the extract before this one; with
    previous_returns too the attacker knows every change between them. was: what a build knows of that from
    its ledger, columns of `protected_count` and `true_count`; needs the returns. apart: editions of another key or
    ledger, with none of which this one may show anything exact: (extract, its returns) each; needs the returns.
    full: more programmes.
    Deterministic: no clock decides anything.
    """
    say, report = progress or (lambda line: None), AuditReport()
    returns, previous_returns = _read(returns), _read(previous_returns)
    cells, families, shares = _check_contents(report, Path(extract), returns, key)
    _tell(say, report)
    if not len(cells):
        report.notes.append("this extract holds no protected count: there was nothing to attack")
        return report
    evidence = release.take_in(report, cells, families)
    report.table = evidence.rows
    _tell(say, report)
    if evidence.model.problems:
        report.notes.append("the families do not fit together, so the attacks were not made")
        return report
    report.fail("T3", quality.check_quality(evidence.model, shares))
    release.check_loops(report, evidence)
    _tell(say, report)
    release.attack(report, evidence, full)
    _tell(say, report)
    if returns is not None:
        true, lost = insider.true_counts(evidence.model, returns)
        report.fail("T9", lost)
        insider.check_truth(report, evidence, true)
        insider.attack_with_official_totals(report, evidence, true, full)
        if was is not None:
            stacked.check_ledger(report, evidence, was, true)
        for other, its_returns in apart:
            then, _ = insider.true_counts(evidence.model, its_returns)
            stacked.check_apart(report, evidence, _counts(other), true, then, other.name)
        _tell(say, report)
    if previous is not None:
        stacked.check_editions(report, evidence, _counts(Path(previous)), returns, previous_returns)
        _tell(say, report)
    return report


def _check_contents(report: AuditReport, extract: Path, returns, key: bytes | None,
                    ) -> tuple[pl.DataFrame, ...]:
    """T2 and T3 on all but the cube; returns `protected_count`, `table_family` and `data_quality`."""
    with contents.open_extract(extract) as con:
        report.fail("T2", contents.check_tables(con))
        report.fail("T2", contents.check_words(con, extract, _identifiers(returns), key))
        largest, compared, problems = contents.check_figures(con)
        report.fail("T3", problems)
        report.notes.append(f"T3: {compared:,} returns-based figures made again from the cube alone, "
                            f"largest difference {largest:g}")
        held = ("protected_count", "table_family", "data_quality")
        return tuple(contents.rows(con, table) for table in held)


def _counts(extract: Path) -> pl.DataFrame:
    with contents.open_extract(extract) as con:
        return contents.rows(con, "protected_count")


def _read(returns):
    if not isinstance(returns, (str, Path)):
        return returns
    from dashboard.pipeline.returns import read
    return read(Path(returns))


def _identifiers(returns) -> set[str]:
    """Participants' identifiers, but for those an ordinary word of the extract could equal by chance."""
    if returns is None:
        return set()
    return {word for word in returns.participants["participant_id"].to_list()
            if len(word) >= 6 and not ORDINARY.fullmatch(word)}


def _tell(say: Callable[[str], None], report: AuditReport) -> None:
    """Pass on the notes not yet told."""
    for note in report.notes[report.told:]:
        say(note)
    report.told = len(report.notes)
