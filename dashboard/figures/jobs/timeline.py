"""When each programme ran and was folded into the local model; those without a date are named in a sentence."""

from collections.abc import Mapping

from dashboard.figure import Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.jobs import words
from dashboard.read.edition import Edition

DATES = (2, 3, 4)     # the columns of days
KINDS = {"current": "The local model", "folded": "Folded in", "predecessor": "Before"}

Row = Mapping[str, object]


def timeline(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """A row for each programme of which some date is known, and which are left out for want of one."""
    answer = edition.ask("programmes")
    if answer.is_empty:
        return ()
    dated = [row for row in answer.rows if any(_line(row)[place] not in ("[x]", "[z]") for place in DATES)]
    if not dated:
        return compose.say(edition, choice, [words.undated(answer.rows)])
    subtitle = "When programmes ran and were folded into No One Left Behind, Scotland, by the dates that sources give"
    return (compose.figure(
        edition, answer, title=words.timeline_title(answer.rows), subtitle=subtitle,
        table=table(subtitle, ("Programme", "Kind", "Began", "Ended", "Folded in", "What is known"),
                    map(_line, dated)),
        unit="Dates", base="The local model, programmes folded into it, and earlier ones",
        interval="Not applicable: these are dates.",
        notes=["[x] no date is held, [z] not applicable. A date that no source gives is left out, never guessed.",
               "Fair Start Scotland ended when it closed to referrals; outcomes were recorded after that."]),
        *compose.say(edition, choice, [words.undated([row for row in answer.rows if row not in dated])], "jobs.timeline"))


def _line(row: Row) -> tuple[str, ...]:
    return (row["label"], KINDS.get(row["kind"], row["kind"]), _date(row["start_date"]),
            "[z]" if row["kind"] == "current" else _date(row["end_date"]),
            _date(row["fold_date"]) if row["kind"] == "folded" else "[z]", str(row["fold_note"] or ""))


def _date(when: object) -> str:
    return words.day(when) or "[x]"
