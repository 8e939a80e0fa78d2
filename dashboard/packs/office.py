"""Paragraphs and tables of Word and PowerPoint as the text of their XML, every word in it escaped.

python-docx and python-pptx look each property of each cell up anew: a table takes them a hundred times as long.
"""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboard.figure import Table
from dashboard.packs.pack import plain_text

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SMALL = 9                    # points of the text of a table in a paper
NARROWEST, WIDEST = 5, 44    # letters that a column has room for at least, and at most
Run = tuple[str, bool]       # words, and whether they are bold


def paragraph(runs: Iterable[Run], style: str = "", size: float = 0, starts_page: bool = False) -> str:
    """A paragraph of Word: `style` is the id of a style, `size` points of its own."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:pageBreakBefore/>" if starts_page else "")
    return f'<w:p xmlns:w="{_WORD}"><w:pPr>{look}</w:pPr>{"".join(_run(*run, size) for run in runs)}</w:p>'


def bold_where_marked(text: str) -> list[Run]:
    """The pieces of a text with **bold**."""
    return [(piece, bool(place % 2)) for place, piece in enumerate(text.split("**")) if piece]


def word_table(held: Table, width: int) -> str:
    """A table of Word with a row of headings that comes again on each page; `width` in twentieths of a point."""
    wide = widths(held, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
    is_number = [column.is_number for column in held.columns]
    rows = [_word_row([column.name for column in held.columns], wide, is_number, is_head=True),
            *(_word_row([cell.text for cell in row], wide, is_number) for row in held.rows)]
    return (f'<w:tbl xmlns:w="{_WORD}"><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/>'
            '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f'<w:tblDescription w:val={_attribute(held.caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>')


def slide_rows(held: Table, size: int, colours: Sequence[str]) -> list[str]:
    """The rows of a table on a slide, headings first; `colours` (six hexadecimal digits): of a heading's ground and words, of
    other words, of the ground of odd and of even rows."""
    ground, light, ink, odd, even = colours
    names = [column.name for column in held.columns]
    is_number = [column.is_number for column in held.columns]
    return [_slide_row(names, is_number, size, light, ground, is_head=True),
            *(_slide_row([cell.text for cell in row], is_number, size, ink, odd if line % 2 else even)
              for line, row in enumerate(held.rows, 1))]


def widths(held: Table, width: int) -> list[int]:
    """How much of `width` each column gets: by its longest cell, or the longest word of its heading."""
    letters = []
    for place, column in enumerate(held.columns):
        longest = max([*(len(plain_text(row[place].text)) for row in held.rows), *map(len, column.name.split()), NARROWEST])
        letters.append(min(longest, WIDEST) + 2)
    return [width * each // sum(letters) for each in letters]


def _run(words: str, is_bold: bool, size: float) -> str:
    look = ("<w:b/>" if is_bold else "") + (f'<w:sz w:val="{round(2 * size)}"/>' if size else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_text(words)}</w:t></w:r>'


def _word_row(texts: Sequence[str], wide: Sequence[int], is_number: Sequence[bool], is_head: bool = False) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr><w:p><w:pPr>{"""<w:jc w:val="right"/>""" if right else ""}</w:pPr>'
        f"{_run(text, is_head, SMALL)}</w:p></w:tc>" for text, width, right in zip(texts, wide, is_number, strict=True))
    return f'<w:tr><w:trPr><w:cantSplit/>{"<w:tblHeader/>" if is_head else ""}</w:trPr>{cells}</w:tr>'


def _slide_row(texts: Sequence[str], is_number: Sequence[bool], size: int, ink: str, ground: str, is_head: bool = False) -> str:
    look = f'<a:rPr lang="en-GB" sz="{100 * size}" b="{int(is_head)}"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:rPr>'
    cells = "".join(
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if right else "l"}"/><a:r>{look}<a:t>{_text(text)}</a:t></a:r></a:p>'
        f'</a:txBody><a:tcPr marT="18288" marB="18288"><a:solidFill><a:srgbClr val="{ground}"/></a:solidFill></a:tcPr></a:tc>'
        for text, right in zip(texts, is_number, strict=True))
    return f'<a:tr xmlns:a="{_DRAWING}" h="256032">{cells}</a:tr>'


def _text(words: str) -> str:
    return escape(_ILLEGAL.sub("", plain_text(words)))


def _attribute(words: str) -> str:
    return quoteattr(_ILLEGAL.sub("", plain_text(words)))
