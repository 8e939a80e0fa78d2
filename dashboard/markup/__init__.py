"""HTML by templates, with every value escaped: the only place where text becomes markup.

templates/parts.html holds the macros (one for tables); the other templates are whole blocks. Text may use
**bold**, and nothing else: what a link, a file or a person brings is text everywhere.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard.figure import Cell, Column, Table
from dashboard.words import glossary
from dashboard.words.marks import restricted_notice

_YEARS = re.compile(r"\b\d{4}-\d\d\b(?!-)")


@lru_cache(maxsize=50_000, typed=True)       # by type: markup is never taken for the same words as text
def bold(value: object) -> Markup:
    """Escaped text with **bold** as its only markup, and years such as 2024-25 that no line cuts in two."""
    text = escape(value)
    if "**" in text:
        text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(text))
    return Markup(_YEARS.sub(r'<span class="oc-whole">\g<0></span>', str(text)))


def plain(value: object) -> str:
    """Text without the marks of bold, for attributes."""
    return str(value).replace("**", "")


def beside(row: Sequence[Cell], columns: Sequence[Column], shade: Sequence[object] = ()) -> Iterator[tuple[Column, str, object]]:
    """(column, text, shade) of each cell after the first of a row, which is its heading; the shade '' where the row has none."""
    return zip(columns[1:], [cell.text for cell in row[1:]], shade or repeat("", len(row) - 1), strict=True)


def safe_address(address: object) -> str:
    """The address if it lies inside the dashboard or on the web, else an empty string."""
    text = str(address or "")
    return text if re.match(r"(https?://|/(?!/)|\?|#)", text) else ""


@lru_cache(maxsize=4000, typed=True)
def terms(html: object) -> Markup:
    """A block of markup in which each term of the glossary is, where it first stands, a button that holds its meaning.

    What is inside a link, a button or a summary stays as it is: one thing to press never holds another. A term of several
    words breaks over lines as any words do, which a `button` would not.
    """
    seen, depth, made = set(), 0, []

    def marked(match: re.Match) -> str:
        name, meaning = glossary.FORMS[match[0].casefold()]
        if name in seen:
            return match[0]
        seen.add(name)
        return f'<span class="oc-term" role="button" tabindex="0" data-meaning="{escape(meaning)}">{match[0]}</span>'

    for part in re.split(r"(<[^>]+>)", str(html)):
        if tag := re.match(r"<(/?)(?:a|button|summary)\b", part):
            depth += -1 if tag[1] else 1
        made.append(part if depth or part.startswith("<") else glossary.PATTERN.sub(marked, part))
    return Markup("".join(made))


def spark_runs(past: Sequence[Sequence[Sequence[float]]]) -> list[list[tuple[float, float]]]:
    """Where each (when, value) of each run stands in a box of 88 by 34 pixels, the newest last.

    The box is at least a tenth of the highest value high: a change of one in a hundred must not look like a fall.
    """
    whens, values = zip(*(point for run in past for point in run), strict=True)
    (first, last), (low, high) = (min(whens), max(whens)), (min(values), max(values))
    room = max(high - low, abs(high) / 10) or 1
    lowest = (low + high - room) / 2
    return [[(round(4 + 80 * (when - first) / ((last - first) or 1), 1), round(28 - 24 * (value - lowest) / room, 1))
             for when, value in run] for run in past]


def spark_bars(past: Sequence[Sequence[Sequence[float]]]) -> list[tuple[float, float]]:
    """Where each bar of a running total stands in the same box, and its height from nought."""
    most = max(value for run in past for _, value in run) or 1
    places = [x for run in spark_runs(past) for x, _ in run]
    return [(x, round(32 * value / most, 1)) for x, (_, value) in zip(places, (point for run in past for point in run), strict=True)]


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.filters |= {"bold": bold, "plain": plain, "beside": beside, "safe_address": safe_address, "terms": terms, "spark_runs": spark_runs, "spark_bars": spark_bars,
                     "restricted": restricted_notice}
    return made


@cache
def _template(name: str):
    return _environment().get_template(f"{name}.html")


def render(name: str, **values: object) -> str:
    """templates/<name>.html with these values; jinja2.TemplateNotFound where there is none."""
    return _template(name).render(**values)


def table_html(table: Table) -> str:
    """A real table: caption, column headings with scope, the first cell of each row a heading."""
    return render("table", table=table, notice="")


def paragraphs(texts: Sequence[str], css: str = "") -> str:
    """A paragraph a text, each of the same class."""
    return render("paragraphs", texts=[text for text in texts if text], css=css)
