"""A figure as its browser unpacks it, beside its pattern or whole, and paints it: what `figure.js` does, in Python."""

import gzip
import json
import re
import zlib

from dashboard.packs.pattern import WINDOW


def unpacked(made, pattern_at):
    """The JSON of a packed figure; `pattern_at(address)` gives the packed bytes of a pattern."""
    if made[:1] == b"\x1f":
        return json.loads(gzip.decompress(made))
    said, _, rest = made.partition(b"\n")
    given = json.loads(said)
    lines = gzip.decompress(pattern_at(given["pattern"])).splitlines(True)
    inflate, text = zlib.decompressobj(-zlib.MAX_WBITS), b""
    for place, size in enumerate(given["sizes"]):
        if size > 0:
            inflate.decompress(stored(lines[place][-WINDOW:]))
        text += inflate.decompress(rest[:abs(size)])
        rest = rest[abs(size):]
    assert inflate.eof and not rest
    return json.loads(text)


def repainted(text, colours):
    """The text with the dark colours in the places of the light ones."""
    given = iter(colours)
    return re.sub(r"#[0-9a-f]{6}\b|rgba?\([^)]*\)", lambda _: next(given), text)


def stored(line):
    """A stored block of RFC 1951 that is not the last."""
    return b"\x00" + len(line).to_bytes(2, "little") + (len(line) ^ 0xffff).to_bytes(2, "little") + line
