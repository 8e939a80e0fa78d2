"""Published figures of these services and their predecessors: beside, never added to the returns."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Choice, Figure, table
from dashboard.figures import compose
from dashboard.figures.jobs import held
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import numbers

IN_SCOTLAND = (
    "fss_job_start_rate", "fss_sustained_13_weeks_rate", "fss_sustained_26_weeks_rate", "fss_sustained_52_weeks_rate",
    "nolb_entered_employment_rate", "nolb_education_or_training_rate", "cjs_entered_employment_rate",
    "cjs_positive_outcome_rate", "aa_completed", "aa_progressed", "wfs_job_starts", "was_job_starts")
IN_AN_AREA = ("nolb_participants", "nolb_entered_employment", "nolb_in_employment_52_weeks")


def published(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Scotland's published outcomes as a table, and the area's own where one is chosen."""
    area_code = held.area_of(choice)
    here = () if area_code == SCOTLAND else _latest(edition, IN_AN_AREA, area_code)
    return (*_latest(edition, IN_SCOTLAND, SCOTLAND), *here)


def _latest(edition: Edition, indicator_ids: Sequence[str], area_code: str) -> tuple[Figure, ...]:
    answer = edition.ask("latest", area_code=area_code, indicators=list(indicator_ids))
    by_indicator = {row["indicator_id"]: row for row in answer.rows if not is_missing(row["value"])}
    named = [(by_indicator[name], edition.catalogue[name]) for name in indicator_ids if name in by_indicator]
    if not named:
        return ()
    caption = f"Published outcomes, {edition.area_name(area_code)}"
    return (compose.figure(
        edition, answer, title=f"Published figures of these services: {edition.area_name(area_code)}", subtitle=caption,
        table=table(caption, ("Published measure", "Figure", "Unit", "Period", "Edition"), [
            (indicator.title, numbers.value_text(row, indicator, short=True), indicator.unit, str(row["period_label"]),
             str(row["edition"])) for row, indicator in named], {1}),
        unit="Each measure in its own unit", base="As each measure is published: other people than in the returns",
        notes=["Exactly as published, by other definitions and for other people: never merged with figures of the returns."]),)
