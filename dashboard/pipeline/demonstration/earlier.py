"""The same people as the edition before knew them: what had not happened, or was not yet reported, is left out.

Its draws are a branch of their own, so that the later edition keeps its bytes.
"""

import numpy as np
import polars as pl

from dashboard.pipeline.demonstration.draws import Draws, Whole
from dashboard.pipeline.demonstration.outcomes import DAYS_A_WEEK, FOLLOWUPS, reported
from dashboard.pipeline.demonstration.people import People
from dashboard.pipeline.demonstration.quarters import day


def as_known(participants: pl.DataFrame, people: People, draws: Draws) -> pl.DataFrame:
    """The rows of people already reported, each with what was known of them: `participants` stand as in `people`."""
    cut_off = people.plan.invented["earlier"]["cut_off"]
    is_here = (people.start <= day(cut_off)) & draws.chance(_start_per_mille(people), people.size)
    job = people["employment_start_date"]
    has_job = (job >= 0) & (job <= day(cut_off)) & draws.chance(_job_per_mille(people, day(cut_off)), people.size)
    weeks = people.invented["followups"]["weeks"]
    known = {name: has_job & (job + each * DAYS_A_WEEK <= day(cut_off)) for name, each in zip(FOLLOWUPS, weeks, strict=True)}
    known["employment_start_date"] = has_job
    dated = [name for name in participants.columns if name.endswith("_date") and name != "employment_start_date"]
    return participants.with_columns(
        *(pl.when(pl.lit(pl.Series(mask))).then(pl.col(name)).alias(name) for name, mask in known.items()),
        *(pl.when(pl.col(name) <= cut_off).then(pl.col(name)).alias(name) for name in dated),
    ).filter(pl.Series(is_here))


def _start_per_mille(people: People) -> Whole:
    """Of starts that the later edition knows, those this one did: a quarter was then as new as the next one is later."""
    later = people.plan.reported[people.area.number - 1]
    then = np.append(later[1:], 0)
    return (then * 1000 // later)[people.quarter]


def _job_per_mille(people: People, cut_off: int) -> Whole:
    """Of jobs that the later edition knows, those this one did."""
    job = people["employment_start_date"]
    later = np.maximum(reported(people.plan, people.plan.calendar.cut_off - job), 1)
    return np.minimum(reported(people.plan, cut_off - job) * 1000 // later, 1000)
