"""Lines about starts that have shifted: more than usual variation, and unlikely by chance among all areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.figure import Choice
from dashboard.figures.challenge.line import Found, evidence, line
from dashboard.figures.compare.starts import PEOPLE, documented, judged_quarters
from dashboard.methods import rounding, screen, spc
from dashboard.methods.missing import is_missing
from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.read.edition import Answer, Edition, Row
from dashboard.read.enquiry import Rule


@dataclass(frozen=True)
class Shift:
    """A signal of one area's quarters: `rows` are those it is made of, `average` that of its stretch in people."""

    signal: spc.Signal
    rows: tuple[Row, ...]
    average: float


def changed_starts(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The area's shift of starts, if it has one."""
    if PEOPLE not in edition.catalogue:
        return []

    def found(edition: Edition) -> tuple[Answer, Mapping[str, Shift]]:
        answer = edition.series(PEOPLE, list(edition.areas), frequency="quarter")
        return answer, shifts(_series(edition, answer.rows), int(rule.threshold))

    answer, by_area = edition.once(f"challenge: {rule.id}", found)
    if (own := by_area.get(area_code)) is None:
        return []
    return [Found(line(rule, area_code, _seen(own, edition.area_name(area_code)), [evidence(edition, "compare.starts", Choice(area_code))],
                       PEOPLE), answer.keep(own.rows))]


def _series(edition: Edition, rows: Sequence[Row]) -> dict[str, tuple[Sequence[Row], tuple[int, ...]]]:
    """Each area's quarters that can be judged, and where documented changes fall among them."""
    made = {}
    for code in edition.areas:
        own = judged_quarters(edition, [row for row in rows if row["area_code"] == code])
        made[code] = own, tuple(documented(edition, own))
    return made


def shifts(series: Mapping[str, tuple[Sequence[Row], Sequence[int]]], newest: int) -> dict[str, Shift]:
    """By area: the signal of its newest stretch that stands out among all areas; of none that ended `newest` quarters ago.

    `series`: quarters (rows with a `value`: people) and the positions of documented changes. A stretch of under 20
    quarters, or of fewer than 30 people in an average quarter, is not read.
    """
    read = {code: made for code, (rows, changes) in series.items() if (made := _read(rows, changes, newest)) is not None}
    stands = screen.stand_out([chance for chance, _ in read.values()]) if read else ()
    return {code: shift for (code, (_, shift)), is_clear in zip(read.items(), stands, strict=True) if is_clear and shift}


def _read(rows: Sequence[Row], changes: Sequence[int], newest: int) -> tuple[float, Shift | None] | None:
    """The chance of the clearest recent signal, and the signal; None where the newest stretch is not read."""
    values = [np.nan if is_missing(row["value"]) else float(row["value"]) for row in rows]
    if not values:
        return None
    drawn = spc.draw(values, tuple(changes), step=rounding.BASE)
    last = drawn.segments[-1]
    if not last.judged or last.mean < FEWEST_SHOWN:
        return None
    recent = [each for each in drawn.signals if each.rule in spc.READ_TOGETHER and each.points[0] >= last.start
              and each.points[-1] >= len(values) - newest]
    if not recent:
        return 1.0, None
    chances = [spc.chance(values, last, each, newest, rounding.BASE) for each in recent]
    clearest, signal = min(zip(chances, recent, strict=True), key=lambda each: (each[0], -len(each[1].points)))
    return clearest, Shift(signal, tuple(rows[point] for point in signal.points), last.mean)


def _seen(shift: Shift, area: str) -> str:
    rows, side = shift.rows, {"high": "above", "low": "below"}[shift.signal.side]
    first, last = str(rows[0]["period_label"]), str(rows[-1]["period_label"])
    average = f"The average quarter has {shift.average:,.0f} people."
    if shift.signal.rule == "outside":
        return f"In {first}, {float(rows[0]['value']):,.0f} people started in {area}: {side} the limits of usual variation. {average}"
    if shift.signal.rule == "run":
        return f"People who started in {area}: {len(rows)} quarters in a row {side} the average, {first} to {last}. {average}"
    way = {"high": "up", "low": "down"}[shift.signal.side]
    return f"People who started in {area}: {len(rows)} quarters in a row going {way}, {first} to {last}. {average}"
