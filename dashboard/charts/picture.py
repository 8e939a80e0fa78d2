"""A chart as one self-contained SVG: its title, subtitle, source and notices drawn in.

Plotly has no way to make a picture without a browser, so this draws the part of Plotly's language
that the charts here use: lines, points, bars (with stripes and words inside), filled bands, error bars,
line and rectangle shapes, annotations, and axes with explicit ranges and ticks. Packs use the same pictures.
"""

import re
from dataclasses import dataclass
from html import escape

from dashboard.charts import theme

WIDTH = 900
_DASHES = {"dash": "7 5", "dot": "2 4", "dashdot": "7 4 2 4"}


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
    """Data coordinates to pixels."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, value: float, ref: str = "x") -> float:
        share = float(value) if ref == "paper" else _share(value, self.x_range)
        return round(self.left + share * self.width, 1)

    def y(self, value: float, ref: str = "y") -> float:
        share = float(value) if ref == "paper" else _share(value, self.y_range)
        return round(self.top + (1 - share) * self.height, 1)


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
    return f"{around.before}{body(figure, colours, width)}{around.after}"


def body(figure: dict, colours: theme.Palette, width: int = WIDTH) -> str:
    """The chart itself, its top at nought."""
    layout = figure["layout"]
    frame = _frame(layout, width)
    parts = _axes(layout, frame, colours)
    behind = [shape for shape in layout["shapes"] if shape.get("layer") == "below"]
    before = [shape for shape in layout["shapes"] if shape.get("layer") != "below"]
    parts += [part for shape in behind for part in _shape(shape, frame)]
    parts += [part for trace in _stacked(figure["data"], layout) for part in _trace(trace, frame)]
    parts += [part for shape in before for part in _shape(shape, frame)]
    parts += [part for each in layout["annotations"] for part in _annotation(each, frame, layout)]
    return "".join(parts)


def surround(figure: dict, words: Words, colours: theme.Palette, width: int = WIDTH) -> Surround:
    """The document around the body: its size, its ground and its words."""
    head = _lines(words.notice, 110) + _lines(words.title, 72) + _lines(words.subtitle, 110)
    top = 20 + 22 * len(head)
    evidence = f"Evidence {words.evidence_id}" if words.evidence_id else ""
    foot = _lines(words.source, 120) + _lines(evidence, 120)
    height = top + figure["layout"]["height"] + 18 * len(foot) + 24
    ends = [_text(line, 16, height - 18 * (len(foot) - i) + 4, theme.SMALL, colours.muted) for i, line in enumerate(foot)]
    return Surround(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{escape(theme.FONT, quote=True)}" {_spoken(words)}'
        f'<rect width="{width}" height="{height}" fill="{colours.surface}"/>{"".join(_heading(words, colours))}'
        f'<g transform="translate(0 {top})">', f'</g>{"".join(ends)}</svg>')


def _spoken(words: Words) -> str:
    """A picture with a title says it; one without stands in a page that says it already."""
    if not words.title:
        return 'aria-hidden="true">'
    return f'role="img"><title>{escape(words.title)}</title><desc>{escape(words.subtitle)}</desc>'


def _frame(layout: dict, width: int) -> Frame:
    """Where the data lie; with axes of one scale (`scaleanchor`), as large as fits, in the middle."""
    margin = layout["margin"]
    left, across = margin["l"] + 12, width - margin["l"] - margin["r"] - 24
    top, down = margin["t"], layout["height"] - margin["t"] - margin["b"]
    x_range, y_range = tuple(layout["xaxis"]["range"]), tuple(layout["yaxis"]["range"])
    if layout["yaxis"].get("scaleanchor"):
        wide, high = x_range[1] - x_range[0], y_range[1] - y_range[0]
        unit = min(across / wide, down / high)
        left, across = left + (across - unit * wide) / 2, unit * wide
        top, down = top + (down - unit * high) / 2, unit * high
    return Frame(left, top, across, down, x_range, y_range)


def _heading(words: Words, colours: theme.Palette) -> list[str]:
    parts, line = [], 28
    for text, size, colour, weight, longest in (
            (words.notice, 14, colours.target, 600, 110), (words.title, 18, colours.ink, 600, 72),
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
            parts.append(_line(frame.left, y, frame.left + frame.width, y, colours.grid))
        parts.append(_tick(label, frame.left - 8, y + 4, layout["yaxis"], colours, "end"))
    under = frame.top + frame.height + 18
    for value, label in zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True):
        x = frame.x(value)
        if layout["xaxis"].get("showgrid"):
            parts.append(_line(x, frame.top, x, frame.top + frame.height, colours.grid))
        parts.append(_tick(label, x, under, layout["xaxis"], colours, "middle"))
    return parts


def _tick(label: str, x: float, y: float, axis: dict, colours: theme.Palette, anchor: str) -> str:
    """A tick's words in the colour of its axis, bold where the chart has them bold."""
    colour = axis.get("tickfont", {}).get("color", colours.muted)
    plain = re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", " ", str(label)))
    return _text(plain, x, y, theme.SMALL, colour, anchor, 600 if "<b>" in str(label) else 400)


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


def _bars(trace: dict, frame: Frame) -> list[str]:
    wide, parts = trace.get("width", 0.8), []
    bases = trace.get("base") or [0.0] * len(trace["x"])
    fills = trace["marker"]["color"]
    for place, (x, y, base) in enumerate(zip(trace["x"], trace["y"], bases, strict=True)):
        fill = fills if isinstance(fills, str) else fills[place]
        if trace.get("orientation") == "h":
            corners = frame.x(base), frame.y(y + wide / 2), frame.x(base + x), frame.y(y - wide / 2)
        else:
            corners = frame.x(x - wide / 2), frame.y(base + y), frame.x(x + wide / 2), frame.y(base)
        parts.append(_rectangle(*corners, fill))
        parts += _stripes(trace["marker"], place, corners)
        if trace.get("textposition") == "inside":
            parts += _inside(trace, place, corners)
    return parts


def _stripes(marker: dict, place: int, corners: tuple[float, float, float, float]) -> list[str]:
    """Stripes over a bar that Plotly would hatch, drawn as lines so that every reader of SVG shows them."""
    shapes = marker.get("pattern", {}).get("shape", "")
    if not (shapes if isinstance(shapes, str) else shapes[place]):
        return []
    inks = marker["pattern"].get("fgcolor", "#000")
    ink = inks if isinstance(inks, str) else inks[place]
    (left, right), (top, bottom) = sorted(corners[::2]), sorted(corners[1::2])
    wide, high, parts = right - left, bottom - top, []
    step = 8.0
    while step < wide + high:
        start = (left + max(step - high, 0), top + min(step, high))
        end = (left + min(step, wide), top + max(step - wide, 0))
        parts.append(_line(*(round(each, 1) for each in (*start, *end)), ink, 0.8))
        step += 8.0
    return [f'<g stroke-opacity="0.45">{"".join(parts)}</g>']


def _inside(trace: dict, place: int, corners: tuple[float, float, float, float]) -> list[str]:
    """The words of one bar in its middle; lines in <b> are bold."""
    lines = re.split(r"<br\s*/?>", trace["text"][place])
    font = trace["insidetextfont"]
    ink = font["color"] if isinstance(font["color"], str) else font["color"][place]
    x, y, high = (corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2, 1.2 * font["size"]
    start = y - high * (len(lines) - 1) / 2 + 0.35 * font["size"]
    return [_text(re.sub(r"<[^>]+>", "", line), x, start + i * high, font["size"], ink, "middle",
                  600 if "<b>" in line else 400) for i, line in enumerate(lines)]


def _scatter(trace: dict, frame: Frame) -> list[str]:
    points = [(frame.x(x), frame.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)
              if x is not None and y is not None]
    parts, mode = [], trace.get("mode", "lines")
    path = " ".join(f"{'M' if i == 0 else 'L'}{x} {y}" for i, (x, y) in enumerate(points))
    if trace.get("fill") == "toself" and path:
        parts.append(f'<path d="{path} Z" fill="{trace["fillcolor"]}"/>')
    elif "lines" in mode and len(points) > 1:
        line = trace.get("line", {})
        dash = f' stroke-dasharray="{_DASHES[line["dash"]]}"' if line.get("dash") in _DASHES else ""
        parts.append(f'<path d="{path}" fill="none" stroke="{line.get("color", "#000")}" '
                     f'stroke-width="{line.get("width", 2)}"{dash}/>')
    parts += _error_bars(trace, "error_y", frame) + _error_bars(trace, "error_x", frame)
    if "markers" in mode:
        parts += [_marker(x, y, trace["marker"], i) for i, (x, y) in enumerate(points)]
    return parts


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


def _marker(x: float, y: float, marker: dict, place: int) -> str:
    def own(name: str, otherwise: object) -> object:
        value = marker.get(name, otherwise)
        return value[place] if isinstance(value, list) else value

    colour, symbol = own("color", "#000"), str(own("symbol", "circle"))
    line = marker.get("line", {})
    edge = line.get("color", colour)
    edge = edge[place] if isinstance(edge, list) else edge
    look = f'fill="{colour}" stroke="{edge}" stroke-width="{line.get("width", 0)}"'
    half = float(own("size", 6)) / 2
    if symbol.startswith("diamond"):
        return f'<path d="M{x} {y - half} L{x + half} {y} L{x} {y + half} L{x - half} {y} Z" {look}/>'
    if symbol.startswith("square"):
        return f'<rect x="{x - half}" y="{y - half}" width="{2 * half}" height="{2 * half}" {look}/>'
    if symbol.startswith("triangle-up"):
        return f'<path d="M{x} {y - half} L{x + half} {y + half} L{x - half} {y + half} Z" {look}/>'
    if symbol.startswith("line-ns"):
        wide = line.get("width", 2)
        return f'<path d="M{x} {y - half} L{x} {y + half}" stroke="{edge}" stroke-width="{wide}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{half}" {look}/>'


def _shape(shape: dict, frame: Frame) -> list[str]:
    x0, x1 = (frame.x(shape[end], shape.get("xref", "x")) for end in ("x0", "x1"))
    y0, y1 = (frame.y(shape[end], shape.get("yref", "y")) for end in ("y0", "y1"))
    if shape["type"] == "rect":
        return [_rectangle(x0, y0, x1, y1, shape.get("fillcolor", "none"))]
    line = shape["line"]
    return [_line(x0, y0, x1, y1, line["color"], line.get("width", 1), line.get("dash", ""))]


def _annotation(each: dict, frame: Frame, layout: dict) -> list[str]:
    x = frame.x(each["x"], each.get("xref", "x")) + each.get("xshift", 0)
    y = frame.y(each["y"], each.get("yref", "y")) - each.get("yshift", 0)
    lines = re.split(r"<br\s*/?>", each["text"])
    size = each["font"]["size"]
    rise = {"bottom": len(lines) * 1.25 - 1, "middle": len(lines) * 1.25 / 2 - 0.8, "top": -0.9}
    start = y - rise[each.get("yanchor", "middle")] * size
    anchor = {"left": "start", "center": "middle", "right": "end"}[each.get("xanchor", "center")]
    colour = each["font"]["color"]
    return [_text(re.sub(r"<[^>]+>", "", line), x, start + i * 1.25 * size, size, colour, anchor,
                  600 if "<b>" in line else 400) for i, line in enumerate(lines)]


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{_DASHES[dash]}"' if dash in _DASHES else ""
    return (f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{colour}" '
            f'stroke-width="{width}"{dashes}/>')


def _rectangle(x0: float, y0: float, x1: float, y1: float, fill: str) -> str:
    return (f'<rect x="{min(x0, x1)}" y="{min(y0, y1)}" width="{round(abs(x1 - x0), 1)}" '
            f'height="{round(abs(y1 - y0), 1)}" fill="{fill}"/>')


def _text(words: str, x: float, y: float, size: float, colour: str, anchor: str = "start",
          weight: int = 400) -> str:
    # Chart text may hold entities already (Plotly reads HTML): undo, then escape once.
    plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return (f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{size}" fill="{colour}" '
            f'text-anchor="{anchor}" font-weight="{weight}">{escape(plain)}</text>')
