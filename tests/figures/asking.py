"""Figures asked for in tests by name, with the choices that matter, and read back as text."""

from dashboard.figure import Absent, Figure, Said
from dashboard.figures import recipes


def made(edition, name, **given):
    """What the recipe gives for these choices, the others as the page opens with them."""
    return recipes.made(edition, name, recipes.recipe_named(name).resolve(edition, given))


def figure(things):
    """The first figure of what was made."""
    return next(each for each in things if isinstance(each, Figure))


def absent(things):
    """Why what is not there is not there."""
    return " ".join(each.why for each in things if isinstance(each, Absent))


def said(things):
    """The sentences, without what makes them bold."""
    return " ".join(each.text for each in things if isinstance(each, Said)).replace("**", "")
