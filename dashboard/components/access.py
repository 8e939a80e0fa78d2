"""Who reads, which edition they are given, and what must be said of it: restricted, new, or not the current one."""

import logging

import streamlit as st

from dashboard import paths
from dashboard.components import page, run
from dashboard.read.edition import Edition, current, older
from dashboard.read.extract import ExtractError
from dashboard.read.readers import EVERYONE, AccessError, Reader, access_list
from dashboard.words.marks import restricted_notice
from dashboard.words.periods import day

EDITION = "edition"       # in a link: an earlier edition, by its extract's id
SEEN = "edition seen"
log = logging.getLogger(__name__)


def reader() -> Reader:
    """Who this run is for: the person signed in, where the access list names them now; else everyone."""
    listed = paths.access_list()
    is_doubted = str(st.user.get("email_verified", "")).casefold() == "false"      # some providers send it as text
    if listed is None or not st.user.get("is_logged_in") or is_doubted:
        return EVERYONE
    try:
        people = access_list(listed, paths.access_log(), paths.extract_folder())
    except AccessError as error:
        log.error("%s", error)
        return EVERYONE
    return people.get(str(st.user.get("email", "")).strip().casefold(), EVERYONE)


def is_everyone(who: Reader) -> bool:
    """True for a reader who is shown what everyone is: neither on the access list nor signed in."""
    return who is EVERYONE and not st.user.get("is_logged_in")


def open_for(who: Reader) -> Edition:
    """The edition that the link names, where this reader may have it; else the current one. ExtractError where there is none."""
    folder, asked = paths.extract_folder(), st.query_params.get(EDITION, "")
    if asked:
        try:
            return older(folder, asked, who)
        except ExtractError:
            pass        # `say_which` says that it is not held
    return current(folder, who)


def say_which(edition: Edition) -> None:
    """Above the page: that it is restricted, that it is not of the current edition, or that a new one has come meanwhile."""
    if edition.restricted:
        run.block("restricted", notice=restricted_notice(edition.restricted))
    asked = st.query_params.get(EDITION, "")
    before = edition.extract_id if run.is_afresh() else st.session_state.get(SEEN, edition.extract_id)
    st.session_state[SEEN] = edition.extract_id
    if asked == edition.extract_id:
        run.note_choice(EDITION, asked)
        page.notice_above(f"This page is of the edition made on {day(edition.built_at)}, as its link asks.",
                          [("The current edition", "?")], lead="")
    elif asked:
        page.notice_above("The edition that this link names is no longer held here. The current one is shown.")
    elif before != edition.extract_id:
        page.notice_above(f"The figures have been updated since you opened this page. It now shows the edition made on "
                          f"{day(edition.built_at)}.")


def sign_in() -> None:
    """For the people of the access list: sign in, or out. Nothing where this dashboard has no such list, or no one to sign in with."""
    if paths.access_list() is not None and can_sign_in():
        page.section("Before the hour", "Only people named for a release may see it before. Each reading is written down.")
        sign_in_button()


def can_sign_in() -> bool:
    """True where this dashboard has a provider to sign in with."""
    return "is_logged_in" in st.user


def sign_in_button() -> None:
    """Sign in; or who is signed in, and out."""
    if not st.user.get("is_logged_in"):
        st.button("Sign in", on_click=st.login, key="sign in")
    else:
        page.paragraph(f"You are signed in as {st.user.get('email', '')}.")
        st.button("Sign out", on_click=st.logout, key="sign out")
