"""What the search finds: pages, measures, areas, terms and declared gaps of one edition, as plain data."""

from dataclasses import dataclass

from dashboard.figure import SCOTLAND
from dashboard.read.edition import Edition, Row
from dashboard.words.glossary import TERMS
from dashboard.words.synonyms import synonyms

# Title, address, what the page answers, and words to find it by.
PAGES = (
    ("Headlines", "/", "How is Scotland doing?", "home start overview summary lines"),
    ("Partnership", "/partnership", "How is our area doing?", "council area lep local board"),
    ("Job outcomes", "/jobs", "Do people get work, and does it last?", "sustained employment journey referrals waits programmes"),
    ("Progress", "/progress", "Do people move closer to work, and how are they treated?", "soft outcomes confidence dignity experience"),
    ("Disability gap", "/disability-gap", "Is the gap on track for 2038?", "disabled employment target halve"),
    ("Equality", "/equality", "Who is reached, and for whom does it work?", "women ethnicity age disabled race sex groups"),
    ("Places", "/places", "Where? Urban, rural and island Scotland", "map rural islands councils"),
    ("Value", "/value", "What does it cost, and what do we not know?", "spend budget money funding cost"),
    ("Challenge", "/challenge", "What should we ask?", "session questions enquiry group scrutiny answers actions promised commitments"),
    ("Data quality", "/data-quality", "How far can the data be trusted?", "missing recorded gaps completeness trust"),
    ("All partnerships", "/glance", "All 32 partnerships, ten measures", "table compare glance councils"),
    ("National performance", "/national-performance", "What do these services add to the national outcomes?", "npf indicators framework"),
    ("Any indicator", "/indicator", "Every measure, by name", "measures list series"),
    ("Data and methods", "/about", "Where does it come from?", "sources definitions marks glossary licence accessibility evidence methods"),
)

# Parts of pages that answer a question people type.
PARTS = (
    ("Disabled women and other pairs", "/equality?part=pairs", "Two characteristics together: how many are reached, how they fare",
     "two characteristics intersectional young disabled minority ethnic women"),
    ("Rural and urban", "/places?part=rural", "Who enters work and what a start costs, by kind of place", "remote islands cost outcome"),
)
LAST = ("predecessor", "population", "quality")     # topics whose measures come after others that fit as well


@dataclass(frozen=True)
class Entry:
    """`kind` says what it is; `note` stands under the title; `words` are looked through and never shown."""

    kind: str
    title: str
    note: str
    address: str
    words: str = ""


def index(edition: Edition) -> tuple[Entry, ...]:
    """Everything that can be found in this edition: pages, measures, areas, terms, gaps."""
    return (*_pages(), *_parts(), *_measures(edition), *map(_area, edition.areas.values()), *_terms(), *_gaps(edition))


def _pages() -> list[Entry]:
    return [Entry("Page", title, question, address, words) for title, address, question, words in PAGES]


def _parts() -> list[Entry]:
    return [Entry("Part of a page", title, question, address, words) for title, address, question, words in PARTS]


def _measures(edition: Edition) -> list[Entry]:
    """Every measure that holds a figure; those of earlier services and of populations last."""
    kinds = {"published": "Published measure", "returns": "Demonstration measure" if edition.synthetic else "Measure from returns"}
    return [Entry(kinds[each.data_class], each.title, each.definition, f"/indicator?id={name}",
                  " ".join((synonyms(f"{each.title} {each.definition}"), name.replace("_", " "), *each.aliases)))
            for name, each in sorted(edition.catalogue.items(), key=lambda pair: pair[1].topic in LAST)]


def _area(row: Row) -> Entry:
    name, code = str(row["name"]), str(row["area_code"])
    also, former = str(row["spellings"] or ""), str(row["former_codes"] or "")
    if code == SCOTLAND:
        return Entry("Area", name, "The whole country", "/", "national")
    note = f"Also {also.replace('; ', ', ').replace(';', ', ')}" if also else "Local Employability Partnership"
    return Entry("Area", name, note, f"/partnership?area={code}", f"{code} {former} council partnership {also}")


def _terms() -> list[Entry]:
    return [Entry("Term", term.name[:1].upper() + term.name[1:], term.meaning, "/about", " ".join(term.also)) for term in TERMS]


def _gaps(edition: Edition) -> list[Entry]:
    """What nobody publishes: the reason stands under the title."""
    return [Entry("Not published", str(row["title"]), str(row["reason"]), f"/data-quality?gaps={row['page']}",
                  synonyms(f"{row['title']} {row['reason']}")) for row in edition.ask("declared_gaps", page=None).rows]
