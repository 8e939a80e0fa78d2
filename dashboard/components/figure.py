"""Figures, card rows, tables, lists and sentences on the page. They come finished: this only shows them."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from dashboard.charts.draw import draw
from dashboard.charts.finished import Finished
from dashboard.components import choosing, page, run
from dashboard.figure import NOTHING_CHOSEN, Absent, Choice, Figure, Plot, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Chooser
from dashboard.packs.figure_svg import figure_svg
from dashboard.packs.table_csv import csv_bytes
from dashboard.words.marks import legend_text
from dashboard.words.phrases import plural

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


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
        match each:
            case Absent():
                page.absent(each)
            case Said():
                run.block("said", said=each)
            case Figure() if folded:
                if each.is_synthetic:
                    page.demonstration_notice()
                run.block("folded", title=each.title, table=each.table)
            case Figure() if boxed:
                with page.panel(each.title):
                    _unframed(each)
            case Figure() if headed:
                page.section(each.title, "" if each.subtitle == each.table.caption else each.subtitle)
                _unframed(each)
            case Figure() if bare or not (each.plot is None or each.is_drawn):
                _unframed(each)
            case Figure():
                figure(each, level)
    return bool(shown)


def _unframed(shown: Figure) -> None:
    """What is HTML by its own template, else the table alone."""
    (table if shown.plot is None or shown.is_drawn else written)(shown)


def figure(shown: Figure, level: int = 3) -> None:
    """A chart with its message, words, table, downloads, link and evidence; without a plot, its table, open."""
    with st.container(border=True, gap="small"):
        run.block("heading", level=level, title=shown.title, subtitle=shown.subtitle)
        if shown.is_synthetic:
            page.demonstration_notice()
        if shown.plot is not None:
            chart(shown.plot)
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            run.block("foot", figure=shown, legend=legend_text(shown.marks), short_sources=_short(shown),
                      evidence=evidence_address(shown.evidence_id), opened=shown.plot is None)
            _downloads(shown)


def chart(plot: Plot, **more: object) -> None:
    """What a plot draws, in the reader's colours."""
    st.plotly_chart(Finished(draw(plot, run.colours())), theme=None, config=_CONFIG, alt=plot.alt, width="stretch", **more)


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


def evidence_address(evidence_id: str) -> str:
    """Where an evidence ID is resolved."""
    return f"/about?evidence={quote(evidence_id)}"


def _short(shown: Figure) -> Sequence[str]:
    """The first two sources by publisher and edition, and how many more."""
    names = list(dict.fromkeys(f"{each.publisher}, {each.edition}" if each.edition else each.publisher
                               for each in shown.sources))
    return names[:2] + ([f"and {plural(len(names) - 2, 'more source')}"] if len(names) > 2 else [])


def _downloads(shown: Figure) -> None:
    """The table as CSV and the chart as a self-contained picture, made when asked for."""
    name = f"{shown.address.recipe.replace('.', '-')}-{shown.address.extract_id}"
    st.download_button("Download CSV", lambda: csv_bytes(shown), f"{name}.csv", "text/csv", key=f"csv {shown.evidence_id}",
                       on_click="ignore", type="tertiary", icon=":material/download:")
    if shown.plot is not None:
        colours = run.colours()
        st.download_button("Save image", lambda: figure_svg(shown, colours).encode("utf-8"), f"{name}.svg", "image/svg+xml",
                           key=f"svg {shown.evidence_id}", on_click="ignore", type="tertiary", icon=":material/image:")

