"""A figure as a browser takes it: words, table, chart in both appearances, pictures and files, packed once.

The chart and its picture are drawn light; the dark ones are the same with other colours, so only those are packed, in the
order they occur. The picture on the page and the one to save are one body with other words around it, and fit any width.
Where there is little width a second drawing takes their place: it says the same in the same words, so that it adds little
to what is packed, and nothing where it is no different.
"""

import gzip
import json
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TypeVar
from urllib.parse import quote, urlencode

from dashboard import markup
from dashboard.charts import picture
from dashboard.charts.both import BOTH, parted
from dashboard.charts.draw import OF_COUNCILS, draw, is_still, key_of, least_width, values_of
from dashboard.charts.theme import LIGHT, NARROW, WIDE
from dashboard.figure import AREA, SCOTLAND, Figure, Plot
from dashboard.methods import insets
from dashboard.packs.figure_svg import words_of
from dashboard.packs.table_csv import csv_bytes
from dashboard.read.edition import Kept
from dashboard.words.marks import legend_text, made_up_notice, notice_of
from dashboard.words.phrases import plural
from dashboard.words.saying import CARE

Form = TypeVar("Form", bytes, str)
MOST_BYTES = 150_000_000
MOST_LETTERS = 4_000_000         # of figures being packed, in one form and then perhaps in another
MOST_HEIGHTS = 20_000
AROUND, OF_LINE, OF_ROW = 120, 64, 36       # pixels of a frame with words of one line; of one line to take; of one row of a table
OF_TABLE, OF_SHADED, OF_CARDS, OF_CARD = 70, 30, 180, 60   # of a table's caption and headings; of one row of a shaded one; of cards; of one alone
FULL, HALF = 1190, 560      # pixels across the words of a figure on a desk, alone and in one of two columns
TITLE, UNDER = (9, 25), (6.4, 20)      # pixels of a letter, at least on average, and of a line: of a title, of what is under it
TAG = 12        # letters of a title whose room the mark of made-up figures takes
MAP = 720       # pixels of a map with its tiles beside or under it, and of its key
LINES = ("csv", "chart", "places", "body", "narrow")      # long parts of what is packed
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PACKED = Kept(MOST_BYTES, len)
_WRITTEN = Kept(MOST_LETTERS, len)
_HEIGHTS = Kept(MOST_HEIGHTS)


def packed(figure: Figure, level: int = 3, kept_in: str = "") -> bytes:
    """JSON of everything that is shown or saved, gzipped; made once a figure. `level` is of its heading.

    `kept_in` names what holds a figure that was made long ago: it may differ from what its evidence ID gives today.
    """
    return kept(figure, (level, kept_in), lambda: _zipped(written(figure, level, kept_in)))


def written(figure: Figure, level: int = 3, kept_in: str = "") -> str:
    """The same, not yet packed: JSON whose long parts each begin a line."""
    return _WRITTEN.get((*_named(figure), level, kept_in), lambda: _written(finished(figure, level)))


def kept(figure: Figure, form: tuple[object, ...], make: Callable[[], Form]) -> Form:
    """What `make` gives, made once a figure and form, and let go of with its edition."""
    return _PACKED.get((*_named(figure), *form), make)


def least_height(figure: Figure, across: int = FULL) -> int:
    """Pixels that the figure takes at least where it is at most so many pixels wide: what is kept free until it is there."""
    title = len(figure.title) + TAG * figure.is_synthetic
    words = _more_lines(title, across, *TITLE) + _more_lines(len(figure.subtitle), across, *UNDER)
    return AROUND + words + _HEIGHTS.get(_height_of(figure), lambda: _least_height(figure))


def least_height_unframed(figure: Figure) -> int:
    """The same of what stands without a frame: a table, a shaded table or cards; nothing is kept free for a few words."""
    kind = "" if figure.plot is None or figure.is_drawn else figure.plot.kind
    rows = len(figure.table.rows)
    return {"": OF_TABLE + OF_ROW * rows, "heat": OF_TABLE + OF_SHADED * rows, "cards": OF_CARDS if rows > 1 else OF_CARD}.get(kind, 0)


def _height_of(figure: Figure) -> tuple[object, ...]:
    return figure.evidence_id, figure.is_synthetic, figure.title


def _least_height(figure: Figure) -> int:
    if figure.is_drawn:
        return _lower(figure, (draw(figure.plot, LIGHT, width)["layout"]["height"] for width in (WIDE, NARROW)))
    return (OF_LINE if _is_sayings(figure) else OF_ROW) * len(figure.table.rows)


def _lower(figure: Figure, heights: Iterable[int]) -> int:
    """The lower of its two drawings' `heights`, in pixels; of a map, that of the map beside them."""
    return MAP if _chooses(figure) else min(heights)


def _more_lines(letters: int, across: int, letter: float, line: int) -> int:
    """Pixels of the lines after the first that so many letters take."""
    return int(letters * letter // across) * line


def unframed(figure: Figure) -> str:
    """Cards, a list or a table, and its marks, sources and evidence under it: HTML, made once a figure."""
    return kept(figure, ("unframed",), lambda: _unframed(figure))


def keep_only(extract_ids: Container[str]) -> None:
    """Let go of what was packed of all other editions."""
    for kept_ in (_PACKED, _WRITTEN):
        kept_.drop(lambda held: held[0] not in extract_ids)


def _named(figure: Figure) -> tuple[object, ...]:
    """What tells a figure from every other, its edition first."""
    return figure.address.extract_id, figure.evidence_id, notice_of(figure), figure.title


def _unframed(figure: Figure) -> str:
    is_table = figure.plot is None or figure.is_drawn
    notice = made_up_notice(figure)
    shown = markup.render("table", table=figure.table, notice=notice) if is_table else markup.render(
        figure.plot.kind, rows=figure.plot.rows, figure=figure, notice=notice)
    if not figure.sources:
        return shown
    return shown + markup.render("foot_bare", figure=figure, short_source=short_source(figure), legend=legend_text(figure.marks),
                                 evidence=evidence_address(figure.evidence_id))


def _pack(made: Mapping[str, object]) -> bytes:
    return _zipped(_written(made))


def _zipped(text: str) -> bytes:
    return gzip.compress(text.encode("utf-8"), 6, mtime=0)


def _written(made: Mapping[str, object]) -> str:
    """JSON whose long parts each begin a line: what is alike in two figures stands in the same line of each."""
    first = [name for name in made if name not in LINES]
    parts = [("\n" if name in LINES else "") + f"{_json(name)}:{_json(made[name])}"
             for name in (*first, *(name for name in LINES if name in made))]
    return "{" + ",".join(parts) + "}\n"


class Json(str):
    """A part that is written as JSON already."""


def _json(value: object) -> str:
    if isinstance(value, Json):
        return value
    if isinstance(value, dict) and any(isinstance(part, Json) for part in value.values()):
        return "{" + ",".join(f"{_json(name)}:{_json(part)}" for name, part in value.items()) + "}"
    return _ENCODER.encode(value)


def finished(figure: Figure, level: int) -> dict[str, object]:
    """What the page shows (head, foot: HTML; alt) and what is saved or copied (csv, sentence, lines, name), and of a chart:

    chart, body, height  the Plotly dictionary as JSON (none of one that nobody points at) and the body of its picture, in light colours
    dark                 the colours of each in the dark, by their order
    page                 what stands around the body on the page
    document, across     what stands around it in the picture that is saved, and how many pixels wide the plot is there
    narrow               the same of the second drawing, and `under`: pixels of the chart that are too few for the first
    key                  its key in words, where it has one: HTML
    places               of a map or tiles: its kind, its map in words, what the frames enlarge, and what `charts.map.values` gives
    """
    made = {"framed": True, "head": markup.render("heading", level=level, title=figure.title, subtitle=figure.subtitle,
                                                  notice=made_up_notice(figure), anchor=anchor_of(figure)) + _sayings(figure),
            "lines": [line_sentence(row, figure.evidence_id) for row in figure.plot.rows] if _is_sayings(figure) else [],
            "foot": foot(figure), "alt": alternative(figure), **_files(figure)}
    if not figure.is_drawn:
        return made
    drawn = draw(figure.plot, BOTH, WIDE)
    wide, narrow = (_drawing(figure.plot, each) for each in (drawn, draw(figure.plot, BOTH, NARROW)))
    _HEIGHTS.get(_height_of(figure), lambda: _lower(figure, (wide["height"], narrow["height"])))
    second = {} if narrow == wide else {"narrow": {"under": least_width(figure.plot), **narrow}}
    return _with_councils(figure, made | wide | second | _saved(figure, drawn))


def _drawing(plot: Plot, chart: dict) -> dict[str, object]:
    """A drawing in both colours as a page needs it: for the pointer, as a picture, and in the dark."""
    around = picture.page(chart, BOTH)
    body, dark_body = parted(picture.body(chart, BOTH))
    before, dark_before = parted(around.before)
    made = {"height": chart["layout"]["height"], "page": [before, around.after], "body": body,
            "dark": {"body": dark_body, "page": dark_before}}
    if is_still(plot):
        return made
    text, made["dark"]["chart"] = parted(_json(chart))
    return {"chart": Json(text), **made}


def _with_councils(figure: Figure, made: dict[str, object]) -> dict[str, object]:
    """The same with the key of its shades, and of a map or tiles with what the shapes are drawn with."""
    plot, dark = figure.plot, dict(made["dark"])
    if lines := key_of(plot, BOTH):
        key, dark["key"] = parted(markup.render("key", rows=lines, shortens=plot.kind in ("map", "tiles")))
        made = {**made, "key": key}
    if plot.kind in OF_COUNCILS:
        alt = alternative(figure)
        text, dark["places"] = parted(_json({"kind": plot.kind, "alt": alt, "note": insets.in_frames(), **values_of(plot, BOTH)}))
        made = {**made, "alt": alt.replace("Map", "Tile grid", 1) if plot.kind == "map" else alt, "places": Json(text)}
    return {**made, "dark": dark}


def _saved(figure: Figure, chart: dict) -> dict[str, object]:
    """What stands around the picture's body in the one to save, and how wide the body is in it."""
    around = picture.surround(chart, words_of(figure), LIGHT)
    return {"document": [around.before, around.after], "across": picture.across(chart)}


def _files(figure: Figure) -> dict[str, str]:
    return {"csv": csv_bytes(figure).decode("utf-8-sig"), "sentence": sentence(figure),
            "name": f"{figure.address.recipe.replace('.', '-')}-{figure.address.extract_id}"}


def _chooses(figure: Figure) -> bool:
    """True of a map on which, and in whose table, an area is chosen."""
    return figure.plot is not None and figure.plot.kind == "map"


def _choosing(figure: Figure) -> tuple[Mapping[str, str], str]:
    """Addresses by row heading, which make the table of a map a way to choose, and the heading chosen; nothing of any other figure."""
    if not _chooses(figure):
        return {}, ""
    choice, codes = figure.address.choice, {"Scotland": SCOTLAND} | {str(row["name"]): str(row["area_code"]) for row in figure.plot.rows}
    chosen = next((name for name, code in codes.items() if code == figure.plot.options["selected"]), "")
    page = figure.link.partition("?")[0]
    return {name: f"{page}?{urlencode(choice.with_choice(AREA, code).pairs)}" for name, code in codes.items()}, chosen


def foot(figure: Figure) -> str:
    """Marks, sources, evidence, table, notes, link and buttons: the HTML under a figure."""
    links, chosen = _choosing(figure)
    return markup.render("foot", figure=figure, legend=legend_text(figure.marks), short_source=short_source(figure),
                         evidence=evidence_address(figure.evidence_id), opened=not (figure.is_drawn or _is_sayings(figure)),
                         links=links, chosen=chosen)


def anchor_of(figure: Figure) -> str:
    """Where a link to the lines to take of a page leads; '' of any other figure: those stand under a heading of the page."""
    return figure.title.casefold().replace(" ", "-") if _is_sayings(figure) else ""


def _is_sayings(figure: Figure) -> bool:
    return figure.plot is not None and figure.plot.kind == "sayings"


def _sayings(figure: Figure) -> str:
    """Lines to take as a list, each with a button of its own; '' for any other figure."""
    return markup.render("sayings", rows=figure.plot.rows) if _is_sayings(figure) else ""


def line_sentence(row: Mapping[str, object], evidence_id: str) -> str:
    """One line to take with all that must be quoted with it: reasons for care, caveat, source, day and evidence ID."""
    parts = [row["text"], row["reasons"] if row["level"] == CARE else "", row["caveat"],
             f"Source: {row['source']}." if row["source"] else "", f"As at {row['day']}." if row["day"] else "",
             f"Evidence: {evidence_id}"]
    return " ".join(str(part) for part in parts if part).replace("**", "")


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
    return f"{notice_of(figure)} {figure.plot.alt}".strip()


def evidence_address(evidence_id: str) -> str:
    """Where an evidence ID is resolved."""
    return f"/about?evidence={quote(evidence_id)}"


def sentence(figure: Figure) -> str:
    """The message with everything that must be quoted with it: notice, measure, source, evidence ID."""
    names = dict.fromkeys(", ".join(filter(None, (each.publisher, each.title, each.edition))) for each in figure.sources)
    parts = [notice_of(figure), f"{figure.title}.", f"{figure.subtitle}.",
             f"Source: {'; '.join(names)}." if names else "", f"Evidence: {figure.evidence_id}"]
    return " ".join(part for part in parts if part).replace("**", "")
