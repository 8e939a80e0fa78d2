"""The evidence behind an ID."""

import streamlit as st

from dashboard.components import data, markup, page, tables
from dashboard.components.figure import description_list
from dashboard.read import evidence, extract
from dashboard.words import phrases


def resolve_evidence() -> None:
    """The query, edition, rows and disclosure decision behind `?evidence=`."""
    given = _asked_for()
    if not given:
        return
    page.section("The evidence you asked for")
    try:
        found = evidence.read_evidence(given)
    except evidence.EvidenceError as error:
        page.notice(f"{error} You gave '{phrases.shorten(given)}'.")
        return
    answer = data.ask(found.view, **found.asked_with)
    if found.extract_id != answer.evidence.extract_id:
        page.notice(
            f"This figure was made from edition {found.extract_id}. The current one is "
            f"{answer.evidence.extract_id}: its rows are below and may differ."
        )
    facts = [
        ("Evidence ID, to be quoted whole", markup.text(found.evidence_id)),
        ("Question", markup.text(_question(found.view))),
        ("Edition", markup.text(f"{data.release()['edition']}, extract {answer.evidence.extract_id}")),
        (
            "Asked with",
            markup.text("; ".join(f"{name} = {value}" for name, value in found.asked_with.items())),
        ),
        ("Disclosure", markup.text(_decision(answer))),
    ]
    markup.write(description_list(facts))
    _definitions_of(answer)
    markup.write(
        _rows_table(answer)
        + markup.details("The query", markup.element("pre", markup.text(extract.view(found.view)), "oc-code"))
    )


def _asked_for() -> str:
    """The ID in the link, which a reader may also type or paste."""
    def follow() -> None:
        if typed := st.session_state["evidence_typed"].strip():
            st.query_params["evidence"] = typed

    st.text_input("Find a figure by its evidence ID", key="evidence_typed", on_change=follow, width=480,
                  placeholder="The whole ID, from 'About this figure', a download or an image")
    return st.query_params.get("evidence", "")


def _question(view: str) -> str:
    first = extract.view(view).split("\n", 1)[0]
    return first.removeprefix("--").strip()


def _decision(answer: data.Answer) -> str:
    if "returns" not in set(answer.rows.get("data_class", ())):
        return "Published by others and shown exactly as published: no further control was applied."
    return (
        "Made from protected counts only: every count was rounded together with all others to base 5, and no "
        "rate is shown on a base below 30."
    )


def _definitions_of(answer: data.Answer) -> None:
    catalogue = data.every_indicator()
    names = dict.fromkeys(answer.rows.get("indicator_id", ()))
    words = [
        (catalogue[name].title, markup.text(catalogue[name].definition))
        for name in names
        if name in catalogue
    ]
    if words:
        markup.write(description_list(words[:12]))


def _rows_table(answer: data.Answer) -> str:
    wanted = [
        name
        for name in (
            "indicator_id",
            "area",
            "period_label",
            "category",
            "value",
            "lower_ci",
            "upper_ci",
            "obs_status",
            "edition",
            "publisher",
            "source_page",
        )
        if name in answer.rows
    ]
    wanted = wanted or list(answer.rows.columns)[:8]
    rows = [[tables.plain(row[name]) for name in wanted] for row in answer.records[:200]]
    if not rows:
        return markup.element("p", "The query returns no rows in this edition.")
    return markup.Table([name.replace("_", " ") for name in wanted], rows).html("The rows behind the figure")
