"""A map of the 32 councils as values: the colour, mark and words of each, in the order of the area codes.

The shapes are fetched once by themselves, from the files that the build writes; `components/map.js` draws them, and sends
nothing anywhere. What a change of measure or area sends is what stands here.
"""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts.classes import Row, colour_of
from dashboard.charts.theme import Palette
from dashboard.methods.classes import Scale
from dashboard.methods.insets import EXTENT, INSETS

LOOK = ("ink", "surface", "line", "muted", "neutral", "chosen")     # roles of the palette that the map has beside its classes


def values(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: Palette, selected: str) -> Mapping[str, object]:
    """What the shapes are drawn with. `rows`: MAP_ROW, one a council.

    areas     [area code, colour, mark, name, words of its figure] of each council; a mark hatches it
    selected  the area code outlined
    extent    west, south, east and north of the drawing (degrees)
    look      colours of lines and words by what they are
    frames    [caption, frame, box that it enlarges, if shown] of each inset: corners in longitude and latitude
    """
    return {"areas": [[row["area_code"], colour_of(row, scale, indicator, colours), mark_of(row), row["name"], row["text"]]
                      for row in sorted(rows, key=lambda row: row["area_code"])],
            "selected": selected, "look": {name: getattr(colours, name) for name in LOOK}, "extent": EXTENT,
            "frames": [[inset.name, *inset.outlines()] for inset in INSETS]}


def mark_of(row: Row) -> str:
    """The mark printed on a hatched council: why its figure is hidden, or that it is unreliable; '' on any other."""
    return f"[{row['hidden'] or 'u'}]" if row["is_hatched"] else ""
