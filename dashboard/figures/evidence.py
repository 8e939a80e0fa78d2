"""What stands behind an evidence ID: the figure itself, or for the older form of IDs the rows of a query.

An ID of an edition that is still held shows that edition's figure; of one that is not, today's, and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.figure import Address, AddressError, Figure, table
from dashboard.figures import compose, recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.read import evidence, extract
from dashboard.read.edition import Answer, Edition
from dashboard.read.extract import ExtractError
from dashboard.words.phrases import shorten

MOST_ROWS = 200
COLUMNS = ("indicator_id", "area", "period_label", "category", "value", "lower_ci", "upper_ci", "obs_status", "edition",
           "publisher", "source_page")
PUBLISHED = "Published by others and shown exactly as published: no further control was applied."
PROTECTED = ("Made from protected counts only: every count was rounded together with all others to base 5, and no rate is "
             "shown on a base below 30.")


class NotFound(ValueError):
    """An ID behind which nothing is found; the message says why, in plain words."""


@dataclass(frozen=True)
class Query:
    """One query behind a figure: its question, what it was asked with, and its text."""

    question: str
    asked_with: str
    sql: str


@dataclass(frozen=True)
class Found:
    """A figure and what it rests on.

    `edition` is the one it was made of; `superseded_by` the evidence ID of the same figure in today's edition where
    that is another; `note` what else a reader must know.
    """

    evidence_id: str
    figure: Figure
    edition: Edition
    definitions: tuple[tuple[str, str], ...]
    queries: tuple[Query, ...]
    disclosure: str
    superseded_by: str = ""
    note: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """(term, text) of what the figure is, what was chosen, its edition and its disclosure decision."""
        asked = self.queries[0] if self.figure.address == compose.UNADDRESSED else None
        chosen = "; ".join(f"{name} = {value}" for name, value in self.figure.address.choice.pairs)
        return (("Evidence ID, to be quoted whole", self.evidence_id), ("Question", asked.question if asked else ""),
                ("Figure", "" if asked else self.figure.address.recipe), ("Asked with", asked.asked_with if asked else ""),
                ("Chosen", chosen), ("Edition", f"{self.edition.edition}, extract {self.edition.extract_id}"),
                ("Disclosure", self.disclosure), *self.definitions)


def resolve(given: str, today: Edition, opener: Callable[[str], Edition]) -> Found:
    """What an evidence ID of either form stands for.

    `opener` opens an earlier edition by its extract_id, and raises ExtractError where it is not held.
    Raises NotFound where the ID is malformed, or names what is not in the edition.
    """
    try:
        address = Address.read(given)
    except AddressError:
        return _of_query(given, today, opener)
    edition, note = _edition_of(address.extract_id, today, opener)
    figure = _figure_at(edition, address)
    now = "" if edition.extract_id == today.extract_id else _today(today, address)
    return Found(figure.evidence_id, figure, edition, definitions(edition, figure.asked), tuple(map(_query, figure.asked)),
                 _decision(edition, figure.asked), now, note)


def _figure_at(edition: Edition, address: Address) -> Figure:
    try:
        figure = recipes.figure_at(edition, address)
    except ChoiceError as error:
        raise NotFound(str(error)) from error
    if figure is None:
        raise NotFound(f"'{address.recipe}' gives no figure for this choice in edition {edition.extract_id}.")
    return figure


def _today(today: Edition, address: Address) -> str:
    try:
        figure = recipes.figure_at(today, address)
    except ChoiceError:
        return ""
    return figure.evidence_id if figure else ""


def _edition_of(extract_id: str, today: Edition, opener: Callable[[str], Edition]) -> tuple[Edition, str]:
    """The edition named, or today's with a word that it is not the one."""
    if extract_id == today.extract_id:
        return today, ""
    try:
        return opener(extract_id), f"This figure is of edition {extract_id}, which a newer one has superseded."
    except ExtractError:
        return today, (f"This figure was made from edition {extract_id}, which is no longer held. The current one is "
                       f"{today.extract_id}: its figure is below and may differ.")


def _of_query(given: str, today: Edition, opener: Callable[[str], Edition]) -> Found:
    """The rows of a query, as IDs of the older form name them."""
    try:
        asked = evidence.read_evidence(given)
    except evidence.EvidenceError as error:
        raise NotFound(str(error)) from error
    edition, note = _edition_of(asked.extract_id, today, opener)
    try:
        answer = edition.ask(asked.view, **asked.asked_with)
    except ExtractError as error:
        raise NotFound(f"The query '{asked.view}' cannot be asked with these values.") from error
    own = [answer.evidence.evidence_id]
    return Found(asked.evidence_id, _rows_figure(edition, answer), edition, definitions(edition, own),
                 tuple(map(_query, own)), _decision(edition, own), "", note)


def _rows_figure(edition: Edition, answer: Answer) -> Figure:
    """The rows of an answer as they are, the columns a reader knows first."""
    held = answer.rows[0] if answer.rows else {}
    names = [name for name in COLUMNS if name in held] or list(held)[:8]
    lines = [[_plain(row[name]) for name in names] for row in answer.rows[:MOST_ROWS]]
    question = _question(answer.evidence.view)
    return compose.figure(edition, answer, title=question, subtitle="The rows behind the figure",
                          table=table("The rows behind the figure", [name.replace("_", " ") for name in names] or [""], lines),
                          unit="As each row says", base="As each row says", interval="As each row says")


def _plain(value: object) -> str:
    """Any value as text: empty for missing, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _query(evidence_id: str) -> Query:
    asked = evidence.read_evidence(evidence_id)
    parameters = "; ".join(f"{name} = {value}" for name, value in asked.asked_with.items())
    return Query(_question(asked.view), parameters, extract.view(asked.view))


def _question(view: str) -> str:
    return extract.view(view).split("\n", 1)[0].removeprefix("--").strip()


def _answers(edition: Edition, asked: Sequence[str]) -> list[Answer]:
    read = [evidence.read_evidence(each) for each in asked]
    return [edition.ask(each.view, **each.asked_with) for each in read]


def definitions(edition: Edition, asked: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(title, definition) of the indicators in the rows asked for, at most twelve."""
    names = dict.fromkeys(str(row["indicator_id"]) for answer in _answers(edition, asked) for row in answer.rows
                          if row.get("indicator_id"))
    known = [edition.every_indicator[name] for name in names if name in edition.every_indicator]
    return tuple((each.title, each.definition) for each in known[:12])


def _decision(edition: Edition, asked: Sequence[str]) -> str:
    """What disclosure control the figures went through."""
    classes = {row.get("data_class") for answer in _answers(edition, asked) for row in answer.rows}
    return " ".join(words for name, words in (("returns", PROTECTED), ("published", PUBLISHED)) if name in classes) or PUBLISHED


def not_found_words(error: NotFound, given: str) -> str:
    """The reason and what was given, shortened."""
    return f"{error} You gave '{shorten(given)}'."
