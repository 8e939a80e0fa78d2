"""Editions that must not stand side by side: real ones in the folder that this key and ledger do not know.

Two editions that know nothing of each other round the same people in two ways, and laid side by side they
tell exact counts. So a build stops at every real edition its ledger was not kept for, unless it is told to
break with it; then the attack on both together decides, in this build and in every later one.
"""

import hmac

from dashboard.pipeline.disclosure.editions import Break, Ledger, check_key
from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.extracts import Extract

LONGEST_REASON = 300    # characters, which every figure made from returns carries


def check_reason(reason: str | None) -> None:
    """A break is told to the public, in one line; raises BuildError for a reason that says nothing."""
    if reason is not None and not (5 <= len(reason.strip()) <= LONGEST_REASON and reason.isprintable()):
        raise BuildError(f"--break needs a reason of one line, 5 to {LONGEST_REASON} characters: the public reads it")


def find_breaks(held: list[Extract], ledger: Ledger | None, key: bytes, edition: str,
                reason: str | None) -> tuple[Break, ...]:
    """The editions broken with: before, as the ledger tells, and now, for this reason.

    held: every extract of the folder. Raises BuildError naming each real edition that is not known, when there
    is no reason to break with it.
    """
    before = ledger.breaks if ledger else ()
    known = {*(ledger.published if ledger else ()), *(broken.extract_id for broken in before)}
    unknown = [extract for extract in held if extract.may_be_real and extract.extract_id not in known]
    if reason is None:
        _stop_at(unknown, ledger, key)
        return before
    if not unknown:
        raise BuildError("--break: this key and ledger know every real edition in the folder, so there is nothing to "
                         "break with; leave it out")
    return (*before, *(Break(extract.extract_id, extract.edition, edition, reason.strip()) for extract in unknown))


def find_held(breaks: tuple[Break, ...], held: list[Extract]) -> list[Extract]:
    """The editions broken with that the folder still holds; raises BuildError for one that cannot be read."""
    ids = {broken.extract_id for broken in breaks}
    together = [extract for extract in held if extract.extract_id in ids]
    if unread := [extract for extract in together if extract.fault]:
        raise BuildError("an edition broken with must be attacked together with this one, and cannot be read",
                         [{"edition": extract, "why": extract.fault} for extract in unread])
    return together


def _stop_at(unknown: list[Extract], ledger: Ledger | None, key: bytes) -> None:
    if unknown:
        raise BuildError(
            "the folder holds a real edition that this key and ledger do not know. Laid beside it, a new edition can "
            "show exact counts of few people, so none is made. Build with the key and ledger it was made with, or "
            "name another folder if it belongs to others; as a last resort --break \"reason\", with the "
            "--previous-returns behind it, attacks both together first and tells the public", [{"edition": each, "why": _why(each, ledger, key)} for each in unknown])


def _why(extract: Extract, ledger: Ledger | None, key: bytes) -> str:
    fault = f"; and it cannot be read: {extract.fault}" if extract.fault else ""
    if not extract.key_check:
        return f"nothing beside it tells which key it was made with{fault}"
    if not hmac.compare_digest(extract.key_check, check_key(key, extract.extract_id)):
        return f"made with another key{fault}"
    return "made with this key, but " + (
        "without the ledger given, or after the copy of it that is given" if ledger else
        "no ledger is given, or a new one") + fault
