"""A pack as a Word document for committee papers: headings, real tables with header rows, pictures with their words."""

import io
from collections.abc import Mapping

from dashboard.figure import Absent, Figure, Said
from dashboard.packs.fixed import fixed
from dashboard.packs.pack import READING, Pack, foot, plain_text
from dashboard.packs.picture import pictures

FONT = "Arial"      # on every machine that opens Word


def document(pack: Pack) -> bytes:
    """The .docx, A4; the same pack gives the same bytes."""
    from docx import Document
    from docx.shared import Mm, Pt

    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = FONT, Pt(11)
    properties = paper.core_properties
    properties.title, properties.author, properties.language = pack.title, "Outcomes dashboard", "en-GB"
    properties.subject, properties.comments, properties.last_modified_by = pack.notice(), "", "Outcomes dashboard"
    _language(paper)
    _cover(paper, pack)
    _page_numbers(section, f"{pack.running_notice} · " if pack.running_notice else "", pack)
    drawn = pictures(pack.figures)
    for part in pack.parts:
        paper.add_heading(part.question, 1).paragraph_format.page_break_before = True
        if pack.notice(part):
            paper.add_paragraph().add_run(pack.notice(part)).bold = True
        for thing in part.things:
            _thing(paper, thing, drawn)
    out = io.BytesIO()
    paper.save(out)
    return fixed(out.getvalue(), pack.made_at)


def _cover(paper, pack: Pack) -> None:
    paper.add_heading(pack.title, 0)
    if pack.notice():
        paper.add_paragraph().add_run(pack.notice()).bold = True
    for name, text in pack.facts:
        line = paper.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(text)
    paper.add_heading("Contents", 1)
    for part in pack.parts:
        paper.add_paragraph(part.question, style="List Number")
    paper.add_heading("How to read this paper", 1)
    for line in (*READING, *(f"[{mark}] {meaning}." for mark, meaning in pack.marks),
                 *(f"{question} Not in this paper: {why}" for question, why in pack.not_held)):
        paper.add_paragraph(line, style="List Bullet")


def _thing(paper, thing, drawn: Mapping[str, bytes]) -> None:
    if isinstance(thing, Said):
        if thing.text:
            _bold_where_marked(paper.add_paragraph(style="List Bullet"), thing.text)
    elif isinstance(thing, Absent):
        paper.add_paragraph(plain_text(thing.why))
    else:
        _figure(paper, thing, drawn)


def _figure(paper, figure: Figure, drawn: Mapping[str, bytes]) -> None:
    from docx.shared import Mm, Pt

    paper.add_heading(plain_text(figure.title), 2)
    paper.add_paragraph(plain_text(figure.subtitle))
    if figure.evidence_id in drawn:
        shape = paper.add_picture(io.BytesIO(drawn[figure.evidence_id]), width=Mm(150))
        shape._inline.docPr.set("descr", plain_text(figure.plot.alt))
    if figure.table.rows:
        _table(paper, figure)
    lines = [f"{name}: {text}" for name, text in foot(figure).items()]
    for text in (" · ".join(lines), *map(plain_text, figure.notes), f"Evidence: {figure.evidence_id}"):
        paper.add_paragraph().add_run(text).font.size = Pt(8.5)


def _table(paper, figure: Figure) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    held = paper.add_table(len(figure.table.rows) + 1, len(figure.table.columns), style="Table Grid")
    header = held.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    caption = OxmlElement("w:tblDescription")
    caption.set(qn("w:val"), plain_text(figure.table.caption))
    held._tbl.tblPr.append(caption)
    cells = held._cells       # once: python-docx works out the whole grid each time it is asked
    wide = len(figure.table.columns)
    for place, column in enumerate(figure.table.columns):
        for line, text in enumerate([column.name, *(row[place].text for row in figure.table.rows)]):
            shown = cells[line * wide + place].paragraphs[0]
            run = shown.add_run(plain_text(text))
            run.font.size, run.bold = Pt(9), line == 0
            if column.is_number:
                shown.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bold_where_marked(line, text: str) -> None:
    for place, piece in enumerate(text.split("**")):
        line.add_run(piece).bold = bool(place % 2)


def _language(paper) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    paper.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0].append(language)


def _page_numbers(section, before: str, pack: Pack) -> None:
    """'Orkney Islands · extract … · page N' at the foot of every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = section.footer.paragraphs[0]
    line.add_run(f"{before}{pack.facts[0][1]} · extract {pack.extract_id} · page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)
