"""What frames every page: the release strip, the question, its answer in words, and notices."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime

import streamlit as st

from dashboard.components import data, markup
from dashboard.read import wording
from dashboard.read.extract import ExtractError


def page_header(
    question: str, answer: Sequence[str] = (), designation: str = "", synthetic: bool | None = None,
    figures: Sequence[tuple[str, markup.Table]] = (),
) -> None:
    """The release strip, the page's question as its heading, and the answer in words before any chart.

    `answer` sentences may use **bold**. `synthetic` says whether figures from returns are on the page
    (None: not, so the demonstration notice is not shown). `figures` are the answer's own figures as
    tables with their captions, where no table further down is certain to hold them.
    """
    with st.container(gap="xsmall"):
        release_strip(designation, with_returns=synthetic is not None)
        if synthetic and data.release()["synthetic"]:
            demonstration_notice()
        st.title(question, anchor=False)
        if answer:
            markup.write(
                markup.element("p", " ".join(map(markup.text, wording.spell_out(answer))), "oc-answer")
            )
        if shown := [(caption, table) for caption, table in figures if table.rows]:
            held = "".join(table.html(caption) for caption, table in shown)
            markup.write(markup.element("div", markup.details("The figures of this answer", held), "oc-foot oc-bare"))


def release_strip(designation: str = "", with_returns: bool = False) -> None:
    """Designation, what the page's figures run to, and when the edition was made.

    The cut-off is that of the returns: published figures end years apart, each at a date of its own.
    """
    release = data.release()
    cut_off = day(release["cut_off"])
    if not release["has_returns"]:
        runs_to = f"Published figures, the newest to {cut_off}" if cut_off else ""
    elif with_returns:
        runs_to = f"Partnership returns {release['edition']}, to {cut_off}"
    else:
        runs_to = "Published figures: the latest held, each with its own date"
    made = day(release["built_at"])
    facts = [fact for fact in (runs_to, f"Updated {made}" if made else "") if fact]
    badge = markup.element("span", markup.text(designation), "oc-badge") if designation else ""
    spans = "".join(markup.element("span", markup.text(fact)) for fact in facts)
    markup.write(markup.element("div", badge + spans, "oc-strip"))


def day(when: object) -> str | None:
    """'30 June 2026', or None where there is no day."""
    if wording.is_missing(when) or str(when) == "NaT":
        return None
    held = datetime.fromisoformat(str(when)[:10])
    return f"{held.day} {held:%B %Y}"


def demonstration_notice() -> None:
    """Shown wherever a figure comes from synthetic returns."""
    label, _, rest = wording.SYNTHETIC_NOTICE.partition(":")
    markup.write(
        markup.element(
            "p", f"<strong>{markup.text(label)}:</strong>{markup.text(rest)}", "oc-demonstration", role="note"
        )
    )


def notice(message: str) -> None:
    """A plain notice: something a reader should know before reading on."""
    st.info(message, icon=":material/info:")


def section(title: str, subtitle: str = "") -> None:
    """A second-level heading with an optional line under it."""
    with st.container(gap=None):
        st.header(title, anchor=False)
        if subtitle:
            markup.write(markup.element("p", markup.text(subtitle), "oc-subtitle"))


@contextmanager
def panel(title: str):
    """A bordered box with a heading, for a list or a few words beside a figure."""
    with st.container(border=True, gap="small", height="stretch"):
        markup.write(markup.element("div", markup.element("h2", markup.text(title)), "oc-figure"))
        yield


def side_by_side(*widths: int):
    """Columns that stack on a narrow screen."""
    return st.columns(widths or 2, gap="medium")


def cannot_open(error: ExtractError) -> None:
    """A page, not a traceback, when there is nothing to show."""
    st.title("The dashboard has no figures to show", anchor=False)
    st.error(str(error), icon=":material/error:")
    st.markdown("Nothing is wrong with your link. It will work again once the figures are back.")


def declared_gaps(page: str, title: str = "What nobody publishes yet") -> None:
    """What is not published, why, and who could supply it: on the page where it is missed."""
    gaps = data.ask("declared_gaps", page=page)
    if gaps.is_empty:
        return
    section(title)
    table = markup.Table(
        ("What is missing", "Why", "Who could supply it"),
        [(row["title"], row["reason"], row["who_could_supply"]) for row in gaps.records],
    )
    markup.write(table.html("What is missing, why, and who could supply it"))
