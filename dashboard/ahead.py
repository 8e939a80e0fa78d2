"""Figures made before anyone asks: after the start and after each new edition, in the background.

Those of editions before the last two are let go of. No figure is made ahead of an edition whose hour has not come.

Scotland first, then every partnership, each with the choices a page opens with. One figure at a time, with rests
between, so that a reader who asks meanwhile hardly waits for it.
"""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

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
    """Make each, and give its evidence ID; rests `rest` times as long as it took."""
    for recipe, choice in first_choices(edition):
        began = time.perf_counter()
        try:
            made = recipes.made(edition, recipe.name, choice)
        except ChoiceError:
            log.warning("%s could not be made ahead", recipe.name)
            continue
        for each in made:
            if isinstance(each, Figure):
                packed(each)
                yield each.evidence_id
        time.sleep(rest * (time.perf_counter() - began))


def _keep_up(folder: Path, stopped: threading.Event) -> None:
    done = ""
    while not stopped.wait(LOOK_AGAIN):
        try:
            edition = current(folder)
        except ExtractError:
            continue                # the page says so to whoever asks; there is nothing to make
        if edition.extract_id == done:
            continue
        held = {done, edition.extract_id}
        recipes.keep_only(held)
        keep_only(held)
        count = 0
        for count, _ in enumerate(make_figures(edition), start=1):      # noqa: B007
            if stopped.is_set():
                return
        done = edition.extract_id
        log.info("%s figures of edition %s are ready", count, done)


def start(folder: Path) -> threading.Event:
    """Begin in a thread of its own; set the event that is returned to stop it."""
    stopped = threading.Event()
    threading.Thread(target=_keep_up, args=(folder, stopped), name="figures ahead", daemon=True).start()
    return stopped
