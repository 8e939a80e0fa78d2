"""The search's index as a browser fetches it: once an edition, at an address that changes with its content."""

import hashlib
import json
import re
from dataclasses import astuple, dataclass

from dashboard.figures.search import index
from dashboard.read.edition import Edition, Kept

MOST_EDITIONS = 3
_SHAPE = re.compile(r"/search-[0-9a-f]{12}\.json")
_PACKED = Kept(MOST_EDITIONS)


@dataclass(frozen=True)
class Packed:
    """The index as JSON, rows of (kind, title, note, address, words), and the address it is served at."""

    body: bytes
    address: str


def packed_index(edition: Edition) -> Packed:
    """The index of this edition, made once."""
    return _PACKED.get((edition.extract_id, str(edition.extract.path)), lambda: _pack(edition))


def is_index(path: str) -> bool:
    """True for the address of an index, whichever edition's."""
    return bool(_SHAPE.fullmatch(path))


def _pack(edition: Edition) -> Packed:
    body = json.dumps([astuple(entry) for entry in index(edition)], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Packed(body, f"/search-{hashlib.sha256(body).hexdigest()[:12]}.json")
