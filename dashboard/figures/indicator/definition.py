"""What an indicator is: every word its metadata holds."""

from dashboard.catalogue import Indicator
from dashboard.figure import Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.read.edition import Edition

DIRECTIONS = {"higher_is_better": "Higher is better", "lower_is_better": "Lower is better",
              "no_direction": "Neither higher nor lower is better"}


def definition(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every word the metadata holds about the indicator."""
    indicator = edition.catalogue.get(choice.indicator_id)
    if indicator is None:
        return ()
    facts = [(term, text) for term, text in _facts(indicator) if text]
    caption = f"{indicator.title}: its definition"
    return (compose.statement(
        edition, edition.ask("indicators").keep(()), title="Definition", table=table(caption, ("Term", "Meaning"), facts),
        plot=plot("facts", [{"term": term, "text": text} for term, text in facts], caption), notes=indicator.caveats),)


def _facts(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    return (
        ("Definition", indicator.definition),
        ("Unit", indicator.unit),
        ("Who is counted", indicator.base),
        ("Direction", DIRECTIONS[indicator.direction]),
        ("Read against", indicator.benchmark),
        ("Quality", indicator.quality),
        ("Breaks", "; ".join(f"{each.period}: {each.label}" for each in indicator.breaks)),
        ("National Outcome", indicator.national_outcome),
        ("National Indicator", indicator.national_indicator),
        ("Rule", indicator.npf_rule),
        ("Framework", indicator.framework_version),
        ("Method version", indicator.method_version),
        ("Status", indicator.designation),
        ("Identifier", indicator.indicator_id),
    )
