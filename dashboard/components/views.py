"""Whole figures that more than one page shows: a question, its chart and its words."""

from collections.abc import Sequence

from dashboard.charts import trend
from dashboard.components import data, tables
from dashboard.components.figure import colours, figure
from dashboard.read import wording


def indicator_trend(indicator_id: str, area_codes: Sequence[str] = (data.SCOTLAND,), title: str = "",
                    link: dict | None = None) -> None:
    """How one indicator has changed, for up to four areas."""
    indicator = data.catalogue()[indicator_id]
    answer = data.series(indicator_id, list(area_codes))
    if answer.is_empty:
        return
    place = wording.listed(list(dict.fromkeys(answer.rows["area"])))
    first = [row for row in answer.records if row["area_code"] == area_codes[0]]
    figure(
        trend.trend(answer.rows, indicator, colours()),
        answer=answer,
        title=title or wording.trend_title(first, indicator),
        subtitle=wording.subtitle(indicator, place, answer.records),
        alt=wording.trend_alt(first, indicator, place),
        table=tables.series_table(answer.records, indicator),
        unit=indicator.unit, base=indicator.base,
        interval=wording.interval_note(answer.records, indicator),
        notes=indicator.caveats, link=link or {"id": indicator_id, "area": area_codes[0]},
    )
