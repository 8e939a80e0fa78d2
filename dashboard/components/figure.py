"""Figures, card rows, tables, lists and sentences on the page. They come finished: this only shows them."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components import assets, page, run
from dashboard.figure import NOTHING_CHOSEN, WRITTEN, Absent, Choice, Figure, Plot, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Shown
from dashboard.packs.finished import evidence_address, packed, packed_foot
from dashboard.words.marks import legend_text

# The module is fetched once and kept; what travels with every run is this line and the figure's own data.
_BOOT = f"""
export default (given) => {{
  const shown = import(window.location.origin + "{assets.FIGURE.address}").then((module) => module.default(given))
  return () => shown.then((leave) => leave())
}}
"""


def figures(name: str, choice: Choice = NOTHING_CHOSEN, *, heading: str = "", under: str = "", level: int = 3,
            bare: bool = False) -> bool:
    """Everything a recipe gives for this choice, under a heading if it gives anything; True if it does.

    `bare` figures are a table alone: no frame, no title, their sources folded away.
    """
    shown = recipes.made(run.edition(), name, choice)
    if shown and heading:
        page.section(heading, under)
    for each in shown:
        one(each, level, bare)
    return bool(shown)


def one(thing: Shown, level: int = 3, bare: bool = False) -> None:
    """One thing that a recipe gave."""
    match thing:
        case Absent():
            page.absent(thing)
        case Said():
            run.block("said", said=thing)
        case Figure(plot=Plot(kind=kind)) if kind in WRITTEN:
            written(thing)
        case Figure() if bare:
            table(thing)
        case Figure():
            figure(thing, level)


def figure(shown: Figure, level: int = 3) -> None:
    """A chart with its message, words, table, downloads, link and evidence; without a chart, its table, open.

    The browser keeps the node from one area to the next: the same recipe at the same place is the same component.
    """
    _mount(shown, {"packed": packed(shown, level), "is_framed": True})


def figure_foot(shown: Figure, links: Mapping[str, str], chosen: str) -> None:
    """What stands under a figure that the page draws by itself, such as a map; `links` and `chosen` as in `packed_foot`."""
    _mount(shown, {"packed": packed_foot(shown, links, chosen), "is_framed": False})


def _mount(shown: Figure, data: Mapping[str, object]) -> None:
    mount = st.components.v2.component("figure", html="<div></div>", js=_BOOT, isolate_styles=False)
    mount(key=run.place_of(shown.address.recipe), data={**data, "plotly": assets.PLOTLY.address})


def written(shown: Figure) -> None:
    """Cards or a list: HTML, and its marks, sources and evidence under it."""
    if shown.is_synthetic:
        page.demonstration_notice()
    run.block(shown.plot.kind, rows=shown.plot.rows, figure=shown)
    if shown.sources:
        foot(shown)


def table(shown: Figure) -> None:
    """A table without a frame, its marks, sources and evidence under it."""
    if shown.is_synthetic:
        page.demonstration_notice()
    run.block("table", table=shown.table)
    if shown.sources:
        foot(shown)


def foot(shown: Figure) -> None:
    """Marks, sources and evidence of something that is not a chart."""
    run.block("foot_bare", figure=shown, legend=legend_text(shown.marks), evidence=evidence_address(shown.evidence_id))


def declared_gaps(address: str, heading: str = "What nobody publishes yet") -> None:
    """What is not published, why, and who could supply it: on the page where it is missed."""
    figures("gaps.declared", Choice(choices=(("page", address),)), heading=heading, bare=True)
