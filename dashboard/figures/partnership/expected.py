"""Fair comparison: what would be expected here if each group did as it does in the rest of Scotland."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Plot, Said, plot, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes
from dashboard.figures.equality import words as groups
from dashboard.methods import verdict as rule
from dashboard.methods.expected import expected as standardised
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, equality, rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import differences, phrases

MEASURE, INDICATOR = "entered", "entered_work"
MIXES = {"age_group": "ages", "disabled": "disability", "simd_quintile": "deprivation", "urban_rural_2": "urban and rural",
         "referral_group": "referral routes"}
AS_IT_IS = "Nothing: the rest of Scotland as it is"
COLUMNS = ("Allowing for", "Here (95% interval)", "Expected (95% interval)", "Here less expected, points (95% interval)", "Compared")
METHOD = ("Expected: each group of this area's people is given the rate that the same group has in the rest of Scotland "
          "(indirect standardisation), one characteristic at a time.")
LIMITS = ("It allows for one characteristic at a time, never for all at once. It cannot allow for what the counts do not hold: "
          "how long people were out of work, their health, or the jobs there are nearby.")
UNKNOWN = "People whose answer is not known are a group of their own."
NOT_QUALITY = "What is left is a difference to ask about, not a measure of how good a service is."


@dataclass(frozen=True)
class Allowed:
    """One row: what was allowed for, the expected rate and what is observed less expected, as rows of `read.rates`."""

    mix: str
    expected: Row
    apart: Row
    found: rule.Verdict


def expected(edition: Edition, choice: Choice) -> tuple[Said | Figure | Absent, ...]:
    """Entered work here, and what would be expected with this mix of people, one characteristic at a time."""
    name = edition.area_name(choice.area_code)
    if not edition.has_returns:
        return (Absent(f"{name}: no return is held, so nothing can be expected of its people."),)
    years, answer = held.outcome_years(edition, MEASURE), held.journeys(edition, "M", [choice.area_code, SCOTLAND])
    own, whole = (equality.breakdown([row for row in answer.rows if row["area_code"] == code], years)
                  for code in (choice.area_code, SCOTLAND))
    if own is None or whole is None or own.groups[0].rate(MEASURE)["obs_status"] == "c":
        return (Absent(f"{name}: too few people, or no year old enough, to say what would be expected.", "c"),)
    here, everyone = own.groups[0].rate(MEASURE), whole.groups[0].rate(MEASURE)
    asked = {by: _of_area(held.journeys(edition, f"B_{by}", None), choice.area_code) for by in MIXES}
    rows = [_as_it_is(here, everyone), *(made for by, each in asked.items()
                                         if (made := _with_mix(each, choice.area_code, years, MIXES[by], here)))]
    judged = [Allowed(row.mix, row.expected, row.apart, found)
              for row, found in zip(rows, rule.in_family([row.found for row in rows]), strict=True)]
    when = cohorts.years_label(years)
    figure = _figure(edition, answer.joined_by(*asked.values()), name, when, here, judged)
    said = compose.say(edition, choice, sentences(here, judged), "partnership.expected")
    return (*said, figure)


def _of_area(answer: Answer, area_code: str) -> Answer:
    """The rows of an area and of Scotland: every area is asked for at once, as each needs the same question answered."""
    return answer.keep([row for row in answer.rows if row["area_code"] in (area_code, SCOTLAND)])


def _as_it_is(here: Row, everyone: Row) -> Allowed:
    """The rest of Scotland, nothing allowed for."""
    rest = rates.rest_of(everyone, here)
    apart = rates.difference(here, rest, (here["cells"], rest["cells"]))
    return Allowed(AS_IT_IS, rest, apart, rates.verdict_of(apart))


def _with_mix(answer: Answer, area_code: str, years: Sequence[str], mix: str, here: Row) -> Allowed | None:
    """What would be expected with this mix; None where the area or Scotland is not held by it."""
    by_area = {code: {group.category: group for found in [equality.breakdown(
        [row for row in answer.rows if row["area_code"] == code], years)] if found
        for group in (*found.groups, *found.unknown, *found.outside)} for code in (area_code, SCOTLAND)}
    own, everyone = by_area[area_code], by_area[SCOTLAND]
    if not own or not everyone:
        return None
    pairs = [(own[name].pair(MEASURE) if name in own else (0, 0), group.pair(MEASURE)) for name, group in everyone.items()]
    made = standardised([mine for mine, _ in pairs],
                        [(max(theirs[0] - mine[0], 0), max(theirs[1] - mine[1], 0)) for mine, theirs in pairs],
                        len(years), 2 * len(years))
    status = here["obs_status"]
    level, apart = (dict(zip(rates.HIDDEN, (100 * float(each) for each in estimate), strict=True)) | {"obs_status": status}
                    for estimate in made)
    return Allowed(f"Mix of {mix}", level, apart, rates.verdict_of(apart))


def _figure(edition: Edition, answer: Answer, name: str, when: str, here: Row, rows: Sequence[Allowed]) -> Figure:
    subtitle = f"Entered work at any time, % of people who started in {when}, {name}: here, and as expected with its mix of people"
    cells = [(row.mix, _rate(here), _rate(row.expected), groups.points(row.apart), differences.compared(row.found, "expected"))
             for row in rows]
    return compose.figure(
        edition, answer, title=title(name, rows), subtitle=subtitle, table=table(subtitle, COLUMNS, cells, {1, 2, 3}),
        plot=_drawn(edition, here, rows, name, when), unit="% of people who started; percentage points", base=outcomes.BASE,
        interval="95%, for the chance variation of figures like these and for rounding.",
        notes=(METHOD, LIMITS, UNKNOWN, NOT_QUALITY, differences.FAMILY_NOTE))


def _drawn(edition: Edition, here: Row, rows: Sequence[Allowed], name: str, when: str) -> Plot | None:
    """Each expected rate as a dot with its interval, and the rate here as a line through them."""
    indicator = edition.every_indicator.get(INDICATOR)
    if indicator is None or is_missing(here["value"]):
        return None
    drawn = [{**row.expected, "group": "Rest of Scotland" if row.mix == AS_IT_IS else row.mix, "verdict": "none",
              "period_label": when} for row in rows]
    alt = (f"{name}: {_percent(here)} entered work. Expected: "
           + phrases.listed([f"{each['group'][:1].lower()}{each['group'][1:]} {_percent(each)}" for each in drawn]) + ".")
    return plot("dots", drawn, alt, indicator=indicator.as_data(), label="group", row_height=36, reference=here["value"],
                reference_name="Here")


def title(name: str, rows: Sequence[Allowed]) -> str:
    """What may be said once the mix of people is allowed for."""
    mixed = [row for row in rows if row.mix != AS_IT_IS]
    clear = [row for row in mixed if row.found.is_clear]
    if any(row.found.why == rule.ON_FEW_PEOPLE for row in rows):
        return f"{name}: not judged against what is expected, few people [u]"
    if not clear:
        return f"{name}: no clear difference from what is expected, whichever mix of people is allowed for"
    ways = {row.found.direction for row in clear}
    which = "whichever mix of people is" if len(clear) == len(mixed) else f"{len(clear)} of {len(mixed)} mixes of people"
    if len(ways) > 1:
        return f"{name}: higher or lower than expected, by what is allowed for"
    return f"{name}: {ways.pop()} than expected, {which} allowed for"


def sentences(here: Row, rows: Sequence[Allowed]) -> list[str]:
    """The mix of ages first, as everyone asks it; then what may be said of all of them."""
    if is_missing(here["value"]):
        return []
    first = next((row for row in rows if row.mix == f"Mix of {MIXES['age_group']}"), rows[0])
    level = (f"Entered work at any time: **{_percent(here)} here; {_percent(first.expected)} would be expected with this mix of ages**."
             if first.mix != AS_IT_IS else f"Entered work at any time: **{_percent(here)} here**.")
    by_found: dict[str, list[str]] = {}
    for row in rows:
        if row.mix != AS_IT_IS:
            by_found.setdefault(differences.compared(row.found, "expected"), []).append(row.mix.removeprefix("Mix of "))
    said = [f"Allowing for {phrases.listed(mixes, 'or')}, one at a time: **{words}**." for words, mixes in by_found.items()]
    return [level, *said, f"It allows for one mix at a time. {NOT_QUALITY}"] if said else [level]


def _percent(row: Mapping[str, object]) -> str:
    return groups.percent(row, 0)


def _rate(row: Row) -> str:
    """'32% (29% to 35%)'."""
    limits = groups.limits(row, 0)
    return f"{_percent(row)} ({limits})" if limits else _percent(row)
