"""What the accessibility statement says, as data/reference/accessibility.toml holds it and the tests keep it true."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limit:
    """What cannot be done yet, the criterion of WCAG it falls under, and the way round it.

    narrow   the engine's rules that it breaks on a narrow screen
    """

    what: str
    criterion: str
    way_round: str
    narrow: Sequence[str] = ()


@dataclass(frozen=True)
class Checked:
    """Which pages are checked by which rules, with which engine, down to which width in pixels; and the limits."""

    engine: str
    standard: str
    rules: tuple[str, ...]
    narrowest: int
    pages: tuple[str, ...]
    limits: tuple[Limit, ...]


def checked(path: Path) -> Checked:
    """The file as it stands; raises KeyError or TypeError where a part of it is missing or unknown."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return Checked(held["engine"], held["standard"], tuple(held["rules"]), held["narrowest"], tuple(held["pages"]),
                   tuple(Limit(**each) for each in held["limit"]))
