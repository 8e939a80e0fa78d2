"""The board pack: what a partnership's board reads before a meeting, in the order in which it asks."""

from collections.abc import Iterator

from dashboard.figure import NOTHING_CHOSEN
from dashboard.figures.recipe import PARTNERSHIP
from dashboard.packs import document, pdf, slides, workbook
from dashboard.packs.pack import Ask, Pack, Page, make
from dashboard.read.edition import Edition, Kept

AUDIENCE = "the board of the Local Employability Partnership"
ENTERED = (("id", "entered_work_within_12_months"),)
DISABLED = (("by", "disabled"),)
ASKED = "What may the board ask?"
PAGES = (
    Page("How is our area doing, and how far can the figures be trusted?", (
        Ask("partnership.answer"), Ask("partnership.cards"), Ask("partnership.kind"), Ask("partnership.trust"), Ask("partnership.trust_figures"))),
    Page(ASKED, (Ask("partnership.questions"),)),
    Page("How do these services compare with Scotland?", (Ask("partnership.services"), Ask("partnership.notes"))),
    Page("Is it the mix of people, and how do areas like ours compare?", (Ask("partnership.expected"), Ask("compare.like", ENTERED))),
    Page("Do people get work, and does it last?", (Ask("jobs.answer"), Ask("jobs.journey"))),
    Page("Is it changing, and could we tell?", (Ask("compare.own", ENTERED), Ask("compare.tell", ENTERED))),
    Page("Are disabled people reached, and do these services work for them?", (
        Ask("equality.reach", DISABLED), Ask("equality.outcomes", DISABLED))),
    Page("Are people moving forward, and treated well?", (
        Ask("progress.answer"), Ask("progress.domains"), Ask("progress.treated"))),
    Page("What does it cost?", (Ask("value.answer"), Ask("value.amounts"), Ask("value.cost_per_start"))),
    Page("What has changed since the last release?", (Ask("partnership.changed"),)),
    Page("What is the labour market like here?", (Ask("partnership.labour_market"),)),
)
WRITERS = {"pdf": pdf.pdf, "pptx": slides.slides, "docx": document.document, "xlsx": workbook.pack_workbook}
LABELS = {"pdf": "Paper to read or print (PDF)", "pptx": "Slides to edit (PowerPoint)", "docx": "Committee paper (Word)",
          "xlsx": "Every table (Excel)"}
MOST_PACKS = 60
_WRITTEN = Kept(MOST_PACKS)


def board_pack(edition: Edition, area_code: str) -> Pack:
    """The board pack of a partnership, not yet written."""
    name = edition.area_name(area_code)
    return make(edition, area_code, f"{name}: how are employability services doing?", AUDIENCE, PAGES)


def partnerships(edition: Edition, given: str | None) -> list[str]:
    """The code of the partnership that the text names; every partnership's where none is given.

    Raises ChoiceError where the text names no partnership.
    """
    if given is None:
        return list(PARTNERSHIP.options(edition, NOTHING_CHOSEN))
    return [PARTNERSHIP.resolve(edition, NOTHING_CHOSEN, given).area_code]


def files(edition: Edition, area_code: str) -> Iterator[tuple[str, str, bytes]]:
    """(format, file name, content) of each format of an area's pack, one after another; made once an edition and area."""
    pack = board_pack(edition, area_code)
    for form, write in WRITERS.items():
        yield form, f"{pack.name}.{form}", _WRITTEN.get((str(edition.extract.path), area_code, form), lambda write=write: write(pack))
