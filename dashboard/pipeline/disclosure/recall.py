"""What the ledger held of the edition before, as rows of the cube, for the audit of this build alone."""

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.disclosure.plan import Tables
from dashboard.pipeline.disclosure.rounding import BASE

NOWHERE = -10**7  # further below 0 than Scotland has people in any count; 200 places of it fit 32 bits


def published_and_true(tables: Tables) -> pl.DataFrame | None:
    """Cube columns, `count` as published before, and the `true_count` it was made from; None without a ledger.

    Only cells that were published. True counts: in memory, never written.
    """
    if not tables.published:
        return None
    families = lattice.families(tables.over)

    def seen(name: str, values: np.ndarray) -> np.ndarray:
        return np.where(tables.published[name] >= 0, values, NOWHERE)

    def published(name: str) -> np.ndarray:
        return seen(name, BASE * tables.published[name])

    def true(name: str) -> np.ndarray:
        return seen(name, tables.truth[name] - tables.moved[name])

    was = pl.concat([lattice.columns(family, published(name), tables.over, published("T_quarter"))
                     for name, family in families.items()])
    true_count = np.concatenate([lattice.values(family, true(name), true("T_quarter")) for name, family in families.items()])
    return was.with_columns(true_count=pl.Series(true_count.astype(np.int32))).filter(pl.col("count") >= 0)
