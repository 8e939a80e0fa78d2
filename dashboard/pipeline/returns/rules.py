"""The rules of each file, made from the contract's reference tables.

Each rule is named `column|rule`; a row that breaks any is refused, with every rule it breaks.
"""

from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.pipeline.returns import cells
from dashboard.pipeline.returns.contract import Column
from dashboard.pipeline.returns.table import FAULTS, NO_FAULTS, ROW

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
def of_file(columns: tuple[Column, ...], area_code: str, cut_off: date) -> dict[str, pl.Expr]:
    """The rules of a prepared frame by name, in the order of the columns: one file of one partnership, at one
    cut-off. A row keeps a rule that is true of it, or null.
    """
    rules = {f"{column.name}|{name}": rule for column in columns
             for name, rule in _of_column(column, area_code, cut_off).items()}
    keys = [text_name(column) for column in columns if column.is_key]
    return rules | {unique_name(columns): _is_unique(keys)}


def judge(prepared: pl.DataFrame, rules: dict[str, pl.Expr]) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """The rows that keep every rule; those that do not; and the names of the rules that are broken.

    The second frame has a column for each name, true where the row breaks that rule.
    """
    keeps = prepared.select(rule.all().alias(name) for name, rule in rules.items()).row(0, named=True)
    broken = [name for name, is_kept in keeps.items() if not is_kept]
    if not broken:
        return prepared, prepared.clear(), []
    judged = prepared.with_columns((~rules[name]).fill_null(False).alias(name) for name in broken)
    is_refused = pl.any_horizontal(broken)
    return judged.filter(~is_refused).drop(broken), judged.filter(is_refused), broken


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
    faults = [NO_FAULTS]
    for column in columns:
        if column.type == "text":
            texts = frame.select(ROW, pl.col(column.name).alias("value")).filter(
                pl.col("value").str.contains(cells.MISREAD))
            meant = {text: cells.mend_encoding(text) for text in texts["value"].unique()}
            faults += [pl.DataFrame([(row, column.name, text, *cells.explain_misread(meant[text]))],
                                    schema=FAULTS, orient="row") for row, text in texts.iter_rows() if meant[text]]
    return pl.concat(faults)


def _of_column(column: Column, area_code: str, cut_off: date) -> dict[str, pl.Expr]:
    """The rules of one column; whether it may be empty is a matter of its text."""
    text = pl.col(text_name(column))
    required = {"required": text.is_not_null()} if column.is_required else {}
    return required | {"readable": _readable(column, text, area_code)} | _limits(column, cut_off) | _relations(column)


def _readable(column: Column, text: pl.Expr, area_code: str) -> pl.Expr:
    if column.type in cells.TYPES:
        return text.is_null() | pl.col(column.name).is_not_null()
    if column.type == "choice":
        return text.is_in(list(column.values))
    if column.type == "area_code":
        return text == area_code
    if column.type == "identifier":
        return text.str.contains(cells.IDENTIFIER)
    return text.str.len_chars().is_between(1, cells.TEXT_LENGTH) & ~text.str.contains(cells.NO_TEXT)


def _limits(column: Column, cut_off: date) -> dict[str, pl.Expr]:
    is_day = column.type in ("date", "financial_year")
    read = date.fromisoformat if is_day else float
    limits = {}
    if column.minimum:
        limits["minimum"] = pl.col(column.name) >= read(column.minimum)
    if column.maximum or is_day:
        limits["maximum"] = pl.col(column.name) <= (cut_off if is_day else read(column.maximum))
    return limits


def _relations(column: Column) -> dict[str, pl.Expr]:
    value, relations = pl.col(column.name), {}
    if column.not_before:
        relations["not_before"] = value >= pl.col(column.not_before)
    if column.not_after:
        relations["not_after"] = value <= pl.col(column.not_after)
    if column.not_same_as:
        relations["not_same_as"] = value != pl.col(column.not_same_as)
    return relations


def _is_unique(names: list[str]) -> pl.Expr:
    key = pl.col(names[0]) if len(names) == 1 else pl.struct(names)
    return key.is_unique() | pl.any_horizontal(pl.col(names).is_null())
