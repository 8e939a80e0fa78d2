"""Who counts where: outcome states, follow-up answers, months to work, waits and soft-outcome bands.

Every person is in exactly one state at the cut-off, so published measures nest by construction
and none can be subtracted from another to find a person.
"""

from datetime import date

import polars as pl

from dashboard.methods.soft_outcomes import SWEMWBS_ITEMS, SWEMWBS_METRIC, SWEMWBS_RELIABILITY, swemwbs_least
from dashboard.pipeline.disclosure.tree import STATES

FOLLOWUP_DAYS = {"followup_4_weeks": 28, "followup_13_weeks": 91, "followup_26_weeks": 182,
                 "followup_52_weeks": 364}
ANSWERS = ("in_employment", "not_in_employment", "no_engagement", "unknown", "blank_when_due", "not_due")
MONTHS = ("0_3", "3_6", "6_9", "9_12", "over_12", "none")
WAITS = ("under_2_weeks", "2_4_weeks", "4_8_weeks", "over_8_weeks", "unknown")
BANDS = ("improved", "same", "declined", "no_follow_up", "no_start_score")


def assign(participants: pl.DataFrame, cut_off: date) -> pl.DataFrame:
    """Add `state`: one of STATES for each person at the cut-off, by order of precedence."""
    started_work = pl.col("employment_start_date").is_not_null()
    not_due = pl.col("employment_start_date") + pl.duration(days=91) > pl.lit(cut_off)
    positive = pl.any_horizontal(
        pl.col("education_date", "training_date", "volunteering_date", "qualification_date").is_not_null())
    state = (
        pl.when(_answered(52, "in_employment")).then(pl.lit("job_52"))
        .when(_answered(26, "in_employment")).then(pl.lit("job_26"))
        .when(_answered(13, "in_employment")).then(pl.lit("job_13"))
        .when(started_work & _answered(13, "not_in_employment")).then(pl.lit("job_ended_13"))
        .when(started_work & not_due & _blank("followup_13_weeks")).then(pl.lit("job_not_due"))
        .when(started_work).then(pl.lit("job_not_recorded"))
        .when(positive).then(pl.lit("other_positive"))
        .when(pl.col("support_end_date").is_not_null()).then(pl.lit("left_no_outcome"))
        .otherwise(pl.lit("in_support"))
    )
    return participants.with_columns(state.cast(pl.Enum(STATES)).alias("state"))


def followup_answer(column: str, cut_off: date) -> pl.Expr:
    """The answer to one follow-up of a person who entered work (needs `state`): one of ANSWERS.

    A blank is `not_due` before its day and `blank_when_due` after it. At 13 weeks `not_due` is
    the state `job_not_due` and nothing else, so that two families never count it in two ways.
    """
    due_day = pl.col("employment_start_date") + pl.duration(days=FOLLOWUP_DAYS[column])
    not_due = (due_day > pl.lit(cut_off)).fill_null(False)
    if column == "followup_13_weeks":
        not_due = pl.col("state") == "job_not_due"
    return (pl.when(~_blank(column)).then(pl.col(column).cast(pl.String))
            .when(not_due).then(pl.lit("not_due")).otherwise(pl.lit("blank_when_due"))
            .cast(pl.Enum(ANSWERS)))


def months_to_work() -> pl.Expr:
    """Band of calendar months from start to job (needs `state`), upper bound included.

    A job whose date is not held counts in `over_12`: it is never claimed as early.
    """
    job_date = pl.col("employment_start_date")
    entered = pl.col("state").cast(pl.String).str.starts_with("job_")
    bands = pl.when(~entered).then(pl.lit("none"))
    for months, band in ((3, "0_3"), (6, "3_6"), (9, "6_9"), (12, "9_12")):
        bands = bands.when(job_date <= pl.col("start_date").dt.offset_by(f"{months}mo")).then(pl.lit(band))
    return bands.otherwise(pl.lit("over_12")).cast(pl.Enum(MONTHS))


def wait_to_start() -> pl.Expr:
    """Band of days from referral to start: under 14, 14 to 27, 28 to 56, over 56, or unknown."""
    days = (pl.col("start_date") - pl.col("referral_date")).dt.total_days()
    return (pl.when(days.is_null()).then(pl.lit("unknown"))
            .when(days < 14).then(pl.lit("under_2_weeks")).when(days < 28).then(pl.lit("2_4_weeks"))
            .when(days <= 56).then(pl.lit("4_8_weeks")).otherwise(pl.lit("over_8_weeks"))
            .cast(pl.Enum(WAITS)))


def _answered(weeks: int, answer: str) -> pl.Expr:
    return (pl.col(f"followup_{weeks}_weeks") == answer).fill_null(False)


def _blank(column: str) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column).cast(pl.String) == "")


def soft_bands(progress: pl.DataFrame, reliability: float = SWEMWBS_RELIABILITY) -> pl.DataFrame:
    """Band of each person and domain that has any score: area_code, participant_id, domain, instrument, band.

    First start score against last follow-up score, item by item, over items scored at both on one
    scale; scores of different instruments never meet. Any change in its direction counts, but of
    SWEMWBS, only what is more than measurement error at this reliability (reliable change,
    `methods.soft_outcomes.swemwbs_least`). SWEMWBS is one metric score, of the sum of its
    seven items on one day; with an item missing there is none. A person scored with several
    instruments in a domain keeps one: paired before start only before follow-up only, then by name.
    """
    person = ["area_code", "participant_id", "domain", "instrument"]
    if not len(progress):
        return pl.DataFrame(schema=dict.fromkeys(person, pl.String) | {"band": pl.Enum(BANDS)})
    items = _scores(progress).sort("date").group_by(
        *person, "item", "scale_min", "scale_max", maintain_order=True).agg(
        _score("start").first().alias("start"), _score("follow_up").last().alias("end"))
    paired = pl.col("start").is_not_null() & pl.col("end").is_not_null()
    change = (pl.col("end") - pl.col("start")).filter(paired)
    least = pl.when(pl.col("instrument") == "swemwbs").then(pl.lit(_least_of_swemwbs(items, reliability))).otherwise(pl.lit(0.0))
    tables = items.group_by(*person).agg(
        started=pl.col("start").is_not_null().any(), paired=paired.any(), change=change.sum().round(9))
    band = (pl.when(~pl.col("started")).then(pl.lit("no_start_score"))
            .when(~pl.col("paired")).then(pl.lit("no_follow_up"))
            .when(pl.col("change") > least).then(pl.lit("improved"))
            .when(pl.col("change") < -least).then(pl.lit("declined")).otherwise(pl.lit("same")))
    order = ["paired", "started", "instrument"]
    tables = tables.sort(order, descending=[True, True, False])
    best = tables.group_by(person[:3], maintain_order=True).first()
    return best.select(*person, band.cast(pl.Enum(BANDS)).alias("band"))


def _least_of_swemwbs(items: pl.DataFrame, reliability: float) -> float:
    """The least change of SWEMWBS that counts, metric points, by the start scores of everyone scored twice."""
    twice = (pl.col("instrument") == "swemwbs") & pl.col("start").is_not_null() & pl.col("end").is_not_null()
    return swemwbs_least(items.filter(twice)["start"].sort().to_list(), reliability)


def _scores(progress: pl.DataFrame) -> pl.DataFrame:
    """Scores that may be compared: each item as it is, but SWEMWBS as the metric score of its seven items.

    They are whole numbers from 1 to 5: any other sum has no metric score, and is left out.
    """
    sitting = ["area_code", "participant_id", "domain", "instrument", "scale_min", "scale_max", "wave", "date"]
    progress = progress.select(pl.col("area_code", "participant_id", "domain", "instrument", "wave", "item").cast(
        pl.String), pl.col("scale_min", "scale_max", "score").cast(pl.Float64), "date")
    is_sum = pl.col("instrument") == "swemwbs"
    sums = progress.filter(is_sum).group_by(sitting).agg(
        pl.col("score").sum(), items=pl.col("item").filter(pl.col("score").is_not_null()).n_unique())
    metric = {float(raw): score for raw, score in enumerate(SWEMWBS_METRIC, start=SWEMWBS_ITEMS)}
    sums = sums.filter((pl.col("items") == SWEMWBS_ITEMS) & pl.col("score").is_in(list(metric))).with_columns(
        pl.col("score").replace_strict(metric, return_dtype=pl.Float64), item=pl.lit("sum"))
    return pl.concat([progress.filter(~is_sum), sums.select(progress.columns)])


def _score(wave: str) -> pl.Expr:
    return pl.col("score").filter(pl.col("wave") == wave)
