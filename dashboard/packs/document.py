"""A pack as a Word document for committee papers: headings, real tables with header rows, pictures with their words."""

import io
from collections.abc import Iterator, Mapping

from dashboard.figure import Absent, Figure, Said
from dashboard.figures.recipe import Shown
from dashboard.packs.fixed import fixed
from dashboard.packs.office import bold_where_marked, paragraph, word_table
from dashboard.packs.pack import READING, Pack, enquiries, foot, is_enquiry, plain_text
from dashboard.packs.picture import MOST, millimetres, pictures

FONT = "Arial"      # on every machine that opens Word
SMALL = 8.5         # points of what stands under a figure
WIDE = 9865         # twentieths of a point between the margins


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
    _page_numbers(section, f"{pack.running_notice} · " if pack.running_notice else "", pack)
    drawn = pictures(pack.figures)
    _add(paper, *_cover(pack))
    for part in pack.parts:
        _add(paper, paragraph([(part.question, False)], "Heading1", starts_page=True),
             *([paragraph([(pack.notice(part), True)])] if pack.notice(part) else []))
        for thing in part.things:
            _thing(paper, thing, drawn)
    out = io.BytesIO()
    paper.save(out)
    return fixed(out.getvalue(), pack.made_at)


def _add(paper, *blocks: str) -> None:
    """Paragraphs and tables, as their XML, to the end of the paper."""
    from docx.oxml import parse_xml

    end = paper.element.body.sectPr
    for block in blocks:
        end.addprevious(parse_xml(block))


def _cover(pack: Pack) -> Iterator[str]:
    yield paragraph([(pack.title, False)], "Title")
    if pack.notice():
        yield paragraph([(pack.notice(), True)])
    yield from (paragraph([(f"{name}: ", True), (text, False)]) for name, text in pack.facts)
    yield paragraph([("Contents", False)], "Heading1")
    yield from (paragraph([(part.question, False)], "ListNumber") for part in pack.parts)
    yield paragraph([("How to read this paper", False)], "Heading1")
    for line in (*READING, *(f"[{mark}] {meaning}." for mark, meaning in pack.marks),
                 *(f"{question} Not in this paper: {why}" for question, why in pack.not_held)):
        yield paragraph([(line, False)], "ListBullet")


def _thing(paper, thing: Shown, drawn: Mapping[str, bytes]) -> None:
    if isinstance(thing, Said):
        if thing.text:
            _add(paper, paragraph(bold_where_marked(thing.text), "ListBullet"))
    elif isinstance(thing, Absent):
        _add(paper, paragraph([(thing.why, False)]))
    else:
        _figure(paper, thing, drawn)


def _figure(paper, figure: Figure, drawn: Mapping[str, bytes]) -> None:
    from docx.shared import Mm

    _add(paper, paragraph([(figure.title, False)], "Heading2"), paragraph([(figure.subtitle, False)]))
    if figure.evidence_id in drawn:
        shape = paper.add_picture(io.BytesIO(drawn[figure.evidence_id]), width=Mm(millimetres(figure)))
        paper.paragraphs[-1].paragraph_format.left_indent = Mm(min(0.0, (MOST - millimetres(figure)) / 2))     # as far into each margin
        shape._inline.docPr.set("descr", plain_text(figure.plot.alt))
    if is_enquiry(figure):
        _add(paper, *_enquiry(figure))
    elif figure.table.rows:
        _add(paper, word_table(figure.table, WIDE))
    lines = [f"{name}: {text}" for name, text in foot(figure).items()]
    _add(paper, *(paragraph([(text, False)], size=SMALL)
                  for text in (" · ".join(lines), *figure.notes, f"Evidence: {figure.evidence_id}")))


def _enquiry(figure: Figure) -> Iterator[str]:
    """Lines of enquiry one under another: whole sentences do not fit the columns of a page."""
    for place, line in enumerate(enquiries(figure), 1):
        yield paragraph([(f"{place}. {line.head}", False)], "Heading3")
        yield paragraph([(f"{line.seen[0]}: ", True), (line.seen[1], False)])
        yield paragraph([(f"{line.question[0]}: {line.question[1]}", True)])
        for name, words in (*line.facts, ("Evidence", line.evidence)):
            yield paragraph([(f"{name}: {words}", False)], "ListBullet", SMALL)


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
