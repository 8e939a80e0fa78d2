"""Words of comparisons that are not league tables: ranks only with their range, signals only as questions."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods import spc
from dashboard.methods.detectable import Detectable
from dashboard.methods.funnel import Expected, Funnel
from dashboard.methods.missing import is_missing
from dashboard.words import marks, numbers, phrases

Row = Mapping[str, object]

WHAT_IS_THIS = (
    "**The funnel.** Each dot is a partnership: its rate, and how many people the rate is made from. Small areas vary "
    "more by chance, so the bands are wide on the left. The line in the middle is the typical area, each area counting "
    "for about as much as another, so that the largest does not set it. How many dots chance and usual differences put "
    "outside is simulated with these bases and said under the figure. A dot outside is a question to ask, not a "
    "verdict.",
    "**The ranks.** A single rank hides how little is known. The bar shows every rank an area could have. All the "
    "bars are right together at least 95 times in 100: if all areas were truly alike, a bar would leave any rank out "
    "in at most 5 of 100 editions.",
    "**The steadied estimate.** A small area's rate swings by chance. The steadied estimate (□) draws each rate towards "
    "the rate of all areas together, the more so the fewer people it is made from. An area unlike the others, as islands "
    "often are, is hardly drawn. The rate (●) stays the figure, and nothing else uses the estimate.",
    "**Like with like.** A family group holds councils that are alike in how rural they are, as the Improvement "
    "Service groups them. Who is served still differs: nothing here is adjusted for that.",
)
ALONE_NOTE = ("Areas are listed by the alphabet. Ranks are never shown without their range, and no area is "
              "called best or worst.")


def ordinal(rank: float) -> str:
    """'1st', '2nd', '13th'."""
    whole = int(rank)
    ending = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def rank_text(first: float, last: float, areas: int) -> str:
    """'between 6th and 19th of 32'; never a single rank without saying it is one."""
    if first == last:
        return f"{ordinal(first)} of {areas}"
    return f"between {ordinal(first)} and {ordinal(last)} of {areas}"


def rank_title(area: str, row: Row | None, areas: int, rows: Sequence[Row]) -> str:
    """The chosen area's range, or for Scotland how many areas could be anywhere."""
    if row is not None:
        return f"{area}: {rank_text(row['first'], row['last'], areas)} by rate"
    wide = sum(each["last"] - each["first"] >= areas / 2 for each in rows)
    return f"{wide} of {areas} areas could stand anywhere in a range of half the ranks or more"


def ranks_alt(rows: Sequence[Row], areas: int, indicator: Indicator, when: str) -> str:
    """Every area's range, a few to a sentence."""
    words = [f"{row['area']} {rank_text(row['first'], row['last'], areas)}" for row in rows]
    sentences = [f"Bars of the ranks each area could have: {indicator.title}, {when}."]
    return " ".join(sentences + [f"{phrases.listed(words[at:at + 4])}." for at in range(0, len(words), 4)])


_POSITIONS = {
    "higher": "above the 95% band",
    "lower": "below the 95% band",
    "within": "inside the 95% band, so no further out than areas usually are", "missing": "too much is missing to place it", "unknown": "too few people to place [c]", "absent": "no return sent, so no place [x]",
}


FUNNEL_RANGE_NOTE = ("An area has a place only where the range it could have, if all that is not recorded went one way, lies on one "
                     "side of the band. The bands are of what is recorded.")
RANKS_RANGE_NOTE = ("Two areas stand apart only where the ranges they could have, if all that is not recorded went one way, do not "
                    "meet either.")


def funnel_title(area: str, position: str, outside: int, areas: int, expected: float, missing: int = 0) -> str:
    """The chosen area's place, or for Scotland how many lie outside and how many would if the model held.

    `missing`: how many cannot be placed for what is not recorded of them.
    """
    if area == "Scotland" and missing:
        return f"Too much is missing to place {missing} of {areas} areas; {outside or 'none'} can be said to lie outside the 95% band"
    if area == "Scotland":
        return (f"{outside} of {areas} areas {'lies' if outside == 1 else 'lie'} outside the 95% band; "
                f"chance and usual differences would put about {expected:.1f} there")
    return f"{area}: {_POSITIONS[position]}"


def funnel_notes(fitted: Funnel, expected: Expected, areas: int) -> tuple[str, ...]:
    """Where the middle is, how far areas usually differ, and how many would lie outside all the same."""
    return (f"The middle line is the typical area, {100 * fitted.centre:.1f}%.",
            f"Usual differences between areas: τ² = {fitted.tau2:.4f} (Paule and Mandel, no area pulled in).",
            f"If areas differ only by chance and usually, about {expected.warning:.1f} of {areas} lie outside the 95% band.",
            f"Outside the 99.8% band it is {expected.alarm:.2f}. Both are simulated with these bases.",
            "Inside a band an area may still be told from the rest of Scotland: the band allows for how areas usually differ.")


def funnel_alt(area: str, position: str, outside: int, areas: int, indicator: Indicator, when: str, missing: int = 0) -> str:
    placed = "" if area == "Scotland" else f" {area}: {_POSITIONS[position]}."
    placed += f" Too much is missing to place {missing}." if missing else ""
    return (f"Funnel chart of {areas} areas: {indicator.title} by the size of the base, {when}. "
            f"{outside} of {areas} lie outside the 95% band.{placed}")


STEADIED_NOTE = ("The rate is the figure; the steadied estimate is a second reading of it (beta-binomial, empirical Bayes "
                 "over all areas with a rate, limited translation). Where the two differ much, the area is small. "
                 "An area far from the others is hardly drawn towards them: they say little about it.")


def steadied_of(row: Row) -> dict:
    """The steadied estimate of a row as a row of its own; `x` where there is none."""
    return {"value": row["steadied"], "lower_ci": row["steadied_lower"], "upper_ci": row["steadied_upper"],
            "obs_status": "x" if is_missing(row["steadied"]) else None}


def steadied_title(area: str, row: Row | None, rows: Sequence[Row], indicator: Indicator) -> str:
    """The chosen area's rate and then its steadied estimate; for Scotland how far each of them spreads."""
    if row is not None:
        rate = numbers.value_text(row, indicator, short=True)
        return f"{area}: {rate}; steadied estimate {numbers.value_text(steadied_of(row), indicator, short=True)}"
    known = [each for each in rows if not is_missing(each["steadied"])]
    ends = [[numbers.value_text(made(each), indicator, short=True, marks=False) for each in
             (min(known, key=lambda own: own[name]), max(known, key=lambda own: own[name]))]
            for name, made in (("value", dict), ("steadied", steadied_of))]
    recorded = ", as recorded," if indicator.is_of_records else ""
    return (f"Rates of {len(known)} areas{recorded} run from {ends[0][0]} to {ends[0][1]}; "
            f"steadied estimates from {ends[1][0]} to {ends[1][1]}")


def steadied_alt(rows: Sequence[Row], indicator: Indicator, when: str) -> str:
    """Every area's rate and steadied estimate, a few to a sentence."""
    words = [f"{row['area']} {numbers.value_text(row, indicator, short=True)}"
             + ("" if is_missing(row["steadied"]) else
                f" (steadied {numbers.value_text(steadied_of(row), indicator, short=True)})") for row in rows]
    sentences = [f"Lines from rates to steadied estimates, of the areas that move by more than a point: {indicator.title}, {when}."]
    return " ".join(sentences + [f"{phrases.listed(words[at:at + 4])}." for at in range(0, len(words), 4)])


def position_words(position: str) -> str:
    return _POSITIONS[position]


def like_title(rows: Sequence[Row], area: str) -> str:
    """The area against each comparator, in the words of the interval."""
    ways = list(dict.fromkeys(str(row["compared"]) for row in rows if row["compared"]))
    return f"{area}: {phrases.listed(ways)}" if ways else area


# Starts over time -------------------------------------------------------------------------------

MET = {"outside": "outside the limits", "run": "a run on one side", "trend": "a steady rise or fall", "near": "near one limit"}


def variation(segment: spc.Segment, rules: Sequence[str], absent: bool) -> str:
    """'usual', every rule met, or 'not judged' where a stretch has too few quarters or there is no count."""
    if not segment.judged or absent:
        return "not judged"
    return "; ".join(MET[rule] for rule in rules) or "usual"


def signals_title(drawn: spc.Chart, area: str) -> str:
    """By how many of the four rules starts vary more than usual; nothing where there are too few quarters to judge."""
    judged = sum(segment.stop - segment.start for segment in drawn.segments if segment.judged)
    if not judged:
        return f"{area}: too few quarters to tell a change in starts from usual variation"
    if not drawn.signals:
        return f"{area}: starts vary as they usually do in all {judged} quarters judged"
    met = len({signal.rule for signal in drawn.signals})
    return f"{area}: more than usual variation in starts, by {met} of {len(spc.RULES)} rules, in {judged} quarters judged"


XMR_NOTE = ("The limits are the average and 2.66 times the average step between quarters, and a little more for rounding. "
            "Where nothing but chance is at work, about 1 chart in 8 of 20 quarters still shows a signal. "
            "A signal is a question, not a finding.")
XMR_RULES = (*(f"{MET[rule][:1].upper()}{MET[rule][1:]}: {meaning}." for rule, meaning in spc.RULES.items() if rule != "outside"),
             "Not judged: the quarter lies in a stretch of fewer than 20.")


def starts(row: Row) -> str:
    """The count, or its mark."""
    if is_missing(row["value"]):
        return marks.marks_text(row.get("obs_status")) or "[x]"
    return f"{float(row['value']):,.0f}"


def xmr_alt(rows: Sequence[Row], drawn: spc.Chart, area: str) -> str:
    """First, last and the limits in words."""
    sentences = [f"Line chart of people who started each quarter, {area}.",
                 f"{starts(rows[0])} in {rows[0]['period_label']}; {starts(rows[-1])} in {rows[-1]['period_label']}."]
    for segment in drawn.segments:
        if segment.mean is not None:
            sentences.append(f"From {rows[segment.start]['period_label']} the average is {segment.mean:,.0f}, "
                             f"limits {segment.lower:,.0f} to {segment.upper:,.0f}.")
    return " ".join([*sentences, f"{signals_title(drawn, area)}."])


# Could we even tell? ----------------------------------------------------------------------------

def _up(change: float) -> int:
    """Whole points, rounded up so that the change is never said to be too small."""
    return int(-(-100 * change // 1))


def tell_title(area: str, one: Detectable, together: Detectable, years: int) -> str:
    """What would probably show next year, or, for a small area, over as many years as are put together."""
    if one.rise is not None or one.fall is not None:
        return f"{area}: next year {_change(one)} would probably show, not less"
    if years > 1 and (together.rise is not None or together.fall is not None):
        return (f"{area}: no change would show in one year; over {years} years together {_change(together)} "
                "would probably show")
    return f"{area} is too small for any change to show"


def _change(found: Detectable) -> str:
    """'a change of about 4 to 5 points', or only the way that could show."""
    if found.rise is None or found.fall is None:
        way, change = ("fall", found.fall) if found.rise is None else ("rise", found.rise)
        return f"only a {way} of about {phrases.plural(_up(change), 'point')}"
    low, high = sorted((_up(found.fall), _up(found.rise)))
    return f"a change of about {phrases.plural(high, 'point') if low == high else f'{low} to {high} points'}"


def both_ways(found: Detectable) -> str:
    """'fall of 9 points, rise of 10 points', or that none would show."""
    if found.rise is None and found.fall is None:
        return "none would show"
    return ", ".join(f"{way} of {phrases.plural(_up(change), 'point')}" if change is not None else f"no {way}"
                     for way, change in (("fall", found.fall), ("rise", found.rise)))


TELL_NOTE = ("Probably: in 8 years of 10, tested at 5%, if as many people start next year. Smaller changes may be real "
             "and still not show: no clear change is not proof of no change.")
TELL_RANGE_NOTE = ("Of what follow-ups recorded, a change in how much is recorded can look like a change in work, or hide one: the range is "
                   "what the rate could be if all that is not recorded went one way.")
