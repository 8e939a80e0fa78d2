"""Which counts the attack by linear programme takes: small ones first, in small places first, always the same."""

import math

import numpy as np

from dashboard.build.disclosure.audit.attack import SEED, SMALL_PLACES, Ranges, Sampler, slices
from dashboard.build.disclosure.audit.families import IN_PARTNERSHIPS, NODES
from dashboard.build.disclosure.audit.linear import NEAR, Contradiction, Polytope
from dashboard.build.disclosure.audit.relations import Model

QUICK = (1, 5)         # slices a kind, and counts a family in each
FULL = (11, 20)        # more than 200 counts a family


def places_and_years(model: Model) -> tuple[list[str], list[str]]:
    """Partnerships, the smallest first, and years."""
    if not model.has("M"):
        return [], []
    block = model.blocks["M", False]
    cells = model.pick("M", "area_code", "period", area_code=block.partnerships)[..., NODES.index("starts")]
    starts = np.maximum(model.system.published[cells], 0).sum(axis=1)
    return [block.partnerships[i] for i in np.argsort(starts, kind="stable")], list(block.axis("period"))


def attack_sample(model: Model, ranges: Ranges, where: tuple[list[str], list[str]], full: bool,
                  ) -> dict[str, list[float]]:
    """Widths found by linear programme, by family, on the release alone."""
    places, years = where
    if not places:
        return {}
    sampler, chance = Sampler(model, ranges), np.random.default_rng(SEED)
    rounds, cells = FULL if full else QUICK
    found: dict[str, list[float]] = {}
    for _, make in slices(model):
        for number in range(rounds):
            # Every other slice is of one of the three smallest places.
            area = places[chance.integers(min(3, len(places)) if number % 2 == 0 else len(places))]
            polytope, place, targets = make(sampler, area, years[chance.integers(len(years))])
            for family, ids in targets.items():
                chosen = _small_first(model.system.published, ids.ravel(), cells, chance)
                found.setdefault(family, []).extend(width(polytope, place[i]) for i in chosen)
    return found


def attack_small_places(model: Model, ranges: Ranges, known: np.ndarray, true: np.ndarray, full: bool,
                        ) -> list[tuple[float, float]]:
    """Width and known total of counts in the smallest places, against an attacker with official totals.

    Quick: a seeded few of every characteristic. Full: every true 1 or 2.
    """
    places, years = places_and_years(model)
    small = [code for code in SMALL_PLACES if code in places] or places[:3]
    sampler, chance = Sampler(model, ranges), np.random.default_rng(SEED)
    found = []
    for c in IN_PARTNERSHIPS:
        if not model.has(f"B_{c}"):
            continue
        pairs = [(area, year) for area in small for year in years]
        if not full:
            pairs = [pairs[i] for i in chance.permutation(len(pairs))[:2]]
        for area, year in pairs:
            found += _attack_place(model, sampler, area, year, c, known, true, None if full else 12, chance)
    return found


def _attack_place(model, sampler, area, year, c, known, true, limit, chance) -> list[tuple[float, float]]:
    ids = model.pick(f"B_{c}", "category", area_code=area, period=year).ravel()
    tiny = ids[np.isin(true[ids], (1, 2))]
    if limit is not None:
        tiny = chance.permutation(ids[(known[ids] > 0)])[:limit] if not len(tiny) else chance.permutation(tiny)[:limit]
    if not len(tiny):
        return []
    polytope, place, _ = sampler.characteristic(area, year, c)
    return [(width(polytope, place[i]), float(known[i])) for i in tiny]


def width(polytope: Polytope, target: int) -> float:
    """Width in whole people: counts are whole, so the attacker rounds both ends inwards.

    -1 where the published counts contradict each other: then nothing is safe.
    """
    try:
        low, high = polytope.range(target)
    except Contradiction:
        return -1.0
    return float(math.floor(high + NEAR) - math.ceil(low - NEAR))


def _small_first(published: np.ndarray, ids: np.ndarray, count: int, chance) -> np.ndarray:
    """Half the smallest counts, half of any size; ties by chance."""
    ids = chance.permutation(ids)
    ordered = ids[np.argsort(published[ids], kind="stable")]
    small = ordered[:-(-count // 2)]
    rest = ids[~np.isin(ids, small)]
    return np.concatenate([small, rest[:count - len(small)]])
