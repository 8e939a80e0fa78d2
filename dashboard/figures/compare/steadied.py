"""Each area's rate and, as a second mark, its steadied estimate; the rate stays the figure."""

from collections.abc import Sequence

import numpy as np

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.compare import measures, words
from dashboard.figures.compare.measures import Row
from dashboard.methods import shrinkage
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import differences, numbers

SEEN = 1.0     # points from rate to estimate: less is not seen in a drawing
NOT_STEADIED = {"steadied": None, "steadied_lower": None, "steadied_upper": None}


def steadied(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """How far each rate is drawn towards the others; those that hardly move are in the table alone."""
    held, area_code = measures.compared(edition, choice), measures.area_of(choice)
    if held is None:
        return (Absent(measures.NO_RATE),)
    estimates = _estimates(held.placed) if len(held.placed) >= measures.SMALLEST else None
    if estimates is None:
        return measures.too_few("estimates to be steadied")
    indicator, name = held.indicator, edition.area_name(area_code)
    rows = [row | estimates.get(row["area_code"], NOT_STEADIED) for row in held.rows]
    moved = [row for row in rows if not is_missing(row["value"]) and not is_missing(row["steadied"])
             and abs(row["value"] - row["steadied"]) > SEEN]
    own = next((row for row in rows if row["area_code"] == area_code and area_code != SCOTLAND), None)
    ranged = [numbers.RANGE] if indicator.is_of_records else []
    lines = [[row["area"], tables.value_and_interval(row, indicator), *(numbers.range_text(row, indicator) for _ in ranged),
              returns.people_text(row["denominator"]),
              "[z]" if row["area_code"] == SCOTLAND else tables.value_and_interval(words.steadied_of(row), indicator)]
             for row in rows]
    drawn = f"Drawn: the {len(moved)} that move by more than a point" if moved else "None moves by more than a point, so none is drawn"
    subtitle = (f"{indicator.title}, {indicator.unit}, people who started in {held.when}: each area's rate and its steadied "
                f"estimate. {drawn}. By the alphabet: not a league table")
    return (compose.figure(
        edition, held.answer, title=words.steadied_title(name, own, rows, indicator), subtitle=subtitle,
        table=table(subtitle, ("Area", f"Rate: {tables.column_title(indicator).lower()}", *ranged, "People in the base",
                               "Steadied estimate"), lines, range(1, 4 + len(ranged))),
        plot=plot("steadied", moved, words.steadied_alt(moved, indicator, held.when), indicator=indicator.as_data(),
                  chosen=name, reference=held.scotland) if moved else None,
        unit=indicator.unit, base=indicator.base,
        interval="95% for both: of the rate, for chance and rounding; of the steadied estimate, a credible interval "
                 "under its model.",
        notes=[words.STEADIED_NOTE, *([differences.RANGE_NOTE] if ranged else []), *held.absent, *indicator.caveats], link=measures.link(choice, "steadied")),)


def _estimates(placed: Sequence[Row]) -> dict[str, dict]:
    """Each area's steadied estimate in percentages, by code; None where no prior can be fitted."""
    reached, base, cells = (np.array([float(row[name]) for row in placed])
                            for name in ("numerator", "denominator", "cells"))
    reached = np.minimum(reached, base)
    try:
        found = shrinkage.steady(reached, base, shrinkage.fit_prior(reached, base, cells), cells)
    except ValueError:
        return None
    return {row["area_code"]: dict(zip(NOT_STEADIED, (100 * float(part) for part in parts), strict=True))
            for row, parts in zip(placed, zip(*found, strict=True), strict=True)}
