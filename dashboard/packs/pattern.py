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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dashboard.figure import Figure
from dashboard.packs.finished import kept, packed, written

WINDOW = 32_768 - 262      # bytes that a match may lie back, as zlib finds them
_SHAPE = re.compile(r"/pattern-(?P<digest>[0-9a-f]{12})-(?P<level>[1-6])-(?P<evidence>[^/]+)")


@dataclass(frozen=True)
class Named:
    """What the address of a pattern says: the digest of its bytes, the level of its heading, its evidence ID."""

    digest: str
    level: int
    evidence_id: str


def packed_beside(figure: Figure, pattern_of: Callable[[Figure], Figure | None], level: int = 3) -> bytes:
    """The figure by what differs from its pattern, whole where it has none; made once. `level` is of its heading."""
    def made() -> bytes:
        pattern = pattern_of(figure)
        if pattern is None:
            return packed(figure, level)
        return _beside(written(figure, level).encode(), _text_of(pattern, level), address_of(pattern, level))

    return kept(figure, ("beside", level), made)


def _text_of(pattern: Figure, level: int) -> bytes:
    return kept(pattern, ("text", level), lambda: gzip.decompress(packed(pattern, level)))


def address_of(pattern: Figure, level: int) -> str:
    """Where a browser fetches a pattern: another address for every content."""
    return kept(pattern, ("address", level), lambda: (
        f"/pattern-{digest_of(packed(pattern, level))}-{level}-{quote(pattern.evidence_id, safe='')}"))


def digest_of(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()[:12]


def named_in(address: str) -> Named | None:
    """What the address of a pattern says; None where it is no such address."""
    match = _SHAPE.fullmatch(address)
    return None if match is None else Named(match["digest"], int(match["level"]), unquote(match["evidence"]))


def _beside(text: bytes, pattern: bytes, address: str) -> bytes:
    lines = list(_lines(text, pattern))
    said = json.dumps({"pattern": address, "sizes": [len(line) if is_beside else -len(line) for line, is_beside in lines]},
                      separators=(",", ":"))
    return b"\n".join((said.encode(), b"".join(line for line, _ in lines)))


def _lines(text: bytes, pattern: bytes) -> Iterator[tuple[bytes, bool]]:
    """Each line deflated, and whether the pattern's line stands before it: the last one, a second drawing as a rule, may
    be shorter where only the first drawing does."""
    own, theirs, before = text.splitlines(True), pattern.splitlines(True), b""
    for place, line in enumerate(own):
        is_last = place == len(own) - 1
        like = theirs[place][-WINDOW:] if place < len(theirs) else b""
        made, is_beside = _deflated(line, (before + like)[-WINDOW:], is_last), bool(like)
        if is_last and like:
            alone = _deflated(line, before, is_last)
            made, is_beside = min((made, True), (alone, False), key=lambda each: len(each[0]))
        before = (before + like + line)[-WINDOW:]
        yield made, is_beside


def _deflated(line: bytes, before: bytes, is_last: bool) -> bytes:
    packing = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, before)
    return packing.compress(line) + packing.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)
