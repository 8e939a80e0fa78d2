"""Numbers to words, by rule. Sentences never claim more than the intervals allow.

"Higher", "lower", "better" and "worse" appear only when the 95% interval of the difference
excludes zero. The sentences made here are also the text alternatives of the charts.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.methods import intervals, reach

MARKS = {
    "c": "confidential: too few people to show",
    "low": "fewer than 5, may be none",
    "x": "not available",
    "z": "not applicable",
    "u": "low reliability: read with care",
    "p": "provisional: may change",
    "r": "revised since first published",
    "b": "break: not comparable with earlier figures",
}
FEWER_THAN_5 = "fewer than 5"  # of protected counts: none is never told from a few
ALONE = ("c", "x", "z")  # marks that stand in place of a value
SYNTHETIC_NOTICE = "Demonstration data: made up, not about real people or real performance."
INTERVAL_NOTE = "95% intervals show how far figures like these vary by chance."
SPELLED_OUT = {
    "NOLB": "No One Left Behind (NOLB)",
    "LEPs": "Local Employability Partnerships (LEPs)",
    "LEP": "Local Employability Partnership (LEP)",
}


def is_missing(value: object) -> bool:
    """True for None and NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def marks_of(obs_status: object) -> tuple[str, ...]:
    """The marks in an obs_status such as 'p r', in the order of MARKS."""
    given = set() if is_missing(obs_status) else set(str(obs_status).split())
    return tuple(mark for mark in MARKS if mark in given)


def marks_text(obs_status: object) -> str:
    """'[p] [r]', or an empty string."""
    return " ".join(f"[{mark}]" for mark in marks_of(obs_status))


FEW_FOR_A_COST = "too few people for a reliable figure"


def legend(rows: Iterable[Mapping[str, object]], catalogue: Mapping[str, Indicator]) -> str:
    """'[c] confidential: too few people to show · [p] provisional: may change': the marks that occur, and meanings.

    A cost marked [c] hides nobody: its spend and its people are shown, but too few for a ratio of them.
    """
    rows = list(rows)
    hidden = [is_cost(row, catalogue) for row in rows if "c" in marks_of(row.get("obs_status"))]
    words = dict(marks_in_use(row.get("obs_status") for row in rows))
    if any(hidden):
        words["c"] = FEW_FOR_A_COST if all(hidden) else f"{MARKS['c']}; of a cost, {FEW_FOR_A_COST}"
    return " · ".join(f"[{mark}] {meaning}" for mark, meaning in words.items())


def meaning(mark: str, indicator: Indicator) -> str:
    """What a mark means beside this indicator."""
    return FEW_FOR_A_COST if mark == "c" and indicator.has_rounding_limits else MARKS[mark]


def is_cost(row: Mapping[str, object], catalogue: Mapping[str, Indicator]) -> bool:
    """True of a ratio of spend to people, whose limits are of rounding only."""
    indicator = catalogue.get(str(row.get("indicator_id")))
    return indicator is not None and indicator.has_rounding_limits


def marks_in_use(statuses: Iterable[object]) -> list[tuple[str, str]]:
    """(mark, meaning) of every mark that occurs, in the order of MARKS."""
    used = {mark for status in statuses for mark in marks_of(status)}
    return [(mark, meaning) for mark, meaning in MARKS.items() if mark in used]


# Numbers ---------------------------------------------------------------------------------------


def digits(value: float, at_least: int, published: bool) -> str:
    """The number with thousands separators: a published one with every digit it was published with."""
    places = at_least
    if published:
        while places < 6 and round(value, places) != round(value, 9):
            places += 1
    text = f"{abs(value):,.{places}f}"
    return f"−{text}" if value < 0 and float(text.replace(",", "")) else text


def amount(value: object, indicator: Indicator, short: bool = False) -> str:
    """A value with its unit: '31%', '30.2 percentage points', '£3.60', '73,470 people'.

    `short` drops words that a heading or an axis already says.
    """
    if is_missing(value):
        return "[x]"
    published = indicator.data_class == "published"
    # Pounds are published whole ('around £570k') and nil as plain 0: no decimal is added to either.
    whole = indicator.measure == "pounds" and (not float(value) or abs(float(value)) >= 1000)
    text = digits(float(value), 0 if whole else indicator.decimals, published)
    return _with_unit(text, indicator, short)


def _with_unit(text: str, indicator: Indicator, short: bool) -> str:
    unit = indicator.unit.strip()
    match indicator.measure:
        case "percentage":
            return f"{text}%"
        case "points":
            points = "point" if text.lstrip("−") == "1" else "points"
            return f"{text} {points}" if short else f"{text} percentage {points}"
        case "pounds":
            scale = re.search(r"\b(million|billion|thousand)\b", unit)
            return f"£{text} {scale.group(1)}" if scale else f"£{text}"
        case "count" | "years" if not short:
            return f"{text} {unit}".strip()
        case _:
            return text


def value_text(
    row: Mapping[str, object], indicator: Indicator, short: bool = False, marks: bool = True
) -> str:
    """A row's value as it is shown: with its marks, and never as exactly 0% or 100% of people."""
    status = marks_of(row.get("obs_status"))
    if alone := [mark for mark in status if mark in ALONE]:
        return f"[{alone[0]}]"
    if is_missing(row.get("value")):
        return "[x]"
    text = _bounded(row, indicator) or amount(row["value"], indicator, short)
    return f"{text} {marks_text(row.get('obs_status'))}".strip() if marks else text


def _bounded(row: Mapping[str, object], indicator: Indicator) -> str | None:
    """A rate from returns in words that are never exactly none or all: 'under 6%', 'over 94%'."""
    if indicator.data_class != "returns" or indicator.measure != "percentage":
        return None
    if any(is_missing(row.get(limit)) for limit in ("lower_ci", "upper_ci")):
        return None
    value, lower, upper = (
        min(100.0, max(0.0, float(row[name]))) for name in ("value", "lower_ci", "upper_ci")
    )
    return intervals.show_rate(value, lower, upper, indicator.decimals)


def counts_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """'too few people for a share, about 5 of 15', of a share hidden for few people; else empty."""
    if indicator.data_class != "returns" or indicator.measure != "percentage" or "c" not in marks_of(row.get("obs_status")):
        return ""
    about = "about " if row.get("numerator") and row.get("denominator") else ""
    return f"too few people for a share, {about}{counted(row)}" if counted(row) else ""


def counted(row: Mapping[str, object]) -> str:
    """'25 of 85', 'fewer than 5 of 10', or empty where no count is held. Of protected counts, 0 is fewer than 5."""
    if is_missing(row.get("numerator")) or is_missing(row.get("denominator")):
        return ""
    some, everyone = float(row["numerator"]), float(row["denominator"])
    if not everyone:
        return FEWER_THAN_5
    return f"{some:,.0f} of {everyone:,.0f}" if some else f"{FEWER_THAN_5} of {everyone:,.0f}"


def interval_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """'29% to 41%', or an empty string when there is none."""
    lower, upper = row.get("lower_ci"), row.get("upper_ci")
    if is_missing(lower) or is_missing(upper):
        return ""
    places = max(indicator.decimals, 1 if indicator.measure == "points" else 0)
    low, high = (
        digits(float(limit), places, indicator.data_class == "published") for limit in (lower, upper)
    )
    if indicator.measure == "percentage":
        return f"{low}% to {high}%"
    return f"{low} to {high}"


ROUNDING_LIMITS = "limits from rounding"


def interval_name(indicator: Indicator) -> str:
    """What the limits beside a figure are: a 95% interval, or only how far rounding of the counts could move it."""
    return ROUNDING_LIMITS if indicator.has_rounding_limits else "95% interval"


RECORDED_ONLY = "recorded cases only: many follow-ups are blank or not due"


def counts_recorded_only(indicator: Indicator) -> bool:
    """True of a count that its own caveats say depends on follow-ups being recorded: it is not of everyone."""
    return any(re.search(r"\bfollow-ups? being recorded|\bnot recorded is not the same", each, re.IGNORECASE)
               for each in indicator.caveats)


def interval_line(row: Mapping[str, object], indicator: Indicator) -> str:
    """The interval for a card: the interval, or why there is none."""
    if text := interval_text(row, indicator):
        return f"{interval_name(indicator)} {text}"
    if indicator.is_survey:
        return "95% interval not published"
    if indicator.measure == "count":
        if indicator.data_class == "returns":
            return "within 4 of the true count; a few within 9"
        return RECORDED_ONLY if counts_recorded_only(indicator) else "a full count, not a sample"
    return "no interval published"


def base_text(row: Mapping[str, object], indicator: Indicator) -> str:
    """Who is counted, and how many when that is known: 'of 46,930 people who started'."""
    if is_missing(row.get("denominator")):
        return indicator.base
    return f"{indicator.base} ({float(row['denominator']):,.0f})"


# Differences -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """One value less another, with its 95% interval when both have one."""

    estimate: float
    lower: float | None = None
    upper: float | None = None
    why_untested: str = "no interval"

    @property
    def direction(self) -> str:
        """'higher', 'lower', 'none' (no clear difference) or 'untested' (no interval)."""
        if self.lower is None or self.upper is None:
            return "untested"
        if self.lower > 0:
            return "higher"
        return "lower" if self.upper < 0 else "none"


def difference(row: Mapping[str, object], other: Mapping[str, object], indicator: Indicator) -> Difference | None:
    """`row` less `other`, with an interval if both have one; None if either has no value.

    Limits from rounding say nothing of chance, so a difference of two such figures is not tested.
    """
    if is_missing(row.get("value")) or is_missing(other.get("value")):
        return None
    a, b = float(row["value"]), float(other["value"])
    if indicator.has_rounding_limits:
        return Difference(a - b, why_untested=ROUNDING_LIMITS)
    limits = [row.get("lower_ci"), row.get("upper_ci"), other.get("lower_ci"), other.get("upper_ci")]
    if any(is_missing(limit) for limit in limits):
        return Difference(a - b)
    low_a, high_a, low_b, high_b = (float(limit) for limit in limits)
    return Difference(
        *map(
            float,
            intervals.difference(a, intervals.Interval(low_a, high_a), b, intervals.Interval(low_b, high_b)),
        )
    )


def verdict(found: Difference | None, indicator: Indicator) -> str:
    """'better', 'worse', 'neutral' (clear, but neither) or 'none': the colour and shape of a mark."""
    direction = found.direction if found else "untested"
    if direction not in ("higher", "lower"):
        return "none"
    if indicator.direction == "no_direction":
        return "neutral"
    return "better" if (direction == "higher") == (indicator.direction == "higher_is_better") else "worse"


def by_chance(comparisons: int) -> str:
    """How many of so many 95% comparisons would look clear if there were no difference: one in twenty."""
    if comparisons < 2:
        return ""
    return (f"{comparisons} differences are tested: if there were none, each would still have a chance of one in "
            "twenty to look clear")


NOT_COMPARED = "no figure to compare"


def compared(found: Difference | None, with_what: str) -> str:
    """'higher than Scotland', 'no clear difference from Scotland' or why it cannot be said."""
    if found is None:
        return NOT_COMPARED
    match found.direction:
        case "higher" | "lower" as way:
            return f"{way} than {with_what}"
        case "none":
            return f"no clear difference from {with_what}"
        case _:
            return f"not tested against {with_what}: {found.why_untested}"


def judged(
    rows: Iterable[Mapping[str, object]],
    other: Mapping[str, object] | None,
    with_what: str,
    indicator: Indicator,
) -> list[dict]:
    """Each row with `verdict` and `compared`, against one other row; the other itself is 'reference'."""
    found = []
    for row in rows:
        if other is None or (row["area_code"] == other["area_code"] and row["period"] == other["period"]):
            found.append({**row, "verdict": "none", "compared": "" if other else NOT_COMPARED})
            continue
        gap = difference(row, other, indicator)
        found.append({**row, "verdict": verdict(gap, indicator), "compared": compared(gap, with_what)})
    return found


VERDICT_LEGEND = {
    "better": "● blue: better",
    "worse": "◆ orange: worse",
    "neutral": "● filled: clearly different",
    "none": "○ grey: no clear difference, or not tested",
}


def verdict_legend(rows: Iterable[Mapping[str, object]], with_what: str) -> str:
    """The signs in use and what they mean."""
    used = {str(row.get("verdict")) for row in rows}
    signs = [words for name, words in VERDICT_LEGEND.items() if name in used]
    return f"Against {with_what}: {' · '.join(signs)}." if signs else ""


def comparison_title(
    rows: Sequence[Mapping[str, object]], indicator: Indicator, with_what: str, chosen: str = ""
) -> str:
    """The message of a comparison: the chosen area's, else how many can be told apart. Never a rank."""
    without = f"{with_what} has no figure to compare with"
    own = next((row for row in rows if row["area_code"] == chosen), None)
    if own is not None and own.get("compared"):
        if is_missing(own["value"]):
            return f"{own['area']}: no figure to show"
        value = f"{own['area']}: {value_text(own, indicator, short=True)}"
        return f"{value}; {without}" if own["compared"] == NOT_COMPARED else f"{value}, {own['compared']}"
    tested = [row for row in rows if row.get("compared") and not is_missing(row["value"])]
    if not tested:
        return indicator.title
    if all(row["compared"] == NOT_COMPARED for row in tested):
        return f"{indicator.title} in {plural(len(tested), 'area')}: {without}"
    ways = [str(row["compared"]).split(" ")[0] for row in tested]
    higher, lower = ways.count("higher"), ways.count("lower")
    if "not" in ways:
        return (
            f"{indicator.title} in {plural(len(tested), 'area')}: {why_untested(indicator).lower()}, so none is ranked"
        )
    few = sum(way in ("higher", "lower") and "u" in marks_of(row.get("obs_status"))
              for way, row in zip(ways, tested, strict=True))
    return (
        f"{higher} of {len(tested)} areas {'is' if higher == 1 else 'are'} higher than {with_what} and {lower} lower; "
        f"{len(tested) - higher - lower} cannot be told apart"
        f"{f'; {on_few_people(few, higher + lower)}' if few else ''}"
    )


def on_few_people(few: int, clear: int) -> str:
    """'1 of the 12 told apart rests on few people [u]': how many clear differences are of low reliability."""
    if clear == 1:
        return "the one told apart rests on few people [u]"
    return f"{few} of the {clear} told apart {'rests' if few == 1 else 'rest'} on few people [u]"


def why_untested(indicator: Indicator) -> str:
    """Why figures of this indicator are not told apart."""
    if indicator.has_rounding_limits:
        return "Its limits are of rounding only"
    return "No interval is published"


def changed(now: Mapping[str, object], before: Mapping[str, object], indicator: Indicator) -> str:
    """The change between two rows in words, for a card: never a direction the interval does not show."""
    found, when = difference(now, before, indicator), before.get("period_label")
    if found is None:
        return "no earlier figure to compare"
    if has_break_between(before, now, indicator):
        return f"not comparable with {when}: break in the series"
    match found.direction:
        case "higher" | "lower" as way:
            return f"{way} than {when} ({amount(before['value'], indicator, short=True)})"
        case "none":
            return f"no clear change since {when}"
        case _:
            return f"{amount(before['value'], indicator, short=True)} in {when}; change not tested"


def change_sentences(rows: Iterable[Mapping[str, object]], catalogue: Mapping[str, Indicator]) -> list[str]:
    """Is it getting better? What has clearly changed, what has not, and that the rest is not tested.

    `rows`: latest figures with the one before (view `latest`). Running totals hold the one before: left out.
    """
    clear, alike, untested = [], {}, 0
    for row in rows:
        indicator, before = catalogue[str(row["indicator_id"])], before_of(row)
        if before is None or is_missing(row["value"]):
            continue
        found = difference(row, before, indicator)
        if has_break_between(before, row, indicator) or found is None or found.direction == "untested":
            untested += 1
        elif found.direction == "none":
            when = f"from {before['period_label']} to {row['period_label']}"
            alike.setdefault(when, []).append(indicator.title[:1].lower() + indicator.title[1:])
        else:
            clear.append(f"{indicator.title}: **{found.direction}** in {row['period_label']} than in {before['period_label']}.")
    said = clear + [f"**No clear change** {when}: {listed(names)}." for when, names in alike.items()]
    if untested:
        said.append(f"The latest change of {plural(untested, 'other measure' if said else 'measure')} cannot be tested.")
    return said


def has_break_between(before: Mapping[str, object], now: Mapping[str, object], indicator: Indicator) -> bool:
    """True if the series was broken after `before` and up to `now` (both rows carry `end_date`)."""
    if "b" in marks_of(now.get("obs_status")):
        return True
    first, last = str(before.get("period")), str(now.get("period"))
    return any(first < each.period <= last for each in indicator.breaks)


# Sentences -------------------------------------------------------------------------------------


def spell_out(sentences: Sequence[str]) -> list[str]:
    """The sentences with each abbreviation spelled out where it first appears."""
    seen: set[str] = set()

    def expand(match: re.Match) -> str:
        short = match.group(0)
        if short.rstrip("s") in seen:
            return short
        seen.add(short.rstrip("s"))
        return SPELLED_OUT[short]

    pattern = re.compile(r"(?<!\()\b(" + "|".join(SPELLED_OUT) + r")\b(?!\))")
    return [pattern.sub(expand, sentence) for sentence in sentences]


def in_period(label: object) -> str:
    """'in 2023', 'in Jul–Sep 2025 (Q2 2025-26)', 'from Apr 2019 to Sep 2024'."""
    text = str(label)
    if text.lower().startswith("to "):
        return f"up {text[0].lower()}{text[1:]}"
    return f"from {text}" if " to " in text else f"in {text}"


def latest_sentence(row: Mapping[str, object], indicator: Indicator, place: str = "") -> str:
    """'Disability employment gap: 30.2 percentage points in 2023.'"""
    where = f" in {place}" if place else ""
    return f"{indicator.title}{where}: {value_text(row, indicator)} {in_period(row['period_label'])}."


def trend_title(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The message of a trend: its latest figure against its first comparable one."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    if not known:
        return f"{indicator.title}: no figure to show"
    last = known[-1]
    latest = f"{amount(last['value'], indicator)} {in_period(last['period_label'])}"
    # A running total holds every earlier one: the two are not compared.
    comparable = [row for row in known[:-1] if not has_break_between(row, last, indicator)
                  and not (row.get("frequency") == last.get("frequency") == "to_date")]
    if not comparable:
        return f"{indicator.title}: {latest}"
    return f"{indicator.title}: {latest}, {changed(last, comparable[0], indicator)}"


def trend_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, place: str) -> str:
    """What a trend chart shows, in sentences under 25 words."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    if not known:
        return f"{indicator.title}, {place}: no figure to show."
    first, last = known[0], known[-1]
    sentences = [
        f"Line chart: {indicator.title}, {place}.",
        f"{amount(first['value'], indicator)} {in_period(first['period_label'])}; "
        f"{amount(last['value'], indicator)} {in_period(last['period_label'])}.",
    ]
    if len(known) > 2:
        low, high = (f(known, key=lambda row: float(row["value"])) for f in (min, max))
        sentences.append(
            f"Lowest {amount(low['value'], indicator, short=True)} {in_period(low['period_label'])}, "
            f"highest {amount(high['value'], indicator, short=True)} {in_period(high['period_label'])}."
        )
    sentences += [f"The series breaks at {each.period}: {each.label}." for each in indicator.breaks]
    if hidden := len(rows) - len(known):
        sentences.append(f"{hidden} of {len(rows)} figures cannot be shown.")
    return " ".join(sentences)


def comparison_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, period: str) -> str:
    """What a comparison of areas shows: counted, never ranked."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    sentences = [f"Dots with intervals: {indicator.title}, {len(rows)} areas, {period}."]
    if not known:
        return f"{sentences[0]} No figure to show."
    values = [float(row["value"]) for row in known]
    sentences.append(
        f"From {amount(min(values), indicator, short=True)} to {amount(max(values), indicator, short=True)}."
    )
    if missing := len(rows) - len(known):
        sentences.append(f"{missing} of {len(rows)} have no figure to show.")
    return " ".join(sentences)


def listed(items: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def plural(count: int, noun: str, many: str = "") -> str:
    """'1 partnership', '7 partnerships'."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def sentence_case(text: str) -> str:
    """The text with its first letter raised."""
    return text[:1].upper() + text[1:]


def subtitle(indicator: Indicator, place: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Measure, unit, place and periods: 'Employment rate, % of people, Scotland, 2014 to 2023'."""
    labels = list(dict.fromkeys(str(row["period_label"]) for row in rows))
    when = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""
    if len(labels) > 1 and rows[-1].get("frequency") == "to_date":
        when = f"{len(labels)} running totals, the last {labels[-1]}"
    return ", ".join(part for part in (indicator.title, indicator.unit, place, when) if part)


def interval_note(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """What the interval is, or why there is none."""
    if indicator.has_rounding_limits:
        return "95%, for rounding of the count of people only: spend is taken as exact. Differences are not tested."
    some = any(not is_missing(row.get("lower_ci")) for row in rows)
    if not some and any(counts_text(row, indicator) for row in rows):
        return "None: too few people for a share, so only counts are shown."
    if not some:
        return "None is published, so changes and differences are not tested."
    if indicator.data_class == "returns":
        return (
            "95%, for the chance variation of figures like these and for rounding. "
            "Everyone is counted: it is not a sampling interval."
        )
    return "95%, as published."


def before_of(row: Mapping[str, object]) -> dict | None:
    """The earlier figure that the view `latest` puts beside a row, as a row of its own."""
    if is_missing(row.get("before_value")):
        return None
    return {
        "period": row["before_period"],
        "period_label": row["before_label"],
        "value": row["before_value"],
        "lower_ci": row["before_lower_ci"],
        "upper_ci": row["before_upper_ci"],
        "obs_status": row["before_status"],
    }


def breakdown_title(rows: Sequence[Mapping[str, object]], indicator: Indicator, label: str) -> str:
    """Two groups are compared; more are only introduced."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known and any(counts_text(row, indicator) for row in rows):
        return f"{indicator.title} by {label[:1].lower() + label[1:]}: too few people for a share, counts only"
    if len(known) == 2:
        first, second = known
        return (
            f"{first['group']}: {value_text(first, indicator, short=True)}; {second['group']}: "
            f"{value_text(second, indicator, short=True)}; {told_apart(difference(first, second, indicator))}"
        )
    return f"{indicator.title} by {label[:1].lower() + label[1:]}"


def told_apart(found: Difference | None) -> str:
    """Whether two figures can be told apart, in words."""
    match found.direction if found else "untested":
        case "higher" | "lower":
            return "a clear difference"
        case "none":
            return "they cannot be told apart"
        case _:
            return "not tested, as no interval is published"


def breakdown_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, label: str, period: str) -> str:
    """Each group's figure, a few to a sentence."""
    parts = [f"{row['group']} {value_text(row, indicator, short=True)}" for row in rows]
    sentences = [f"Dots: {indicator.title} by {label.lower()}, {period}."]
    sentences += [f"{listed(parts[start : start + 4])}." for start in range(0, len(parts), 4)]
    return " ".join(sentences)


# The disability employment gap ------------------------------------------------------------------


def path_title(
    rows: Sequence[Mapping[str, object]], aims: Sequence[Mapping[str, object]], indicator: Indicator
) -> str:
    """The message of a series with a target: where it is and where it should be."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known:
        return f"{indicator.title}: no figure to show"
    now = f"{amount(known[-1]['value'], indicator, short=True)} {in_period(known[-1]['period_label'])}"
    if not aims:
        return f"{indicator.title}: {now}"
    return (
        f"{indicator.title}: {now}; the target is {amount(aims[-1]['value'], indicator, short=True)} "
        f"by {aims[-1]['period_label']}"
    )


def rough_guide(rows: Sequence[Mapping[str, object]], start: Mapping[str, object], indicator: Indicator) -> str:
    """What the last figure can be told apart from, by the rough half-width that the caveats state; empty without one.

    'By a rough guide of ours, 2023 can be told apart from 2016, but not from 2022.' A difference of two
    figures, each within so many points, is told apart beyond that times the square root of two.
    """
    stated = next((found for each in indicator.caveats
                   if (found := re.search(r"rough guide.*plus or minus ([\d.]+) points", each))), None)
    known = [row for row in rows if not is_missing(row["value"])]
    if stated is None or len(known) < 3 or start["period"] in (known[-1]["period"], known[-2]["period"]):
        return ""
    last, before = known[-1], known[-2]
    ways = {True: [], False: []}
    for row in (start, before):
        gap = abs(float(last["value"]) - float(row["value"]))
        ways[gap > float(stated[1]) * math.sqrt(2)].append(f"from {row['period_label']}")
    said = [f"{verb} be told apart {listed(ways[way])}" for way, verb in ((True, "can"), (False, "cannot")) if ways[way]]
    return f"By a rough guide of ours, {last['period_label']} {', but '.join(said)}."


def target_alt(aims: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The path, for those who do not see it."""
    if len(aims) < 2:
        return ""
    return (
        f" A dashed line runs from {amount(aims[0]['value'], indicator, short=True)} in "
        f"{aims[0]['period_label']} to the target of {amount(aims[-1]['value'], indicator, short=True)} "
        f"in {aims[-1]['period_label']}."
    )


def rates_alt(
    rows: Sequence[Mapping[str, object]], aims: Sequence[Mapping[str, object]], indicator: Indicator
) -> str:
    """Two lines and their milestones in words."""
    sentences = ["Line chart of two employment rates, Scotland."]
    for name in dict.fromkeys(str(row["series"]) for row in rows):
        own = [row for row in rows if row["series"] == name]
        sentences.append(
            f"{name}: {amount(own[0]['value'], indicator)} in {own[0]['period_label']}, "
            f"{amount(own[-1]['value'], indicator)} in {own[-1]['period_label']}."
        )
    sentences += [f"Milestone: {amount(aim['value'], indicator)} by {aim['period_label']}." for aim in aims]
    return " ".join(sentences)


@dataclass(frozen=True)
class Split:
    """The change of a gap between two periods, as rows of text: each rate, then the gap."""

    first: str
    last: str
    rows: tuple[tuple[str, str, str, str], ...]


def split_of_change(rows: Sequence[Mapping[str, object]], upper: str, lower: str) -> Split | None:
    """Both rates in the first and last period that hold both; None if there are not two such periods."""
    held = {(row["indicator_id"], row["period"]): row for row in rows if not is_missing(row["value"])}
    both = [
        row["period"]
        for row in rows
        if row["indicator_id"] == upper and (lower, row["period"]) in held and (upper, row["period"]) in held
    ]
    if len(both) < 2:
        return None
    first, last = both[0], both[-1]
    values = {
        name: (float(held[name, first]["value"]), float(held[name, last]["value"])) for name in (upper, lower)
    }
    moved = reach.split_gap_change(values[upper][0], values[lower][0], values[upper][1], values[lower][1])
    lines = [
        (name, *(f"{value:.1f}%" for value in values[key]), _signed(values[key][1] - values[key][0]))
        for key, name in ((upper, "Not disabled"), (lower, "Disabled"))
    ]
    gaps = [values[upper][when] - values[lower][when] for when in (0, 1)]
    lines.append(("Gap between these rates", *(f"{gap:.1f}" for gap in gaps), _signed(moved.change)))
    return Split(
        str(held[upper, first]["period_label"]), str(held[upper, last]["period_label"]), tuple(lines)
    )


def _signed(value: float) -> str:
    return f"+{value:.1f}" if value > 0 else f"−{abs(value):.1f}" if value < 0 else "0.0"


# Spine and parts ------------------------------------------------------------------------

def spine_title(found: Mapping[str, int], area: str) -> str:
    """How many measures are clearly better, worse or different: counts, never a score."""
    parts = [
        f"{found[name]} {word}"
        for name, word in (
            ("better", "clearly better"),
            ("worse", "clearly worse"),
            ("neutral", "clearly different"),
        )
        if found[name]
    ]
    rest = f"{found['none']} with no clear difference or not tested"
    return f"{area} against Scotland: {', '.join(parts + ([rest] if found['none'] else []))}"


def spine_alt(rows: Sequence[Mapping[str, object]], catalogue: Mapping[str, Indicator], area: str) -> str:
    """One sentence a measure."""
    lines = []
    for row in rows:
        indicator = catalogue[row["indicator_id"]]
        lines.append(f"{indicator.title} {value_text(row, indicator, short=True)}, {row['compared']}.")
    return " ".join([f"Spine chart of {plural(len(rows), 'measure')}: {area} against Scotland.", *lines])


def parts_alt(parts, opening: str) -> str:
    """Each bar's parts; `parts`: rows of label, part and share."""
    sentences = [f"{opening}."]
    for label in dict.fromkeys(parts["label"]):
        own = parts[parts["label"] == label].to_dict("records")
        shares = [f"{row['part'].lower()} {row['share']:.0f}%" for row in own]
        sentences.append(f"{label}: {listed(shares)}.")
    return " ".join(sentences)


def shorten(text: str, longest: int = 60) -> str:
    """A value given by a reader, short enough to repeat."""
    text = " ".join(str(text).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
