"""A pack as slides: one figure a slide, charts that can be edited, tables as tables, everything else in the notes."""

import io
from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.theme import LIGHT
from dashboard.figure import Figure
from dashboard.packs.figure_text import figure_text
from dashboard.packs.fixed import fixed
from dashboard.packs.native import NativeChart, Series, native_chart
from dashboard.packs.office import slide_rows, widths
from dashboard.packs.pack import Pack, Part, foot, is_enquiry, plain_text

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6      # inches
MOST_LINES, SHORT = 14, 6                # rows of a table on a slide; a table this short leaves room for the sentences
DASHES = ("solid", "dash", "sysDot", "lgDash")


def slides(pack: Pack) -> bytes:
    """The .pptx: a cover with contents, then the first figure of each page; the same pack gives the same bytes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    properties = deck.core_properties
    properties.title, properties.author, properties.language = pack.title, "Outcomes dashboard", "en-GB"
    properties.subject, properties.last_modified_by = pack.notice(), "Outcomes dashboard"
    _cover(deck, pack)
    for number, part in enumerate(pack.parts, 2):
        _slide(deck, pack, part, number)
    out = io.BytesIO()
    deck.save(out)
    return fixed(out.getvalue(), pack.made_at)


def _titled(deck, title: str, size: int, top: float = 0.3):
    """A slide of the layout that has a title alone, with its title."""
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    holder = slide.shapes.title
    holder.left, holder.top, holder.width, holder.height = Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE), Inches(0.9)
    holder.text_frame.text = plain_text(title)
    holder.text_frame.word_wrap = True
    line = holder.text_frame.paragraphs[0]
    line.font.size, line.font.bold, line.alignment = Pt(size), True, 1
    line.font.color.rgb = _colour(LIGHT.ink)
    return slide


def _cover(deck, pack: Pack) -> None:
    slide = _titled(deck, pack.title, 34, 0.6)
    _text(slide, [*([pack.notice()] if pack.notice() else []), *(f"{name}: {text}" for name, text in pack.facts)],
          EDGE, 1.9, 6.0, 4.6, 16)
    _text(slide, ["Contents", *(f"{place}. {part.question}" for place, part in enumerate(pack.parts, 2))],
          7.0, 1.9, WIDE - 7.0 - EDGE, 4.8, 16)


def _slide(deck, pack: Pack, part: Part, number: int) -> None:
    figure = part.figures[0]
    slide = _titled(deck, figure.title if figure.is_drawn else part.question, 24)
    subtitle = [plain_text(figure.subtitle if figure.is_drawn else f"{figure.title}. {figure.subtitle}"), *([pack.notice(part)] if pack.notice(part) else [])]
    _text(slide, subtitle, EDGE, 1.2, WIDE - 2 * EDGE, 0.7, 13)
    chart, top = native_chart(figure), 2.0
    if chart is None and len(figure.table.rows) <= SHORT and part.said:
        said = [f"• {plain_text(each.text)}" for each in part.said if each.text]
        _text(slide, said, EDGE, top, WIDE - 2 * EDGE, 0.3 * len(said), 14)
        top += 0.32 * len(said) + 0.1
    if chart is None:
        _table(slide, _seen_and_asked(figure) if is_enquiry(figure) else figure, top)
    else:
        _chart(slide, figure, chart, top)
    facts = foot(figure)
    _text(slide, [" · ".join(f"{name}: {facts[name]}" for name in ("Base", "Interval", "Marks", "Source") if name in facts),
                  f"Evidence: {figure.evidence_id}"], EDGE, 6.3, WIDE - 2 * EDGE - 0.8, 1.0, 10)
    _text(slide, [str(number)], WIDE - EDGE - 0.6, 6.9, 0.6, 0.3, 12)
    slide.notes_slide.notes_text_frame.text = _notes(pack, part)


def _seen_and_asked(figure: Figure) -> Figure:
    """Lines of enquiry as a slide has room for them: the first and the last column; the notes hold every one."""
    held = figure.table
    return replace(figure, table=replace(held, columns=(held.columns[0], held.columns[-1]), rows=tuple((row[0], row[-1]) for row in held.rows)))


def _notes(pack: Pack, part: Part) -> str:
    """What is said beside the slide: the question, the sentences, and each figure of the page as text."""
    lines = [part.question, pack.notice(part), *(plain_text(each.text) for each in part.said),
             *(plain_text(each.why) for each in part.absent)]
    lines += [f"\n{figure_text(each)}" for each in part.figures]
    return "\n".join(lines)


def _text(slide, lines: Sequence[str], left: float, top: float, width: float, height: float, size: int) -> None:
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
    frame.word_wrap = True
    for place, text in enumerate(lines):
        line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        line.text = text
        line.font.size, line.font.color.rgb = Pt(size), _colour(LIGHT.ink)


def _table(slide, figure: Figure, top: float) -> None:
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    shown = replace(figure.table, rows=figure.table.rows[:MOST_LINES])
    held = slide.shapes.add_table(1, len(shown.columns), Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE),
                                  Inches(0.28 * (len(shown.rows) + 1)))
    describe(held, plain_text(shown.caption))
    held.table.first_row, held.table.horz_banding = True, False
    for column, width in zip(held.table.columns, widths(shown, Inches(WIDE - 2 * EDGE)), strict=True):
        column.width = width
    rows = held.table._tbl
    rows.remove(rows.tr_lst[0])
    colours = [each.lstrip("#").upper() for each in (LIGHT.series[0], LIGHT.surface, LIGHT.ink, LIGHT.surface, LIGHT.band)]
    for row in slide_rows(shown, 14 if len(shown.rows) <= SHORT else 11, colours):
        rows.append(parse_xml(row))


def _chart(slide, figure: Figure, chart: NativeChart, top: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    kinds = {"line": XL_CHART_TYPE.LINE_MARKERS, "dots": XL_CHART_TYPE.LINE_MARKERS,
             "clustered": XL_CHART_TYPE.COLUMN_CLUSTERED, "stacked": XL_CHART_TYPE.BAR_STACKED}
    data = CategoryChartData(number_format={"%": '0.##"%"', "£": '"£"#,##0'}.get(chart.unit, "#,##0.##"))
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    shape = slide.shapes.add_chart(kinds[chart.style], Inches(EDGE), Inches(top), Inches(WIDE - 2 * EDGE), Inches(4.2), data)
    describe(shape, plain_text(figure.plot.alt))
    drawn = shape.chart
    drawn.font.size, drawn.has_title = Pt(12), False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.value_axis.has_major_gridlines = True
    drawn.value_axis.minimum_scale = 0
    for place, (line, series) in enumerate(zip(drawn.plots[0].series, chart.series, strict=True)):
        _look(line, chart, series, place)
    drawn.plots[0].has_data_labels = chart.style != "line"
    if chart.style == "stacked":
        drawn.plots[0].overlap, drawn.plots[0].gap_width = 100, 40
        drawn.category_axis.reverse_order = True


def _look(line, chart: NativeChart, series: Series, place: int) -> None:
    """Colour, and where colour may be lost: a dash, a marker, a line around a bar; limits as error bars."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    colours = (*LIGHT.series, *reversed(LIGHT.sequential))
    colour = _colour(colours[place % len(colours)])
    if chart.style in ("line", "dots"):
        markers = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE)
        line.smooth, line.marker.style, line.marker.size = False, markers[place % len(markers)], 8
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = line.marker.format.line.color.rgb = colour
        if chart.style == "dots":
            line.format.line.fill.background()
        else:
            line.format.line.color.rgb, line.format.line.width = colour, Pt(2.25)
            _dash(line.format.line, DASHES[place % len(DASHES)])
    else:
        line.format.fill.solid()
        line.format.fill.fore_color.rgb = colour
        line.format.line.color.rgb = _colour(LIGHT.surface)
    if series.has_limits and chart.style != "stacked":
        _error_bars(line._element, series)


def _dash(line, name: str) -> None:
    from pptx.enum.dml import MSO_LINE

    line.dash_style = {"solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "sysDot": MSO_LINE.ROUND_DOT, "lgDash": MSO_LINE.LONG_DASH}[name]


def _error_bars(element, series: Series) -> None:
    """The limits of a series as error bars: python-pptx has none, so their XML is written as the standard has it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    def amounts(name: str) -> str:
        away = [(place, abs(getattr(cell, name) - cell.value)) for place, cell in enumerate(series.cells)
                if cell is not None and cell.lower is not None]
        points = "".join(f'<c:pt idx="{place}"><c:v>{round(amount, 6)}</c:v></c:pt>' for place, amount in away)
        return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(series.cells)}"/>{points}</c:numLit>'

    bars = parse_xml(f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
                     f'<c:noEndCap val="0"/><c:plus>{amounts("upper")}</c:plus><c:minus>{amounts("lower")}</c:minus>'
                     f'<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{LIGHT.muted[1:]}"/></a:solidFill></a:ln></c:spPr></c:errBars>')
    element.xpath("c:cat")[0].addprevious(bars)


def describe(shape, words: str) -> None:
    """Give a shape its text alternative."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def _colour(name: str):
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(name.lstrip("#").upper())
