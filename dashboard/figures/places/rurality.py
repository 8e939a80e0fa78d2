"""Cost and waits against the share of people in rural areas: one dot a council, no line, no cause."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.places import words
from dashboard.figures.places.view import one_view, periods_of
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import numbers, phrases

COST, ACCESS = "cost_per_start", "started_within_4_weeks"
NONE_HELD = "[x] Cost and waiting time come from partnership returns: none are in this edition."


def rurality(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """A figure each of cost and of waits, in the newest period of each."""
    held = [name for name in (COST, ACCESS) if name in edition.catalogue]
    if not held:
        return (Absent(NONE_HELD),)
    name = edition.area_name(choice.of("area", SCOTLAND))
    return tuple(each for indicator_id in held for each in _by_rurality(edition, indicator_id, name))


def _by_rurality(edition: Edition, indicator_id: str, name: str) -> tuple[Figure, ...]:
    """One measure by how rural councils are; nothing where none has both figure and interval."""
    period = next(iter(periods_of(edition, indicator_id)), None)
    view = None if period is None else one_view(edition, indicator_id, period)
    if view is None:
        return ()
    indicator = view.indicator
    rows = [{**row, "x": edition.areas[row["area_code"]]["rural_pct"]} for row in view.councils]
    shown = [row for row in rows if not any(is_missing(row[part]) for part in ("value", "x", "lower_ci"))]
    if not shown:
        return ()
    title = _title(shown, name, indicator)
    subtitle = (f"{indicator.title}, {indicator.unit}, by share of people in rural areas, "
                f"{len(shown)} councils, {view.when}")
    cells = [(row["area"], "[x]" if is_missing(row["x"]) else f"{row['x']:.0f}%",
              numbers.value_text(row, indicator, short=True), numbers.interval_text(row, indicator) or "[x]") for row in rows]
    alt = (f"Scatter chart of {len(shown)} councils: {indicator.title.lower()} by share of people in rural areas, "
           f"{view.when}. {title}.")
    return (compose.figure(
        edition, view.answer.keep(rows), title=title, subtitle=subtitle,
        table=table(subtitle, ("Council", "People in rural areas", tables.column_title(indicator),
                               phrases.sentence_case(numbers.interval_name(indicator))), cells, {1, 2, 3}),
        plot=plot("scatter", shown, alt, indicator=indicator.as_data(), across="People living in rural areas", chosen=name),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(view.answer.rows, indicator),
        notes=("No line is fitted: 32 councils cannot separate how rural a place is from its size.",
               "A higher cost or a longer wait is not a worse service: rural services travel further.",
               "Rural shares are derived from the 2016 edition of the classification.", *indicator.caveats)),)


def _title(rows: Sequence[Row], name: str, indicator: Indicator) -> str:
    own = next((row for row in rows if row["area"] == name), None)
    if own is not None:
        return f"{name}: {numbers.value_text(own, indicator, short=True)} with {own['x']:.0f}% of people in rural areas"
    spread = words.middle_half(rows, indicator)
    return f"{indicator.title}{f': {spread}' if spread else ' by how rural councils are'}"
