"""What is unlikely but possible: a warning, never a rejection."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from dashboard.pipeline.returns import rules
from dashboard.pipeline.returns.contract import FileRejected, columns
from dashboard.pipeline.returns.runs import name_rows
from dashboard.pipeline.returns.table import FAULTS, NO_FAULTS, ROW

LONG_WAIT_DAYS = 3 * 365     # from referral to start
TIMES_BUDGET = 10            # spend beyond this many times its budget is more likely a slip of the unit
FEWEST_UNDATED = 3           # jobs without a date from which they may reject a file


def warn(kind: str, prepared: pl.DataFrame, cut_off: date) -> pl.DataFrame:
    """Warnings about a file's prepared rows: `row`, `column`, `value`, `rule`, `remedy`."""
    if kind == "participants":
        return _about_people(prepared, cut_off)
    if kind == "progress":
        return _follow_up_before_start(prepared)
    return _beyond_budget(prepared) if kind == "spend" else NO_FAULTS


def check_jobs_are_dated(prepared: pl.DataFrame) -> None:
    """Raise FileRejected where most people recorded in employment have no employment_start_date.

    Such a file would show more jobs kept than jobs started: its jobs are not dated at all.
    """
    in_work = pl.any_horizontal(pl.col(list(rules.FOLLOW_UPS)) == "in_employment")
    is_undated = pl.col("employment_start_date__text").is_null()
    jobs, lacking = prepared.select(jobs=in_work.sum(), lacking=(in_work & is_undated).sum()).row(0)
    if lacking >= FEWEST_UNDATED and 2 * lacking > jobs:
        raise FileRejected(
            f"{lacking:,} of the {jobs:,} people whose follow-ups say in_employment have no employment_start_date",
            "give the day each job started; a follow-up says how a job went on, not that there was one",
            row=1, column="employment_start_date")


def _about_people(prepared: pl.DataFrame, cut_off: date) -> pl.DataFrame:
    doubts = _doubts(cut_off)
    arisen = prepared.select(doubt.when.any().alias(str(place)) for place, doubt in enumerate(doubts)).row(0)
    found = [_warned(prepared.filter(doubt.when), *doubt.words)
             for doubt, is_there in zip(doubts, arisen, strict=True) if is_there]
    return pl.concat([_longer_than_life(prepared), *found])


class Doubt(NamedTuple):
    """What is unlikely of a person: when it arises, and the words of its warning as `_warned` takes them."""

    when: pl.Expr
    words: tuple[str, str, pl.Expr, str]


@lru_cache(maxsize=8)
def _doubts(cut_off: date) -> list[Doubt]:
    answers = [doubt for column, days in rules.FOLLOW_UPS.items()
               for doubt in (_early_answer(column, days, cut_off), _answer_without_job(column))]
    return [_job_before_referral(), _long_wait(), *answers]


def _job_before_referral() -> Doubt:
    return Doubt(pl.col("employment_start_date") < pl.col("referral_date"), (
        "employment_start_date__text", "employment_start_date",
        pl.format("the job began before the referral ({})", pl.col("referral_date__text")), "check both dates"))


def _long_wait() -> Doubt:
    first = next(each.minimum for each in columns("participants") if each.name == "referral_date")
    is_long = pl.col("start_date") - pl.col("referral_date") > pl.duration(days=LONG_WAIT_DAYS)
    return Doubt(is_long & (pl.col("referral_date") >= date.fromisoformat(first)), (
        "referral_date__text", "referral_date",
        pl.format("the referral is more than three years before the start ({})", pl.col("start_date__text")),
        "check both dates"))


def _longer_than_life(prepared: pl.DataFrame) -> pl.DataFrame:
    """One warning a file: what is wrong with so many months is the unit, or the age."""
    rows = prepared[ROW].filter(prepared["months_unemployed"] > 12 * prepared["age"])
    if not len(rows):
        return NO_FAULTS
    rule = f"more months than the person has lived, by age, in {len(rows):,} rows ({name_rows(rows.to_list())})"
    return pl.DataFrame([(None, "months_unemployed", "", rule, "check months_unemployed and age")],
                        schema=FAULTS, orient="row")


def _early_answer(column: str, days: int, cut_off: date) -> Doubt:
    due = pl.col("employment_start_date") + pl.duration(days=days)
    return Doubt(_is_answered(column) & (due > cut_off), (
        column, column, pl.format("answered before it was due ({})", due.dt.to_string("%Y-%m-%d")),
        "check the answer and employment_start_date"))


def _answer_without_job(column: str) -> Doubt:
    return Doubt(_is_answered(column) & pl.col("employment_start_date__text").is_null(), (
        column, column, pl.lit("answered, but employment_start_date is empty"),
        "give employment_start_date, or clear the answer"))


def _is_answered(column: str) -> pl.Expr:
    return pl.col(column).is_in(list(rules.ANSWERED))


def _follow_up_before_start(prepared: pl.DataFrame) -> pl.DataFrame:
    """A follow-up score of a person dated before that person's first start score on the same instrument."""
    same = ["participant_id", "domain", "instrument"]
    first = prepared.filter(pl.col("wave") == "start").group_by(same).agg(pl.col("date").min().alias("first"))
    rows = prepared.filter(pl.col("wave") == "follow_up").join(first, on=same, maintain_order="left")
    return _warned(rows.filter(pl.col("date") < pl.col("first")), "date__text", "date",
                   pl.format("the follow-up is dated before the start score ({})",
                             pl.col("first").dt.to_string("%Y-%m-%d")),
                   "check the dates, and which wave each score belongs to")


def _beyond_budget(prepared: pl.DataFrame) -> pl.DataFrame:
    rows = prepared.filter((pl.col("budget") > 0) & (pl.col("spend") > TIMES_BUDGET * pl.col("budget")))
    return _warned(rows, "spend__text", "spend",
                   pl.format("the spend is more than ten times its budget ({})", pl.col("budget__text")),
                   "check that both are in pounds")


def _warned(rows: pl.DataFrame, text: str, column: str, rule: pl.Expr, remedy: str) -> pl.DataFrame:
    if not len(rows):
        return NO_FAULTS
    return rows.select(ROW, pl.lit(column).alias("column"), pl.col(text).alias("value"), rule.alias("rule"),
                       pl.lit(remedy).alias("remedy")).cast(FAULTS)
