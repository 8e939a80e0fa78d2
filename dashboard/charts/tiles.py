"""The tile grid: one square a council, all the same size, roughly where each lies.

No partnership looks more important for having more land. A click on a tile selects the council.
"""

import html
from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.charts.both import worked_out
from dashboard.charts.classes import Row, colour_of, selected_line, symbol_of
from dashboard.charts.map import mark_of
from dashboard.methods.classes import Scale
from dashboard.words import numbers

ROWS, COLUMNS = 8, 7
SIDE = 0.94                       # of a tile's place: the rest is the gap
# Two short lines; everything else is in the hover text, the table and the full name beside it.
SHORT_NAMES = {
    "S12000005": "Clackm.", "S12000006": "Dumfries<br>& Gall.", "S12000008": "East<br>Ayrshire",
    "S12000010": "East<br>Lothian", "S12000011": "East<br>Renfrew.",
    "S12000013": "Eileanan<br>Siar", "S12000014": "Falkirk", "S12000017": "Highland",
    "S12000018": "Inverclyde", "S12000019": "Mid-<br>lothian", "S12000020": "Moray",
    "S12000021": "North<br>Ayrshire", "S12000023": "Orkney", "S12000026": "Scottish<br>Borders",
    "S12000027": "Shetland", "S12000028": "South<br>Ayrshire", "S12000029": "South<br>Lanark.",
    "S12000030": "Stirling", "S12000033": "Aberdeen<br>City", "S12000034": "Aberdeen-<br>shire",
    "S12000035": "Argyll<br>& Bute", "S12000036": "Edinburgh", "S12000038": "Renfrew-<br>shire",
    "S12000039": "West<br>Dunbart.", "S12000040": "West<br>Lothian", "S12000041": "Angus",
    "S12000042": "Dundee", "S12000045": "East<br>Dunbart.", "S12000047": "Fife",
    "S12000048": "Perth &<br>Kinross", "S12000049": "Glasgow", "S12000050": "North<br>Lanark.",
}
# A few letters, for tiles that hold no more.
FEW_LETTERS = {
    "S12000005": "Clac", "S12000006": "D&G", "S12000008": "EAyr", "S12000010": "ELot", "S12000011": "ERen", "S12000013": "Siar",
    "S12000014": "Falk", "S12000017": "High", "S12000018": "Inv", "S12000019": "Mid", "S12000020": "Mor", "S12000021": "NAyr",
    "S12000023": "Ork", "S12000026": "Bord", "S12000027": "Shet", "S12000028": "SAyr", "S12000029": "SLan", "S12000030": "Stir",
    "S12000033": "Aber", "S12000034": "Absh", "S12000035": "A&B", "S12000036": "Edin", "S12000038": "Renf", "S12000039": "WDun",
    "S12000040": "WLot", "S12000041": "Ang", "S12000042": "Dund", "S12000045": "EDun", "S12000047": "Fife", "S12000048": "P&K",
    "S12000049": "Glas", "S12000050": "NLan",
}
LEAST = 480                       # pixels of the narrowest grid whose tiles hold the short names
IN_LITTLE_WIDTH = (2, 160)        # of several grids on a narrow screen: how many beside each other, and pixels of one's height


def tile_grid(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette,
              selected: str | None = None, height: int = 600, width: int = LEAST) -> dict:
    """A Plotly figure of 32 tiles with short name and figure; each point's customdata is [area_code].

    `rows`: MAP_ROW, one a council. Under LEAST pixels of `width` a tile holds a few letters of the name and, where there is
    room for all of them, the figures: its colour and the table say the rest.
    """
    tiles, ordered = _tiles(rows, indicator, scale, colours, selected), _ordered(rows)
    room = None if width >= LEAST else SIDE * width / (COLUMNS + 0.2) - 4
    tiles["text"] = ([_words(row, indicator, scale) for row in ordered] if room is None
                     else _few_words(ordered, indicator, scale, room))
    tiles |= {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "cliponaxis": False,
              "constraintext": "both" if room is None else "none", "insidetextfont": {
                  "size": theme.SMALL, "color": [ink_on(fill, colours) for fill in tiles["marker"]["color"]]}}
    return {"data": [tiles], "layout": _layout(colours, COLUMNS, ROWS, height)}


def in_little_width(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, selected: str | None = None) -> dict:
    """The tile grid for the narrowest screen: a few letters on each tile."""
    return tile_grid(rows, indicator, scale, colours, selected, round(8 + theme.NARROW * (ROWS + 0.2) / (COLUMNS + 0.2)), theme.NARROW)


def tile_grids(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette,
               selected: str | None = None, across: int = 4, high: int = 210) -> dict:
    """The tile grid at several periods, in one figure and one trace, on one scale: so many `across`, each so many pixels `high`.

    `rows`: MAP_ROW, one a council and `panel`, the label of the period: panels in the order to read them. The
    figure's customdata is [area_code, panel].
    """
    whole: dict = {}
    notes = []
    panels = list(dict.fromkeys(str(row["panel"]) for row in rows))
    for number, label in enumerate(panels):
        own = [row for row in rows if row["panel"] == label]
        line, column = divmod(number, across)
        shift = column * (COLUMNS + 1), line * (ROWS + 2)
        _extend(whole, _tiles(own, indicator, scale, colours, selected, shift, label))
        notes.append(theme.note(f"<b>{label}</b>", shift[0], -shift[1] + 0.2, colours, xanchor="left",
                                yanchor="bottom", font={"size": theme.NORMAL, "color": colours.ink}))
    lines = -(-len(panels) // across)
    width = min(across, max(len(panels), 1)) * (COLUMNS + 1) - 1
    deep = lines * (ROWS + 2) - 1
    return {"data": [whole] if whole else [],
            "layout": _layout(colours, width, deep, 30 + high * max(lines, 1), top=1.4, annotations=notes)}


def _ordered(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["area_code"])


def _tiles(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, selected: str | None,
           shift: tuple[int, int] = (0, 0), panel: str | None = None) -> dict:
    """One bar a council: a square standing on its own base, striped where hidden or unreliable."""
    records = _ordered(rows)
    fills = [colour_of(row, scale, indicator, colours) for row in records]
    chosen = [row["area_code"] == selected for row in records]
    when = f", {panel}" if panel else ""
    return {
        "type": "bar",
        "x": [row["tile_column"] + 0.5 + shift[0] for row in records], "y": [SIDE] * len(records),
        "base": [-(row["tile_row"] + 1 + shift[1]) + (1 - SIDE) / 2 for row in records], "width": SIDE,
        "marker": {
            "color": fills,
            "line": {"color": [selected_line(colours) if each else colours.line for each in chosen],
                     "width": [3.5 if each else 0.5 for each in chosen]},
            "pattern": {"shape": ["/" if row["is_hatched"] else "" for row in records], "size": 7,
                        "solidity": 0.25, "fillmode": "overlay", "fgopacity": 0.45,
                        "fgcolor": [ink_on(fill, colours) for fill in fills]},
        },
        "customdata": [[row["area_code"], panel] if panel else [row["area_code"]] for row in records],
        "hovertext": [f"<b>{row['name']}</b>{when}<br>{wrap(row['text'])}" for row in records],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
    }


def _extend(whole: dict, part: dict) -> None:
    """Append one panel's tiles to the trace."""
    if not whole:
        whole.update(part)
        return
    for name in ("x", "y", "base", "customdata", "hovertext"):
        whole[name] += part[name]
    for mine, more in ((whole["marker"], part["marker"]), (whole["marker"]["line"], part["marker"]["line"])):
        for name in ("color", "width"):
            if isinstance(mine.get(name), list):
                mine[name] += more[name]
    for name in ("shape", "fgcolor"):
        whole["marker"]["pattern"][name] += part["marker"]["pattern"][name]


def _words(row: Row, indicator: Indicator, scale: Scale) -> str:
    """Short name, then the figure or the mark that stands for it, then a comparison's arrow."""
    value = "" if row["hidden"] else numbers.value_text(row, indicator, short=True, marks=False)
    figure = f"{value} {symbol_of(row, scale, indicator)}".strip()
    return f"{SHORT_NAMES.get(row['area_code'], row['name'])}<br><b>{figure}</b>"


def _few_words(rows: Sequence[Row], indicator: Indicator, scale: Scale, room: float) -> list[str]:
    """A few letters of each name, then its mark or its sign of a comparison, or its figure where all figures fit the room."""
    values = ["" if row["is_hatched"] or scale.is_comparison else numbers.value_text(row, indicator, short=True, marks=False) for row in rows]
    if any(theme.width_of(f"<b>{value}</b>") > room for value in values):
        values = [""] * len(rows)
    signs = [mark_of(row) or symbol_of(row, scale, indicator) for row in rows]
    second = [value or sign for value, sign in zip(values, signs, strict=True)]
    return [FEW_LETTERS.get(row["area_code"], row["name"][:4]) + (f"<br><b>{each}</b>" if each else "")
            for row, each in zip(rows, second, strict=True)]


def wrap(text: str, width: int = 42) -> str:
    """Plain text broken into lines for a Plotly hover label."""
    lines = [""]
    for word in html.escape(text).split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


@worked_out
def ink_on(fill: str, colours: theme.Palette) -> str:
    """Black or white, whichever reads better on the fill (WCAG relative luminance)."""
    light = _luminance(fill)
    inks = sorted((colours.ink, colours.surface), key=lambda ink: _contrast(light, _luminance(ink)))
    return inks[-1]


def _luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _layout(colours: theme.Palette, across: float, down: float, height: int, top: float = 0.1,
            **more) -> dict:
    """Square tiles, no axes."""
    return theme.layout(
        colours, height, margin={"l": 4, "r": 4, "t": 4, "b": 4}, bargap=0, barmode="overlay",
        xaxis=theme.plain_axis(colours, (-0.1, across + 0.1), {}, visible=False),
        yaxis=theme.plain_axis(colours, (-down - 0.1, top), {}, visible=False, scaleanchor="x"), **more)
