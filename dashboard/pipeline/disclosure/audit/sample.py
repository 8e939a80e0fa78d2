"""The attack by linear programme on a sample: small counts first, in small places first, always the same."""

from itertools import islice

import numpy as np

from dashboard.pipeline.disclosure.audit.attack import Ranges
from dashboard.pipeline.disclosure.audit.families import IN_PARTNERSHIPS, NODES
from dashboard.pipeline.disclosure.audit.linear import whole_widths
from dashboard.pipeline.disclosure.audit.relations import Model
from dashboard.pipeline.disclosure.audit.slices import Slicer, kinds

SEED = 5
QUICK = (6, 6)         # counts a family, and at most how many in one slice
FULL = (200, 20)
MOST_SLICES = 60       # of one kind: where a release holds fewer counts than are wanted
QUICK_PLACES = (2, 12)
# Orkney, Shetland, Na h-Eileanan Siar and Clackmannanshire
SMALL_PLACES = ("S12000023", "S12000027", "S12000013", "S12000005")


def attack_sample(model: Model, ranges: Ranges, full: bool) -> dict[str, list[float]]:
    """Widths by family against an attacker with the release alone."""
    places, years = _places_and_years(model)
    slicer, chance = Slicer(model, ranges), np.random.default_rng(SEED)
    wanted, at_once = FULL if full else QUICK
    found: dict[str, list[float]] = {}
    for cut in kinds(model):
        for number in range(MOST_SLICES):
            # Every other slice is of one of the three smallest places.
            area = places[chance.integers(min(3, len(places)) if number % 2 == 0 else len(places))]
            each = cut(slicer, area, years[chance.integers(len(years))])
            chosen = {family: _small_first(model.system.published, ids.ravel(), at_once, chance)
                      for family, ids in each.targets.items()}
            widths = iter(whole_widths(each.polytope, each.place[np.concatenate([*chosen.values()])]))
            for family, ids in chosen.items():
                found.setdefault(family, []).extend(islice(widths, len(ids)))
            if min(len(found[family]) for family in each.targets) >= wanted:
                break
    return found


def attack_small_places(model: Model, ranges: Ranges, known: np.ndarray, true: np.ndarray, full: bool,
                        ) -> list[tuple[float, float]]:
    """(width, known total) of counts in the smallest places, against an attacker with official totals.

    Quick: a seeded few of every characteristic, true 1s and 2s first. Full: every true 1 or 2.
    """
    places, years = _places_and_years(model)
    small = [code for code in SMALL_PLACES if code in places] or places[:3]
    slicer, chance, found = Slicer(model, ranges), np.random.default_rng(SEED), []
    for c in IN_PARTNERSHIPS:
        if not model.has(f"B_{c}"):
            continue
        where = [(area, year) for area in small for year in years]
        if not full:
            where = [where[i] for i in chance.permutation(len(where))[:QUICK_PLACES[0]]]
        for area, year in where:
            ids = model.pick(f"B_{c}", "category", area_code=area, period=year).ravel()
            chosen = _tiny_first(true, known, ids, None if full else QUICK_PLACES[1], chance)
            if len(chosen):
                each = slicer.characteristic(area, year, c)
                found += zip(whole_widths(each.polytope, each.place[chosen]), known[chosen].tolist(), strict=True)
    return found


def _places_and_years(model: Model) -> tuple[list[str], list[str]]:
    """Partnerships, the smallest first, and years."""
    block = model.blocks["M", False]
    cells = model.pick("M", "area_code", "period", area_code=block.partnerships)[..., NODES.index("starts")]
    starts = np.maximum(model.system.published[cells], 0).sum(axis=1)
    return [block.partnerships[i] for i in np.argsort(starts, kind="stable")], list(block.axis("period"))


def _small_first(published: np.ndarray, ids: np.ndarray, count: int, chance) -> np.ndarray:
    """Half the smallest counts, half of any size; ties by chance."""
    ids = chance.permutation(ids)
    ordered = ids[np.argsort(published[ids], kind="stable")]
    small = ordered[:-(-count // 2)]
    rest = ids[~np.isin(ids, small)]
    return np.concatenate([small, rest[:count - len(small)]])


def _tiny_first(true: np.ndarray, known: np.ndarray, ids: np.ndarray, limit: int | None, chance,
                ) -> np.ndarray:
    """True 1s and 2s; where there is a limit, other counts within a known total fill it up."""
    tiny = ids[np.isin(true[ids], (1, 2))]
    if limit is None:
        return tiny
    others = ids[(known[ids] > 0) & ~np.isin(true[ids], (1, 2))]
    return np.concatenate([chance.permutation(tiny), chance.permutation(others)])[:limit]
