"""Every area's figure of one indicator against Scotland: told apart or not, and never ranked."""

from dashboard.figure import SCOTLAND, Figure, plain, plot
from dashboard.figures import compose, judged, tables
from dashboard.read.edition import Edition
from dashboard.read.places import scotland_of
from dashboard.words import comparisons, numbers


def comparison(edition: Edition, indicator_id: str, area_code: str = SCOTLAND, period: str | None = None,
               link: str = "") -> tuple[Figure, ...]:
    """Dots in the order of the alphabet, Scotland first; nothing where fewer than two areas have a figure."""
    indicator = edition.catalogue.get(indicator_id)
    answer = edition.ask("comparison", indicator_id=indicator_id, period=period)
    if indicator is None or len(answer.rows) < 2:
        return ()
    scotland = scotland_of(answer.rows)
    rows = edition.once(f"comparison: {indicator_id} in {period}", lambda edition: plain(
        tuple(judged.areas(edition, answer.rows, indicator))))
    when = str(rows[0]["period_label"])
    subtitle = f"{indicator.title}, {indicator.unit}, {when}. Scotland first, then the alphabet: no ranks"
    reference = None if scotland is None else scotland["value"]
    return (compose.figure(
        edition, answer, title=comparisons.comparison_title(rows, indicator, "Scotland", area_code), subtitle=subtitle,
        table=tables.area_table(rows, indicator, subtitle),
        plot=plot("dots", rows, comparisons.comparison_alt(rows, indicator, when), indicator=indicator.as_data(),
                  chosen=edition.area_name(area_code), reference=reference),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(comparisons.verdict_legend(rows, "Scotland"), *judged.notes(rows, indicator), *indicator.caveats), link=link),)
