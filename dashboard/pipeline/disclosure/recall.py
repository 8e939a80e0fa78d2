"""What the ledger held of the edition before, as rows of the cube, for the audit of this build alone."""

from collections.abc import Callable

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
    was = _rows(tables, lambda name: BASE * tables.published[name])
    true = _rows(tables, lambda name: tables.truth[name] - tables.moved[name])
    return was.with_columns(true_count=true["count"]).filter(pl.col("count") >= 0)


def _rows(tables: Tables, values: Callable[[str], np.ndarray]) -> pl.DataFrame:
    def seen(name: str) -> np.ndarray:
        return np.where(tables.published[name] >= 0, values(name), NOWHERE)
    return pl.concat([lattice.columns(family, seen(name), tables.over, seen("T_quarter"))
                      for name, family in lattice.families(tables.over).items()])
