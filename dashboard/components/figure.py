"""Figures, card rows, tables, lists and sentences on the page. They come finished: this only shows them."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby

import streamlit as st

from dashboard.components import assets, choosing, frame, page, run
from dashboard.figure import NOTHING_CHOSEN, Absent, Choice, Figure, Plot, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Chooser, Shown
from dashboard.packs.finished import FULL, HALF, least_height, least_height_unframed, packed, unframed
from dashboard.packs.pattern import packed_beside
from dashboard.words.marks import made_up_notice

NOTHING_HEARD: Mapping[str, Callable[[str], None]] = {}
STEP, TALLEST = 40, 1600       # pixels between the heights that the style sheet can keep free, and the last of them
SENT = "figures sent"          # in the session: by place, the evidence ID last sent there, and whether it was sent whole

# The module is fetched once and kept; what travels with every run is this line and the figure's own data.
_BOOT = f"""export default (given) => {{
const shown = import(location.origin + "{assets.FIGURE.address}").then((module) => module.default(given, "{assets.PLOTLY.address}"))
shown.catch(() => {{ given.parentElement.textContent = "A figure did not arrive: please load the page again." }})
return () => shown.then((leave) => leave()) }}"""


def figures(name: str, choice: Choice = NOTHING_CHOSEN, *, heading: str = "", under: str = "", by: Chooser | None = None,
            level: int = 3, bare: bool = False, headed: bool = False, boxed: bool = False, folded: bool = False,
            beside: bool = False) -> bool:
    """Everything a recipe gives for this choice, under a heading if it gives anything; True if it does.

    by       a further choice, offered under the heading
    bare     tables alone: no frame, no title, their sources folded away
    headed   each title as a heading of the page, above a table or a list without a frame
    boxed    each list in a panel with its title
    folded   tables behind their titles, closed; open where the page is shown whole
    beside   each in one of two columns, which keeps more room free for its words until they are there
    """
    shown = run.made(name, choice)
    if shown and heading:
        page.section(heading, under)
    if shown and by is not None:
        shown = run.made(name, choosing.choose(by, choice))
    for is_said, things in groupby(shown, lambda each: isinstance(each, Said)):
        if is_said:
            run.block("says", sentences=list(things))
        else:
            for each in things:
                one(each, level=level, bare=bare, headed=headed, boxed=boxed, folded=folded, beside=beside)
    return bool(shown)


def one(thing: Shown, level: int = 3, bare: bool = False, headed: bool = False, boxed: bool = False,
        folded: bool = False, beside: bool = False) -> None:
    """One thing that a recipe gave, as `figures` shows it."""
    match thing:
        case Absent():
            page.absent(thing)
        case Said():
            run.block("says", sentences=[thing])
        case Figure(plot=Plot(kind="sayings")):
            frame.note_section(thing.title)
            figure(thing, level)
        case Figure() if folded and not run.is_whole():
            frame.note_shown(thing.is_synthetic)
            run.block("folded", title=thing.title, table=thing.table, notice=made_up_notice(thing))
        case Figure() if boxed:
            with page.panel(thing.title):
                _unframed(thing)
        case Figure() if headed:
            page.section(thing.title, "" if thing.subtitle == thing.table.caption else thing.subtitle)
            _unframed(thing)
        case Figure() if bare or not (thing.plot is None or thing.is_drawn):
            _unframed(thing)
        case Figure():
            figure(thing, level, across=HALF if beside else FULL)


def _unframed(shown: Figure) -> None:
    """What is HTML by its own template, else the table alone; its marks, sources and evidence under it."""
    is_cards = shown.plot is not None and shown.plot.kind == "cards"
    frame.note_shown(shown.is_synthetic, len(shown.plot.rows) if is_cards else 1)
    with _place(shown, least_height_unframed(shown)):
        run.write(unframed(shown))


def figure(shown: Figure, level: int = 3, kept_in: str = "", across: int = FULL,
           hears: Mapping[str, Callable[[str], None]] = NOTHING_HEARD) -> None:
    """A chart with its message, words, table, downloads, link and evidence; without a chart, its table, open.

    The browser keeps the node from one area to the next: the same recipe at the same place is the same component.
    `hears` are called with what a reader chooses on the figure itself, by name, before the page is made anew. Where the chart
    cannot be drawn, its table is shown alone, and the page says so.
    """
    place = run.place_of(shown.address.recipe)
    is_whole = kept_in or shown.restricted or _is_first(shown, place)
    made = run.attempt(shown.evidence_id, lambda: packed(shown, level, kept_in) if is_whole else packed_beside(
        shown, partial(recipes.pattern_of, run.edition()), level), b"")
    if made:
        with _place(shown, least_height(shown, across)):
            _mount(shown, made, place, hears)
    else:
        page.notice(f"{shown.title}: the chart could not be drawn. Its table holds the same figures.")
        _unframed(shown)


def _is_first(shown: Figure, place: str) -> bool:
    """True until a session has been sent another figure at this place: a page that opens waits for no pattern."""
    sent = st.session_state.setdefault(SENT, {})
    last, was_whole = sent.get(place, (shown.evidence_id, True))
    sent[place] = (shown.evidence_id, was_whole and last == shown.evidence_id)
    return sent[place][1]


def _place(shown: Figure, height: int):
    """Where a figure is to stand, as tall as it will be at least."""
    return st.container(key=run.place_of(f"tall-{kept_free(height)} {shown.address.recipe}"), gap="small")


def kept_free(height: int) -> int:
    """The height that a figure's place has before the figure is in it, so that nothing under it jumps."""
    return min(height // STEP * STEP, TALLEST)


def _mount(shown: Figure, made: bytes, place: str, hears: Mapping[str, Callable[[str], None]]) -> None:
    frame.note_shown(shown.is_synthetic)
    mount = st.components.v2.component("figure", html="<div></div>", js=_BOOT, isolate_styles=False)
    mount(key=place, data=made, **{f"on_{name}_change": partial(_hear, place, name, act) for name, act in hears.items()})


def _hear(place: str, name: str, act: Callable[[str], None]) -> None:
    if value := st.session_state[place].get(name):
        act(str(value))


def declared_gaps(address: str, heading: str = "What nobody publishes yet") -> None:
    """What is not published, why, and who could supply it: on the page where it is missed."""
    figures("gaps.declared", Choice(choices=(("page", address),)), heading=heading, bare=True)
