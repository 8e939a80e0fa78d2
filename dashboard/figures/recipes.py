"""Every recipe by name: where evidence, packs, the terminal and the tests look figures up.

To add a figure: a function in figures/<subject>/, and its name in that subject's RECIPES.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from dashboard.figure import AREA, SCOTLAND, Address, Choice, Figure
from dashboard.figures.recipe import ChoiceError, Recipe, Shown, nearest
from dashboard.read.edition import Edition, Kept

SUBJECTS = ("about", "challenge", "compare", "equality", "gap", "gaps", "headlines", "indicator", "jobs", "national",
            "partnership", "places", "progress", "quality", "value")
MOST_FIGURES = 6000
_MADE = Kept(MOST_FIGURES)


@cache
def recipes() -> Mapping[str, Recipe]:
    """Every recipe by name; raises ValueError where two have one name."""
    found: dict[str, Recipe] = {}
    for subject in SUBJECTS:
        for recipe in import_module(f"dashboard.figures.{subject}").RECIPES:
            if recipe.name in found:
                raise ValueError(f"two recipes are called '{recipe.name}'")
            found[recipe.name] = recipe
    return found


def recipe_named(name: str) -> Recipe:
    """The recipe of this name; raises ChoiceError that names the nearest ones."""
    if name not in recipes():
        raise ChoiceError(f"No figure is called '{name}'. {nearest(name, dict.fromkeys(recipes(), ''))}")
    return recipes()[name]


def made(edition: Edition, name: str, choice: Choice) -> tuple[Shown, ...]:
    """What the recipe gives for this choice, each figure with its address; made once an edition and choice."""
    recipe = recipe_named(name)
    own = recipe.narrowed(choice)
    held = (edition.extract_id, edition.extract.digest, edition.restricted, name, own)
    return _MADE.get(held, lambda: _addressed(edition, recipe, own))


def keep_only(extract_ids: Container[str]) -> None:
    """Let go of the figures of all other editions."""
    _MADE.drop(lambda held: held[0] not in extract_ids)


def figure_at(edition: Edition, address: Address) -> Figure | None:
    """The figure of an address in this edition; None where the recipe gives none at that place.

    Raises ChoiceError where the recipe or a choice does not exist in this edition.
    """
    recipe = recipe_named(address.recipe)
    choice = recipe.resolve(edition, dict(address.choice.pairs))
    return next((each for each in made(edition, recipe.name, choice)
                 if isinstance(each, Figure) and each.address.item == address.item), None)


def pattern_of(edition: Edition, figure: Figure) -> Figure | None:
    """The same figure of the first partnership that can be chosen, with whatever else is chosen: most of it is the same.

    None where its recipe has no areas, or gives no such figure there.
    """
    choice = figure.address.choice
    chooser = next((each for each in recipe_named(figure.address.recipe).choosers if each.name == AREA), None)
    if chooser is None or not choice.area_code:
        return None
    first = next((code for code in chooser.options(edition, choice) if code != SCOTLAND), "")
    try:
        return figure_at(edition, replace(figure.address, choice=choice.with_choice(AREA, first)))
    except ChoiceError:
        return None


def _addressed(edition: Edition, recipe: Recipe, choice: Choice) -> tuple[Shown, ...]:
    things, item = [], 0
    for each in recipe.make(edition, choice):
        if isinstance(each, Figure):
            item += 1
            each = replace(each, address=Address(recipe.name, choice, edition.extract_id, item),
                           link=each.link or recipe.link(choice))
        things.append(each)
    return tuple(things)
