"""Could we even tell? The smallest change of each measure that would probably show."""

from collections.abc import Mapping

from dashboard.figure import INDICATOR, Absent, Choice, Figure, table
from dashboard.figures import compose, tables
from dashboard.figures.compare import measures, words
from dashboard.methods import detectable
from dashboard.read.edition import Edition
from dashboard.words import numbers


def tell(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """For next year's figure alone, and for as many years together as the rate is made of."""
    area_code = measures.area_of(choice)
    name, beside = edition.area_name(area_code), choice.of(measures.TELL.name, ",".join(measures.ALONGSIDE[0]))
    lines, answers = [], []
    for indicator_id in dict.fromkeys((choice.of(INDICATOR, measures.ENTERED_WORK), *beside.split(","))):
        held = measures.compared_by(edition, indicator_id)
        rows = held.rows if held else ()
        own = next((row for row in rows if row["area_code"] == area_code and row["denominator"]), None)
        if own is not None:
            lines.append((held, own, *_detectable(own, held.years)))
            answers.append(held.answer.keep([own]))
    if not lines:
        return (Absent(f"{name}: no rate to reckon with."),)
    most, (first, _, one, together) = max(held.years for held, *_ in lines), lines[0]
    subtitle = (f"Smallest change that would probably show, percentage points, {name}. The title is about the first "
                "measure")
    ranged = [numbers.RANGE] if any(held.indicator.is_of_records for held, *_ in lines) else []
    return (compose.figure(
        edition, answers[0].joined_by(*answers[1:]), title=words.tell_title(name, one, together, first.years),
        subtitle=subtitle,
        table=table(subtitle, ("Measure", "Now", *ranged, "People a year", "Next year alone", f"Up to {most} years together"), [
            [held.indicator.title, f"{tables.value_and_interval(own, held.indicator)}, {held.when}",
             *(numbers.range_text(own, held.indicator) if held.indicator.is_of_records else "[z]" for _ in ranged),
             f"{own['denominator'] / held.years:,.0f}", words.both_ways(alone), words.both_ways(added)]
            for held, own, alone, added in lines], range(2, 3 + len(ranged))),
        unit="Percentage points", base="People who started support, or who entered work",
        interval="80% power at 5%, two-sided, with the rounding of both sides.",
        notes=[words.TELL_NOTE, *([words.TELL_RANGE_NOTE] if ranged else [])], link=measures.link(choice, "tell")),)


def _detectable(own: Mapping[str, object], years: int) -> tuple[detectable.Detectable, detectable.Detectable]:
    """For one year of average size, and for as many years together as the rate is made of."""
    base = float(own["denominator"])
    reached = min(float(own["numerator"]), base)
    return (detectable.smallest_change(reached / years, base / years),
            detectable.smallest_change(reached, base, k=int(own["cells"])))
