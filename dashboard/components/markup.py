"""Small pieces of HTML with every value escaped. Styled by assets/dashboard.css, by its own classes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


def text(value: object) -> str:
    """Escaped, with **bold** as the only markup."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(str(value)))


def element(tag: str, content: str, css: str = "", **attributes: str) -> str:
    """One element; `content` is HTML already, attribute values are escaped here."""
    given = {"class": css, **{name.rstrip("_"): value for name, value in attributes.items()}}
    written = "".join(f' {name}="{escape(str(value), quote=True)}"' for name, value in given.items() if value)
    return f"<{tag}{written}>{content}</{tag}>"


def link(label: str, address: str) -> str:
    """A link; only addresses inside the dashboard or on the web are written."""
    if not re.match(r"(https?://|/|\?|#)", address):
        return text(label)
    return element("a", text(label), href=address, target="_self" if address[0] in "/?#" else "_blank")


def items(lines: Iterable[str], css: str = "") -> str:
    """A list; the lines are HTML already."""
    return element("ul", "".join(element("li", line) for line in lines), css)


def paragraphs(sentences: Iterable[str], css: str = "") -> str:
    return "".join(element("p", text(sentence), css) for sentence in sentences)


def write(html: str) -> None:
    """Put HTML on the page, inside the one class that the style sheet reaches."""
    st.html(element("div", html, "oc"))


@dataclass(frozen=True)
class Table:
    """A table ready to show: text in every cell, row headings first, `numbers` aligned right."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()

    def html(self, caption: str) -> str:
        """A real table: caption, column headings with scope, the first cell of each row a heading."""
        head = "".join(
            element("th", text(name), self._css(place), scope="col")
            for place, name in enumerate(self.columns)
        )
        body = "".join(element("tr", self._row(row)) for row in self.rows)
        table = element(
            "table",
            element("caption", text(caption))
            + element("thead", element("tr", head))
            + element("tbody", body),
            "oc-table",
        )
        # A wide table scrolls inside its own box, which the keyboard can reach.
        return element("div", table, "oc-scroll", tabindex="0", role="region", aria_label=caption).replace(
            "aria_label", "aria-label"
        )

    def _row(self, row: Sequence[str]) -> str:
        first, *rest = row
        return element("th", text(first), scope="row") + "".join(
            element("td", text(cell), self._css(place)) for place, cell in enumerate(rest, start=1)
        )

    def _css(self, place: int) -> str:
        return "oc-number" if place in self.numbers else ""


def details(summary: str, content: str, opened: bool = False) -> str:
    """A disclosure that works without a server: `content` is HTML already."""
    return f"<details{' open' if opened else ''}>{element('summary', text(summary))}{content}</details>"
