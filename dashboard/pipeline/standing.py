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
    is no reason to break with it, or it cannot be read and so not be attacked.
    """
    before = ledger.breaks if ledger else ()
    known = set(ledger.published) | {each.extract_id for each in before} if ledger else set()
    unknown = [each for each in held if each.may_be_real and each.extract_id not in known]
    if reason is None:
        _stop_at(unknown, ledger, key)
        return before
    if not unknown:
        raise BuildError("--break: this key and ledger know every real edition in the folder, so there is nothing to "
                         "break with; leave it out")
    if unread := [each for each in unknown if each.fault]:
        raise BuildError("--break: editions that cannot be read cannot be attacked together with this one",
                         [{"edition": each, "why": each.fault} for each in unread])
    return (*before, *(Break(each.extract_id, each.edition, edition, reason.strip()) for each in unknown))


def find_held(breaks: tuple[Break, ...], held: list[Extract]) -> list[Extract]:
    """The editions broken with that the folder still holds; raises BuildError for one that cannot be read."""
    broken = [each for each in held if each.extract_id in {known.extract_id for known in breaks}]
    if unread := [each for each in broken if each.fault]:
        raise BuildError("an edition broken with earlier must be attacked together with this one, and cannot be read",
                         [{"edition": each, "why": each.fault} for each in unread])
    return broken


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
