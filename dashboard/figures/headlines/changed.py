"""What changed in Scotland since the edition before, and what the publications themselves revised."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, plot, table
from dashboard.figures import changes, compose
from dashboard.read.edition import Answer, Edition
from dashboard.words import numbers

WATCHED = ("nolb_participants_by_year", "nolb_participants", "fss_starts_by_year", "lgbf_assisted_into_work")
MOST_REVISIONS = 3
LEAST_REVISED = 0.01      # of a figure: smaller revisions are left to its own page
Line = tuple[str, str]
TITLE = "What publishers have changed"


def changed(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """What changed since the edition before; then what publishers themselves revised: (kind, words) a line."""
    found = changes.since(edition, SCOTLAND)
    answer, lines = _by_publishers(edition)
    lines = lines if found else [("New", changes.NOTHING_BEFORE), *lines]
    publishers = compose.figure(
        edition, answer, title=TITLE, subtitle="Figures that publishers revised, and their changes of method",
        table=table(TITLE, ("Kind", "What changed"), lines),
        plot=plot("news", _by_kind(lines), TITLE),
        unit="Each indicator in its own unit", base="As each indicator says", interval="Not applicable: these are changes.")
    own = (changes.as_list(edition, found, edition.area_name(SCOTLAND)),) if found else ()
    return (*own, *((publishers,) if lines else ()))


def _by_kind(lines: Sequence[Line]) -> list[dict[str, object]]:
    """A row a kind: its first line in words, its others to be opened."""
    found: dict[str, list[str]] = {}
    for kind, text in lines:
        found.setdefault(kind, []).append(text)
    return [{"kind": kind, "text": first, "rest": rest} for kind, (first, *rest) in found.items()]


def _by_publishers(edition: Edition) -> tuple[Answer, list[Line]]:
    """The largest revisions between editions of the indicators watched, then their breaks."""
    watched = [edition.catalogue[name] for name in WATCHED if name in edition.catalogue]
    answers = [edition.ask("revisions", indicator_id=each.indicator_id, areas=[SCOTLAND], programme="all",
                           characteristic="all", category=None) for each in watched]
    revised = [revision for each, held in zip(watched, answers, strict=True) for revision in _revisions(held.rows, each)]
    largest = sorted(revised, key=lambda revision: -revision[0])[:MOST_REVISIONS]
    shown = [held.keep([row for row in held.rows if any(row in pair for _, pair, _ in largest)]) for held in answers]
    first, *others = shown or [edition.ask("previous_release", area_code=SCOTLAND)]
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
