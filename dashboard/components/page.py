"""What every page says around its figures: the question, its answer in words, sections and notices."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from urllib.parse import urlencode

import streamlit as st

from dashboard import paths
from dashboard.components import frame, run
from dashboard.figure import NOTHING_CHOSEN, Absent, Choice, Figure, Said
from dashboard.figures.recipe import LONGEST_COMPARED
from dashboard.figures.recipes import recipe_named
from dashboard.read.extract import DAMAGED, IN_USE, MISSING, NOT_PERMITTED, TOO_NEW, UNFIT, ExtractError
from dashboard.words.periods import day
from dashboard.words.phrases import shorten

# What the public is told: neither where the server keeps its files, nor what its operator types. Of an edition whose hour
# has not come, what is said where there is none.
WHY_NOTHING_IS_SHOWN = {
    MISSING: "There are no figures here yet.",
    NOT_PERMITTED: "The dashboard is not permitted to read its figures.",
    DAMAGED: "The file that holds the figures is damaged.",
    TOO_NEW: "The figures were made for a newer version of the dashboard.",
    IN_USE: "The figures are being replaced at this moment.",
    UNFIT: "The figures do not fit this version of the dashboard.",
}
FROM_RETURNS = " from partnership returns"      # of a designation: the strip says it of the edition


def header(question: str, answer: Sequence[Said] = (), designation: str = "", made_up: bool | None = None,
           figures: Sequence[Figure] = (), score: Sequence[Figure] = ()) -> None:
    """The page's question as its heading, the answer in words and its score: into the masthead, before any chart.

    `made_up` says whether figures of returns are on the page; None where it shows none at all. `figures` are the answer's
    own, where no table further down is certain to hold them; `score` counts what is better, alike, worse and not judged.
    """
    own = frame.frame()
    own.designation, own.facts = designation.removesuffix(FROM_RETURNS), release_facts(with_returns=made_up is not None)
    with own.answer:
        run.block("question", question=question)
        if answer:
            run.block("answer", sentences=answer, is_made_up=any(map(_is_untold, answer)))
        if tables := [figure.table for figure in (*figures, *score) if figure.table.rows]:
            run.block("answer_figures", tables=tables)
    for figure in figures:
        frame.note_shown(figure.is_synthetic)
    for each in score:
        with own.score:
            run.block("score", figure=each, rows=each.plot.rows)


def _is_untold(sentence: Said) -> bool:
    """True where a sentence rests on figures of made-up returns and does not call them so in its own words."""
    if not run.edition().synthetic or "made-up return" in sentence.text.casefold():
        return False
    asked = ((address.recipe, recipe_named(address.recipe).narrowed(address.choice)) for address in sentence.figures)
    return any(isinstance(each, Figure) and each.is_synthetic for name, choice in asked for each in run.made(name, choice))


def release_facts(with_returns: bool = False) -> tuple[str, ...]:
    """What the page's figures run to, when the edition was made, and when the next figures are to be expected.

    The cut-off is that of the returns: published figures end years apart, each at a date of its own.
    """
    edition = run.edition()
    cut_off, made = day(edition.cut_off), day(edition.built_at)
    if not edition.has_returns:
        runs_to = f"Published figures, the newest to {cut_off}" if cut_off else ""
    elif with_returns:
        runs_to = f"Partnership returns {edition.edition}, to {cut_off}"
    else:
        runs_to = "Published figures, each with its own date"
    following = " ".join(each.text for each in said("about.following"))
    return tuple(fact for fact in (runs_to, f"Updated {made}" if made else "", following) if fact)


def notice(why: str, instead: Sequence[tuple[str, str]] = (), lead: str = "Nearest views that are safe: ") -> None:
    """A plain notice: something a reader should know before reading on, and (label, address) of what is near."""
    run.block("notice", why=why, instead=instead, lead=lead)


def notice_above(why: str, instead: Sequence[tuple[str, str]] = (), lead: str = "") -> None:
    """A notice about the page as a whole, such as a choice that does not exist: under the masthead."""
    with frame.frame().notices:
        notice(why, instead, lead)


def absent(what: Absent) -> None:
    """Why something is not here, and the nearest that is."""
    notice(what.why, what.instead)


def section(title: str, subtitle: str = "") -> None:
    """A second-level heading with an optional line under it."""
    run.block("section", title=title, subtitle=subtitle, anchor=frame.note_section(title))


def paragraph(text: str) -> None:
    """A line in the catalogue's own words, such as a definition."""
    run.block("said", said=Said(text))


@contextmanager
def panel(title: str):
    """A bordered box with a heading, for a list or a few words beside a figure."""
    with st.container(border=True, gap="small", key=run.place_of("panel")):
        run.block("panel", title=title)
        yield


def screen_only():
    """Where what can only be pressed or opened stands, with its heading: none of it is printed."""
    return st.container(key=run.place_of("screen-only"), gap="small")


def side_by_side(*widths: int):
    """Columns that stack on a narrow screen."""
    return st.columns(widths or 2, gap="medium")


def page_foot(address: str) -> None:
    """What ends a page: the way to all its parts at once, to be read or printed as a document."""
    query = urlencode({**run.choices_shown(), run.WHOLE: run.EVERY_PART})
    links = () if run.is_whole() else (("All parts of this page at once, to print", f"/{address}?{query}"),)
    run.block("page_foot", links=(*links, ("Data and methods", "/about")))


def cannot_open(error: ExtractError) -> None:
    """A page, not a traceback, when there is nothing to show."""
    with frame.frame().answer:
        run.block("question", question="The dashboard has no figures to show")
    notice(WHY_NOTHING_IS_SHOWN.get(error.cause, WHY_NOTHING_IS_SHOWN[MISSING]))
    run.block("paragraphs", texts=["Nothing is wrong with your link. It will work again once the figures are back."], css="")


def said(name: str, choice: Choice = NOTHING_CHOSEN) -> list[Said]:
    """The sentences of a recipe."""
    return [each for each in run.made(name, choice) if isinstance(each, Said)]


def held(name: str, choice: Choice = NOTHING_CHOSEN) -> list[Figure]:
    """The figures of a recipe."""
    return [each for each in run.made(name, choice) if isinstance(each, Figure)]


def words(name: str) -> None:
    """A statement of our own, kept as assets/words/<name>.md; the heading it begins with is a section of the page."""
    section((paths.ASSETS / "words" / f"{name}.md").read_text(encoding="utf-8").partition("\n")[0].removeprefix("## "))
    st.markdown((paths.ASSETS / "words" / f"{name}.md").read_text(encoding="utf-8").partition("\n")[2])


def no_such_page(asked: str, pages: Mapping[str, str]) -> None:
    """Says that a page does not exist, and which do; the one it most reads like comes first."""
    wanted = asked[:LONGEST_COMPARED].casefold()
    like = sorted(pages, key=lambda title: -SequenceMatcher(None, wanted, pages[title].strip("/")).ratio())
    notice(f"There is no page called '{shorten(asked)}'. Headlines is shown instead.",
           [(title, pages[title]) for title in (like[0], *(title for title in pages if title != like[0]))], lead="Pages: ")


def listed(name: str, choice: Choice = NOTHING_CHOSEN, *, heading: str) -> None:
    """The sentences of a recipe as a list under a heading; nothing where it gives none."""
    if sentences := said(name, choice):
        section(heading)
        run.block("list", sentences=sentences)


def guides(readers: Mapping[str, str]) -> None:
    """The page written for each kind of reader, folded: {name in assets/words/guide_<name>.md: what it is called}."""
    with screen_only():
        section("Guides", "One page for each kind of reader: where to look, what a figure can bear, what not to say.")
        for name, title in readers.items():
            with st.expander(title):
                st.markdown((paths.ASSETS / "words" / f"guide_{name}.md").read_text(encoding="utf-8").partition("\n")[2])
