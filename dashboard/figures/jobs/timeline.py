"""When each programme ran and was folded into the local model; those without a date are named in a sentence."""

from collections.abc import Mapping

from dashboard.figure import Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.jobs import words
from dashboard.read.edition import Edition

DATES = ("start_date", "end_date", "fold_date")
KINDS = {"current": "The local model", "folded": "Folded in", "predecessor": "Before"}

Row = Mapping[str, object]


def timeline(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """A row for each programme of which some date is known, and which are left out for want of one."""
    answer = edition.ask("programmes")
    if answer.is_empty:
        return ()
    dated = [row for row in answer.rows if any(words.day(row[name]) for name in DATES)]
    if not dated:
        return compose.say(edition, choice, [words.undated(answer.rows)])
    subtitle = "When programmes ran and were folded into No One Left Behind, Scotland, by the dates that sources give"
    return (compose.figure(
        edition, answer, title=words.timeline_title(answer.rows), subtitle=subtitle,
        table=table(subtitle, ("Programme", "Kind", "Dates", "What is known"), map(_line, dated)),
        unit="Dates", base="The local model, programmes folded into it, and earlier ones",
        interval="Not applicable: these are dates.",
        notes=["A date that no source gives is left out, never guessed.",
               "Fair Start Scotland ended when it closed to referrals; outcomes were recorded after that."]),
        *compose.say(edition, choice, [words.undated([row for row in answer.rows if row not in dated])], "jobs.timeline"))


def _line(row: Row) -> tuple[str, ...]:
    return row["label"], KINDS.get(row["kind"], row["kind"]), words.programme_words(row), str(row["fold_note"] or "")
