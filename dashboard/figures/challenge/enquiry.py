"""Every line of enquiry of an area or of Scotland, and the rules that raise them, published."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.figures.challenge import areas, groups, missing, money, reached, records, shifts
from dashboard.figures.challenge.line import Found, Line
from dashboard.read.edition import Edition
from dashboard.read.enquiry import Rule, rules
from dashboard.words import phrases

RAISED_BY: Mapping[str, Callable[[Edition, str, Rule], Sequence[Found]]] = MappingProxyType({
    "outside_funnel": areas.outside_funnel, "unlike_its_family": areas.unlike_its_family,
    "changed_starts": shifts.changed_starts, "reach": groups.reach,
    "reach_here": reached.reach_here, "outcome_gap": groups.outcome_gap,
    "asked_twice": records.asked_twice, "unknown_answers": records.unknown_answers, "follow_ups": records.follow_ups,
    "late_return": records.late_return, "spend_and_need": money.spend_and_need, "old_figure": missing.old_figure,
    "declared_gap": missing.declared_gap,
})
MOST_QUESTIONS = 5
KINDS = {"test": "Held against chance", "record": "About records", "account": "An account, not tested", "age": "How old it is",
         "gap": "What is not published"}
COLUMNS = ("What was seen", "How sure", "Compared with", "What would make us wrong", "What the data cannot show", "A question to ask")
ALIKE = ("Where all areas are alike, at most one edition in twenty has a false line by any one of those rules. By all of them "
         "together fewer than one area in a hundred has one (simulated: benchmarks/RESULTS.md).")
NOTES = ("A line is a question, not a finding: raised by a published rule, never by rank. Strengths come first; within them "
         "lines stand in the order of the rules.",
         "Each rule that is held against chance judges all areas together. Of its lines, about one in twenty at most is chance.",
         ALIKE,
         "Nothing hidden, or marked [u] for low reliability, raises a line. Lines about records never say better or worse.")


def found(edition: Edition, area_code: str) -> tuple[Found, ...]:
    """Every line of an area with the rows it rests on: strengths first, then in the order of the rules."""
    def made(edition: Edition) -> tuple[Found, ...]:
        every = [each for name, rule in rules().items() for each in RAISED_BY[name](edition, area_code, rule)]
        return tuple(sorted(every, key=lambda each: not each.line.positive))

    return edition.once(f"challenge: lines of {area_code}", made)


def lines_of(edition: Edition, choice: Choice) -> tuple[Line, ...]:
    """Every line of the area chosen, or of Scotland: strengths first."""
    return tuple(each.line for each in found(edition, choice.of("area", SCOTLAND)))


def lines(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The lines of enquiry of an area or of Scotland, each with how sure it is, and an open question."""
    area_code = choice.of("area", SCOTLAND)
    return _shown(edition, area_code, found(edition, area_code), f"{edition.area_name(area_code)}: lines of enquiry")


def questions(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """What the board may ask: at most five lines of the area, strengths first, at most one of a rule while others wait."""
    chosen = varied(found(edition, choice.area_code), MOST_QUESTIONS)
    return _shown(edition, choice.area_code, chosen, "What the board may ask")


def varied(every: Sequence[Found], most: int) -> list[Found]:
    """At most `most` of these: the first of each rule, then the second, in the order given within; strengths stay first."""
    seen: dict[str, int] = {}
    turns = []
    for each in every:
        seen[each.line.rule] = seen.get(each.line.rule, 0) + 1
        turns.append(seen[each.line.rule])
    chosen = sorted(range(len(every)), key=lambda place: (turns[place], place))[:most]
    return [every[place] for place in sorted(chosen)]


def _shown(edition: Edition, area_code: str, every: Sequence[Found], heading: str) -> tuple[Figure | Absent, ...]:
    name = edition.area_name(area_code)
    if not every:
        return (Absent(f"No rule raises a line of enquiry about {name} in this edition. That is no finding either."),)
    strengths = sum(each.line.positive for each in every)
    counted = f"{phrases.plural(len(every), 'line')}, {strengths} of them {'a strength' if strengths == 1 else 'strengths'}"
    caption = f"Lines of enquiry, {name}, raised by rule"
    first, *others = (each.answer for each in every)
    return (compose.figure(
        edition, first.joined_by(*others), title=f"{heading}", subtitle=f"{caption}: {counted}",
        table=table(caption, COLUMNS, [_cells(each.line) for each in every]),
        plot=plot("enquiry", [_as_data(each.line) for each in every], f"{name}: {counted}."),
        unit="Each line in the unit of its figure", base="As the figure of each line says",
        interval="As each line says.", notes=NOTES),)


def _cells(line: Line) -> tuple[str, ...]:
    return line.seen, line.certainty, line.compared, line.wrong_if, line.cannot_show, line.question


def _as_data(line: Line) -> dict[str, object]:
    return {"rule": rules()[line.rule].title, "sign": "▲" if line.positive else "?",
            "kind": "A strength" if line.positive else "To look into", "seen": line.seen,
            "facts": (("How sure", line.certainty), ("Compared with", line.compared), ("What would make us wrong", line.wrong_if),
                      ("What the data cannot show", line.cannot_show)),
            "question": line.question, "evidence": line.evidence, "positive": line.positive}


def published_rules(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Every rule: what it looks at, when it fires and stays silent, and by which method."""
    held = table("The rules that raise lines of enquiry", ("Rule", "Kind", "Looks at", "Fires", "Stays silent", "Source"),
                 [(each.title, KINDS[each.kind], each.looks_at, each.when, each.silent, each.source) for each in rules().values()])
    return (compose.statement(
        edition, edition.ask("release").keep(()), title="The rules and their thresholds", table=held,
        notes=("The same rules hold for every area, and for ministers, boards and the group alike.",
               ALIKE)),)
