"""Who is at the page. Asked anew for every page and every change, never kept: a role taken away is gone at once."""

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from dashboard import paths
from dashboard.challenge.roles import AT_THIS_MACHINE, NOBODY, Person, RolesError, person_of, read_roles

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")     # what a proxy adds
log = logging.getLogger(__name__)


def reader() -> Person:
    """The person with their role; NOBODY where the file of roles does not name them, or cannot be used."""
    file = paths.roles_file()
    if file is None:
        return AT_THIS_MACHINE if is_at_this_machine(st.context.ip_address, st.context.headers) else NOBODY
    try:
        return person_of(_email(), read_roles(file))
    except RolesError as error:
        log.error("%s", error)
        return NOBODY


def is_at_this_machine(ip_address: str | None, headers: Mapping[str, str]) -> bool:
    """True where the page is asked for on the machine that serves it, by its own name and through no proxy.

    `ip_address` is None of this machine's own; `headers` are those of the request, their names in any case.
    """
    headers = {name.casefold(): value for name, value in headers.items()}
    try:
        asked = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return False
    return ip_address is None and asked in THIS_MACHINE and not any(name in headers for name in PASSED_ON)


def _email() -> str:
    """The address that the sign-in vouches for; '' without one."""
    user = st.user.to_dict()
    is_sure = user.get("is_logged_in") is True and user.get("email_verified", True) is True
    return str(user.get("email") or "") if is_sure else ""
