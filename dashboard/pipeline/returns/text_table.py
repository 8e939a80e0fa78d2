"""CSV to a table of text.

The quick way reads the file once and proves, by counting separators, that every row has the
header's number of cells. Only a file that fails the proof is taken apart line by line.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.pipeline.returns.contract import Column, FileRejected
from dashboard.pipeline.returns.headers import ROWS_BELOW
from dashboard.pipeline.returns.runs import name_rows
from dashboard.pipeline.returns.table import (
    EXPANDED_BYTES,
    NO_FAULTS,
    NO_UNSPLIT,
    ROW,
    ROWS,
    Table,
    arrange,
    match_header,
)

LINE_BYTES = 100_000
LOOK_AHEAD = 200       # lines that one cell may span
NOTHING = r'^[\s,]*$|^(?:\s*"\s*"\s*(?:,|$))+$'     # a line of separators, perhaps with quotation marks
QUOTED = r'(^|,)"(?:[^"]|"")*"'
CLOSED = "\ue000"      # stands for a quoted cell while separators are counted
SAVE_AS = "save it as 'CSV UTF-8 (comma delimited)' and send it again"
NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or other archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Excel workbook",
    b"\x1f\x8b": "a compressed file",
    b"<!": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
    b"{": "JSON",
    b"[": "JSON",
}


def read_text(path: Path, columns: tuple[Column, ...], size: int) -> Table:
    """Read a CSV file in UTF-8, with or without a byte-order mark; raises FileRejected."""
    data, ended = _end_lines(_decoded(path, size))
    header = _header(data, columns)
    notes = [_note_returns(ended)] if ended else []
    frame = _read_even(data, len(header))
    if frame is not None:
        return arrange(_name(frame.with_row_index(ROW, offset=2), header, columns), header, columns, notes=notes)
    return _read_line_by_line(data, header, columns, notes)


def _decoded(path: Path, size: int) -> bytes:
    """The file's bytes: UTF-8 without mark, lines ended by line feeds, no line endless."""
    with path.open("rb") as handle:
        head = handle.read(LINE_BYTES + 1)
        _check_kind(head)
        if size > EXPANDED_BYTES:
            raise FileRejected(
                f"the file is larger than {EXPANDED_BYTES >> 30} GiB", "check what was exported"
            )
        handle.seek(0)
        data = handle.read() if size > len(head) else head
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in data:
        data = re.sub(rb"\r+\n", b"\n", data) if b"\r\r\n" in data else data.replace(b"\r\n", b"\n")
        data = data if b"\n" in data else data.replace(b"\r", b"\n")
    if data.endswith(b"\n\n"):
        data = data.rstrip(b"\n") + b"\n"
    _check_lines(data)
    _check_encoding(data)
    return data


def _end_lines(data: bytes) -> tuple[bytes, list[int]]:
    """The file with every line ended by a line feed, and the numbers of the rows that were not.

    A carriage return alone ends a line where it stands outside quotation marks and parts a row of the
    header's width; any other is part of a cell.
    """
    if b"\r" not in data:
        return data, []
    first = data[:data.index(b"\n")] if b"\n" in data else data
    width = len(_cut(first.split(b"\r")[0].decode("utf-8")) or [])
    lines, ended = [], []
    for line in data.split(b"\n"):
        parts = line.split(b"\r")
        if len(parts) > 1 and _are_rows(parts, width):
            ended += range(len(lines) + 1, len(lines) + len(parts))
            lines += parts
        else:
            lines.append(line)
    return b"\n".join(lines), ended


def _are_rows(parts: list[bytes], width: int) -> bool:
    """Whether what a carriage return parts are rows: no cell reaches over it, and one has the header's width."""
    return (all(part.count(b'"') % 2 == 0 for part in parts)
            and any(len(_cut(part.decode("utf-8")) or []) == width for part in parts))


def _note_returns(rows: list[int]) -> tuple[str, str]:
    return (f"two rows run together: a line ends with a carriage return only ({name_rows(rows)}); "
            "they were read as the rows they are", "save the file with one kind of line end")


def _check_kind(head: bytes) -> None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRejected("the file is in UTF-16 ('Unicode text'), not UTF-8", SAVE_AS)
    for mark, what in NOT_TEXT.items():
        if head.lstrip().startswith(mark):
            raise FileRejected(f"the file is not a table in CSV: it looks like {what}", SAVE_AS)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileRejected("the file is empty", "send the file again with its header and rows")


def _check_lines(data: bytes) -> None:
    """Raise for NUL bytes and for a line of more than LINE_BYTES."""
    if (place := data.find(b"\0")) >= 0:
        raise FileRejected(
            "the file holds NUL bytes, so it is not text in UTF-8", SAVE_AS, row=_row_of(data, place)
        )
    start = 0
    while len(data) - start > LINE_BYTES:
        end = data.rfind(b"\n", start, start + LINE_BYTES)
        if end < 0:
            raise FileRejected(
                f"a line is longer than {LINE_BYTES:,} characters: it never ends",
                "check that each person or answer is on a line of its own",
                row=_row_of(data, start),
            )
        start = end + 1


def _check_encoding(data: bytes) -> None:
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRejected(
            f"wrong encoding: a character (byte {data[error.start]:02x}) is not UTF-8",
            SAVE_AS,
            row=_row_of(data, error.start),
        ) from error


def _row_of(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _header(data: bytes, columns: tuple[Column, ...]) -> list[str]:
    """The cells of the first line, proved to be the header; raises FileRejected."""
    first, *following = [_cut(line.decode("utf-8")) or [] for line in _first_lines(data)]
    if not first and data[:1] != b"\n":
        raise FileRejected("the header has a quotation mark that is never closed",
                           "put the column names in row 1, spelled as in the guidance", row=1)
    match_header(first, columns, following)
    return first


def _first_lines(data: bytes) -> list[bytes]:
    end = 0
    for _ in range(ROWS_BELOW + 1):
        end = data.find(b"\n", end) + 1
        if not end:
            return data.split(b"\n")
    return data[:end].split(b"\n")


def _read_even(data: bytes, width: int) -> pl.DataFrame | None:
    """All rows as text, or None unless every row provably has `width` cells and a line of its own.

    The reader refuses extra cells; then the count of separators is right only if no row is short.
    """
    lines, separators = 0, 0
    for part in _whole_lines(data):
        counted = _count_separators(part)
        if counted is None:
            return None
        lines, separators = lines + counted[0], separators + counted[1]
    lines += not data.endswith(b"\n")
    if separators != lines * (width - 1) or b"\n\n" in data:
        return None
    try:
        frame = _parse(data, width, skip=1)
    except pl.exceptions.PolarsError:
        return None
    return frame if len(frame) == lines - 1 else None


def _whole_lines(data: bytes, step: int = 1 << 22) -> Iterator[np.ndarray]:
    """The bytes in parts of whole lines, so that what is held beside them stays small."""
    marks, start = np.frombuffer(data, dtype=np.uint8), 0
    while start < len(data):
        end = data.find(b"\n", start + step) + 1 or len(data)
        yield marks[start:end]
        start = end


def _count_separators(part: np.ndarray) -> tuple[int, int] | None:
    """Line ends and separators outside quotation marks; None unless every mark opens or closes a cell.

    A mark may follow only a separator, a line end or another mark, and the one that closes may be
    followed only by the same: then a cell cannot reach beyond its row.
    """
    is_comma, is_end, is_quote = part == ord(","), part == ord("\n"), part == ord('"')
    if not is_quote.any():
        return np.count_nonzero(is_end), np.count_nonzero(is_comma)
    quotes = np.flatnonzero(is_quote)
    edge = np.concatenate([[True], is_comma | is_end | is_quote, [True]])
    if len(quotes) % 2 or not edge[quotes[::2]].all() or not edge[quotes[1::2] + 2].all():
        return None
    inside = np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(bool)
    if (is_end & inside).any():
        return None
    return np.count_nonzero(is_end), np.count_nonzero(is_comma & ~inside)


def _parse(data: bytes, width: int, skip: int) -> pl.DataFrame:
    schema = {f"column_{i}": pl.String for i in range(width)}
    if skip and b"\n" not in data.rstrip(b"\n"):
        return pl.DataFrame(schema=schema)
    return pl.read_csv(
        data, has_header=False, skip_lines=skip, schema=schema, quote_char='"', n_rows=ROWS + 1,
        null_values=[""] if b'""' in data else None
    )


def _name(frame: pl.DataFrame, header: list[str], columns: tuple[Column, ...]) -> pl.DataFrame:
    """Only the contract's columns, by name; an empty text is null."""
    if len(frame) > ROWS:
        raise FileRejected(f"the file has more than {ROWS:,} rows", "check what was exported")
    return frame.select(ROW, *[pl.col(f"column_{place}").alias(name)
                               for name, place in match_header(header, columns).items()])


def _read_line_by_line(
    data: bytes, header: list[str], columns: tuple[Column, ...], notes: list[tuple[str, str]]
) -> Table:
    """Keep the rows that are whole and reject the others one by one, with their line as it stood."""
    lines = pl.Series("text", data.decode("utf-8").removesuffix("\n").split("\n")[1:], dtype=pl.String)
    lines = pl.DataFrame({"text": lines}).with_row_index("line")
    is_empty = pl.col("text").str.contains(NOTHING)
    empty = lines.filter(is_empty).select(pl.col("line").alias(ROW))
    lines = lines.filter(~is_empty)
    bare = pl.col("text").str.replace_all(QUOTED, f"${{1}}{CLOSED}")
    lines = lines.with_columns(
        is_odd=bare.str.contains('"', literal=True) | bare.str.contains(f"{CLOSED}[^,]"),
        cells=bare.str.count_matches(",", literal=True) + 1)
    even = lines.filter(~pl.col("is_odd") & (pl.col("cells") == len(header))).select("line", "text")
    ragged = lines.filter(~pl.col("is_odd") & (pl.col("cells") != len(header))).select(
        "line", "text", "cells"
    )
    mended, broken, joined = _read_odd(data, lines, len(header))
    if joined:
        even = even.filter(~pl.col("line").is_in(list(joined)))
        ragged = ragged.filter(~pl.col("line").is_in(list(joined)))
        empty = empty.filter(~pl.col(ROW).is_in(list(joined)))
    even = pl.concat([even, mended]).sort("line")
    ragged = pl.concat([ragged, broken]).sort("line")
    return _join(even, ragged, empty, joined, header, columns, notes)


def _read_odd(data: bytes, lines: pl.DataFrame, width: int) -> tuple[pl.DataFrame, pl.DataFrame, set[int]]:
    """Read lines with unusual quotation marks, one at a time.

    Returns the records that are whole after all (re-quoted), the lines that are not (`cells` is the
    number found, 0 when a mark is never closed), and the lines that belong to an earlier record.
    """
    odd = lines.filter("is_odd")["line"].to_list()
    whole = (
        set(lines.filter(~pl.col("is_odd") & (pl.col("cells") == width))["line"].to_list()) if odd else set()
    )
    texts = data.decode("utf-8").split("\n")[1:] if odd else []
    mended, broken, joined = [], [], set()
    for line in odd:
        if line in joined:
            continue
        cells, used = _cut_record(texts, line, whole, width)
        if cells is not None and len(cells) == width:
            mended.append((line, _requote(cells)))
            joined.update(range(line + 1, line + used))
        else:
            broken.append((line, texts[line], 0 if cells is None else len(cells)))
    return (
        pl.DataFrame(mended, schema={"line": pl.UInt32, "text": pl.String}, orient="row"),
        pl.DataFrame(broken, schema={"line": pl.UInt32, "text": pl.String, "cells": pl.UInt32}, orient="row"),
        joined,
    )


def _cut_record(texts: list[str], line: int, whole: set[int], width: int) -> tuple[list[str] | None, int]:
    """Cells of the record that begins at a line and how many lines it takes; never swallows a whole row."""
    reader = csv.reader((f"{text}\n" for text in islice(texts, line, line + LOOK_AHEAD)), strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return _cut(texts[line]), 1
    used = reader.line_num
    if used > 1 and (len(cells) != width or any(i in whole for i in range(line + 1, line + used))):
        return _cut(texts[line]), 1
    return cells, used


def _cut(line: str) -> list[str] | None:
    """The cells of one line, or None when a quotation mark is never closed."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _requote(cells: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def _join(even: pl.DataFrame, ragged: pl.DataFrame, empty: pl.DataFrame, joined: set[int], header: list[str],
          columns: tuple[Column, ...], notes: list[tuple[str, str]]) -> Table:
    data = "\n".join(even["text"].to_list()).encode()
    try:
        frame = _parse(data, len(header), skip=0) if len(even) else _parse(b"\n", len(header), skip=1)
    except pl.exceptions.PolarsError as error:
        raise FileRejected("the file cannot be cut into rows and cells", SAVE_AS) from error
    if len(frame) != len(even):
        raise FileRejected("the file cannot be cut into rows and cells", SAVE_AS)
    frame = frame.with_columns(even["line"].alias(ROW))
    frame = _name(_number(frame, joined), header, columns)
    ragged = _number(ragged.rename({"line": ROW}), joined)
    faults, unsplit = _reject_ragged(ragged, header, columns)
    return arrange(frame, header, columns, faults, unsplit, _number(empty, joined)[ROW].to_list(), notes)


def _number(frame: pl.DataFrame, joined: set[int]) -> pl.DataFrame:
    """Row numbers as a spreadsheet shows them: the header is 1, and a cell of several lines is one row."""
    earlier = np.sort(np.array(list(joined), dtype=np.int64))
    line = frame[ROW].to_numpy().astype(np.int64)
    return frame.with_columns(pl.Series(ROW, line + 2 - np.searchsorted(earlier, line), dtype=pl.UInt32))


def _reject_ragged(ragged: pl.DataFrame, header: list[str],
                   columns: tuple[Column, ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    if not len(ragged):
        return NO_FAULTS, NO_UNSPLIT
    unsplit = ragged.select(
        ROW,
        pl.struct("text", "cells")
        .map_elements(
            lambda each: _keep_known(each["text"], each["cells"], header, columns), return_dtype=pl.String
        )
        .alias("text"),
    )
    rule = (pl.when(pl.col("cells") == 0).then(pl.lit("a quotation mark in this row is never closed"))
            .otherwise(pl.format(f"the row has {{}} cells where the header has {len(header)}", "cells")))
    remedy = (pl.when(pl.col("cells") == 0).then(pl.lit("close or remove the quotation mark"))
              .otherwise(pl.lit("look for a missing or an extra comma; put quotation marks around a cell "
                                "that holds a comma")))
    faults = ragged.select(ROW, pl.lit("").alias("column"), unsplit["text"].alias("value"),
                           rule.alias("rule"), remedy.alias("remedy"))
    return faults, unsplit


def _keep_known(text: str, cells: int, header: list[str], columns: tuple[Column, ...]) -> str:
    """The row as it stood, up to where what an unknown column holds might begin."""
    known = {column.name for column in columns}
    unknown = next((i for i, name in enumerate(header) if name not in known), None)
    if unknown is None:
        return text
    kept = max(0, unknown - max(0, len(header) - cells)) if cells else 0
    return ",".join(
        [*re.split(",", text)[:kept], "(rest left out: the file has columns that must not be read)"]
    )
