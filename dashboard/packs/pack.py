"""A pack: recipes in order, made once for an area, ready to be written as PDF, slides, document or workbook.

Page, Ask     what a pack is made of: a question, and the recipes that answer it
Pack, Part    what was made: sentences, figures and what is not held, the same values as on the screen
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.figure import AREA, Absent, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError, Shown
from dashboard.read.edition import Edition
from dashboard.words.marks import MARKS, SYNTHETIC_NOTICE, legend_text, restricted_notice
from dashboard.words.periods import day

MOST_PAGES = 12
MIXED = ("Demonstration data: the figures marked so on this page are made up, not about real people or real performance. "
         "The others are published.")
ELSEWHERE = "The figures on this page are published. Demonstration data, made up, is on other pages of this pack."

READING = (
    "Each figure is the same as on the screen, to the digit. Its evidence ID finds it again under Data and methods.",
    "Everyone in a return is counted, then counts are rounded to protect people: within 4 of the truth, a few within 9.",
    "An interval says how far a figure could move by chance and rounding. Inside it, no change or difference is claimed.",
    "Few people make wide intervals. A figure on few people is marked [u] or hidden [c], and is given no verdict.",
    "What nobody recorded is shown as not recorded. It is never counted as a bad outcome.",
)


@dataclass(frozen=True)
class Ask:
    """One recipe with its choices other than the area; `items` are the places of the figures taken, from 1 (none: all)."""

    recipe: str
    choices: tuple[tuple[str, str], ...] = ()
    items: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """One idea: the question that heads a page, and what answers it."""

    question: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Part:
    """One page as made: its question, sentences, figures and what is not held."""

    question: str
    things: tuple[Shown, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(each for each in self.things if isinstance(each, Said))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in self.things if isinstance(each, Figure))

    @property
    def absent(self) -> tuple[Absent, ...]:
        return tuple(each for each in self.things if isinstance(each, Absent))

    @property
    def is_synthetic(self) -> bool:
        return any(each.is_synthetic for each in self.figures)


@dataclass(frozen=True)
class Pack:
    """What every format is written from. `facts` are (label, text) for the cover; `made_at` is ISO text;
    `restricted` the hour (UTC) of its release, where it was made before it; `called` names its files.
    """

    title: str
    audience: str
    area_code: str
    extract_id: str
    made_at: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    not_held: tuple[tuple[str, str], ...]
    is_synthetic: bool
    restricted: str = ""
    called: str = "board-pack"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in order."""
        return tuple(each for part in self.parts for each in part.figures)

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """(mark, meaning) of the marks in use; a meaning of a figure's own stands with that figure."""
        used = {mark for each in self.figures for mark, _ in each.marks}
        return tuple((mark, meaning) for mark, meaning in MARKS.items() if mark in used)

    def notice(self, part: Part | None = None) -> str:
        """What is said of restricted statistics and of demonstration data on this page; '' in an edition without any."""
        return " ".join(filter(None, (restricted_notice(self.restricted), self._made_up(part))))

    def _made_up(self, part: Part | None) -> str:
        if not self.is_synthetic:
            return ""
        if part is None or all(each.is_synthetic for each in part.figures):
            return SYNTHETIC_NOTICE
        return MIXED if part.is_synthetic else ELSEWHERE

    @property
    def running_notice(self) -> str:
        """The same in a few words, for the foot of every page."""
        return " · ".join(filter(None, (restricted_notice(self.restricted), "Demonstration data" if self.is_synthetic else "")))

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.called}-{self.area_code}-{self.extract_id}"


def make(edition: Edition, area_code: str, title: str, audience: str, pages: Sequence[Page]) -> Pack:
    """The pack of an area of this edition. A page with no figure is left out; why stands in `not_held`."""
    made = [Part(page.question, tuple(taken(edition, area_code, page.asks))) for page in pages]
    parts = tuple(part for part in made if part.figures)
    not_held = dict.fromkeys((part.question, plain_text(each.why)) for part in made if not part.figures for each in part.absent)
    cut_off, built = day(edition.cut_off), day(edition.built_at)
    facts = (("Area", edition.area_name(area_code)), ("For", audience),
             ("Figures", f"partnership returns to {cut_off}; published figures each to a date of its own"
              if edition.has_returns else "published figures, each to a date of its own"),
             ("Edition", f"{edition.edition}, made {built}; extract {edition.extract_id}"))
    return Pack(title, audience, area_code, edition.extract_id, edition.built_at, facts, parts, tuple(not_held),
                any(part.is_synthetic for part in parts), edition.restricted)


def taken(edition: Edition, area_code: str, asks: Iterable[Ask]) -> Iterable[Shown]:
    """What these recipes give for an area; why not, where one cannot be asked of it."""
    for ask in asks:
        try:
            things = _made(edition, area_code, ask)
        except ChoiceError as error:
            things = (Absent(str(error)),)
        yield from (each for each in things if not isinstance(each, Figure) or not ask.items
                    or each.address.item in ask.items)


def _made(edition: Edition, area_code: str, ask: Ask) -> Sequence[Shown]:
    recipe = recipes.recipe_named(ask.recipe)
    area = {AREA: area_code} if any(each.name == AREA for each in recipe.choosers) else {}
    return recipes.made(edition, ask.recipe, recipe.resolve(edition, area | dict(ask.choices)))


def is_enquiry(figure: Figure) -> bool:
    """True of lines of enquiry: whole sentences, which a paper sets one under another and not in the columns of a table."""
    return figure.plot is not None and figure.plot.kind == "enquiry"


def is_list(figure: Figure) -> bool:
    """True of a few words each, such as what kind of place an area is: a paper sets them on one line."""
    return figure.plot is not None and figure.plot.kind == "tags"


@dataclass(frozen=True)
class Enquiry:
    """A line of enquiry as a paper sets it: what raised it, and (name, words) of each of its parts.

    `seen` and `question` are what is read; `facts` how sure it is, with whom it is compared and what would make it wrong;
    `evidence` the evidence IDs of its numbers.
    """

    head: str
    seen: tuple[str, str]
    question: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    evidence: str


def enquiries(figure: Figure) -> list[Enquiry]:
    """The lines of an enquiry, every cell of its table in one of them."""
    found = []
    for line, row in zip(figure.plot.rows, figure.table.rows, strict=True):
        seen, *facts, question = ((column.name, plain_text(cell.text)) for column, cell in zip(figure.table.columns, row, strict=True))
        found.append(Enquiry(f"{line['kind']}: {line['rule']}", seen, question, tuple(facts), ", ".join(line["evidence"])))
    return found


def plain_text(text: str) -> str:
    """Text without the marks of bold."""
    return text.replace("**", "")


def foot(figure: Figure) -> Mapping[str, str]:
    """What must travel with a figure, by name, beside its evidence ID: status, unit, base, interval, marks, source; empty ones left out."""
    sources = "; ".join(dict.fromkeys(", ".join(filter(None, (each.publisher, each.title, each.named_edition)))
                                      for each in figure.sources))
    status = " · ".join(filter(None, (restricted_notice(figure.restricted),
                                      "Demonstration data, made up" if figure.is_synthetic else "", figure.designation)))
    facts = {"Status": status, "Unit": figure.unit, "Base": figure.base, "Interval": figure.interval, "Marks": legend_text(figure.marks), "Source": sources}
    return {name: plain_text(text) for name, text in facts.items() if text}
