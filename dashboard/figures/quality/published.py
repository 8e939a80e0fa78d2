"""What is published of quality: shares not known and not recorded, and what publishers say of their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, plot, table
from dashboard.figures import compose, tables
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import comparisons, numbers, periods

RECORDED, NOT_DUE = "nolb_still_in_work_recorded", "nolb_follow_up_not_due"
RESPONSES = "nolb_follow_up_responses"
DISABILITY = "nolb_participants"
NOTHING_HELD = "No published measure of quality is held."
PARTS = (
    {"category": "recorded", "label": "Recorded in work", "colour": "series.0", "ink": "surface"},
    {"category": "remaining", "label": "Not in work or not recorded", "colour": "band_strong", "ink": "ink"},
    {"category": "not_due", "label": "Not due yet", "colour": "surface", "ink": "line", "hatched": True},
)


@dataclass(frozen=True)
class Stated:
    """A figure that a sentence states: its name, its row, its indicator and the answer that holds it."""

    name: str
    row: Row
    indicator: Indicator
    answer: Answer

    @property
    def line(self) -> tuple[str, Row, Indicator]:
        """As `tables.figures_table` shows it."""
        return self.name, self.row, self.indicator


def stated(edition: Edition) -> list[Stated]:
    """The two facts that matter most: what is not recorded, and what is not known."""
    responses, disability = _breakdown(edition, RESPONSES, "follow_up_response"), _breakdown(edition, DISABILITY, "disabled")
    by_answer = {row["category"]: row for row in disability.rows}
    facts = []
    if nothing := next((row for row in responses.rows if row["category"] == "blank_or_unknown"), None):
        facts.append(Stated("Due a follow-up, not recorded in work: nothing recorded", nothing, edition.catalogue[RESPONSES],
                            responses.keep([nothing])))
    if {"yes", "no", "unknown"} <= set(by_answer):
        facts.append(Stated("Whether disabled: not known", by_answer["unknown"], edition.catalogue[DISABILITY],
                            disability.keep([by_answer["unknown"]])))
    return facts


def sentences(edition: Edition) -> list[str]:
    """Those facts in words."""
    return [_sentence(each) for each in stated(edition)] or [NOTHING_HELD]


def brief(edition: Edition) -> list[str]:
    """What is not recorded after someone enters work, in one sentence; nothing where it is not held."""
    return [_sentence(each).split(" Not recorded is")[0] for each in stated(edition)[:1] if each.indicator.indicator_id != DISABILITY]


def _sentence(fact: Stated) -> str:
    when = periods.in_period(fact.row["period_label"])
    if fact.indicator.indicator_id == DISABILITY:
        return (f"Whether someone is disabled is not known for **{fact.row['value']:,.0f}** of the people supported {when}.")
    share = numbers.value_text(fact.row, fact.indicator, short=True, marks=False)
    return (f"Of people due a follow-up {when} and not recorded in work, **{share}** have nothing recorded. "
            "Not recorded is not the same as out of work.")


def answer_figures(edition: Edition) -> tuple[Figure, ...]:
    """The figures of those sentences as one table."""
    facts = stated(edition)
    if not facts:
        return ()
    first, *others = (fact.answer for fact in facts)
    return (figures_of_answer(edition, first.joined_by(*others), [fact.line for fact in facts]),)


def figures_of_answer(edition: Edition, answer: Answer, lines: Sequence[tuple[str, Row, Indicator]]) -> Figure:
    """The figures that a page's answer states, each of its own indicator."""
    caption = "The figures of this answer, Scotland"
    return compose.figure(edition, answer, title="The figures of this answer", subtitle=caption,
                          table=tables.figures_table(lines, caption), unit="Each measure in its own unit",
                          base="As each row says", interval="As each row says")


def follow_ups(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Follow-ups of people who entered work: recorded in work, not due yet, and the rest."""
    recorded, not_due = (_breakdown(edition, name, "follow_up") for name in (RECORDED, NOT_DUE))
    if recorded.is_empty or not_due.is_empty:
        return ()
    due = {row["category"]: row for row in not_due.rows}
    rows = sorted((row for row in recorded.rows if row["category"] in due),
                  key=lambda row: int(str(row["category"]).split("_")[0]))
    shares, indicator = _shares(rows, due), edition.catalogue[RECORDED]
    subtitle = ("Follow-ups of people in No One Left Behind who entered work, % of them, Scotland, "
                f"{rows[0]['period_label']}")
    return (compose.figure(
        edition, recorded.joined_by(not_due), title="The later the follow-up, the less is recorded, and the less is due yet",
        subtitle=subtitle, table=_shares_table(shares, subtitle),
        plot=plot("bands", shares, comparisons.parts_alt(shares, "Stacked bars of follow-ups after entering work"),
                  parts=PARTS),
        unit="% of people who entered work", base=indicator.base,
        interval="None is published: everyone who entered work is counted.",
        notes=("The third part is what remains of 100%: due, and either not in work or not recorded. "
               "It is our subtraction of two published shares.", *indicator.caveats)),)


def _shares(rows: Sequence[Row], due: Mapping[object, Row]) -> list[dict[str, object]]:
    """Each follow-up's three parts, which add to 100."""
    names, shares = {part["category"]: part["label"] for part in PARTS}, []
    for row in rows:
        recorded, later = float(row["value"]), float(due[row["category"]]["value"])
        sizes = {"recorded": recorded, "remaining": 100 - recorded - later, "not_due": later}
        shares += [{"label": row["category_label"], "category": part, "share": size, "part": names[part]}
                   for part, size in sizes.items()]
    return shares


def _shares_table(shares: Sequence[Mapping[str, object]], caption: str):
    """One row a follow-up, one column a part."""
    names = list(dict.fromkeys(str(row["part"]) for row in shares))
    held = {(row["label"], row["part"]): f"{row['share']:.0f}%" for row in shares}
    lines = [(str(label), *(held[label, name] for name in names)) for label in dict.fromkeys(row["label"] for row in shares)]
    return table(caption, ("Follow-up", *names), lines, range(1, len(names) + 1))


def responses(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """What is recorded when someone is due a follow-up and not recorded in work."""
    held = _breakdown(edition, RESPONSES, "follow_up_response")
    if held.is_empty:
        return ()
    indicator = edition.catalogue[RESPONSES]
    caption = f"{indicator.title} {indicator.unit}, {held.rows[0]['period_label']}"
    return (_by_category(edition, held, indicator, "What is recorded", "What is recorded", caption),)


def not_known(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """People whose disability is not known, as published."""
    held = _breakdown(edition, DISABILITY, "disabled")
    if held.is_empty:
        return ()
    indicator = edition.catalogue[DISABILITY]
    caption = f"{indicator.title} by disability, {held.rows[0]['period_label']}"
    return (_by_category(edition, held, indicator, "Who is not known", "Disabled", caption),)


def _by_category(edition: Edition, held: Answer, indicator: Indicator, title: str, heading: str, caption: str) -> Figure:
    rows = [(row["category_label"], row) for row in held.rows]
    return compose.figure(edition, held, title=title, subtitle=caption,
                          table=tables.one_series_table(rows, heading, indicator, caption), unit=indicator.unit,
                          base=indicator.base, interval=numbers.interval_note(held.rows, indicator), notes=indicator.caveats)


def publishers(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """What each publisher says of the quality of its figures."""
    rows = [(each.title, each.quality, each.designation) for each in edition.catalogue.values()
            if each.quality != "Not rated by the publisher"]
    if not rows:
        return ()
    held = table("Quality as rated by the publishers", ("Indicator", "Quality", "Status"), rows)
    return (compose.statement(edition, edition.ask("indicators").keep(()), title="What publishers say of their own figures",
                              table=held),)


def _breakdown(edition: Edition, indicator_id: str, characteristic: str) -> Answer:
    held = edition.ask("breakdown", indicator_id=indicator_id, area_code=SCOTLAND)
    return held.keep([row for row in held.rows if row["characteristic"] == characteristic])
