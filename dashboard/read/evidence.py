"""Evidence IDs: every figure's address, from which its query, rows and edition can be found again.

An ID is `<view>:<name>=<value>;...@<extract_id>`: the query, its parameters and the edition. It is
its own index: nothing has to be stored for it to resolve. It is quoted whole: no shorter form could be resolved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dashboard.read import extract

_SHAPE = re.compile(r"(?P<view>[a-z0-9_]+):(?P<parameters>[^@]*)@(?P<extract_id>[0-9a-zA-Z]+)")
_LONGEST = 2000
LISTS = frozenset({"areas", "indicators", "periods", "years"})     # parameters of the views that are lists of text
_DIGEST = re.compile(r"[0-9a-fA-F]{8}")


class EvidenceError(ValueError):
    """An evidence ID that cannot be resolved; the message says why."""


@dataclass(frozen=True)
class Evidence:
    """A query, the parameters it was asked with, and the extract it was asked of."""

    view: str
    parameters: tuple[tuple[str, str | tuple[str, ...] | None], ...]
    extract_id: str

    @property
    def evidence_id(self) -> str:
        pairs = ";".join(f"{name}={_encode(value)}" for name, value in self.parameters)
        return f"{self.view}:{pairs}@{self.extract_id}"

    @property
    def asked_with(self) -> dict[str, object]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.parameters}


def evidence(view: str, parameters: Mapping[str, object], extract_id: str) -> Evidence:
    """The evidence of one question; parameters are text, lists of text, or None."""
    pairs = []
    for name, value in sorted(parameters.items()):
        pairs.append(
            (
                name,
                tuple(map(str, value)) if isinstance(value, list | tuple) else None if value is None else str(value),
            )
        )
    return Evidence(view, tuple(pairs), extract_id)


def read_evidence(text: str) -> Evidence:
    """The Evidence an ID stands for; raises EvidenceError if it is not one of ours."""
    if _DIGEST.fullmatch(text.strip()):
        raise EvidenceError("Eight characters cannot be followed to a figure. The whole evidence ID is needed: it is under "
                            "'Evidence', in the download and in the image.")
    match = _SHAPE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise EvidenceError("This is not an evidence ID: it should read 'query:name=value@edition'.")
    if match["view"] not in extract.view_names():
        raise EvidenceError(f"No query is called '{match['view']}'.")
    pairs = [part.partition("=") for part in match["parameters"].split(";") if part]
    given = {name: _decode(value) for name, _, value in pairs}
    wanted = set(re.findall(r"\$([a-z_0-9]+)", _without_comments(extract.view(match["view"]))))
    if set(given) != wanted:
        raise EvidenceError(
            f"The query '{match['view']}' is asked with {', '.join(sorted(wanted)) or 'nothing'}."
        )
    for name, value in given.items():
        if value is not None and isinstance(value, list) != (name in LISTS):
            raise EvidenceError(f"'{name}' of the query '{match['view']}' is {'a list in brackets' if name in LISTS else 'one value'}.")
    return evidence(match["view"], given, match["extract_id"])


def _without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*", "", sql)


def _encode(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return "~"
    if isinstance(value, tuple):
        return "(" + ",".join(quote(part, safe=" ") for part in value) + ")"
    return quote(value, safe=" ")


def _decode(text: str) -> str | list[str] | None:
    if text == "~":
        return None
    if text.startswith("(") and text.endswith(")"):
        return [unquote(part) for part in text[1:-1].split(",") if part]
    return unquote(text)
