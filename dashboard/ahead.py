"""Figures made before anyone asks: after the start and after each new edition, in the background.

Those of an edition whose hour has not come are made too, so that the hour finds them ready. They are kept under keys of
that edition as everyone is given it, and `read.edition` gives it to nobody before: no page, link or cache leads to them.
Those of editions before the last two are let go of.

Scotland first, then every partnership, each with the choices a page opens with. One figure at a time, with rests
between, so that a reader who asks meanwhile hardly waits for it.
"""

import contextlib
import ctypes
import logging
import threading
import time
from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path

from dashboard import memory
from dashboard.components.run import attempt
from dashboard.figure import AREA, SCOTLAND, Choice, Figure
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError, Recipe
from dashboard.packs import finished
from dashboard.packs.finished import packed
from dashboard.packs.pattern import packed_beside
from dashboard.packs.search import packed_index
from dashboard.read import edition as editions
from dashboard.read.edition import Edition, current, upcoming
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
            if isinstance(each, Figure) and attempt(each.evidence_id, partial(_pack, edition, each), b""):
                yield each.evidence_id
        time.sleep(rest * (time.perf_counter() - began))


def _pack(edition: Edition, figure: Figure) -> bytes:
    """As a page that opens sends it, and as one whose area changes does."""
    return packed(figure) and packed_beside(figure, partial(recipes.pattern_of, edition))


def _keep_up(folder: Path, stopped: threading.Event) -> None:
    before, shown, begun = "", "", set()
    while not stopped.wait(LOOK_AGAIN):
        wanted = _wanted(folder)
        if wanted and wanted[0].is_released and wanted[0].extract_id != shown:
            before, shown = shown, wanted[0].extract_id
        waiting = [each for each in wanted if each.extract_id not in begun]
        if not waiting:
            continue
        held = {before, *(each.extract_id for each in wanted)}
        _let_go(held)
        begun &= held
        if _make_all(waiting[0], wanted[0], folder, stopped):
            begun.add(waiting[0].extract_id)


def _let_go(held: Container[str]) -> None:
    """Let go of all other editions and what was made of them, of what sessions left behind, and of the memory itself.

    Nothing else collects what refers to itself: a collection after every run would take most of its time.
    """
    for each in (recipes, finished, editions):
        each.keep_only(held)
    memory.look_through()
    with contextlib.suppress(AttributeError, OSError):      # where the system has another allocator
        ctypes.CDLL(None).malloc_trim(0)


def _make_all(edition: Edition, shown: Edition, folder: Path, stopped: threading.Event) -> bool:
    """True once every figure is made; False where another edition comes first: this one is gone on with later.

    `shown` is what everyone is shown as it begins. The log does not say which edition it was.
    """
    attempt("the index of the search", partial(packed_index, edition), None)
    count = 0
    for count, _ in enumerate(make_figures(edition), start=1):      # noqa: B007
        wanted = _wanted(folder)
        if stopped.is_set() or edition not in wanted or wanted[0] not in (edition, shown):
            return False
    memory.keep_all()
    log.info("%s figures are ready", count)
    return True


def _wanted(folder: Path) -> list[Edition]:
    """The edition that everyone is shown, then the one that waits for its hour."""
    return [each for each in (_current(folder), upcoming(folder)) if each is not None]


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
