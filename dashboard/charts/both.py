"""Both appearances in one drawing: each of its colours stands for a pair, the light one and the dark, until one is asked for.

`BOTH` is a palette of such names. What works a colour out of others says so (`worked_out`), and then works out both.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache, wraps

from dashboard.charts.theme import DARK, LIGHT, Palette

COLOUR = re.compile(r"#[0-9a-f]{6}\b|rgba?\([^)]*\)")
PALETTES = (LIGHT, DARK)
_PREFIX = "#fe"                     # of every name, and of no colour in a palette
_PAIRS: dict[str, tuple[str, str]] = {}
_NAMES: dict[tuple[str, str], str] = {}
_LOCK = threading.Lock()


def named(light: str, dark: str) -> str:
    """The name of a pair: written like a colour, and none."""
    with _LOCK:
        name = _NAMES.setdefault((light, dark), f"{_PREFIX}{len(_NAMES):04x}")
        _PAIRS[name] = (light, dark)
    return name


def parted(text: str) -> tuple[str, list[str]]:
    """The text with light colours, and the dark ones in the order in which it has them, those that are the same in both among them."""
    dark = []

    def light(found: re.Match) -> str:
        pair = _PAIRS.get(found[0], (found[0], found[0]))
        dark.append(pair[1])
        return pair[0]

    return COLOUR.sub(light, text), dark


def worked_out(make: Callable[..., str]) -> Callable[..., str]:
    """`make` for a colour worked out of others or of a palette: given names of pairs or `BOTH`, it gives the name of a pair."""
    @lru_cache(maxsize=4000)
    @wraps(make)
    def both(*given: object) -> str:
        light, dark = (make(*(_seen(each, side) for each in given)) for side in (0, 1)) if any(map(_is_both, given)) else (make(*given),) * 2
        return light if light == dark else named(light, dark)

    return both


def _is_both(given: object) -> bool:
    if isinstance(given, tuple):
        return any(map(_is_both, given))
    return given is BOTH or (isinstance(given, str) and given in _PAIRS)


def _seen(given: object, side: int) -> object:
    if given is BOTH:
        return PALETTES[side]
    if isinstance(given, tuple):
        return tuple(_seen(each, side) for each in given)
    return _PAIRS[given][side] if isinstance(given, str) and given in _PAIRS else given


def _paired(light: object, dark: object) -> object:
    return tuple(map(named, light, dark)) if isinstance(light, tuple) else named(light, dark)


BOTH = Palette(**{each.name: _paired(getattr(LIGHT, each.name), getattr(DARK, each.name)) for each in fields(Palette)})
