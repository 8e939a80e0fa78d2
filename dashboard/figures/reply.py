"""The right of reply: what a partnership says beside its own figures, in its own words and signed with a role."""

from dashboard.figure import Choice, Figure, table
from dashboard.figures import compose
from dashboard.read.edition import Edition, Row
from dashboard.words.periods import day

TITLE = "What the partnership says"
COLUMNS = ("Measure", "Its words", "Signed", "Dated")
NOTE = "The partnership's own words, not ours: nothing in them was checked or changed. Any partnership may send one."
NO_MARKUP = "*\u2060*"      # two asterisks that nothing reads as bold: what people type is text


def notes(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The notes of an area, beside one indicator where one is chosen; nothing where there is none."""
    held = edition.ask("context_notes", area_code=choice.area_code)
    held = held.keep([row for row in held.rows if choice.indicator_id in ("", row["indicator_id"])])
    if held.is_empty:
        return ()
    caption = f"{TITLE}: {held.rows[0]['area']}"
    return (compose.statement(edition, held, title=TITLE, table=table(caption, COLUMNS, [_cells(row) for row in held.rows]),
                              notes=(NOTE,)),)


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(str(each).replace("**", NO_MARKUP) for each in (row["indicator"], row["text"], row["role"], day(str(row["dated"]))))
