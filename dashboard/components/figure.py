"""One component that gives every figure everything a figure must have."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlencode

import streamlit as st

from dashboard.charts import picture
from dashboard.charts.finished import Finished
from dashboard.charts.theme import Palette, palette
from dashboard.components import data, markup, page, tables
from dashboard.components.data import Answer
from dashboard.read import wording

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


def colours() -> Palette:
    """The palette of the reader's theme."""
    return palette(st.context.theme.type)


def figure(
    chart: dict | None,
    *,
    answer: Answer,
    title: str,
    subtitle: str,
    alt: str,
    table: markup.Table,
    unit: str,
    base: str,
    interval: str = "",
    notes: Sequence[str] = (),
    link: Mapping[str, str] | None = None,
    level: int = 3,
    draw: Callable[[str], None] | None = None,
) -> None:
    """A chart with its message, words, table, downloads, link and evidence.

    chart     a figure from dashboard.charts, or None to show the table alone, open
    answer    the rows it was drawn from: sources, marks, class and evidence are read from them
    title     the message; subtitle: measure, population, place, period
    alt       the same message for those who do not see the chart, made by read.wording
    table     the same figures as text
    unit, base, interval   what is counted, of whom, and what the interval means (empty: none)
    notes     anything else to know: caveats, breaks, rounding
    link      the choices that reopen this view, e.g. {"area": "S12000023"}
    draw      draws what is shown, given `alt`, where that is more than `chart`, such as a map beside it;
              `chart` is then what "Save image" saves
    """
    synthetic = is_synthetic(answer)
    with st.container(border=True, gap="small"):
        markup.write(
            markup.element(
                "div",
                markup.element(f"h{level}", markup.text(title)) + markup.element("p", markup.text(subtitle)),
                "oc-figure",
            )
        )
        if synthetic:
            page.demonstration_notice()
        if draw is not None:
            draw(alt)
        elif chart is not None:
            st.plotly_chart(Finished(chart), theme=None, config=_CONFIG, alt=alt, width="stretch")
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            markup.write(
                _below(answer, table, subtitle, unit, base, interval, notes, link, opened=chart is None)
            )
            _downloads(chart, answer, title, subtitle, synthetic)


def data_table(table: markup.Table, caption: str, answer: Answer | None = None) -> None:
    """A real HTML table on the page; with `answer`, its marks, sources and evidence under it."""
    if answer is not None and is_synthetic(answer):
        page.demonstration_notice()
    markup.write(table.html(caption))
    if answer is not None:
        foot(answer)


def is_synthetic(answer: Answer) -> bool:
    """True if any of the rows comes from demonstration returns."""
    return bool(data.release()["synthetic"]) and "returns" in set(answer.rows.get("data_class", ()))


def _below(
    answer: Answer,
    table: markup.Table,
    subtitle: str,
    unit: str,
    base: str,
    interval: str,
    notes: Sequence[str],
    link: Mapping[str, str] | None,
    opened: bool,
) -> str:
    facts = [
        ("Unit", markup.text(unit)),
        ("Base", markup.text(base)),
        ("Interval", markup.text(interval or "None is published.")),
        ("Source", "; ".join(sources_of(answer))),
        ("Evidence", markup.link(answer.evidence.evidence_id, evidence_address(answer))),
    ]
    legend = wording.legend(answer.all_records, data.every_indicator())
    tools = markup.element(
        "div",
        "".join(
            [
                markup.details("Show as table", table.html(subtitle), opened),
                markup.details(
                    "About this figure",
                    description_list(facts) + markup.items(map(markup.text, notes), "oc-list"),
                ),
                markup.link("Link to this view", page_address(link)),
            ]
        ),
        "oc-tools",
    )
    return markup.element(
        "div",
        "".join(
            [
                markup.element("p", markup.text(legend)) if legend else "",
                markup.element(
                    "p",
                    " · ".join(
                        [
                            *sources_of(answer, short=True),
                            markup.link("Evidence for this figure", evidence_address(answer))
                            + markup.element("span", f" {markup.text(answer.evidence.evidence_id)}", "oc-printed"),
                        ]
                    ),
                ),
                tools,
            ]
        ),
        "oc-foot",
    )


def foot(answer: Answer, link: Mapping[str, str] | None = None) -> None:
    """Marks, sources and evidence of something that is not a chart: cards, a list, a table."""
    legend = wording.legend(answer.all_records, data.every_indicator())
    parts = [
        markup.element("p", markup.text(legend)) if legend else "",
        markup.details(
            "Sources and evidence",
            description_list(
                [
                    ("Source", "; ".join(sources_of(answer))),
                    ("Evidence", markup.link(answer.evidence.evidence_id, evidence_address(answer))),
                ]
            ),
        ),
    ]
    markup.write(markup.element("div", "".join(parts), "oc-foot oc-bare"))


def description_list(facts: Sequence[tuple[str, str]]) -> str:
    """Terms and descriptions; the descriptions are HTML already."""
    return markup.element(
        "dl",
        "".join(
            markup.element("dt", markup.text(term)) + markup.element("dd", html)
            for term, html in facts
            if html
        ),
    )


def sources_of(answer: Answer, short: bool = False) -> list[str]:
    """Each source once, as HTML: publisher, title (linked), edition, designation, page."""
    found: dict[tuple, None] = {}
    for row in answer.all_records:
        if not wording.is_missing(row.get("publisher")):
            found[
                tuple(
                    str(row.get(name) or "")
                    for name in ("publisher", "source_title", "url", "edition", "designation")
                )
            ] = None
    if short:
        names = dict.fromkeys(
            f"{publisher}, {edition}" if edition else publisher for publisher, _, _, edition, _ in found
        )
        shown = list(names)[:2]
        return [markup.text(name) for name in shown] + (
            [f"and {wording.plural(len(names) - 2, 'more source')}"] if len(names) > 2 else []
        )
    return [
        f"{markup.text(publisher)}, {markup.link(title, url)}{markup.text(', ' + edition if edition else '')}"
        f" ({markup.text(designation)})"
        for publisher, title, url, edition, designation in found
    ]


def page_address(link: Mapping[str, str] | None) -> str:
    """The address that reopens this page with these choices."""
    path = st.context.url.split("?")[0] if st.context.url else ""
    return f"{path}?{urlencode(link)}" if link else path or "?"


def evidence_address(answer: Answer) -> str:
    """Where an evidence ID is resolved."""
    return f"/about?evidence={quote(answer.evidence.evidence_id)}"


def _downloads(chart: dict | None, answer: Answer, title: str, subtitle: str, synthetic: bool) -> None:
    """CSV of the rows and a self-contained image of the chart, made when asked for."""
    key = answer.evidence.evidence_id + title
    name = answer.evidence.view + "-" + answer.evidence.extract_id
    st.download_button(
        "Download CSV",
        lambda: tables.csv_bytes(answer.rows, answer.evidence.evidence_id, synthetic),
        f"{name}.csv",
        "text/csv",
        key=f"csv {key}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    if chart is not None:
        words = picture.Words(
            title,
            subtitle,
            _plain_source(answer),
            answer.evidence.evidence_id,
            wording.SYNTHETIC_NOTICE if synthetic else "",
        )
        shades = colours()
        st.download_button(
            "Save image",
            lambda: picture.svg(chart, words, shades).encode("utf-8"),
            f"{name}.svg",
            "image/svg+xml",
            key=f"svg {key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/image:",
        )


def _plain_source(answer: Answer) -> str:
    names = dict.fromkeys(
        f"{row['publisher']}, {row['source_title']}"
        for row in answer.all_records
        if not wording.is_missing(row.get("publisher"))
    )
    return "Source: " + "; ".join(names) if names else ""
