"""What does it cost, and what do we not know? Spend, costs with intervals, need, rural cost, published money."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.charts import dots, scatter, trend
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.cards import Card, cards
from dashboard.components.figure import colours, data_table, figure, foot
from dashboard.components.indicator import indicator_trend
from dashboard.methods.missing import is_missing
from dashboard.read import value
from dashboard.words import marks, numbers, periods, phrases, trends

START, WORK = "cost_per_start", "cost_per_person_entering_work"
BENEFIT, SCOTLAND_ACT = "fss_benefit_per_pound", "employability_spend"
MONEY = ("employability_budget", "nolb_budget_up_to", "employability_budget_saving", "pesf_budget", "pesf_commitment",
         "nolb_council_budget", "pesf_council_budget", "employability_implementation_spend")
NEEDS = {
    "employment_deprived_people": "People out of work on certain benefits (2017)",
    "claimant_count_share": "People claiming unemployment benefits",
    "population_16_64_midyear": "People aged 16 to 64",
}
WHY_NEED = {
    "employment_deprived_people": "Chosen first because it also counts people out of work through ill health, whom "
    "these services are for. It is old: from the 2020 index of deprivation.",
    "claimant_count_share": "The newest, but it misses most inactive and many disabled people. A published rate times "
    "a published population: our arithmetic.",
    "population_16_64_midyear": "Everyone of working age: not need, but what a share by population would be.",
}
STREAMS = {"no_one_left_behind": "No One Left Behind", "council_own": "Council's own",
           "parental_employability_support": "Parental Employability Support",
           "young_persons_guarantee": "Young Person's Guarantee"}
NOTHING_SENT = "[x] No partnership has sent a return of spend, so no cost can be given. What is published is in its own part."
RURAL_CAVEATS = (
    "A higher cost is not a worse service: rural and island services travel further and meet fewer people a visit.",
    "Councils mix kinds of place: one dot a council says nothing of the distance any one person travels.",
    "Travel time, transport, childcare and digital access are not held, so the reason for a difference is not known.",
    "Spend also supports people who started in earlier years, and councils count other money differently.")


def value_parts() -> dict[str, str]:
    """The page's parts; what is published comes first where no return is held."""
    sent = {"cost": "Spend and cost", "need": "Funding and need", "rural": "Rural cost"}
    published = {"published": "Published money"}
    return sent | published if _spend(None).rows.shape[0] else published | sent


def value_header(area_code: str) -> None:
    """The question and its answer: what is not published, then what the returns say."""
    answer = _spend([area_code])
    page.page_header("What does it cost, and what do we not know?",
                     [value.NO_NATIONAL_COST, *(_returned_sentences(area_code, answer) or _published_sentences())],
                     synthetic=not answer.is_empty,
                     figures=[("The figures of this answer", _returned_figures(area_code, answer) or _published_figures())])


def _returned_sentences(area_code: str, answer: data.Answer) -> list[str]:
    if answer.is_empty:
        return []
    rows, indicator = _by_year(answer), _money(answer)
    last = rows[-1]
    spent = numbers.amount(last["spend_value"], indicator)
    missing = _missing(last["period"]) if area_code == data.SCOTLAND else []
    who = value.sent_words(_sent(last["period"]), missing) if area_code == data.SCOTLAND else data.area_name(area_code)
    sentences = [f"{who} returned spend of **{spent}** in {last['period_label']}."]
    if missing:
        sentences.append(value.left_out_words(missing))
    for name, words in ((START, "started"), (WORK, "started and entered work")):
        if name in data.catalogue():
            found = data.ask("latest", area_code=area_code, indicators=[name]).records
            if _is_hidden(name, area_code, last["period"]):
                sentences.append(f"Too few people {words} in {last['period_label']} for a reliable cost [c].")
            if found and not is_missing(found[0]["value"]):
                cost = numbers.value_text(found[0], data.catalogue()[name], short=True)
                when = found[0]["period_label"]
                opening = "That" if when == last["period_label"] else f"Spend of {when}"
                sentences.append(f"{opening} was **{cost}** for each person who {words}.")
    return sentences


def _returned_figures(area_code: str, answer: data.Answer) -> markup.Table | None:
    """The same figures as a table: spend and budget of the newest year, and each cost with its interval."""
    if answer.is_empty:
        return None
    last, indicator = _by_year(answer)[-1], _money(answer)
    rows = [(words, numbers.amount(last[column], indicator), "none: spend is taken as exact", "", str(last["period_label"]))
            for words, column in (("Spend returned", "spend_value"), ("Budget returned", "budget_value"))]
    for name in (START, WORK):
        found = data.ask("latest", area_code=area_code, indicators=[name]).records if name in data.catalogue() else []
        if found and not is_missing(found[0]["value"]):
            own = data.catalogue()[name]
            rows.append((own.title, numbers.value_text(found[0], own, short=True), numbers.interval_line(found[0], own),
                         numbers.base_text(found[0], own) + _of_partnerships(area_code, found[0]["period"]),
                         str(found[0]["period_label"])))
    return markup.Table(("Measure", "Figure", "Interval, for rounding only", "Base", "Year"), rows, frozenset({1}))


def _of_partnerships(area_code: str, period: str) -> str:
    """', 31 of 32 partnerships' beside a base of Scotland that leaves one out."""
    missing = _missing(period)
    return f", {value.sent_words(_sent(period), missing)}" if area_code == data.SCOTLAND and missing else ""


def _is_hidden(indicator_id: str, area_code: str, period: str) -> bool:
    """True if too few people are counted in that period for a cost."""
    rows = data.series(indicator_id, [area_code]).records
    return any(row["period"] == period and "c" in marks.marks_of(row["obs_status"]) for row in rows)


def _published_figures() -> markup.Table:
    """The published figures of the answer, each with its period."""
    catalogue, rows = data.catalogue(), []
    if BENEFIT in catalogue:
        rows += [(catalogue[BENEFIT].title, row, catalogue[BENEFIT]) for row in
                 data.ask("published_money", indicators=[BENEFIT]).records if row["category"] == "society"]
    if SCOTLAND_ACT in catalogue:
        rows += [(catalogue[SCOTLAND_ACT].title, row, catalogue[SCOTLAND_ACT]) for row in
                 data.ask("latest", area_code=data.SCOTLAND, indicators=[SCOTLAND_ACT]).records]
    return tables.figures_table(rows)


def _published_sentences() -> list[str]:
    """The earlier service's modelled benefit and the latest published spending."""
    catalogue, sentences = data.catalogue(), []
    if BENEFIT in catalogue:
        rows = {row["category"]: row for row in data.ask("published_money", indicators=[BENEFIT]).records}
        if "society" in rows:
            amount = numbers.amount(rows["society"]["value"], catalogue[BENEFIT])
            sentences.append(f"Fair Start Scotland was modelled to bring society **{amount}** for each pound: "
                             "an earlier service.")
    if SCOTLAND_ACT in catalogue:
        row = data.ask("latest", area_code=data.SCOTLAND, indicators=[SCOTLAND_ACT]).records[0]
        amount = numbers.amount(row["value"], catalogue[SCOTLAND_ACT])
        sentences.append(f"Published spending was **{amount}** in {row['period_label']}, "
                         "on a wider scope than in earlier years.")
    return sentences


# Spend and cost ----------------------------------------------------------------------------------

def spend_and_cost(area_code: str) -> None:
    """Spend and budget over the years, then the two costs with their intervals, beside Scotland and its groups."""
    name, answer = data.area_name(area_code), _spend([area_code])
    if answer.is_empty:
        page.notice(f"[x] {name} sent no return of spend." if not _spend(None).is_empty else NOTHING_SENT)
        return
    if area_code == data.SCOTLAND:
        _missing_notice()
    _spend_figure(area_code, answer)
    for title, indicator_id in (("started", START), ("started and entered work", WORK)):
        _cost_trend(area_code, indicator_id, title)
    _cost_table(area_code)


def _spend_figure(area_code: str, answer: data.Answer) -> None:
    rows, indicator = _by_year(answer), _money(answer)
    name = data.area_name(area_code)
    lines = [{**row, "series": label, "value": row[column], "lower_ci": None, "upper_ci": None, "obs_status": None}
             for label, column in (("Spend", "spend_value"), ("Budget", "budget_value")) for row in rows]
    first, last = rows[0], rows[-1]
    figure(
        trend.trend(pd.DataFrame(lines), indicator, colours(), height=280), answer=answer,
        title=f"Spend {numbers.amount(last['spend_value'], indicator)} and budget "
              f"{numbers.amount(last['budget_value'], indicator)} in {last['period_label']}",
        subtitle=f"Spend and budget returned, {indicator.unit}, {name}, {first['period_label']} to {last['period_label']}",
        alt=f"Line chart: spend and budget returned, {name}. Spend {numbers.amount(first['spend_value'], indicator)} in "
            f"{first['period_label']}, {numbers.amount(last['spend_value'], indicator)} in {last['period_label']}. "
            f"Budget {numbers.amount(last['budget_value'], indicator)} in {last['period_label']}.",
        table=_spend_table(answer, rows, indicator), unit=indicator.unit, base="Everything returned as spent",
        interval="None: spend is an account, not an estimate.",
        notes=["Cash figures: no adjustment for prices.", "Councils add other money that a return may not hold."],
        link={"area": area_code, "part": "cost"}, level=2,
    )


def _spend_table(answer: data.Answer, rows: Sequence[dict], indicator: Indicator) -> markup.Table:
    streams = list(dict.fromkeys(answer.rows["funding_stream"]))
    scale = value.money_unit(max(value.total([row], "spend") for row in rows))[0]
    cells = []
    for row in rows:
        own = {each["funding_stream"]: each["spend"] / scale for each in answer.records if each["period"] == row["period"]}
        cells.append((str(row["period_label"]), numbers.amount(row["budget_value"], indicator, short=True),
                      numbers.amount(row["spend_value"], indicator, short=True),
                      *(numbers.amount(own[each], indicator, short=True) if each in own else "[z]" for each in streams)))
    titles = [STREAMS.get(each, phrases.sentence_case(each.replace("_", " "))) for each in streams]
    return markup.Table(("Financial year", "Budget", "Spend", *(f"Spend: {each}" for each in titles)), cells,
                        frozenset(range(1, 3 + len(streams))))


def _cost_trend(area_code: str, indicator_id: str, words: str) -> None:
    """One cost over the years, beside Scotland: its interval allows for rounding only, so it is not tested."""
    if indicator_id not in data.catalogue():
        return
    indicator, answer = data.catalogue()[indicator_id], data.series(indicator_id, filters.with_scotland(area_code))
    if answer.is_empty:
        return
    name = data.area_name(area_code)
    own = [row for row in answer.records if row["area_code"] == area_code]
    known = [row for row in own if not is_missing(row["value"])]
    title = (f"{numbers.value_text(known[-1], indicator, short=True)} for each person who {words}, "
             f"{known[-1]['period_label']}" if known else f"{name}: too few people who {words} for a cost")
    place = phrases.listed([data.area_name(code) for code in filters.with_scotland(area_code)])
    figure(
        trend.trend(answer.rows, indicator, colours(), height=280), answer=answer, title=title,
        subtitle=trends.subtitle(indicator, place, answer.records), alt=trends.trend_alt(own, indicator, name),
        table=tables.series_table(answer.records, indicator), unit="pounds for each person", base=indicator.base,
        interval=numbers.interval_note([], indicator), notes=[value.NOT_TESTED, *indicator.caveats], link={"area": area_code, "part": "cost"}, level=2,
    )


def _cost_table(area_code: str) -> None:
    """The area, its groups and Scotland: totals divided by totals, with intervals, not tested."""
    catalogue = data.catalogue()
    if area_code == data.SCOTLAND or START not in catalogue:
        return
    answer, when = _costs(START)
    if answer.is_empty:
        return
    indicator = catalogue[START]
    members: dict[str, set] = {}
    for row in data.ask("groups", area_code=area_code).records:
        if row["group_type"] in ("family_group", "typology"):
            members.setdefault(row["group_name"], set()).add(row["area_code"])
    picked = {data.area_name(area_code): {area_code}, **members}
    rows = [(label, *_cost_cells(value.pooled_cost([row for row in answer.records if row["area_code"] in codes]), indicator),
             str(sum(row["area_code"] in codes for row in answer.records))) for label, codes in picked.items()]
    sent = sum(row["area_code"] != data.SCOTLAND for row in answer.records)
    rows += [("Scotland", *_cost_cells(row, indicator), str(sent)) for row in answer.records
             if row["area_code"] == data.SCOTLAND]
    page.section("Beside its family groups", f"{indicator.title}, {when}. {value.NOT_TESTED}")
    data_table(markup.Table(("Area or group", "Cost for each person who started", numbers.interval_name(indicator), "People who started",
                             "Partnerships with spend"), rows, frozenset({1, 2, 3, 4})),
               f"Total spend divided by total people who started, {when}", answer)


def _cost_cells(row: dict, indicator: Indicator) -> tuple[str, str, str]:
    return (numbers.value_text(row, indicator, short=True), numbers.interval_text(row, indicator) or "[c]",
            f"{row['denominator']:,.0f}")


# Funding and need --------------------------------------------------------------------------------

def funding_and_need(area_code: str) -> None:
    """Each partnership's share of spend beside its share of a stated measure of need."""
    answer = _spend(None)
    year = value.latest_year(answer.records, data.SCOTLAND)
    if year is None:
        page.notice(NOTHING_SENT)
        return
    held = {name: label for name, label in NEEDS.items() if name in data.every_indicator()}
    measure = filters.choose("need", "Measure of need", held)
    _missing_notice()
    need = data.ask("need_counts", indicator_id=measure)
    spent = {code: value.total([row for row in answer.records if row["area_code"] == code and row["period"] == year], "spend")
             for code in dict.fromkeys(answer.rows["area_code"]) if code != data.SCOTLAND}
    shares = value.share_rows({code: money for code, money in spent.items() if money},
                              {row["area_code"]: row["people"] for row in need.records
                               if not is_missing(row["people"])})
    if not shares:
        page.notice(f"[x] No count of need is held for {held[measure].lower()}.")
        return
    _need_figure(area_code, shares, answer, need, held[measure], measure, year)


def _need_figure(area_code: str, shares: dict, answer: data.Answer, need: data.Answer, label: str, measure: str,
                 year: str) -> None:
    indicator = replace(data.every_indicator()[START], title="Share of spend divided by share of need", measure="ratio",
                        unit="ratio", decimals=2, benchmark="")
    first, when = answer.records[0], str(need.records[0]["period_label"])
    rows = pd.DataFrame([{
        "area_code": code, "area": data.area_name(code), "value": row["ratio"], "lower_ci": None, "upper_ci": None,
        "obs_status": None, "period_label": year, "share_of_spend": row["funding"], "share_of_need": row["need"],
        "pounds_for_each_person_in_need": row["pounds"], "verdict": "none",
        **{name: first[name] for name in ("data_class", "source_id", "publisher", "source_title", "edition", "url",
                                          "designation")}} for code, row in shares.items()]).sort_values("area")
    name = data.area_name(area_code)
    ratios = rows["value"]
    own = value.ratio_words(shares.get(area_code), name) if area_code != data.SCOTLAND else value.near_words(list(ratios))
    table = markup.Table(
        ("Partnership", "Share of spend", "Share of need", "Spend share ÷ need share", "Spend for each person counted"),
        [(row["area"], f"{row['share_of_spend']:.1f}%", f"{row['share_of_need']:.1f}%", f"{row['value']:.2f}",
          f"£{row['pounds_for_each_person_in_need']:,.0f}") for row in rows.to_dict("records")], frozenset({1, 2, 3, 4}))
    figure(
        dots.dots(rows, indicator, colours(), chosen=name, reference=value.SAME_SHARE, reference_name="Same share"),
        answer=answer.keep(rows).joined_by(need), title=own.rstrip("."),
        subtitle=f"Share of all spend returned in {year} divided by share of need: "
                 f"{(label[:1].lower() + label[1:]).removesuffix(f' ({when})')}, {when}. "
                 f"{len(rows)} partnerships in alphabetical order: not a ranking",
        alt=f"Dots: share of spend divided by share of need, {len(rows)} partnerships. {own.rstrip('.')}. 1 is the same share.",
        table=table, unit="ratio of two shares", base=f"Partnerships that sent spend in {year} and have a count of need",
        interval="None: both shares are full counts or accounts. No difference is tested.",
        notes=[WHY_NEED[measure], "Shares are of the partnerships shown, not of Scotland where one is missing.",
               "The shares are our arithmetic on returned spend and published counts.",
               "Allocations are not held, so spend stands in for funding.",
               "Need has many causes: neither share says what funding should be."],
        link={"area": area_code, "part": "need", "need": measure}, level=2,
    )


# Rural cost --------------------------------------------------------------------------------------

def rural_cost(area_code: str) -> None:
    """Cost for each start against the share of people in rural areas, and by kind of place."""
    answer, when = _costs(START)
    if answer.is_empty:
        page.notice(NOTHING_SENT)
        return
    _missing_notice()
    indicator, areas = data.catalogue()[START], data.areas()
    rows = answer.rows[answer.rows["area_code"] != data.SCOTLAND]
    rows = rows.assign(x=[areas[code]["rural_pct"] for code in rows["area_code"]])
    records, name = rows.to_dict("records"), data.area_name(area_code)
    shown = [row for row in records if not is_missing(row["value"])]
    hidden = len(records) - len(shown)
    if not shown:
        page.notice("[c] No partnership has enough people who started for a cost to be shown.")
        return
    country = [{**row, "x": areas[data.SCOTLAND]["rural_pct"]} for row in answer.records
               if row["area_code"] == data.SCOTLAND]
    title, cells = _rural_title([*country, *shown], name, indicator), []
    for row in [*country, *records]:
        cells.append((row["area"], f"{row['x']:.0f}%" if not is_missing(row["x"]) else "[x]",
                      numbers.value_text(row, indicator, short=True), numbers.interval_text(row, indicator) or "[c]",
                      f"{row['denominator']:,.0f}"))
    figure(
        scatter.scatter(rows, indicator, "People living in rural areas", colours(), chosen=name),
        answer=answer.keep(rows), title=title,
        subtitle=f"{indicator.title}, pounds, by share of people in rural areas, {len(shown)} partnerships, {when}",
        alt=f"Scatter chart of {len(shown)} partnerships: {indicator.title.lower()} by share of people in rural areas, "
            f"{when}. {title}." + (f" {hidden} cannot be shown." if hidden else ""),
        table=markup.Table(("Partnership", "People in rural areas", "Cost for each person who started", numbers.interval_name(indicator),
                            "People who started"), cells, frozenset({1, 2, 3, 4})),
        unit="pounds for each person who started", base=indicator.base, interval=numbers.interval_note([], indicator),
        notes=[*RURAL_CAVEATS, value.NOT_TESTED, "No line is fitted: 32 councils cannot separate rurality from size."],
        link={"area": area_code, "part": "rural"}, level=2,
    )
    _kinds_of_place(answer, indicator, when)
    markup.write(markup.items(map(markup.text, RURAL_CAVEATS), "oc-list"))


def _rural_title(shown: Sequence[dict], name: str, indicator: Indicator) -> str:
    own = next((row for row in shown if row["area"] == name), None)
    if own is not None and not is_missing(own["x"]):
        return f"{name}: {numbers.value_text(own, indicator, short=True)} with {own['x']:.0f}% of people in rural areas"
    whole = next((row for row in shown if row["area_code"] == data.SCOTLAND), None)
    if whole is not None and not is_missing(whole["value"]):
        return f"Scotland: {numbers.value_text(whole, indicator, short=True)} for each person who started"
    return f"{indicator.title} by how rural a partnership is"


def _kinds_of_place(answer: data.Answer, indicator: Indicator, when: str) -> None:
    members: dict[str, set] = {}
    for row in data.ask("group_members", group_type="typology").records:
        members.setdefault(row["group_name"], set()).add(row["area_code"])
    rows = []
    for label, codes in members.items():
        own = [row for row in answer.records if row["area_code"] in codes]
        if own:
            rows.append((label, *_cost_cells(value.pooled_cost(own), indicator), f"{len(own)} of {len(codes)}"))
    if rows:
        page.section("By kind of place", f"Councils grouped by how rural they are. {value.NOT_TESTED}")
        data_table(markup.Table(("Kind of place", "Cost for each person who started", numbers.interval_name(indicator),
                                 "People who started", "Partnerships with spend"), rows, frozenset({1, 2, 3, 4})),
                   f"Total spend divided by total people who started, {when}", answer)


# Published ---------------------------------------------------------------------------------------

def published_money() -> None:
    """Figures others published: the earlier service's modelled benefit, Scotland Act spending, announced money."""
    _benefit_cards()
    if SCOTLAND_ACT in data.catalogue():
        page.section("Spending under the Scotland Act", "From 2024-25 it also covers part of No One Left Behind: "
                     "never compared across that line.")
        indicator_trend(SCOTLAND_ACT, link={"part": "published"}, title=_spending_title())
    _money_table()


def _benefit_cards() -> None:
    if BENEFIT not in data.catalogue():
        return
    indicator, answer = data.catalogue()[BENEFIT], data.ask("published_money", indicators=[BENEFIT])
    page.section("Benefit for each pound spent on Fair Start Scotland", "Modelled, April 2018 to March 2021. "
                 "Society includes participants and public finances: never added up.")
    cards([Card(f"Benefit to {row['category_label'].lower()}", numbers.value_text(row, indicator, short=True),
                "no interval published", "Modelled, not observed", base=f"{row['period_label']} · for each pound spent")
           for row in sorted(answer.records, key=lambda row: -row["value"])])
    foot(answer)
    markup.write(markup.items(map(markup.text, indicator.caveats), "oc-list"))


def _spending_title() -> str:
    rows = data.series(SCOTLAND_ACT, [data.SCOTLAND]).records
    indicator = data.catalogue()[SCOTLAND_ACT]
    last = [row for row in rows if not is_missing(row["value"])][-1]
    before = [row for row in rows if not periods.has_break_between(row, last, indicator) and row is not last]
    words = "" if before else ": not comparable with earlier years"
    return f"{numbers.amount(last['value'], indicator)} in {last['period_label']}{words}"


def _money_table() -> None:
    held = [name for name in MONEY if name in data.catalogue()]
    answer = data.ask("published_money", indicators=held)
    if answer.is_empty:
        return
    page.section("Budgets and money announced", "Each from its own source, on its own scope: they do not add up.")
    catalogue = data.catalogue()
    rows = [(catalogue[row["indicator_id"]].title, row["area"], str(row["period_label"]),
             numbers.value_text(row, catalogue[row["indicator_id"]]), f"{row['source_title']} ({row['publisher']})")
            for row in answer.records]
    data_table(markup.Table(("What", "Area", "Period", "Amount", "Source"), rows, frozenset({3})),
               "Published budgets, commitments and savings" + (". £0 million is nil as published, not rounded to nil here"
               if any(row["value"] == 0 for row in answer.records) else ""), answer)


# Parts -------------------------------------------------------------------------------------------

def _spend(area_codes: Sequence[str] | None) -> data.Answer:
    return data.ask("spend_by_year", areas=None if area_codes is None else list(area_codes))


def _by_year(answer: data.Answer) -> list[dict]:
    """One row a year with the totals of all streams, in pounds and in the unit they are said in."""
    rows = []
    for year in dict.fromkeys(answer.rows["period"]):
        own = [row for row in answer.records if row["period"] == year]
        rows.append({**own[0], "spend": value.total(own, "spend"), "budget": value.total(own, "budget")})
    scale = value.money_unit(max(row["spend"] for row in rows))[0]
    return [{**row, "spend_value": row["spend"] / scale, "budget_value": row["budget"] / scale} for row in rows]


def _money(answer: data.Answer) -> Indicator:
    """Spend as an indicator, in millions or thousands."""
    largest = max(value.total([row for row in answer.records if row["period"] == year], "spend")
                  for year in dict.fromkeys(answer.rows["period"]))
    _, unit, decimals = value.money_unit(largest)
    return replace(data.every_indicator()[START], title="Spend returned", unit=unit, decimals=decimals, caveats=(), breaks=())


def _costs(indicator_id: str) -> tuple[data.Answer, str]:
    """Every partnership's cost in the latest year that most of them have, and that year."""
    answer = data.ask("comparison", indicator_id=indicator_id, period=None)
    if answer.is_empty:
        answer = data.ask("trend", indicator_id=indicator_id, areas=list(data.areas()), programme=None,
                          characteristic="all", category=None, frequency="financial_year")
        if not answer.is_empty:
            answer = answer.keep(answer.rows[answer.rows["period"] == answer.rows["period"].max()])
    return answer, "" if answer.is_empty else str(answer.rows["period_label"].iloc[0])


def _missing(period: str | None = None) -> list[str]:
    """The partnerships that sent no spend for that year; with None, for any year."""
    rows = _spend(None).rows
    sent = set(rows["area_code"] if period is None else rows["area_code"][rows["period"] == period])
    return [row["name"] for code, row in data.areas().items() if row["area_type"] == "partnership" and code not in sent]


def _sent(period: str) -> int:
    """How many partnerships sent spend for that year."""
    rows = _spend(None).rows
    return rows["area_code"][(rows["period"] == period) & (rows["area_code"] != data.SCOTLAND)].nunique()


def _missing_notice() -> None:
    """Which partnerships sent no spend: named, never left out silently."""
    if missing := _missing():
        page.notice(f"[x] No spend was sent by {phrases.listed(missing)}." if len(missing) <= 6 else
                    f"[x] No spend was sent by {len(missing)} of the partnerships, so Scotland is not whole.")
