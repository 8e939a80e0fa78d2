"""The charts of figures as pictures for files that take no SVG: drawn as SVG, turned into pixels by Typst."""

from collections.abc import Sequence
from functools import cache

from dashboard import paths
from dashboard.charts import picture
from dashboard.charts.draw import draw
from dashboard.charts.theme import LIGHT
from dashboard.figure import Figure

WIDTH = 540          # narrower than on a screen, so that its words are of a size with the paper's
SHARPNESS = 200      # pixels an inch
SHEET = '#set page(width: 150mm, height: auto, margin: 0mm)\n#set text(font: ("Roboto", "DejaVu Sans Mono"))\n'


def wordless(figure: Figure) -> str:
    """The chart alone as SVG: its words stand around it as text."""
    return picture.svg(draw(figure.plot, LIGHT, WIDTH), picture.Words(""), LIGHT, WIDTH)


def pictures(figures: Sequence[Figure]) -> dict[str, bytes]:
    """Each drawn figure's chart as PNG, by evidence ID."""
    import typst

    drawn = [each for each in figures if each.is_drawn]
    if not drawn:
        return {}
    files = {f"{place}.svg": wordless(each).encode("utf-8") for place, each in enumerate(drawn)}
    sheet = SHEET + "\n#pagebreak()\n".join(f'#image("{name}", width: 100%)' for name in files)
    made = typst.compile({"main.typ": sheet.encode("utf-8"), **files}, format="png", ppi=SHARPNESS, font_paths=fonts(),
                         ignore_system_fonts=True)
    return dict(zip((each.evidence_id for each in drawn), made if isinstance(made, list) else [made], strict=True))


@cache
def fonts():
    """Typst's own fonts and the dashboard's; none of the machine's."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(paths.ASSETS / "fonts")])
