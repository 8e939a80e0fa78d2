"""What changed since the last release; of a first release, what the publications themselves revised."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.read.edition import Answer, Edition
from dashboard.words import numbers, phrases

KINDS = {"new": "New", "revised": "Revised", "method": "Method", "scope": "Scope"}
WATCHED = ("nolb_participants_by_year", "nolb_participants", "fss_starts_by_year", "lgbf_assisted_into_work")
MOST_REVISIONS, MOST_NAMED = 3, 3
LEAST_REVISED = 0.01      # of a figure: smaller revisions are left to its own page
Line = tuple[str, str]
FIRST = ("New", "There is no earlier edition, or nothing changed since it. What publishers themselves revised is below.")


def changed(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """News, revisions and changes of method kept apart: (kind, words) a line."""
    held = edition.ask("changes")
    if held.is_empty:
        title, (answer, revised) = "What publishers have changed", _by_publishers(edition)
        lines = [FIRST, *revised]
    else:
        title, answer, lines = "What changed since the last release", held, _since_the_last(held.rows)
    return (compose.figure(
        edition, answer, title=title, subtitle="Figures that are new or revised, and changes of method",
        table=table(title, ("Kind", "What changed"), lines),
        plot=plot("news", [{"kind": kind, "text": text} for kind, text in lines], title),
        unit="Each indicator in its own unit", base="As each indicator says", interval="Not applicable: these are changes."),)


def _since_the_last(rows: Sequence[Mapping[str, object]]) -> list[Line]:
    """One line a kind: how many figures, of which indicators."""
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in KINDS}
    return [(KINDS[kind].upper(), _news(own)) for kind, own in by_kind.items() if own]


def _news(rows: Sequence[Mapping[str, object]]) -> str:
    figures, more = sum(int(row["figures"]) for row in rows), len(rows) - MOST_NAMED
    named = phrases.listed([str(row["indicator"]) for row in rows[:MOST_NAMED]])
    rest = f" and {phrases.plural(more, 'more indicator')}" if more > 0 else ""
    return f"{phrases.plural(figures, 'figure')}: {named}{rest}."


def _by_publishers(edition: Edition) -> tuple[Answer, list[Line]]:
    """The largest revisions between editions of the indicators watched, then their breaks."""
    watched = [edition.catalogue[name] for name in WATCHED if name in edition.catalogue]
    answers = [edition.ask("revisions", indicator_id=each.indicator_id, areas=[SCOTLAND], programme="all",
                           characteristic="all", category=None) for each in watched]
    revised = [revision for each, held in zip(watched, answers, strict=True) for revision in _revisions(held.rows, each)]
    largest = sorted(revised, key=lambda revision: -revision[0])[:MOST_REVISIONS]
    shown = [held.keep([row for row in held.rows if any(row in pair for _, pair, _ in largest)]) for held in answers]
    first, *others = shown or [edition.ask("changes")]
    broken = [("Method", f"{each.title}, {cut.period}: {cut.label}.") for each in watched for cut in each.breaks]
    return first.joined_by(*others), [("Revised", text) for _, _, text in largest] + broken


def _revisions(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> list[tuple[float, tuple, str]]:
    """By how much, the first and the last edition's row, and the words, of each period that editions differ on."""
    found = []
    for period in dict.fromkeys(row["period"] for row in rows):
        editions = [row for row in rows if row["period"] == period]
        first, last = editions[0], editions[-1]
        if abs(last["value"] - first["value"]) < LEAST_REVISED * abs(first["value"]):
            continue
        found.append((abs(last["value"] - first["value"]), (first, last),
                      f"{indicator.title}, {first['period_label']}: {numbers.amount(first['value'], indicator, short=True)} → "
                      f"{numbers.amount(last['value'], indicator, short=True)}, {last['edition']}."))
    return found
