"""A figure as a browser takes it: words, table, chart in both appearances, pictures and files, packed once."""

import base64
import gzip
import json
from collections.abc import Mapping
from urllib.parse import quote

from dashboard import markup
from dashboard.charts import picture
from dashboard.charts.draw import draw
from dashboard.charts.theme import DARK, LIGHT
from dashboard.figure import Figure
from dashboard.packs.figure_svg import figure_svg
from dashboard.packs.table_csv import csv_bytes
from dashboard.read.edition import Kept
from dashboard.words.marks import SYNTHETIC_NOTICE, legend_text
from dashboard.words.phrases import plural

PAPER = 720      # pixels: about the width of A4 between its margins, so that printed words keep their size
MOST_BYTES = 150_000_000
_PACKED = Kept(MOST_BYTES, len)
APPEARANCES = {"light": LIGHT, "dark": DARK}


def packed(figure: Figure, level: int = 3) -> str:
    """JSON of everything that is shown or saved, gzipped, in base64; made once a figure. `level` is of its heading."""
    return _PACKED.get((figure.evidence_id, figure.is_synthetic, figure.title, level), lambda: _pack(finished(figure, level)))


def packed_foot(figure: Figure, links: Mapping[str, str], chosen: str) -> str:
    """The same of a figure that the page draws by itself: its foot and files, without heading and chart.

    `links` are addresses by row heading, which make its table a way to choose; `chosen` is the heading chosen. Both
    follow from the choice in its evidence ID.
    """
    return _PACKED.get((figure.evidence_id, figure.is_synthetic, figure.title, "foot"), lambda: _pack(
        {"head": "", "foot": foot(figure, links, chosen), "alt": "", **_files(figure)}))


def _pack(made: Mapping[str, object]) -> str:
    written = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(written.encode("utf-8"), 6, mtime=0)).decode("ascii")


def finished(figure: Figure, level: int) -> dict[str, object]:
    """head, foot: HTML · charts, pictures: by appearance · csv, image, sentence, name: what is saved or copied."""
    made = {"head": markup.render("heading", level=level, title=figure.title, subtitle=figure.subtitle,
                                  notice=SYNTHETIC_NOTICE if figure.is_synthetic else ""),
            "foot": foot(figure), "alt": alternative(figure), **_files(figure)}
    if not figure.is_drawn:
        return made
    charts = {name: draw(figure.plot, colours) for name, colours in APPEARANCES.items()}
    pictures = {name: picture.svg(charts[name], picture.Words(""), colours, PAPER) for name, colours in APPEARANCES.items()}
    return made | {"charts": charts, "pictures": pictures}


def _files(figure: Figure) -> dict[str, str]:
    files = {"csv": csv_bytes(figure).decode("utf-8-sig"), "sentence": sentence(figure),
             "name": f"{figure.address.recipe.replace('.', '-')}-{figure.address.extract_id}"}
    return files | {"image": figure_svg(figure)} if figure.is_drawn else files


def foot(figure: Figure, links: Mapping[str, str] | None = None, chosen: str = "") -> str:
    """Marks, sources, evidence, table, notes, link and buttons: the HTML under a figure."""
    return markup.render("foot", figure=figure, legend=legend_text(figure.marks), short_source=short_source(figure),
                         evidence=evidence_address(figure.evidence_id), opened=not figure.is_drawn, links=links or {}, chosen=chosen)


def short_source(figure: Figure) -> str:
    """The publisher and publication of the first source, its edition, and how many more there are."""
    names = list(dict.fromkeys(", ".join(filter(None, (each.publisher, each.title, each.named_edition)))
                               for each in figure.sources))
    more = f" and {plural(len(names) - 1, 'more source')}" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else ""


def alternative(figure: Figure) -> str:
    """The chart in words, after what must be said of made-up figures."""
    if figure.plot is None:
        return ""
    return f"{SYNTHETIC_NOTICE} {figure.plot.alt}" if figure.is_synthetic else figure.plot.alt


def evidence_address(evidence_id: str) -> str:
    """Where an evidence ID is resolved."""
    return f"/about?evidence={quote(evidence_id)}"


def sentence(figure: Figure) -> str:
    """The message with everything that must be quoted with it: notice, measure, source, evidence ID."""
    names = dict.fromkeys(", ".join(filter(None, (each.publisher, each.title, each.edition))) for each in figure.sources)
    parts = [SYNTHETIC_NOTICE if figure.is_synthetic else "", f"{figure.title}.", f"{figure.subtitle}.",
             f"Source: {'; '.join(names)}." if names else "", f"Evidence: {figure.evidence_id}"]
    return " ".join(part for part in parts if part).replace("**", "")
