"""Figures others published: the earlier service's modelled benefit, Scotland Act spending, announced money."""

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.trend import trend
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import numbers, periods

BENEFIT, SCOTLAND_ACT = "fss_benefit_per_pound", "employability_spend"
MONEY = ("employability_budget_draft", "employability_budget", "employability_budget_after_autumn_revision",
         "employability_people_expected", "nolb_budget_up_to", "employability_budget_saving", "pesf_budget", "pesf_commitment",
         "nolb_council_budget", "pesf_council_budget", "employability_implementation_spend")


def benefit(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Modelled benefit for each pound, to society, participants and public finances: never added up."""
    if BENEFIT not in edition.catalogue:
        return ()
    indicator, held = edition.catalogue[BENEFIT], edition.ask("published_money", indicators=[BENEFIT])
    rows = [compose.card(f"Benefit to {row['category_label'].lower()}", numbers.value_text(row, indicator, short=True),
                         direction="A modelled estimate", base=f"{row['period_label']} · for each pound spent")
            for row in sorted(held.rows, key=lambda row: -row["value"])]
    cards = compose.cards(edition, held, rows, title="Benefit for each pound spent on Fair Start Scotland",
                          subtitle="Modelled, April 2018 to March 2021, Scotland", notes=indicator.caveats,
                          unit=indicator.unit, base=indicator.base, interval="None is published.")
    return (cards, *compose.say(edition, choice, indicator.caveats))


def spending(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Spending under the Scotland Act over the years, never compared across its break."""
    if SCOTLAND_ACT not in edition.catalogue:
        return ()
    indicator = edition.catalogue[SCOTLAND_ACT]
    known = [row for row in edition.series(SCOTLAND_ACT, [SCOTLAND]).rows if not is_missing(row["value"])]
    last = known[-1]
    is_alone = all(periods.has_break_between(row, last, indicator) for row in known[:-1])
    title = (f"{numbers.amount(last['value'], indicator)} in {last['period_label']}"
             f"{': not comparable with earlier years' if is_alone else ''}")
    return trend(edition, SCOTLAND_ACT, [SCOTLAND], title=title)


def announced(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Budgets, commitments, savings and the people expected, each from its own source on its own scope."""
    held = edition.ask("published_money", indicators=[name for name in MONEY if name in edition.catalogue])
    if held.is_empty:
        return ()
    rows = [(_what(edition.catalogue[row["indicator_id"]], row), row["area"], str(row["period_label"]),
             numbers.value_text(row, edition.catalogue[row["indicator_id"]]), f"{row['source_title']} ({row['publisher']})")
            for row in held.rows]
    caption = "Published budgets, commitments and savings, and the people a release expects to help" + (
        ". £0 million is nil as published, not rounded to nil here" if any(row["value"] == 0 for row in held.rows) else "")
    return (compose.figure(
        edition, held, title="Budgets and money announced", subtitle=caption,
        table=table(caption, ("What", "Area", "Period", "Amount", "Source"), rows, {3}),
        unit="pounds or people, as each amount says", base="Money, as each source defines it",
        notes=("Each from its own source, on its own scope: they do not add up.",)),)


def _what(indicator: Indicator, row: Row) -> str:
    """'Employability in the draft budget: No One Left Behind': what it is and, of a part, which."""
    return indicator.title if row["characteristic"] == "all" else f"{indicator.title}: {row['category_label']}"
