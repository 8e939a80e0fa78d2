"""A build that cannot go on says what is wrong, where, and what to do.

The database is loaded only where a message may be its own: the processes that solve raise these errors and have none.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# What the system or the database says, the cause in plain words, and what to do about it.
CAUSES = (
    (r"no space left|quota exceeded|file too large", "the disk is full, or takes no larger file",
     "free some space, or choose another folder; what was published before is untouched"),
    (r"out of memory|cannot allocate|failed to allocate", "memory ran out",
     "close what else needs memory, or use a computer with more"),
    (r"permission denied|not permitted|read-only file system", "it may not be read or written here",
     "change its permissions, or choose another folder"),
    (r"could not set lock|conflicting lock", "another program has it open for writing", "let that program finish first"),
    (r"no such file|does not exist", "it is not there", "look for a slip in its name"),
    (r"not a directory|is a directory|file exists", "a file stands where a folder is needed, or a folder where a file is",
     "choose another name"),
    (r"no locks available|not supported", "its disk cannot be written to safely", "choose a folder on another disk"),
)
NAMED = re.compile(r"""["']([^"']*[/\\][^"']*)["']""")     # a path that a message of the database quotes


class BuildError(Exception):
    """What failed in plain words, with the offending rows where there are any."""

    def __init__(self, message: str, rows: list[dict] | None = None):
        super().__init__(message)
        self.rows = rows or []

    def __str__(self) -> str:
        shown = [", ".join(f"{key} = {value}" for key, value in row.items()) for row in self.rows[:20]]
        more = [f"... and {len(self.rows) - 20} more"] if len(self.rows) > 20 else []
        return "\n  ".join([super().__str__(), *shown, *more])


def faults() -> tuple[type[Exception], ...]:
    """What the disk and the database raise."""
    import duckdb

    return OSError, duckdb.Error


def explain(error: "OSError | duckdb.Error", path: Path | None = None) -> BuildError:
    """What the disk or the database raised, as one plain message: the file, the cause and what to do.

    path: the file at hand where the error itself does not name one.
    """
    said = error.strerror or str(error) if isinstance(error, OSError) else str(error).splitlines()[0]
    quoted = NAMED.search(said)
    file = path or getattr(error, "filename", None) or (quoted.group(1) if quoted else "")
    cause, cure = next(((cause, cure) for pattern, cause, cure in CAUSES if re.search(pattern, said, re.IGNORECASE)),
                       _otherwise(error))
    return BuildError(f"{file}{': ' if file else ''}{cause} ({said}); {cure}")


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Whatever the disk or the database raises while this file is at hand is explained as a BuildError about it."""
    try:
        yield
    except faults() as error:
        raise explain(error, path) from error


def _otherwise(error: "OSError | duckdb.Error") -> tuple[str, str]:
    import duckdb

    if isinstance(error, OSError):
        return "it cannot be used", "nothing is published"
    if isinstance(error, (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException)):
        return "it is damaged, or is no database", "put back a copy of it, or take it away"
    return "the database stopped", "nothing is published; if every file is as it should be, report this as a fault"
