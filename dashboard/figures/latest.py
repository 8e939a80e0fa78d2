"""The latest figure of several indicators as cards, each against the period before it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboard.figure import SCOTLAND, Figure
from dashboard.figures import compose
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import ages, differences, numbers, periods, phrases

FEWEST_PAST = 3      # figures that make a small drawing
RUNNING = ", running total"
WIDENED = {"nolb_participants": "2021-04-01"}      # running totals that once counted less: their figures before this day are not drawn


def indicator_cards(edition: Edition, indicator_ids: Sequence[str], area_code: str = SCOTLAND,
                    title: str = "Latest figures") -> tuple[Figure, ...]:
    """A card for each of these indicators that has a figure, in this order; nothing where none has."""
    answer = edition.ask("latest", area_code=area_code, indicators=list(indicator_ids))
    held = {row["indicator_id"]: row for row in answer.rows}
    rows = [card_of(edition, held[name], past_of(edition, held[name], area_code)) for name in indicator_ids
            if name in held and name in edition.catalogue]
    return (compose.cards(edition, answer, rows, title=title, subtitle=edition.area_name(area_code)),) if rows else ()


def past_of(edition: Edition, newest: Mapping[str, object], area_code: str) -> list[list[tuple[float, float]]]:
    """(year, value) up to the newest, of periods of its kind, in runs that breaks part; nothing of fewer than FEWEST_PAST."""
    indicator = edition.catalogue[str(newest["indicator_id"])]
    since = WIDENED.get(indicator.indicator_id, "")
    known = [row for row in edition.series(indicator.indicator_id, [area_code], frequency=str(newest["frequency"])).rows
             if not is_missing(row["value"]) and str(row["end_date"]) >= since]
    if len(known) < FEWEST_PAST:
        return []
    runs = [known[:1]]
    for before, row in pairwise(known):
        if periods.has_break_between(before, row, indicator):
            runs.append([])
        runs[-1].append(row)
    return [[(_year(row), float(row["value"])) for row in run] for run in runs]


def _year(row: Mapping[str, object]) -> float:
    """The end of the row's period as a decimal year."""
    year, month = str(row["end_date"])[:7].split("-")
    return int(year) + int(month) / 12


def card_of(edition: Edition, row: Mapping[str, object], past: compose.Past = ()) -> dict[str, object]:
    """The latest figure of one indicator, against the period before it; with its age where it is old."""
    indicator = edition.catalogue[str(row["indicator_id"])]
    before = periods.before_of(row)
    difference = differences.difference(row, before, indicator) if before else None
    is_total = row["frequency"] == "to_date" and indicator.measure == "count"
    broken = before is not None and periods.has_break_between(before, row, indicator)
    as_published = f"; published as {numbers.value_text(row, indicator, short=True)}" if indicator.has_rounded_base else ""
    return compose.card(
        indicator.title, numbers.card_value(row, indicator), numbers.card_line(row, indicator),
        phrases.sentence_case(differences.changed(row, before, indicator)) if before else "",
        "none" if broken else differences.verdict(difference, indicator),
        f"{row['period_label']}{RUNNING if is_total else ''}{ages.aside(row, edition.day)} · {numbers.base_text(row, indicator)}"
        f"{as_published}", f"/indicator?id={indicator.indicator_id}", past, is_total and bool(past))
