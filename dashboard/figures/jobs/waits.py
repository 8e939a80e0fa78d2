"""From referral to start, with the waits nobody knows as their own band."""

from collections.abc import Mapping, Sequence

from dashboard.figure import Absent, Choice, Figure, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.areas import read_against
from dashboard.figures.jobs import held, words
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts
from dashboard.read.edition import Edition
from dashboard.words import numbers

WITHIN_4_WEEKS = "started_within_4_weeks"
WAITS = {"under_2_weeks": "Under 2 weeks", "2_4_weeks": "2 to 4 weeks", "4_8_weeks": "4 to 8 weeks",
         "over_8_weeks": "Over 8 weeks", "unknown": "Not known"}
LOOKS = {"under_2_weeks": ("sequential.4", "surface"), "2_4_weeks": ("sequential.3", "surface"),
         "4_8_weeks": ("sequential.2", "surface"), "over_8_weeks": ("sequential.0", "ink"), "unknown": ("surface", "line")}


def waits(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """How long people waited, each wait once, for the area, its family group and Scotland."""
    if absent := held.missing(edition, choice):
        return absent
    area_code = held.area_of(choice)
    asked = {label: returns.counts(edition, "W", codes) for label, codes in read_against(edition, area_code).items()}
    years = {label: cohorts.years_that_count(cohorts.held_years(answer.rows), 0, returns.cut_off(edition))
             for label, answer in asked.items()}
    made = {label: _rates(answer.rows, years[label]) for label, answer in asked.items()}
    shown = {label: rates for label, rates in made.items() if not is_missing(rates["within"]["value"])}
    name, indicator = edition.area_name(area_code), edition.every_indicator[WITHIN_4_WEEKS]
    if name not in shown:
        return ()
    first, *others = asked.values()
    subtitle = f"Wait from referral to start, % of everyone who started, {name}, {cohorts.years_label(years[name])}"
    texts = {label: [(wait, words.share(rates[key], indicator)) for key, wait in WAITS.items()]
             for label, rates in shown.items()}
    lines = [[wait, *(tables.value_and_interval(rates[key], indicator) for rates in shown.values())]
             for key, wait in [*WAITS.items(), ("within", "Within 4 weeks, of those whose wait is known")]]
    stretches = [{"label": label, "category": key, "share": rates[key]["value"]} for label, rates in shown.items() for key in WAITS]
    return (compose.figure(
        edition, first.joined_by(*others), title=words.waits_title(shown[name]["within"], name, indicator), subtitle=subtitle,
        table=table(subtitle, ("Wait", *shown), lines, range(1, len(shown) + 1)),
        plot=plot("stacks", stretches, words.bars_alt("Stacked bars of waits from referral to start", texts), parts=[
            {"category": key, "label": wait, "colour": LOOKS[key][0], "ink": LOOKS[key][1], "hatched": key == "unknown"}
            for key, wait in WAITS.items()]),
        unit="% of people who started", base="People who started support",
        interval=numbers.interval_note([shown[name]["within"]], indicator), notes=indicator.caveats),)


def _rates(rows: Sequence[Mapping[str, object]], years: Sequence[str]) -> dict[str, dict]:
    """Each wait as a share of everyone, and the share within four weeks of those whose wait is known."""
    by_state = [row | {"state": row["category"]} for row in rows]
    known = [row for row in by_state if row["category"] != "unknown"]
    return {key: cohorts.pooled(by_state, (key,), years) for key in WAITS} | {
        "within": cohorts.pooled(known, ("under_2_weeks", "2_4_weeks"), years)}
