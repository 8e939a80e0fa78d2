"""The fast attacks: ranges of every published count and node at once, by propagation through every sum.

Two attackers. The first has the release and its code, and assumes that every count is within 4,
which is more than is declared. The second also has the exact official totals (starts, entered work,
52 weeks, by partnership and year) and knows which counts are further than 4 from the truth, which
nobody is told.
"""

from dataclasses import dataclass

import numpy as np

from dashboard.pipeline.disclosure.audit.families import IN_PARTNERSHIPS, NODES
from dashboard.pipeline.disclosure.audit.relations import Model
from dashboard.pipeline.disclosure.audit.system import HIDDEN_BELOW, propagate

TIGHT = 4             # how far a count is from the truth, unless it had to be moved further
WIDEST = 9            # and how far at most
OFFICIAL = ("starts", "job", "job_52")
# The smallest group of official totals, or of their differences, that holds each node.
GROUPS = {
    "starts": ("starts",),
    "job": ("job", "sustained_13", "sustained_26"),
    "job_52": ("job_52",),
    "job_not_52": ("job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded", "open",
                   "not_sustained"),
    "no_job": ("other_positive", "left_no_outcome", "in_support", "no_outcome", "no_job"),
}
GROUP_OF = {node: group for group, nodes in GROUPS.items() for node in nodes}


@dataclass
class Ranges:
    """Lowest and highest true count of every variable, as one attacker knows them."""

    lower: np.ndarray
    upper: np.ndarray

    @property
    def width(self) -> np.ndarray:
        """In people; 0 is exact, below 0 a contradiction."""
        return self.upper - self.lower


def deviations(model: Model, owner: np.ndarray, declared: dict[str, int]) -> np.ndarray:
    """How far the first attacker thinks each published count may be from the truth."""
    bounds = [min(declared.get(family, 0), TIGHT) for family, _ in model.blocks]
    return np.array([*bounds, TIGHT])[owner]


def attack_release(model: Model, deviation: np.ndarray) -> Ranges:
    """The first attacker, on every cell and node at once."""
    lower, upper = model.system.bounds(deviation)
    for key, block in model.blocks.items():
        leaves = model.ids[key][..., :block.counts.shape[-1]]
        upper[leaves[block.counts < 0]] = HIDDEN_BELOW
    return Ranges(*propagate(model.system.sums, lower, upper))


def attack_with_totals(model: Model, truth: np.ndarray) -> Ranges:
    """The second attacker, on every cell and node at once. `truth` is -1 where nobody counts."""
    lower, upper = model.system.bounds(distance(model.system.published, truth))
    for total in OFFICIAL:
        exact = model.pick("M", "area_code", "period")[..., NODES.index(total)]
        lower[exact] = upper[exact] = truth[exact]
    return Ranges(*propagate(model.system.sums, lower, upper))


def distance(published: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """4 for a count within 4 of the truth, 9 for one within 9, else how far it is."""
    off = np.where((published >= 0) & (truth >= 0), np.abs(published - truth), 0)
    return np.where(off <= TIGHT, TIGHT, np.where(off <= WIDEST, WIDEST, off))


def known_totals(model: Model, truth: np.ndarray) -> np.ndarray:
    """For each count of a partnership's breakdown, the smallest official total around it; -1 elsewhere.

    A count cannot be protected better than its known total: nothing inside a total of 1 is 3 wide.
    """
    known = np.full(len(truth), -1)
    places = model.blocks["M", False].partnerships
    root = model.pick("M", "area_code", "period", area_code=places)
    totals = {group: truth[root[..., NODES.index(group)]] for group in GROUPS if group != "job_not_52"}
    totals["job_not_52"] = totals["job"] - totals["job_52"]
    for c in IN_PARTNERSHIPS:
        if model.has(f"B_{c}"):
            cells = model.pick(f"B_{c}", "area_code", "period", "category", area_code=places,
                               period=list(model.axis("M", "period")))
            for position, node in enumerate(NODES):
                known[cells[..., position]] = totals[GROUP_OF[node]][:, :, None]
    return known
