"""The shipped counts are those this code makes of the demonstration returns.

`make rebuild-check` builds the whole extract again, the edition before it too; here the same returns are drawn,
counted and coded, and part of a year is solved that nobody's record changed in between the two, so that it was
solved from these returns alone: Scotland's margins, one characteristic and the survey answers.
"""

import duckdb
import numpy as np
import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline import publish, run
from dashboard.pipeline.disclosure import gate, lattice, plan, workers
from dashboard.pipeline.disclosure.rounding import BASE
from dashboard.pipeline.returns import read
from dashboard.read.extract import HARDENED

YEAR, YEAR_OF_ANSWERS = "2019-20", "2024-25"
STEPS = (f"margins {YEAR}", f"economic_status {YEAR}", f"X {YEAR_OF_ANSWERS}")
ADDRESS = [name for name in lattice.CUBE if name != "count"]


@pytest.fixture(scope="module")
def shipped():
    with duckdb.connect(str(publish.current(paths.DATA / "extract")), read_only=True, config=HARDENED) as con:
        return pl.from_arrow(con.sql("select * from protected_count").to_arrow_table())


@pytest.fixture(scope="module")
def tables(demonstration_returns):
    """The shipped returns, drawn again; the chosen steps solved with the public key."""
    returns = read(demonstration_returns)
    over = lattice.space(returns)
    tables = gate.gather(lattice.code(returns, over), lattice.code_responses(returns.experience, over), over,
                         run.DEMONSTRATION_KEY)
    steps = [*plan.steps_for_people(tables, [YEAR]), *plan.steps_for_responses(over, [YEAR_OF_ANSWERS])]
    workers.run([step for step in steps if step.name in STEPS], tables.stage,
                lambda step, outcome: tables.settle(step, outcome.steps), 1)
    return tables


def solved(tables, name, family, steps=None):
    """The cube's rows of one solved table of its year."""
    year = YEAR_OF_ANSWERS if name == "X" else YEAR
    counts = tables.settled[name] * BASE if steps is None else steps * BASE
    rows = lattice.columns(lattice.families(tables.over)[family], counts, tables.over)
    return rows.filter(pl.col("period").str.starts_with(year))


def assert_same(rows, shipped):
    both = rows.join(shipped, on=ADDRESS, suffix="_shipped", validate="1:1")
    assert len(both) == len(rows) > 0
    differ = both.filter(pl.col("count") != pl.col("count_shipped"))
    assert differ.is_empty(), "the shipped extract was made by other code: 'make extract' makes it again"


@pytest.mark.parametrize("name", ["C_economic_status", "D_economic_status", "X"])
def test_solving_again_gives_the_shipped_counts(tables, shipped, name):
    assert_same(solved(tables, name, name), shipped)


@pytest.mark.parametrize("name", ["M", "A1", "A2"])
def test_scotlands_margins_are_the_shipped_ones(tables, shipped, name):
    margin = tables.settled[f"{name}_scotland"]
    everywhere = np.zeros((len(tables.over.areas), *margin.shape), int)
    everywhere[0] = margin      # wherever they are, they add up to Scotland
    rows = solved(tables, name, name, everywhere)
    assert_same(rows.filter(area_code=lattice.SCOTLAND), shipped)


def test_every_shipped_count_is_within_its_declared_bound(tables, shipped):
    """The shipped cube was made from these returns and no others."""
    truth = pl.concat([lattice.columns(family, tables.truth[name], tables.over, tables.truth["T_quarter"])
                       for name, family in lattice.families(tables.over).items()])
    both = truth.join(shipped, on=ADDRESS, suffix="_shipped", validate="1:1")
    assert len(both) == len(truth) == len(shipped)
    assert (both["count"] - both["count_shipped"]).abs().max() <= 9
