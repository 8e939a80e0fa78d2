"""Figures, card rows, tables, lists and sentences on the page. They come finished: this only shows them."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components import assets, choosing, frame, page, run
from dashboard.figure import NOTHING_CHOSEN, Absent, Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Chooser, Shown
from dashboard.packs.finished import evidence_address, packed, packed_foot, short_source
from dashboard.words.marks import SYNTHETIC_NOTICE, legend_text

# The module is fetched once and kept; what travels with every run is this line and the figure's own data.
_BOOT = f"""
export default (given) => {{
  const shown = import(window.location.origin + "{assets.FIGURE.address}").then((module) => module.default(given))
  return () => shown.then((leave) => leave())
}}
"""


def figures(name: str, choice: Choice = NOTHING_CHOSEN, *, heading: str = "", under: str = "", by: Chooser | None = None,
            level: int = 3, bare: bool = False, headed: bool = False, boxed: bool = False, folded: bool = False) -> bool:
    """Everything a recipe gives for this choice, under a heading if it gives anything; True if it does.

    by       a further choice, offered under the heading
    bare     tables alone: no frame, no title, their sources folded away
    headed   each title as a heading of the page, above a table or a list without a frame
    boxed    each list in a panel with its title
    folded   tables behind their titles, closed
    """
    shown = recipes.made(run.edition(), name, choice)
    if shown and heading:
        page.section(heading, under)
    if shown and by is not None:
        shown = recipes.made(run.edition(), name, choosing.choose(by, choice))
    for each in shown:
        one(each, level=level, bare=bare, headed=headed, boxed=boxed, folded=folded)
    return bool(shown)


def one(thing: Shown, level: int = 3, bare: bool = False, headed: bool = False, boxed: bool = False,
        folded: bool = False) -> None:
    """One thing that a recipe gave, as `figures` shows it."""
    match thing:
        case Absent():
            page.absent(thing)
        case Said():
            run.block("said", said=thing)
        case Figure() if folded:
            frame.note_shown(thing.is_synthetic)
            run.block("folded", title=thing.title, table=thing.table, notice=notice_of(thing))
        case Figure() if boxed:
            with page.panel(thing.title):
                _unframed(thing)
        case Figure() if headed:
            page.section(thing.title, "" if thing.subtitle == thing.table.caption else thing.subtitle)
            _unframed(thing)
        case Figure() if bare or not (thing.plot is None or thing.is_drawn):
            _unframed(thing)
        case Figure():
            figure(thing, level)


def _unframed(shown: Figure) -> None:
    """What is HTML by its own template, else the table alone."""
    (table if shown.plot is None or shown.is_drawn else written)(shown)


def figure(shown: Figure, level: int = 3) -> None:
    """A chart with its message, words, table, downloads, link and evidence; without a chart, its table, open.

    The browser keeps the node from one area to the next: the same recipe at the same place is the same component.
    """
    _mount(shown, {"packed": packed(shown, level), "is_framed": True})


def figure_foot(shown: Figure, links: Mapping[str, str], chosen: str) -> None:
    """What stands under a figure that the page draws by itself, such as a map; `links` and `chosen` as in `packed_foot`."""
    _mount(shown, {"packed": packed_foot(shown, links, chosen), "is_framed": False})


def _mount(shown: Figure, data: Mapping[str, object]) -> None:
    frame.note_shown(shown.is_synthetic)
    mount = st.components.v2.component("figure", html="<div></div>", js=_BOOT, isolate_styles=False)
    mount(key=run.place_of(shown.address.recipe), data={**data, "plotly": assets.PLOTLY.address})


def written(shown: Figure) -> None:
    """Cards or a list: HTML, and its marks, sources and evidence under it."""
    frame.note_shown(shown.is_synthetic, len(shown.plot.rows) if shown.plot.kind == "cards" else 1)
    run.block(shown.plot.kind, rows=shown.plot.rows, figure=shown, notice=notice_of(shown))
    if shown.sources:
        foot(shown)


def table(shown: Figure) -> None:
    """A table without a frame, its marks, sources and evidence under it."""
    frame.note_shown(shown.is_synthetic)
    run.block("table", table=shown.table, notice=notice_of(shown))
    if shown.sources:
        foot(shown)


def notice_of(shown: Figure) -> str:
    """What must be said of a figure that is made up, wherever it goes; '' of any other."""
    return SYNTHETIC_NOTICE if shown.is_synthetic else ""


def foot(shown: Figure) -> None:
    """Marks, sources and evidence of something that is not a chart."""
    run.block("foot_bare", figure=shown, short_source=short_source(shown), legend=legend_text(shown.marks), evidence=evidence_address(shown.evidence_id))


def declared_gaps(address: str, heading: str = "What nobody publishes yet") -> None:
    """What is not published, why, and who could supply it: on the page where it is missed."""
    figures("gaps.declared", Choice(choices=(("page", address),)), heading=heading, bare=True)
