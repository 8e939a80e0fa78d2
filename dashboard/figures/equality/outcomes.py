"""Does it work for them: each group's rate less everyone else's, with the range that unknown answers allow."""

from collections.abc import Sequence

from dashboard.figure import Absent, Choice, Figure, Plot, plot
from dashboard.figures import compose
from dashboard.figures.equality import held, tables, words
from dashboard.figures.equality.choosers import measure_of
from dashboard.read import equality
from dashboard.read.edition import Edition
from dashboard.read.equality import Breakdown, Gap

UNIT, BASE = "percentage points", "People who started support"
INTERVAL = "95% (Newcombe), for the chance variation of figures like these and for rounding."
LINES = "Thick line: 95% interval. Thin line: as far as unknown answers could move it"
NOT_OLD_ENOUGH = Absent("No year of start is old enough yet for this outcome: it is not yet known, not low.")


def outcomes(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The outcome of each group against everyone else's."""
    shown, measure = held.load(edition, choice), measure_of(choice)
    if isinstance(shown, Absent):
        return (shown,)
    made = equality.gaps_of(shown.over(held.outcome_years(edition, measure)), measure)
    if not made:
        return (NOT_OLD_ENOUGH,)
    found, name = made[0][0], equality.MEASURES[measure]
    subtitle = (f"{name}: percentage points from everyone else{'' if found.overlapping else ' whose answer is known'}, "
                f"people who started in {words.years(found)}, {found.area}. {LINES}")
    return (compose.figure(
        edition, shown.answer, title=words.gap_title([gap for _, gaps in made for gap in gaps], name, found),
        subtitle=subtitle, table=tables.gap_table(subtitle, made), plot=gap_plot(made, measure), unit=UNIT, base=BASE,
        interval=INTERVAL,
        notes=[words.NOT_EFFECT, words.OVERLAP_NOTE if found.overlapping else words.UNKNOWN_NOTE,
               *words.told_notes(measure, shown.by), *found.footnotes]),)


def gap_plot(made: Sequence[tuple[Breakdown, Sequence[Gap]]], measure: str) -> Plot | None:
    """The same as dots with intervals; None where every rate is hidden."""
    rows = [row for found, gaps in made for row in (*map(_drawn, gaps), *tables.unknown_rows(found))]
    if all(row.get("value") is None for row in rows):
        return None
    return plot("equality_gaps", rows, " ".join(words.gaps_alt(gaps, found, measure) for found, gaps in made))


def _drawn(gap: Gap) -> dict[str, object]:
    label = gap.group.label
    return {"label": label, "words": f"{words.percent(gap.own, 0)} · {words.gap_verdict(gap)}", "value": gap.row["value"],
            "lower_ci": gap.row["lower_ci"], "upper_ci": gap.row["upper_ci"], "lowest": gap.lowest, "highest": gap.highest,
            "verdict": words.tone(gap.verdict),
            "text": f"{label}: <b>{words.points(gap.row)}</b> points<br>With the unknown: {words.span(gap)}"}
