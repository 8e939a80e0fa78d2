"""Rows in runs: 'rows 7 to 306' instead of three hundred lines."""

from collections.abc import Iterator, Sequence

RUNS = 6        # runs that are named one by one


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
