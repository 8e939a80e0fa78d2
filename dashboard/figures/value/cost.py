"""Spend and budget over the years, and the two costs with their limits, beside Scotland and family groups."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.areas import with_scotland
from dashboard.figures.value import words
from dashboard.figures.value.spend import (
    COST_NAMES,
    START,
    WORK,
    by_year,
    cost_cells,
    costs,
    members,
    money,
    spend,
    unsent,
)
from dashboard.methods.missing import is_missing
from dashboard.read import value
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import numbers, phrases, trends

STREAMS = {"no_one_left_behind": "No One Left Behind", "council_own": "Council's own",
           "parental_employability_support": "Parental Employability Support",
           "young_persons_guarantee": "Young Person's Guarantee"}


def spend_over_years(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Spend and budget returned, by year and funding stream."""
    held, name = spend(edition, choice.area_code), edition.area_name(choice.area_code)
    if held.is_empty:
        return (Absent(words.NOTHING_SENT if spend(edition).is_empty else f"[x] {name} sent no return of spend."),)
    rows, indicator = by_year(held), money(edition, held)
    lines = [row | {"series": label, "value": row[column], "lower_ci": None, "upper_ci": None, "obs_status": None}
             for label, column in (("Spend", "spend_value"), ("Budget", "budget_value")) for row in rows]
    first, last = rows[0], rows[-1]
    spent, budget = (numbers.amount(last[column], indicator) for column in ("spend_value", "budget_value"))
    subtitle = f"Spend and budget returned, {indicator.unit}, {name}, {first['period_label']} to {last['period_label']}"
    alt = (f"Line chart: spend and budget returned, {name}. Spend {numbers.amount(first['spend_value'], indicator)} in "
           f"{first['period_label']}, {spent} in {last['period_label']}. Budget {budget} in {last['period_label']}.")
    drawn = compose.figure(
        edition, held, title=f"Spend {spent} and budget {budget} in {last['period_label']}", subtitle=subtitle,
        table=_spend_table(held, rows, indicator, subtitle),
        plot=plot("trend", lines, alt, indicator=indicator.as_data(), height=280),
        unit=indicator.unit, base="Everything returned as spent", interval="None: spend is an account, not an estimate.",
        notes=("Cash figures: no adjustment for prices.", "Councils add other money that a return may not hold."))
    return (*(unsent(edition) if choice.area_code == SCOTLAND else ()), drawn)


def _spend_table(held: Answer, rows: Sequence[Row], indicator: Indicator, caption: str) -> Table:
    """One row a year: budget, spend, and the spend of each funding stream."""
    streams = list(dict.fromkeys(row["funding_stream"] for row in held.rows))
    scale = words.money_unit(max(row["spend"] for row in rows))[0]
    lines = []
    for row in rows:
        own = {each["funding_stream"]: each["spend"] / scale for each in held.rows if each["period"] == row["period"]}
        lines.append((str(row["period_label"]), numbers.amount(row["budget_value"], indicator, short=True),
                      numbers.amount(row["spend_value"], indicator, short=True),
                      *(numbers.amount(own[each], indicator, short=True) if each in own else "[z]" for each in streams)))
    titles = [STREAMS.get(each, phrases.sentence_case(each.replace("_", " "))) for each in streams]
    columns = ("Financial year", "Budget", "Spend", *(f"Spend: {title}" for title in titles))
    return table(caption, columns, lines, range(1, len(columns)))


def cost_per_start(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Spend for each person who started, over the years, beside Scotland."""
    return _cost_trend(edition, START, choice.area_code)


def cost_per_work(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Spend for each person who started and entered work, over the years, beside Scotland."""
    return _cost_trend(edition, WORK, choice.area_code)


def _cost_trend(edition: Edition, indicator_id: str, area_code: str) -> tuple[Figure, ...]:
    """One cost over the years: its limits allow for rounding only, so it is not tested."""
    indicator, codes = edition.catalogue.get(indicator_id), with_scotland(area_code)
    if indicator is None or spend(edition, area_code).is_empty:
        return ()
    held, name = edition.series(indicator_id, codes), edition.area_name(area_code)
    if held.is_empty:
        return ()
    own = [row for row in held.rows if row["area_code"] == area_code]
    known = [row for row in own if not is_missing(row["value"])]
    title = (f"{numbers.value_text(known[-1], indicator, short=True)} for each person who {COST_NAMES[indicator_id]}, "
             f"{known[-1]['period_label']}" if known else
             f"{name}: too few people who {COST_NAMES[indicator_id]} for a cost")
    subtitle = trends.subtitle(indicator, phrases.listed([edition.area_name(code) for code in codes]), held.rows)
    return (compose.figure(
        edition, held, title=title, subtitle=subtitle, table=tables.series_table(held.rows, indicator, subtitle),
        plot=plot("trend", held.rows, trends.trend_alt(own, indicator, name), indicator=indicator.as_data(), height=280),
        unit="pounds for each person", base=indicator.base, interval=numbers.interval_note((), indicator),
        notes=(words.NOT_TESTED, *_streams(edition), *indicator.caveats)),)


def _streams(edition: Edition) -> list[str]:
    """What each stream pays for, in words: 'No One Left Behind pays for people on No One Left Behind.'"""
    paid: dict[str, list[str]] = {}
    for row in edition.ask("funding_streams").rows:
        if row["funding_stream"] in STREAMS:
            paid.setdefault(str(row["programme_label"]), []).append(STREAMS[str(row["funding_stream"])])
    return [f"{phrases.listed(streams)} {'is' if len(streams) == 1 else 'are'} taken to pay for people on: {programme}."
            for programme, streams in paid.items()]


def beside_groups(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """The area, its groups and Scotland: totals divided by totals, with limits, not tested."""
    area_code, indicator = choice.area_code, edition.catalogue.get(START)
    if area_code == SCOTLAND or indicator is None or spend(edition, area_code).is_empty:
        return ()
    held, when = costs(edition, START)
    if held.is_empty:
        return ()
    groups = members(row for row in edition.ask("groups", area_code=area_code).rows
                     if row["group_type"] in ("family_group", "typology"))
    partnerships = [row for row in held.rows if row["area_code"] != SCOTLAND]
    lines = []
    for label, codes in {edition.area_name(area_code): {area_code}, **groups}.items():
        own = [row for row in partnerships if row["area_code"] in codes]
        lines.append((label, *cost_cells(value.pooled_cost(own), indicator), str(len(own))))
    lines += [("Scotland", *cost_cells(row, indicator), str(len(partnerships))) for row in held.rows
              if row["area_code"] == SCOTLAND]
    caption = f"Total spend divided by total people who started, {when}"
    return (*compose.say(edition, choice, [f"{indicator.title}, {when}. {words.NOT_TESTED}"]), compose.figure(
        edition, held, title="Beside its family groups", subtitle=f"{caption}, {edition.area_name(area_code)}",
        table=table(caption, ("Area or group", "Cost for each person who started", phrases.sentence_case(numbers.interval_name(indicator)),
                              "People who started", "Partnerships with spend"), lines, {1, 2, 3, 4}),
        unit="pounds for each person who started", base=indicator.base, interval=numbers.interval_note((), indicator),
        notes=(words.NOT_TESTED, *indicator.caveats)))
