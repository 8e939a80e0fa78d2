"""The service gap from returns: disabled participants against others, never on a chart with the population's."""

from dashboard.figure import SCOTLAND, Address, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, words
from dashboard.methods.missing import is_missing
from dashboard.read import availability, cohorts, equality
from dashboard.read.edition import Edition

MEASURE = "entered"
NAME = equality.MEASURES[MEASURE]
COLUMNS = ("Type of condition", "People", "Rate", "Everyone else", "Gap in points (95% interval)", "Compared")


def participants(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """Disabled against other participants, Scotland: two rates, and the gap the same way round as the population's."""
    years = held.outcome_years(edition, MEASURE) if edition.has_returns else []
    answer = held.journeys(edition, "B_disabled", [SCOTLAND])
    found = equality.breakdown(answer.rows, years)
    gap = next((each for each in equality.gaps(found, MEASURE) if each.group.category == "yes"), None) if found else None
    if gap is None or is_missing(gap.row["value"]):
        return ()
    when = f"started {words.years(found)}, Scotland"
    outcome = f"{NAME[:1].lower()}{NAME[1:]}"
    rows = [compose.card(f"{who}: {outcome}", words.percent(rate, 0), f"95% interval {words.limits(rate, 0)}",
                         base=f"{people:,} people, {when}")
            for who, rate, people in (("Disabled participants", gap.own, gap.group.starts),
                                      ("Participants who are not disabled", gap.rest, found.rest_of(gap.group).starts))]
    cards = compose.cards(
        edition, answer, [*rows, _gap_card(gap)], title="The service gap, from partnership returns",
        subtitle=f"{NAME}, by whether people are disabled, {when}", unit="% of people; the gap in percentage points",
        base=outcomes.BASE, interval=outcomes.INTERVAL, notes=[words.NOT_EFFECT])
    of_unknown = Address("equality.outcomes", Choice(SCOTLAND, "", (("by", "disabled"), ("measure", MEASURE))),
                         edition.extract_id)
    return cards, *(Said(text, (of_unknown,)) for text in words.unknown_sentences(found)), Said(words.NOT_EFFECT)


def _gap_card(gap: equality.Gap) -> dict[str, object]:
    """The gap the same way round as the population's: others' rate less disabled participants'."""
    value, low, high = (-gap.row[name] for name in ("value", "upper_ci", "lower_ci"))
    verdict = words.gap_verdict(gap).replace("everyone else", "participants who are not disabled")
    unknown = "[x]" if gap.lowest is None else f"{words.signed(-gap.highest)} to {words.signed(-gap.lowest)} points"
    label = ("Gap: fewer disabled participants enter work" if gap.verdict == "lower"
             else "Gap: rate of participants who are not disabled minus that of disabled participants")
    return compose.card(label, f"{value:.1f} points".replace("-", "−"),
                        f"95% interval {words.signed(low)} to {words.signed(high)}", f"Disabled participants: {verdict}",
                        base=f"With the unknown: {unknown}", link="/equality?by=disabled")


def conditions(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Each type of condition against everyone else: Scotland only, never added up."""
    years = held.outcome_years(edition, MEASURE) if edition.has_returns else []
    answers = [held.journeys(edition, family, [SCOTLAND]) for family in availability.families("condition_type", SCOTLAND)]
    found = [made for answer in answers if (made := equality.breakdown(answer.rows, years))]
    gaps = [gap for _, own in equality.gaps_of(found, MEASURE) for gap in own]
    if not gaps:
        return ()
    caption = (f"{NAME} by type of condition, Scotland only, people who started in {cohorts.years_label(years)}. "
               "People may have several: the groups overlap and are never added up")
    cells = [[gap.group.label.removeprefix("Condition: ").capitalize(), words.count(gap.group.starts),
              words.percent(gap.own, 0), words.percent(gap.rest, 0), words.points(gap.row), words.gap_verdict(gap)]
             for gap in gaps]
    cells.append(["Not known", "[x]", "[x]", "[x]", "[x]", "a blank list is among everyone else"])
    first, *others = answers
    return (compose.figure(
        edition, first.joined_by(*others), title=f"{NAME}, by type of condition", subtitle=caption,
        table=table(caption, COLUMNS, cells, {1, 2, 3, 4}), unit="% of people; the gap in percentage points",
        base=outcomes.BASE, interval=outcomes.INTERVAL, notes=[words.NOT_EFFECT, words.OVERLAP_NOTE]),)
