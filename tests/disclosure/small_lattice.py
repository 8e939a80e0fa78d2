"""A lattice of few characteristics, for tests of what happens around the gate: its tables, not its rules, are fewer.

The whole lattice is solved, held and solved again in tests/audit/test_editions.py, where the attacker asks of every
table what test_gate.py asks of one of each kind.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dashboard.pipeline.disclosure import lattice, limits, plan, quality

KEPT = ("sex", "disabled")
ONE_OF_EVERY_KIND = (*KEPT, "religion", "condition_type_physical", "priority_family_lone_parent", "joined_up_support_health")
SHRUNK = (lattice.CATEGORIES, lattice.SOFT, lattice.COARSE, lattice.FINE_TO_COARSE, lattice.LISTED, lattice.PAIRS)


@contextmanager
def small_lattice(kept: tuple[str, ...] = KEPT) -> Iterator[None]:
    """The lattice of these characteristics alone, for as long as the block runs."""
    before = [dict(table) for table in SHRUNK]
    try:
        with pytest.MonkeyPatch.context() as patch:
            shrink(patch, kept)
            yield
    finally:
        for table, whole in zip(SHRUNK, before, strict=True):
            table.clear()       # what is put back stands last, and counts depend on the order
            table.update(whole)
        lattice.every_table.cache_clear()


def shrink(patch: pytest.MonkeyPatch, kept: tuple[str, ...] = KEPT) -> None:
    """Leave these characteristics alone in the lattice."""
    for table in (lattice.CATEGORIES, lattice.SOFT):
        for name in set(table) - {*kept, "instrument"}:
            patch.delitem(table, name)
    for table in (lattice.COARSE, lattice.FINE_TO_COARSE):
        for name in list(table):
            patch.delitem(table, name)
    for name in set(lattice.LISTED) - set(kept):
        patch.delitem(lattice.LISTED, name)
    for pair, both in list(lattice.PAIRS.items()):
        if not set(both) <= set(kept):
            patch.delitem(lattice.PAIRS, pair)
    by_partnership = tuple(name for name in lattice.PARTNERSHIP_LEVEL if name in kept)
    for module in (lattice, limits, plan, quality):
        patch.setattr(module, "PARTNERSHIP_LEVEL", by_partnership)
    lattice.every_table.cache_clear()
