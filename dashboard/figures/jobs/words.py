"""Sentences and titles of the job outcomes page, made from the rows its tables show."""

import datetime as dt
from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.methods.verdict import RECORDING, Verdict
from dashboard.words import comparisons, differences, numbers, phrases

Row = Mapping[str, object]

NOT_YET = "not yet known"
NO_RETURNS = ("No partnership has sent participants' returns for this edition, so the journey, start cohorts, "
              "programmes, routes and waits cannot be shown yet.")
NOT_AN_EFFECT = "These are differences between groups of people, not effects: groups differ in many ways."
NOT_FAILURE = "Not recorded is not a lost job: nobody knows how those jobs went."


def share(row: Row, indicator: Indicator) -> str:
    """'31%' of a made row, or its mark."""
    return numbers.value_text(row, indicator, short=True, marks=False)


def interval(row: Row, indicator: Indicator) -> str:
    """'95% interval 30% to 33%', or an empty string where there is none."""
    limits = numbers.interval_text(row, indicator)
    return f"{numbers.interval_name(indicator)} {limits}" if limits else ""


def people(count: object) -> str:
    return f"{float(count):,.0f} people"


def no_return(area: str) -> str:
    return f"{area} sent no return for this edition. That is not zero: it is not known [x]."


def too_few(area: str) -> str:
    return f"{area}: too few people started to show a rate [c]."


def few(area: str) -> str:
    return f"{area}: few people started, so its rates are in the table alone and none is judged [u]."


def starters(row: Row, area: str, years: str) -> str:
    """'24,510 people started in Scotland in 2022-23 to 2023-24.'"""
    return f"**{people(row['denominator'])}** started support in {area} in {years}."


def published(row: Row, indicator: Indicator) -> str:
    """The published share of No One Left Behind: other people and another definition than those of the returns."""
    until = str(row["period_label"]).split(" to ")[-1]
    return f"Published: **{share(row, indicator)}** of No One Left Behind starters to {until} entered work."


def entered(rows: Mapping[str, Row], indicator: Indicator, area: str, years: str, whose: str) -> str:
    """'Made-up return: 40% of 1,375 people who started in Fife (2022-23 to 2023-24) had entered work.'"""
    row = rows["entered"]
    return (f"{whose}: **{share(row, indicator)}** of {people(row['denominator'])} who started in {area} ({years}) "
            "had entered work.")


def lasted(rows: Mapping[str, Row], indicator: Indicator, without_record: bool = False) -> str:
    """'15% were recorded in work at 13 weeks; 18% have a job and no record.'"""
    said = f"**{share(rows['weeks13'], indicator)}** were recorded in work at 13 weeks"
    return f"{said}; {share(rows['unrecorded'], indicator)} have a job and no record." if without_record else f"{said}."


def possible(rows: Mapping[str, Row], indicator: Indicator) -> str:
    """What the share at 13 weeks could be, where that is wider than a reader would think: more than its interval allows."""
    weeks13 = rows["weeks13"]
    if is_missing(weeks13.get("highest")) or weeks13["highest"] <= weeks13["upper_ci"]:
        return ""
    return f"That could be anything from {numbers.range_text(weeks13, indicator)}."


def against(compared: str, label: str) -> str:
    """'At 13 weeks: no clear difference from Scotland.', in the words that every page has for it."""
    return f"{label}: **{compared}**."


def journey_title(rows: Mapping[str, Row], place: str, indicator: Indicator) -> str:
    """What became of everyone who started, in one line."""
    return (f"{place}: {share(rows['entered'], indicator)} entered work, {share(rows['weeks13'], indicator)} are "
            f"recorded in work at 13 weeks or later; for {share(rows['unrecorded'], indicator)} 13 weeks is not recorded")


def bars_alt(opening: str, bars: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Each bar's parts in the words of the table, a few to a sentence."""
    sentences = [f"{opening}."]
    for label, parts in bars.items():
        words = [f"{part.lower()} {text}" for part, text in parts]
        sentences += [f"{label}: {phrases.listed(words[at:at + 4])}." for at in range(0, len(words), 4)]
    return " ".join(sentences)


def cohort_title(complete: Sequence[tuple[str, Row]], unripe: Sequence[str], indicator: Indicator) -> str:
    """The newest complete cohort against the one before it; unripe ones are only named."""
    if not complete:
        return "No start cohort is old enough yet"
    label, now = complete[-1]
    words = f"{share(now, indicator)} of those who started in {label} entered work within 12 months"
    if len(complete) > 1:
        before_label, before = complete[-2]
        words += ", " + differences.changed(now, before | {"period_label": before_label}, indicator)
    return words + (f"; {phrases.plural(len(unripe), 'newer cohort is', 'newer cohorts are')} {NOT_YET}"
                    if unripe else "")


def groups_title(rows: Sequence[Row], label: str, others: str) -> str:
    """How many groups clearly differ from everyone else, how many do not, and why others get no verdict: never ranked."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known:
        return f"{label}: too few people to show a rate"
    alike = sum(row["direction"] == "none" for row in known)
    apart = sum(row["direction"] in ("higher", "lower") for row in known)
    parts = [f"{apart} of {len(known)} clearly {'differs' if apart == 1 else 'differ'} from {others}"] if apart or alike else []
    return f"{label}: " + "; ".join([*parts, *filter(None, [comparisons.refused_words(known)])])


def day(when: object) -> str:
    """'1 Apr 2024'; an empty string where no date is held."""
    if is_missing(when):
        return ""
    held = dt.date.fromisoformat(str(when)[:10])
    return f"{held.day} {held:%b %Y}"


def programme_words(row: Row) -> str:
    """What is held of a programme's dates, and in words what is not: '1 Apr 2018 to 31 Mar 2024; folded in 1 Apr 2024'."""
    began, ended, folded = (day(row[name]) for name in ("start_date", "end_date", "fold_date"))
    if row["kind"] == "current":
        return f"The local model, from {began}" if began else "The local model; start date not found"
    ran = (f"{began} to {ended}" if began and ended else f"Began {began}; end date not found" if began
           else f"Closed {ended}; start date not found" if ended else "")
    if row["kind"] != "folded":
        return ran or "Dates not found"
    if folded:
        return f"{ran}; folded in {folded}" if ran else f"Folded in {folded}; start date not found"
    return f"{ran}; date folded in not found" if ran else "Date folded in not found"


def already_sentence(row: Row, indicator: Indicator) -> str:
    """How many of those who entered work already had some, in Scotland."""
    return f"In Scotland, **{share(row, indicator)}** of people who entered work were already in low-paid work when they started."


def timeline_title(rows: Sequence[Row]) -> str:
    """For how many of the programmes folded in the day is held: never a day nobody holds."""
    folded = [row for row in rows if row["kind"] == "folded"]
    held = sum(bool(day(row["fold_date"])) for row in folded)
    words = f"{phrases.plural(len(folded), 'programme')} folded into the local model: the date was found for {held}"
    return f"{words}, not for {len(folded) - held}" if held < len(folded) else words


def undated(rows: Sequence[Row]) -> str:
    """Which programmes no source gives a date of; an empty string where there are none."""
    return f"No date was found for {phrases.listed([str(row['label']) for row in rows])}." if rows else ""


def pair_title(found: Sequence[tuple[str, Verdict | None]]) -> str:
    """Which supports go with a clear difference: a difference, never an effect."""
    clear = [name for name, gap in found if gap is not None and gap.is_clear]
    if not clear:
        refused = any(gap is not None and gap.why == RECORDING for _, gap in found)
        return ("People with and without each support recorded: too much is missing to compare" if refused else
                "No clear difference between people with and without each support recorded")
    words = phrases.listed([name.lower() for name in clear])
    return f"A clear difference for {words}: a difference between groups, not an effect"


def waits_title(row: Row, place: str, indicator: Indicator) -> str:
    return f"{place}: {share(row, indicator)} of people whose wait is known started within 4 weeks of referral"


def rounding(cells: int) -> list[str]:
    """How far added-up protected counts can be from the truth."""
    return [f"Each protected count is within 4 of the true figure, a few within 9; up to {phrases.plural(cells, 'count')} "
            f"{'is' if cells == 1 else 'are'} added up here, and the interval allows for the rounding of them all."]


def gap_text(gap: Verdict | None) -> str:
    """'+3.1 (1.2 to 5.0)' in percentage points; '[x]' where there is none."""
    if gap is None:
        return "[x]"
    if gap.estimate is None:
        return "[x]"
    limits = "" if gap.lower is None else f" ({numbers.digits(gap.lower, 1, False)} to {numbers.digits(gap.upper, 1, False)})"
    sign = "+" if gap.estimate > 0 else ""
    return f"{sign}{numbers.digits(gap.estimate, 1, False)}{limits}"


def too_few_cohorts(labels: Sequence[str]) -> list[str]:
    """Which start cohorts are not drawn for want of people."""
    return [f"Too few people for a rate [c]: {phrases.listed(labels)}."] if labels else []
