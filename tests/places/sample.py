"""Made-up figures for 32 councils, with every reason a figure may be hidden."""

import csv
import json
from functools import cache

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.words import comparisons

BOUNDARIES = paths.REFERENCE / "boundaries" / "council_areas_natural_earth.geojson"
MARKS = {"S12000023": "c", "S12000027": "x", "S12000013": "low", "S12000042": "u", "S12000005": "c",
         "S12000033": "p"}


@cache
def names() -> dict[str, str]:
    """area_code -> name, as the boundary file holds them."""
    features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
    return {each["id"]: each["properties"]["name"] for each in features}


def places() -> dict[str, tuple[int, int]]:
    """area_code -> (row, column) of the tile grid."""
    with (paths.REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as lines:
        return {row["area_code"]: (int(row["tile_row"]), int(row["tile_column"]))
                for row in csv.DictReader(lines) if row["tile_row"]}


def indicator(**changes) -> Indicator:
    """A rate from returns; `changes` replace its fields."""
    return Indicator(**({
        "indicator_id": "job_rate", "title": "Participants entering work", "definition": "Made up.",
        "topic": "progression", "measure": "percentage", "unit": "% of participants",
        "direction": "higher_is_better", "decimals": 0, "data_class": "returns",
        "base": "of people who started", "interval_method": "wilson_rounded",
        "source": "made_up", "designation": "Made up", "caveats": (),
    } | changes))


def rows(shift: int = 0) -> list[dict]:
    """One row a council; `shift` moves the values about. Hidden ones have no value."""
    made = []
    for place, (code, name) in enumerate(sorted(names().items())):
        mark = MARKS.get(code)
        value = {"c": None, "x": None, "low": 0.0}.get(mark, float(20 + (place * 7 + shift * 5) % 25))
        lower, upper = (None, None) if value is None else (value - 4, value + 4)
        made.append({"area_code": code, "name": name, "value": value, "lower_ci": lower, "upper_ci": upper,
                     "denominator": 100.0 + place, "obs_status": mark})
    return made


SCOTLAND = {"area_code": "S92000003", "name": "Scotland", "value": 31.0, "lower_ci": 30.5, "upper_ci": 31.5,
            "denominator": 46_930.0, "obs_status": None}


def judged(rows, indicator: Indicator) -> list[dict]:
    """The rows with what may be said of each against the rest of Scotland; every council has a like share of its people."""
    shares = {code: 1 / len(names()) for code in names()}
    return comparisons.judged(rows, SCOTLAND, "Scotland", indicator, shares)
