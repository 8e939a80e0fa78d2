"""Figures made before anyone asks: after the start and after each new edition, in the background.

Those of editions before the last two are let go of. No figure is made ahead of an edition whose hour has not come.

Scotland first, then every partnership, each with the choices a page opens with. One figure at a time, with rests
between, so that a reader who asks meanwhile hardly waits for it.
"""

import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from dashboard.components.run import attempt
from dashboard.figure import AREA, SCOTLAND, Choice, Figure
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError, Recipe
from dashboard.packs.finished import keep_only, packed
from dashboard.read.edition import Edition, current
from dashboard.read.extract import ExtractError

LOOK_AGAIN = 2.0     # seconds between looks for a new edition
REST = 4.0           # times as long as a figure took
log = logging.getLogger(__name__)


def first_choices(edition: Edition) -> Iterator[tuple[Recipe, Choice]]:
    """Every recipe with the choices its page opens with: of Scotland, then of each partnership by the alphabet."""
    own = [code for code in edition.areas if code != SCOTLAND]
    for area_code in (SCOTLAND, *own):
        for recipe in recipes.recipes().values():
            has_area = any(chooser.name == AREA for chooser in recipe.choosers)
            if has_area or area_code == SCOTLAND:
                try:
                    yield recipe, recipe.resolve(edition, {AREA: area_code} if has_area else {})
                except ChoiceError:
                    continue        # a page of partnerships alone has nothing of Scotland


def make_figures(edition: Edition, rest: float = REST) -> Iterator[str]:
    """Make each, and give its evidence ID; rests `rest` times as long as it took. One that fails is logged and left out."""
    for recipe, choice in first_choices(edition):
        began = time.perf_counter()
        for each in attempt(recipe.name, partial(recipes.made, edition, recipe.name, choice), ()):
            if isinstance(each, Figure) and attempt(each.evidence_id, partial(packed, each), b""):
                yield each.evidence_id
        time.sleep(rest * (time.perf_counter() - began))


def _keep_up(folder: Path, stopped: threading.Event) -> None:
    before = ""
    while not stopped.wait(LOOK_AGAIN):
        edition = _current(folder)
        if edition is None or edition.extract_id == before:
            continue
        held, before = {before, edition.extract_id}, edition.extract_id
        recipes.keep_only(held)
        keep_only(held)
        count = 0
        for count, _ in enumerate(make_figures(edition), start=1):      # noqa: B007
            if stopped.is_set() or _current(folder) is not edition:
                break
        else:
            log.info("%s figures of edition %s are ready", count, edition.extract_id)


def _current(folder: Path) -> Edition | None:
    try:
        return current(folder)
    except ExtractError:
        return None                 # the page says so to whoever asks; there is nothing to make


def start(folder: Path) -> threading.Event:
    """Begin in a thread of its own; set the event that is returned to stop it."""
    stopped = threading.Event()
    threading.Thread(target=_keep_up, args=(folder, stopped), name="figures ahead", daemon=True).start()
    return stopped
