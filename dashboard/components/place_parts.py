"""Where? The parts under the map: urban and rural, kinds of place, islands, groups, cost, time, and two maps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.catalogue import Indicator
from dashboard.charts import bands, classes, dots, scatter, tiles
from dashboard.charts import map as drawing
from dashboard.charts.finished import Finished
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.cards import Card, cards
from dashboard.components.figure import colours, data_table, figure, foot, is_synthetic
from dashboard.components.places import (
    View,
    against_scotland,
    choose_period,
    frames_note,
    map_key,
    measures,
    periods,
    shapes_url,
    tile_places,
    view_of,
)
from dashboard.components.screen import remembered_screen
from dashboard.methods.missing import is_missing
from dashboard.read import places, rates
from dashboard.words import comparisons, differences, numbers, phrases, trends

PARTS = {"rural": "Urban and rural", "mix": "Kinds of place", "islands": "Islands", "groups": "Groups of councils",
         "cost": "Cost and access", "time": "Over time", "two": "Two maps"}
FIRST_BY_CLASS = ("entered_work_within_12_months", "in_work_at_13_weeks", "relative_poverty_after_housing_costs")
CLASSES = "urban_rural_6"
PEOPLE = "population_16_64_census"     # the one count of people by council and class that is held
COST, ACCESS = "cost_per_start", "started_within_4_weeks"
MOST_PERIODS = 8
CLASS_NOTE = ("Scottish Government Urban Rural Classification. Returns go by the class of the person's own address; "
              "published figures by the class their source used.")
MIX_NOTE = ("Derived: Census 2022 data zones added up by their class in the 2016 edition of the classification, "
            "the newest held for councils. Official shares of a later edition would replace it.")
ISLANDS_NOTE = ("Each island authority is read on its own. Islands of Argyll and Bute, Highland and North Ayrshire "
                "cannot be told apart from their mainland: returns hold no island mark.")


def place_parts(view: View, open_parts: Mapping[str, object]) -> None:
    """Draw the part that is open, and nothing else."""
    draw = {"rural": urban_rural, "mix": class_shares, "islands": island_figure, "groups": group_comparison,
            "cost": rurality_figures, "time": over_time, "two": two_maps}
    for name, tab in open_parts.items():
        if tab.open:
            with tab:
                draw[name](view)


# Urban and rural ---------------------------------------------------------------------------------

def urban_rural(view: View) -> None:
    """Boxes of urban, rural, the whole and the gap; then each class, in as many as the measure allows."""
    held: dict[str, set] = {}
    for row in data.ask("urban_rural_measures").records:
        held.setdefault(row["indicator_id"], set()).add(int(row["fold"]))
    options = {name: data.catalogue()[name].title for name in held if name in data.catalogue()}
    if not options:
        page.notice("No figure by urban and rural class is held in this edition.")
        return
    first = [name for name in (view.indicator.indicator_id, *FIRST_BY_CLASS) if name in options]
    chosen = filters.choose("rural", "Measure by urban-rural class", options, *first[:1])
    indicator, area_code = data.catalogue()[chosen], view.area_code
    answer = data.ask("urban_rural", indicator_id=chosen, area_code=area_code)
    if answer.is_empty and area_code != data.SCOTLAND:
        page.notice(f"By class, this measure is held for Scotland only: not for {data.area_name(area_code)}.")
        area_code = data.SCOTLAND
        answer = data.ask("urban_rural", indicator_id=chosen, area_code=area_code)
    rows = places.missing_as_none(answer.rows)
    _boxes([row for row in rows if row["fold"] == 2], indicator, answer, area_code)
    link = view.link | {"part": "rural", "rural": chosen}
    if area_code != data.SCOTLAND:     # six classes are held for Scotland alone
        area_code = data.SCOTLAND
        answer = data.ask("urban_rural", indicator_id=chosen, area_code=area_code)
        rows = places.missing_as_none(answer.rows)
    for fold, own in _folds(rows, indicator):
        _class_figure(fold, own, indicator, answer, area_code, link)


def _folds(rows: Sequence[dict], indicator: Indicator) -> list[tuple[int, list[dict]]]:
    """Rows by three and six classes; three are added up from six where they are protected counts."""
    six = [row for row in rows if row["fold"] == 6]
    three = [row for row in rows if row["fold"] == 3]
    if six and not three and indicator.data_class == "returns" and indicator.measure == "percentage":
        three = [*places.three_fold(six), *(row for row in six if row["category"] in ("unknown", "all"))]
    return [(fold, own) for fold, own in ((6, six), (3, three)) if len(own) > 1]


def _boxes(rows: Sequence[dict], indicator: Indicator, answer: data.Answer, area_code: str) -> None:
    """The four boxes; a plain word where the measure is not held for urban and rural as two."""
    found = {str(row["category"]).lower()[:1]: row for row in rows if row["category"] != "all"}
    whole = next((row for row in rows if row["category"] == "all"), None)
    name = data.area_name(area_code)
    if not {"u", "r"} <= set(found):
        page.notice("Published by class, not for urban and rural as two: they are not worked out from the classes.")
        return
    if is_synthetic(answer):
        page.demonstration_notice()
    urban = next(row for row in rows if row["category"] in ("urban", "U"))
    rural = next(row for row in rows if row["category"] in ("rural", "R"))
    shown = [_box(label, row, indicator) for label, row in (("Urban", urban), ("Rural", rural), (name, whole)) if row]
    if indicator.measure != "count":
        shown.append(_gap_box(rural, urban, indicator))
    cards(shown)
    markup.write(markup.element("p", markup.text(f"{indicator.title}, {indicator.unit}. {CLASS_NOTE}"), "oc-subtitle"))
    foot(answer.keep(answer.rows[answer.rows["fold"] == 2]))


def _box(label: str, row: Mapping[str, object], indicator: Indicator) -> Card:
    return Card(label, numbers.value_text(row, indicator, short=True), numbers.interval_line(row, indicator),
                base=f"{row['period_label']} · {numbers.base_text(row, indicator)}")


def _gap_box(rural: Mapping[str, object], urban: Mapping[str, object], indicator: Indicator) -> Card:
    gap = places.rural_gap(rural, urban, indicator)
    points = replace(indicator, measure="points", unit="percentage points", data_class="returns", decimals=max(
        indicator.decimals, 1 if indicator.data_class == "returns" else 0)) \
        if indicator.measure == "percentage" else indicator
    return Card("Gap: rural less urban", numbers.value_text(gap, points, short=True),
                numbers.interval_line(gap, points), places.gap_words(gap), base=str(rural["period_label"]))


def _class_figure(fold: int, rows: Sequence[dict], indicator: Indicator, answer: data.Answer, area_code: str,
                  link: Mapping[str, str]) -> None:
    whole = next((row for row in rows if row["category"] == "all"), None)
    name, own = data.area_name(area_code), [row for row in rows if row["category"] != "all"]
    shown = [row | {"group": row["category_label"], "verdict": differences.verdict(
        differences.difference(row, whole, indicator) if whole else None, indicator), "compared": differences.compared(
            differences.difference(row, whole, indicator), name) if whole else ""} for row in own]
    when = str(rows[0]["period_label"])
    reference = whole["value"] if whole and not is_missing(whole["value"]) else None
    everyone = [(row["group"], row) for row in shown] + ([(name, whole)] if whole else [])
    figure(
        dots.dots(pd.DataFrame(shown), indicator, colours(), label="group", row_height=36,
                  reference=reference, reference_name=name),
        answer=answer, title=_class_title(shown, fold, name),
        subtitle=f"{indicator.title}, {indicator.unit}, {name}, by {fold} urban-rural classes, {when}",
        alt=comparisons.breakdown_alt(shown, indicator, "urban-rural class", f"{name}, {when}"),
        table=tables.one_series_table(everyone, "Class", indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(rows, indicator),
        notes=[note for note in (comparisons.verdict_legend(shown, name), CLASS_NOTE, _three_note(fold, indicator),
                                 *indicator.caveats) if note], link=link)


def _three_note(fold: int, indicator: Indicator) -> str:
    if fold != 3 or indicator.data_class != "returns":
        return ""
    return "Rest of Scotland adds up classes 1 to 4: four rounded counts, which the interval allows for."


def _class_title(rows: Sequence[Mapping[str, object]], fold: int, name: str) -> str:
    """How many classes can be told apart from the whole."""
    words = {6: "six", 3: "three"}[fold]
    ways = [str(row["compared"]).split(" ")[0] for row in rows
            if not is_missing(row["value"]) and row["category"] != "unknown"]
    clear = ways.count("higher") + ways.count("lower")
    if not ways or "not" in ways or "" in ways:
        return f"By {words} classes: no interval is published, so none is said to differ"
    return (f"By {words} classes: {ways.count('higher')} higher than {name}, {ways.count('lower')} lower, "
            f"{len(ways) - clear} not told apart")


# Kinds of place ----------------------------------------------------------------------------------

def class_shares(view: View) -> None:
    """Each council's people by urban-rural class: never one class for a council."""
    if PEOPLE not in data.catalogue():
        page.notice("No share of people by urban-rural class is held in this edition.")
        return
    answer = data.ask("series", indicator_id=PEOPLE, areas=list(data.areas()), programme="all",
                      characteristic=CLASSES, category=None)
    if answer.is_empty:
        page.notice("No share of people by urban-rural class is held in this edition.")
        return
    rows = answer.rows.assign(label=answer.rows["area"], share=answer.rows["value"])
    names = dict(zip(rows["category"], rows["category_label"], strict=True))
    rows["text"] = [f"{row.area}, {row.category_label}: {row.share:.1f}%" for row in rows.itertuples()]
    labels = dict.fromkeys(rows["label"])
    found = {(row["area"], row["category"]): row["value"] for row in answer.records}
    cells = [[label, *(f"{found[label, name]:.1f}%" if (label, name) in found else "[x]" for name in sorted(names))]
             for label in labels]
    own = [f"{names[name][2:].lower()} {found[view_name(view), name]:.0f}%" for name in sorted(names)
           if found.get((view_name(view), name), 0) >= 0.5]
    figure(
        bands.bands(rows, _class_bands(names), colours(), row_height=24), answer=answer,
        title=f"{view_name(view)}: {phrases.listed(own)}",
        subtitle="People aged 16 to 64 by urban-rural class (2016 edition), % of each council's people, Census 2022",
        alt=f"Stacked bars of people by six urban-rural classes, Scotland and 32 councils. {view_name(view)}: "
            f"{phrases.listed(own)}.",
        table=markup.Table(("Area", *(names[name] for name in sorted(names))), cells,
                           frozenset(range(1, len(names) + 1))),
        unit="% of people aged 16 to 64", base="People aged 16 to 64", interval="",
        notes=[MIX_NOTE, "A council is never given one class: its people live in several.",
               *data.catalogue()[PEOPLE].caveats], link=view.link | {"part": "mix"})
    swatches = [markup.element("span", "", "oc-swatch", style=f"background:{band.colour}")
                + markup.element("span", markup.text(band.label)) for band in _class_bands(names)]
    markup.write(markup.items(swatches, "oc-key") + markup.paragraphs([MIX_NOTE], "oc-subtitle"))
    _typology()


def view_name(view: View) -> str:
    return data.area_name(view.area_code)


def _class_bands(names: Mapping[str, str]) -> list[bands.Band]:
    """Six shades from the largest towns to the remotest places, dark to pale."""
    shades, ordered = colours(), sorted(names)
    ramp = [*shades.sequential[::-1], shades.band_strong]
    return [bands.Band(name, names[name], shade, tiles.ink_on(shade, shades))
            for name, shade in zip(ordered, ramp, strict=False)]


def _typology() -> None:
    """One named label a council, where one is needed: the four-way typology."""
    groups = _members("typology")
    rows = [(name, phrases.listed(sorted(found))) for name, found in groups.items()]
    if rows:
        page.section("When one label is needed", places.FAMILIES["typology"][3])
        data_table(markup.Table(("Kind of council", "Councils"), rows), "Four-way typology of councils")


# Islands -----------------------------------------------------------------------------------------

def island_figure(view: View) -> None:
    """Orkney, Shetland and Na h-Eileanan Siar, each in its own row; three years together for returns."""
    indicator, codes = view.indicator, (data.SCOTLAND, *places.ISLANDS)
    rows = [row | {"group": row["name"]} for row in view.records if row["area_code"] in codes]
    answers, when = [view.answer], view.when
    pooled, years = _three_years(view)
    if pooled is not None:
        answers.append(pooled)
        for row in pooled.records:
            if row["area_code"] in codes:
                made = rates.rate(row["numerator"], row["denominator"], int(row["cells"]))
                rows.append({**row, **made, "period_label": years, "group": f"{row['area']}, {years}"})
    judged = _judged_in_period(rows, indicator)
    figure(
        dots.dots(pd.DataFrame(judged), indicator, colours(), label="group", row_height=36),
        answer=answers[0].keep(view.answer.rows[view.answer.rows["area_code"].isin(codes)]).joined_by(*answers[1:]),
        title=_island_title(judged, indicator), subtitle=f"{indicator.title}, {indicator.unit}, island authorities and Scotland, "
        f"{when}" + (f" and {years} together" if pooled is not None else ""),
        alt=comparisons.breakdown_alt(judged, indicator, "island authority", when),
        table=tables.one_series_table([(row["group"], row) for row in judged], "Area", indicator),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(judged, indicator),
        notes=[note for note in (comparisons.verdict_legend(judged, "Scotland"), ISLANDS_NOTE, *indicator.caveats) if note],
        link=view.link | {"part": "islands"})
    markup.write(markup.paragraphs([ISLANDS_NOTE], "oc-subtitle"))


def _three_years(view: View) -> tuple[data.Answer | None, str]:
    """Rates of the newest three years with a figure, added up; None where the measure is not such a rate."""
    indicator = view.indicator
    if indicator.data_class != "returns" or indicator.measure != "percentage":
        return None, ""
    series = data.series(indicator.indicator_id, [data.SCOTLAND], frequency="financial_year").records
    broken = [each.period for each in indicator.breaks]
    known = [str(row["period"]) for row in series if not is_missing(row["value"])
             and all(row["period"] >= each for each in broken)][-3:]
    if len(known) < 2:
        return None, ""
    return data.ask("pooled", indicator_id=indicator.indicator_id, periods=known), f"{known[0]} to {known[-1]}"


def _judged_in_period(rows: Sequence[dict], indicator: Indicator) -> list[dict]:
    """Each against Scotland over the same years."""
    scotland = {row["period_label"]: row for row in rows if row["area_code"] == data.SCOTLAND}
    judged = []
    for row in rows:
        whole = scotland.get(row["period_label"])
        gap = differences.difference(row, whole, indicator) if whole and row is not whole else None
        judged.append(row | {"verdict": differences.verdict(gap, indicator), "compared": (
            differences.compared(gap, "Scotland") if gap and indicator.measure != "count" else "")})
    return sorted(judged, key=lambda row: (str(row["period_label"]) != str(rows[0]["period_label"])))


def _island_title(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    newest = rows[-1]["period_label"]     # the years added up, where there are such
    own = [row for row in rows if row["area_code"] != data.SCOTLAND and row["period_label"] == newest]
    clear = [f"{row['group']}: {row['compared']}" for row in own if str(row["compared"]).startswith(("higher", "lower"))]
    if clear:
        return "; ".join(clear)
    if all(is_missing(row["value"]) for row in own):
        return "Too few people, or no figure, to show any island authority"
    if not any(str(row["compared"]).startswith("no clear") for row in own):
        return f"{indicator.title}: each island authority on its own, none compared"
    return "No island authority is shown to differ from Scotland"


# Groups of councils ------------------------------------------------------------------------------

def _members(area_type: str, starts: str = "RESAS_") -> dict[str, list[str]]:
    """Council names by group name, for the groups whose codes start so."""
    found: dict[str, list[str]] = {}
    areas = data.areas()
    for row in data.ask("group_members", group_type=area_type).records:
        if row["group_code"].startswith(starts) and row["group_code"] not in places.TWO_WAY:
            found.setdefault(row["group_name"], []).append(areas[row["area_code"]]["name"])
    return found


def group_comparison(view: View) -> None:
    """Family groups, regions and deals as sums of their councils' counts, against Scotland."""
    kind = filters.choose("groups", "Groups", {name: facts[0] for name, facts in places.FAMILIES.items()}, "place")
    label, area_type, starts, about = places.FAMILIES[kind]
    members, indicator = _members(area_type, starts), view.indicator
    if about:
        markup.write(markup.paragraphs([about], "oc-subtitle"))
    if overlap := places.overlap_sentence(members):
        page.notice(overlap)
    link = view.link | {"part": "groups", "groups": kind}
    if not places.can_be_added(indicator):
        page.notice("This is a published rate: it is not made again for a group. The councils of each group are listed.")
        _members_table(members, label)
        return
    by_name = {row["name"]: row for row in places.missing_as_none(view.answer.rows)}
    shown = []
    for name, names in members.items():
        made = places.group_row([by_name[each] for each in names], indicator)
        gap = differences.difference(made, view.scotland, indicator) if view.scotland else None
        tested = indicator.measure == "percentage"
        shown.append(made | {"group": _short(name), "councils": names, "period_label": view.when,
                             "verdict": differences.verdict(gap, indicator) if tested else "none",
                             "compared": differences.compared(gap, "Scotland") if tested else ""})
    _group_figure(shown, view, label, link)
    _members_table(members, label)


def _short(name: str) -> str:
    """'Family group 1 (other services)' is 'Family group 1': the heading says which groups these are."""
    return name.rsplit(" (", 1)[0]


def _group_figure(shown: Sequence[dict], view: View, label: str, link: Mapping[str, str]) -> None:
    indicator, scotland = view.indicator, view.scotland
    is_rate = indicator.measure == "percentage"
    reference = scotland["value"] if scotland and indicator.measure != "count" else None
    entries = [(row["group"], row) for row in shown] + ([("Scotland", scotland)] if scotland else [])
    figure(
        dots.dots(pd.DataFrame(shown), indicator, colours(), label="group", row_height=36, reference=reference),
        answer=view.answer, title=_group_title(shown, label) if is_rate else f"{indicator.title} by group, {view.when}",
        subtitle=f"{indicator.title}, {indicator.unit}, {label[:1].lower()}{label[1:]}, {view.when}",
        alt=comparisons.breakdown_alt(shown, indicator, "group of councils", view.when),
        table=tables.one_series_table(entries, "Group", indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(shown, indicator),
        notes=[note for note in (
            comparisons.verdict_legend(shown, "Scotland") if is_rate else "Not compared with Scotland: not tested.",
            "Made from the councils' protected counts: a group of n councils adds n rounded counts, each within 4, a few within 9."
            if indicator.data_class == "returns" else "Made from the councils' published counts.",
            "A group is not shown where any of its councils has no count.", *indicator.caveats) if note], link=link)


def _group_title(rows: Sequence[Mapping[str, object]], label: str) -> str:
    ways = [str(row["compared"]).split(" ")[0] for row in rows if not is_missing(row["value"])]
    if not ways:
        return f"{label}: no figure to show"
    clear = ways.count("higher") + ways.count("lower")
    return (f"{ways.count('higher')} of {len(ways)} groups are higher than Scotland and {ways.count('lower')} lower; "
            f"{len(ways) - clear} cannot be told apart")


def _members_table(members: Mapping[str, Sequence[str]], label: str) -> None:
    rows = [(_short(name), phrases.listed(sorted(names)), str(len(names))) for name, names in members.items()]
    data_table(markup.Table(("Group", "Councils", "How many"), rows, frozenset({2})), f"{label}: who is in each")


# Cost and access ---------------------------------------------------------------------------------

def rurality_figures(view: View) -> None:
    """Cost and waits against the share of people in rural areas: one dot a council, no line, no cause."""
    held = [name for name in (COST, ACCESS) if name in data.catalogue()]
    if not held:
        page.notice("[x] Cost and waiting time come from partnership returns: none are in this edition.")
        return
    for name in held:
        _rurality_figure(name, view)


def _rurality_figure(indicator_id: str, view: View) -> None:
    period = next(iter(periods(indicator_id)), None)
    if period is None:
        return
    indicator, own = data.catalogue()[indicator_id], view_of(indicator_id, period, view.area_code)
    areas = data.areas()
    rows = own.councils.assign(x=[areas[code]["rural_pct"] for code in own.councils["area_code"]])
    shown = rows[rows["value"].notna() & rows["x"].notna() & rows["lower_ci"].notna()]
    if shown.empty:
        return
    title = _rurality_title(shown.to_dict("records"), view_name(view), indicator)
    cells = [(row["area"], "[x]" if is_missing(row["x"]) else f"{row['x']:.0f}%",
              *tables.one_series_table([("", row)], "", indicator).rows[0][1:2],
              numbers.interval_text(row, indicator) or "[x]") for row in rows.to_dict("records")]
    figure(
        scatter.scatter(shown, indicator, "People living in rural areas", colours(), chosen=view_name(view)),
        answer=own.answer.keep(rows), title=title,
        subtitle=f"{indicator.title}, {indicator.unit}, by share of people in rural areas, "
                 f"{len(shown)} councils, {own.when}",
        alt=f"Scatter chart of {len(shown)} councils: {indicator.title.lower()} by share of people in rural areas, "
            f"{own.when}. {title}.",
        table=markup.Table(("Council", "People in rural areas", tables.column_title(indicator), numbers.interval_name(indicator)), cells,
                           frozenset({1, 2, 3})),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(own.records, indicator),
        notes=["No line is fitted: 32 councils cannot separate how rural a place is from its size.",
               "A higher cost or a longer wait is not a worse service: rural services travel further.",
               "Rural shares are derived from the 2016 edition of the classification.", *indicator.caveats],
        link=view.link | {"part": "cost"})


def _rurality_title(rows: Sequence[Mapping[str, object]], name: str, indicator: Indicator) -> str:
    own = next((row for row in rows if row["area"] == name), None)
    if own is not None:
        return f"{name}: {numbers.value_text(own, indicator, short=True)} with {own['x']:.0f}% of people in rural areas"
    spread = places.middle_half(rows, indicator)
    return f"{indicator.title}{f': {spread}' if spread else ' by how rural councils are'}"


# Over time and two maps --------------------------------------------------------------------------

def over_time(view: View) -> None:
    """The tile grid at each period, on one scale."""
    indicator, frequency = view.indicator, _frequency(view)
    answer = data.ask("trend", indicator_id=indicator.indicator_id, areas=list(data.areas()), programme=None,
                      characteristic="all", category=None, frequency=frequency)
    by_period = {period: own for period, own in answer.rows.groupby("period", sort=False)
                 if own.loc[own["area_code"] != data.SCOTLAND, "value"].notna().any()}
    shown = dict(sorted(by_period.items(), key=lambda pair: str(pair[1]["end_date"].iloc[0]))[-MOST_PERIODS:])
    if len(shown) < 2:
        page.notice("Only one period is held for councils, so there is nothing to show over time.")
        return
    full = {str(own["period_label"].iloc[0]): pd.DataFrame(places.every_council(own.to_dict("records"), data.areas()))
            for own in shown.values()}
    councils = {when: rows[rows["area_code"] != data.SCOTLAND] for when, rows in full.items()}
    scale = classes.choose_scale(pd.concat(councils.values()), indicator)
    panels = {when: classes.map_rows(rows, places.scotland_of(full[when].to_dict("records")), indicator, scale)
              for when, rows in councils.items()}
    grid = tiles.tile_grids(panels, tile_places(), indicator, scale, colours(), view.area_code,
                            across=4 if remembered_screen().width > 400 else 2)
    kept = answer.rows[answer.rows["period"].isin(list(shown))]
    series = kept.assign(series=kept["area"]).to_dict("records")
    figure(
        grid, answer=answer.keep(kept), title=_time_title(series, view),
        subtitle=f"{indicator.title}, {indicator.unit}, 32 councils, {next(iter(panels))} to {list(panels)[-1]}, "
                 f"{_shades(scale)}",
        alt=f"{len(panels)} tile grids of 32 councils, one a period. {_time_title(series, view)}. "
            "Every figure is in the table under it.",
        table=_time_table(full, indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(series, indicator),
        notes=["One scale for every period. Differences between shades are not tests of change.",
               *(f"Break at {each.period}: {each.label}" for each in indicator.breaks), *indicator.caveats],
        link=view.link | {"part": "time"})
    last = list(panels.values())[-1]
    map_key(last, scale, indicator)
    markup.write(markup.paragraphs([f"The councils counted in this key are those of {list(panels)[-1]}."], "oc-subtitle"))


def _frequency(view: View) -> str:
    return next((row["frequency"] for row in view.records if isinstance(row.get("frequency"), str)), "financial_year")


def _shades(scale: classes.Scale) -> str:
    if scale.is_comparison or len(scale.labels) < 2:
        return "against Scotland in each period" if scale.is_comparison else "one shade"
    return f"faintest {scale.labels[0][:1].lower()}{scale.labels[0][1:]}, strongest {scale.labels[-1]}"


def _time_title(rows: Sequence[dict], view: View) -> str:
    own = [row for row in rows if row["area_code"] == view.area_code]
    return f"{view_name(view)}: {trends.trend_title(own, view.indicator)}" if own else view.indicator.title


def _time_table(full: Mapping[str, pd.DataFrame], indicator: Indicator) -> markup.Table:
    """One row an area, one column a period."""
    found = {(when, row["area_code"]): row for when, rows in full.items() for row in rows.to_dict("records")}
    cells = [[area["name"], *(_cell(found.get((when, code)), indicator) for when in full)]
             for code, area in data.areas().items()]
    return markup.Table(("Area", *full), cells, frozenset(range(1, len(full) + 1)))


def _cell(row: Mapping[str, object] | None, indicator: Indicator) -> str:
    return "[x]" if row is None else numbers.value_text(row, indicator, short=True)


def two_maps(view: View) -> None:
    """This map beside another measure, or another period: alike scales only where the measure is the same."""
    held = measures()
    with filters.filter_row():
        other_id = filters.choose("id2", "Second measure", held, view.indicator.indicator_id)
        same = other_id == view.indicator.indicator_id
        other_periods = [each for each in periods(other_id) if not (same and each == view.period)]
        period = choose_period(other_id, "period2", "Second period", *other_periods[:1])
        way = filters.choose("drawn", "Drawn as", {"tiles": "Tiles", "flat": "Flat maps"}, "tiles")
    other = view_of(other_id, period, view.area_code)
    both = pd.concat([view.councils, other.councils]) if same else None
    page.notice("One scale for both." if same else
                "Each has its own scale. Two maps that look alike do not show that one thing causes the other.")
    for column, own, name in zip(st.columns(2, gap="medium"), (view, other), ("First", "Second"), strict=True):
        with column:
            _one_of_two(own, classes.choose_scale(own.councils if both is None else both, own.indicator), way, name,
                        view.link | {"part": "two", "id2": other_id, "period2": period, "drawn": way})


def _one_of_two(view: View, scale: classes.Scale, way: str, name: str, link: Mapping[str, str]) -> None:
    indicator, judged = view.indicator, against_scotland(view)
    rows = classes.map_rows(view.councils, view.scotland, indicator, scale)
    width = remembered_screen().width
    grid = tiles.tile_grid(rows, tile_places(), indicator, scale, colours(), view.area_code,
                           height=min(560, 8 + width * 8 // 7))

    def draw(alt: str) -> None:
        if way == "flat":
            shape = drawing.flat_map(rows, indicator, scale, colours(), shapes_url(), view.area_code,
                                     round(min(width, 540) * 1.04))
            st.plotly_chart(Finished(shape), theme=None, key=f"two {name}", alt=alt, config=drawing.FLAT_CONFIG)
            frames_note()
        else:
            st.plotly_chart(Finished(grid), theme=None, key=f"two {name}", alt=alt,
                            config={"displayModeBar": False, "responsive": True})
        map_key(rows, scale, indicator)

    figure(
        grid, draw=draw, answer=view.answer, title=f"{name}: {indicator.title}, {view.when}",
        subtitle=f"{places.map_title(judged, indicator, view.area_code)}. {indicator.unit}",
        alt=places.map_alt(view.records, indicator, "Map" if way == "flat" else "Tile grid"),
        table=tables.area_table(judged, indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(view.records, indicator),
        notes=[*places.notes_of(view.records, indicator), *indicator.caveats], link=link)
