"""What frames every page: the release strip, the question, its answer in words, sections and notices."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher

import streamlit as st

from dashboard import paths
from dashboard.components import run
from dashboard.figure import NOTHING_CHOSEN, Absent, Choice, Figure, Said
from dashboard.read.extract import ExtractError
from dashboard.words.marks import SYNTHETIC_NOTICE
from dashboard.words.periods import day
from dashboard.words.phrases import shorten


def header(question: str, answer: Sequence[Said] = (), designation: str = "", made_up: bool | None = None,
           figures: Sequence[Figure] = ()) -> None:
    """The release strip, the page's question as its heading, and the answer in words before any chart.

    `made_up` says whether figures of demonstration returns are on the page; None where the page shows no
    figures of returns at all. `figures` are the answer's own, where no table further down is certain to hold them.
    """
    with st.container(gap="xsmall"):
        release_strip(designation, with_returns=made_up is not None)
        if made_up and run.edition().synthetic:
            demonstration_notice()
        run.block("question", question=question)
        if answer:
            run.block("answer", sentences=answer)
        if tables := [figure.table for figure in figures if figure.table.rows]:
            run.block("answer_figures", tables=tables)


def release_strip(designation: str = "", with_returns: bool = False) -> None:
    """Designation, what the page's figures run to, and when the edition was made.

    The cut-off is that of the returns: published figures end years apart, each at a date of its own.
    """
    edition = run.edition()
    cut_off, made = day(edition.cut_off), day(edition.built_at)
    if not edition.has_returns:
        runs_to = f"Published figures, the newest to {cut_off}" if cut_off else ""
    elif with_returns:
        runs_to = f"Partnership returns {edition.edition}, to {cut_off}"
    else:
        runs_to = "Published figures: the latest held, each with its own date"
    facts = [fact for fact in (runs_to, f"Updated {made}" if made else "") if fact]
    run.block("strip", designation=designation, facts=facts)


def demonstration_notice() -> None:
    """Shown wherever a figure comes from made-up returns."""
    label, _, words = SYNTHETIC_NOTICE.partition(":")
    run.block("demonstration", label=label, words=words)


def notice(why: str, instead: Sequence[tuple[str, str]] = (), lead: str = "Nearest views that are safe: ") -> None:
    """A plain notice: something a reader should know before reading on, and (label, address) of what is near."""
    run.block("notice", why=why, instead=instead, lead=lead)


def absent(what: Absent) -> None:
    """Why something is not here, and the nearest that is."""
    notice(what.why, what.instead)


def section(title: str, subtitle: str = "") -> None:
    """A second-level heading with an optional line under it."""
    run.block("section", title=title, subtitle=subtitle)


def paragraph(text: str) -> None:
    """A line in the catalogue's own words, such as a definition."""
    run.block("said", said=Said(text))


@contextmanager
def panel(title: str):
    """A bordered box with a heading, for a list or a few words beside a figure."""
    with st.container(border=True, gap="small", height="stretch"):
        run.block("panel", title=title)
        yield


def side_by_side(*widths: int):
    """Columns that stack on a narrow screen."""
    return st.columns(widths or 2, gap="medium")


def cannot_open(error: ExtractError) -> None:
    """A page, not a traceback, when there is nothing to show."""
    run.block("question", question="The dashboard has no figures to show")
    notice(str(error))
    run.block("paragraphs", texts=["Nothing is wrong with your link. It will work again once the figures are back."], css="")


def said(name: str, choice: Choice = NOTHING_CHOSEN) -> list[Said]:
    """The sentences of a recipe."""
    return [each for each in run.made(name, choice) if isinstance(each, Said)]


def held(name: str, choice: Choice = NOTHING_CHOSEN) -> list[Figure]:
    """The figures of a recipe."""
    return [each for each in run.made(name, choice) if isinstance(each, Figure)]


def words(name: str) -> None:
    """A statement of our own, kept as assets/words/<name>.md."""
    st.markdown((paths.ASSETS / "words" / f"{name}.md").read_text(encoding="utf-8"))


def no_such_page(asked: str, pages: Mapping[str, str]) -> None:
    """Says that a page does not exist, and which do; the one it most reads like comes first."""
    like = sorted(pages, key=lambda title: -SequenceMatcher(None, asked.casefold(), pages[title].strip("/")).ratio())
    notice(f"There is no page called '{shorten(asked)}'. Headlines is shown instead.",
           [(title, pages[title]) for title in (like[0], *(title for title in pages if title != like[0]))], lead="Pages: ")


def listed(name: str, choice: Choice = NOTHING_CHOSEN, *, heading: str) -> None:
    """The sentences of a recipe as a list under a heading; nothing where it gives none."""
    if sentences := said(name, choice):
        section(heading)
        run.block("list", sentences=sentences)
