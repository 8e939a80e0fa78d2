"""What a paper (PDF) says, page by page, as whoever reads it finds it."""

from functools import cache

import pypdfium2


@cache
def pages_of(content):
    """The text of each page; a hyphen at the end of a line is a hyphen."""
    paper = pypdfium2.PdfDocument(content)
    try:
        return tuple(page.get_textpage().get_text_bounded().replace("\x02", "-") for page in paper)
    finally:
        paper.close()
