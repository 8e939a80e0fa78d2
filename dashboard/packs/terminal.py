"""Figures for a terminal: found by recipe and choice, written as text, CSV, JSON or SVG."""

import json
from collections.abc import Iterator, Sequence

from dashboard.figure import AREA, NOTHING_CHOSEN, Figure
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError, nearest
from dashboard.packs.figure_svg import figure_svg
from dashboard.packs.figure_text import figure_text
from dashboard.packs.table_csv import csv_bytes
from dashboard.read.edition import Edition
from dashboard.words.marks import restricted_notice

MOST_OPTIONS = 8


def shown(edition: Edition, name: str, area: str | None, chosen: Sequence[str], form: str) -> str:
    """What a recipe gives for these choices ('name=value' each): its figures one after another, as JSON a list.

    `form` is 'text', 'csv', 'json' or 'svg'. Raises ChoiceError for a name or value that does not exist, and where
    nothing is held in the form asked for.
    """
    recipe = recipes.recipe_named(name)
    given = {} if area is None else {AREA: area}
    for pair in chosen:
        key, sign, value = pair.partition("=")
        if not sign:
            raise ChoiceError(f"'{pair}' should read NAME=VALUE. {nearest(key, {each.name: each.label for each in recipe.choosers})}")
        given[key] = value
    things = recipes.made(edition, name, recipe.resolve(edition, given))
    if form != "text":
        things = [each for each in things if isinstance(each, Figure)]
    if form == "svg":
        things = [each for each in things if each.is_drawn]
    if not things:
        raise ChoiceError(f"'{name}' gives nothing as {form} for this choice in this edition.")
    if form == "json":
        return json.dumps([json.loads(each.to_json()) for each in things], ensure_ascii=False, indent=1)
    write = {"text": figure_text, "csv": lambda each: csv_bytes(each).decode("utf-8").rstrip("\n"), "svg": figure_svg}
    said = [restricted_notice(edition.restricted)] if edition.restricted and form == "text" else []
    return "\n\n".join([*said, *map(write[form], things)])


def listed(edition: Edition) -> Iterator[str]:
    """Every recipe with what it is and what can be chosen of it: the first few values of each choice."""
    for name, recipe in sorted(recipes.recipes().items()):
        yield f"{name}: {(recipe.make.__doc__ or '').strip().splitlines()[0]}"
        choice = NOTHING_CHOSEN
        for chooser in recipe.choosers:
            options = chooser.options(edition, choice)
            first = chooser.first(edition, choice, options)
            more = f", … ({len(options)})" if len(options) > MOST_OPTIONS else ""
            yield (f"    {'--area' if chooser.name == AREA else f'--choose {chooser.name}='} {chooser.label}: "
                   f"{', '.join(list(options)[:MOST_OPTIONS])}{more}  [default: {first or 'none'}]")
            if first:
                choice = choice.with_choice(chooser.name, first)
