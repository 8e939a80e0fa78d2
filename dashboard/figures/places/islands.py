"""Orkney, Shetland and Na h-Eileanan Siar, each in its own row; three years together for returns."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, Said
from dashboard.figures import compose, judged, tables
from dashboard.figures.places.dots import dots
from dashboard.figures.places.view import View, view_of
from dashboard.methods.missing import is_missing
from dashboard.read import places
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import comparisons, numbers, phrases

ISLANDS_NOTE = ("Each island authority is read on its own. Islands of Argyll and Bute, Highland and North Ayrshire "
                "cannot be told apart from their mainland: returns hold no island mark.")


def islands(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Each island authority in the period chosen and, of a rate of returns, in the newest years together."""
    view = view_of(edition, choice)
    if view is None:
        return ()
    indicator, codes = view.indicator, (SCOTLAND, *places.ISLANDS)
    own = [row for row in view.answer.rows if row["area_code"] in codes]
    pooled, years = _three_years(view)
    together = [{**row, "group": f"{row['area']}, {years}"} for row in judged.areas(view.edition, [
        {**places.pooled_rate(row), "period_label": years} for row in pooled.rows], indicator)
        if row["area_code"] in codes] if pooled else []
    rows = [*({**row, "group": row["name"]} for row in view.judged if row["area_code"] in codes), *together]
    subtitle = (f"{indicator.title}, {indicator.unit}, island authorities and Scotland, "
                f"{view.when}{f' and {years} together' if pooled else ''}")
    return (compose.figure(
        edition, view.answer.keep(own).joined_by(*([pooled] if pooled else [])), title=_title(rows, indicator),
        subtitle=subtitle,
        table=tables.one_series_table([(row["group"], row) for row in rows], "Area", indicator, subtitle),
        plot=dots(rows, indicator, comparisons.breakdown_alt(rows, indicator, "island authority", view.when)),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(comparisons.verdict_legend(rows, "Scotland"), *judged.notes(rows, indicator), ISLANDS_NOTE, *indicator.caveats)), Said(ISLANDS_NOTE))


def _three_years(view: View) -> tuple[Answer | None, str]:
    """Counts of the newest three years with a figure, added up; None where the measure is not such a rate."""
    indicator = view.indicator
    if indicator.data_class != "returns" or indicator.measure != "percentage":
        return None, ""
    series = view.edition.series(indicator.indicator_id, [SCOTLAND], frequency="financial_year").rows
    broken = [each.period for each in indicator.breaks]
    known = [str(row["period"]) for row in series if not is_missing(row["value"])
             and all(row["period"] >= each for each in broken)][-3:]
    if len(known) < 2:
        return None, ""
    pooled = view.edition.ask("pooled", indicator_id=indicator.indicator_id, periods=known)
    return pooled, f"{known[0]} to {known[-1]}"


def _title(rows: Sequence[Row], indicator: Indicator) -> str:
    newest = rows[-1]["period_label"]     # the years added up, where there are such
    own = [row for row in rows if row["area_code"] != SCOTLAND and row["period_label"] == newest]
    clear = [row for row in own if row["direction"] in ("higher", "lower")]
    if clear:
        said = [f"{phrases.listed([row['group'].removesuffix(f', {newest}') for row in clear if row['compared'] == words])}: {words}"
                for words in dict.fromkeys(row["compared"] for row in clear)]
        return f"{'; '.join(said)}, {newest}"
    if all(is_missing(row["value"]) for row in own):
        return "Too few people, or no figure, to show any island authority"
    if all(row["direction"] == "untested" for row in own):
        return f"{indicator.title}: each island authority on its own, none compared"
    return "No island authority is shown to differ from Scotland"
