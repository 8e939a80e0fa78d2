"""One indicator over time, for up to four areas: the same figure wherever a trend is shown."""

from collections.abc import Sequence

from dashboard.figure import Figure, plot
from dashboard.figures import compose, tables
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import differences, numbers, phrases, trends


def trend(edition: Edition, indicator_id: str, area_codes: Sequence[str], title: str = "",
          frequency: str | None = None, link: str = "") -> tuple[Figure, ...]:
    """How it has changed; the message is about the first area. Nothing where no figure is held."""
    indicator = edition.catalogue.get(indicator_id)
    if indicator is None:
        return ()
    answer = edition.series(indicator_id, area_codes, frequency=frequency)
    if answer.is_empty:
        return ()
    held = [code for code in area_codes if any(row["area_code"] == code for row in answer.rows)]
    first = [row for row in answer.rows if row["area_code"] == held[0]]
    place = phrases.listed([edition.area_name(code) for code in held])
    subtitle = trends.subtitle(indicator, place, answer.rows)
    return (compose.figure(
        edition, answer, title=title or trends.trend_title(first, indicator), subtitle=subtitle,
        table=tables.series_table(answer.rows, indicator, subtitle),
        plot=plot("trend", answer.rows, trends.trend_alt(first, indicator, place), indicator=indicator.as_data()) if any(
            not is_missing(row["value"]) for row in answer.rows) else None,
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(answer.rows, indicator),
        notes=(*((differences.RANGE_NOTE,) if indicator.is_of_records else ()), *indicator.caveats), link=link),)
