"""The tile grid at each period, on one scale."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, judged
from dashboard.figures.places import shading
from dashboard.figures.places.view import View, councils_of, spots_of, view_of
from dashboard.methods.classes import Scale
from dashboard.methods.missing import is_missing
from dashboard.read import places
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import differences, numbers, trends

MOST_PERIODS = 8
ONE_PERIOD = "Only one period is held for councils, so there is nothing to show over time."
Panels = Mapping[str, Sequence[Row]]      # period label -> Scotland, where it is held, then all 32 councils


def over_time(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """Every council at up to eight periods of the frequency chosen; the newest eight where there are more."""
    view = view_of(edition, choice)
    if view is None:
        return ()
    answer, panels = _panels(view)
    if len(panels) < 2:
        return (Absent(ONE_PERIOD),)
    indicator, area_code, spots = view.indicator, choice.of("area", SCOTLAND), spots_of(edition)
    scale = shading.choose_scale([row for rows in panels.values() for row in councils_of(rows)], indicator)
    tiles = {when: shading.map_rows(councils_of(judged.areas(edition, rows, indicator)), indicator, scale, spots)
             for when, rows in panels.items()}
    first, *_, last = panels
    own, name = [row for row in answer.rows if row["area_code"] == area_code], edition.area_name(area_code)
    title = f"{name}: {trends.trend_title(own, indicator)}" if own else indicator.title
    subtitle = f"{indicator.title}, {indicator.unit}, 32 councils, {first} to {last}, {_shades(scale)}"
    alt = f"{len(panels)} tile grids of 32 councils, one a period. {title}. Every figure is in the table under it."
    return (compose.figure(
        edition, answer, title=title, subtitle=subtitle, table=_table(edition, panels, indicator, subtitle),
        plot=plot("tile_grids", [{**row, "panel": when} for when, rows in tiles.items() for row in rows], alt,
                  **shading.as_options(scale, indicator, area_code, shading.key(tiles[last], scale, view.indicator))),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(answer.rows, indicator),
        notes=("One scale for every period. Differences between shades are not tests of change.",
               *((differences.RANGE_NOTE,) if indicator.is_of_records else ()),
               *(f"Break at {each.period}: {each.label}" for each in indicator.breaks), *indicator.caveats)),
            Said(f"The councils counted in the key are those of {last}."))


def _panels(view: View) -> tuple[Answer, Panels]:
    """The rows of the newest periods in which any council has a figure, and every council in each of them."""
    answer = view.edition.ask("trend", indicator_id=view.indicator.indicator_id, areas=list(view.edition.areas),
                              programme=None, characteristic="all", category=None, frequency=_frequency(view))
    by_period: dict[str, list[Row]] = {}
    for row in answer.rows:
        by_period.setdefault(row["period"], []).append(row)
    held = [rows for rows in by_period.values() if any(not is_missing(row["value"]) for row in councils_of(rows))]
    shown = sorted(held, key=lambda rows: rows[0]["end_date"])[-MOST_PERIODS:]
    periods = {rows[0]["period"] for rows in shown}
    return (answer.keep([row for row in answer.rows if row["period"] in periods]),
            {str(rows[0]["period_label"]): places.every_council(rows, view.edition.areas) for rows in shown})


def _frequency(view: View) -> str:
    return next((row["frequency"] for row in view.answer.rows if row.get("frequency")), "financial_year")


def _shades(scale: Scale) -> str:
    if scale.is_comparison or len(scale.labels) < 2:
        return "against Scotland in each period" if scale.is_comparison else "one shade"
    return f"faintest {scale.labels[0][:1].lower()}{scale.labels[0][1:]}, strongest {scale.labels[-1]}"


def _table(edition: Edition, panels: Panels, indicator: Indicator, caption: str) -> Table:
    """One row an area, one column a period."""
    cells = {(when, row["area_code"]): _cell(row, indicator) for when, rows in panels.items() for row in rows}
    return table(caption, ("Area", *panels), [[area["name"], *(cells.get((when, code), "[x]") for when in panels)]
                                              for code, area in edition.areas.items()], range(1, len(panels) + 1))


def _cell(row: Row, indicator: Indicator) -> str:
    """The figure and, of a rate of records, the range it could have."""
    value = numbers.value_text(row, indicator, short=True)
    known = numbers.range_text(row, indicator) if indicator.is_of_records else "["
    return value if known.startswith("[") else f"{value} (range {known})"
