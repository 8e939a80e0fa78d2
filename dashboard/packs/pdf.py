"""A pack as a tagged PDF (PDF/UA-1) of at most twelve A4 pages, set by Typst: no browser, no installed font."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from dashboard.figure import Absent, Figure, Said
from dashboard.figures.recipe import Shown
from dashboard.packs.pack import READING, Pack, Part, foot, plain_text
from dashboard.packs.picture import fonts, wordless

TEMPLATE = Path(__file__).with_name("pack.typ")
WIDE, LONG = 80, 18      # a picture's share of the width; a table longer than this leaves less room for one


def pdf(pack: Pack) -> bytes:
    """The PDF; the same pack gives the same bytes."""
    import typst

    files = {"main.typ": TEMPLATE.read_bytes()}
    parts = [{"question": part.question, "notice": pack.notice(part),
              "blocks": list(_blocks(part, files, f"p{place}"))} for place, part in enumerate(pack.parts, 1)]
    files["pack.json"] = json.dumps(_document(pack, parts), ensure_ascii=False).encode("utf-8")
    made_at = datetime.fromisoformat(pack.made_at)
    return typst.compile(files, format="pdf", font_paths=fonts(), ignore_system_fonts=True, pdf_standards=["ua-1"],
                         timestamp=made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC))


def _document(pack: Pack, parts: list[dict]) -> dict[str, object]:
    reading = [*READING, *(f"[{mark}] {meaning}." for mark, meaning in pack.marks),
               *(f"{question} Not in this pack: {why}" for question, why in pack.not_held)]
    return {"title": pack.title, "description": f"Board pack. {' '.join(text for _, text in pack.facts)}. {pack.notice()}",
            "notice": pack.notice(), "facts": [list(each) for each in pack.facts], "reading": reading,
            "running": pack.facts[0][1], "edition": f"Extract {pack.extract_id}",
            "foot": "Demonstration data · Outcomes dashboard" if pack.is_synthetic else "Outcomes dashboard", "parts": parts}


def _blocks(part: Part, files: dict[str, bytes], name: str) -> Iterator[Mapping[str, object]]:
    """The things of a page in order, sentences that follow one another as one list; pictures go into `files`."""
    said: list[Said] = []
    for place, each in enumerate((*part.things, None)):
        if isinstance(each, Said):
            said += [each] if each.text else []
            continue
        if said:
            yield {"kind": "said", "sentences": [runs(sentence.text) for sentence in said]}
            said = []
        if each is not None:
            yield _block(each, files, f"{name}-{place}.svg")


def _block(thing: Shown, files: dict[str, bytes], image: str) -> Mapping[str, object]:
    if isinstance(thing, Absent):
        return {"kind": "absent", "text": plain_text(thing.why)}
    if thing.is_drawn:
        files[image] = wordless(thing).encode("utf-8")
    return {"kind": "figure", "title": plain_text(thing.title), "subtitle": plain_text(thing.subtitle),
            "image": image if thing.is_drawn else "", "alt": plain_text(thing.plot.alt) if thing.plot else "",
            "wide": WIDE if len(thing.table.rows) <= LONG else WIDE - 20, "table": _table(thing), "rows": len(thing.table.rows),
            "foot": [list(each) for each in foot(thing).items()], "evidence": thing.evidence_id, "notes": [plain_text(note) for note in thing.notes]}


def _table(figure: Figure) -> dict[str, object]:
    held = figure.table
    longest = [max((len(row[place].text) for row in held.rows), default=0) for place in range(len(held.columns))]
    return {"columns": [{"name": plain_text(column.name), "number": column.is_number, "width": long > 12 or len(column.name) > 12}
                        for column, long in zip(held.columns, longest, strict=True)],
            "rows": [[plain_text(cell.text) for cell in row] for row in held.rows]}


def runs(text: str) -> list[dict[str, object]]:
    """The text in pieces, each bold or not."""
    pieces = re.split(r"\*\*", text)
    return [{"text": piece, "bold": bool(place % 2)} for place, piece in enumerate(pieces) if piece]
