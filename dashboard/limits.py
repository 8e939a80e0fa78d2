"""How many sessions one server takes, and the file handles they need. Imports nothing of ours."""

import os
import resource

A_SESSION = 4           # file handles that one session may hold
OF_ITS_OWN = 200        # file handles that the server holds by itself
MOST_SESSIONS = 400


def raise_handles() -> int:
    """Let this process open as many files as the system allows it; gives how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else max(soft, OF_ITS_OWN + A_SESSION * 10 * MOST_SESSIONS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def most_sessions(handles: int) -> int:
    """Sessions at once: `OUTCOMES_SESSIONS`, else 400; never more than there are handles for.

    Raises ValueError where OUTCOMES_SESSIONS is not a whole number above nothing.
    """
    given = os.environ.get("OUTCOMES_SESSIONS", str(MOST_SESSIONS))
    if not given.isdecimal() or int(given) < 1:
        raise ValueError(f"OUTCOMES_SESSIONS is '{given}': it must be a whole number, at least 1.")
    return max(1, min(int(given), (handles - OF_ITS_OWN) // A_SESSION))
