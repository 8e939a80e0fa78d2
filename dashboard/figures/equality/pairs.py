"""Two characteristics together: six named pairs, Scotland only, and only while every group is large enough."""

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, tables, views, words
from dashboard.figures.equality.choosers import measure_of
from dashboard.read import availability, equality
from dashboard.read.edition import Answer, Edition
from dashboard.read.equality import Breakdown


def pair(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """One named pair in Scotland, or why it is withheld and the nearest safe views."""
    if not edition.has_returns:
        return (Absent(words.NO_RETURNS),)
    name, measure, area_code = choice.of("pair", "sex_disabled"), measure_of(choice), choice.area_code or SCOTLAND
    if area_code != SCOTLAND:
        return (views.pair_for_scotland(name, area_code, edition.area_name(area_code)),)
    found, answer = held.load_pair(edition, name, measure)
    if found is None:
        return (views.pair_withheld(name),)
    gaps, label, outcome = equality.gaps(found, measure), availability.PAIRS[name], equality.MEASURES[measure]
    subtitle = (f"{label}. {outcome}: percentage points from everyone else whose answers are known, people who started in "
                f"{words.years(found)}, Scotland")
    return (compose.figure(
        edition, answer, title=words.gap_title(gaps, outcome, found), subtitle=subtitle,
        table=tables.gap_table(subtitle, [(found, gaps)]), plot=outcomes.gap_plot([(found, gaps)], measure),
        unit=outcomes.UNIT, base=outcomes.BASE, interval=outcomes.INTERVAL,
        notes=[words.NOT_EFFECT, words.UNKNOWN_NOTE, views.WHY_PAIRS, *words.told_notes(measure),
               f"Every group shown has at least {equality.FEWEST_IN_PAIRS} people.", *found.footnotes]),
            _both_ways(edition, answer, found, label, measure))


def _both_ways(edition: Edition, answer: Answer, found: Breakdown, label: str, measure: str) -> Figure:
    """The same pair in both directions: each group beside those it shares one of its two parts with."""
    gaps, outcome = equality.both_ways(found, measure), equality.MEASURES[measure]
    caption = (f"{label}, read both ways. {outcome}: each group against those who share one of its two parts, people who "
               f"started in {words.years(found)}, Scotland")
    return compose.figure(
        edition, answer, title=words.both_ways_title(gaps, outcome), subtitle=caption,
        table=tables.gap_table(caption, [(found, gaps)]), unit=outcomes.UNIT, base=outcomes.BASE, interval=outcomes.INTERVAL,
        notes=[words.NOT_EFFECT, words.UNKNOWN_NOTE, *words.told_notes(measure)])


def offered(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """What exists of the six pairs, and why no others."""
    if not edition.has_returns:
        return (Absent(words.NO_RETURNS),)
    measure, caption = measure_of(choice), "The six pairs and whether they can be shown"
    asked = edition.ask("families_held", years=held.start_years(edition), areas=[SCOTLAND])
    return (compose.figure(
        edition, asked, title=caption, subtitle=caption,
        table=table(caption, ("Pair", "State"), views.pairs_shown(held.pair_states(edition, measure))),
        unit="None", base="None", interval="Not applicable: these are words."),
        *compose.say(edition, choice, [views.WHY_PAIRS]))
