"""One indicator in one area: its latest figure in words, its trend, the other areas, and what was revised."""

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import comparison as comparisons
from dashboard.figures import compose, tables
from dashboard.figures import trend as trends
from dashboard.figures.areas import with_scotland
from dashboard.figures.indicator import groups, words
from dashboard.read.edition import Edition
from dashboard.words import numbers

HELD_IN = ("indicator.trend", "indicator.comparison", "indicator.breakdown")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The figure, its interval and its change: only what can be said; else what is held instead."""
    indicator, area_code = edition.catalogue.get(choice.indicator_id), choice.of("area", SCOTLAND)
    if indicator is None:
        return compose.say(edition, choice, ["This edition holds no indicator with a figure."])
    rows = edition.ask("latest", area_code=area_code, indicators=[choice.indicator_id]).rows
    if rows:
        return compose.say(edition, choice, words.latest_sentences(rows[0], indicator), *HELD_IN)
    parts = groups.of_area(edition, choice.indicator_id, area_code).rows
    return compose.say(edition, choice, words.without_a_figure(edition.area_name(area_code), parts, indicator), *HELD_IN)


def trend(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """How it has changed, beside Scotland."""
    return trends.trend(edition, choice.indicator_id, with_scotland(choice.of("area", SCOTLAND)))


def comparison(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every area's latest figure against Scotland."""
    return comparisons.comparison(edition, choice.indicator_id, choice.of("area", SCOTLAND))


def revisions(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What each edition said of the same period, where editions differ."""
    area_code, indicator = choice.of("area", SCOTLAND), edition.catalogue.get(choice.indicator_id)
    held = edition.ask("revisions", indicator_id=choice.indicator_id, areas=list(edition.areas), programme="all",
                       characteristic="all", category=None)
    held = held.keep([row for row in held.rows if row["area_code"] == area_code])
    if indicator is None or held.is_empty:
        return ()
    caption = f"{indicator.title}, {edition.area_name(area_code)}: figures by edition"
    rows = [(row["period_label"], row["edition"], numbers.value_text(row, indicator, short=True), row["source_title"])
            for row in held.rows]
    return (compose.figure(
        edition, held, title="What was revised", subtitle=caption,
        table=table(caption, ("Period", "Edition", tables.column_title(indicator), "Publication"), rows, {2}),
        unit=indicator.unit, base=indicator.base, interval="None is shown: these are the figures of each edition.",
        notes=indicator.caveats),)
