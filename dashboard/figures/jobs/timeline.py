"""When each programme ran and was folded into the local model; a date nobody holds is said to be not held."""

from collections.abc import Mapping

from dashboard.figure import Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.figures.jobs import words
from dashboard.read.edition import Edition

KINDS = {"current": "The local model", "folded": "Folded in", "predecessor": "Before"}

Row = Mapping[str, object]


def timeline(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """A row a programme: bars and marks only where a date is held, words everywhere."""
    answer = edition.ask("programmes")
    if answer.is_empty:
        return ()
    subtitle = "When programmes ran and were folded into No One Left Behind, Scotland, by the dates that sources give"
    return (compose.figure(
        edition, answer, title=words.timeline_title(answer.rows), subtitle=subtitle,
        table=table(subtitle, ("Programme", "Kind", "Began", "Ended", "Folded in", "What is known"),
                    map(_line, answer.rows)),
        plot=plot("timeline", map(_span, answer.rows), words.timeline_alt(answer.rows), until=edition.cut_off[:10]),
        unit="Dates", base="The local model, programmes folded into it, and earlier ones",
        interval="Not applicable: these are dates.",
        notes=["[x] no date is held, [z] not applicable. A date that no source gives is left out, never guessed.",
               "Fair Start Scotland ended when it closed to referrals; outcomes were recorded after that."]),)


def _line(row: Row) -> tuple[str, ...]:
    return (row["label"], KINDS.get(row["kind"], row["kind"]), _date(row["start_date"]),
            "[z]" if row["kind"] == "current" else _date(row["end_date"]),
            _date(row["fold_date"]) if row["kind"] == "folded" else "[z]", str(row["fold_note"] or ""))


def _span(row: Row) -> dict[str, object]:
    return {"label": row["label"], "words": words.programme_words(row), "started": row["start_date"],
            "ended": row["end_date"], "folded": row["fold_date"], "runs_on": row["kind"] == "current"}


def _date(when: object) -> str:
    return words.day(when) or "[x]"
