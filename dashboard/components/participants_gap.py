"""The service gap from returns: disabled people against others in these services, never on a chart with the population's."""

from dashboard.components import data, markup, page
from dashboard.components import equality as shown
from dashboard.components.cards import Card, cards
from dashboard.components.figure import data_table, foot
from dashboard.methods.missing import is_missing
from dashboard.read import availability, cohorts, equality
from dashboard.read import equality_words as words

READING = (
    "Published reading; prevalence is not in this data: about 70% of the rise in disabled people's employment reflects more "
    "people being disabled, mainly people who became disabled while in work (Fraser of Allander Institute and the Scottish "
    "Parliament Information Centre, January 2024).",
    "Parliament's Economy and Fair Work Committee took the same view in October 2024. A narrower gap is weak evidence "
    "that services work.",
)


def prevalence_reading() -> None:
    """What is published about why the population gap moves: words, as no figure of it is held."""
    markup.write(markup.paragraphs(READING, "oc-subtitle"))


def gap_between_participants(measure: str = "entered") -> None:
    """Disabled against other participants, Scotland, on cards of its own; then each type of condition."""
    if not shown.equality_is_held():
        return
    years, answer = shown.outcome_years(measure), shown.journeys("B_disabled", [data.SCOTLAND])
    found = equality.breakdown(answer.records, years) if years else None
    gap = next((each for each in equality.gaps(found, measure) if each.group.category == "yes"), None) if found else None
    if gap is None or is_missing(gap.row["value"]):
        return
    name, when = equality.MEASURES[measure], f"started {words.years(found)}, Scotland"
    page.section("The service gap, from partnership returns", "Disabled participants against participants who are not "
                 "disabled, by the years they started in. Made from returns, so it need not equal the published figures.")
    if data.release()["synthetic"]:
        page.demonstration_notice()
    cards([
        Card(f"Disabled participants: {name[:1].lower()}{name[1:]}", words.percent(gap.own, 0), f"95% interval {words.limits(gap.own, 0)}",
             base=f"{gap.group.starts:,} people, {when}"),
        Card(f"Other participants: {name[:1].lower()}{name[1:]}", words.percent(gap.rest, 0), f"95% interval {words.limits(gap.rest, 0)}",
             base=f"{found.rest_of(gap.group).starts:,} people, {when}"),
        _gap_card(gap),
    ])
    markup.write(markup.paragraphs([words.unknown_sentence(found), words.NOT_EFFECT], "oc-subtitle"))
    foot(answer)
    _condition_types(measure, years)


def _gap_card(gap: equality.Gap) -> Card:
    """The gap the same way round as the population's: others' rate less disabled participants'."""
    value, low, high = (-gap.row[name] for name in ("value", "upper_ci", "lower_ci"))
    verdict = words.gap_verdict(gap).replace("everyone else", "participants who are not disabled")
    unknown = "[x]" if gap.lowest is None else f"{words.signed(-gap.highest)} to {words.signed(-gap.lowest)} points"
    return Card("Service gap: others less disabled", f"{value:.1f} points".replace("-", "−"),
                f"95% interval {words.signed(low)} to {words.signed(high)}", f"Disabled participants: {verdict}",
                base=f"With the unknown: {unknown}", link="/equality?by=disabled")


def _condition_types(measure: str, years: list[str]) -> None:
    """Each type of condition against everyone else: Scotland only, never added up."""
    answers = [shown.journeys(family, [data.SCOTLAND]) for family in availability.families("condition_type", data.SCOTLAND)]
    made = [(found, equality.gaps(found, measure)) for answer in answers
            if (found := equality.breakdown(answer.records, years))]
    if not made:
        return
    cells = [[gap.group.label.removeprefix("Condition: ").capitalize(), words.count(gap.group.starts), words.percent(gap.own, 0),
              words.percent(gap.rest, 0), words.points(gap.row), words.gap_verdict(gap)] for _, gaps in made for gap in gaps]
    cells.append(["Not known", "[x]", "[x]", "[x]", "[x]", "a blank list is among everyone else"])
    first, *others = answers
    data_table(markup.Table(("Type of condition", "People", "Rate", "Everyone else", "Gap in points (95% interval)", "Compared"),
                            cells, frozenset({1, 2, 3})),
               f"{equality.MEASURES[measure]} by type of condition, Scotland only, people who started in "
               f"{cohorts.years_label(years)}. People may have several: the groups overlap and are never added up",
               first.joined_by(*others))
