"""Figures for a terminal: found by recipe and choice, written as text, CSV, JSON or SVG."""

import json
from collections.abc import Callable, Iterator, Sequence

from dashboard.figure import AREA, NOTHING_CHOSEN, Figure
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError, nearest
from dashboard.packs.figure_svg import figure_svg
from dashboard.packs.figure_text import figure_text
from dashboard.packs.table_csv import csv_bytes
from dashboard.read.edition import Edition, Held
from dashboard.read.extract import ExtractError
from dashboard.words.marks import clock_time, restricted_notice
from dashboard.words.periods import day

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


def held_line(held: Held) -> str:
    """One extract that is held, for its operator: id, edition, cut-off, made up or real, hour of release, size, whether it opens."""
    edition, name = held.edition, held.path.stem.removeprefix("outcomes-")
    size = f"{held.size / 1_000_000:.1f} MB"
    if edition is None:
        return f"{'*' if held.is_current else ' '} {name}  does not open  {size}\n      {held.fault}"
    kind = "made up" if edition.synthetic else "real returns" if edition.has_returns else "published figures"
    hour = f"restricted until {clock_time(edition.embargo_until)}" if not edition.is_released else "released"
    return (f"{'*' if held.is_current else ' '} {name}  {edition.edition}  to {day(edition.cut_off)}  {kind}  "
            f"made {day(edition.built_at)}  {hour}  {size}{'  current' if held.is_current else ''}")


def readers_see(chosen: Edition, everyone: Callable[[], Edition]) -> str:
    """What readers see now that the pointer names this edition; `everyone` gives what those see who are on no list."""
    seen = f"Readers now see edition {chosen.edition}, extract {chosen.extract_id}, made on {day(chosen.built_at)}"
    made_up = "; its returns are made up for demonstration" if chosen.synthetic else ""
    if chosen.is_released:
        return f"{seen}{made_up}. Open pages show it at their next action, with a notice."
    try:
        before = everyone()
        others = f"edition {before.edition}, extract {before.extract_id}"
    except ExtractError:
        others = "a page that says there are no figures yet"
    return (f"Edition {chosen.edition}, extract {chosen.extract_id}, is restricted until {clock_time(chosen.embargo_until)}{made_up}. "
            f"Until then people on the access list see it, marked so, and everyone else sees {others}.")


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
