"""The evidence behind `?evidence=`: the figure itself, then what it rests on."""

from urllib.parse import quote

import streamlit as st

from dashboard import paths
from dashboard.components import page, run
from dashboard.components.figure import figure
from dashboard.figure import Address, AddressError
from dashboard.figures import evidence
from dashboard.packs.finished import evidence_address
from dashboard.read.edition import older


def resolve_evidence() -> None:
    """The figure behind the ID in the link, its definition, queries, sources, edition and disclosure decision."""
    given = _asked_for()
    if not given:
        return
    page.section("The evidence you asked for")
    if session_id := _session_of(given):
        page.notice("This is a table of a challenge session: it stands in the session itself.",
                    [("The session", f"/challenge?session={quote(session_id)}")], lead="")
        return
    try:
        found = evidence.resolve(given, run.edition(), lambda extract_id: older(paths.extract_folder(), extract_id, run.reader()))
    except evidence.NotFound as error:
        page.notice(evidence.not_found_words(error, given))
        return
    if found.note:
        page.notice(found.note, [("Today's figure", evidence_address(found.superseded_by))] if found.superseded_by else (),
                    lead="")
    figure(found.figure)
    run.block("evidence", found=found)


def _session_of(given: str) -> str:
    """The challenge session whose own table an ID is of; '' of any other ID."""
    try:
        address = Address.read(given)
    except AddressError:
        return ""
    return address.choice.of("session") if address.recipe.startswith("session.") else ""


def _asked_for() -> str:
    """The ID in the link, which a reader may also type or paste."""
    def follow() -> None:
        if typed := st.session_state["evidence_typed"].strip():
            st.query_params["evidence"] = typed

    if run.is_afresh():
        st.session_state["evidence_typed"] = ""
    st.text_input("Find a figure by its evidence ID", key="evidence_typed", on_change=follow, width=480,
                  placeholder="The whole ID, from 'Evidence', a download or an image")
    return st.query_params.get("evidence", "")
