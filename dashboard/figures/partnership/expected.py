"""Fair comparison: what would be expected here if each group did as it does in the rest of Scotland."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Plot, Said, Table, plot, table
from dashboard.figures import compose
from dashboard.figures.equality import held
from dashboard.figures.equality import outcomes as by_group
from dashboard.figures.equality import words as groups
from dashboard.figures.recipe import Chooser
from dashboard.methods import verdict as rule
from dashboard.methods.expected import expected as standardised
from dashboard.methods.expected import expected_rate
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, equality, rates
from dashboard.read.edition import Answer, Edition, Row
from dashboard.read.equality import Group
from dashboard.words import differences, numbers, phrases

ENTERED, LATER = "entered", equality.OF_RECORDS
OUTCOME = Chooser("outcome", "Outcome", lambda edition, _: equality.MEASURES if edition.has_returns else {}, ENTERED)
MIXES = {"age_group": "ages", "disabled": "disability", "simd_quintile": "deprivation", "urban_rural_2": "urban and rural",
         "referral_group": "referral routes"}
AS_IT_IS = "Nothing: the rest of Scotland as it is"
COLUMNS = ("Allowing for", "Here (95% interval)", "Expected (95% interval)", "Here less expected, points (95% interval)")
RANGES, COMPARED = (f"{numbers.RANGE}: here", f"{numbers.RANGE}: expected"), "Compared"
METHOD = ("Expected: each group of this area's people is given the rate that the same group has in the rest of Scotland "
          "(indirect standardisation), one characteristic at a time.")
LIMITS = ("It allows for one characteristic at a time, never for all at once. It cannot allow for what the counts do not hold: "
          "how long people were out of work, their health, or the jobs there are nearby.")
RECORDS = "Nor can it allow for how well follow-ups are recorded here, and elsewhere: see the range."
UNKNOWN = "People whose answer is not known are a group of their own."
NOT_QUALITY = "What is left is a difference to ask about, not a measure of how good a service is."
NO_MIX = "Progress, experience and waits cannot be set against a mix of people: areas hold no counts of them by group."


@dataclass(frozen=True)
class Allowed:
    """One row: what was allowed for, the expected rate and what is observed less expected, as rows of `read.rates`.

    Of a rate of records, `expected` carries the range that what is not recorded allows.
    """

    mix: str
    expected: Row
    apart: Row
    found: rule.Verdict


@dataclass(frozen=True)
class Sides:
    """People by group, of one family of tables in the same years: here, in Scotland, and elsewhere in the order of Scotland's."""

    here: Mapping[str, Group]
    scotland: Mapping[str, Group]
    elsewhere: tuple[Group, ...]


@dataclass(frozen=True)
class Outcome:
    """One outcome of an area: its rate here, and what was expected of it by what was allowed for."""

    measure: str
    years: tuple[str, ...]
    here: Row
    rows: tuple[Allowed, ...]
    answer: Answer

    @property
    def when(self) -> str:
        return cohorts.years_label(self.years)

    @property
    def is_of_records(self) -> bool:
        return self.measure in LATER

    @property
    def label(self) -> str:
        """'Entered work at any time', 'Recorded in work at 13 weeks or later'."""
        return equality.MEASURES[self.measure] + (" at any time" if self.measure == ENTERED else "")

    def indicator(self, edition: Edition) -> Indicator | None:
        return edition.every_indicator.get(cohorts.MILESTONES[self.measure].indicator_id)


def expected(edition: Edition, choice: Choice) -> tuple[Said | Figure | Absent, ...]:
    """An outcome here, and what would be expected of it with this mix of people, one characteristic at a time."""
    name = edition.area_name(choice.area_code)
    if not edition.has_returns:
        return (Absent(f"{name}: no return is held, so nothing can be expected of its people."),)
    outcome = judged(edition, choice.area_code).get(choice.of(OUTCOME.name, ENTERED))
    if outcome is None:
        return (Absent(f"{name}: too few people, or no year old enough, to say what would be expected.", "c"),)
    said = compose.say(edition, choice, sentences(outcome), "partnership.expected")
    return (*said, _figure(edition, outcome, name))


def judged(edition: Edition, area_code: str) -> Mapping[str, Outcome]:
    """Every outcome that something can be expected of, by measure: all that is tested of the area is judged together."""
    def made(edition: Edition) -> Mapping[str, Outcome]:
        sides = cache(lambda family, years: _sides(edition, area_code, family, years))
        outcomes = [each for measure in (ENTERED, *LATER) if (each := _outcome(edition, area_code, measure, sides))]
        verdicts = iter(rule.in_family([row.found for each in outcomes for row in each.rows]))
        return {each.measure: replace(each, rows=tuple(replace(row, found=next(verdicts)) for row in each.rows))
                for each in outcomes}

    return edition.once(f"partnership: expected of {area_code}", made)


def _outcome(edition: Edition, area_code: str, measure: str, sides: Callable[[str, Sequence[str]], Sides]) -> Outcome | None:
    """One outcome, not yet judged; None where too few people are held, or no year is old enough.

    `sides` gives the people of the area and elsewhere by group, of a family and years.
    """
    years, answer = tuple(held.outcome_years(edition, measure)), held.journeys(edition, "M", [area_code, SCOTLAND])
    whole = sides("M", years)
    if not whole.here or not whole.scotland:
        return None
    (mine,) = whole.here.values()
    here = mine.rate(measure) | mine.range_of(measure)
    if here["obs_status"] == "c":
        return None
    rows = [_as_it_is(whole, here, measure)]
    rows += [made for by, mix in MIXES.items() if (made := _with_mix(sides(f"B_{by}", years), len(years), mix, here, measure))]
    asked = (held.journeys(edition, f"B_{by}", [area_code, SCOTLAND]) for by in MIXES)
    return Outcome(measure, years, here, tuple(rows), answer.joined_by(*asked))


def _sides(edition: Edition, area_code: str, family: str, years: Sequence[str]) -> Sides:
    here = _groups(held.journeys(edition, family, [area_code]).rows, years)
    scotland = _in_scotland(edition, family, years)
    return Sides(here, scotland, tuple(_elsewhere(group, here.get(name)) for name, group in scotland.items()))


def _groups(rows: Sequence[Row], years: Sequence[str]) -> dict[str, Group]:
    """Everyone of one area in these years, by group: known, unknown and below working age."""
    found = equality.breakdown(rows, years)
    return {group.category: group for group in (*found.groups, *found.unknown, *found.outside)} if found else {}


def _elsewhere(everyone: Group, mine: Group | None) -> Group:
    """A group in the rest of Scotland: all of it less those here."""
    counts = {name: max(count - (mine.counts[name] if mine else 0), 0) for name, count in everyone.counts.items()}
    return replace(everyone, counts=counts, cells=everyone.cells + (mine.cells if mine else 0))


def _as_it_is(whole: Sides, here: Row, measure: str) -> Allowed:
    """The rest of Scotland, nothing allowed for."""
    (everyone,), (elsewhere,) = whole.scotland.values(), whole.elsewhere
    rest = rates.rest_of(everyone.rate(measure), here) | elsewhere.range_of(measure)
    apart = rates.difference(here, rest, (here["cells"], rest["cells"]))
    return Allowed(AS_IT_IS, rest, apart, _verdict(apart, here, rest, measure))


def _in_scotland(edition: Edition, family: str, years: Sequence[str]) -> Mapping[str, Group]:
    """Everyone of Scotland in these years, by group."""
    return edition.once(f"partnership: Scotland by {family} in {', '.join(years)}", lambda edition: MappingProxyType(
        _groups(held.journeys(edition, family, [SCOTLAND]).rows, years)))


def _with_mix(sides: Sides, years: int, mix: str, here: Row, measure: str) -> Allowed | None:
    """What would be expected with this mix, over so many years; None where the area or Scotland is not held by it."""
    if not sides.here or not sides.scotland:
        return None
    mine = [sides.here[name].pair(measure) if name in sides.here else (0, 0) for name in sides.scotland]
    others = sides.elsewhere
    made = standardised(mine, [each.pair(measure) for each in others], years, 2 * years)
    level, apart = (dict(zip(rates.HIDDEN, (100 * float(each) for each in estimate), strict=True)) | {"obs_status": here["obs_status"]}
                    for estimate in made)
    level |= _range(mine, others, measure)
    return Allowed(f"Mix of {mix}", level, apart, _verdict(apart, here, level, measure))


def _range(mine: Sequence[tuple[int, int]], others: Sequence[Group], measure: str) -> dict[str, float]:
    """What is expected if every job that nothing is recorded of elsewhere was over, and if every one went on."""
    if measure not in LATER:
        return {}
    ends = [each.range_of(measure) for each in others]
    return {name: 100 * expected_rate(mine, [(end[name] / 100 * each.starts if end else 0, each.starts) for end, each
                                             in zip(ends, others, strict=True)]) for name in ("lowest", "highest")}


def _verdict(apart: Row, here: Row, there: Row, measure: str) -> rule.Verdict:
    return rates.verdict_of(apart, here, there, is_of_records=measure in LATER)


def _figure(edition: Edition, outcome: Outcome, name: str) -> Figure:
    subtitle = f"{outcome.label}, % of people who started in {outcome.when}, {name}: here, and as expected with its mix of people"
    notes = (METHOD, LIMITS, *((RECORDS, differences.RANGE_NOTE) if outcome.is_of_records else ()), UNKNOWN, NO_MIX,
             NOT_QUALITY, differences.FAMILY_NOTE)
    return compose.figure(
        edition, outcome.answer, title=title(_named(name, outcome), outcome.rows), subtitle=subtitle, table=_table(outcome, subtitle),
        plot=_drawn(edition, outcome, name), unit="% of people who started; percentage points", base=by_group.BASE,
        interval="95%, for the chance variation of figures like these and for rounding.", notes=notes)


def _table(outcome: Outcome, caption: str) -> Table:
    names = (*COLUMNS, *(RANGES if outcome.is_of_records else ()), COMPARED)
    return table(caption, names, [tuple(_cells(outcome, row)) for row in outcome.rows], range(1, len(names) - 1))


def _cells(outcome: Outcome, row: Allowed) -> Iterator[str]:
    yield from (row.mix, _rate(outcome.here), _rate(row.expected), groups.points(row.apart))
    if outcome.is_of_records:
        yield from (groups.range_text(outcome.here), groups.range_text(row.expected))
    yield differences.compared(row.found, "expected")


def _drawn(edition: Edition, outcome: Outcome, name: str) -> Plot | None:
    """Each expected rate as a dot with its interval, and the rate here as a line through them."""
    indicator, here = outcome.indicator(edition), outcome.here
    if indicator is None or is_missing(here["value"]):
        return None
    drawn = [{**row.expected, "group": "Rest of Scotland" if row.mix == AS_IT_IS else row.mix, "verdict": "none",
              "period_label": outcome.when} for row in outcome.rows]
    words = f"{outcome.label[:1].lower()}{outcome.label[1:]}"
    alt = (f"{name}: {_percent(here)} {words}. Expected: "
           + phrases.listed([f"{each['group'][:1].lower()}{each['group'][1:]} {_percent(each)}" for each in drawn]) + ".")
    return plot("dots", drawn, alt, indicator=indicator.as_data(), label="group", reference=here["value"],
                reference_name="Here")


def _named(name: str, outcome: Outcome) -> str:
    """'Fife', or 'Fife, in work at 13 weeks': entered work is what is asked first."""
    return f"{name}, in work at {outcome.measure.removeprefix('weeks')} weeks" if outcome.is_of_records else name


def title(name: str, rows: Sequence[Allowed]) -> str:
    """What may be said once the mix of people is allowed for."""
    mixed = [row for row in rows if row.mix != AS_IT_IS]
    clear = [row for row in mixed if row.found.is_clear]
    if any(row.found.why == rule.ON_FEW_PEOPLE for row in rows):
        return f"{name}: not judged against what is expected, few people [u]"
    if not clear and any(row.found.why == rule.RECORDING for row in mixed):
        return f"{name}: {differences.TOO_MUCH_MISSING} with what is expected"
    if not clear:
        return f"{name}: no clear difference from what is expected, whichever mix of people is allowed for"
    ways = {row.found.direction for row in clear}
    which = "whichever mix of people is" if len(clear) == len(mixed) else f"{len(clear)} of {len(mixed)} mixes of people"
    if len(ways) > 1:
        return f"{name}: higher or lower than expected, by what is allowed for"
    return f"{name}: {ways.pop()} than expected, {which} allowed for"


def sentences(outcome: Outcome) -> list[str]:
    """The mix of ages first, as everyone asks it; then what may be said of all of them."""
    here, rows = outcome.here, outcome.rows
    if is_missing(here["value"]):
        return []
    first = next((row for row in rows if row.mix == f"Mix of {MIXES['age_group']}"), rows[0])
    level = (f"{outcome.label}: **{_percent(here)} here; {_percent(first.expected)} would be expected with this mix of ages**."
             if first.mix != AS_IT_IS else f"{outcome.label}: **{_percent(here)} here**.")
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
