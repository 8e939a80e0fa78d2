"""A figure's chart as one self-contained SVG, with its words, source, evidence ID and notice."""

from dashboard.charts import picture
from dashboard.charts.draw import draw
from dashboard.charts.theme import LIGHT, Palette
from dashboard.figure import Figure
from dashboard.words.marks import notice_of


def figure_svg(figure: Figure, colours: Palette = LIGHT) -> str:
    """The picture; raises ValueError where the figure has no chart, or one that only a browser draws."""
    if figure.plot is None:
        raise ValueError(f"'{figure.title}' is a table: it has no picture")
    return picture.svg(draw(figure.plot, colours), words_of(figure), colours)


def words_of(figure: Figure) -> picture.Words:
    """What a picture of the figure says beside its chart."""
    names = dict.fromkeys(f"{each.publisher}, {each.title}" for each in figure.sources)
    return picture.Words(figure.title, figure.subtitle, f"Source: {'; '.join(names)}" if names else "",
                         figure.evidence_id, notice_of(figure))
