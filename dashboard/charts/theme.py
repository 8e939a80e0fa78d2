"""Colours, type and spacing of every chart, in light and dark.

Each colour has one meaning. Orange with a diamond: clearly worse. Blue: clearly better. The area chosen: navy and thick,
its name in bold. Scotland: a black line. Other areas: grey rings. A target: a black ring. Not known: hatched.
Demonstration: amber dashes, never a fill. Series that are none of these take hues that mean nothing else.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

FONT = "Roboto, 'Helvetica Neue', Arial, sans-serif"
SMALL, NORMAL = 13, 14      # pixels: nothing in a chart is smaller
LETTER = 0.54               # of the size of the type: how wide a letter is, about
WIDTHS = {                  # of the size of the type: letters of Roboto by their advance
    0.26: "',;j:il ·.[]I-", 0.36: "tr(f)/", 0.48: "yvxz", 0.53: "skce", 0.56: "LahuJnFbgp0123456789dqEo+−£", 0.62: "STZYRBKPX&",
    0.68: "VUCADGOQ–", 0.74: "HN%w", 0.88: "mMW"}
_WIDTH = {letter: width for width, letters in WIDTHS.items() for letter in letters}
STANDOFF = 3                # pixels more between an axis and its labels
BOLD = 1.03                 # of a letter: the same one bold
LINE = 1.25                 # of the size of the type: from one line to the next
MOST_SERIES = 4
WIDE, NARROW = 900, 260      # pixels of a chart on a desk, and of one on the narrowest screen


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance. `series` are for lines and bars, the rest for meaning."""

    ink: str
    muted: str
    surface: str
    grid: str
    line: str
    series: tuple[str, str, str, str]
    better: str
    worse: str
    neutral: str
    chosen: str
    peer: str
    target: str
    demonstration: str
    band: str
    band_strong: str
    sequential: tuple[str, str, str, str, str]
    no_data: str


LIGHT = Palette(
    ink="#0b0c0c",
    muted="#54616c",
    surface="#ffffff",
    grid="#e7ebf0",
    line="#6b7884",
    series=("#002d54", "#2b9c93", "#6a2063", "#6b7f1e"),
    better="#005ea8",
    worse="#a8400f",
    neutral="#54616c",
    chosen="#002d54",
    peer="#8593a0",
    target="#0b0c0c",
    demonstration="#7a4b00",
    band="#e9edf2",
    band_strong="#cbd5df",
    sequential=("#cfe3f5", "#9cc6ec", "#5b9dd6", "#2b6fae", "#174a7c"),
    no_data="#f2f2f2",
)
DARK = Palette(
    ink="#f1f4f6",
    muted="#a9b6c1",
    surface="#121b24",
    grid="#26323d",
    line="#93a1ae",
    series=("#8cc4f5", "#5fd0c5", "#d79ccf", "#c3d36b"),
    better="#6cb8ff",
    worse="#ff9d66",
    neutral="#a7b3be",
    chosen="#8cc4f5",
    peer="#74838f",
    target="#f1f4f6",
    demonstration="#f0c06a",
    band="#1c2732",
    band_strong="#36454f",
    sequential=("#16324c", "#1f5688", "#4c97d4", "#7cb8e8", "#cbe4f8"),
    no_data="#33404c",
)


def palette(theme: str | None) -> Palette:
    """The palette of 'light' or 'dark'; light when the reader's theme is not known."""
    return DARK if theme == "dark" else LIGHT


def layout(colours: Palette, height: int, **more) -> dict:
    """A restrained Plotly layout: no template, no legend, no zoom by accident, transparent ground.

    `more` replaces whole keys. Axes are given by `value_axis` and `plain_axis`.
    """
    base = {
        "height": height,
        "margin": {"l": 48, "r": 16, "t": 12, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": NORMAL, "color": colours.ink},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.line,
            "font": {"family": FONT, "size": NORMAL, "color": colours.ink},
            "align": "left",
        },
        "annotations": [],
        "shapes": [],
    }
    return base | more


def plain_axis(colours: Palette, limits: tuple[float, float], ticks: dict[float, str], **more) -> dict:
    """An axis with the given range and tick labels, and no grid."""
    return {
        "range": list(limits),
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "tickfont": {"size": SMALL, "color": colours.muted},
        "tickangle": 0,
        "ticklabelstandoff": STANDOFF,
        "ticks": "",
        "automargin": False,
    } | more


def value_axis(colours: Palette, limits: tuple[float, float], ticks: dict[float, str], **more) -> dict:
    """An axis of values: light grid lines behind the data."""
    return plain_axis(colours, limits, ticks, showgrid=True, gridcolor=colours.grid, gridwidth=1) | more


def note(text: str, x: float, y: float, colours: Palette, **more) -> dict:
    """Words on a chart, at data coordinates unless `xref`/`yref` say 'paper'."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "align": "left",
        "font": {"size": NORMAL, "color": colours.ink},
    } | more


def rule(colours: Palette, **more) -> dict:
    """A straight line shape."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "layer": "below",
        "line": {"color": colours.line, "width": 1, "dash": "dot"},
    } | more


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float = SMALL) -> float:
    """Pixels that the longest line of these words takes, about."""
    plain = re.sub("<(?!br)[^>]+>", "", str(text))
    widest = max(sum(_WIDTH.get(letter, 1 - LETTER / 2) for letter in line) for line in plain.split("<br>"))
    return size * widest * (BOLD if "<b>" in str(text) else 1.01)


def wrapped(text: str, letters: int) -> str:
    """The text on lines of about so many letters, as Plotly breaks them."""
    return fitted(text, letters * LETTER * SMALL)


def fitted(text: str, room: float, size: float = SMALL) -> str:
    """The text on lines of at most so many pixels, a word longer than that on a line of its own."""
    lines: list[str] = [""]
    for word in str(text).split():
        if lines[-1] and width_of(f"{lines[-1]} {word}", size) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, at most `most` + 1 of them."""
    if high <= low:
        high = low + 1
    raw = (high - low) / max(most - 1, 1)
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first = step * math.floor(low / step + 1e-9)
    count = math.ceil((high - first) / step - 1e-9)
    return [round(first + step * i, 10) for i in range(count + 1)]
