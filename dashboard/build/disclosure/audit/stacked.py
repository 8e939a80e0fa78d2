"""The attack with two editions: what the same count, published twice, gives away (T6)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.build.disclosure.audit import cube, truth
from dashboard.build.disclosure.audit.attack import TIGHT, WIDEST, Ranges, distance
from dashboard.build.disclosure.audit.insider import true_counts
from dashboard.build.disclosure.audit.relations import Model, build_model
from dashboard.build.disclosure.audit.release import Evidence
from dashboard.build.disclosure.audit.report import AuditReport
from dashboard.build.disclosure.audit.system import FAR, propagate

HOLD = 10             # with fewer changed people than this a year is not solved again


@dataclass(frozen=True)
class Stacked:
    """What two editions together give away.

    `tried` cells were attacked; `narrowest` is the smallest width, `exact` the cells with width 0;
    `flipped` cells nobody changed are published differently, `identical` ones are not; `refuted` cells lie in
    places where supposing no change contradicts what was published.
    """

    tried: int
    narrowest: float
    exact: int
    below_3: int
    flipped: int
    identical: int
    refuted: int


def attack_editions(now: Model, before: Model, change: np.ndarray | None = None,
                    deviation: np.ndarray | int = TIGHT, deviation_then: np.ndarray | int = TIGHT) -> Stacked:
    """Lay the two editions over each other.

    `change` is the true change of every variable: the attacker knows every person added, removed or
    recoded. Without it the attacker supposes that nothing changed in one place and year, place by
    place, and drops the places where the published counts refute that.
    """
    then = earlier_counts(now, before)
    both = (now.system.published >= 0) & (then >= 0)
    delta = np.zeros(len(then), np.int64) if change is None else change
    lower, upper = now.system.bounds(deviation)
    lower = np.where(both, np.maximum(lower, np.maximum(then - deviation_then, 0) + delta), lower)
    upper = np.where(both, np.minimum(upper, then + deviation_then + delta), upper)
    sums = now.system.sums if change is not None else _within_places(now)
    ranges = Ranges(*propagate(sums, lower, upper))
    return _summary(now, then, both, delta, ranges, guessed=change is None)


def _summary(now: Model, then: np.ndarray, both: np.ndarray, delta: np.ndarray, ranges: Ranges,
             guessed: bool) -> Stacked:
    tried = both & (ranges.upper < FAR)
    refuted = _refuted_places(now, ranges) if guessed else np.zeros(len(both), bool)
    tried &= ~refuted
    width = ranges.width[tried]
    same = both & (delta == 0)
    return Stacked(int(tried.sum()), float(width.min(initial=FAR)), int((width <= 0).sum()),
                   int((width < 3).sum()), int((same & (now.system.published != then)).sum()),
                   int((same & (now.system.published == then)).sum()), int((refuted & both).sum()))


def earlier_counts(now: Model, before: Model) -> np.ndarray:
    """The earlier edition's published count of every variable of this one; -1 where it had none."""
    then = np.full(len(now.system.published), -1)
    for key, block in now.blocks.items():
        if key not in before.blocks:
            continue
        earlier, index, place = before.blocks[key], [], []
        for words, old in zip(block.labels, earlier.labels, strict=True):
            kept = [word for word in words if word in old]
            index.append([words.index(word) for word in kept])
            place.append([old.index(word) for word in kept])
        nodes = range(block.nodes.shape[-1])
        if block.has_states:
            index[-1] = place[-1] = list(nodes)
        if block.nodes.shape[-1] == earlier.nodes.shape[-1]:
            then[now.ids[key][np.ix_(*index)]] = earlier.nodes[np.ix_(*place)]
    return then


def _within_places(model: Model):
    """The sums that stay inside one place: those that do not add partnerships up to Scotland."""
    return [each for each in model.system.sums
            if "Scotland = partnerships" not in each.name and "all years" not in each.name]


def _refuted_places(model: Model, ranges: Ranges) -> np.ndarray:
    """Every variable of a place and year where supposing no change leads to a contradiction."""
    refuted, wrong = np.zeros(len(ranges.lower), bool), set()
    empty = ranges.lower > ranges.upper
    for key, block in model.blocks.items():
        ids = model.ids[key]
        for where in np.argwhere(empty[ids].any(axis=tuple(range(2, ids.ndim)))):
            wrong.add((block.axis("area_code")[where[0]], block.axis("period")[where[1]].split(" ")[0]))
    for key, block in model.blocks.items():
        for i, area in enumerate(block.axis("area_code")):
            for j, period in enumerate(block.axis("period")):
                if (area, period.split(" ")[0]) in wrong:
                    refuted[model.ids[key][i, j]] = True
    return refuted


def check_editions(report: AuditReport, evidence: Evidence, earlier: pl.DataFrame, returns=None,
                   previous_returns=None) -> None:
    """T6. Every change known: a verdict. Only the two releases: what they show is noted, since the
    attacker can only suppose what changed."""
    model = evidence.model
    if not len(earlier):
        report.notes.append("T6: the previous extract holds no protected count")
        return
    before = build_model(cube.check_shapes(cube.to_blocks(earlier)[0])[0])
    if returns is None or previous_returns is None:
        found = attack_editions(model, before)
        report.notes.append(f"T6: supposing nobody changed, {found.tried:,} counts in two editions: "
                            f"narrowest {found.narrowest:g}, {found.exact} exact; {found.refuted:,} more "
                            "lie where that cannot be")
        return
    now, then = (true_counts(model, each)[0] for each in (returns, previous_returns))
    published_then = earlier_counts(model, before)
    if (furthest := distance(published_then, then).max()) > WIDEST:
        report.fail("T6", [f"the earlier returns are not those behind the earlier extract: a count is {furthest} "
                           "from the truth"])
        return
    found = attack_editions(model, before, np.where((now >= 0) & (then >= 0), now - then, 0),
                            distance(model.system.published, now), distance(published_then, then))
    report.notes.append(f"T6: {found.tried:,} counts in two editions, every change known: narrowest "
                        f"{found.narrowest:g}, {found.exact} exact; {found.flipped:,} unaffected differ")
    problems = [f"{found.exact} counts are exact with two editions"] if found.exact else []
    problems += [f"{found.below_3} counts are narrower than 3 with two editions"] if found.below_3 else []
    changed = truth.changed_people(returns, previous_returns)
    report.fail("T6", problems + _broken_holds(model, published_then, now, changed))


def _broken_holds(model: Model, earlier: np.ndarray, now: np.ndarray, changed: dict[str, int]) -> list[str]:
    """A year with fewer than 10 changed people is published as before, unless a count would pass 9."""
    problems = []
    for year in model.axis("M", "period") if model.has("M") else ():
        mine = np.zeros(len(now), bool)
        for key, block in model.blocks.items():
            mine[model.ids[key][:, [p.startswith(year) for p in block.axis("period")]]] = True
        mine &= earlier >= 0
        differ, people = int((mine & (earlier != model.system.published)).sum()), changed.get(year, 0)
        overdue = people > 0 and (np.abs(earlier - now)[mine] > WIDEST).any()
        if differ and people < HOLD and not overdue:
            problems.append(f"{year}: {people} people changed, so it should be held, "
                            f"but {differ:,} counts differ")
    return problems
