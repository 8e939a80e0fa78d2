"""The rules of each file as a row-level schema, made from the contract's reference tables.

Each rule is named `column|rule`; a row that breaks any is refused, with every rule it breaks.
"""

from datetime import date
from functools import lru_cache

import dataframely as dy
import polars as pl

from dashboard.pipeline.returns import cells
from dashboard.pipeline.returns.contract import Column
from dashboard.pipeline.returns.table import FAULTS, ROW, no_faults

TEXT_OF = "{}__text"       # where a typed column keeps what the cell said
FOLLOW_UPS = {
    "followup_4_weeks": 28,
    "followup_13_weeks": 91,
    "followup_26_weeks": 182,
    "followup_52_weeks": 364,
}
ANSWERED = ("in_employment", "not_in_employment", "no_engagement")


def text_name(column: Column) -> str:
    """The column of a prepared frame that holds the cell's text."""
    return TEXT_OF.format(column.name) if column.type in cells.TYPES else column.name


def prepare(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """`row`, and each column typed, with its text beside it where it is no longer text."""
    texts = frame.select(ROW, *[pl.col(column.name).alias(text_name(column)) for column in columns])
    return texts.hstack(cells.interpret(frame, columns))


@lru_cache(maxsize=256)     # more than the files of a folder
def schema(columns: tuple[Column, ...], area_code: str, cut_off: date) -> type[dy.Schema]:
    """The schema of a prepared frame: one file of one partnership, at one cut-off."""
    members: dict[str, object] = {ROW: dy.UInt32()}
    for column in columns:
        members |= _columns(column, area_code, cut_off) | _relations(column)
    keys = [column for column in columns if column.is_key]
    members[unique_name(columns)] = _rule(_is_unique([text_name(key) for key in keys]))
    return type(dy.Schema)("Return", (dy.Schema,), members)


def unique_name(columns: tuple[Column, ...]) -> str:
    """The name of the rule that no two rows share a key."""
    return f"{next(column.name for column in columns if column.is_key)}|unique"


def copies(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """Rows that say in every cell what an earlier one says: `row`, and `first`, the one they repeat."""
    keys = [column.name for column in columns if column.is_key]
    shared = frame.filter(pl.struct(keys).is_duplicated() & pl.all_horizontal(pl.col(keys).is_not_null()))
    names = [column.name for column in columns]
    same = shared.select(ROW, pl.col(ROW).min().over(names).alias("first"))
    return same.filter(pl.col(ROW) != pl.col("first"))


def misread_texts(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """Faults of free texts that were saved in one encoding and read in another: they would be published so."""
    faults = [no_faults()]
    for column in columns:
        if column.type == "text":
            texts = frame.select(ROW, pl.col(column.name).alias("value")).filter(
                pl.col("value").str.contains(cells.MISREAD))
            meant = {text: cells.mend_encoding(text) for text in texts["value"].unique()}
            faults += [pl.DataFrame([(row, column.name, text, *cells.explain_misread(meant[text]))],
                                    schema=FAULTS, orient="row") for row, text in texts.iter_rows() if meant[text]]
    return pl.concat(faults)


def _columns(column: Column, area_code: str, cut_off: date) -> dict[str, object]:
    name, nullable = column.name, not column.is_required
    if column.type not in cells.TYPES:
        checks = {"choice": lambda e: e.is_in(list(column.values)), "area_code": lambda e: e == area_code,
                  "identifier": lambda e: e.str.contains(cells.IDENTIFIER),
                  "text": lambda e: e.str.contains(cells.TEXT)}
        return {name: dy.String(nullable=nullable, check={"readable": checks[column.type]})}
    text = text_name(column)
    readable = _rule(pl.col(text).is_null() | pl.col(name).is_not_null())
    return {text: dy.String(nullable=nullable), name: _typed(column, cut_off), f"{name}|readable": readable}


def _typed(column: Column, cut_off: date) -> dy.Column:
    """A typed column with its limits; whether it may be empty is a matter of its text."""
    if column.type in ("date", "financial_year"):
        first = date.fromisoformat(column.minimum) if column.minimum else None
        return dy.Date(nullable=True, min=first, max=cut_off)
    if column.type == "choices":
        return dy.List(dy.String(nullable=True), nullable=True)
    number = dy.Int64 if column.type == "whole_number" else dy.Float64
    cast = int if column.type == "whole_number" else float
    return number(nullable=True, min=cast(column.minimum) if column.minimum else None,
                  max=cast(column.maximum) if column.maximum else None)


def _relations(column: Column) -> dict[str, object]:
    rules = {}
    if column.not_before:
        rules[f"{column.name}|not_before"] = _rule(pl.col(column.name) >= pl.col(column.not_before))
    if column.not_after:
        rules[f"{column.name}|not_after"] = _rule(pl.col(column.name) <= pl.col(column.not_after))
    if column.not_same_as:
        rules[f"{column.name}|not_same_as"] = _rule(pl.col(column.name) != pl.col(column.not_same_as))
    return rules


def _is_unique(names: list[str]) -> pl.Expr:
    key = pl.col(names[0]) if len(names) == 1 else pl.struct(names)
    return key.is_unique() | pl.any_horizontal(pl.col(names).is_null())


def _rule(expression: pl.Expr):
    return dy.rule()(lambda _: expression)
