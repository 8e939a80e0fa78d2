"""Rows in runs: 'rows 7 to 306' instead of three hundred lines."""

from collections.abc import Iterator, Sequence

import polars as pl

RUNS = 6        # runs that are named one by one
DETAIL = r" \([^()]*[0-9][^()]*\)"      # what a rule quotes of one row
EACH = "as the report says for each row"


def row_runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows that follow each other, in order; each row once."""
    first = last = None
    for row in sorted(set(rows)):
        if last is not None and row == last + 1:
            last = row
            continue
        if last is not None:
            yield first, last
        first = last = row
    if last is not None:
        yield first, last


def name_rows(rows: Sequence[int], most: int = RUNS) -> str:
    """`row 7`, `rows 7 to 306` or `rows 7, 9 to 12 and more`."""
    runs = list(row_runs(rows))
    named = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs[:most])
    word = "row" if len(runs) == 1 and runs[0][0] == runs[0][1] else "rows"
    return f"{word} {named}{' and more' if len(runs) > most else ''}"


def by_fault(problems: pl.DataFrame) -> pl.DataFrame:
    """One line a fault of a file and column: `file`, `level`, `column`, `rule`, `remedy`, `rows`, `values`, `times`.

    What differs from row to row (days and numbers in brackets) is left out of the rule unless it is the same in all.
    """
    def shared(name: str):
        return pl.when(pl.col(name).n_unique() == 1).then(pl.first(name))

    return (
        problems.with_columns(pl.col("rule").str.replace_all(DETAIL, "").alias("kind"))
        .group_by("file", "level", "column", "kind", maintain_order=True)
        .agg(
            shared("rule").otherwise(pl.first("kind")).alias("rule"),
            shared("remedy").otherwise(pl.lit(EACH)).alias("remedy"),
            pl.col("row").drop_nulls().alias("rows"),
            pl.col("value").filter(pl.col("value") != "").unique(maintain_order=True).alias("values"),
            pl.len().alias("times"),
        )
    )


def by_cell(problems: pl.DataFrame) -> pl.DataFrame:
    """One line for all rows that say the same wrong thing: the columns of a problem, with `rows` for its row."""
    same = ["file", "column", "value", "rule", "remedy"]
    return problems.group_by(same, maintain_order=True).agg(pl.col("row").drop_nulls().alias("rows"))
