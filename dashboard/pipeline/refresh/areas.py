"""The area a publisher means, by its code, a former code, its name or a known spelling."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.pipeline.refresh.held import Held
from dashboard.pipeline.refresh.readers import Reader, plain

OURS = ("country", "partnership")
SCOTLAND = "S92000003"


@dataclass(frozen=True)
class Areas:
    """`codes`: every plain name or code to an area_code; `left_out`: those of others; `partnerships`: the councils."""

    codes: dict[str, str]
    left_out: frozenset[str]
    partnerships: frozenset[str]

    @classmethod
    def load(cls, held: Held, reader: Reader) -> "Areas":
        """The areas of the reference tables, and the reader's own spellings."""
        areas = [row for row in held.rows("reference/areas.csv") if row["area_type"] in OURS]
        names = {plain(row["name"]): row["area_code"] for row in areas}
        aliases = {plain(row["alias"]): row["area_code"] for row in held.rows("reference/area_aliases.csv")}
        own = {plain(name): code for name, code in reader.areas.items()}
        codes = {plain(row["area_code"]): row["area_code"] for row in areas}
        return cls(aliases | names | codes | own, frozenset(plain(each) for each in reader.leave_out),
                   frozenset(row["area_code"] for row in areas if row["area_type"] == "partnership"))

    def find(self, text: str) -> str | None:
        """The area_code, or None where the text is no area known."""
        return self.codes.get(plain(text))

    def is_left_out(self, text: str) -> bool:
        return plain(text) in self.left_out

    def nearest(self, text: str) -> Sequence[str]:
        """Up to two known names like it."""
        return difflib.get_close_matches(plain(text), [name for name in self.codes if name], n=2, cutoff=0.5)
