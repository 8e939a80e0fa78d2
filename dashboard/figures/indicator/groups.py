"""One indicator by the groups it is held for: one characteristic at a time."""

from collections.abc import Mapping

from dashboard.figure import SCOTLAND, Choice, Figure, plot
from dashboard.figures import compose, tables
from dashboard.figures.recipe import Chooser
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition
from dashboard.words import comparisons, numbers

FEWEST_GROUPS = 4       # of a chart


def of_area(edition: Edition, indicator_id: str, area_code: str) -> Answer:
    """Figures of an indicator by group in one area, of those asked for in every area at once."""
    answer = edition.ask("breakdown", indicator_id=indicator_id, area_code=None)
    return answer.keep([row for row in answer.rows if row["area_code"] == area_code])


def _held(edition: Edition, choice: Choice) -> Answer:
    return of_area(edition, choice.indicator_id, choice.of("area", SCOTLAND))


def _labels(answer: Answer) -> Mapping[str, str]:
    return {str(row["characteristic"]): str(row["characteristic_label"]) for row in answer.rows}


def _several(edition: Edition, choice: Choice) -> Mapping[str, str]:
    """The characteristics to choose from; none where there is no choice."""
    labels = _labels(_held(edition, choice))
    return labels if len(labels) > 1 else {}


GROUPS = Chooser("by", "Broken down by", _several)


def breakdown(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The latest figures by one characteristic; the table alone where every share is hidden."""
    indicator, answer = edition.catalogue.get(choice.indicator_id), _held(edition, choice)
    if indicator is None or answer.is_empty:
        return ()
    labels = _labels(answer)
    chosen = choice.of("by", next(iter(labels)))
    rows = [row | {"group": row["category_label"]} for row in answer.rows if row["characteristic"] == chosen]
    label, place, when = labels[chosen], edition.area_name(choice.of("area", SCOTLAND)), str(rows[0]["period_label"])
    subtitle = f"{indicator.title}, {indicator.unit}, {place}, by {label.lower()}, {when}"
    # Of two or three groups the title and the table say all; where every share is hidden there is nothing to draw.
    is_drawn = sum(not is_missing(row["value"]) for row in rows) >= FEWEST_GROUPS
    footnotes = dict.fromkeys(str(row["footnote"]) for row in rows if not is_missing(row["footnote"]))
    return (compose.figure(
        edition, answer.keep(rows), title=comparisons.breakdown_title(rows, indicator, label), subtitle=subtitle,
        table=tables.one_series_table([(row["group"], row) for row in rows], label, indicator, subtitle),
        plot=plot("dots", rows, comparisons.breakdown_alt(rows, indicator, label, when), indicator=indicator.as_data(),
                  label="group") if is_drawn else None,
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(*footnotes, *indicator.caveats)),)
