"""Compare without league tables: funnel, ranges of ranks, like with like, own trend, and what could be told."""

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.catalogue import Indicator
from dashboard.charts import funnel as funnel_chart
from dashboard.charts import ranks as rank_chart
from dashboard.charts import steadied as steadied_chart
from dashboard.charts import xmr
from dashboard.charts.lines import named_dots
from dashboard.components import data, markup, page, tables
from dashboard.components.figure import colours, figure
from dashboard.components.indicator import indicator_trend
from dashboard.components.jobs import family_group, others_in
from dashboard.components.tabs import tabs
from dashboard.methods import detectable, funnel, maturity, ranks, shrinkage, spc
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, compare_words, rates
from dashboard.words import comparisons, differences, numbers, phrases

SMALLEST_FUNNEL = 8
STARTS = "participants"
PARTS = {"among": "Among the areas", "steadied": "Steadied estimates", "ranks": "Range of ranks", "like": "Like with like", "own": "Own trend",
         "starts": "Starts over time", "tell": "Could we even tell?"}


def compare_areas(indicator_id: str, area_code: str, tell: Sequence[str] = (), link: Mapping[str, str] | None = None,
                  title: str = "Compare without league tables") -> None:
    """Every honest comparison of one rate from the returns, one tab at a time.

    `indicator_id` and `tell` (measures for "Could we even tell?") are percentages made from returns.
    Nothing is shown where the edition holds no returns. `link` holds the page's other choices.
    """
    if indicator_id not in data.catalogue() or not _years(indicator_id):
        return
    indicator = data.catalogue()[indicator_id]
    page.section(title, f"{indicator.title}: {indicator.definition}")
    with st.popover("What is this?", icon=":material/help:"):
        markup.write(markup.paragraphs([*compare_words.WHAT_IS_THIS, compare_words.ALONE_NOTE]))
    shown = tabs("compare", PARTS)
    makers = {
        "among": lambda at: funnel_figure(indicator_id, area_code, at),
        "steadied": lambda at: steadied_figure(indicator_id, area_code, at),
        "ranks": lambda at: ranks_figure(indicator_id, area_code, at),
        "like": lambda at: like_with_like(indicator_id, area_code, at),
        "own": lambda at: indicator_trend(indicator_id, list(dict.fromkeys((area_code, data.SCOTLAND))), link=at),
        "starts": lambda at: starts_figure(area_code, at),
        "tell": lambda at: could_we_tell([indicator_id, *tell], area_code, at),
    }
    for name, tab in shown.items():
        if tab.open:
            with tab:
                makers[name]({**(link or {}), "area": area_code, "compare": name})


# What is compared -------------------------------------------------------------------------------

def _years(indicator_id: str) -> list[str]:
    """The newest start years with a figure for Scotland, at most three, none from before the last break."""
    indicator = data.catalogue()[indicator_id]
    rows = data.series(indicator_id, [data.SCOTLAND], frequency="financial_year").records
    held = [str(row["period"]) for row in rows if not is_missing(row["value"]) and row["data_class"] == "returns"]
    return cohorts.years_that_count(held, indicator.maturity_months, _cut_off(), [each.period for each in indicator.breaks])


def _cut_off() -> dt.date:
    return dt.date.fromisoformat(str(data.release()["cut_off"])[:10])


def _pooled(indicator_id: str) -> tuple[data.Answer, pd.DataFrame]:
    """Every area's rate over the same years together, with its interval or its mark."""
    years = _years(indicator_id)
    answer = data.ask("pooled", indicator_id=indicator_id, periods=years)
    rows = [row | _rate(row) | {"period": row["period"], "period_label": cohorts.years_label(years)}
            for row in answer.records]
    return answer, pd.DataFrame(rows)


def _rate(row: Mapping[str, object]) -> dict:
    """The rate of added-up counts; `x` where the area sent nothing."""
    if is_missing(row["denominator"]):
        return {"value": np.nan, "lower_ci": np.nan, "upper_ci": np.nan, "obs_status": "x"}
    made = rates.rate(float(row["numerator"]), float(row["denominator"]), int(row["cells"]))
    return {name: np.nan if made[name] is None else made[name] for name in ("value", "lower_ci", "upper_ci")} | {
        "obs_status": made["obs_status"]}


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    """Partnerships with a rate to place."""
    return rows[(rows["area_code"] != data.SCOTLAND) & rows["value"].notna()].reset_index(drop=True)


# Among the areas --------------------------------------------------------------------------------

def funnel_figure(indicator_id: str, area_code: str, link: Mapping[str, str]) -> None:
    """Where the area lies among what chance and usual differences allow."""
    indicator, (answer, rows) = data.catalogue()[indicator_id], _pooled(indicator_id)
    placed, name = _placed(rows), data.area_name(area_code)
    if len(placed) < SMALLEST_FUNNEL:
        page.notice("Too few areas have a rate for a comparison among them.")
        return
    fitted = funnel.fit(placed["numerator"], placed["denominator"], _centre(rows), placed["cells"])
    place = dict(zip(placed["area_code"], fitted.position, strict=True))
    outside, when = int((fitted.outside > 0).sum()), str(rows["period_label"].iloc[0])
    position = str(place.get(area_code, "unknown"))
    lines = [[*line, compare_words.position_words(str(place.get(code, "unknown"))) if code != data.SCOTLAND else ""]
             for line, code in zip(tables.area_table(rows.to_dict("records"), indicator).rows, rows["area_code"], strict=True)]
    figure(
        funnel_chart.funnel(placed, _limits(placed, fitted), 100 * fitted.centre, indicator, colours(), chosen=name),
        answer=answer.keep(rows), title=compare_words.funnel_title(name, position, outside, len(placed)),
        subtitle=f"{indicator.title}, {indicator.unit}, by people in the base, people who started in {when}",
        alt=compare_words.funnel_alt(name, position, outside, len(placed), indicator, when),
        table=markup.Table((*tables.area_table(rows.to_dict("records"), indicator).columns, "On the funnel"), lines,
                           frozenset({1, 2, 3})),
        unit=indicator.unit, base=indicator.base,
        interval="The curves hold 95% and 99.8% of areas if they differ only by chance and by usual differences: "
                 "by chance about 1.6 and 0.06 of 32 lie outside.",
        notes=[f"Usual differences between areas: τ² = {fitted.tau2:.4f}.", *_absent(rows), *indicator.caveats], link=link)


def _centre(rows: pd.DataFrame) -> float | None:
    """Scotland's own rate, a proportion."""
    own = rows[rows["area_code"] == data.SCOTLAND]["value"].dropna()
    return float(own.iloc[0]) / 100 if len(own) else None


def _limits(rows: pd.DataFrame, fitted: funnel.Funnel) -> pd.DataFrame:
    """Both pairs of curves from the smallest base to the largest, in percentages."""
    bases = np.geomspace(float(rows["denominator"].min()), float(rows["denominator"].max()), 41)
    cells = float(rows["cells"].max())
    inner = funnel.limits(bases, fitted.centre, fitted.tau2, funnel.WARNING, cells)
    outer = funnel.limits(bases, fitted.centre, fitted.tau2, funnel.ALARM, cells)
    return pd.DataFrame({"denominator": bases, "lower_95": 100 * inner.lower, "upper_95": 100 * inner.upper,
                         "lower_998": 100 * outer.lower, "upper_998": 100 * outer.upper})


def _absent(rows: pd.DataFrame) -> list[str]:
    """Who is not among the areas compared, and why."""
    said = []
    for mark, words in (("x", "sent no return"), ("c", "has too few people for a rate")):
        names = [str(row["area"]) for row in rows.to_dict("records") if row["obs_status"] == mark]
        if names:
            said.append(f"Not placed: {phrases.listed(names)} {words if len(names) == 1 else words.replace('has', 'have')} "
                        f"[{mark}].")
    return said


def steadied_figure(indicator_id: str, area_code: str, link: Mapping[str, str]) -> None:
    """Each area's rate and, as a second mark, its steadied estimate; the rate stays the figure."""
    indicator, (answer, rows) = data.catalogue()[indicator_id], _pooled(indicator_id)
    placed, name = _placed(rows), data.area_name(area_code)
    made = _steadied(rows, placed) if len(placed) >= SMALLEST_FUNNEL else None
    if made is None:
        page.notice("Too few areas have a rate for estimates to be steadied.")
        return
    records, when, centre = made.to_dict("records"), str(rows["period_label"].iloc[0]), _centre(rows)
    own = next((row for row in records if row["area_code"] == area_code and area_code != data.SCOTLAND), None)
    cells = [[row["area"], tables.value_and_interval(row, indicator),
              "[x]" if is_missing(row["denominator"]) else f"{row['denominator']:,.0f}",
              "[z]" if row["area_code"] == data.SCOTLAND else
              tables.value_and_interval(compare_words.steadied_of(row), indicator)] for row in records]
    figure(
        steadied_chart.steadied(made, indicator, colours(), chosen=name, reference=None if centre is None else 100 * centre),
        answer=answer.keep(made), title=compare_words.steadied_title(name, own, records, indicator),
        subtitle=f"{indicator.title}, {indicator.unit}, people who started in {when}: each area's rate and its steadied "
                 "estimate. By the alphabet: not a league table",
        alt=compare_words.steadied_alt(records, indicator, when),
        table=markup.Table(("Area", f"Rate: {tables.column_title(indicator).lower()}", "People in the base",
                            "Steadied estimate"), cells, frozenset({1, 2, 3})),
        unit=indicator.unit, base=indicator.base,
        interval="95% for both: of the rate, for chance and rounding; of the steadied estimate, a credible interval "
                 "under its model.",
        notes=[compare_words.STEADIED_NOTE, *_absent(rows), *indicator.caveats], link=link)


def _steadied(rows: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame | None:
    """All areas, those with a rate with its steadied estimate in percentages; None where no prior can be fitted."""
    base, cells = placed["denominator"].to_numpy(float), placed["cells"].to_numpy(float)
    reached = np.minimum(placed["numerator"].to_numpy(float), base)
    try:
        found = shrinkage.steady(reached, base, shrinkage.fit_prior(reached, base, cells), cells)
    except ValueError:
        return None
    estimates = pd.DataFrame({"area_code": placed["area_code"], "steadied": 100 * found[0],
                              "steadied_lower": 100 * found[1], "steadied_upper": 100 * found[2]})
    return rows.merge(estimates, on="area_code", how="left")


def ranks_figure(indicator_id: str, area_code: str, link: Mapping[str, str]) -> None:
    """The ranks each area could have, all of them right together."""
    indicator, (answer, rows) = data.catalogue()[indicator_id], _pooled(indicator_id)
    placed, name = _placed(rows), data.area_name(area_code)
    if len(placed) < SMALLEST_FUNNEL:
        page.notice("Too few areas have a rate for a comparison among them.")
        return
    found = ranks.rank_intervals(placed["numerator"], placed["denominator"], placed["cells"])
    areas, when = len(placed), str(rows["period_label"].iloc[0])
    made = placed.assign(first=found.lower, last=found.upper)
    made["text"] = [f"{row['area']}: {compare_words.rank_text(row['first'], row['last'], areas)}"
                    for row in made.to_dict("records")]
    records = made.to_dict("records")
    own = next((row for row in records if row["area_code"] == area_code), None)
    cells = [[row["area"], tables.value_and_interval(row, indicator),
              compare_words.rank_text(row["first"], row["last"], areas)] for row in records]
    figure(
        rank_chart.ranks(made, areas, colours(), chosen=name),
        answer=answer.keep(rows.merge(made[["area_code", "first", "last"]], how="left")),
        title=compare_words.rank_title(name, own, areas, records) if own is not None or area_code == data.SCOTLAND
        else f"{name}: {compare_words.position_words('unknown')}",
        subtitle=f"Ranks each area could have: {indicator.title}, {indicator.unit}, people who started in {when}. "
                 "By the alphabet: not a league table",
        alt=compare_words.ranks_alt(records, areas, indicator, when),
        table=markup.Table(("Area", tables.column_title(indicator), "Ranks it could have"), cells, frozenset({1})),
        unit="Rank by rate, 1 the highest", base=indicator.base,
        interval="Simultaneous 95%: all ranges are right together at least 95 times in 100.",
        notes=["False alarms: if all areas were truly alike, any range would leave out a rank in at most 5 of 100 "
               "editions.", *_absent(rows), *indicator.caveats], link=link)


# Like with like ---------------------------------------------------------------------------------

def like_with_like(indicator_id: str, area_code: str, link: Mapping[str, str]) -> None:
    """The area against the others of its family group and against Scotland."""
    indicator, (answer, rows) = data.catalogue()[indicator_id], _pooled(indicator_id)
    if area_code == data.SCOTLAND:
        page.notice("Choose a partnership to read it against its family group and Scotland.")
        return
    own = _line(rows, [area_code], data.area_name(area_code))
    group = family_group(area_code)
    others = [_line(rows, group[1], others_in(group[0]))] if group else []
    others.append(_line(rows, [data.SCOTLAND], "Scotland"))
    judged = [own | {"verdict": "none", "compared": ""}] + [
        other | {"verdict": "none", "compared": differences.compared(differences.difference(own, other, indicator), _inside(other["group"]))}
        for other in others]
    when, name = str(rows["period_label"].iloc[0]), data.area_name(area_code)
    cells = [[row["group"], tables.value_and_interval(row, indicator), f"{row['denominator']:,.0f}", row["compared"]]
             for row in judged]
    figure(
        named_dots(pd.DataFrame(judged), indicator, colours(), chosen=name),
        answer=answer.keep(rows), title=compare_words.like_title(judged, name),
        subtitle=f"{indicator.title}, {indicator.unit}, {name}, its family group and Scotland, people who started in {when}",
        alt=comparisons.breakdown_alt(judged, indicator, "area", when),
        table=markup.Table(("Area", tables.column_title(indicator), "People in the base", f"{name} is"), cells,
                           frozenset({1, 2})),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note([own], indicator),
        notes=[*([f"{group[0]}: {phrases.listed([data.area_name(code) for code in group[1]])}, and {name}. "
                  "Local Government Benchmarking Framework, grouped by how rural councils are."] if group else []),
               "Scotland includes the area itself, which makes the comparison a little too cautious, never too bold.",
               *indicator.caveats], link=link)


def _inside(name: str) -> str:
    """A comparator's name inside a sentence."""
    return name.replace("Others in", "others in")


def _line(rows: pd.DataFrame, codes: Sequence[str], label: str) -> dict:
    """The rate of these areas added up, as a row named `label`."""
    own = rows[rows["area_code"].isin(codes) & rows["denominator"].notna()]
    made = rates.rate(float(own["numerator"].sum()), float(own["denominator"].sum()), int(own["cells"].sum()))
    return made | {"group": label, "period": str(rows["period"].iloc[0]), "period_label": str(rows["period_label"].iloc[0])}


# Starts over time -------------------------------------------------------------------------------

def starts_figure(area_code: str, link: Mapping[str, str]) -> None:
    """People who started each quarter inside the limits of their own usual variation."""
    if STARTS not in data.catalogue():
        return
    indicator, answer = data.catalogue()[STARTS], data.series(STARTS, [area_code], frequency="quarter")
    rows = answer.records
    judged = [row for row in rows if maturity.is_mature(maturity.cohort_end(str(row["period"])), 0, _cut_off())]
    waiting, name = rows[len(judged):], data.area_name(area_code)
    if len(judged) < 2:
        page.notice(f"{name}: too few quarters of starts to show.")
        return
    changes = _documented(judged, indicator)
    drawn = spc.draw([np.nan if is_missing(row["value"]) else float(row["value"]) for row in judged],
                     tuple(changes))
    limits = {at: segment for segment in drawn.segments for at in range(segment.start, segment.stop)}
    signals = {at: signal for signal in drawn.signals for at in signal.points}
    cells = [[str(row["period_label"]), compare_words.starts(row), *_limit_cells(limits[at]),
              spc.RULES[signals[at].rule] if at in signals else "usual"] for at, row in enumerate(judged)]
    cells += [[str(row["period_label"]), f"{compare_words.starts(row)} [p]", "", "", "still being reported"] for row in waiting]
    figure(
        xmr.xmr(judged, drawn, waiting, changes, colours()), answer=answer, title=compare_words.signals_title(drawn, name),
        subtitle=f"People who started support each quarter, {name}, {judged[0]['period_label']} to {rows[-1]['period_label']}",
        alt=compare_words.xmr_alt(judged, drawn, name),
        table=markup.Table(("Quarter", "People who started", "Average", "Limits", "Variation"), cells, frozenset({1, 2, 3})),
        unit=indicator.unit, base=indicator.base,
        interval="Limits of usual variation (XmR), from 12 quarters; signals are read from 20.",
        notes=[compare_words.XMR_NOTE, "The newest quarter is still being reported and takes no part.", *indicator.caveats],
        link=link)


def _limit_cells(segment: spc.Segment) -> tuple[str, str]:
    if segment.mean is None:
        return "too few quarters", "too few quarters"
    return f"{segment.mean:,.0f}", f"{segment.lower:,.0f} to {segment.upper:,.0f}"


def _documented(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> dict[int, str]:
    """Position of the first quarter after each documented change inside the series, and its words."""
    starts = [dt.date.fromisoformat(str(row["start_date"])[:10]) for row in rows]
    folded: dict[dt.date, list[str]] = {}
    for row in data.ask("programmes").records:
        if not is_missing(row["fold_date"]) and str(row["fold_date"]) != "NaT":
            folded.setdefault(dt.date.fromisoformat(str(row["fold_date"])[:10]), []).append(str(row["label"]))
    found = {}
    for day, names in sorted(folded.items()):
        after = next((at for at, start in enumerate(starts) if start >= day), 0)
        if 0 < after < len(rows):
            found[after] = f"{phrases.listed(names)} folded in"
    return found


# Could we even tell? ----------------------------------------------------------------------------

def could_we_tell(indicator_ids: Sequence[str], area_code: str, link: Mapping[str, str]) -> None:
    """The smallest change of each measure that next year's figure, or as many years together, would show."""
    catalogue, name, made, answers = data.catalogue(), data.area_name(area_code), [], []
    for indicator_id in dict.fromkeys(each for each in indicator_ids if each in catalogue):
        answer, own = _own(indicator_id, area_code)
        if own is not None:
            made.append((catalogue[indicator_id], own, *_detectable(own)))
            answers.append(answer)
    if not made:
        page.notice(f"{name}: no rate to reckon with.")
        return
    most = max(int(own["years"]) for _, own, *_ in made)
    rows = [[indicator.title, f"{tables.value_and_interval(own, indicator)}, {own['period_label']}",
             f"{own['denominator'] / own['years']:,.0f}", compare_words.both_ways(one), compare_words.both_ways(together)]
            for indicator, own, one, together in made]
    _, own, one, together = made[0]
    figure(
        None, answer=answers[0].joined_by(*answers[1:]),
        title=compare_words.tell_title(name, one, together, int(own["years"])),
        subtitle=f"Smallest change that would probably show, percentage points, {name}. The title is about the first "
                 "measure",
        alt="", table=markup.Table(("Measure", "Now", "People a year", "Next year alone",
                                    f"Up to {most} years together"), rows, frozenset({2})),
        unit="Percentage points", base="People who started support, or who entered work",
        interval="80% power at 5%, two-sided, with the rounding of both sides.",
        notes=[compare_words.TELL_NOTE], link=link)


def _own(indicator_id: str, area_code: str) -> tuple[data.Answer | None, dict | None]:
    """The area's pooled rate and over how many years; None where it has no people."""
    if not (years := _years(indicator_id)):
        return None, None
    answer, rows = _pooled(indicator_id)
    own = next((row for row in rows.to_dict("records") if row["area_code"] == area_code), None)
    if own is None or is_missing(own["denominator"]) or not own["denominator"]:
        return None, None
    return answer, own | {"years": len(years)}


def _detectable(own: Mapping[str, object]) -> tuple[detectable.Detectable, detectable.Detectable]:
    """For one year of average size, and for as many years together as the rate is made of."""
    years, base = float(own["years"]), float(own["denominator"])
    reached = min(float(own["numerator"]), base)
    return (detectable.smallest_change(reached / years, base / years),
            detectable.smallest_change(reached, base, k=int(own["cells"])))
