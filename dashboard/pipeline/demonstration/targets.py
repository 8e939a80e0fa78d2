"""What the demonstration follows (published figures) and what it makes up: two files of `data/reference`."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dashboard import paths

SCOTLAND = "S92000003"
TARGETS = "demonstration_targets.csv"
INVENTED = "demonstration_invented.toml"


@dataclass(frozen=True)
class Target:
    """One published figure, exactly as published, and where it stands."""

    target: str
    area_code: str
    category: str
    period_start: date
    period_end: date
    value: str
    unit: str
    publisher: str
    title: str
    edition: str
    page: str


class Targets:
    """The published figures, looked up by name."""

    def __init__(self, rows: list[Target]):
        self.rows = rows
        self._by_name: dict[str, list[Target]] = {}
        self._by_area_and_category: dict[str, dict[str, dict[str, int]]] = {}
        for row in rows:
            self._by_name.setdefault(row.target, []).append(row)

    def of(self, target: str) -> list[Target]:
        """Every row of one target, in file order; raises KeyError where there is none."""
        return self._by_name[target]

    def by_area(self, target: str) -> dict[str, int]:
        """area_code to whole number."""
        return {row.area_code: int(row.value) for row in self.of(target)}

    def by_category(self, target: str) -> dict[str, int]:
        """category to whole number, Scotland."""
        return {row.category: int(row.value) for row in self.of(target)}

    def by_end(self, target: str) -> dict[date, int]:
        """Last day of the period to whole number, Scotland."""
        return {row.period_end: int(row.value) for row in self.of(target)}

    def by_area_and_category(self, target: str) -> dict[str, dict[str, int]]:
        """area_code to category to whole number; made once, and not to be changed by the caller."""
        if target not in self._by_area_and_category:
            found = self._by_area_and_category[target] = {}
            for row in self.of(target):
                found.setdefault(row.area_code, {})[row.category] = int(row.value)
        return self._by_area_and_category[target]

    def hundredths(self, target: str) -> dict[str, int]:
        """area_code to hundredths of the published unit: 7.13 becomes 713."""
        return {row.area_code: _hundredths(row.value) for row in self.of(target)}


@cache
def read_targets(folder: Path = paths.REFERENCE) -> Targets:
    """The published figures the demonstration is calibrated to."""
    with (folder / TARGETS).open(encoding="utf-8", newline="") as handle:
        return Targets([_target(row) for row in csv.DictReader(handle)])


@cache
def read_invented(folder: Path = paths.REFERENCE) -> dict:
    """The made-up chances, as read from TOML; not to be changed by the caller."""
    return tomllib.loads((folder / INVENTED).read_text(encoding="utf-8"))


def _target(row: dict[str, str]) -> Target:
    dates = {key: date.fromisoformat(row[key]) for key in ("period_start", "period_end")}
    return Target(**{**row, **dates})


def _hundredths(value: str) -> int:
    whole, _, rest = value.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])
