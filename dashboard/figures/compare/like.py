"""Like with like: an area against the others of its family group and against Scotland, and its own trend."""

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.areas import family_group, others_in, with_scotland
from dashboard.figures.compare import measures, words
from dashboard.figures.judged import REST_NOTE
from dashboard.figures.trend import trend
from dashboard.read.edition import Edition
from dashboard.words import comparisons, differences, numbers, phrases


def like(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The area, the others of its family group and Scotland."""
    held, area_code = measures.compared(edition, choice), measures.area_of(choice)
    if held is None:
        return (Absent(measures.NO_RATE),)
    if area_code == SCOTLAND:
        return (Absent("Choose a partnership to read it against its family group and Scotland.", "z"),)
    name, indicator, group = edition.area_name(area_code), held.indicator, family_group(edition, area_code)
    own = measures.pooled(held.rows, [area_code], name)
    others = [measures.pooled(held.rows, group[1], others_in(group[0]))] if group else []
    others.append(measures.pooled(held.rows, [SCOTLAND], "Scotland"))
    against = [measures.verdict_of(edition, held, area_code) if other["group"] == "Scotland" else differences.compared(
        differences.difference(own, other, indicator), other["group"].replace("Others in", "others in")) for other in others]
    rows = [own | {"verdict": "none", "compared": ""}] + [
        other | {"verdict": "none", "compared": words} for other, words in zip(others, against, strict=True)]
    ranged = [numbers.RANGE] if indicator.is_of_records else []
    subtitle = (f"{indicator.title}, {indicator.unit}, {name}, its family group and Scotland, "
                f"people who started in {held.when}")
    return (compose.figure(
        edition, held.answer, title=words.like_title(rows, name), subtitle=subtitle,
        table=table(subtitle, ("Area", tables.column_title(indicator), *ranged, "People in the base", f"{name} is"), [
            [row["group"], tables.value_and_interval(row, indicator), *(numbers.range_text(row, indicator) for _ in ranged),
             returns.people_text(row["denominator"]), row["compared"]] for row in rows], range(1, 3 + len(ranged))),
        plot=plot("named_dots", rows, comparisons.breakdown_alt(rows, indicator, "area", held.when),
                  indicator=indicator.as_data(), chosen=name),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note([own], indicator),
        notes=[*([f"{group[0]}: {phrases.listed([edition.area_name(code) for code in group[1]])}, and {name}. "
                  "Local Government Benchmarking Framework, grouped by how rural councils are."] if group else []),
               REST_NOTE, *([differences.RANGE_NOTE] if ranged else []), *indicator.caveats], link=measures.link(choice, "like")),)


def in_brief(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The area beside the others of its family group on one measure, in words, and who they are."""
    group = family_group(edition, choice.area_code)
    held = measures.compared(edition, Choice(choice.area_code, measures.ENTERED_WORK))
    if held is None or group is None:
        return ()
    own, others = (measures.pooled(held.rows, codes, name) for codes, name in (
        ([choice.area_code], edition.area_name(choice.area_code)), (group[1], "the others in its family group")))
    found = differences.compared(differences.difference(own, others, held.indicator), others["group"])
    rate, beside = (numbers.value_text(row, held.indicator, short=True) for row in (own, others))
    named = phrases.listed([edition.area_name(code) for code in group[1]])
    texts = [f"{held.indicator.title}, starts of {held.when}: {own['group']} **{rate}**, {others['group']} {beside}.",
             f"That is **{found}**.", f"They are {named}."]
    return compose.say(edition, choice, [" ".join(texts)], "compare.like")


def own_trend(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The measure over time, in the area and in Scotland."""
    held, areas = measures.compared(edition, choice), with_scotland(measures.area_of(choice))
    if held is None:
        return (Absent(measures.NO_RATE),)
    return trend(edition, held.indicator.indicator_id, areas, link=measures.link(choice, "own"))
