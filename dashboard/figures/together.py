"""Where one year holds too few people for a verdict, the newest years together: more of the people the measure is about."""

from collections.abc import Mapping, Sequence
from statistics import quantiles

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND
from dashboard.figures import judged
from dashboard.figures.compare import measures
from dashboard.figures.compare.measures import Compared
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import marks

NOTE = "Where one year holds too few people in an area, its newest years together are shown, against the same years of Scotland."
FEW = ("u", "c")
RATE = ("numerator", "denominator", "value", "lower_ci", "upper_ci", "obs_status", "period", "period_label", "direction", "verdict", "compared")
ENDS = ("lowest", "highest")        # of a rate of records, if all that is not recorded went one way


def instead(edition: Edition, row: Row, indicator: Indicator) -> dict | None:
    """One area's row over its newest years together, judged; None unless the year rests on few people and the years do not.

    Adds `scotland` and the spread of the partnerships over the same years, the range of a rate of records, and `is_together`.
    """
    if not set(FEW) & set(marks.marks_of(row["obs_status"])) or indicator.data_class != "returns" or indicator.measure != "percentage":
        return None
    rows = {str(each["area_code"]): each for each in _judged(edition, indicator)}
    own, whole = rows.get(str(row["area_code"])), rows.get(SCOTLAND)
    if own is None or whole is None or is_missing(own["value"]) or set(FEW) & set(marks.marks_of(own["obs_status"])):
        return None
    return (dict(row) | {name: own[name] for name in RATE} | {end: own.get(end) for end in ENDS}
            | {"scotland": whole["value"], "is_together": True} | _spread(list(rows.values())))


def answers(edition: Edition, rows: Sequence[Row]) -> list[Answer]:
    """The answers behind those of the rows that are of several years."""
    held = [measures.compared_by(edition, str(row["indicator_id"])) for row in rows if row.get("is_together")]
    return [each.answer for each in held if each is not None]


def _held(edition: Edition, indicator_id: str) -> tuple[Row, ...]:
    held: Compared | None = measures.compared_by(edition, indicator_id)
    return held.rows if held is not None and held.years > 1 else ()


def _judged(edition: Edition, indicator: Indicator) -> list[dict]:
    """Every area's rate over the years, judged together as wherever these years are shown."""
    return edition.once(f"years together, judged: {indicator.indicator_id}",
                        lambda held: judged.areas(held, _held(held, indicator.indicator_id), indicator))


def _spread(rows: Sequence[Mapping[str, object]]) -> dict[str, float]:
    """Lowest, quarters and highest of the partnerships that have a rate."""
    values = sorted(float(row["value"]) for row in rows if row["area_code"] != SCOTLAND and not is_missing(row["value"]))
    lower, _, upper = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
    return {"spread_from": values[0], "lower_quarter": lower, "upper_quarter": upper, "spread_to": values[-1]}
