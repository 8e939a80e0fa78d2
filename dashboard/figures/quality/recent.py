"""Which starts are too recent to be judged, and which template was in use when."""

from dashboard.figure import Absent, Choice, Figure, table
from dashboard.figures import compose
from dashboard.figures.quality.returned import NO_RETURNS
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition

TEMPLATES = (
    ("April 2019 to March 2020", "Year 1 exercise", "One collection of individual records, close to the old template"),
    ("April 2020 to September 2022", "Old template", "Individual records, each quarter"),
    ("July 2022, some councils", "Shared measurement framework template", "Which councils went first is not held [x]; "
     "sources say 11 or 13"),
    ("October 2022 on", "Shared measurement framework template", "Every council; follow-up questions changed"),
)


def recent(edition: Edition, _: Choice) -> tuple[Figure | Absent, ...]:
    """How long each measure waits, and how many quarters of start are still too recent."""
    held = edition.ask("maturity")
    if held.is_empty:
        return (NO_RETURNS,)
    caption = "Quarters of start that are provisional, by measure, Scotland"
    rows = [(row["title"], f"{int(row['maturity_months'])} months",
             "none yet" if is_missing(row["newest_label"]) else str(row["newest_label"]), f"{int(row['recent_quarters'])}")
            for row in held.rows]
    columns = ("Measure", "Waits after the quarter ends", "Newest quarter of start judged", "Quarters too recent [p]")
    return (compose.figure(
        edition, held, title="Which starts are too recent to judge",
        subtitle="Each measure waits until people have had the time. Newer starts are left out of every rate, chart and "
                 "sentence; their counts are provisional.",
        table=table(caption, columns, rows, {3}), unit="Months, and quarters of start", base="Quarters of start held",
        interval="Not applicable: these are waits."),)


def templates(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The data templates by date of start."""
    held = table("Data templates by date of start", ("Starts in", "Template", "What to know"), TEMPLATES)
    return (compose.statement(edition, edition.ask("release").keep(()), title="Which template was in use", table=held),)
