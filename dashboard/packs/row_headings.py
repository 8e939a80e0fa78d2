"""The first cell of each row of a table in a tagged PDF as the heading of that row.

Typst marks the headings of columns; those of rows only with a feature that its Python package cannot switch on. It writes
each element of the structure as an object of its own, which its table of objects finds: those of cells are put anew, and
the table with them.
"""

import re

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20     # bytes of one line of the table of objects
_ROW = re.compile(rb"\d+ 0 obj\s+<</Type/StructElem/S/TR/P \d+ 0 R(?:/A\[.*?\])?/K\[(\d+) 0 R", re.DOTALL)
_CELL = re.compile(rb"<</Type/StructElem/S/TD(/P \d+ 0 R)(?:/A\[.*\])?(?=/K)", re.DOTALL)
_HEADING = rb"<</Type/StructElem/S/TH\1/A[<</O/Table/Scope/Row>>]"


def with_row_headings(content: bytes) -> bytes:
    """The same PDF with a heading for each row; raises ValueError where it is not written as Typst writes one."""
    start = _START.search(content)
    listed = _TABLE.match(content, int(start[1])) if start else None
    if listed is None:
        raise ValueError("this PDF has no plain table of its objects")
    count, entries = int(listed[1]), listed.end()
    places = [int(content[entries + _ENTRY * number:entries + _ENTRY * number + 10]) for number in range(count)]
    ends = dict(zip(ordered := sorted(places[1:]), [*ordered[1:], int(start[1])], strict=True))
    objects = {number: content[places[number]:ends[places[number]]] for number in range(1, count)}
    for row in [found for each in objects.values() if (found := _ROW.match(each))]:
        objects[int(row[1])] = _CELL.sub(_HEADING, objects[int(row[1])], count=1)
    return _written(content[:ordered[0]], objects, content[entries + _ENTRY * count:start.start()])


def _written(head: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    parts, place, lines = [head], len(head), [b"0000000000 65535 f\r\n"]
    for number in sorted(objects):
        lines.append(b"%010d 00000 n\r\n" % place)
        parts.append(objects[number])
        place += len(objects[number])
    table = b"xref\n0 %d\n%b" % (len(lines), b"".join(lines))
    return b"".join([*parts, table, trailer, b"startxref\n%d\n%%%%EOF" % place])
