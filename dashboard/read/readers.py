"""Who may read an edition before its hour: the people of the access list, each reading written down.

The list is a TOML file that OUTCOMES_ACCESS names, with a table for each person:

    [[reader]]
    email = "…"
    role = "…"
    purpose = "…"

It is read again at every asking: who is taken off it reads nothing more. The log is a line of JSON a reading (when,
who, role, purpose, which edition), added to and never changed.
"""

import getpass
import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboard.read.clock import CLOCK

KEYS = ("email", "role", "purpose")


class AccessError(RuntimeError):
    """The access list or its log cannot be used; the message names the file, the entry and the rule."""


@dataclass(frozen=True)
class Reader:
    """Who asks for an edition: everyone, or one person by e-mail, whose readings go to the log."""

    email: str = ""
    role: str = ""
    purpose: str = ""
    log: Path | None = None     # None where nothing is to be written down

    @property
    def is_named(self) -> bool:
        return bool(self.email)

    def note(self, extract_id: str, edition: str) -> None:
        """Write down that this reader was given this edition; AccessError where that cannot be done."""
        if self.log is None:
            return
        line = json.dumps({"when": CLOCK.now().isoformat(timespec="seconds"), "who": self.email, "role": self.role,
                           "purpose": self.purpose, "edition": edition, "extract_id": extract_id}, ensure_ascii=False)
        try:
            descriptor = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, f"{line}\n".encode())
            finally:
                os.close(descriptor)
        except OSError as error:
            raise AccessError(f"{self.log}: readings cannot be written down ({error.strerror}), so nobody reads before the "
                              "hour. Let the dashboard write to this file, or name another as OUTCOMES_ACCESS_LOG.") from error


EVERYONE = Reader()


def operator(log: Path | None) -> Reader:
    """Who runs the dashboard and has its files anyway: by the name of their account."""
    return Reader(getpass.getuser(), "operator", "a command with --restricted", log)


def access_list(path: Path, log: Path, extract_folder: Path) -> dict[str, Reader]:
    """The people of an access list by e-mail, in small letters; raises AccessError at the first thing wrong with it."""
    for apart in (path, log):
        if apart.resolve().is_relative_to(extract_folder.resolve()):
            raise AccessError(f"{apart}: the access list and its log must lie outside the extract's folder, {extract_folder}.")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("reader", [])
    except (OSError, ValueError) as error:
        raise AccessError(f"{path}: the access list cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    if not isinstance(entries, list):
        raise AccessError(f"{path}: each person is a table of its own, [[reader]] with double brackets.")
    return {reader.email: reader for reader in (_reader(path, number, entry, log) for number, entry in enumerate(entries, start=1))}


def _reader(path: Path, number: int, entry: object, log: Path) -> Reader:
    where = f"{path}: [[reader]] number {number}"
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        raise AccessError(f"{where} must have {', '.join(KEYS)}, and nothing else.")
    for key in KEYS:
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise AccessError(f"{where}: '{key}' must be a text that is not empty.")
    email = entry["email"].strip().casefold()
    if email.count("@") != 1 or any(letter.isspace() for letter in email):
        raise AccessError(f"{where}: 'email' must be one address, such as name@example.scot.")
    return Reader(email, entry["role"].strip(), entry["purpose"].strip(), log)
