"""People who started each quarter inside the limits of their own usual variation: an XmR chart."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from dashboard.figure import Absent, Choice, Figure, plot, table
from dashboard.figures import compose, returns
from dashboard.figures.compare import measures, words
from dashboard.methods import maturity, rounding, spc
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import phrases

PEOPLE = "participants"

Row = Mapping[str, object]


def starts(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Starts by quarter, the average and limits between documented changes, and signals of unusual variation."""
    if PEOPLE not in edition.catalogue:
        return ()
    area_code, indicator = measures.area_of(choice), edition.catalogue[PEOPLE]
    answer, name = edition.series(PEOPLE, [area_code], frequency="quarter"), edition.area_name(area_code)
    judged = judged_quarters(edition, answer.rows)
    waiting = answer.rows[len(judged):]
    if len(judged) < 2:
        return (Absent(f"{name}: too few quarters of starts to show."),)
    changes = documented(edition, judged)
    drawn = spc.draw([np.nan if is_missing(row["value"]) else float(row["value"]) for row in judged], tuple(changes),
                     step=rounding.BASE)
    subtitle = (f"People who started support each quarter, {name}, {judged[0]['period_label']} to "
                f"{answer.rows[-1]['period_label']}")
    return (compose.figure(
        edition, answer, title=words.signals_title(drawn, name), subtitle=subtitle,
        table=table(subtitle, ("Quarter", "People who started", "Average", "Limits", "Variation"),
                    _lines(judged, waiting, drawn), {1, 2, 3}),
        plot=plot("xmr", judged, words.xmr_alt(judged, drawn, name), drawn=asdict(drawn), waiting=waiting,
                  changes=[{"position": position, "words": change} for position, change in changes.items()]),
        unit=indicator.unit, base=indicator.base,
        interval="Limits of usual variation (XmR), from 12 quarters; signals are read from 20.",
        notes=[words.XMR_NOTE, *words.XMR_RULES, "The newest quarter is still being reported and takes no part.", *indicator.caveats],
        link=f"/jobs?area={area_code}&compare=starts"),)


def judged_quarters(edition: Edition, rows: Sequence[Row]) -> list[Row]:
    """The quarters that are no longer being reported."""
    cut_off = returns.cut_off(edition)
    return [row for row in rows if maturity.is_mature(maturity.cohort_end(str(row["period"])), 0, cut_off)]


def _lines(judged: Sequence[Row], waiting: Sequence[Row], drawn: spc.Chart) -> list[list[str]]:
    """A line a quarter: starts, average and limits of its stretch, and every rule by which it varies more than usual."""
    stretches = {at: segment for segment in drawn.segments for at in range(segment.start, segment.stop)}
    rules = spc.rules_at(drawn)
    return [[str(row["period_label"]), words.starts(row), *_limit_cells(stretches[at]),
             words.variation(stretches[at], rules.get(at, ()), is_missing(row["value"]))]
            for at, row in enumerate(judged)] + [
        [str(row["period_label"]), f"{words.starts(row)} [p]", "", "", "still being reported"] for row in waiting]


def _limit_cells(segment: spc.Segment) -> tuple[str, str]:
    if segment.mean is None:
        return "too few quarters", "too few quarters"
    return f"{segment.mean:,.0f}", f"{segment.lower:,.0f} to {segment.upper:,.0f}"


def documented(edition: Edition, rows: Sequence[Row]) -> dict[int, str]:
    """Position of the first quarter after each documented change inside the series, and its words."""
    first_days = [dt.date.fromisoformat(str(row["start_date"])[:10]) for row in rows]
    folded: dict[dt.date, list[str]] = {}
    for row in edition.ask("programmes").rows:
        if not is_missing(row["fold_date"]):
            folded.setdefault(dt.date.fromisoformat(row["fold_date"][:10]), []).append(str(row["label"]))
    changes = {}
    for day, names in sorted(folded.items()):
        after = next((at for at, first_day in enumerate(first_days) if first_day >= day), 0)
        if 0 < after < len(rows):
            changes[after] = f"{phrases.listed(names)} folded in"
    return changes
