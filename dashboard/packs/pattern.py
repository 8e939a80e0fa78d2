"""A figure by what differs from its pattern: the same figure of the first area, which a browser fetches once and keeps.

Most of a figure is the same for every area: markup, axes, notes and sources, often whole tables. Packed beside its pattern
it is its text, deflated line by line with the pattern's line as the dictionary (RFC 1951). A browser cannot be given a
dictionary; it can be given the same bytes first, as a stored block, and cut them off what comes out (`figure.js`).

    {"pattern": address, "sizes": [bytes of each line, negative where no line of the pattern stands before it]}\\n lines
"""

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dashboard.figure import Figure
from dashboard.packs.finished import kept, packed

WINDOW = 32_768 - 262      # bytes that a match may lie back, as zlib finds them
_SHAPE = re.compile(r"/pattern-(?P<digest>[0-9a-f]{12})-(?P<level>[1-6])-(?P<evidence>[^/]+)")


@dataclass(frozen=True)
class Named:
    """What the address of a pattern says: the digest of its bytes, the level of its heading, its evidence ID."""

    digest: str
    level: int
    evidence_id: str


def packed_beside(figure: Figure, pattern: Figure, level: int) -> bytes:
    """The figure by what differs from its pattern; made once. `level` is of its heading."""
    return kept(figure, ("beside", level), lambda: _beside(packed(figure, level), packed(pattern, level), address_of(pattern, level)))


def address_of(pattern: Figure, level: int) -> str:
    """Where a browser fetches a pattern: another address for every content."""
    return f"/pattern-{digest_of(packed(pattern, level))}-{level}-{quote(pattern.evidence_id, safe='')}"


def digest_of(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()[:12]


def named_in(address: str) -> Named | None:
    """What the address of a pattern says; None where it is no such address."""
    match = _SHAPE.fullmatch(address)
    return None if match is None else Named(match["digest"], int(match["level"]), unquote(match["evidence"]))


def _beside(whole: bytes, pattern: bytes, address: str) -> bytes:
    lines = list(_lines(gzip.decompress(whole), gzip.decompress(pattern)))
    said = json.dumps({"pattern": address, "sizes": [len(line) if is_beside else -len(line) for line, is_beside in lines]},
                      separators=(",", ":"))
    return b"\n".join((said.encode(), b"".join(line for line, _ in lines)))


def _lines(text: bytes, pattern: bytes) -> Iterator[tuple[bytes, bool]]:
    """Each line deflated, and whether the pattern's line stands before it: a line without one, or that is shorter
    without, follows what came before, such as a second drawing its first."""
    own, theirs, before = text.splitlines(True), pattern.splitlines(True), b""
    for place, line in enumerate(own):
        is_last = place == len(own) - 1
        like = theirs[place][-WINDOW:] if place < len(theirs) else b""
        alone, beside = (_deflated(line, (before + each)[-WINDOW:], is_last) for each in (b"", like))
        is_beside = bool(like) and len(beside) < len(alone)
        before = (before + (like if is_beside else b"") + line)[-WINDOW:]
        yield (beside if is_beside else alone), is_beside


def _deflated(line: bytes, before: bytes, is_last: bool) -> bytes:
    packing = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, before)
    return packing.compress(line) + packing.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)
