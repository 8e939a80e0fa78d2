"""From starting support to lasting work: everyone who started, once each, and the answer in words."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, Table, plain, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.areas import read_against
from dashboard.figures.compare import measures
from dashboard.figures.jobs import held, words
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, recorded
from dashboard.read.edition import Edition
from dashboard.words import differences, marks, numbers

WITHIN = "entered_work_within_12_months"
PUBLISHED = "nolb_entered_employment_rate"
UNRECORDED = ("job_not_recorded", "job_not_due")
# Every state once, in the order of the journey: (key, label, states).
PARTS = (
    ("at52", "In work at 52 weeks", ("job_52",)),
    ("at26", "In work at 26 weeks, not recorded in work later", ("job_26",)),
    ("at13", "In work at 13 weeks, not recorded in work later", ("job_13",)),
    ("ended", "Entered work, not in work at 13 weeks", ("job_ended_13",)),
    ("unrecorded", "Entered work, 13 weeks not recorded", UNRECORDED),
    ("other", "Other positive outcome", ("other_positive",)),
    ("left", "Left, no outcome recorded", ("left_no_outcome",)),
    ("support", "Still in support", ("in_support",)),
)
# Darker is longer in work; hatched is not known; greys are no outcome recorded.
LOOKS = {"at52": ("sequential.4", "surface"), "at26": ("sequential.3", "surface"), "at13": ("sequential.2", "surface"),
         "ended": ("sequential.0", "ink"), "unrecorded": ("surface", "line"), "other": ("series.1", "light.ink"),
         "left": ("band_strong", "ink"), "support": ("band", "ink")}

Rates = Mapping[str, dict]


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """Do people get work, and does it last? What is published first, then the same rows as the journey."""
    if not held.has_returns(edition):
        return compose.say(edition, choice, [words.NO_RETURNS, "The published figures of earlier programmes are below."])
    area_code = held.area_of(choice)
    own, years = _rates(edition, [area_code])
    name, indicator = edition.area_name(area_code), edition.catalogue[held.RATE]
    if not own:
        return compose.say(edition, choice, [words.no_return(name)])
    started = words.starters(own["entered"], name, cohorts.years_label(years))
    if is_missing(own["entered"]["value"]):
        return compose.say(edition, choice, [started, words.too_few(name)], "jobs.journey")
    if "u" in marks.marks_of(own["entered"]["obs_status"]):
        return compose.say(edition, choice, [started, words.few(name)], "jobs.journey")
    whose = "Made-up return" if edition.synthetic else "Returns"
    entered = words.entered(own, indicator, name, cohorts.years_label(years), whose)
    if area_code == SCOTLAND:
        texts = [entered, words.lasted(own, indicator, without_record=True)]
        return compose.at_a_glance((*compose.say(edition, choice, _published(edition), "jobs.published"),
                                    *compose.say(edition, choice, texts, "jobs.journey")))
    against = words.against(_against_scotland(edition, area_code, years), "At 13 weeks")
    texts = [entered, words.lasted(own, indicator), words.possible(own, indicator), against]
    return compose.at_a_glance(compose.say(edition, choice, texts, "jobs.journey"))


def journey(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Everyone who started, once each, by how far they are recorded to have got."""
    if absent := held.missing(edition, choice):
        return absent
    area_code = held.area_of(choice)
    against = read_against(edition, area_code)
    asked = {label: returns.counts(edition, "M", codes) for label, codes in against.items()}
    made = {label: _rates(edition, codes) for label, codes in against.items()}
    everyone = {label: rates for label, (rates, _) in made.items() if rates}
    drawn = {label: rates for label, rates in everyone.items() if not is_missing(rates["entered"]["value"])}
    name, indicator = edition.area_name(area_code), edition.catalogue[held.RATE]
    own, years = made[name]
    if not own or not drawn:
        return ()
    when, (first, *others) = cohorts.years_label(years), asked.values()
    subtitle = f"How far people are recorded to have got, each counted once, % of people who started in {when}"
    texts = {label: [(part, words.share(rates[key], indicator)) for key, part, _ in PARTS]
             for label, rates in drawn.items()}
    return (compose.figure(
        edition, first.joined_by(*others),
        title=words.journey_title(own, name, indicator) if name in drawn else words.too_few(name), subtitle=subtitle,
        table=_table(everyone, indicator, subtitle),
        plot=plot("journey", _stretches(drawn, indicator),
                  words.bars_alt("Stacked bars of everyone who started, each counted once", texts), parts=[
                      {"category": key, "label": part, "colour": LOOKS[key][0], "ink": LOOKS[key][1],
                       "hatched": key == "unrecorded"} for key, part, _ in PARTS],
                  brackets=[each for label, rates in drawn.items() for each in _brackets(label, rates, indicator)]),
        unit=indicator.unit, base="People who started support", interval=numbers.interval_note([own["entered"]], indicator),
        notes=[words.NOT_FAILURE,
               f"Start years that ended at least two years and a quarter ago, after the change of return template: {when}.",
               "Someone who found work late may still not be due a follow-up.",
               "Not recorded in work later is either out of work or not recorded: the two cannot be told apart here.",
               differences.RANGE_NOTE,
               *words.rounding(max(rates["entered"]["cells"] for rates in drawn.values()))]),)


def _published(edition: Edition) -> list[str]:
    """The published share that entered work, where it is held."""
    if PUBLISHED not in edition.catalogue:
        return []
    rows = edition.ask("latest", area_code=SCOTLAND, indicators=[PUBLISHED]).rows
    return [words.published(row, edition.catalogue[PUBLISHED]) for row in rows if not is_missing(row["value"])]


def _against_scotland(edition: Edition, area_code: str, years: Sequence[str]) -> str:
    """What every page says of an area against Scotland, on being in work at 13 weeks, over these years together."""
    held = measures.over_years(edition, cohorts.MILESTONES["weeks13"].indicator_id, years)
    return measures.verdict_of(edition, held, area_code) if held else differences.NOT_COMPARED


def _rates(edition: Edition, area_codes: Sequence[str]) -> tuple[Rates, Sequence[str]]:
    """Each exclusive part and each milestone as rates of the same mature cohorts; empty where there are none."""
    return edition.once(f"jobs: rates of {', '.join(area_codes)}", lambda edition: plain(_rates_of(edition, area_codes)))


def _rates_of(edition: Edition, area_codes: Sequence[str]) -> tuple[dict[str, dict], list[str]]:
    counted = returns.counts(edition, "M", area_codes)
    last = cohorts.MILESTONES["weeks52"]
    years = cohorts.years_that_count(cohorts.held_years(counted.rows), last.months, returns.cut_off(edition),
                                     held.breaks_of(edition, last))
    if not years:
        return {}, []
    wanted = {key: states for key, _, states in PARTS} | {
        key: milestone.states for key, milestone in cohorts.MILESTONES.items()}
    made = {key: cohorts.pooled(counted.rows, states, years) for key, states in wanted.items()}
    kept = [row for row in edition.ask("recorded", characteristic="all").rows
            if row["area_code"] in area_codes and row["period"] in years]
    ranges = {key: recorded.known_range(kept, recorded.MILESTONES[milestone.indicator_id])
              for key, milestone in cohorts.MILESTONES.items() if milestone.indicator_id in recorded.MILESTONES}
    return {key: row | ranges.get(key, {}) for key, row in made.items()}, years


def _stretches(drawn: Mapping[str, Rates], indicator: Indicator) -> list[dict]:
    return [{"label": label, "category": key, "share": rates[key]["value"],
             "said": words.share(rates[key], indicator)} for label, rates in drawn.items() for key, _, _ in PARTS]


def _brackets(label: str, rates: Rates, indicator: Indicator) -> list[dict]:
    """What the parts of one bar add up to: who entered work, of whom it is known that it lasted, of whom nothing is."""
    said = {key: words.share(rates[key], indicator) for key in rates}
    return [
        {"label": label, "side": "above", "categories": ["at52", "at26", "at13", "ended", "unrecorded"],
         "text": f"{said['entered']} entered work", "more": words.interval(rates["entered"], indicator)},
        {"label": label, "side": "below", "categories": ["at52", "at26", "at13"],
         "text": f"{said['weeks13']} recorded in work at 13 weeks or later",
         "more": f"{said['at52']} at 52 weeks, {said['at26']} last at 26, {said['at13']} last at 13"},
        {"label": label, "side": "below", "categories": ["unrecorded"],
         "text": f"{said['unrecorded']} entered work, 13 weeks not recorded",
         "more": f"Not recorded is not a lost job; {said['ended']} were not in work at 13 weeks"}]


def _table(everyone: Mapping[str, Rates], indicator: Indicator, caption: str) -> Table:
    """The exclusive parts, then the milestones that add some of them up, then who started."""
    lines = [(part, key) for key, part, _ in PARTS] + [
        (f"All who: {milestone.label[:1].lower()}{milestone.label[1:]}", key) for key, milestone in cohorts.MILESTONES.items()]
    rows = [[part, *(tables.value_and_interval(rates[key], indicator) for rates in everyone.values())]
            for part, key in lines]
    rows += [[f"{numbers.RANGE}: {cohorts.MILESTONES[key].label[:1].lower()}{cohorts.MILESTONES[key].label[1:]}",
              *(numbers.range_text(rates[key], indicator) for rates in everyone.values())]
             for key in ("weeks13", "weeks26", "weeks52")]
    rows.append(["People who started", *(returns.people_text(rates["entered"]["denominator"])
                                         for rates in everyone.values())])
    return table(caption, ("How far", *everyone), rows, range(1, len(everyone) + 1))
