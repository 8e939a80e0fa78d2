"""`data_quality`: every share in it must follow from the protected counts (T3)."""

import math

import numpy as np
import polars as pl

from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.pipeline.disclosure.audit.families import ANSWERS, IN_PARTNERSHIPS, NODES, SCOTLAND, SCOTLAND_ONLY
from dashboard.pipeline.disclosure.audit.relations import Model

FLAGS = ("received", "received_experience", "received_progress", "on_time")
STARTS = NODES.index("starts")


def check_quality(model: Model, rows: pl.DataFrame) -> list[str]:
    """What is not a flag and does not follow from the cube, in plain words."""
    problems = []
    for area, measure, value in rows.select("area_code", "measure", "value").iter_rows():
        if measure in FLAGS:
            wrong = value not in (0.0, 1.0, None)
        elif measure == "rejected_share":      # of rows, not of people; both counts rounded before
            wrong = value is not None and not 0 <= value <= 1
        else:
            wrong = not _follows(model, area, measure, value)
        if wrong:
            problems.append(f"data_quality: {measure} of {area} does not follow from the cube")
    return problems


def _follows(model: Model, area: str, measure: str, value: float | None) -> bool:
    if measure.startswith("unknown_"):
        counts = _unknown(model, area, measure.removeprefix("unknown_"))
    elif measure.startswith("followup_recorded_when_due_"):
        counts = _recorded(model, area, f"followup_{measure.rsplit('_', 1)[1]}_weeks")
    else:
        counts = None
    if counts is None:
        return False
    part, whole = counts
    share = min(1.0, part / whole) if whole >= FEWEST_SHOWN else None
    return value is share or (None not in (value, share) and math.isclose(value, share, abs_tol=1e-12))


def _unknown(model: Model, area: str, c: str) -> tuple[int, int] | None:
    """People whose category is unknown, and all people, over all years; a partnership's only from B."""
    if c not in IN_PARTNERSHIPS + SCOTLAND_ONLY:
        return None
    if area == SCOTLAND and model.has(f"C_{c}", True):
        family, quarterly = f"C_{c}", True
    elif area != SCOTLAND and model.has(f"B_{c}") and area in model.axis(f"B_{c}", "area_code"):
        family, quarterly = f"B_{c}", False
    else:
        return None
    cells = model.pick(family, "category", "period", quarterly=quarterly, area_code=area)[..., STARTS]
    counts = model.system.published[cells].sum(axis=1)
    words = model.axis(family, "category", quarterly)
    return (int(counts[words.index("unknown")]), int(counts.sum())) if "unknown" in words else None


def _recorded(model: Model, area: str, followup: str) -> tuple[int, int] | None:
    """Follow-ups with an answer of in or not in employment, and those that were due, over all years."""
    try:
        cells = model.pick("F", "category", "period", area_code=area, characteristic=followup,
                           category=list(ANSWERS))
    except KeyError:
        return None
    counts = dict(zip(ANSWERS, np.sum(model.system.published[cells[..., 0]], axis=1), strict=True))
    return (int(counts["in_employment"] + counts["not_in_employment"]),
            int(sum(counts.values()) - counts["not_due"]))
