"""The attack with two editions: what the same count, published twice, gives away (T6)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure.audit import cube, truth
from dashboard.pipeline.disclosure.audit.attack import TIGHT, WIDEST, Ranges, distance
from dashboard.pipeline.disclosure.audit.insider import true_counts
from dashboard.pipeline.disclosure.audit.relations import Model
from dashboard.pipeline.disclosure.audit.release import Evidence
from dashboard.pipeline.disclosure.audit.report import AuditReport
from dashboard.pipeline.disclosure.audit.system import FAR, propagate

HOLD = 10             # with fewer changed people than this a year is not solved again
FEW = HOLD            # and of fewer than this in one place and year, one person may know all


@dataclass(frozen=True)
class Stacked:
    """What two editions together give away.

    `tried` cells lie in both; `narrowest` is the smallest width, `exact` the cells with width 0, `exposed`
    those of them that may count people the attacker did not know already; `flipped` cells nobody changed
    are published differently, `identical` ones are not; `refuted` cells lie in places where supposing no
    change contradicts what was published.
    """

    tried: int
    narrowest: float
    exact: int
    exposed: int
    below_3: int
    flipped: int
    identical: int
    refuted: int


def attack_editions(now: Model, then: np.ndarray, change: np.ndarray | None = None,
                    deviation: np.ndarray | int = TIGHT, deviation_then: np.ndarray | int = TIGHT,
                    followed: np.ndarray | bool = True, strangers: np.ndarray | int = 1) -> Stacked:
    """Lay the two editions over each other; `then` is what the earlier one published of every variable.

    `change` is the true change of every variable: the attacker knows every person added, removed or
    recoded, wherever the variable is `followed`; `strangers` at most are counted besides these. Without it
    the attacker supposes that nothing changed in one place and year, place by place, and drops the places
    where the published counts refute that.
    """
    both = (now.system.published >= 0) & (then >= 0) & followed
    delta = np.zeros(len(then), np.int64) if change is None else change
    lower, upper = now.system.bounds(deviation)
    lower = np.where(both, np.maximum(lower, np.maximum(then - deviation_then, 0) + delta), lower)
    upper = np.where(both, np.minimum(upper, then + deviation_then + delta), upper)
    sums = now.system.sums if change is not None else _within_places(now)
    ranges = Ranges(*propagate(sums, lower, upper))
    return _summary(now, then, both, delta, ranges, strangers, guessed=change is None)


def _summary(now: Model, then: np.ndarray, both: np.ndarray, delta: np.ndarray, ranges: Ranges,
             strangers: np.ndarray | int, guessed: bool) -> Stacked:
    refuted = _refuted_places(now, ranges) if guessed else np.zeros(len(both), bool)
    tried = both & (ranges.upper < FAR) & ~refuted
    # What two editions tell of one count may narrow another that only one of them holds. A guess that cannot be
    # true tells nothing.
    seen = (now.system.published >= 0) & (ranges.upper < FAR) & ~refuted
    seen &= (ranges.lower <= ranges.upper) | (not guessed)
    width, exact, same = ranges.width[seen], seen & (ranges.width <= 0), both & (delta == 0)
    is_flipped = now.system.published != then
    return Stacked(int(tried.sum()), float(width.min(initial=FAR)), int(exact.sum()),
                   int((exact & (strangers > 0)).sum()), int((width < 3).sum()), int((same & is_flipped).sum()),
                   int((same & ~is_flipped).sum()), int((refuted & both).sum()))


def earlier_counts(now: Model, cells: pl.DataFrame) -> np.ndarray:
    """The earlier edition's published count, in its `cells`, of every variable of this one; -1 where it had none."""
    before = {(block.family, block.quarterly): block for block in cube.check_shapes(cube.to_blocks(cells)[0])[0]}
    then = np.full(len(now.system.published), -1)
    for key, block in now.blocks.items():
        if key not in before:
            continue
        earlier, index, place = before[key], [], []
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
    before = earlier_counts(model, earlier)
    if returns is None or previous_returns is None:
        found = attack_editions(model, before)
        report.notes.append(f"T6: supposing nobody changed, {found.tried:,} counts in two editions: "
                            f"narrowest {found.narrowest:g}, {found.exact} exact; {found.refuted:,} more "
                            "lie where that cannot be")
        return
    now, then = (true_counts(model, each)[0] for each in (returns, previous_returns))
    if _knowing_changes(report, model, before, now, then):
        changed = truth.changed_people(returns, previous_returns)
        report.fail("T6", _broken_holds(model, before, now, changed))


def check_apart(report: AuditReport, evidence: Evidence, earlier: pl.DataFrame, now: np.ndarray, then: np.ndarray,
                name: str) -> None:
    """T6 with an edition of another key or ledger: nothing at all may be exact to someone who knows every change.

    now, then: the truth of every variable today and in that edition.
    """
    model, before = evidence.model, earlier_counts(evidence.model, earlier)
    near, near_then = distance(model.system.published, now), distance(before, then)
    if not len(earlier) or near_then.max() > WIDEST:
        report.fail("T6", [f"{name}: was not made from the returns given for it, so the two cannot be attacked together"])
        return
    change = np.where((now >= 0) & (then >= 0), now - then, 0)
    together = attack_editions(model, before, change, near, near_then)
    report.notes.append(f"T6: {together.tried:,} counts laid beside {name}, every change known: narrowest "
                        f"{together.narrowest:g}, {together.exact} exact")
    report.fail("T6", [f"{together.exact:,} counts are exact when laid beside {name}: find the key and ledger it was "
                       "made with"] if together.exact else [])


def check_ledger(report: AuditReport, evidence: Evidence, was: pl.DataFrame, now: np.ndarray) -> None:
    """T6 inside a build, which knows from its ledger what was published before and what was true then.

    was: columns of `protected_count`, and `true_count`. now: the truth of every variable.
    """
    if len(was):
        before, then = (earlier_counts(evidence.model, cells) for cells in (was, was.with_columns(count="true_count")))
        _knowing_changes(report, evidence.model, before, now, then)


def _knowing_changes(report: AuditReport, model: Model, before: np.ndarray, now: np.ndarray, then: np.ndarray) -> bool:
    """The attackers who know what changed in truth from `then` to `now`; False if that cannot be the truth of what
    was published `before`.

    One knows every change in each place and year where few people changed: nothing may become exact. The
    other knows every change there is, which between two quarters is thousands of people's whole records:
    what that shows is measured against a target.
    """
    near, near_then = distance(model.system.published, now), distance(before, then)
    if near_then.max() > WIDEST:
        report.fail("T6", [f"a count of the edition before is {near_then.max()} from the records held for it (its "
                           "returns, or the ledger): they are not those it was made from"])
        return False
    change = np.where((now >= 0) & (then >= 0), now - then, 0)
    strangers = _strangers(model, now, then)
    everywhere = attack_editions(model, before, change, near, near_then, strangers=strangers)
    report.notes.append(f"T6: {everywhere.tried:,} counts in two editions, every change known: narrowest "
                        f"{everywhere.narrowest:g}, {everywhere.exact} exact; {everywhere.flipped:,} unaffected differ")
    few = attack_editions(model, before, change, near, near_then, _followed(model, change), strangers)
    report.notes.append(f"T6: {few.tried:,} of them where fewer than {FEW} people of a place and year changed, and "
                        f"only those changes known: narrowest {few.narrowest:g}, {few.exact} exact, {few.exposed} of "
                        "them with anyone else in it")
    where = f"with two editions, where fewer than {FEW} people changed"
    report.fail("T6", [f"{few.exposed} counts of other people too are exact {where}: build it again once more "
                       "people have changed"] if few.exposed else [])
    report.fail("T6", [f"{count} counts are {what}" for count, what in (
        (few.exact - few.exposed, f"exact {where}, and count nobody else"),
        (few.below_3, f"narrower than 3 {where}"),
        (everywhere.exact, "exact with two editions and every change"),
        (everywhere.below_3, "narrower than 3 with two editions and every change")) if count], is_target=True)
    return True


def _strangers(model: Model, now: np.ndarray, then: np.ndarray) -> np.ndarray:
    """At most how many people of each count did not change, so that who knows every change need not know them."""
    most = np.where((now >= 0) & (then >= 0), np.minimum(now, then), FAR)
    return propagate(model.system.sums, np.zeros_like(most), most)[1]


def _followed(model: Model, change: np.ndarray) -> np.ndarray:
    """The variables of each place and year where few people changed, as far as the counts can tell.

    A person who changed leaves one cell of a table, enters one, or both; so the larger of what one table
    gained and lost is the fewest people who changed. Survey responses are counted apart.
    """
    fewest: dict[tuple, int] = {}
    places = [(block.shape.responses, area, year, model.ids[family, quarterly][i][np.array(periods) == year],
               block.counts.shape[-1])
              for (family, quarterly), block in model.blocks.items()
              for periods in [[period.split(" ")[0] for period in block.axis("period")]]
              for i, area in enumerate(block.axis("area_code")) for year in sorted(set(periods))]
    for responses, area, year, ids, leaves in places:
        moved = change[ids[..., :leaves]]       # periods, programmes, characteristics, ...
        gained, lost = (np.maximum(each, 0).sum(axis=(0, 1, 3, 4, 5, 6)) for each in (moved, -moved))
        here = int(np.maximum(gained, lost).max())
        fewest[responses, area, year] = max(fewest.get((responses, area, year), 0), here)
    followed = np.zeros(len(change), bool)
    for responses, area, year, ids, _ in places:
        followed[ids] = fewest[responses, area, year] < FEW
    return followed


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
