"""The charts of figures as pictures for files that take no SVG: drawn as SVG, turned into pixels by Typst."""

import re
from collections.abc import Sequence
from functools import cache

from dashboard import paths
from dashboard.charts import picture
from dashboard.charts.draw import draw, least_width
from dashboard.charts.theme import LIGHT, SMALL
from dashboard.figure import Figure

WIDTH = 540          # narrower than on a screen, so that its words are of a size with the paper's
ROOM, READABLE = 504, 8      # points across a page of A4 between its margins, and of the smallest letters that everyone can read
SHARPNESS = 200      # pixels an inch
POINT = 25.4 / 72           # millimetres
MOST, USUAL = 174, 150      # millimetres between the margins of a paper, and of a picture of the usual width
_SIGNS = re.compile("[\u2190-\u2211\u2213-\u2bff]+")      # arrows and shapes: else all words beside one get the font that has it
SHEET = '#set text(font: ("Roboto", "DejaVu Sans Mono"))\n'


def wordless(figure: Figure) -> str:
    """The chart alone as SVG: its words stand around it as text."""
    width = round(WIDTH * stretch(figure))
    drawn = picture.svg(draw(figure.plot, LIGHT, width), picture.Words(""), LIGHT, width)
    return _SIGNS.sub(r'<tspan font-family="DejaVu Sans Mono">\g<0></tspan>', drawn)


def stretch(figure: Figure) -> float:
    """How many times the usual width a picture needs: a chart with its words beside its bars is not drawn in less."""
    return max(1.0, least_width(figure.plot) / WIDTH)


def least_share(figure: Figure) -> float:
    """Percent of the width between the margins under which the smallest letters of a picture could not be read; of a few over 100."""
    return 100 * WIDTH * stretch(figure) * READABLE / SMALL / ROOM


def millimetres(figure: Figure) -> float:
    """The width of a picture in a paper: a little more than there is between the margins where its letters need that."""
    return max(min(MOST, USUAL * stretch(figure)), WIDTH * stretch(figure) * READABLE / SMALL * POINT)


def pictures(figures: Sequence[Figure]) -> dict[str, bytes]:
    """Each drawn figure's chart as PNG, by evidence ID."""
    import typst

    drawn = [each for each in figures if each.is_drawn]
    if not drawn:
        return {}
    files = {f"{place}.svg": wordless(each).encode("utf-8") for place, each in enumerate(drawn)}
    sheet = SHEET + "\n".join(f'#page(width: {millimetres(each)}mm, height: auto, margin: 0mm, image("{name}", width: 100%))'
                              for name, each in zip(files, drawn, strict=True))
    made = typst.compile({"main.typ": sheet.encode("utf-8"), **files}, format="png", ppi=SHARPNESS, font_paths=fonts(),
                         ignore_system_fonts=True)
    return dict(zip((each.evidence_id for each in drawn), made if isinstance(made, list) else [made], strict=True))


@cache
def fonts():
    """Typst's own fonts and the dashboard's; none of the machine's."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(paths.ASSETS / "fonts")])
