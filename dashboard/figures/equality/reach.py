"""Who is reached: each group's share of participants beside its share of the population."""

from collections.abc import Sequence

from dashboard.figure import Absent, Choice, Figure, Plot, plot
from dashboard.figures import compose
from dashboard.figures.equality import held, tables, words
from dashboard.figures.equality.held import Shown
from dashboard.methods.missing import is_missing
from dashboard.read import equality
from dashboard.read.edition import Answer, Edition
from dashboard.read.equality import Breakdown, Reached
from dashboard.words import phrases

UNIT, BASE = "% of participants whose answer is known", "People who started support"
INTERVAL = ("95%, for the chance variation of figures like these and for rounding. A ratio to a survey holds the survey's own error "
            "too, from the interval of a like rate of it; a census and its estimates have none.")


def reach(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Each group's share of participants beside its share of the population, the unknown always shown."""
    shown = held.load(edition, choice)
    if isinstance(shown, Absent):
        return (shown,)
    asked, pairs = held.populations(edition, shown), held.reached(edition, shown)
    subtitle = _subtitle(shown, [row for _, rows in pairs for row in rows])
    return (compose.figure(
        edition, shown.answer.joined_by(*asked), title=words.reach_title(pairs, shown.label), subtitle=subtitle,
        table=tables.reach_table(subtitle, pairs),
        plot=_plot(pairs),
        unit=UNIT, base=BASE, interval=INTERVAL, notes=_notes(shown, asked)),)


def _plot(pairs: Sequence[tuple[Breakdown, Sequence[Reached]]]) -> Plot | None:
    """The same as bars against the population; None where every share is hidden."""
    sources = _sources([row for _, reached in pairs for row in reached])
    rows = [row for found, reached in pairs for row in _drawn(found, reached, sources)]
    if all(row.get("value") is None for row in rows):
        return None
    return plot("equality_shares", rows, " ".join(words.reach_alt(reached, found) for found, reached in pairs),
                populations=[words.population_name(source) for source in sources])


def _subtitle(shown: Shown, rows: Sequence[Reached]) -> str:
    first = shown.reach[0]
    sources = phrases.listed(_sources([row for row in rows if not row.is_need]))
    without_work = " and % of people out of work" if any(row.is_need for row in rows) else ""
    return (f"Participants, % of those whose answer is known, started {words.years(first)}, {first.area}"
            + (f", against % of people aged 16 to 64 ({sources}){without_work}" if sources else "; no population share on the same age base"))


def _sources(rows: Sequence[Reached]) -> list[str]:
    """The names of the populations compared with, each once."""
    return list(dict.fromkeys(words.source_name(row.population) for row in rows if row.population is not None))


def _notes(shown: Shown, asked: Sequence[Answer]) -> list[str]:
    """The rule, footnotes, year, base and source of every population share, and what is not compared."""
    rows = [row for answer in asked for row in answer.rows]
    compared = {(row["population"], row["period"], row["age_base"], row["source_title"], bool(row["is_derived"]))
                for row in rows if row["age_base"] == equality.SAME_AGES and not row.get("is_need")}
    notes = [words.RULE, *([words.NEED_NOTE] if any(row.get("is_need") for row in rows) else []), *shown.reach[0].footnotes,
             *(f"{population}, {period}, people aged {ages}: {title}{' (classes added up)' if derived else ''}."
               for population, period, ages, title, derived in sorted(compared)),
             *([words.OVERLAP_NOTE] if shown.reach[0].overlapping else [])]
    other = sorted({str(row["age_base"]) for row in rows} - {equality.SAME_AGES})
    if other:
        notes.append(f"Population shares of {phrases.listed(other)} are held too, and are not compared: another age base.")
    return notes


def _drawn(found: Breakdown, rows: Sequence[Reached], sources: Sequence[str]) -> list[dict[str, object]]:
    """Rows of the chart: each group once with its populations; then the unknown, in words."""
    drawn = []
    for category in dict.fromkeys(row.group.category for row in rows):
        own = [row for row in rows if row.group.category == category]
        first, share = own[0], own[0].share
        held = {words.source_name(row.population): row.population["value"] for row in own if row.population is not None}
        verdict = f" · {words.agreed_words(own).split(':')[0]}" if first.is_tested else ""     # why, the title says
        drawn.append({
            "label": first.group.label, "words": f"{words.percent(share)}{verdict}",
            "value": None if is_missing(share["value"]) else share["value"],
            "lower_ci": share["lower_ci"], "upper_ci": share["upper_ci"],
            "shares": [held.get(source) for source in sources]})
    return drawn + tables.unknown_rows(found)
