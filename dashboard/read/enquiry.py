"""The rules that raise lines of enquiry, and what was promised: the project's own words, held beside the data.

`data/challenge/challenge_rules.toml`, `commitments.csv` and `commitment_documents.csv`. A missing or misspelt key or
column fails by name.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dashboard import paths

KINDS = ("test", "record", "account", "age", "gap")


class EnquiryError(ValueError):
    """A file of rules or commitments is wrong; the message names the file, the entry and the key."""


@dataclass(frozen=True)
class Rule:
    """One rule: what it looks at, when it fires, when it stays silent, and the words of its lines.

    kind       test, record, account, age or gap: only a test may say higher or lower
    threshold  in the unit that `fires` gives it; {threshold} there is this number
    question_of_strength   asked instead of `question` of a line that is a strength; '' where the rule knows none
    scotland, partnerships  the declared gaps it looks for, of a rule of gaps
    """

    id: str
    title: str
    kind: str
    looks_at: str
    threshold: float
    fires: str
    silent: str
    source: str
    certainty: str
    compared: str
    wrong_if: str
    cannot_show: str
    question: str
    question_of_strength: str = ""
    scotland: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """When it fires, with its threshold."""
        return self.fires.format(threshold=f"{self.threshold:g}")


@dataclass(frozen=True)
class Document:
    """A document in which something was promised."""

    document: str
    publisher: str
    title: str
    published: str
    url: str


@dataclass(frozen=True)
class Commitment:
    """What was promised, in our own words, and what bears on it.

    evidence  recipes of figures that bear on it; gaps: gap_id of what is declared missing
    page      of the document; 'page not checked' where the page itself was not read
    """

    id: str
    document: str
    page: str
    commitment: str
    evidence: tuple[str, ...]
    gaps: tuple[str, ...]
    note: str


@cache
def rules(path: Path = paths.CHALLENGE / "challenge_rules.toml") -> Mapping[str, Rule]:
    """Every rule by id, in the order published; raises EnquiryError naming the rule and the key that is wrong."""
    held = tomllib.loads(path.read_text(encoding="utf-8")).get("rules", [])
    made = [_rule(entry, path.name, place) for place, entry in enumerate(held, 1)]
    _once((each.id for each in made), path.name)
    return MappingProxyType({each.id: each for each in made})


def _rule(entry: Mapping[str, object], file: str, place: int) -> Rule:
    name = entry.get("id", f"rule {place}")
    known = {each.name: each.default is MISSING for each in fields(Rule)}
    missing = sorted(key for key, is_needed in known.items() if is_needed and key not in entry)
    if wrong := sorted(set(entry) - set(known)) or missing:
        raise EnquiryError(f"{file}, '{name}': '{wrong[0]}' is {'missing' if wrong is missing else 'not a key of a rule'}")
    if entry["kind"] not in KINDS:
        raise EnquiryError(f"{file}, '{name}': kind is '{entry['kind']}'; it must be one of {', '.join(KINDS)}")
    return Rule(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


@cache
def documents(path: Path = paths.CHALLENGE / "commitment_documents.csv") -> Mapping[str, Document]:
    """Every document by its short name."""
    return MappingProxyType({row["document"]: Document(**row) for row in _rows(path, Document)})


@cache
def commitments(path: Path = paths.CHALLENGE / "commitments.csv") -> tuple[Commitment, ...]:
    """Every commitment in the order held; raises EnquiryError naming the row of one whose document is not held."""
    made = []
    for place, row in enumerate(_rows(path, Commitment), 2):
        if row["document"] not in documents():
            raise EnquiryError(f"{path.name}, row {place}: document '{row['document']}' is not in commitment_documents.csv")
        made.append(Commitment(**row | {name: tuple(filter(None, row[name].split(", "))) for name in ("evidence", "gaps")}))
    _once((each.id for each in made), path.name)
    return tuple(made)


def _rows(path: Path, kind: type) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows, wanted = list(csv.DictReader(lines)), [each.name for each in fields(kind)]
    if not rows or list(rows[0]) != wanted:
        raise EnquiryError(f"{path.name}: its columns are {', '.join(rows[0]) if rows else 'none'}; they must be {', '.join(wanted)}")
    return rows


def _once(names: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise EnquiryError(f"{file}: '{name}' stands twice")
        seen.add(name)
