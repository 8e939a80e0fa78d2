"""A recipe: how one figure, card row, table or set of sentences is made from an edition and a choice.

    Recipe("jobs.journey", journey, "/jobs", choosers=(AREA,))

`make` is a plain function `(Edition, Choice) -> tuple of Figure, Said or Absent`: it asks the edition it is given,
knows nothing of screens, and gives the same figures to the page, the terminal, a pack and a test.
A Chooser is one choice that a reader can make: its name in links, its options in this edition, its default.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from dashboard.figure import AREA as AREA_NAME
from dashboard.figure import INDICATOR as INDICATOR_NAME
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said
from dashboard.read import selection
from dashboard.read.edition import Edition
from dashboard.words.phrases import shorten

Shown = Figure | Said | Absent
Options = Mapping[str, str]
LONGEST_COMPARED = 60     # letters of a text from outside: to compare takes their square, and a link can hold a book


class ChoiceError(ValueError):
    """A recipe, an area or another choice that does not exist; the message names the nearest that do."""


@dataclass(frozen=True)
class Chooser:
    """One choice a reader can make, kept in the link as `?<name>=value`.

    options    (edition, choice so far) to {value: label}, the values in the order shown; may be empty
    default    the value where nothing is chosen: text, or made from (edition, choice so far); '' is the first
    find       (text, edition, options) to the value that the text names, or None
    complaint  what is said of text that names none ('{given}' in it is the text), or how to say it of this edition
    """

    name: str
    label: str
    options: Callable[[Edition, Choice], Options]
    default: str | Callable[[Edition, Choice], str] = ""
    find: Callable[[str, Edition, Options], str | None] = lambda text, _, options: selection.find_choice(text, options)
    complaint: str | Callable[[Edition, str], str] = ""

    def first(self, edition: Edition, choice: Choice, options: Options) -> str:
        """The default, or the first option where the default is not one of them; '' where there is none."""
        wanted = self.default if isinstance(self.default, str) else self.default(edition, choice)
        return wanted if wanted in options else next(iter(options), "")

    def words_of(self, edition: Edition, given: str) -> str:
        """What is said of text that names no option."""
        said = self.complaint or f"'{{given}}' is not a choice of '{self.label}' here."
        words = said if isinstance(said, str) else said(edition, given)
        return words.replace("{given}", shorten(given))

    def resolve(self, edition: Edition, choice: Choice, given: str | None) -> Choice:
        """`choice` with this one made: what the text names, or the default; raises ChoiceError where it names none."""
        options = self.options(edition, choice)
        if not options:
            return choice
        value = self.first(edition, choice, options) if given is None else given
        if value not in options:
            value = self.find(value, edition, options)
        if value not in options:
            raise ChoiceError(f"{self.words_of(edition, given or '')} {nearest(given or '', options)}")
        return choice.with_choice(self.name, value)


def nearest(given: str, options: Options, most: int = 5) -> str:
    """'Did you mean …' the options that read most like it, by value or label; else the first few."""
    wanted = given[:LONGEST_COMPARED].casefold()
    names = {f"{value} ({label})" if label and label != value else value: (value, label) for value, label in options.items()}
    scored = sorted(names, key=lambda name: -max(
        difflib.SequenceMatcher(None, wanted, part.casefold()).ratio() for part in names[name]))
    return f"The nearest: {', '.join(scored[:most])}." if names else ""


def areas_of(edition: Edition, with_scotland: bool) -> Options:
    """Areas that can be chosen: code to name, Scotland first where it is among them.

    A name that people know under quite another one has that beside it, so that typing either finds it.
    """
    return edition.once(f"areas to choose from, {'with' if with_scotland else 'without'} Scotland", lambda edition: MappingProxyType(
        {code: " ".join(filter(None, (str(row["name"]), _other_name(row)))) for code, row in edition.areas.items()
         if with_scotland or row["area_type"] == "partnership"}))


def _other_name(row: Mapping[str, object]) -> str:
    """'(Western Isles)': the first spelling that shares no word with the name; '' where there is none."""
    own = set(selection.tidy(str(row["name"])).split())
    spellings = filter(None, str(row["spellings"] or "").split("; "))
    return next((f"({each})" for each in spellings if not own & set(selection.tidy(each).split())), "")


def _find_area(text: str, edition: Edition, _: Options) -> str | None:
    return selection.find_area(text, edition.areas.values())


def _find_indicator(text: str, edition: Edition, options: Options) -> str | None:
    return selection.find_indicator(text, [
        {"indicator_id": each.indicator_id, "title": each.title, "aliases": each.aliases}
        for name, each in edition.catalogue.items() if name in options])


def titles(edition: Edition, _: Choice) -> Options:
    """Every indicator that holds a figure: id to title."""
    return {name: indicator.title for name, indicator in edition.catalogue.items()}


def _without_figure(edition: Edition, given: str) -> str:
    held = edition.every_indicator.get(given)
    return f"'{held.title}' has no figure in this edition." if held else "No indicator is called '{given}'."


AREA = Chooser(AREA_NAME, "Area", lambda edition, _: areas_of(edition, True), SCOTLAND, _find_area,
               "No area is called '{given}'.")
PARTNERSHIP = Chooser(AREA_NAME, "Partnership", lambda edition, _: areas_of(edition, False), "", _find_area,
                      "No area is called '{given}'.")
INDICATOR = Chooser(INDICATOR_NAME, "Indicator", titles, "lgbf_assisted_into_work", _find_indicator,
                    _without_figure)


@dataclass(frozen=True)
class Recipe:
    """How one thing is made, where it is shown, and what can be chosen of it.

    page      the address of the page that shows it, such as "/jobs"
    at        the choices that open the part of the page it is in, such as {"part": "routes"}
    choosers  what can be chosen, in the order in which one may depend on another
    """

    name: str
    make: Callable[[Edition, Choice], Sequence[Shown]]
    page: str
    at: tuple[tuple[str, str], ...] = ()
    choosers: tuple[Chooser, ...] = ()

    def resolve(self, edition: Edition, given: Mapping[str, str]) -> Choice:
        """The whole choice of this recipe from names and texts; raises ChoiceError for what does not exist."""
        if unknown := sorted(set(given) - {each.name for each in self.choosers}):
            known = {each.name: each.label for each in self.choosers}
            raise ChoiceError(f"'{self.name}' has no choice called '{unknown[0]}'. "
                              f"{nearest(unknown[0], known) or 'It is the same whatever is chosen.'}")
        choice = Choice()
        for chooser in self.choosers:
            choice = chooser.resolve(edition, choice, given.get(chooser.name))
        return choice

    def narrowed(self, choice: Choice) -> Choice:
        """Of a page's choice, only what this recipe looks at: what it is kept and cited by."""
        kept = Choice()
        for chooser in self.choosers:
            if value := choice.of(chooser.name):
                kept = kept.with_choice(chooser.name, value)
        return kept

    def link(self, choice: Choice) -> str:
        """The address of the page that shows it, with every choice that changes it."""
        query = urlencode([*self.narrowed(choice).pairs, *self.at])
        return f"{self.page}?{query}" if query else self.page
