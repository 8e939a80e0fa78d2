"""The figures and reference tables that are held, and what is put beside them: read once, written whole."""

import csv
import io
import os
from pathlib import Path

from dashboard.pipeline.errors import BuildError

SOURCES, PERIODS = "reference/sources.csv", "reference/periods.csv"


class Held:
    """The tables under `data`; where `out` already has one of that name, that one. Written to `out`."""

    def __init__(self, data: Path, out: Path):
        self.data, self.out = data, out
        self.tables: dict[str, tuple[list[str], list[dict]]] = {}
        self.added: dict[str, list[dict]] = {}

    def columns(self, name: str) -> list[str]:
        return self._table(name)[0]

    def rows(self, name: str) -> list[dict]:
        """Every row as text, with those added since."""
        return self._table(name)[1]

    def published(self, collection: str) -> str:
        """The name of a collection's table, 'published/<source>/<collection>.csv'; raises BuildError where none is."""
        for path in self.data.glob(f"published/*/{collection}.csv"):
            return str(path.relative_to(self.data))
        raise BuildError(f"no file of published figures is named '{collection}'")

    def add(self, changes) -> None:
        """Put a file's changes beside what is held; nothing is on disk until `write`."""
        for name, rows in changes.additions().items():
            if rows:
                self.rows(name).extend(rows)
                self.added.setdefault(name, []).extend(rows)

    def write(self) -> int:
        """Each table that has new rows, whole and at once; how many rows of figures were added."""
        for name, rows in self.added.items():
            columns = self.columns(name)
            target = self.out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            buffer = io.StringIO()
            writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
            writer.writerows(rows)
            # What is there stays to the letter: new rows follow it.
            before = self._path(name).read_text(encoding="utf-8")
            temporary = target.with_name(f".{target.name}.new")
            temporary.write_text(before + ("" if before.endswith("\n") else "\n") + buffer.getvalue(), encoding="utf-8")
            os.replace(temporary, target)
        return sum(len(rows) for name, rows in self.added.items() if name.startswith("published/"))

    def _path(self, name: str) -> Path:
        return self.out / name if (self.out / name).is_file() else self.data / name

    def _table(self, name: str) -> tuple[list[str], list[dict]]:
        if name not in self.tables:
            with self._path(name).open(encoding="utf-8-sig", newline="") as handle:
                table = csv.DictReader(handle, strict=True)
                rows = list(table)
                self.tables[name] = (list(table.fieldnames), rows)
        return self.tables[name]
