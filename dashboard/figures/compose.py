"""Figures, card rows and sentences put together from answers: sources, marks and evidence are read from the rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import methodcaller

from dashboard.figure import WRITTEN, Address, Choice, Figure, Plot, Said, Source, Table, plot, table
from dashboard.read.edition import Answer, Edition
from dashboard.words import marks as mark_words
from dashboard.words import phrases
from dashboard.words.ages import next_editions

NOT_PUBLISHED = "none published"
OF_SOURCE = ("publisher", "source_title", "url", "edition", "designation")      # columns of a row
FEWEST_MARKS = 2         # of a drawing
MOST_WORDS = 45          # of an answer: what is read at a glance
Past = Sequence[Sequence[tuple[float, float]]]
UNADDRESSED = Address("none.none")     # until recipes.made gives it the one it can be found by


def figure(edition: Edition, answer: Answer, *, title: str, subtitle: str, table: Table, plot: Plot | None = None,
           unit: str = "", base: str = "", interval: str = "", notes: Iterable[str] = (), link: str = "") -> Figure:
    """A Figure whose sources, class and evidence are those of the answer's rows, its marks also those of the table.

    title     the message; subtitle: measure, population, place, period
    table     the same figures as text and numbers
    plot      what is drawn of them, with the message for those who do not see it; None for the table alone, which also
              stands where there is but one mark to draw: a frame with one dot says less than its table
    unit, base, interval   what is counted, of whom, and what the interval means (empty: none is published)
    notes     anything else to know: caveats, breaks, rounding
    link      where it is shown, if not where its recipe says
    """
    rows = answer.all_rows
    notes = (*notes, *_next_editions(edition, rows))
    return Figure(
        UNADDRESSED, title, subtitle, table, plot if plot and _has_something_to_draw(plot) else None, unit, base,
        interval or "None is published.", tuple(filter(None, notes)),
        sources_of(rows), marks_of(table, rows, edition), designations_of(rows),
        answer.is_synthetic, tuple(each.evidence_id for each in answer.all_evidence), link,
        edition.restricted)


def _has_something_to_draw(plot: Plot) -> bool:
    """True of words, and of a drawing of at least two marks: figures that are there, or one and what it is read against."""
    if plot.kind in WRITTEN:
        return True
    values = [value for row in plot.rows for value in ([row["value"]] if "value" in row else row.get("shares", (row,)))]
    marks = sum(value is not None for value in values) + (plot.options.get("reference") is not None) + len(plot.options.get("targets", ()))
    return marks >= FEWEST_MARKS


def statement(edition: Edition, answer: Answer, *, title: str, table: Table, plot: Plot | None = None,
              notes: Iterable[str] = (), link: str = "") -> Figure:
    """A table or a list of words, not of figures: our own, the catalogue's or a publisher's."""
    return figure(edition, answer, title=title, subtitle=table.caption, table=table, plot=plot, unit="None", base="None",
                  interval="Not applicable: these are words.", notes=notes, link=link)


def _next_editions(edition: Edition, rows: Iterable[Mapping[str, object]]) -> list[str]:
    """When the publications behind the rows come again, on the day this edition was made."""
    sources = {str(source) for source in set(_each(rows, "source_id")) if source}
    return edition.once(f"next editions of {', '.join(sorted(sources))}", lambda edition: next_editions(
        edition.ask("ages").rows, sources, edition.day)) if sources else []


def _each(rows: Iterable[Mapping[str, object]], name: str) -> Iterator[object]:
    """The column of each row, None where it has none: asked of all rows of every figure, and most rows agree."""
    return map(methodcaller("get", name), rows)


def sources_of(rows: Iterable[Mapping[str, object]]) -> tuple[Source, ...]:
    """Each publication behind the rows, once, in their order."""
    rows = tuple(rows)
    said = dict.fromkeys(zip(*(_each(rows, name) for name in OF_SOURCE), strict=True))
    return tuple(dict.fromkeys(Source(*(str(part or "") for part in each)) for each in said if each[0]))


def marks_of(table: Table, rows: Iterable[Mapping[str, object]], edition: Edition) -> tuple[tuple[str, str], ...]:
    """(mark, meaning) of the marks of the rows and of those that the table shows beside numbers made from them."""
    meanings = dict(mark_words.legend(rows, edition.every_indicator))
    shown = {mark for line in table.rows for cell in line for mark in cell.mark.split()} | set(meanings)
    return tuple((mark, meanings.get(mark, meaning)) for mark, meaning in mark_words.MARKS.items() if mark in shown)


def designations_of(rows: Iterable[Mapping[str, object]]) -> str:
    """'Official statistics · Management information': what kind of figures these are, each once."""
    return " · ".join(str(each) for each in dict.fromkeys(_each(rows, "designation")) if each)


def card(label: str, value: str, interval: str = "", direction: str = "", tone: str = "none", base: str = "",
         link: str = "", past: Past = (), is_total: bool = False) -> dict[str, object]:
    """One card as a row of a plot of kind 'cards'. `tone` is 'better', 'worse', 'neutral' or 'none'.

    `past`: (year, value) of the figures up to now, in runs that breaks part: a small line, or of a running total bars from
    nought (`is_total`); the table behind the link holds them.
    """
    return {"label": label, "value": value, "interval": interval, "direction": direction, "tone": tone, "base": base,
            "link": link, "past": past, "is_total": is_total}


def cards(edition: Edition, answer: Answer, rows: Sequence[Mapping[str, object]], *, title: str, subtitle: str = "",
          notes: Iterable[str] = (), unit: str = "Each measure in its own unit", base: str = "As each card says",
          interval: str = "As each card says") -> Figure:
    """A row of at most eight cards, and the same figures as a table."""
    shown = list(rows)[:8]
    return figure(
        edition, answer, title=title, subtitle=subtitle,
        table=table(title, ("Measure", "Figure", "Interval", "Compared", "Base"),
                    [(row["label"], row["value"], row["interval"] or NOT_PUBLISHED, row["direction"], row["base"]) for row in shown], {1}),
        plot=plot("cards", shown, alt=" ".join(f"{row['label']}: {row['value']}." for row in shown)),
        unit=unit, base=base, interval=interval, notes=notes)


def say(edition: Edition, choice: Choice, texts: Iterable[str], *recipes: str) -> tuple[Said, ...]:
    """Sentences, empty ones left out, each naming the recipes whose figures hold its numbers for this choice."""
    held = tuple(Address(name, choice, edition.extract_id) for name in recipes)
    return tuple(Said(text, held) for text in phrases.spell_out([each for each in texts if each]))


def at_a_glance(said: Iterable[Said]) -> tuple[Said, ...]:
    """Of what could be said, the most important first, what fits into `MOST_WORDS` words; the figures say the rest."""
    kept, left = [], MOST_WORDS
    for each in said:
        if (length := len(each.text.split())) <= left:
            kept.append(each)
            left -= length
    return tuple(kept)

