"""Everything about one indicator: its answer, trend, areas, groups, editions and definition."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import dots, trend
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import colours, data_table, description_list, figure, is_synthetic
from dashboard.methods.missing import is_missing
from dashboard.words import comparisons, differences, numbers, periods, phrases, trends


def indicator_header(indicator_id: str, area_code: str) -> None:
    """The indicator's title, its latest figure for the area in words, and its definition."""
    indicator = data.catalogue()[indicator_id]
    answer = data.ask("latest", area_code=area_code, indicators=[indicator_id])
    page.page_header(
        indicator.title,
        latest_sentences(answer, indicator_id, area_code),
        indicator.designation,
        synthetic=is_synthetic(answer) if indicator.data_class == "returns" else None,
    )
    markup.write(markup.element("p", markup.text(indicator.definition), "oc-subtitle"))


def latest_sentences(answer: data.Answer, indicator_id: str, area_code: str) -> list[str]:
    """The figure, its interval, its change and how it compares with Scotland: only what can be said."""
    if answer.is_empty:
        return _not_held(indicator_id, area_code)
    row = answer.records[0]
    indicator = data.catalogue()[row["indicator_id"]]
    value, when = numbers.value_text(row, indicator), periods.in_period(row["period_label"])
    interval = numbers.interval_text(row, indicator)
    sentences = [f"{row['area']}: **{value}** {when}{f' ({numbers.interval_name(indicator)} {interval})' if interval else ''}."]
    if counts := numbers.counts_text(row, indicator):
        sentences.append(f"{phrases.sentence_case(counts)}.")
    before = periods.before_of(row)
    if before is not None and not is_missing(row["value"]):
        sentences.append(f"{phrases.sentence_case(differences.changed(row, before, indicator))}.")
    return sentences


def _not_held(indicator_id: str, area_code: str) -> list[str]:
    """Says whether nothing is held for the area, or only figures of its parts, or only counts of them."""
    name, indicator = data.area_name(area_code), data.catalogue()[indicator_id]
    parts = data.ask("breakdown", indicator_id=indicator_id, area_code=area_code).records
    held = list(dict.fromkeys(str(row["characteristic_label"]).lower() for row in parts if row["characteristic"] != "all"))
    if not held:
        return [f"No figure is held for {name}."]
    said = [f"No single figure is held for {name}: this measure is held only by {phrases.listed(held)}."]
    if all(numbers.counts_text(row, indicator) for row in parts):
        said.append("Too few people are in each for a share, so only counts are shown.")
    return said


def indicator_trend(
    indicator_id: str,
    area_codes: Sequence[str] = (data.SCOTLAND,),
    title: str = "",
    frequency: str | None = None,
    link: dict | None = None,
) -> data.Answer:
    """How one indicator has changed, for up to four areas; the message is about the first."""
    indicator = data.indicator(indicator_id)
    answer = data.series(indicator_id, list(area_codes), frequency=frequency)
    if indicator is None or answer.is_empty:
        return answer
    held = list(dict.fromkeys(answer.rows["area_code"]))
    first = [row for row in answer.records if row["area_code"] == next(c for c in area_codes if c in held)]
    place = phrases.listed([data.area_name(code) for code in area_codes if code in held])
    figure(
        trend.trend(answer.rows, indicator, colours()),
        answer=answer,
        title=title or trends.trend_title(first, indicator),
        subtitle=trends.subtitle(indicator, place, answer.records),
        alt=trends.trend_alt(first, indicator, place),
        table=tables.series_table(answer.records, indicator),
        unit=indicator.unit,
        base=indicator.base,
        interval=numbers.interval_note(answer.records, indicator),
        notes=indicator.caveats,
        link=link or {"id": indicator_id, "area": area_codes[0]},
    )
    return answer


def indicator_comparison(
    indicator_id: str, area_code: str = data.SCOTLAND, period: str | None = None, link: dict | None = None
) -> data.Answer:
    """Every area with a figure against Scotland: told apart or not, and never ranked."""
    indicator = data.indicator(indicator_id)
    answer = data.ask("comparison", indicator_id=indicator_id, period=period)
    if indicator is None or len(answer.rows) < 2:
        return answer
    scotland = next((row for row in answer.records if row["area_code"] == data.SCOTLAND), None)
    rows = comparisons.judged(answer.records, scotland, "Scotland", indicator)
    when = str(rows[0]["period_label"])
    figure(
        dots.dots(
            pd.DataFrame(rows),
            indicator,
            colours(),
            chosen=data.area_name(area_code),
            reference=None
            if scotland is None or is_missing(scotland["value"])
            else scotland["value"],
        ),
        answer=answer,
        title=comparisons.comparison_title(rows, indicator, "Scotland", area_code),
        subtitle=f"{indicator.title}, {indicator.unit}, {when}. Scotland first, then the alphabet: no ranks",
        alt=comparisons.comparison_alt(rows, indicator, when),
        table=tables.area_table(rows, indicator),
        unit=indicator.unit,
        base=indicator.base,
        interval=numbers.interval_note(rows, indicator),
        notes=[note for note in (comparisons.verdict_legend(rows, "Scotland"), *indicator.caveats) if note],
        link=link or {"id": indicator_id, "area": area_code},
    )
    return answer


def indicator_breakdown(indicator_id: str, area_code: str = data.SCOTLAND) -> None:
    """The latest figures by characteristic, one characteristic at a time."""
    indicator = data.indicator(indicator_id)
    answer = data.ask("breakdown", indicator_id=indicator_id, area_code=area_code)
    if indicator is None or answer.is_empty:
        return
    labels = dict(zip(answer.rows["characteristic"], answer.rows["characteristic_label"], strict=True))
    page.section(
        "For whom?", f"{indicator.title} in {data.area_name(area_code)}, by the groups it is held for"
    )
    chosen = filters.choose("by", "Broken down by", labels) if len(labels) > 1 else next(iter(labels))
    rows = answer.rows[answer.rows["characteristic"] == chosen].rename(columns={"category_label": "group"})
    records = rows.to_dict("records")
    when, label, place = records[0]["period_label"], labels[chosen], data.area_name(area_code)
    # Where every share is hidden there is nothing to draw: the table alone holds the counts.
    is_drawn = any(not is_missing(row["value"]) for row in records)
    figure(
        dots.dots(rows, indicator, colours(), label="group", row_height=34) if is_drawn else None,
        answer=answer.keep(rows),
        title=comparisons.breakdown_title(records, indicator, label),
        subtitle=f"{indicator.title}, {indicator.unit}, {place}, by {label.lower()}, {when}",
        alt=comparisons.breakdown_alt(records, indicator, label, str(when)),
        table=tables.one_series_table([(row["group"], row) for row in records], label, indicator),
        unit=indicator.unit,
        base=indicator.base,
        interval=numbers.interval_note(records, indicator),
        notes=[
            *dict.fromkeys(
                str(row["footnote"]) for row in records if not is_missing(row["footnote"])
            ),
            *indicator.caveats,
        ],
        link={"id": indicator_id, "area": area_code, "by": chosen},
    )


def indicator_revisions(indicator_id: str, area_code: str = data.SCOTLAND) -> None:
    """What each edition said of the same period, where editions differ."""
    answer = data.ask(
        "revisions",
        indicator_id=indicator_id,
        areas=[area_code],
        programme="all",
        characteristic="all",
        category=None,
    )
    if answer.is_empty:
        return
    indicator = data.catalogue()[indicator_id]
    page.section("What was revised", "Each edition restates history. The latest is shown everywhere else.")
    rows = [
        (
            row["period_label"],
            row["edition"],
            numbers.value_text(row, indicator, short=True),
            row["source_title"],
        )
        for row in answer.records
    ]
    data_table(
        markup.Table(
            ("Period", "Edition", tables.column_title(indicator), "Publication"), rows, frozenset({2})
        ),
        f"{indicator.title}, {data.area_name(area_code)}: figures by edition",
        answer,
    )


def indicator_definition(indicator_id: str) -> None:
    """Every word the metadata holds about the indicator."""
    indicator = data.catalogue()[indicator_id]
    direction = {
        "higher_is_better": "Higher is better",
        "lower_is_better": "Lower is better",
        "no_direction": "Neither higher nor lower is better",
    }[indicator.direction]
    breaks = "; ".join(f"{each.period}: {each.label}" for each in indicator.breaks)
    facts = [
        ("Definition", indicator.definition),
        ("Unit", indicator.unit),
        ("Who is counted", indicator.base),
        ("Direction", direction),
        ("Read against", indicator.benchmark),
        ("Quality", indicator.quality),
        ("Breaks", breaks),
        ("National Outcome", indicator.national_outcome),
        ("National Indicator", indicator.national_indicator),
        ("Rule", indicator.npf_rule),
        ("Framework", indicator.framework_version),
        ("Method version", indicator.method_version),
        ("Status", indicator.designation),
        ("Identifier", indicator.indicator_id),
    ]
    page.section("Definition")
    markup.write(
        markup.element(
            "div",
            description_list([(term, markup.text(words)) for term, words in facts])
            + markup.items(map(markup.text, indicator.caveats), "oc-list"),
            "oc-foot oc-bare",
        )
    )
