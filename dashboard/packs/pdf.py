"""A pack as a tagged PDF (PDF/UA-1) of at most twelve A4 pages, set by Typst: no browser, no installed font."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from dashboard.figure import Absent, Figure, Said
from dashboard.figures.recipe import Shown
from dashboard.packs.pack import READING, Pack, Part, enquiries, foot, is_enquiry, is_list, plain_text
from dashboard.packs.picture import fonts, least_share, stretch, wordless
from dashboard.packs.row_headings import with_row_headings

TEMPLATE = Path(__file__).with_name("pack.typ")
WIDE, NARROW = 76, 64      # a picture's share of the width: alone with its table, or on a page with more
NARROWEST, WIDEST = 16, 28  # letters of a column that is as narrow as its text, and beyond which none grows
ROOM = 2                   # letters that a column has beyond its own
MOST_ROWS = 8              # the longest table beside which a picture is wide


def pdf(pack: Pack) -> bytes:
    """The PDF; the same pack gives the same bytes."""
    import typst

    files = {"main.typ": TEMPLATE.read_bytes()}
    parts = [{"question": part.question, "notice": pack.notice(part),
              "blocks": list(_blocks(part, files, f"p{place}"))} for place, part in enumerate(pack.parts, 1)]
    files["pack.json"] = json.dumps(_document(pack, parts), ensure_ascii=False).encode("utf-8")
    made_at = datetime.fromisoformat(pack.made_at)
    return with_row_headings(typst.compile(
        files, format="pdf", font_paths=fonts(), ignore_system_fonts=True, pdf_standards=["ua-1"],
        timestamp=made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)))


def _document(pack: Pack, parts: list[dict]) -> dict[str, object]:
    reading = [*READING, *(f"[{mark}] {meaning}." for mark, meaning in pack.marks),
               *(f"{question} Not in this pack: {why}" for question, why in pack.not_held)]
    return {"title": pack.title, "description": f"{pack.called.split('-pack')[0].capitalize()} pack. {' '.join(text for _, text in pack.facts)}. {pack.notice()}",
            "notice": pack.notice(), "facts": [list(each) for each in pack.facts], "reading": reading,
            "running": pack.facts[0][1], "edition": f"Extract {pack.extract_id}",
            "foot": " · ".join(filter(None, (pack.running_notice, "Outcomes dashboard"))), "parts": parts}


def _blocks(part: Part, files: dict[str, bytes], name: str) -> Iterator[Mapping[str, object]]:
    """The things of a page in order, sentences that follow one another as one list; pictures go into `files`."""
    said: list[Said] = []
    noted: set[str] = set()
    is_wide = len(part.figures) == 1 and len(part.figures[0].table.rows) <= MOST_ROWS
    for place, each in enumerate((*part.things, None)):
        if isinstance(each, Said):
            said += [each] if each.text else []
            continue
        if said:
            yield {"kind": "said", "sentences": [runs(sentence.text) for sentence in said]}
            said = []
        if each is not None:
            yield _block(each, files, f"{name}-{place}.svg", WIDE if is_wide else NARROW, noted)


def _block(thing: Shown, files: dict[str, bytes], image: str, wide: int, noted: set[str]) -> Mapping[str, object]:
    """One thing; a note that an earlier figure of the page has said is not said again."""
    if isinstance(thing, Absent):
        return {"kind": "absent", "text": plain_text(thing.why)}
    notes = [plain_text(note) for note in thing.notes if note not in noted]
    noted.update(thing.notes)
    if thing.is_drawn:
        files[image] = wordless(thing).encode("utf-8")
    about = {"title": plain_text(thing.title), "subtitle": plain_text(thing.subtitle), "foot": [list(each) for each in foot(thing).items()],
             "evidence": thing.evidence_id, "notes": notes}
    if is_enquiry(thing):
        return about | {"kind": "enquiry", "lines": [asdict(each) for each in enquiries(thing)]}
    if is_list(thing):
        words = [plain_text(cell.text) for row in thing.table.rows for cell in row]
        return about | {"kind": "list", "words": [plain_text(thing.table.columns[0].name), " · ".join(words)]}
    return about | {"kind": "figure", "image": image if thing.is_drawn else "", "alt": plain_text(thing.plot.alt) if thing.plot else "",
                    "wide": min(100, wide * stretch(thing)) if thing.is_drawn else wide, "least": least_share(thing) if thing.is_drawn else 0, "table": _table(thing), "rows": len(thing.table.rows)}


def _table(figure: Figure) -> dict[str, object]:
    held = figure.table
    longest = [max((len(row[place].text) for row in held.rows), default=0) for place in range(len(held.columns))]
    return {"columns": [{"name": plain_text(column.name), "number": column.is_number, "width": _share(column.name, long, place)}
                        for place, (column, long) in enumerate(zip(held.columns, longest, strict=True))],
            "rows": [[plain_text(cell.text) for cell in row] for row in held.rows]}


def _share(name: str, longest: int, place: int) -> int:
    """How much of a table's width a column gets, by its letters; 0 of one as narrow as its text.

    Numbers get what they need: where room is short, words are what goes on a second line.
    """
    letters = max(longest, len(max(name.split(), key=len, default="")))
    return min(letters, WIDEST) + ROOM if max(letters, len(name)) > NARROWEST or place == 0 else 0


def runs(text: str) -> list[dict[str, object]]:
    """The text in pieces, each bold or not."""
    pieces = re.split(r"\*\*", text)
    return [{"text": piece, "bold": bool(place % 2)} for place, piece in enumerate(pieces) if piece]
