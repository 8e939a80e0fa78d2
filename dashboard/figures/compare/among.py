"""Where an area lies among what chance and usual differences allow, and the ranks that each could have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Cell, Choice, Column, Figure, Table, plain, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.areas import family_group
from dashboard.figures.compare import measures, words
from dashboard.figures.compare.measures import Compared, Row
from dashboard.methods import funnel as funnels
from dashboard.methods import ranks as ranking
from dashboard.read.edition import Edition
from dashboard.words import numbers


@dataclass(frozen=True)
class Funnel:
    """What a funnel shows whichever area is chosen: where each area lies by its code, the curves, every rate as a table."""

    fitted: funnels.Funnel
    expected: funnels.Expected
    positions: Mapping[str, str]
    limits: Sequence[Mapping[str, float]]
    table: Table


def among(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """A funnel: each area's rate by how many people it is made from."""
    held, area_code = measures.compared(edition, choice), measures.area_of(choice)
    if held is None:
        return (Absent(measures.NO_RATE),)
    placed, name, indicator = held.placed, edition.area_name(area_code), held.indicator
    if len(placed) < measures.SMALLEST:
        return measures.too_few("a comparison among them")
    drawn = edition.once(f"compare: funnel of {indicator.indicator_id}", lambda _: _funnel(held))
    if drawn is None:
        return (Absent("Nobody reached it, or everybody did: there is nothing to place."),)
    fitted, expected, positions = drawn.fitted, drawn.expected, drawn.positions
    position, places = held.place_of(area_code, positions), list(positions.values())
    group = None if area_code == SCOTLAND else family_group(edition, area_code)
    outside, missing = places.count("higher") + places.count("lower"), places.count("missing")
    return (compose.figure(
        edition, held.answer, title=words.funnel_title(name, position, outside, len(placed), expected.warning, missing),
        subtitle=f"{drawn.table.caption}. Filled grey: its family group" if group else drawn.table.caption, table=drawn.table,
        plot=plot("funnel", placed, words.funnel_alt(name, position, outside, len(placed), indicator, held.when, missing),
                  limits=drawn.limits, centre=100 * fitted.centre, indicator=indicator.as_data(), chosen=name,
                  named=[row["area"] for row in placed if positions[row["area_code"]] in ("higher", "lower")],
                  alike=[row["area"] for row in placed if row["area_code"] in (group[1] if group else ())]),
        unit=indicator.unit, base=indicator.base,
        interval="The bands hold 95% and 99.8% of areas if they differ only by chance and by usual differences.",
        notes=[*words.funnel_notes(fitted, expected, len(placed)), *([words.FUNNEL_RANGE_NOTE] if missing else []), *held.absent, *indicator.caveats],
        link=measures.link(choice, "among")),)


def ranks(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The ranks each area could have, all of them right together."""
    held, area_code = measures.compared(edition, choice), measures.area_of(choice)
    if held is None:
        return (Absent(measures.NO_RATE),)
    placed, name, indicator = held.placed, edition.area_name(area_code), held.indicator
    if len(placed) < measures.SMALLEST:
        return measures.too_few("a comparison among them")
    known, areas = measures.known_ranges(placed, indicator), len(placed)
    ranges = ranking.rank_intervals(*_counts(placed), _column(placed, "cells"), known=known)
    rows = [row | {"first": float(first), "last": float(last),
                   "text": f"{row['area']}: {words.rank_text(first, last, areas)}"}
            for row, first, last in zip(placed, ranges.lower, ranges.upper, strict=True)]
    own = next((row for row in rows if row["area_code"] == area_code), None)
    subtitle = (f"Ranks each area could have: {indicator.title}, {indicator.unit}, people who started in {held.when}. "
                "By the alphabet: not a league table")
    return (compose.figure(
        edition, held.answer,
        title=words.rank_title(name, own, areas, rows) if own is not None or area_code == SCOTLAND
        else f"{name}: {words.position_words(held.place_of(area_code, {}))}", subtitle=subtitle,
        table=table(subtitle, ("Area", tables.column_title(indicator), *([numbers.RANGE] if known else []), "Ranks it could have"), [
            [row["area"], tables.value_and_interval(row, indicator), *([numbers.range_text(row, indicator)] if known else []),
             words.rank_text(row["first"], row["last"], areas)] for row in rows], {1, 2} if known else {1}),
        plot=plot("ranks", rows, words.ranks_alt(rows, areas, indicator, held.when), areas=areas, chosen=name),
        unit="Rank by rate, 1 the highest", base=indicator.base,
        interval="Simultaneous 95%: all ranges are right together at least 95 times in 100.",
        notes=["False alarms: if all areas were truly alike, any range would leave out a rank in at most 5 of 100 "
               "editions.", *([words.RANKS_RANGE_NOTE] if known else []), *held.absent, *indicator.caveats], link=measures.link(choice, "ranks")),)


def _funnel(held: Compared) -> Funnel | None:
    """None where nobody or everybody reached it."""
    placed, indicator = held.placed, held.indicator
    fitted = _fitted(placed)
    if fitted is None:
        return None
    expected = funnels.expected_outside(fitted, _counts(placed)[1], _column(placed, "cells"))
    positions = dict(zip([row["area_code"] for row in placed], _positions(placed, fitted, indicator), strict=True))
    caption = f"{indicator.title}, {indicator.unit}, by people in the base, people who started in {held.when}"
    return Funnel(fitted, expected, MappingProxyType(positions), plain(_limits(placed, fitted)), _funnel_table(held, positions, caption))


def _positions(placed: Sequence[Row], fitted: funnels.Funnel, indicator: Indicator) -> list[str]:
    """Where each area lies: higher, within or lower; missing where what is not recorded could put it elsewhere."""
    known = measures.known_ranges(placed, indicator)
    if known is None:
        return list(map(str, fitted.position))
    limits = funnels.limits(_column(placed, "denominator"), fitted.centre, fitted.tau2, funnels.WARNING, _column(placed, "cells"))
    ends = [np.where(100 * limits.upper < end, "higher", np.where(100 * limits.lower > end, "lower", "within"))
            for end in map(np.asarray, known)]
    is_known = (ends[0] == ends[1]) & (ends[0] == fitted.position) & ~np.isnan(known[0])
    return [str(position) for position in np.where(is_known, fitted.position, "missing")]


def _fitted(placed: Sequence[Row]) -> funnels.Funnel | None:
    """The funnel around the typical area; None where nobody or everybody reached it, so that no band can be drawn."""
    try:
        return funnels.fit(*_counts(placed), _column(placed, "cells"))
    except ValueError:
        return None


def _column(rows: Sequence[Row], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


def _counts(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Those who reached the outcome and everyone: a protected count may exceed its protected base by rounding."""
    base = _column(rows, "denominator")
    return np.minimum(_column(rows, "numerator"), base), base


def _limits(rows: Sequence[Row], fitted: funnels.Funnel) -> list[dict]:
    """Both bands from the smallest base to the largest, in percentages."""
    people, cells = _column(rows, "denominator"), float(_column(rows, "cells").max())
    bases = np.geomspace(people.min(), people.max(), 41)
    inner = funnels.limits(bases, fitted.centre, fitted.tau2, funnels.WARNING, cells)
    outer = funnels.limits(bases, fitted.centre, fitted.tau2, funnels.ALARM, cells)
    named = {"denominator": bases, "lower_95": 100 * inner.lower, "upper_95": 100 * inner.upper,
             "lower_998": 100 * outer.lower, "upper_998": 100 * outer.upper}
    return [dict(zip(named, map(float, point), strict=True)) for point in zip(*named.values(), strict=True)]


def _funnel_table(held: Compared, positions: Mapping[str, str], caption: str) -> Table:
    """Every area's rate, and where it lies on the funnel."""
    rates = tables.area_table(held.rows, held.indicator, caption)
    on = ["" if row["area_code"] == SCOTLAND else words.position_words(held.place_of(row["area_code"], positions))
          for row in held.rows]
    return Table(caption, (*rates.columns, Column("On the funnel")),
                 tuple((*line, Cell(text)) for line, text in zip(rates.rows, on, strict=True)))
