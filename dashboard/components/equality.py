"""Who is reached, and does it work for them? Reach, gaps, the journey and what is unknown, for one characteristic."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.charts import equality as charts
from dashboard.components import data, filters, markup, page
from dashboard.components.figure import colours, data_table, figure
from dashboard.methods.missing import is_missing
from dashboard.read import availability, cohorts, equality, progress, rates, selection
from dashboard.read import equality_words as words
from dashboard.read.availability import View
from dashboard.read.equality import Breakdown, Cell, Group
from dashboard.words import phrases

BREAKS_OF = "in_work_at_26_weeks"      # the change of return template applies to every outcome after entry
SOFT = {"sex": "S_sex", "age_group": "S_age_group", "disabled": "S_disabled"}
SOFT_DOMAIN = "confidence"
ISLAND_CAUTION = "Small numbers: three years of start are put together, and most rates have wide intervals."
FAMILY_LABELS = {"condition_type": "Type of condition", "priority_family": "Priority family"}


@dataclass(frozen=True)
class Shown:
    """The breakdowns behind one view: one, or one for each overlapping group; and the answers they came from."""

    view: View
    label: str
    reach: tuple[Breakdown, ...]
    answers: tuple[data.Answer, ...]
    rows: tuple[list[dict], ...]

    @property
    def answer(self) -> data.Answer:
        first, *others = self.answers
        return first.joined_by(*others)

    def over(self, years: Sequence[str]) -> list[Breakdown]:
        """The same breakdowns over other years of start."""
        made = [equality.breakdown(rows, years) for rows in self.rows]
        return [each for each in made if each]


# What is held -----------------------------------------------------------------------------------

def equality_is_held() -> bool:
    """True when this edition holds figures from participants' returns."""
    return bool(data.release()["has_returns"])


def cut_off() -> dt.date:
    return dt.date.fromisoformat(str(data.release()["cut_off"])[:10])


def start_years() -> list[str]:
    """The newest complete years of start, at most three: who is reached needs no follow-up."""
    held = cohorts.held_years([{"period": row["period"], "count": row["starts"]}
                               for row in journeys("M", [data.SCOTLAND]).records])
    return cohorts.years_that_count(held, 0, cut_off())


def outcome_years(measure: str) -> list[str]:
    """The newest years of start old enough for a measure, at most three, none from before the last break."""
    held = cohorts.held_years([{"period": row["period"], "count": row["starts"]}
                               for row in journeys("M", [data.SCOTLAND]).records])
    indicator = data.every_indicator().get(BREAKS_OF)
    breaks = [each.period for each in indicator.breaks] if indicator and measure != "entered" else []
    return cohorts.years_that_count(held, cohorts.MILESTONES[measure].months, cut_off(), breaks)


def journeys(family: str, areas: Sequence[str] | None) -> data.Answer:
    return data.ask("group_journeys", family=family, areas=None if areas is None else list(areas))


def held(areas: Sequence[str]) -> dict[tuple[str, str], int]:
    """People counted in the years shown, by family of tables and area."""
    rows = data.ask("families_held", years=start_years(), areas=list(dict.fromkeys([*areas, data.SCOTLAND]))).records
    return {(row["family"], row["area_code"]): int(row["people"]) for row in rows}


# Choosing ---------------------------------------------------------------------------------------

def choose_characteristic(area_code: str) -> View:
    """The characteristic in `?by=`; the list says before the click what exists. Explains what is not allowed."""
    area = data.area_name(area_code)
    if "pair" in st.query_params and "part" not in st.query_params:
        st.query_params["part"] = "pairs"
    offers = {offer.key: offer for offer in availability.offers(held([area_code]), area_code, area)}
    given = st.query_params.get("by")
    if given and availability.find_by(given) is None and availability.find_pair(given):
        st.query_params.update({"pair": given, "part": st.query_params.get("part", "pairs")})
        del st.query_params["by"]
    elif given and (found := availability.find_by(given)):
        st.query_params["by"] = found
    by = filters.choose("by", "Characteristic", {key: offer.label for key, offer in offers.items()}, "disabled")
    return availability.resolve(by, area_code, area, offers[by].state)


def explain(view: View) -> None:
    """Why something else is shown than was asked for, and links to the nearest safe views."""
    if not view.why:
        return
    page.notice(view.why)
    links = [markup.link(label, f"/equality?by={by}&area={code}") for label, by, code in view.instead]
    if links:
        markup.write(markup.element("p", "Nearest views that are safe: " + " · ".join(links)))


def choose_outcome() -> str:
    """How far along the journey, in `?measure=`."""
    return filters.choose("measure", "Outcome", equality.MEASURES, "entered")


def load(view: View) -> Shown | None:
    """The breakdowns behind a view; None where none is held."""
    names = availability.families(view.by, view.area_code)
    asked = [journeys(name, [view.area_code]) for name in names]
    years = start_years()
    kept = [(answer, answer.records) for answer in asked if not answer.is_empty]
    made = [(found, answer, rows) for answer, rows in kept if (found := equality.breakdown(rows, years))]
    if not made:
        return None
    return Shown(view, availability.name_of(view.by), *(tuple(each) for each in zip(*made, strict=True)))


# The answer -------------------------------------------------------------------------------------

def equality_sentences(shown: Shown | None, measure: str) -> list[str]:
    """Are they reached, does it work for them, how much is unknown: from the rows of the figures below."""
    if not equality_is_held():
        return [words.NO_RETURNS, "What is published, and the population figures held, are below."]
    if shown is None:
        return ["This edition holds no figures for this view."]
    if shown.view.by in availability.OVERLAPPING:
        return [f"**{shown.label}**: each group is read by itself, against everyone else; they overlap and are never added up."]
    found = shown.reach[0]
    said = words.reach_sentences(found, equality.reached(found, populations(shown)), shown.label)
    for outcome in shown.over(outcome_years(measure))[:1]:
        made = equality.gaps(outcome, measure)
        said.append(words.gap_sentence(outcome, made, measure, shown.label))
    said.append(words.unknown_sentence(found))
    if shown.view.by in ("disabled", "sex"):
        said.append(disabled_women_sentence(measure))
    return [sentence for sentence in said if sentence]


def answer_figures(shown: Shown | None, measure: str) -> list[tuple[str, markup.Table]]:
    """The figures of those sentences as tables: who is reached, how they fare, and disabled women in Scotland."""
    if shown is None or shown.view.by in availability.OVERLAPPING:
        return []
    pairs = [(found, equality.reached(found, populations(shown))) for found in shown.reach[:1]]
    name = equality.MEASURES[measure]
    tables = [(f"{shown.label}: who is reached, {pairs[0][0].area}, started {words.years(pairs[0][0])}",
               reach_table(pairs, shown.label))]
    tables += [(f"{shown.label}: {name.lower()}, {found.area}, started {words.years(found)}",
                gap_table([(found, equality.gaps(found, measure))], shown.label))
               for found in shown.over(outcome_years(measure))[:1]]
    women, _ = load_pair("sex_disabled", measure) if shown.view.by in ("disabled", "sex") else (None, None)
    if women is not None:
        own = [gap for gap in equality.gaps(women, measure) if gap.group.category == "female.yes"]
        tables.append((f"Disabled women: {name.lower()}, Scotland, started {words.years(women)}",
                       gap_table([(women, own)], "Sex by disability")))
    return tables


def populations(shown: Shown) -> list[dict]:
    """Population shares for a view, every source on any age base."""
    return [row for answer in population_answers(shown) for row in answer.records]


def population_answers(shown: Shown) -> list[data.Answer]:
    names = [found.characteristic for found in shown.reach]
    return [data.ask("population_shares", characteristic=name, areas=[shown.view.area_code]) for name in names]


# Reach ------------------------------------------------------------------------------------------

def reach_figure(shown: Shown) -> None:
    """Each group's share of participants beside its share of the population, the unknown always shown."""
    asked = population_answers(shown)
    pairs = [(found, equality.reached(found, answer.records)) for found, answer in zip(shown.reach, asked, strict=True)]
    rows = [row for found, made in pairs for row in reach_rows(found, made, shown)]
    first = shown.reach[0]
    all_reached = [row for _, made in pairs for row in made]
    sources = list(dict.fromkeys(words.source_name(row.population) for row in all_reached if row.population is not None))
    marks = "; ".join(f"{sign} {name}" for sign, name in zip(("□", "◇", "△"), sources, strict=False))
    other = sorted({str(row["age_base"]) for answer in asked for row in answer.records} - {equality.SAME_AGES})
    notes = [words.RULE, *first.footnotes, *source_notes(asked), *([words.OVERLAP_NOTE] if first.overlapping else [])]
    if other:
        notes.append(f"Population shares of {phrases.listed(other)} are held too, and are not compared: another age base.")
    figure(
        charts.shares(rows, colours()), answer=shown.answer.joined_by(*asked),
        title=reach_title(pairs, shown.label),
        subtitle=f"● Participants, % of those whose answer is known, started {words.years(first)}, {first.area}"
                 + (f"; {marks}, % of people aged 16 to 64" if marks else "; no population share on the same age base"),
        alt=" ".join(words.reach_alt(made, found) for found, made in pairs), table=reach_table(pairs, shown.label),
        unit="% of participants whose answer is known", base="People who started support",
        interval="95%, for the chance variation of figures like these and for rounding. The population's own error is "
                 "not in it: none is published with these shares.",
        notes=notes, link={"area": shown.view.area_code, "by": shown.view.by}, level=2)


def reach_rows(found: Breakdown, made: Sequence[equality.Reached], shown: Shown) -> list[dict]:
    """Rows of the chart: each group once with its populations; then the unknown, in words."""
    rows = []
    for group in dict.fromkeys(row.group.category for row in made):
        own = [row for row in made if row.group.category == group]
        share = own[0].share
        hidden = is_missing(share["value"])
        label = own[0].group.label
        verdict = equality.agreed(own)
        tested = own[0].is_tested
        rows.append({
            "label": label, "words": f"{words.percent(share)}" + (f" · {verdict}" if tested else ""),
            "value": None if hidden else share["value"], "lower": share["lower_ci"], "upper": share["upper_ci"],
            "text": f"{label}: <b>{words.percent(share)}</b> of participants<br>95% interval {words.limits(share)}",
            "populations": [(row.population["value"], f"{words.source_name(row.population)}: "
                             f"{words.population_share(row)} of people aged 16 to 64")
                            for row in own if row.population is not None]})
    return rows + unknown_rows(found)


def unknown_rows(found: Breakdown) -> list[dict]:
    """The unknown and the withheld as rows of their own; [x] where the returns cannot tell."""
    if found.overlapping:
        return []
    everyone = found.known + found.not_known.starts
    return [{"label": group.label, "words": f"{words.count(group.starts)} people, "
             f"{words._share(group.starts, everyone)} of everyone"} for group in found.unknown]


def reach_title(pairs: Sequence[tuple], label: str) -> str:
    """How many groups can be told apart from the population: counted, never ranked."""
    if not all(found.claims for found, _ in pairs):
        return f"{label}: too many answers are unknown to say who is reached"
    tested = {}
    for found, made in pairs:
        for row in made:
            if row.is_tested:
                tested.setdefault((found.characteristic, row.group.category), []).append(row)
    if not tested:
        return f"{label}: no population figure on the same age base, so reach is not judged"
    verdicts = [equality.agreed(own) for own in tested.values()]
    if len(tested) == 1 or {key for _, key in tested} <= {"yes", "no"}:
        own = next((rows for (_, key), rows in tested.items() if key == "yes"), next(iter(tested.values())))
        return f"{own[0].group.label}: {equality.agreed(own)} among participants"
    under, over = verdicts.count("under-represented"), verdicts.count("over-represented")
    return f"{label}: {under} of {len(tested)} groups under-represented, {over} over-represented"


def reach_table(pairs: Sequence[tuple], label: str) -> markup.Table:
    """One row a group and source, and the unknown rows; the ratio is the two shares as shown."""
    cells = []
    for found, made in pairs:
        for row in made:
            cells.append([row.group.label, words.count(row.group.starts), words.percent(row.share),
                          words.limits(row.share) or "[x]",
                          words.source_name(row.population) if row.population is not None else "[x]",
                          words.population_share(row), words.ratio(row), words.ratio_limits(row), row.verdict])
        cells += unknown_cells(found, 9)
    return markup.Table(("Group", "People", "Share of known answers", "95% interval", "Population", "Share of it",
                         "Ratio", "95% interval of the ratio (participants' side only)", "Reach"), cells, frozenset({1, 2, 6}))


def unknown_cells(found: Breakdown, width: int) -> list[list[str]]:
    """The unknown rows of a table: how many people, and of everyone; never a rate."""
    if found.overlapping:
        return [["Not known", "[x]", "not recorded apart", *["[x]"] * (width - 3)]]
    everyone = found.known + found.not_known.starts
    return [[group.label, words.count(group.starts), f"{words._share(group.starts, everyone)} of everyone",
             *["[x]"] * (width - 3)] for group in found.unknown]


def source_notes(asked: Sequence[data.Answer]) -> list[str]:
    """Year, base and source of every population share on the page."""
    held = {(row["population"], row["period"], row["age_base"], row["source_title"], bool(row["is_derived"]))
            for answer in asked for row in answer.records if row["age_base"] == equality.SAME_AGES}
    return [f"{population}, {period}, people aged {ages}: {title}{' (classes added up)' if derived else ''}."
            for population, period, ages, title, derived in sorted(held)]


# Outcome gap ------------------------------------------------------------------------------------

def gap_figure_of(shown: Shown, measure: str) -> None:
    """Each group's rate less everyone else's, with the range that unknown answers allow."""
    years = outcome_years(measure)
    made = [(found, equality.gaps(found, measure)) for found in shown.over(years)]
    if not years or not made:
        page.notice("No year of start is old enough yet for this outcome: it is not yet known, not low.")
        return
    found, name = made[0][0], equality.MEASURES[measure]
    all_gaps = [gap for _, gaps in made for gap in gaps]
    figure(
        charts.gaps(gap_rows(made), colours()), answer=shown.answer,
        title=gap_title(all_gaps, name, shown.label, found),
        subtitle=f"{name}: percentage points from everyone else{'' if found.overlapping else ' whose answer is known'}, "
                 f"people who started in {words.years(found)}, {found.area}. "
                 "Thick line: 95% interval. Thin line: as far as unknown answers could move it",
        alt=" ".join(words.gaps_alt(gaps, each, measure) for each, gaps in made),
        table=gap_table(made, shown.label), unit="percentage points", base="People who started support",
        interval="95% (Newcombe), for the chance variation of figures like these and for rounding.",
        notes=[words.NOT_EFFECT, words.OVERLAP_NOTE if found.overlapping else words.UNKNOWN_NOTE, *found.footnotes],
        link={"area": shown.view.area_code, "by": shown.view.by, "measure": measure}, level=2)


def gap_rows(made: Sequence[tuple]) -> list[dict]:
    rows = []
    for found, gaps in made:
        for gap in gaps:
            label = gap.group.label
            rate = words.percent(gap.own, 0)
            rows.append({"label": label, "words": f"{rate} · {words.gap_verdict(gap)}", "value": gap.row["value"],
                         "lower": gap.row["lower_ci"], "upper": gap.row["upper_ci"], "lowest": gap.lowest,
                         "highest": gap.highest, "verdict": words.tone(gap.verdict),
                         "text": f"{label}: <b>{words.points(gap.row)}</b> points<br>With the unknown: {words.span(gap)}"})
        rows += unknown_rows(found)
    return rows


def gap_title(made: Sequence[equality.Gap], name: str, label: str, found: Breakdown) -> str:
    if not found.claims:
        return f"{name}: too many answers are unknown to compare groups"
    lower = [gap for gap in made if gap.verdict == "lower"]
    if lower:
        more = f" and {len(lower) - 3} more" if len(lower) > 3 else ""
        said = f"{name}: clearly lower than everyone else for {phrases.listed([gap.group.label for gap in lower[:3]])}{more}"
        return f"{said}{words.reversal_words(lower)}"
    return f"{name}: no group is clearly lower than everyone else"


def gap_table(made: Sequence[tuple], label: str) -> markup.Table:
    cells = []
    for found, gaps in made:
        cells += [[gap.group.label, words.count(gap.group.starts), words.percent(gap.own, 0),
                   words.percent(gap.rest, 0), words.points(gap.row), words.span(gap), words.gap_verdict(gap)]
                  for gap in gaps]
        cells += unknown_cells(found, 7)
    return markup.Table(("Group", "People", "Rate", "Everyone else", "Gap in points (95% interval)",
                         "With the unknown", "Compared"), cells, frozenset({1, 2, 3}))


# Journey ----------------------------------------------------------------------------------------

def strip_figure(shown: Shown) -> None:
    """Where does each group drop out? Each step among those who reached the one before, against everyone else."""
    years = outcome_years("weeks26")
    made = shown.over(years)
    if not years or not made:
        page.notice("No year of start is old enough yet to follow the whole journey: it is not yet known.")
        return
    soft, soft_answer = soft_cells(shown, years)
    rows = [(group, [soft.get(group.category, Cell("Confidence", {}, {}, mark="z")), *cells])
            for found in made for group, cells in equality.strip(found)]
    steps = ["Confidence", *(label for _, label, _ in equality.STRIP)]
    found = made[0]
    drawn = [(group.label, [words.box(cell, group.label) for cell in cells])
             for group, cells in rows]
    notes = ["1.00 is the same rate as everyone else. ▲ blue: clearly higher; ▼ orange: clearly lower; grey: no clear "
             "difference, or no claim is made.",
             "Job: of everyone who started. 13 weeks: of those who entered work. 26 weeks: of those recorded at 13.",
             "Not recorded is not a lost job: a group whose follow-ups are recorded less often looks as if it fell behind.",
             "Confidence: people reporting improved confidence, of those asked twice; held by sex, age group and "
             "disability for Scotland [z].", *found.footnotes]
    answer = shown.answer.joined_by(soft_answer) if soft_answer is not None else shown.answer
    figure(
        charts.strip(drawn, steps, colours()), answer=answer, title=words.strip_title(rows, shown.label),
        subtitle=f"Rate at each step divided by everyone else's, people who started in {words.years(found)}, {found.area}. "
                 "1.00 is the same; ▲ clearly higher, ▼ clearly lower"
                 + (f". {soft_note(asked_twice(years))}" if soft else ""),
        alt=words.strip_alt(rows, shown.label), table=strip_table(rows, made, steps, shown.label),
        unit="rate divided by everyone else's", base="Those who reached the step before",
        interval="95%, for the chance variation of figures like these and for rounding.", notes=notes,
        link={"area": shown.view.area_code, "by": shown.view.by, "part": "journey"}, level=2)


def strip_table(rows: Sequence[tuple[Group, list[Cell]]], made: Sequence[Breakdown], steps: Sequence[str],
                label: str) -> markup.Table:
    cells = [[group.label, words.count(group.starts), *(words.cell_text(cell) for cell in boxes)]
             for group, boxes in rows]
    for found in made:
        cells += [each[:2] + ["[x]"] * len(steps) for each in unknown_cells(found, 3)]
    return markup.Table(("Group", "People who started", *steps), cells, frozenset({1}))


def soft_cells(shown: Shown, years: Sequence[str]) -> tuple[dict[str, Cell], data.Answer | None]:
    """Reported better confidence among people asked twice, each group against everyone else; Scotland only."""
    if shown.view.by not in SOFT or shown.view.area_code != data.SCOTLAND:
        return {}, None
    answer = data.ask("progress_by_group", by=shown.view.by)
    kept = [row for row in answer.records if row["category"] == SOFT_DOMAIN and row["period"] in years]
    counts: dict[str, list[int]] = {}
    for row in kept:
        improved, paired = counts.get(row["category_2"], [0, 0])
        counts[row["category_2"]] = [improved + int(row["improved"]),
                                     paired + int(row["improved"] + row["same"] + row["declined"])]
    known = {name: tuple(pair) for name, pair in counts.items() if name not in (*equality.UNKNOWN, *equality.OUTSIDE)}
    domain = asked_twice(years)
    claims = shown.reach[0].claims and domain is not None and domain.level in ("caution", "enough")
    return {name: equality.cell("Confidence", pair, _rest(known, name), (len(years), len(years) * (len(known) - 1)), claims)
            for name, pair in known.items()}, answer


def _rest(known: dict[str, tuple[int, int]], name: str) -> tuple[int, int]:
    others = [pair for other, pair in known.items() if other != name]
    return sum(pair[0] for pair in others), sum(pair[1] for pair in others)


def asked_twice(years: Sequence[str]) -> progress.Domain | None:
    """Confidence over these years, Scotland: the share asked twice stands beside every soft outcome."""
    pooled = progress.pool(data.ask("progress_counts", areas=[data.SCOTLAND]).records, years)
    return next((domain for domain in pooled if domain.name == SOFT_DOMAIN), None)


def soft_note(domain: progress.Domain | None) -> str:
    if domain is None:
        return ""
    return f"Confidence: {words.percent(domain.asked_twice, 0)} were asked twice. {progress.BANNERS[domain.level]}".strip()


# Every group ------------------------------------------------------------------------------------

EVERY_SCOTLAND = ("conviction", "homeless", "refugee", "trans_status", "sexual_orientation", "religion",
                  "condition_type", "priority_family")


def breakdowns(area_code: str, years: Sequence[str]) -> tuple[list[tuple[str, Breakdown]], data.Answer]:
    """Every characteristic that may be shown in an area, by name, asked for at once."""
    everywhere = area_code == data.SCOTLAND
    answer = journeys("C_%" if everywhere else "B_%", [area_code])
    by_family: dict[str, list[dict]] = {}
    for row in answer.records:
        by_family.setdefault(row["family"], []).append(row)
    found = []
    for by in (*availability.BY_AREA, *(EVERY_SCOTLAND if everywhere else ())):
        for family in availability.families(by, area_code):
            made = equality.breakdown(by_family.get(family.replace("B_", "C_", 1) if everywhere else family, []), years)
            if made:
                found.append((availability.name_of(by), made))
    return found, answer


def every_group(found: Sequence[tuple[str, Breakdown]]) -> list[tuple[str, Group, Cell]]:
    """Job to 26 weeks for every group of every characteristic, against everyone else."""
    return [(name, group, cells[0]) for name, each in found
            for group, cells in equality.strip(each, [equality.HELD_ON])]


def every_group_figure(area_code: str) -> None:
    """Which groups lose most between job and 26 weeks? Those clearly lower, furthest first, with their intervals."""
    found, answer = breakdowns(area_code, outcome_years("weeks26"))
    rows = every_group(found)
    behind = sorted((row for row in rows if row[2].verdict == "lower"), key=lambda row: row[2].gap["value"])
    years = outcome_years("weeks26")
    if not rows or not years:
        return
    names = [f"{group.label} ({words.signed(cell.gap['value'])} points)" for label, group, cell in behind]
    tested = [row for row in rows if row[2].relative is not None]
    area = data.area_name(area_code)
    drawn = [{"label": group.label, "words": words.percent(cell.own, 0), "value": cell.gap["value"],
              "lower": cell.gap["lower_ci"], "upper": cell.gap["upper_ci"], "lowest": None,
              "verdict": words.tone(cell.verdict), "text": f"{group.label}: {words.points(cell.gap)} points"}
             for label, group, cell in behind[:10]]
    title = (f"Between job and 26 weeks, {len(behind)} of {len(tested)} groups clearly fall behind everyone else"
             if tested else f"{area}: too few people entered work to compare groups")
    figure(
        charts.gaps(drawn, colours()) if drawn else None, answer=answer, title=title,
        subtitle=f"Recorded in work at 26 weeks or later, of those who entered work: points from everyone else, started in "
                 f"{cohorts.years_label(years)}, {area}. {words.by_chance(len(tested))}",
        alt=f"{title}. " + (f"{phrases.listed(names)}. " if names else "No group is clearly lower. ")
            + words.by_chance(len(tested)),
        table=every_table(found), unit="percentage points", base="People who entered work",
        interval="95% (Newcombe), for the chance variation of figures like these and for rounding.",
        notes=["Furthest first. Their intervals overlap, so the order among the groups that fall behind is not certain.",
               "Not recorded is not a lost job: the last column says how many were not recorded.", words.NOT_EFFECT,
               words.OVERLAP_NOTE], link={"area": area_code, "part": "journey"}, level=2)


def every_table(found: Sequence[tuple[str, Breakdown]]) -> markup.Table:
    """Every group of every characteristic, each followed by its unknown."""
    cells = []
    for label, each in found:
        cells += [[f"{label}: {group.label}", words.percent(cell.own, 0), words.percent(cell.rest, 0),
                   words.points(cell.gap) if cell.gap else f"[{cell.mark}]", words.percent(_not_recorded(group), 0)]
                  for _, group, cell in every_group([(label, each)])]
        cells += [[f"{label}: {row[0]}", *["[x]"] * 4] for row in unknown_cells(each, 3)]
    return markup.Table(("Group", "Job to 26 weeks", "Everyone else", "Gap in points (95% interval)",
                         "13 weeks not recorded"), cells, frozenset({1, 2, 4}))


def _not_recorded(group: Group) -> dict:
    return rates.rate(min(group.counts["not_recorded"], group.counts["entered"]), group.counts["entered"], group.cells)


# How sure ---------------------------------------------------------------------------------------

def how_sure(shown: Shown, measure: str) -> None:
    """What is unknown, how far it could move the answer, and how far counts are from the truth."""
    found = shown.over(outcome_years(measure))
    said = []
    if found:
        said = words.sure_sentences(found[0], equality.gaps(found[0], measure), shown.label)
    said += ["Every count is within 4 of the true figure, a few within 9; intervals allow 4 for each.",
             "Everyone who started is counted, so intervals show chance variation, not the error of a sample.",
             words.RULE]
    page.section("How sure are we?")
    markup.write(markup.items(map(markup.text, said), "oc-list"))


# Intersections ----------------------------------------------------------------------------------

def choose_pair(measure: str) -> str | None:
    """The pair in `?pair=`; a pair that is not one of the six is explained, with the nearest that are."""
    offers = availability.pair_offers(*_pairs_held(measure))
    given = st.query_params.get("pair")
    if given:
        found = availability.find_pair(given)
        if found is None:
            page.notice(f"No figures are made for '{selection.shorten(given)}'. {availability.WHY_PAIRS}")
            near = availability.nearest_pairs(given) or list(availability.PAIRS)
            links = [markup.link(availability.PAIRS[pair], pair_address(pair)) for pair in near]
            markup.write(markup.element("p", "Nearest views that are safe: " + " · ".join(links)))
            del st.query_params["pair"]
            return None
        st.query_params["pair"] = found
    return filters.choose("pair", "Two characteristics", {offer.key: offer.label for offer in offers}, "sex_disabled")


def pair_address(pair: str) -> str:
    return f"/equality?part=pairs&pair={pair}&area={data.SCOTLAND}"


def _pairs_held(measure: str) -> tuple[set[str], set[str]]:
    """Pairs withheld for a measure, and families held."""
    shown = {row["family"] for row in data.ask("intersections", years=outcome_years(measure)).records}
    families = {family for family, area in held([data.SCOTLAND])}
    return {pair for pair in availability.PAIRS if f"E_{pair}" in families and f"E_{pair}" not in shown}, families


def load_pair(pair: str, measure: str) -> tuple[Breakdown | None, data.Answer]:
    """A pair in Scotland, and only its own rows; None where it is withheld."""
    years = outcome_years(measure)
    answer = data.ask("intersections", years=years)
    own = answer.keep(answer.rows[answer.rows["family"] == f"E_{pair}"])
    return equality.pair(own.records, f"E_{pair}", years, data.SCOTLAND, "Scotland"), own


def pair_figure(pair: str, measure: str, area_code: str) -> None:
    """One named pair in Scotland, or why it is withheld and the nearest safe views."""
    if area_code != data.SCOTLAND:
        page.notice(f"Two characteristics together are shown for Scotland only, not for {data.area_name(area_code)}: "
                    "the groups are too small. Here is Scotland.")
        _safe_links(pair, area_code)
    found, answer = load_pair(pair, measure)
    if found is None:
        page.notice(availability.why_withheld(pair, equality.FEWEST_IN_PAIRS))
        _safe_links(pair, data.SCOTLAND)
        return
    made, name = equality.gaps(found, measure), equality.MEASURES[measure]
    label = availability.PAIRS[pair]
    figure(
        charts.gaps(gap_rows([(found, made)]), colours()), answer=answer,
        title=gap_title(made, name, label, found),
        subtitle=f"{label}. {name}: percentage points from everyone else whose answers are known, people who started in "
                 f"{words.years(found)}, Scotland",
        alt=words.gaps_alt(made, found, measure), table=gap_table([(found, made)], label), unit="percentage points",
        base="People who started support", notes=[words.NOT_EFFECT, words.UNKNOWN_NOTE, availability.WHY_PAIRS,
                                                  "Every group shown has at least 50 people.", *found.footnotes],
        interval="95% (Newcombe), for the chance variation of figures like these and for rounding.",
        link={"part": "pairs", "pair": pair, "measure": measure}, level=2)


def _safe_links(pair: str, area_code: str) -> None:
    """Each of the two characteristics by itself, where it may be shown."""
    links = []
    for label, by in availability.safe_parts(pair):
        near = by if area_code == data.SCOTLAND or by in availability.BY_AREA else availability.NEAREST[by]
        links.append(markup.link(f"{label}, {data.area_name(area_code)}", f"/equality?by={near}&area={area_code}"))
    markup.write(markup.element("p", "Nearest views that are safe: " + " · ".join(links)))


def pairs_offered(measure: str) -> None:
    """What exists of the six pairs, and why no others."""
    rows = [(availability.PAIRS[offer.key], {"shown": "shown", "too_small": "withheld: a group has fewer than 50 people",
                                             "not_held": "not in this edition"}[offer.state])
            for offer in availability.pair_offers(*_pairs_held(measure))]
    markup.write(markup.Table(("Pair", "State"), rows).html("The six pairs and whether they can be shown"))
    markup.write(markup.paragraphs([availability.WHY_PAIRS], "oc-subtitle"))


def disabled_women_sentence(measure: str) -> str:
    """What may be said of disabled women: Scotland only, and only while the whole pair may be shown."""
    found, _ = load_pair("sex_disabled", measure)
    if found is None:
        return ""
    gap = next((each for each in equality.gaps(found, measure) if each.group.category == "female.yes"), None)
    if gap is None:
        return ""
    name = equality.MEASURES[measure]
    return f"In Scotland, {words.one_gap_sentence(gap, name[:1].lower() + name[1:], found)} {words.range_sentence(gap)}".strip()


# Partnerships and islands -----------------------------------------------------------------------

def places_table(shown: Shown, measure: str) -> None:
    """The chosen characteristic in every partnership: the three island areas first, each by itself."""
    by = shown.view.by
    if by not in availability.BY_AREA:
        page.notice(availability.WHY_SCOTLAND.format(label=availability.in_words(by)))
        return
    answer, years, reached_in = journeys(f"B_{by}", None), outcome_years(measure), start_years()
    population = data.ask("population_shares", characteristic=by, areas=list(data.areas()))
    islands = [code for code, row in data.areas().items() if row["is_island"] is True or str(row["is_island"]) == "True"]
    order = [*islands, *(code for code in data.areas() if code not in islands)]
    cells = [row for code in order for row in _place_rows(code, answer, population, reached_in, years, measure, shown)]
    table = markup.Table(("Area", "Group", "People", "Share of known answers (95% interval)", "Ratio to the population",
                          "Reach", equality.MEASURES[measure], "Gap in points (95% interval)"), cells, frozenset({2, 4}))
    page.section("Each partnership", "Orkney, Shetland and Na h-Eileanan Siar first, each by itself. " + ISLAND_CAUTION)
    data_table(table, f"{shown.label} by partnership: reach of people who started in {cohorts.years_label(reached_in)}; "
                      f"{equality.MEASURES[measure].lower()} of those who started in {cohorts.years_label(years)}",
               answer.joined_by(population))


def _place_rows(code: str, answer: data.Answer, population: data.Answer, reached_in: Sequence[str],
                years: Sequence[str], measure: str, shown: Shown) -> list[list[str]]:
    rows = [row for row in answer.records if row["area_code"] == code]
    name, found, later = data.area_name(code), equality.breakdown(rows, reached_in), equality.breakdown(rows, years)
    if found is None:
        return [[name, "No return for this edition", *["[x]"] * 6]]
    fared = {gap.group.category: gap for gap in (equality.gaps(later, measure) if later else ())}
    made = []
    for row in equality.reached(found, population.records):
        gap = fared.get(row.group.category)
        made.append([name, row.group.label, words.count(row.group.starts),
                     words.percent(row.share) + (f" ({words.limits(row.share)})" if words.limits(row.share) else ""),
                     words.ratio(row), row.verdict, words.percent(gap.own, 0) if gap else "[x]",
                     words.points(gap.row) if gap else "[x]"])
    return made + [[name, *cells] for cells in unknown_cells(found, 7)]
