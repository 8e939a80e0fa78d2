"""Bring published figures up to date from the files their publishers lay out.

A file goes: `sheets` (cells) → `readers` (whose file is it?) → `reading` (figures, checked) → `compare` (what is new
beside what is held) → `held` (written). A reader is a file of words in data/reference/readers: no code names one.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard import paths
from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh import compare, nomis, readers, reading, sheets
from dashboard.pipeline.refresh.areas import Areas
from dashboard.pipeline.refresh.held import Held

Say = Callable[[str], None]
FORMS = (".csv", ".xlsx")
SHOWN = 5      # of each kind of difference; the rest are counted


def refresh(files: Sequence[Path], say: Say, data: Path = paths.DATA, out: Path | None = None,
            write: bool = False, from_nomis: bool = False, today: date | None = None) -> bool:
    """Read official files, show what differs from what is held and, with `write`, put it there.

    Returns False if any is refused. A file that is refused changes nothing; the others go on.

    `files`: files or folders. `data`: where figures are held; `out`: where they are written, `data` when None.
    `from_nomis`: also ask Nomis for what its readers read.
    Raises BuildError for an empty folder or a reader whose words are wrong.
    """
    held, day = Held(data, out or data), today or datetime.now(UTC).date()
    words = readers.load_readers(data / "reference" / "readers")
    with tempfile.TemporaryDirectory() as folder:
        asked = [reader for reader in words if reader.nomis] if from_nomis else []
        reads = [(path.name, lambda path=path: path) for path in _listed(files)]
        reads += [(f"Nomis, {reader.title}", lambda reader=reader: nomis.download(reader, held, Path(folder), day))
                  for reader in asked]
        refused = sum(not _read(name, fetch, words, held, day, say, write) for name, fetch in reads)
    if write:
        say(f"Wrote {held.write():,} rows." if held.added else "Nothing to write.")
    elif refused < len(reads):
        say("Nothing is written yet: run it again with --write to write it.")
    return not refused


def _read(name: str, fetch: Callable[[], Path], words: Sequence[readers.Reader], held: Held, day: date, say: Say,
          write: bool) -> bool:
    """Read one file, show it, and keep its changes where they are to be written; False if it is refused."""
    try:
        changes = _changes(fetch(), words, held, day)
    except BuildError as error:
        say(f"{name}: refused. {error}")
        return False
    _show(name, changes, say)
    if write:
        held.add(changes)
    return True


def _listed(files: Sequence[Path]) -> list[Path]:
    listed = []
    for path in files:
        found = sorted(each for each in path.iterdir() if each.suffix.lower() in FORMS) if path.is_dir() else [path]
        if not found:
            raise BuildError(f"{path}: the folder holds no .csv or .xlsx file")
        listed += found
    return listed


def _changes(path: Path, words: Sequence[readers.Reader], held: Held, today: date) -> compare.Changes:
    grids = sheets.read_sheets(path)
    reader, grid, header = readers.recognise(grids, words)
    figures = reading.read_figures(grid, header, reader, Areas.load(held, reader))
    return compare.compare(figures, reader, held, today)


def _show(name: str, changes: compare.Changes, say: Say) -> None:
    say(f"{name}: {changes.reader.title}")
    say("  " + ", ".join(f"{len(rows):,} {kind}" for kind, rows in changes.by_kind().items()))
    for kind, rows in changes.by_kind().items():
        if kind == compare.AS_HELD:
            continue
        for row in rows[:SHOWN]:
            say(f"  {kind}: {row}")
        if len(rows) > SHOWN:
            say(f"  {kind}: and {len(rows) - SHOWN:,} more")
