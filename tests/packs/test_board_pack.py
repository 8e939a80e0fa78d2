"""A board pack says what the screen says, to the digit, in four formats that everyone can read."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import docx
import page
import pdfua
import pikepdf
import pptx
import pypdf
import pytest
from click.testing import CliRunner

from dashboard import cli
from dashboard.figure import Address, Said
from dashboard.figures import recipes
from dashboard.packs import board, pdf
from dashboard.packs.native import native_chart
from dashboard.packs.pack import MOST_PAGES, enquiries, is_enquiry, is_list, plain_text
from dashboard.packs.picture import POINT, ROOM, least_share, millimetres, wordless
from dashboard.read.edition import current
from dashboard.words.marks import SYNTHETIC_NOTICE
from tests.paper import pages_of

# gptables asks pandas for what it is about to drop, and leaves its file to be closed by the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning", "ignore::ResourceWarning",
                                        "ignore::pytest.PytestUnraisableExceptionWarning")


def plain(text):
    """Text without bold and spaces: a reader of PDF sets its own spaces and line ends."""
    return re.sub(r"[\s\u2060\u00ad]+", "", plain_text(text))


def sheets_of(content):
    """{tab: set of its cells} of a workbook: texts and numbers."""
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        read = {name: ElementTree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}
    shared = ["".join(item.itertext()) for item in read["xl/sharedStrings.xml"].findall("m:si", names)]

    def value(cell):
        held = cell.find("m:v", names).text
        return shared[int(held)] if cell.get("t") == "s" else float(held)

    tabs = [each.get("name") for each in read["xl/workbook.xml"].findall("m:sheets/m:sheet", names)]
    return {tab: {value(cell) for cell in read[f"xl/worksheets/sheet{place}.xml"].iterfind(".//m:c[m:v]", names)}
            for place, tab in enumerate(tabs, 1)}


@cache
def texts_of(form, content):
    """All text that a format holds, speaker's notes and text alternatives left out."""
    if form == "pdf":
        return " ".join(pages_of(content))
    if form == "docx":
        paper = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in paper.tables for cell in table._cells]
        return " ".join([*(line.text for line in paper.paragraphs), *cells])
    deck = pptx.Presentation(io.BytesIO(content))
    return " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)


def test_every_figure_is_the_one_its_evidence_id_finds(pack, edition):
    assert len(pack.figures) >= 12
    assert all(recipes.figure_at(edition, each.address) == each for each in pack.figures)


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx"])
def test_every_cell_mark_source_and_evidence_id_is_in_the_file(pack, written, form):
    held = plain(texts_of(form, written[form]))
    for each in pack.figures:
        must = [each.title, each.subtitle, each.unit, each.base, each.interval, each.evidence_id, *each.notes,
                *(source.title for source in each.sources), *(meaning for _, meaning in each.marks),
                *(cell.text for row in each.table.rows for cell in row), *(column.name for column in each.table.columns)]
        assert [text for text in must if plain(text) not in held] == []


def test_every_number_of_the_pack_is_a_number_of_the_workbook(pack, written):
    book = sheets_of(written["xlsx"])
    for place, each in enumerate(pack.figures, 1):
        values = book[f"Table {place}"]
        numbers = {number for row in each.table.rows for cell, column in zip(row, each.table.columns, strict=True)
                   if column.is_number and cell.value is not None for number in (cell.value, cell.lower, cell.upper)} - {None}
        assert numbers <= values
        words = {plain_text(cell.text) for row in each.table.rows for cell in row if cell.value is None and cell.text}
        assert words <= {str(value) for value in values}
        assert f"Evidence: {each.evidence_id}" in values


def test_every_sentence_of_the_pack_is_in_the_paper(pack, written):
    held = plain(texts_of("pdf", written["pdf"]))
    said = [each.text for part in pack.parts for each in part.things if isinstance(each, Said)]
    assert len(said) > 10 and [text for text in said if plain(text) not in held] == []


def test_what_the_board_may_ask_is_asked_with_its_evidence(pack, edition, written):
    [asked] = [each for each in pack.figures if is_enquiry(each)]
    assert asked == recipes.made(edition, "partnership.questions", asked.address.choice)[0]
    for form in ("pdf", "docx"):
        held = plain(texts_of(form, written[form]))
        assert all(plain(text) in held for line in enquiries(asked) for text in (line.head, line.evidence))
    [slide] = [each for each in pptx.Presentation(io.BytesIO(written["pptx"])).slides if each.shapes.title.text_frame.text == board.ASKED]
    shown = [[cell.text for cell in row.cells] for shape in slide.shapes if shape.has_table for row in shape.table.rows]
    assert shown[1:] == [[line.seen[1], line.question[1]] for line in enquiries(asked)]
    evidence = {each for line in asked.plot.rows for each in line["evidence"]}
    assert evidence and all(recipes.figure_at(edition, Address.read(each)) for each in evidence)


def test_demonstration_data_is_said_on_every_page_of_every_format(pack, written):
    assert all("Demonstration data" in text for text in pages_of(written["pdf"]))
    deck = pptx.Presentation(io.BytesIO(written["pptx"]))
    assert all(any("Demonstration data" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
               for slide in deck.slides)
    assert "Demonstration data" in docx.Document(io.BytesIO(written["docx"])).sections[0].footer.paragraphs[0].text
    book = sheets_of(written["xlsx"])
    made_up = {f"Table {place}" for place, each in enumerate(pack.figures, 1) if each.is_synthetic}
    assert {tab for tab, values in book.items() if tab.startswith("Table") and SYNTHETIC_NOTICE in values} == made_up
    assert SYNTHETIC_NOTICE in book["Cover"]


def test_the_paper_has_at_most_twelve_pages_of_one_question_each(pack, written):
    pages = pages_of(written["pdf"])
    assert len(pages) == len(pack.parts) + 1 <= MOST_PAGES
    assert all(plain(part.question) in plain(text) for part, text in zip(pack.parts, pages[1:], strict=True))
    assert len(pptx.Presentation(io.BytesIO(written["pptx"])).slides) == len(pages)


def test_the_cover_says_what_for_whom_when_and_of_which_edition(pack, written):
    cover = plain(pages_of(written["pdf"])[0])
    assert all(plain(text) in cover for text in (pack.title, *(text for _, text in pack.facts)))
    assert pack.extract_id in cover and all(plain(part.question) in cover for part in pack.parts)


def faults(content):
    """What two checkers of PDF/UA-1 find: neither sees all that the other does."""
    found = page.validate_pdf_bytes(content, profile="ua1")
    return [each.rule_id for each in found.failures] + [each.rule_id for each in pdfua.validate(io.BytesIO(content)).findings]


def test_the_paper_conforms_to_pdf_ua(written):
    assert faults(written["pdf"]) == []


def test_each_row_of_a_table_in_the_paper_has_its_heading(pack, written):
    """Under the headings of the columns, the first cell of each row is a heading of that row, and no other is."""
    file = pikepdf.open(io.BytesIO(written["pdf"]))

    def below(element):
        held = element.get("/K")
        for each in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(each, pikepdf.Dictionary):
                yield each
                yield from below(each)

    bodies = [each for each in below(file.Root.StructTreeRoot) if each.get("/S") == "/TBody"]
    rows = [[cell for cell in below(row) if cell.get("/S") in ("/TH", "/TD")] for body in bodies
            for row in below(body) if row.get("/S") == "/TR"]
    assert len(rows) == sum(len(each.table.rows) for each in pack.figures if not (is_enquiry(each) or is_list(each)))
    for first, *others in rows:
        assert first.S == "/TH" and first.A[0].Scope == "/Row" and all(cell.S == "/TD" for cell in others)


def test_the_outline_of_the_paper_is_its_questions(pack, written):
    """No checker misses an outline that is not there."""
    outline = pypdf.PdfReader(io.BytesIO(written["pdf"])).outline
    assert {plain(part.question) for part in pack.parts} <= {plain(each.title) for each in outline if not isinstance(each, list)}


FEW_PEOPLE = pytest.mark.parametrize("pack", ["S12000023"], ids=["few people"], indirect=True)


@pytest.fixture(scope="module")
def short_paper(edition):
    """The paper of two parts of a pack: a cover, pictures and tables."""
    whole = board.board_pack(edition, "S12000023")
    drawn = [part for part in whole.parts if any(each.is_drawn for each in part.figures)]
    return pdf.pdf(replace(whole, parts=tuple(drawn[:2])))


def test_the_short_paper_conforms_too(short_paper):
    assert faults(short_paper) == []


@pytest.mark.parametrize("damage", ["language", "tree", "alternatives", "header cells", "title", "heading levels", "a cell"])
def test_the_checkers_see_a_damaged_paper(short_paper, damage):
    file = pikepdf.open(io.BytesIO(short_paper))

    def each_element(element):
        for below in element.get("/K") if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]:
            if isinstance(below, pikepdf.Dictionary):
                yield below
                yield from each_element(below)

    if damage == "language":
        del file.Root.Lang
    elif damage == "tree":
        del file.Root.StructTreeRoot
    elif damage == "title":
        del file.Root.Metadata
    else:
        for element in list(each_element(file.Root.StructTreeRoot)):
            if damage == "alternatives" and element.get("/S") == "/Figure":
                del element["/Alt"]
            if damage == "header cells" and element.get("/S") == "/TH":
                element["/S"] = pikepdf.Name("/TD")
            if damage == "heading levels" and element.get("/S") == "/H2":
                element["/S"] = pikepdf.Name("/H4")
            if damage == "a cell" and element.get("/S") == "/TR":
                element.K = pikepdf.Array(list(element.K)[:-1])
                break
    out = io.BytesIO()
    file.save(out)
    assert faults(out.getvalue())


def test_editable_charts_hold_the_numbers_of_their_tables(pack, written):
    deck = pptx.Presentation(io.BytesIO(written["pptx"]))
    drawn = 0
    for part, slide in zip(pack.parts, list(deck.slides)[1:], strict=True):
        native = native_chart(part.figures[0])
        charts = [shape for shape in slide.shapes if shape.has_chart]
        assert bool(charts) == (native is not None)
        if native is None:
            continue
        drawn += 1
        held = charts[0].chart.plots[0]
        assert [list(each.values) for each in held.series] == [each.values for each in native.series]
        assert list(held.categories) == list(native.categories)
        shown = {cell.value for row in part.figures[0].table.rows for cell in row}
        assert {value for each in native.series for value in each.values} <= shown | {None}
    assert drawn >= 2


def test_pictures_charts_and_tables_have_text_alternatives_and_header_rows(pack, written):
    paper = docx.Document(io.BytesIO(written["docx"]))
    alternatives = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert alternatives == [plain_text(each.plot.alt) for each in pack.figures if each.is_drawn]
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in paper.tables)
    for slide in pptx.Presentation(io.BytesIO(written["pptx"])).slides:
        assert slide.shapes.title.text_frame.text
        assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slide.shapes if shape.has_chart or shape.has_table)
        assert all(shape.table.first_row for shape in slide.shapes if shape.has_table)


def test_the_smallest_letters_of_a_picture_can_be_read_on_paper(pack):
    drawn = [each for each in pack.figures if each.is_drawn]
    assert len(drawn) > 5
    for each in drawn:
        smallest = min(float(size) for size in re.findall(r'font-size="([\d.]+)"', wordless(each)))
        across = float(re.search(r'width="([\d.]+)"', wordless(each))[1])
        assert smallest * least_share(each) / 100 * ROOM / across > 7.99, "points, in the PDF"
        assert smallest * millimetres(each) / POINT / across > 7.99, "points, in the Word document"
        assert least_share(each) < 107 and millimetres(each) < 190, "no wider than a printer can print"


@FEW_PEOPLE
def test_the_same_pack_gives_the_same_bytes_and_no_other_date(pack, written):
    again = replace(pack)
    for form, write in board.WRITERS.items():
        assert write(again) == written[form]
        if form != "pdf":
            with zipfile.ZipFile(io.BytesIO(written[form])) as file:
                assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                dates = re.findall(rb"<dcterms:\w+[^>]*>([^<]*)<", file.read("docProps/core.xml"))
                assert {each.decode() for each in dates} == {f"{pack.made_at[:19]}Z"}


def test_without_returns_a_pack_says_what_it_lacks_and_nothing_of_demonstration(published_extract):
    pack = board.board_pack(current(published_extract.parent), "S12000023")
    held = " ".join(pages_of(pdf.pdf(pack)))
    assert not pack.is_synthetic and "Demonstration" not in held
    assert plain("People in No One Left Behind who entered work") in plain(held)
    assert pack.not_held and all(plain(why) in plain(held) for _, why in pack.not_held)


@FEW_PEOPLE
def test_text_is_never_read_as_markup(pack):
    odd = "#panic() *not bold* $x$ <label> @ref [a] \\ // /* `raw`"
    first, *rest = pack.parts
    held = replace(pack, title=odd, parts=(replace(first, things=(Said(odd), *first.figures)), *rest[:1]))
    assert pages_of(pdf.pdf(held))[1].count("#panic()") == 1


def test_a_partnership_that_does_not_exist_is_answered_with_the_nearest(tmp_path):
    result = CliRunner().invoke(cli.main, ["pack", "--area", "Orkny", "--out", str(tmp_path)])
    assert result.exit_code == 2 and "S12000023 (Orkney Islands)" in result.stderr
    assert CliRunner().invoke(cli.main, ["pack", "--out", str(tmp_path)]).exit_code == 2


@FEW_PEOPLE
def test_the_command_writes_the_four_files(tmp_path, pack):
    result = CliRunner().invoke(cli.main, ["pack", "--area", pack.area_code, "--out", str(tmp_path / "packs")])
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == sorted(f"{pack.name}.{form}" for form in board.WRITERS)
