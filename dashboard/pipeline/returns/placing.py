"""Whatever is accepted has a cell in the published cube: what has none is found at reading, and named.

The contract's lists are reference tables and the cube's are fixed; only where the two disagree is
there a row to look for.
"""

from datetime import date

import polars as pl

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.returns import rules
from dashboard.pipeline.returns.contract import Column
from dashboard.pipeline.returns.table import FAULTS, NO_FAULTS, ROW

DATED = {"participants": "start_date", "experience": "date"}      # what puts a row into a period of the cube
FIRST_DAY = date(lattice.FIRST_YEAR, 4, 1)
OUTSIDE = "has no cell in the published cube"


def unplaced(kind: str, accepted: pl.DataFrame, columns: tuple[Column, ...], cut_off: date) -> pl.DataFrame:
    """Faults (`row`, `column`, `value`, `rule`, `remedy`) of accepted rows that the cube has no cell for."""
    dated = [column for column in columns if column.name == DATED.get(kind)]
    outside = [_outside_periods(accepted, column, cut_off) for column in dated]
    strange = [_outside_lists(accepted, column, values) for column, values in _strange_values(kind, columns)]
    return pl.concat([NO_FAULTS, *outside, *strange])


def cube_values(kind: str) -> dict[str, tuple[str, ...]]:
    """The values the cube has a place for, by column; columns that it does not count are left out."""
    if kind == "participants":
        places = {name: values for name, values in lattice.CATEGORIES.items()
                  if name not in lattice.LISTED and name not in lattice.COARSE}
        answers = dict.fromkeys(lattice.FOLLOWUP_DAYS, lattice.ANSWERS)
        return places | lattice.LISTS | answers | {"programme": lattice.PROGRAMMES}
    if kind == "progress":
        return {"domain": lattice.DOMAINS, "instrument": lattice.INSTRUMENTS}
    if kind == "experience":
        return {"statement": lattice.STATEMENTS, "answer": lattice.AGREEMENT}
    return {}


def _strange_values(kind: str, columns: tuple[Column, ...]) -> list[tuple[Column, list[str]]]:
    """Columns with the values that the contract allows in them and the cube has no place for."""
    places = cube_values(kind)
    strange = [(column, [value for value in column.values if value not in places[column.name]])
               for column in columns if column.name in places]
    return [(column, values) for column, values in strange if values]


def _outside_periods(accepted: pl.DataFrame, column: Column, cut_off: date) -> pl.DataFrame:
    days = accepted[column.name]
    if not len(days) or (days.min() >= FIRST_DAY and days.max() <= cut_off):
        return NO_FAULTS
    return _faults(accepted.filter(~pl.col(column.name).is_between(FIRST_DAY, cut_off)), column)


def _outside_lists(accepted: pl.DataFrame, column: Column, strange: list[str]) -> pl.DataFrame:
    value = pl.col(column.name)
    is_strange = value.list.eval(pl.element().is_in(strange)).list.any() if column.type == "choices" else (
        value.is_in(strange))
    return _faults(accepted.filter(is_strange), column)


def _faults(rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    return rows.select(
        ROW, pl.lit(column.name).alias("column"), pl.col(rules.text_name(column)).alias("value"),
        pl.lit(OUTSIDE).alias("rule"),
        pl.lit("tell those who keep the dashboard: its lists and the guidance differ").alias("remedy"),
    ).cast(FAULTS)
