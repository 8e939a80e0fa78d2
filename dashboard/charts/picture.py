"""A chart as SVG that fits any width: its title, subtitle, source and notices drawn in where it stands alone.

Plotly has no way to make a picture without a browser, so this draws the part of Plotly's language
that the charts here use: lines, points, bars (with stripes and words inside), filled bands, error bars,
line and rectangle shapes, annotations, and axes with explicit ranges and ticks. Packs use the same pictures.

Across, every place is a percentage of the plot's width, as Plotly itself spreads data over what room there is, and words
keep their size in pixels. So one body serves a page of any width; `fixed` puts pixels in for files of one width, because
few readers of files know percentages.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

from dashboard.charts import theme

WIDTH, INSET = 900, 12       # pixels of a picture that stands alone; between its edge and the chart
FARTHEST = 2400              # pixels that stripes run, on the widest screen
_PLUS = ((-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35), (0.35, 1), (-0.35, 1), (-0.35, 0.35),
         (-1, 0.35), (-1, -0.35), (-0.35, -0.35))
_OUTLINES = {      # the corners of a mark, from its middle, in halves of its size
    "triangle-left": ((-1, 0), (1, -1), (1, 1)), "triangle-right": ((1, 0), (-1, -1), (-1, 1)), "cross": _PLUS,
    "x": tuple((0.71 * (across - down), 0.71 * (across + down)) for across, down in _PLUS),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)), "square": ((-1, -1), (1, -1), (1, 1), (-1, 1))}
BEHIND = ("below", "between")       # layers under the lines and points: under the grid, and over it
_DASHES = {"dash": "7 5", "dot": "2 4", "dashdot": "7 4 2 4"}
_SIGNS, _SIGN = "▲◆◂▸■□▨●○✚✕│┆┊¦", 1.1      # signs that a font may lack, and the room of one, of the size of the type
_BREAK = re.compile(r"<br\s*/?>")
_SIGN_BEFORE, _SIGN_AFTER = re.compile(rf"([{_SIGNS}]) +(?=\S)"), re.compile(rf"(?<=\S) +([{_SIGNS}])$")
_ALL_BOLD = re.compile(r"<b>[^<]*</b>")
_ENDS = {"left": "start", "center": "middle", "right": "end"}
_ROOM = {"left": 2, "center": 0, "right": -2}      # pixels between a place and words beside it


@dataclass(frozen=True)
class Words:
    """What surrounds the chart in the picture."""

    title: str
    subtitle: str = ""
    source: str = ""
    evidence_id: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Frame:
    """Data coordinates to places: across in percent of the plot's width ('37.5%'), down in pixels from the chart's top.

    Where both axes have one scale (`own_width`), across is in pixels of a plot of that width.
    """

    top: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    own_width: float = 0.0

    def x(self, value: float, ref: str = "x") -> str:
        return self._across(float(value) if ref == "paper" else _share(value, self.x_range))

    def width(self, start: float, end: float, ref: str = "x") -> str:
        shares = [float(each) if ref == "paper" else _share(each, self.x_range) for each in (start, end)]
        return self._across(abs(shares[1] - shares[0]))

    def y(self, value: float, ref: str = "y") -> float:
        share = float(value) if ref == "paper" else _share(value, self.y_range)
        return round(self.top + (1 - share) * self.height, 1)

    def _across(self, share: float) -> str:
        return f"{round(share * self.own_width, 1):g}" if self.own_width else f"{round(100 * share, 2):g}%"


def _share(value: float, limits: tuple[float, float]) -> float:
    low, high = limits
    return (float(value) - low) / ((high - low) or 1)


@dataclass(frozen=True)
class Surround:
    """What stands before and after the body of a picture: the same chart with other words is another surround."""

    before: str
    after: str


def svg(figure: dict, words: Words, colours: theme.Palette, width: int = WIDTH) -> str:
    """The figure as an SVG document of this width; the height follows from the figure and the words."""
    around = surround(figure, words, colours, width)
    return f"{around.before}{fixed(body(figure, colours), across(figure, width))}{around.after}"


def across(figure: dict, width: int = WIDTH) -> float:
    """Pixels of the plot itself in a picture of this width."""
    margin = figure["layout"]["margin"]
    return width - margin["l"] - margin["r"] - 2 * INSET


def fixed(body: str, width: float) -> str:
    """The body for a plot of so many pixels: every percentage among its attributes in pixels."""
    return re.sub(r'"(-?[\d.]+)%"', lambda found: f'"{round(float(found[1]) * width / 100, 1):g}"', body)


def body(figure: dict, colours: theme.Palette) -> str:
    """The chart itself, the top of the chart and the left edge of the plot at nought."""
    layout = figure["layout"]
    frame = _frame(layout)
    parts = _axes(layout, frame, colours)
    behind = [shape for shape in layout["shapes"] if shape.get("layer") in BEHIND]
    before = [shape for shape in layout["shapes"] if shape.get("layer") not in BEHIND]
    parts += [part for shape in behind for part in _shape(shape, frame)]
    parts += [part for trace in _stacked(figure["data"], layout) for part in _trace(trace, frame)]
    parts += [part for shape in before for part in _shape(shape, frame)]
    parts += [part for each in layout["annotations"] for part in _annotation(each, frame)]
    if not frame.own_width:
        return "".join(parts)
    return (f'<svg width="100%" height="{layout["height"]}" viewBox="0 0 {frame.own_width} {layout["height"]}" '
            f'overflow="visible">{"".join(parts)}</svg>')


def page(figure: dict, colours: theme.Palette) -> Surround:
    """What stands around the body on a page, where the width is the reader's."""
    margin, height = figure["layout"]["margin"], figure["layout"]["height"]
    return Surround(f'<div style="padding:0 {margin["r"]}px 0 {margin["l"]}px"><svg width="100%" height="{height}" '
                    f'overflow="visible" font-family="{escape(theme.FONT, quote=True)}" fill="{colours.ink}" aria-hidden="true">',
                    "</svg></div>")


def surround(figure: dict, words: Words, colours: theme.Palette, width: int = WIDTH) -> Surround:
    """The document around the body: its size, its ground and its words."""
    head = _lines(words.notice, 110) + _lines(words.title, 72) + _lines(words.subtitle, 110)
    top = 20 + 22 * len(head) if head else 0
    evidence = f"Evidence {words.evidence_id}" if words.evidence_id else ""
    foot = _lines(words.source, 120) + _lines(evidence, 120)
    height = top + figure["layout"]["height"] + (18 * len(foot) + 24 if head or foot else 0)
    ends = [_text(line, 16, height - 18 * (len(foot) - i) + 4, theme.SMALL, colours.muted) for i, line in enumerate(foot)]
    left = figure["layout"]["margin"]["l"] + INSET
    return Surround(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{escape(theme.FONT, quote=True)}" {_spoken(words)}'
        f'<rect width="{width}" height="{height}" fill="{colours.surface}"/>{"".join(_heading(words, colours))}'
        f'<g transform="translate({left} {top})">', f'</g>{"".join(ends)}</svg>')


def _spoken(words: Words) -> str:
    """A picture with a title says it; one without stands in a page that says it already."""
    if not words.title:
        return 'aria-hidden="true">'
    return f'role="img"><title>{escape(words.title)}</title><desc>{escape(words.subtitle)}</desc>'


def _frame(layout: dict) -> Frame:
    """Where the data lie; axes of one scale (`scaleanchor`) are as large as the height allows."""
    margin = layout["margin"]
    top, down = margin["t"], layout["height"] - margin["t"] - margin["b"]
    x_range, y_range = tuple(layout["xaxis"]["range"]), tuple(layout["yaxis"]["range"])
    if not layout["yaxis"].get("scaleanchor"):
        return Frame(top, down, x_range, y_range)
    unit = down / (y_range[1] - y_range[0])
    return Frame(top, down, x_range, y_range, round(unit * (x_range[1] - x_range[0]), 1))


def _heading(words: Words, colours: theme.Palette) -> list[str]:
    parts, line = [], 28
    for text, size, colour, weight, longest in (
            (words.notice, 14, colours.demonstration, 600, 110), (words.title, 18, colours.ink, 600, 72),
            (words.subtitle, 13, colours.muted, 400, 110)):
        for each in _lines(text, longest):
            parts.append(_text(each, 16, line, size, colour, weight=weight))
            line += 22
    return parts


def _lines(text: str, longest: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) + 1 <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _axes(layout: dict, frame: Frame, colours: theme.Palette) -> list[str]:
    parts = []
    for value, label in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True):
        y = frame.y(value)
        if layout["yaxis"].get("showgrid"):
            parts.append(_line("0", y, frame.x(1, "paper"), y, colours.grid))
        parts.append(_tick(label, "0", y + 4.5, layout["yaxis"], colours, "end", -4))
    top, bottom = frame.top, frame.top + frame.height
    at = top - 8 if layout["xaxis"].get("side") == "top" else bottom + 14 + theme.STANDOFF
    for value, label in zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True):
        if layout["xaxis"].get("showgrid"):
            parts.append(_line(frame.x(value), top, frame.x(value), bottom, colours.grid))
        parts.append(_tick(label, frame.x(value), at, layout["xaxis"], colours, "middle"))
    if title := layout["xaxis"].get("title"):
        parts.append(_text(title["text"], frame.x(0.5, "paper"), at + 26, title["font"]["size"], title["font"]["color"], "middle"))
    return parts


def _tick(label: str, x: str, y: float, axis: dict, colours: theme.Palette, anchor: str, shift: float = 0) -> str:
    """A tick's words in the colour of its axis, on as many lines as they have; the middle line at its height."""
    lines = _BREAK.split(str(label))
    up = theme.LINE * theme.SMALL * (len(lines) - 1) / 2 if anchor == "end" else 0
    colour = axis.get("tickfont", {}).get("color", colours.muted)
    return "".join(_text(line, x, y - up + i * theme.LINE * theme.SMALL, theme.SMALL, colour, anchor, shift=shift)
                   for i, line in enumerate(lines) if line)


def _stacked(traces: list[dict], layout: dict) -> list[dict]:
    """Bars with the `base` they stand on, as barmode 'stack' would place them."""
    if layout.get("barmode") != "stack":
        return traces
    heights: dict[float, float] = {}
    placed = []
    for trace in traces:
        if trace["type"] == "bar":
            along, across = ("y", "x") if trace.get("orientation") == "h" else ("x", "y")
            bases = [heights.get(place, 0.0) for place in trace[along]]
            for place, length in zip(trace[along], trace[across], strict=True):
                heights[place] = heights.get(place, 0.0) + float(length)
            trace = trace | {"base": bases}
        placed.append(trace)
    return placed


def _trace(trace: dict, frame: Frame) -> list[str]:
    return _bars(trace, frame) if trace["type"] == "bar" else _scatter(trace, frame)


@dataclass(frozen=True)
class Box:
    """A rectangle: its left edge and width as Frame has them, its top and height in pixels."""

    left: str
    top: float
    width: str
    height: float


def _bars(trace: dict, frame: Frame) -> list[str]:
    wide, parts = trace.get("width", 0.8), []
    bases = trace.get("base") or [0.0] * len(trace["x"])
    for place, (x, y, base) in enumerate(zip(trace["x"], trace["y"], bases, strict=True)):
        if trace.get("orientation") == "h":
            x0, x1, y0, y1 = base, base + x, y - wide / 2, y + wide / 2
        else:
            x0, x1, y0, y1 = x - wide / 2, x + wide / 2, base, base + y
        box = _box(frame, x0, x1, y0, y1)
        line = trace["marker"].get("line", {})
        parts.append(_rectangle(box, _of(trace["marker"]["color"], place), _of(line.get("color", "none"), place),
                                _of(line.get("width", 0), place)))
        parts += _stripes(trace["marker"], place, box)
        if trace.get("textposition") == "inside":
            parts += _inside(trace, place, frame.x((x0 + x1) / 2), box)
    return parts


def _of(values: object, place: int) -> object:
    """The value of one mark where each has its own."""
    return values[place] if isinstance(values, list | tuple) else values


def _box(frame: Frame, x0: float, x1: float, y0: float, y1: float, x_ref: str = "x", y_ref: str = "y") -> Box:
    top, bottom = sorted((frame.y(y0, y_ref), frame.y(y1, y_ref)))
    return Box(frame.x(min(x0, x1), x_ref), top, frame.width(x0, x1, x_ref), round(bottom - top, 1))


def _stripes(marker: dict, place: int, box: Box) -> list[str]:
    """Stripes over a bar that Plotly would hatch: one thick dashed line, aslant, cut at the bar's edges."""
    if not _of(marker.get("pattern", {}).get("shape", ""), place):
        return []
    ink, high = _of(marker["pattern"].get("fgcolor", "#000"), place), box.height
    return [f'<svg x="{box.left}" y="{box.top}" width="{box.width}" height="{high}"><line x1="0" y1="{high / 2:g}" '
            f'x2="{FARTHEST}" y2="{high / 2:g}" stroke="{ink}" stroke-opacity="0.5" stroke-width="{high}" '
            'stroke-dasharray="1.2 6.8" transform="skewX(-45)"/></svg>']


def _inside(trace: dict, place: int, middle: str, box: Box) -> list[str]:
    """The words of one bar in its middle; lines in <b> are bold."""
    lines = _BREAK.split(trace["text"][place])
    font = trace["insidetextfont"]
    high = 1.2 * font["size"]
    start = box.top + box.height / 2 - high * (len(lines) - 1) / 2 + 0.35 * font["size"]
    return [_text(line, middle, start + i * high, font["size"], _of(font["color"], place), "middle")
            for i, line in enumerate(lines)]


def _scatter(trace: dict, frame: Frame) -> list[str]:
    points = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None and y is not None]
    parts, mode = [], trace.get("mode", "lines")
    if trace.get("fill") == "toself" and points:
        parts.append(_area(points, trace["fillcolor"], frame))
    elif "lines" in mode and len(points) > 1:
        parts.append(_joined(points, trace.get("line", {}), frame))
    parts += _error_bars(trace, "error_y", frame) + _error_bars(trace, "error_x", frame)
    if "markers" in mode:
        parts += [_marker(frame.x(x), frame.y(y), trace["marker"], i) for i, (x, y) in enumerate(points)]
    return parts


def _area(points: list[tuple[float, float]], fill: str, frame: Frame) -> str:
    """A filled outline, in a window of its own that is stretched across the plot."""
    corners = " L".join(f"{round(1000 * _share(x, frame.x_range), 1):g} {frame.y(y):g}" for x, y in points)
    high = frame.top + frame.height
    return (f'<svg width="{frame.x(1, "paper")}" height="{high:g}" viewBox="0 0 1000 {high:g}" preserveAspectRatio="none" '
            f'overflow="visible"><path d="M{corners} Z" fill="{fill}"/></svg>')


def _joined(points: list[tuple[float, float]], line: dict, frame: Frame) -> str:
    """A line through the points, a piece for each stretch: a path knows no percentages."""
    dash = f' stroke-dasharray="{_DASHES[line["dash"]]}"' if line.get("dash") in _DASHES else ""
    places = [(frame.x(x), frame.y(y)) for x, y in points]
    pieces = "".join(f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}"/>'
                     for (x0, y0), (x1, y1) in pairwise(places))
    return (f'<g stroke="{line.get("color", "#000")}" stroke-width="{line.get("width", 2)}" '
            f'stroke-linecap="{"butt" if dash else "round"}"{dash}>{pieces}</g>')


def _error_bars(trace: dict, name: str, frame: Frame) -> list[str]:
    bars, parts = trace.get(name), []
    if not bars:
        return parts
    for x, y, up, down in zip(trace["x"], trace["y"], bars["array"], bars["arrayminus"], strict=True):
        if up or down:
            ends = ((x - down, y, x + up, y) if name == "error_x" else (x, y - down, x, y + up))
            parts.append(_line(frame.x(ends[0]), frame.y(ends[1]), frame.x(ends[2]), frame.y(ends[3]),
                               bars["color"], bars.get("thickness", 1.5)))
    return parts


def _marker(x: str, y: float, marker: dict, place: int) -> str:
    colour, symbol = _of(marker.get("color", "#000"), place), str(_of(marker.get("symbol", "circle"), place))
    line = marker.get("line", {})
    edge, thick = _of(line.get("color", colour), place), _of(line.get("width", 0), place)
    half = float(_of(marker.get("size", 6), place)) / 2
    if marker.get("opacity") == 0:
        return ""
    if symbol.startswith("line-ns"):
        return _line(x, y - half, x, y + half, edge, line.get("width", 2))
    look = f'fill="{colour}" stroke="{edge}" stroke-width="{thick}"'
    if symbol not in _OUTLINES:
        return f'<circle cx="{x}" cy="{y}" r="{half:g}" {look}/>'
    corners = " L".join(f"{round(half * right, 2):g} {round(half * down, 2):g}" for right, down in _OUTLINES[symbol])
    return f'<svg x="{x}" y="{y}" overflow="visible"><path d="M{corners} Z" {look}/></svg>'


def _shape(shape: dict, frame: Frame) -> list[str]:
    x_ref, y_ref = shape.get("xref", "x"), shape.get("yref", "y")
    line = shape.get("line", {})
    if shape["type"] == "rect":
        box = _box(frame, *(shape[end] for end in ("x0", "x1", "y0", "y1")), x_ref, y_ref)
        return [_rectangle(box, shape.get("fillcolor", "none"), line.get("color", "none"), line.get("width", 0))]
    (x0, y0), (x1, y1) = ((frame.x(shape[f"x{end}"], x_ref), frame.y(shape[f"y{end}"], y_ref)) for end in (0, 1))
    return [_line(x0, y0, x1, y1, line["color"], line.get("width", 1), line.get("dash", ""))]


def _annotation(each: dict, frame: Frame) -> list[str]:
    x, y = frame.x(each["x"], each.get("xref", "x")), frame.y(each["y"], each.get("yref", "y")) - each.get("yshift", 0)
    lines = _BREAK.split(each["text"])
    font = each["font"]
    rise = {"bottom": len(lines) * theme.LINE - 0.86, "middle": len(lines) * theme.LINE / 2 - 0.97, "top": -1.06}
    start = y - rise[each.get("yanchor", "middle")] * font["size"]
    return [_text(line, x, start + i * theme.LINE * font["size"], font["size"], font["color"], _ENDS[each.get("xanchor", "center")],
                  shift=each.get("xshift", 0) + _ROOM[each.get("xanchor", "center")], ground=each.get("bgcolor", "")) for i, line in enumerate(lines)]


def _line(x0: str, y0: float, x1: str, y1: float, colour: str, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{_DASHES[dash]}"' if dash in _DASHES else ""
    return (f'<line x1="{x0}" y1="{round(y0, 1):g}" x2="{x1}" y2="{round(y1, 1):g}" stroke="{colour}" '
            f'stroke-width="{width}"{dashes}/>')


def _rectangle(box: Box, fill: str, edge: str = "none", thick: float = 0) -> str:
    line = f' stroke="{edge}" stroke-width="{thick}"' if thick else ""
    return f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" fill="{fill}"{line}/>'


def _text(words: str, x: str | float, y: float, size: float, colour: str, anchor: str = "start", weight: int = 400,
          shift: float = 0, ground: str = "") -> str:
    """One line of words, what is in <b> bold; `shift` in pixels from its place, on a ground of its own where one is given.

    A sign before or after the words stands apart: a font that lacks it would bring another one for all of them.
    """
    if anchor == "start" and (found := _SIGN_BEFORE.match(words)):
        rest = {"shift": shift + _SIGN * size, "ground": ground}
        return _text(found[1], x, y, size, colour, shift=shift) + _text(words[found.end():], x, y, size, colour, weight=weight, **rest)
    if anchor == "end" and (found := _SIGN_AFTER.search(words)):
        rest = {"shift": shift - _SIGN * size, "ground": ground}
        return _text(found[1], x, y, size, colour, anchor, shift=shift) + _text(words[:found.start()], x, y, size, colour, anchor, weight, **rest)
    bold = weight > 400 or bool(_ALL_BOLD.fullmatch(words.strip()))
    inner = _plain(words) if bold or "<b>" not in words else "".join(
        f'<tspan font-weight="600">{_plain(part)}</tspan>' if number % 2 else _plain(part)
        for number, part in enumerate(re.split(r"</?b>", words)))
    aside = f' dx="{shift:g}"' if shift else ""
    halo = f' stroke="{ground}" stroke-width="5" paint-order="stroke"' if ground else ""
    return (f'<text x="{x}" y="{round(y, 1):g}"{aside} font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
            f'font-weight="{600 if bold else 400}"{halo}>{inner}</text>')


@lru_cache(maxsize=20_000)
def _plain(words: str) -> str:
    # Chart text may hold entities already (Plotly reads HTML): undo, then escape once.
    text = re.sub(r"<[^>]+>", "", words)
    return escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
