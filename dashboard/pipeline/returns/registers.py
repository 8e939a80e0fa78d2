"""What changed between two registers of one partnership: warnings with counts and row numbers, naming nobody.

A return is a full register, so who was in the one before and is not in this one has been taken out, or has
another number. Ages, starts and programmes belong to a person's start and seldom change.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from dashboard.pipeline.returns.runs import name_rows
from dashboard.pipeline.returns.table import FAULTS, ROW

AGE_JUMP = 2        # years between two returns for one and the same start
SAME_PERSON = "check that each person keeps the number they had"


def compare(now: pl.DataFrame, others: Sequence[str], before: pl.DataFrame, cut_off_before: date) -> pl.DataFrame:
    """Warnings (`row`, `column`, `value`, `rule`, `remedy`) about one partnership's register.

    `now`, `before`: accepted rows with `row`, `participant_id`, `start_date`, `programme` and `age`.
    `others`: numbers of people whose rows of this return were rejected: they are not gone.
    """
    both = now.join(before, on="participant_id", suffix="_before", maintain_order="left")
    return pl.concat([_files(_gone(now, others, before)), _files(_new(now, before, cut_off_before)),
                      _moved_starts(both), _changed_programmes(both), _age_jumps(both)])


def _gone(now: pl.DataFrame, others: Sequence[str], before: pl.DataFrame) -> Iterator[tuple[str, str]]:
    present = pl.concat([now["participant_id"], pl.Series("participant_id", others, dtype=pl.String)])
    rows = before.filter(~pl.col("participant_id").is_in(present.implode()))[ROW].to_list()
    if rows:
        remedy = "send them again unless their rows were wrong: a return is a full register"
        yield (f"{_people(rows)} of the return before {'is' if len(rows) == 1 else 'are'} not in this one "
               f"({name_rows(rows)} of its file)", SAME_PERSON if 2 * len(rows) > len(before) else remedy)


def _new(now: pl.DataFrame, before: pl.DataFrame, cut_off_before: date) -> Iterator[tuple[str, str]]:
    new = now.filter(~pl.col("participant_id").is_in(before["participant_id"].implode()))
    late = new.filter(pl.col("start_date") <= cut_off_before)[ROW].to_list()
    if len(new):
        yield (f"{_people(new[ROW].to_list())} {'is' if len(new) == 1 else 'are'} new since the return before",
               "nothing need be done if that is right")
    if late:
        yield (f"{_people(late)} of the new started by the cut-off of the return before, {cut_off_before} "
               f"({name_rows(late)})", f"check why they were not in it; {SAME_PERSON}")


def _moved_starts(both: pl.DataFrame) -> pl.DataFrame:
    return _changed(both.filter(pl.col("start_date") != pl.col("start_date_before")), "start_date",
                    "the start was another day in the return before",
                    "check which is right: it decides the year a person is counted in")


def _changed_programmes(both: pl.DataFrame) -> pl.DataFrame:
    return _changed(both.filter(pl.col("programme") != pl.col("programme_before")), "programme",
                    "the programme was another in the return before", "check which is right")


def _age_jumps(both: pl.DataFrame) -> pl.DataFrame:
    years = (pl.col("age").cast(pl.Int64) - pl.col("age_before")).abs()
    rows = both.filter((pl.col("start_date") == pl.col("start_date_before")) & (years >= AGE_JUMP))
    return _changed(rows, "age", "the age at the same start was another in the return before",
                    "check which age is right")


def _changed(rows: pl.DataFrame, column: str, rule: str, remedy: str) -> pl.DataFrame:
    was = pl.col(f"{column}_before").cast(pl.String)
    return rows.select(ROW, pl.lit(column).alias("column"), pl.col(column).cast(pl.String).alias("value"),
                       pl.format(f"{rule} (in {{}}: {{}})", pl.format("row {}", f"{ROW}_before"), was).alias("rule"),
                       pl.lit(remedy).alias("remedy")).cast(FAULTS)


def _files(found: Iterator[tuple[str, str]]) -> pl.DataFrame:
    """Warnings about a whole register."""
    return pl.DataFrame([(None, "participant_id", "", rule, remedy) for rule, remedy in found],
                        schema=FAULTS, orient="row")


def _people(rows: Sequence[int]) -> str:
    return "1 person" if len(rows) == 1 else f"{len(rows):,} people"
