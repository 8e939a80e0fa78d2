"""The evidence pack holds what was frozen, in four formats, the same for both sides and every year; what people typed is text."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import page
import pdfua
import pptx
import pypdf
import pytest

from dashboard import paths
from dashboard.challenge.freezing import freeze
from dashboard.challenge.lines import lines
from dashboard.challenge.session import Outcome, Question, Scope
from dashboard.figure import Choice, Figure
from dashboard.packs import challenge
from dashboard.read.edition import current
from dashboard.words.marks import SYNTHETIC_NOTICE
from tests.paper import pages_of

# gptables asks pandas for what it is about to drop, and leaves its file to be closed by the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning", "ignore::ResourceWarning",
                                        "ignore::pytest.PytestUnraisableExceptionWarning")
GLASGOW, AT = "S12000049", "2027-05-01T09:00:00.123+00:00"
ODD = ('=HYPERLINK("http://evil.example","Sign in")', "+1+1", "-2+3", "@SUM(A1)", "[Sign in](http://evil.example)", "http://evil.example",
       "<script>alert(1)</script>", "#panic() *x* $y$ <label> @ref", "$$n1$$", "**bold**")


@pytest.fixture(scope="module")
def frozen():
    edition = current(paths.DATA / "extract")
    first = lines(edition, Choice(GLASGOW))[0]
    asked = [("line", Question(first.question, 1, first)), *((f"q{place}", Question(text, place)) for place, text in enumerate(ODD, 2))]
    before = (Outcome("=1+1", "@manager", "2027-03-31", ("The figure left its earlier interval.",)),)
    return freeze(edition, Scope("=1+1 [x](http://evil.example)", GLASGOW, "work", "disabled"), asked, before)


@pytest.fixture(scope="module")
def written(frozen):
    return {form: content for form, _, content in challenge.files("abc", AT, frozen)}


def squeezed(text):
    return "".join(text.split()).replace("\u2060", "").replace("**", "")


def texts_of(form, content):
    if form == "pdf":
        return "".join(pages_of(content))
    if form == "docx":
        paper = docx.Document(io.BytesIO(content))
        return "".join([*(line.text for line in paper.paragraphs), *(cell.text for table in paper.tables for cell in table._cells)])
    if form == "pptx":
        deck = pptx.Presentation(io.BytesIO(content))
        return "".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame) + "".join(
            slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "".join(ElementTree.fromstring(file.read("xl/sharedStrings.xml")).itertext())


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "xlsx"])
def test_every_question_figure_and_earlier_action_is_in_the_file(frozen, written, form):
    held = squeezed(texts_of(form, written[form]))
    figures = [Figure.from_json(each) for part in frozen.parts for each in part.figures]
    wanted = [*ODD, frozen.questions[0][1].text, frozen.questions[0][1].line.seen, "The figure left its earlier interval.", "@manager",
              *(each.evidence_id for each in figures), *(cell.text for each in figures for row in each.table.rows for cell in row
                                                         if cell.value is None)]
    assert [text for text in wanted if squeezed(text) not in held] == []


def test_what_people_typed_does_nothing_in_a_workbook(written):
    with zipfile.ZipFile(io.BytesIO(written["xlsx"])) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [file.read(name).decode() for name in file.namelist() if name.endswith(".rels")]
    assert len(sheets) > 5 and not any("<f>" in each for each in sheets) and not any("evil.example" in each for each in links)


def test_what_people_typed_does_nothing_in_a_paper_or_on_slides(written):
    for form in ("docx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(written[form])) as file:
            assert not any(b"evil.example" in file.read(name) for name in file.namelist() if name.endswith(".rels"))
    file = pypdf.PdfReader(io.BytesIO(written["pdf"]))
    links = [note.get_object() for each in file.pages for note in each.get("/Annots", [])]
    assert not any("/URI" in link.get("/A", {}) for link in links)


def test_the_paper_conforms_to_pdf_ua_and_says_demonstration_on_every_page(written, frozen):
    assert frozen.is_synthetic
    checked = page.validate_pdf_bytes(written["pdf"], profile="ua1")
    assert [each.rule_id for each in checked.failures] == [] and not pdfua.validate(io.BytesIO(written["pdf"])).findings
    texts = pages_of(written["pdf"])
    assert all("Demonstration data" in text for text in texts) and squeezed(SYNTHETIC_NOTICE) in squeezed(texts[1])


def test_the_same_session_gives_the_same_bytes_without_any_edition(frozen, written):
    for form, name, content in challenge.files("abc", AT, replace(frozen)):
        assert content == written[form] and name == f"evidence-pack-abc-{GLASGOW}-{frozen.extract_id}.{form}"
