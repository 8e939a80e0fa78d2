"""Do people get work, and does it last? The journey, start cohorts, programmes, routes, support and waits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.charts import curves, timeline
from dashboard.charts.bands import Band
from dashboard.charts.journey import stacks
from dashboard.charts.lines import named_dots
from dashboard.charts.theme import LIGHT
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import colours, data_table, figure
from dashboard.methods import maturity
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, job_words, rates
from dashboard.words import comparisons, differences, numbers

RATE = "in_work_at_52_weeks"           # a rate of everyone who started: the words and decimals of this page
WITHIN = "entered_work_within_12_months"
UNRECORDED = ("job_not_recorded", "job_not_due")
SUPPORTS = ("health", "mental_health", "housing", "justice")
WAIT_WORDS = {"under_2_weeks": "Under 2 weeks", "2_4_weeks": "2 to 4 weeks", "4_8_weeks": "4 to 8 weeks",
              "over_8_weeks": "Over 8 weeks", "unknown": "Not known"}
KINDS = {"current": "The local model", "folded": "Folded in", "predecessor": "Before"}
PUBLISHED = ("fss_job_start_rate", "fss_sustained_13_weeks_rate", "fss_sustained_26_weeks_rate",
             "fss_sustained_52_weeks_rate", "nolb_entered_employment_rate", "nolb_education_or_training_rate",
             "cjs_entered_employment_rate", "cjs_positive_outcome_rate", "aa_completed", "aa_progressed",
             "wfs_job_starts", "was_job_starts")
PUBLISHED_HERE = ("nolb_participants", "nolb_entered_employment", "nolb_in_employment_52_weeks")
# Every state once, in the order of the journey: (key, label, states).
PARTS = (
    ("at52", "In work at 52 weeks", ("job_52",)),
    ("at26", "In work at 26 weeks, no later record", ("job_26",)),
    ("at13", "In work at 13 weeks, no later record", ("job_13",)),
    ("ended", "Entered work, not in work at 13 weeks", ("job_ended_13",)),
    ("unrecorded", "Entered work, 13 weeks not recorded", UNRECORDED),
    ("other", "Other positive outcome", ("other_positive",)),
    ("left", "Left, no outcome recorded", ("left_no_outcome",)),
    ("support", "Still in support", ("in_support",)),
)


# What is held -----------------------------------------------------------------------------------

def has_returns() -> bool:
    """True when this edition holds figures from participants' returns."""
    return bool(data.release()["has_returns"]) and RATE in data.catalogue()


def jobs_are_held(area_code: str) -> bool:
    """True when the area's own return is in this edition; a plain notice where it is not."""
    if not has_returns():
        page.notice(job_words.NO_RETURNS)
        return False
    if _counts("M", [area_code]).is_empty:
        page.notice(job_words.no_return(data.area_name(area_code)))
        return False
    return True


def _cut_off() -> dt.date:
    return dt.date.fromisoformat(str(data.release()["cut_off"])[:10])


def _indicator(indicator_id: str = RATE) -> Indicator:
    return data.catalogue()[indicator_id]


def _counts(family: str, area_codes: Sequence[str]) -> data.Answer:
    return data.ask("counts", family=family, areas=list(area_codes))


def _breaks(milestone: cohorts.Milestone) -> list[str]:
    indicator = data.every_indicator().get(milestone.indicator_id)
    return [each.period for each in indicator.breaks] if indicator else []


def family_group(area_code: str) -> tuple[str, list[str]] | None:
    """The name and the other members of the area's family group for services of this kind; None for Scotland."""
    groups = data.ask("groups", area_code=area_code).records
    rows = [row for row in groups if row["group_type"] == "family_group"]
    preferred = [row for row in rows if "other services" in row["group_name"]] or rows
    if not preferred:
        return None
    name = preferred[0]["group_name"]
    return name, [row["area_code"] for row in preferred if row["group_name"] == name and row["area_code"] != area_code]


def others_in(group: str) -> str:
    """'Others in family group 1': the group's version is said in the notes."""
    short = group.split(" (")[0]
    return f"Others in {short[:1].lower()}{short[1:]}"


def read_against(area_code: str) -> dict[str, list[str]]:
    """The area, the rest of its family group and Scotland: the name of each and the areas it adds up."""
    found = {data.area_name(area_code): [area_code]}
    if area_code != data.SCOTLAND:
        if group := family_group(area_code):
            found[others_in(group[0])] = group[1]
        found["Scotland"] = [data.SCOTLAND]
    return found


# The answer -------------------------------------------------------------------------------------

def jobs_sentences(area_code: str) -> list[str]:
    """Do people get work, and does it last? In at most six sentences, from the same rows as the journey."""
    if not has_returns():
        return [job_words.NO_RETURNS, "The published figures of earlier programmes are below."]
    rows, years = _journey(_counts("M", [area_code]))
    name, indicator = data.area_name(area_code), _indicator()
    if not rows:
        return [job_words.no_return(name)]
    if is_missing(rows["entered"]["value"]):
        return [job_words.starters(rows["entered"], name, cohorts.years_label(years)), job_words.too_few(name)]
    said = [job_words.starters(rows["entered"], name, cohorts.years_label(years)),
            *job_words.reached(rows, indicator), job_words.not_recorded(rows["unrecorded"], indicator)]
    if area_code != data.SCOTLAND:
        scotland, _ = _journey(_counts("M", [data.SCOTLAND]))
        said.append(job_words.against(rows["weeks13"], scotland["weeks13"], "Scotland",
                                      "Recorded in work at 13 weeks or later", indicator))
    if WITHIN in data.catalogue():
        trend = data.series(WITHIN, [area_code], frequency="financial_year").records
        said.append(job_words.trend_sentence(trend, _indicator(WITHIN)))
    return [sentence for sentence in said if sentence]


# The journey ------------------------------------------------------------------------------------

def journey_figure(area_code: str) -> None:
    """Everyone who started, once each, by how far they are recorded to have got."""
    asked = {name: _counts("M", codes) for name, codes in read_against(area_code).items()}
    made = {name: _journey(answer) for name, answer in asked.items()}
    shown = {name: rows for name, (rows, _) in made.items()
             if rows and not is_missing(rows["entered"]["value"])}
    name, indicator = data.area_name(area_code), _indicator()
    own, years = made[name]
    if not own or not shown:
        return
    when, (first, *others) = cohorts.years_label(years), asked.values()
    texts = {label: [(words, job_words.share(rows[key], indicator)) for key, words, _ in PARTS]
             for label, rows in shown.items()}
    figure(
        stacks(_journey_parts(shown), _journey_bands(), colours()), answer=first.joined_by(*others),
        title=(job_words.journey_title(own, name, indicator) if name in shown else job_words.too_few(name)),
        subtitle=f"How far people are recorded to have got, each counted once, % of people who started in {when}",
        alt=job_words.bars_alt("Stacked bars of everyone who started, each counted once", texts),
        table=_journey_table(shown, indicator), unit=indicator.unit, base="People who started support",
        interval=numbers.interval_note([own["entered"]], indicator),
        notes=[job_words.NOT_FAILURE,
               f"Start years whose 52 weeks have passed for everyone, after the change of return template: {when}.",
               "'No later record' is either not in work or not recorded: it does not say the job ended.",
               *job_words.rounding(max(rows["entered"]["cells"] for rows in shown.values()))],
        link={"area": area_code})


def _journey(answer: data.Answer) -> tuple[dict[str, dict], list[str]]:
    """Each exclusive part and each milestone as rates of the same mature cohorts; empty where there are none."""
    rows, last = answer.records, cohorts.MILESTONES["weeks52"]
    years = cohorts.years_that_count(cohorts.held_years(rows), last.months, _cut_off(), _breaks(last))
    if not years:
        return {}, []
    wanted = {key: states for key, _, states in PARTS} | {
        key: each.states for key, each in cohorts.MILESTONES.items()}
    return {key: cohorts.pooled(rows, states, years) for key, states in wanted.items()}, years


def _journey_parts(shown: Mapping[str, Mapping[str, dict]]) -> pd.DataFrame:
    indicator = _indicator()
    return pd.DataFrame([
        {"label": label, "category": key, "share": rows[key]["value"],
         "text": f"{label}<br>{words}: <b>{job_words.share(rows[key], indicator)}</b>"}
        for label, rows in shown.items() for key, words, _ in PARTS])


def _journey_bands() -> list[Band]:
    """Darker is longer in work; hatched is not known; greys are no outcome recorded."""
    shades, dark = colours(), LIGHT.ink
    looks = {"at52": (shades.sequential[4], shades.surface), "at26": (shades.sequential[3], shades.surface),
             "at13": (shades.sequential[2], shades.surface), "ended": (shades.sequential[0], shades.ink),
             "unrecorded": (shades.surface, shades.line), "other": (shades.series[1], dark),
             "left": (shades.band_strong, shades.ink), "support": (shades.band, shades.ink)}
    return [Band(key, words, *looks[key], hatched=key == "unrecorded")
            for key, words, _ in PARTS]


def _journey_table(shown: Mapping[str, Mapping[str, dict]], indicator: Indicator) -> markup.Table:
    """The exclusive parts, then the milestones that add some of them up, then who started."""
    lines = [(words, key) for key, words, _ in PARTS] + [
        (f"All who: {each.label[:1].lower()}{each.label[1:]}{'' if key in ('entered', 'weeks52') else ' or later'}", key)
        for key, each in cohorts.MILESTONES.items()]
    rows = [[words, *(tables.value_and_interval(own[key], indicator) for own in shown.values())]
            for words, key in lines]
    rows.append(["People who started", *(f"{own['entered']['denominator']:,.0f}" for own in shown.values())])
    return markup.Table(("How far", *shown), rows, frozenset(range(1, len(shown) + 1)))


# Start cohorts ----------------------------------------------------------------------------------

def cohort_figures(area_code: str) -> None:
    """Entry to work by start cohort, as far as each is known: bars of every cohort, then curves."""
    answer, made = _cohorts(area_code)
    if not made:
        return
    name, indicator = data.area_name(area_code), _indicator(WITHIN)
    complete = [(each.label, each.row(12)) for each in made if each.row(12) and not each.few]
    unripe = [each.label for each in made if each.unripe]
    common = {"answer": answer, "unit": indicator.unit, "base": indicator.base,
              "table": _cohort_table(made, indicator), "link": {"area": area_code, "part": "cohorts"},
              "interval": numbers.interval_note([row for _, row in complete], indicator),
              "notes": ["A cohort has a figure for a number of months only once everyone in it has had that long, "
                        "and a quarter more for late returns. Before that it is not yet known: never a low number.",
                        *job_words.too_few_cohorts([each.label for each in made if each.few]), *indicator.caveats]}
    drawn = [each for each in made if not each.few]
    texts = {each.label: _cohort_words(each, indicator) for each in drawn}
    if not drawn:
        return page.notice(job_words.too_few(name))
    figure(
        stacks(_cohort_parts(drawn, indicator), _cohort_bands(), colours(), row_height=44, numbers=False),
        title=job_words.cohort_title(complete, unripe, indicator),
        subtitle=f"People who entered work, by months from starting support, % of each start cohort, {name}, "
                 f"{made[0].label} to {made[-1].label}",
        alt=job_words.bars_alt("Stacked bars, one for each start cohort", texts), **common)
    if not complete:
        return
    figure(
        curves.curves(_curves(drawn), colours()),
        title="Each start cohort, month by month",
        subtitle=f"Entered work within 3, 6, 9 and 12 months of starting support, % of each start cohort, {name}. "
                 "Earlier cohorts in grey",
        alt=job_words.bars_alt("Lines rising from 0 at the start, one for each start cohort", texts), **common)


@dataclass(frozen=True)
class Cohort:
    """One start cohort: its people and the points of its curve that are known."""

    label: str
    people: int
    points: tuple[maturity.Point, ...]

    @property
    def unripe(self) -> bool:
        return len(self.points) < len(maturity.BANDS)

    @property
    def few(self) -> bool:
        """True where too few people started for a rate to be shown."""
        return rates.status_of(self.people) == "c"

    def row(self, months: int) -> dict | None:
        """The point at `months` as a row in percentages; None where it is not yet known."""
        found = next((point for point in self.points if point.months == months), None)
        if found is None:
            return None
        if self.few:
            return {"value": None, "obs_status": "c"}
        return {"period": self.label, "period_label": self.label, "denominator": float(self.people),
                "value": 100 * found.value, "lower_ci": 100 * found.lower, "upper_ci": 100 * found.upper,
                "obs_status": rates.status_of(self.people)}


def _cohorts(area_code: str) -> tuple[data.Answer, list[Cohort]]:
    """Years of start and, for Scotland, the quarters of the years that are not complete yet."""
    answer = _counts("T", [area_code])
    made = _cohorts_of(answer.records)
    if area_code != data.SCOTLAND:
        return answer, made
    quarters = data.ask("quarters", family="T", area_code=area_code)
    if quarters.is_empty:
        return answer, made
    complete = [each for each in made if not each.unripe]
    held = {each.label for each in complete}
    newer = [row for row in quarters.records if str(row["period"])[:7] not in held]
    return answer.joined_by(quarters), complete + _cohorts_of(newer)


def _cohorts_of(rows: Sequence[dict]) -> list[Cohort]:
    """Every cohort in which anybody started, oldest first."""
    made = []
    for period in dict.fromkeys(row["period"] for row in rows):
        own = [row for row in rows if row["period"] == period]
        counts = {row["category"]: float(row["count"]) for row in own}
        if not sum(counts.values()):
            continue
        points = maturity.entry_to_work(counts, maturity.cohort_end(period), _cut_off(), int(own[0]["cells"]))
        made.append(Cohort(str(own[0]["period_label"]), int(sum(counts.values())), tuple(points)))
    return made


def _cohort_words(cohort: Cohort, indicator: Indicator) -> list[tuple[str, str]]:
    return [(f"within {months} months", job_words.share(row, indicator) if (row := cohort.row(months))
             else job_words.NOT_YET) for _, months in maturity.BANDS]


def _cohort_table(made: Sequence[Cohort], indicator: Indicator) -> markup.Table:
    rows = [[each.label, *(tables.value_and_interval(row, indicator) if (row := each.row(months))
                           else f"[x] {job_words.NOT_YET}" for _, months in maturity.BANDS), f"{each.people:,}"]
            for each in made]
    names = [f"Within {months} months" for _, months in maturity.BANDS]
    return markup.Table(("Started in", *names, "People who started"), rows, frozenset(range(1, len(names) + 2)))


def _cohort_parts(made: Sequence[Cohort], indicator: Indicator) -> pd.DataFrame:
    """What each band adds to the one before; the rest is either not in work or not yet known."""
    found = []
    for each in made:
        before, label = 0.0, _cohort_label(each, indicator)
        for (band, months), point in zip(maturity.BANDS, each.points, strict=False):
            text = f"{each.label}, within {months} months: <b>{job_words.share(each.row(months), indicator)}</b>"
            found.append({"label": label, "category": band, "share": 100 * (point.value - before), "text": text})
            before = point.value
        rest = "unknown" if each.unripe else "later"
        found.append({"label": label, "category": rest, "share": 100 * (1 - before),
                      "text": f"{each.label}: {job_words.NOT_YET}" if each.unripe
                      else f"{each.label}: not in work within 12 months"})
    return pd.DataFrame(found)


def _cohort_label(cohort: Cohort, indicator: Indicator) -> str:
    """'2024-25: 30% within 12 months'; an unripe cohort as far as it is known."""
    if not cohort.points:
        return f"{cohort.label}: {job_words.NOT_YET}"
    months = cohort.points[-1].months
    known = f"{cohort.label}: {job_words.share(cohort.row(months), indicator)} within {months} months"
    return f"{known}, then {job_words.NOT_YET}" if cohort.unripe else known


def _cohort_bands() -> list[Band]:
    shades = colours()
    inks = (shades.surface, shades.surface, shades.surface, shades.ink)
    steps = [Band(band, "Up to 3 months" if months == 3 else f"{months - 3} to {months} months", shade, ink)
             for (band, months), shade, ink in zip(maturity.BANDS, shades.sequential[::-1], inks, strict=False)]
    return [*steps, Band("later", "None by then", shades.band, shades.ink),
            Band("unknown", "Not yet known", shades.surface, shades.line, hatched=True)]


def _curves(made: Sequence[Cohort]) -> list[curves.Curve]:
    """The newest complete cohort and the most advanced unripe one stand out; the others are context."""
    complete = [each for each in made if not each.unripe]
    begun = [each for each in made if each.unripe and each.points]
    shown = [(each, "newest" if each is complete[-1] else "earlier") for each in complete]
    shown += [(begun[0], "unripe")] if begun else []
    return [curves.Curve(each.label, tuple((p.months, 100 * p.value, 100 * p.lower, 100 * p.upper)
                                           for p in each.points), kind) for each, kind in shown]


# Groups of people -------------------------------------------------------------------------------

def choose_milestone() -> str:
    """How far along the journey the groups are shown, kept in the link."""
    return filters.choose("measure", "How far along the journey",
                          {key: each.label for key, each in cohorts.MILESTONES.items()}, "weeks13")


def group_figure(area_code: str, family: str, label: str, measure: str, part: str) -> None:
    """One milestone by the categories of one family, against everyone in the same area and years."""
    milestone, answer = cohorts.MILESTONES[measure], _counts(family, [area_code])
    years = cohorts.years_that_count(cohorts.held_years(answer.records), milestone.months, _cut_off(),
                                     _breaks(milestone))
    if not years:
        return
    indicator, name = _milestone_indicator(milestone), data.area_name(area_code)
    whole = cohorts.pooled(answer.records, milestone.states, years)
    rows = [_named(category, cohorts.pooled(own, milestone.states, years), years, whole, indicator)
            for category, own in _by_category(answer.records).items()]
    _groups(rows, whole, indicator, answer, label=label, name=name, when=cohorts.years_label(years),
            link={"area": area_code, "part": part, "measure": measure})


def _groups(rows: list[dict], whole: dict, indicator: Indicator, answer: data.Answer, *, label: str, name: str,
            when: str, link: Mapping[str, str]) -> None:
    everyone = f"everyone in {name}"
    known = not is_missing(whole["value"])
    some = any(not is_missing(row["value"]) for row in rows)
    figure(
        None if not some else named_dots(pd.DataFrame(rows), indicator, colours(),
                  reference=whole["value"] if known else None),
        answer=answer, title=job_words.groups_title(rows, label, everyone),
        subtitle=f"{indicator.title}, {indicator.unit}, {name}, by {label.lower()}, people who started in {when}",
        alt=comparisons.breakdown_alt(rows, indicator, label, f"{name}, {when}"), table=_groups_table(rows, whole, label, indicator),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note([whole], indicator),
        notes=[note for note in (comparisons.verdict_legend(rows, everyone), job_words.NOT_AN_EFFECT,
                                 *indicator.caveats) if note], link=link)


def _groups_table(rows: Sequence[dict], whole: dict, label: str, indicator: Indicator) -> markup.Table:
    cells = [[row["group"], tables.value_and_interval(row, indicator), f"{row['denominator']:,.0f}", row["compared"]]
             for row in rows]
    cells.append(["Everyone", tables.value_and_interval(whole, indicator), f"{whole['denominator']:,.0f}", ""])
    return markup.Table((label, tables.column_title(indicator), "People who started", "Compared"), cells,
                        frozenset({1, 2}))


def _named(group: str, row: dict, years: Sequence[str], whole: dict | None, indicator: Indicator) -> dict:
    """A made rate with its group's name, its years and how it compares with everyone."""
    gap = differences.difference(row, whole, indicator) if whole else None
    return row | {"group": group, "period_label": cohorts.years_label(years), "verdict": differences.verdict(gap, indicator),
                  "compared": differences.compared(gap, "everyone") if gap else ""}


def _by_category(rows: Sequence[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(str(row["category_label"]), []).append(row)
    return found


def _milestone_indicator(milestone: cohorts.Milestone) -> Indicator:
    return data.every_indicator()[milestone.indicator_id]


# Programmes -------------------------------------------------------------------------------------

def programme_figure(area_code: str, measure: str) -> None:
    """One milestone by programme, each over its own years: shown together, not compared."""
    milestone, answer = cohorts.MILESTONES[measure], _counts("A2", [area_code])
    indicator, name, rows = _milestone_indicator(milestone), data.area_name(area_code), []
    for programme, own in _by_category(answer.records).items():
        years = cohorts.years_that_count(cohorts.held_years(own), milestone.months, _cut_off(), _breaks(milestone))
        if years:
            made = _named(programme, cohorts.pooled(own, milestone.states, years), years, None, indicator)
            rows.append(made | {"group": f"{programme}, {cohorts.years_label(years)}"})
    if not rows:
        return
    figure(
        named_dots(pd.DataFrame(rows), indicator, colours()),
        answer=answer, title="Programmes ran in different years and for different people: read each on its own",
        subtitle=f"{indicator.title}, {indicator.unit}, {name}, by programme, newest three start years old enough",
        alt=comparisons.breakdown_alt(rows, indicator, "programme", name),
        table=_groups_table_plain(rows, indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(rows, indicator),
        notes=["Participants keep the programme they started on. Published figures of the same programmes are "
               "counted in other ways and stand apart, below.", *indicator.caveats],
        link={"area": area_code, "part": "programmes", "measure": measure})


def _groups_table_plain(rows: Sequence[dict], indicator: Indicator) -> markup.Table:
    cells = [[row["group"], tables.value_and_interval(row, indicator), f"{row['denominator']:,.0f}"] for row in rows]
    return markup.Table(("Programme and start years", tables.column_title(indicator), "People who started"), cells,
                        frozenset({1, 2}))


def programme_timeline(area_code: str) -> None:
    """When each programme ran and was folded into the local model; a date nobody holds is said to be not held."""
    answer = data.ask("programmes")
    if answer.is_empty:
        return
    records = answer.records
    rows = [(row["label"], KINDS.get(row["kind"], row["kind"]), _date(row["start_date"]),
             "[z]" if row["kind"] == "current" else _date(row["end_date"]),
             _date(row["fold_date"]) if row["kind"] == "folded" else "[z]", str(row["fold_note"] or ""))
            for row in records]
    figure(
        timeline.timeline([_span(row) for row in records], _cut_off(), colours()), answer=answer,
        title=job_words.timeline_title(records),
        subtitle="When programmes ran and were folded into No One Left Behind, Scotland, by the dates that sources give",
        alt=job_words.timeline_alt(records),
        table=markup.Table(("Programme", "Kind", "Began", "Ended", "Folded in", "What is known"), rows),
        unit="Dates", base="The local model, programmes folded into it, and earlier ones",
        interval="Not applicable: these are dates.",
        notes=["[x] no date is held, [z] not applicable. A date that no source gives is left out, never guessed.",
               "Fair Start Scotland ended when it closed to referrals; outcomes were recorded after that."],
        link={"area": area_code, "part": "programmes"})


def _span(row: Mapping[str, object]) -> timeline.Span:
    began, ended, folded = (dt.date.fromisoformat(str(row[name])[:10]) if job_words.day(row[name]) else None
                            for name in ("start_date", "end_date", "fold_date"))
    return timeline.Span(str(row["label"]), job_words.programme_words(row), began, ended, folded,
                         runs_on=row["kind"] == "current")


def _date(when: object) -> str:
    return job_words.day(when) or "[x]"


def published_outcomes(area_code: str) -> None:
    """Published figures of these services and their predecessors: beside, never added to the returns."""
    page.section("Published figures beside these", "Exactly as published, by other definitions and for other "
                 "people: never merged with the figures above.")
    _published_table(PUBLISHED, data.SCOTLAND)
    if area_code != data.SCOTLAND:
        _published_table(PUBLISHED_HERE, area_code)


def _published_table(indicator_ids: Sequence[str], area_code: str) -> None:
    answer, catalogue = data.ask("latest", area_code=area_code, indicators=list(indicator_ids)), data.catalogue()
    found = {row["indicator_id"]: row for row in answer.records if not is_missing(row["value"])}
    rows = [(catalogue[name].title, numbers.value_text(found[name], catalogue[name], short=True),
             catalogue[name].unit, str(found[name]["period_label"]), str(found[name]["edition"]))
            for name in indicator_ids if name in found]
    if rows:
        data_table(markup.Table(("Published measure", "Figure", "Unit", "Period", "Edition"), rows, frozenset({1})),
                   f"Published outcomes, {data.area_name(area_code)}", answer)


# Support and waits ------------------------------------------------------------------------------

def support_figure(measure: str) -> None:
    """People with each joined-up support recorded against everyone else: four pairs, never added up."""
    milestone, rows, pairs, answers = cohorts.MILESTONES[measure], [], [], []
    indicator = _milestone_indicator(milestone)
    for name in SUPPORTS:
        answer = _counts(f"C_joined_up_support_{name}", [data.SCOTLAND])
        years = cohorts.years_that_count(cohorts.held_years(answer.records), milestone.months, _cut_off(),
                                         _breaks(milestone))
        if not years:
            continue
        own = {key: cohorts.pooled([row for row in answer.records if row["category"] == key], milestone.states, years)
               for key in ("yes", "rest")}
        label = next(str(row["category_label"]) for row in answer.records if row["category"] == "yes")
        rows += [_named(f"{label}: recorded", own["yes"], years, own["rest"], indicator),
                 _named(f"{label}: everyone else", own["rest"], years, None, indicator)]
        pairs.append((label, own["yes"], own["rest"], differences.difference(own["yes"], own["rest"], indicator)))
        answers.append(answer)
    if not rows:
        return
    figure(
        named_dots(pd.DataFrame(rows), indicator, colours()),
        answer=answers[0].joined_by(*answers[1:]),
        title=job_words.pair_title([(label, gap) for label, _, _, gap in pairs]),
        subtitle=f"{indicator.title}, {indicator.unit}, Scotland, by joined-up support recorded, people who started "
                 f"in {rows[0]['period_label']}",
        alt=comparisons.breakdown_alt(rows, indicator, "joined-up support", f"Scotland, {rows[0]['period_label']}"),
        table=_pairs_table(pairs, indicator), unit=indicator.unit, base=indicator.base,
        interval=numbers.interval_note(rows, indicator),
        notes=["One person can have several kinds of support: the rows overlap and are never added up.",
               job_words.NOT_AN_EFFECT, "Held for Scotland only: too few people in most areas.", *indicator.caveats],
        link={"part": "support", "measure": measure})


def _pairs_table(pairs: Sequence[tuple], indicator: Indicator) -> markup.Table:
    cells = [[label, tables.value_and_interval(yes, indicator), tables.value_and_interval(rest, indicator),
              f"{yes['denominator']:,.0f}", job_words.gap_text(gap), differences.told_apart(gap)]
             for label, yes, rest, gap in pairs]
    return markup.Table(("Support recorded", "With it", "Everyone else", "People with it",
                         "Difference, percentage points", "Told apart"), cells, frozenset({1, 2, 3, 4}))


def waits_figure(area_code: str) -> None:
    """From referral to start, with the waits nobody knows as their own band."""
    asked = {name: _counts("W", codes) for name, codes in read_against(area_code).items()}
    name, indicator, made = data.area_name(area_code), _indicator("started_within_4_weeks"), {}
    for label, answer in asked.items():
        years = cohorts.years_that_count(cohorts.held_years(answer.records), 0, _cut_off())
        made[label] = (_waits(answer.records, years), years)
    shown = {label: rows for label, (rows, _) in made.items() if not is_missing(rows["within"]["value"])}
    if name not in shown:
        return
    when, (first, *others) = cohorts.years_label(made[name][1]), asked.values()
    texts = {label: [(WAIT_WORDS[key], job_words.share(rows[key], indicator)) for key in WAIT_WORDS]
             for label, rows in shown.items()}
    rows = [[words, *(tables.value_and_interval(own[key], indicator) for own in shown.values())]
            for key, words in [*WAIT_WORDS.items(), ("within", "Within 4 weeks, of those whose wait is known")]]
    figure(
        stacks(pd.DataFrame([{"label": label, "category": key, "share": own[key]["value"],
                              "text": f"{label}<br>{WAIT_WORDS[key]}: <b>{job_words.share(own[key], indicator)}</b>"}
                                  for label, own in shown.items() for key in WAIT_WORDS]), _wait_bands(), colours()),
        answer=first.joined_by(*others), title=job_words.waits_title(shown[name]["within"], name, indicator),
        subtitle=f"Wait from referral to start, % of everyone who started, {name}, {when}",
        alt=job_words.bars_alt("Stacked bars of waits from referral to start", texts),
        table=markup.Table(("Wait", *shown), rows, frozenset(range(1, len(shown) + 1))),
        unit="% of people who started", base="People who started support",
        interval=numbers.interval_note([shown[name]["within"]], indicator), notes=indicator.caveats,
        link={"area": area_code, "part": "waits"})


def _waits(records: Sequence[dict], years: Sequence[str]) -> dict[str, dict]:
    """Each wait as a share of everyone, and the share within four weeks of those whose wait is known."""
    rows = [row | {"state": row["category"]} for row in records]
    known = [row for row in rows if row["category"] != "unknown"]
    return {key: cohorts.pooled(rows, (key,), years) for key in WAIT_WORDS} | {
        "within": cohorts.pooled(known, ("under_2_weeks", "2_4_weeks"), years)}


def _wait_bands() -> list[Band]:
    shades = colours()
    looks = zip(WAIT_WORDS, (shades.sequential[4], shades.sequential[3], shades.sequential[2], shades.sequential[0]),
                (shades.surface, shades.surface, shades.surface, shades.ink), strict=False)
    return [*(Band(key, WAIT_WORDS[key], shade, ink) for key, shade, ink in looks),
            Band("unknown", WAIT_WORDS["unknown"], shades.surface, shades.line, hatched=True)]
