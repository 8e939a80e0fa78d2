"""Are people moving forward, and treated well? Soft outcomes, experience and the continuing key worker."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.charts import grouped, trend
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import colours, data_table, figure, is_synthetic
from dashboard.methods.missing import is_missing
from dashboard.read import progress, rates
from dashboard.words import differences, numbers, phrases, trends

IMPROVED, ASKED, AGREE = "soft_outcome_improved", "soft_outcome_paired", "experience_agree"
PUBLISHED = (
    "fss_experience_dignity_and_respect", "fss_experience_needs_considered", "fss_experience_choices_and_goals",
    "fss_experience_in_control", "fss_experience_knew_voluntary", "fss_experience_wellbeing_offered",
    "fss_survey_increased_motivation")
WORK = ("entered_work", "job_lasted_13_weeks", "other_positive_outcome", "left_without_outcome")
SOURCE = ("data_class", "source_id", "publisher", "source_title", "edition", "url", "designation")
POOLED = "Scores of different instruments are never pooled: only improved, same and declined are."
CHANCE = "95%, for the chance variation of figures like these and for rounding. It is not a sampling interval."
ROUNDING = "Counts are rounded to protect people: within 4 of the truth for each year added up, a few within 9."
GROUPS = {"sex": "Sex", "age_group": "Age", "disabled": "Disability", "instrument": "Instrument"}


def choose_start_years(area_code: str) -> list[str]:
    """The years of start in the link (`?years=`), the latest three old enough together by default; [] if none."""
    rows = _counts([area_code]).records
    choices = progress.year_choices(rows, "no_follow_up") or progress.year_choices(rows, "no_start_score")
    if not choices:
        return []
    return progress.years_of(filters.choose("years", "People who started in", choices), choices)


def progress_header(area_code: str, years: Sequence[str]) -> None:
    """The page's question and its answer: asked twice first, then improved and declined, then how people were treated."""
    answer = _counts([area_code])
    shown = _with_scores(answer, years)
    treated = _experience_said(area_code)
    sentences = _progress_answer(answer, years) + (treated[0] if treated else [])
    page.page_header("Are people moving forward, and treated well?", sentences,
                     "Management information from partnership returns" if shown else "No national series is published",
                     synthetic=is_synthetic(answer),
                     figures=_progress_figures(answer, years) + ([treated[1]] if treated else []))


def _progress_figures(answer: data.Answer, years: Sequence[str]) -> list[tuple[str, markup.Table]]:
    """The answer's scores as a table, with how many people started."""
    domains = [each for each in progress.pool(answer.records, years) if each.scored > 0]
    rows = _domain_table(domains)
    return [(f"Areas of progress, people who started in {progress.in_words(years)}", markup.Table(
        (rows.columns[0], "People who started", *rows.columns[1:]),
        [(first, f"{each.eligible:,.0f}", *rest) for each, (first, *rest) in zip(domains, rows.rows, strict=True)],
        frozenset(range(1, len(rows.columns) + 1))))] if domains else []


def _progress_answer(answer: data.Answer, years: Sequence[str]) -> list[str]:
    if not years:
        return ["No national measure of progress in confidence, skills or wellbeing is published, "
                "and no partnership's return is held."]
    return progress.progress_sentences(progress.pool(answer.records, years), progress.in_words(years), _asked())


def _experience_said(area_code: str) -> tuple[list[str], tuple[str, markup.Table]] | None:
    """The returns' answer on dignity and respect with its figures, else the last published survey of the earlier service."""
    answer = _answers([area_code])
    choices = progress.year_choices(answer.records, "answered")
    if choices:
        years = progress.years_of(next(iter(choices)), choices)
        rows = _experience_rows(answer.records, years)
        agree = {row["label"]: row for row in rows if row["series"] == "agree"}
        if said := progress.experience_sentence(
                agree.get("Treated with dignity and respect"), progress.in_words(years), _agree()):
            return said, (f"How people were treated, responses in {progress.in_words(years)}", _experience_table(rows))
    catalogue = data.catalogue()
    if PUBLISHED[0] not in catalogue:
        return None
    row = data.ask("latest", area_code=data.SCOTLAND, indicators=[PUBLISHED[0]]).records[0]
    value = numbers.value_text(row, catalogue[PUBLISHED[0]], marks=False)
    said = [f"Of people surveyed who joined Fair Start Scotland in {row['period_label']}, **{value}** said they were "
            "treated with dignity and respect.", "That was an earlier service, and only people who answered."]
    indicator = catalogue[PUBLISHED[0]]
    return said, ("The published survey", tables.figures_table([(indicator.title, row, indicator)]))


# Progress ----------------------------------------------------------------------------------------

def progress_by_domain(area_code: str, years: Sequence[str]) -> None:
    """Each area of progress: the share asked twice, then improved, same and declined with intervals."""
    name, answer = data.area_name(area_code), _counts([area_code])
    if not years:
        page.notice("[x] No partnership has sent scores of progress. Fair Start Scotland's surveys are under "
                    "'How people were treated'; what is missing is listed below.")
        return
    domains = progress.pool(answer.records, years)
    if not _with_scores(answer, years):
        page.notice(f"[x] No scores of people who started in {progress.in_words(years)} can be shown for {name}: "
                    "none were sent, or fewer than 5.")
        return
    if warning := progress.banner(domains):
        page.notice(warning)
    when, rows = progress.in_words(years), _domain_rows(domains)
    shown = answer.keep(_sourced(rows, answer, when))
    indicator = _improved()
    figure(
        grouped.grouped(shown.rows, _bands(), indicator, colours()), answer=shown,
        title=progress.progress_title(domains, _asked()),
        subtitle=f"People asked twice by what they reported, % of people asked twice, {name}, "
                 f"people who started in {when}",
        alt=progress.progress_alt(domains, _asked(), name, when), table=_domain_table(domains),
        unit=indicator.unit, base="People with a score at the start and at follow-up. The share asked twice is of "
        "everyone who started.", interval=CHANCE,
        notes=["People reported a change; nothing here says what caused it.", POOLED, ROUNDING,
               "A start score already at the top of its scale cannot improve: how many is not held.",
               *indicator.caveats],
        link={"area": area_code, "part": "progress"}, level=2,
    )
    _bounds_table(domains, shown, name, when)
    _against_scotland(area_code, domains, years)


def _bounds_table(domains: Sequence[progress.Domain], shown: data.Answer, name: str, when: str) -> None:
    """What the people who were not asked again could change."""
    found = [(each, each.bounds) for each in domains if each.bounds]
    if not found:
        return
    rows = [(each.label, f"{each.no_follow_up:,.0f}", f"{bound['improved']:.0f}%",
             f"{bound['declined_if_unchanged']:.0f}%", f"{bound['declined_if_declined']:.0f}%")
            for each, bound in found]
    with page.panel("What if the people not asked again had answered?"):
        data_table(markup.Table(
            ("Area of progress", "Start score only", "Improved, if nobody else did", "Declined, if nobody else did",
             "Declined, if everybody else did"), rows, frozenset({1, 2, 3, 4})),
            f"Shares of everyone with a start score, {name}, people who started in {when}", shown)


def _improved_in_words(own: progress.Domain, scotland: progress.Domain) -> str:
    """How the share improved compares with Scotland's."""
    gap = rates.difference(own.band("improved"), scotland.band("improved"), max(own.cells, scotland.cells))
    return progress.difference_words(gap, "", "than Scotland").strip()


def _against_scotland(area_code: str, domains: Sequence[progress.Domain], years: Sequence[str]) -> None:
    """An area beside Scotland, only where both may be compared."""
    if area_code == data.SCOTLAND:
        return
    whole = {each.name: each for each in progress.pool(_counts([data.SCOTLAND]).records, years)}
    pairs = [(each, whole[each.name]) for each in domains
             if each.name in whole and progress.may_compare(each, whole[each.name])]
    if not pairs:
        page.notice(f"{data.area_name(area_code)} is not compared with Scotland: in each area of progress one of them "
                    "has under 30% asked twice, or fewer than 30 people.")
        return
    rows = []
    for own, scotland in pairs:
        rows.append((own.label, progress.say(own.asked_twice, _asked()), progress.say(own.band("improved"), _improved()),
                     progress.say(scotland.band("improved"), _improved()),
                     _improved_in_words(own, scotland)))
    data_table(markup.Table(("Area of progress", "Asked twice", "Improved here", "Improved in Scotland", "Compared"),
                            rows, frozenset({1, 2, 3})), "Compared with Scotland, people asked twice", _counts([area_code]))


def progress_by_group(years: Sequence[str]) -> None:
    """The same bands by group or by instrument, in Scotland."""
    if not years:
        return
    page.section("For whom, and measured how?", f"Scotland, people who started in {progress.in_words(years)}. {POOLED}")
    with filters.filter_row():
        by = filters.choose("by", "Broken down by", GROUPS)
        answer = data.ask("progress_by_group", by=by)
        if answer.is_empty:
            return
        labels = dict(zip(answer.rows["category"], answer.rows["category_label"], strict=True))
        domain = filters.choose("domain", "Area of progress", labels)
    records = [{**row, "domain": row["category"], "category": row["category_2"], "category_label": row["group_label"]}
               for row in answer.records if row["category"] == domain]
    groups = [each for each in progress.pool(records, years) if each.scored > 0 and each.name != "none"]
    if not groups:
        page.notice(f"[x] No scores of {labels[domain].lower()} can be shown by {GROUPS[by].lower()}.")
        return
    table = _domain_table(groups, GROUPS[by], base=by != "instrument")
    shown = answer.keep(_sourced(_domain_rows(groups, base=by != "instrument"), answer, progress.in_words(years)))
    data_table(table, f"{labels[domain]} by {GROUPS[by].lower()}: people asked twice, Scotland", shown)


def asked_twice_by_partnership(years: Sequence[str]) -> None:
    """Who asks twice: every partnership, never what they found, unless enough was asked to compare."""
    answer = _counts(None)
    if answer.is_empty or not years:
        return
    domain, unsent, rows = next(iter(answer.rows["category"])), _unsent(), []
    own = [row for row in answer.records if row["category"] == domain]
    for code in dict.fromkeys(answer.rows["area_code"]):
        found = progress.pool([row for row in own if row["area_code"] == code], years)
        if found:
            rows.append(_follow_up_row(data.area_name(code), found[0], code in unsent))
    label = str(answer.rows["category_label"].iloc[0])
    page.section("Who asks twice?", "Partnerships are compared only where at least 30% and 30 people were asked twice.")
    partnerships = rows[1:] if rows and rows[0][0] == data.area_name(data.SCOTLAND) else rows
    named = {row["name"] for row in data.areas().values() if row["area_type"] == "partnership"}
    if missing := sorted(named - {row[0] for row in rows}):
        page.notice(f"[x] No return is held for {phrases.listed(missing)}.")
    sent = sum(row[2] not in ("[low]", "[x]") for row in partnerships)
    if sent < len(partnerships):
        page.notice(f"Start scores can be shown for {sent} of {len(partnerships)} partnerships with a return. "
                    "The others sent none [x], or fewer than 5 [low].")
    with page.panel(f"{label}: start scores and people asked twice, by partnership"):
        data_table(markup.Table(("Area", "Started", "With a start score", "Asked twice", "Share asked twice",
                                 "What it allows"), rows, frozenset({1, 2, 3, 4})),
                   f"People who started in {progress.in_words(years)}. Scotland first, then alphabetical", answer)


def _unsent() -> set[str]:
    """Partnerships known to have sent no file of scores."""
    return {row["area_code"] for row in data.ask("returns_quality").records
            if row["measure"] == "received_progress" and row["value"] == 0}


def _follow_up_row(area: str, each: progress.Domain, unsent: bool) -> tuple[str, ...]:
    if unsent:
        return (area, f"{each.eligible:,.0f}", "[x]", "[x]", "[x]", "no scores sent")
    allows = {"counts_only": "counts only", "no_comparison": "own figures, no comparison",
              "caution": "comparison, with caution", "enough": "comparison"}[each.level]
    if each.scored == 0:
        allows = "nothing sent, or fewer than 5"
    return (area, f"{each.eligible:,.0f}", _few(each.scored), _few(each.paired),
            progress.say(each.asked_twice, _asked()), allows)


def _few(count: float) -> str:
    return f"{count:,.0f}" if count else "[low]"


def _domain_rows(domains: Sequence[progress.Domain], base: bool = True) -> list[dict]:
    rows = []
    for each in domains:
        asked = f"{progress.say(each.asked_twice, _asked())} asked twice" if base else f"{each.paired:,.0f} asked twice"
        rows += [{"label": each.label, "series": name, "heading": asked, "asked_twice": asked, **each.band(name)}
                 for name in progress.BANDS]
    return rows


def _domain_table(domains: Sequence[progress.Domain], heading: str = "Area of progress", base: bool = True) -> markup.Table:
    """Asked twice first, then the three bands with their intervals, in one row each."""
    columns = (heading, *(("Share asked twice",) if base else ()), "People asked twice", *progress.BANDS.values())
    rows = [(each.label, *((progress.say(each.asked_twice, _asked()),) if base else ()), _few(each.paired),
             *(_band_text(each, name) for name in progress.BANDS)) for each in domains]
    return markup.Table(columns, rows, frozenset(range(1, len(columns))))


def _band_text(each: progress.Domain, name: str) -> str:
    """A share with its interval, or the count alone where there are too few pairs."""
    if each.level == "counts_only":
        return f"{_few(getattr(each, name))} people" if getattr(each, name) else "[low]"
    return tables.value_and_interval(each.band(name), _improved())


# Over the years ----------------------------------------------------------------------------------

def progress_over_years(area_code: str) -> None:
    """One area of progress by year of start: the three bands, the share asked twice beside, and Scotland."""
    answer, name = _counts([area_code]), data.area_name(area_code)
    labels = {row["category"]: str(row["category_label"]) for row in answer.records}
    if not labels:
        page.notice(f"[x] No scores of progress are held for {name}.")
        return
    page.section("Over the years", "Every year of start that is old enough, whichever are chosen above.")
    domain = filters.choose("domain", "Area of progress", labels)
    years = progress.by_year(answer.records, domain)
    if not years:
        page.notice(f"[x] No scores of {labels[domain].lower()} can be shown for {name}: none were sent, or fewer than 5.")
        return
    if warning := progress.years_banner(years):
        page.notice(warning)
    _bands_by_year(labels[domain], years, answer, area_code, domain)
    _asked_by_year(labels[domain], years, answer, area_code, domain)
    _improved_against_scotland(labels[domain], years, area_code, domain)


def _bands_by_year(label: str, years: Sequence[progress.Domain], answer: data.Answer, area_code: str, domain: str) -> None:
    rows = [{"series": words, **row} for name, words in progress.BANDS.items()
            for row in _points_of(years, answer, lambda each, name=name: each.band(name))]
    shown = answer.keep(_sourced(rows, answer))
    indicator, place = _improved(), data.area_name(area_code)
    recent = progress.too_recent(answer.records)
    drawn = any(not is_missing(row["value"]) for row in rows)
    figure(
        trend.trend(shown.rows, indicator, colours()) if drawn else None, answer=shown,
        title=progress.years_title(label, years, _asked(), indicator),
        subtitle=f"{label}: people asked twice by what they reported, % of people asked twice, {place}, by year of start, "
                 f"{years[0].label} to {years[-1].label}",
        alt=progress.years_alt(label, years, _asked(), place), table=_domain_table(years, "Started in"),
        unit=indicator.unit, base="People with a score at the start and at follow-up. The share asked twice is of "
        "everyone who started.", interval=CHANCE,
        notes=["Not every partnership sends scores, and which ones do can change from year to year.", POOLED, ROUNDING,
               *([f"Too recent, so not yet known [x]: {phrases.listed(recent)}."] if recent else []), *indicator.caveats],
        link={"area": area_code, "part": "years", "domain": domain})


def _asked_by_year(label: str, years: Sequence[progress.Domain], answer: data.Answer, area_code: str, domain: str) -> None:
    """The share asked twice, of the area and of Scotland: it may always be compared."""
    own = [{"series": data.area_name(area_code), **row} for row in
           _points_of(years, answer, lambda each: each.asked_twice)]
    rows = list(own)
    if area_code != data.SCOTLAND:
        whole = _counts([data.SCOTLAND])
        rows += [{"series": "Scotland", **row} for row in
                 _points_of(progress.by_year(whole.records, domain), whole, lambda each: each.asked_twice)]
    indicator, shown = _asked(), answer.keep(_sourced(rows, answer))
    figure(
        trend.trend(shown.rows, indicator, colours(), height=280), answer=shown,
        title=trends.trend_title(own, indicator),
        subtitle=f"{label}: {indicator.title.lower()}, {indicator.unit}, by year of start",
        alt=" ".join(trends.trend_alt([row for row in rows if row["series"] == place], indicator, str(place))
                     for place in dict.fromkeys(row["series"] for row in rows)),
        table=tables.series_table(rows, indicator), unit=indicator.unit, base=indicator.base, interval=CHANCE,
        notes=indicator.caveats, link={"area": area_code, "part": "years", "domain": domain}, level=2)


def _improved_against_scotland(label: str, years: Sequence[progress.Domain], area_code: str, domain: str) -> None:
    """The area's improved beside Scotland's, in the years in which both asked enough people twice."""
    if area_code == data.SCOTLAND:
        return
    whole = {each.label: each for each in progress.by_year(_counts([data.SCOTLAND]).records, domain)}
    pairs = [(each, whole[each.label]) for each in years
             if each.label in whole and progress.may_compare(each, whole[each.label])]
    name = data.area_name(area_code)
    if not pairs:
        page.notice(f"{name} is not compared with Scotland in any year: one of them has under 30% asked twice, "
                    "or fewer than 30 people.")
        return
    rows = []
    for own, scotland in pairs:
        rows.append((own.label, progress.say(own.asked_twice, _asked()),
                     tables.value_and_interval(own.band("improved"), _improved()),
                     progress.say(scotland.asked_twice, _asked()),
                     tables.value_and_interval(scotland.band("improved"), _improved()),
                     _improved_in_words(own, scotland)))
    data_table(markup.Table(("Started in", "Asked twice here", "Improved here", "Asked twice in Scotland",
                             "Improved in Scotland", "Compared"), rows, frozenset({1, 2, 3, 4})),
               f"{label}: {name} and Scotland, years in which both asked enough people twice", _counts([area_code]))


def _points_of(years: Sequence[progress.Domain], answer: data.Answer, made: Callable[[progress.Domain], dict]) -> list[dict]:
    """A rate of each year as a point of a trend."""
    days = {str(row["period"]): (row["start_date"], row["end_date"]) for row in answer.records}
    return [{**progress.year_row(each, made(each)), "frequency": "financial_year", "start_date": days[each.label][0],
             "end_date": days[each.label][1]} for each in years]


# Experience ----------------------------------------------------------------------------------------

def treated_well(area_code: str) -> None:
    """What survey responses say of how people were treated: agree, neither, disagree."""
    answer, name = _answers([area_code]), data.area_name(area_code)
    choices = progress.year_choices(answer.records, "answered")
    if not choices:
        page.notice(f"[x] No survey of experience has been sent for {name}." if data.release()["has_returns"] else
                    "[x] No partnership has sent a survey of experience.")
        return
    years = progress.years_of(filters.choose("answered", "Answered in", choices), choices)
    when, indicator = progress.in_words(years), _agree()
    rows = _experience_rows(answer.records, years)
    shown = answer.keep(_sourced(rows, answer, when))
    agree = [row for row in rows if row["series"] == "agree"]
    figure(
        grouped.grouped(shown.rows, _answer_series(), indicator, colours()), answer=shown,
        title=_experience_title(agree), subtitle=f"Responses by answer, % of responses with an answer, {name}, {when}",
        alt=_experience_alt(rows, name, when), table=_experience_table(rows),
        unit=indicator.unit, base=indicator.base, interval=CHANCE, notes=[*indicator.caveats, ROUNDING],
        link={"area": area_code, "part": "experience"}, level=2,
    )


def _experience_rows(records: Sequence[dict], years: Sequence[str]) -> list[dict]:
    kept = [row for row in records if row["period"] in years and row["is_mature"]]
    rows = []
    for name in dict.fromkeys(row["category"] for row in kept):
        own = [row for row in kept if row["category"] == name]
        base = sum(float(row["answered"]) for row in own)
        unknown = sum(float(row["not_known"]) for row in own)
        for answer in progress.ANSWERS:
            count = sum(float(row[answer]) for row in own)
            rows.append({"label": own[0]["category_label"], "series": answer, "heading": f"{base:,.0f} responses",
                         "not_known": unknown, **rates.rate(count, base, len(own))})
    return rows


def _experience_title(agree: Sequence[dict]) -> str:
    first = next((row for row in agree if row["value"] is not None), None)
    if first is None:
        return "Too few responses for a share"
    return f"{first['label']}: {progress.say(first, _agree())} of responses agree"


def _experience_alt(rows: Sequence[dict], name: str, when: str) -> str:
    sentences = [f"Dots with intervals: answers to statements about how people were treated, {name}, {when}."]
    for label in dict.fromkeys(row["label"] for row in rows):
        said = [f"{progress.say(row, _agree())} {progress.ANSWERS[row['series']].lower()}"
                for row in rows if row["label"] == label]
        sentences.append(f"{label}: {phrases.listed(said)}.")
    return " ".join(sentences)


def _experience_table(rows: Sequence[dict]) -> markup.Table:
    found = []
    for label in dict.fromkeys(row["label"] for row in rows):
        own = {row["series"]: row for row in rows if row["label"] == label}
        found.append((label, _few(own["agree"]["denominator"]),
                      *(tables.value_and_interval(own[name], _agree()) for name in progress.ANSWERS),
                      _few(own["agree"]["not_known"])))
    return markup.Table(("Statement", "Responses", *progress.ANSWERS.values(), "Answer not known"), found,
                        frozenset({1, 2, 3, 4, 5}))


def published_experience() -> None:
    """Published surveys of Fair Start Scotland, beside the returns and never merged with them."""
    catalogue = data.catalogue()
    held = [name for name in PUBLISHED if name in catalogue]
    if not held:
        return
    page.section("What surveys of the earlier service found", "Fair Start Scotland, as published. Another service, "
                 "other people and other questions: never merged with the figures above.")
    everything = data.ask("published_experience", indicators=held)
    rows = [(catalogue[row["indicator_id"]].title.removeprefix("Fair Start Scotland: ").capitalize(),
             str(row["period_label"]), numbers.value_text(row, catalogue[row["indicator_id"]], short=True),
             str(row["source_title"])) for row in everything.records]
    if not rows:
        return
    caveats = dict.fromkeys(each for name in held for each in catalogue[name].caveats)
    data_table(markup.Table(("People surveyed who said", "Joined or surveyed", "Share", "Publication"), rows,
                            frozenset({2})), "Fair Start Scotland phone surveys, % of people surveyed", everything)
    markup.write(markup.items(map(markup.text, caveats), "oc-list"))


# Key worker ----------------------------------------------------------------------------------------

def with_and_without_key_worker(area_code: str, years: Sequence[str]) -> None:
    """Outcomes of people with and without one worker throughout: differences, never effects."""
    rows, answer = _key_worker_rows(area_code, years)
    name = data.area_name(area_code)
    if answer is None or not rows:
        page.notice(f"[x] No return that says who kept one key worker is held for {name}.")
        return
    when = progress.in_words(years)
    gaps = [{**row, "series": "gap", "period_label": when} for row in rows]
    shown = answer.keep(_sourced(gaps, answer, when))
    indicator = _points()
    clear = sum(rates.direction(row) in ("higher", "lower") for row in rows)
    tested = sum(rates.direction(row) != "untested" for row in rows)
    if warnings := [row["warning"] for row in rows if row.get("warning")]:
        strictest = next(words for words in progress.BANNERS.values() if words in warnings)
        page.notice(f"Progress: {strictest[:1].lower()}{strictest[1:]}")
    page.section("With and without one key worker throughout", "A difference is not an effect: people who kept one "
                 "worker may differ in other ways.")
    figure(
        grouped.grouped(shown.rows, [grouped.Series("gap", "", colours().series[0])], indicator, colours(),
                        zero="fewer with one  |  more with one"),
        answer=shown, title=f"With one key worker: {clear} of {phrases.plural(tested, 'outcome')} clearly different",
        subtitle=f"Share with a continuing key worker minus share without, percentage points, {name}, "
                 f"people who started in {when}. {differences.by_chance(tested)}",
        alt=_key_worker_alt(rows, name, when), table=_key_worker_table(rows),
        unit="percentage points", base="People who started, whose key worker is known; for progress, people asked twice",
        interval="95%, Newcombe's interval of a difference, allowing for rounding.",
        notes=["People whose key worker is not known are in neither group.", ROUNDING,
               "No comparison group: nothing here says that a key worker caused the difference."],
        link={"area": area_code, "part": "key-worker"},
    )


def _key_worker_rows(area_code: str, years: Sequence[str]) -> tuple[list[dict], data.Answer | None]:
    catalogue, rows, answers = data.catalogue(), [], []
    for name in (name for name in WORK if name in catalogue):
        answer = data.series(name, [area_code], characteristic="key_worker", frequency="financial_year")
        own = [row for row in answer.records if row["period"] in years and not is_missing(row["denominator"])]
        if own and (row := _gap_row(catalogue[name].title, own)):
            rows.append(row)
            answers.append(answer.keep(pd.DataFrame(own)))
    if area_code == data.SCOTLAND and years:
        rows += _progress_gaps(years)
    return rows, answers[0].joined_by(*answers[1:]) if answers else None


def _gap_row(label: str, own: Sequence[dict]) -> dict | None:
    sums = {group: {part: sum(float(row[part]) for row in own if row["category"] == group)
                    for part in ("numerator", "denominator")} for group in ("yes", "no")}
    cells = len({row["period"] for row in own})
    if not sums["yes"]["denominator"] or not sums["no"]["denominator"]:
        return None
    return _compared(label, sums["yes"], sums["no"], cells, f"of {sums['yes']['denominator']:,.0f} with and "
                     f"{sums['no']['denominator']:,.0f} without")


def _progress_gaps(years: Sequence[str]) -> list[dict]:
    """Improvement of people asked twice, by key worker, each with its own share asked twice."""
    answer = data.ask("progress_by_group", by="key_worker")
    rows = []
    for name, label in dict(zip(answer.rows["category"], answer.rows["category_label"], strict=True)).items():
        groups = {each.name: each for each in progress.pool(
            [{**row, "category": row["category_2"], "category_label": row["group_label"]}
             for row in answer.records if row["category"] == name], years)}
        if not {"yes", "no"} <= set(groups):
            continue
        with_one, without = groups["yes"], groups["no"]
        asked = (f"asked twice: {progress.say(with_one.asked_twice, _asked())} with, "
                 f"{progress.say(without.asked_twice, _asked())} without")
        compared = _compared(f"Improved: {label.lower()}", _of(with_one), _of(without), with_one.cells, asked)
        rows.append({**compared, "warning": progress.strictest([with_one, without])})
    return rows


def _of(each: progress.Domain) -> dict:
    return {"numerator": each.improved, "denominator": each.paired}


def _compared(label: str, with_one: dict, without: dict, cells: int, heading: str) -> dict:
    return {"label": label, "heading": heading, **rates.difference(with_one, without, cells),
            "with": rates.rate(with_one["numerator"], with_one["denominator"], cells),
            "without": rates.rate(without["numerator"], without["denominator"], cells)}


def _key_worker_alt(rows: Sequence[dict], name: str, when: str) -> str:
    sentences = [f"Dots with intervals: differences in percentage points between people with and without one key "
                 f"worker, {name}, people who started in {when}."]
    sentences += [f"{row['label']}: {progress.say(row['with'], _improved())} with, "
                  f"{progress.say(row['without'], _improved())} without, "
                  f"{progress.difference_words(row, '', 'with one').strip()} ({row['heading']})." for row in rows]
    return " ".join(sentences)


def _key_worker_table(rows: Sequence[dict]) -> markup.Table:
    return markup.Table(
        ("Outcome", "Base", "With one", "Without", "Difference, points", "In words"),
        [(row["label"], row["heading"], progress.say(row["with"], _improved()), progress.say(row["without"], _improved()),
          tables.value_and_interval(row, _points()), progress.difference_words(row, "", "with one").strip())
         for row in rows], frozenset({2, 3, 4}))


# Parts ----------------------------------------------------------------------------------------

def _counts(area_codes: Sequence[str] | None) -> data.Answer:
    return data.ask("progress_counts", areas=None if area_codes is None else list(area_codes))


def _answers(area_codes: Sequence[str]) -> data.Answer:
    return data.ask("experience_counts", areas=list(area_codes))


def _with_scores(answer: data.Answer, years: Sequence[str]) -> bool:
    return any(each.scored > 0 for each in progress.pool(answer.records, years))


def _sourced(rows: Sequence[dict], answer: data.Answer, when: str = "") -> pd.DataFrame:
    """Rows made from an answer, with its source and class, ready to draw and to download; `when` is of all of them."""
    first = answer.records[0]
    plain = [{key: value for key, value in row.items() if not isinstance(value, dict)} for row in rows]
    made = pd.DataFrame(plain).assign(**{name: first[name] for name in SOURCE})
    return made.assign(period_label=when) if when else made


def _bands() -> list[grouped.Series]:
    shades = colours()
    return [grouped.Series("improved", "Improved", shades.better),
            grouped.Series("same", "Same", shades.neutral, "square"),
            grouped.Series("declined", "Declined", shades.worse, "diamond")]


def _answer_series() -> list[grouped.Series]:
    shades = colours()
    return [grouped.Series("agree", "Agree", shades.better), grouped.Series("neither", "Neither", shades.neutral, "square"),
            grouped.Series("disagree", "Disagree", shades.worse, "diamond")]


def _asked() -> Indicator:
    return data.every_indicator()[ASKED]


def _improved() -> Indicator:
    return data.every_indicator()[IMPROVED]


def _agree() -> Indicator:
    return data.every_indicator()[AGREE]


def _points() -> Indicator:
    """Differences of two shares are said in points."""
    return replace(_improved(), title="Difference", measure="points", unit="percentage points", direction="no_direction",
                   decimals=0)
