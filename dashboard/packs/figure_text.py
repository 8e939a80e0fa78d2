"""A figure as plain text for a terminal."""

from dashboard.figure import Absent, Figure, Said, Table
from dashboard.words.marks import legend_text, notice_of


def figure_text(shown: Figure | Said | Absent) -> str:
    """Title, subtitle, table and everything that travels with them; a sentence or a reason as it stands."""
    match shown:
        case Said():
            return shown.text.replace("**", "")
        case Absent():
            why = shown.why.replace("**", "")
            return why if why.startswith("[") else f"[{shown.mark}] {why}"
    facts = [("Unit", shown.unit), ("Base", shown.base), ("Interval", shown.interval),
             ("Source", "; ".join(f"{each.publisher}, {each.title}, {each.edition}" for each in shown.sources)),
             ("Marks", legend_text(shown.marks)), ("Evidence", shown.evidence_id)]
    lines = [shown.title, shown.subtitle, notice_of(shown), "", *_lines(shown.table), "",
             *(f"{name}: {text}" for name, text in facts if text), *(f"- {note}" for note in shown.notes)]
    return "\n".join(line.replace("**", "") for place, line in enumerate(lines) if line or place > 2)


def _lines(table: Table) -> list[str]:
    """Columns padded to their widest cell, numbers to the right."""
    rows = [[column.name for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    return ["  ".join(text.rjust(width) if column.is_number else text.ljust(width)
                      for text, width, column in zip(row, widths, table.columns, strict=True)).rstrip() for row in rows]
