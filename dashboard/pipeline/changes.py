"""What differs from the previous edition's extract: news, revisions, method and scope kept apart."""

from pathlib import Path

import duckdb

from dashboard import paths
from dashboard.pipeline.publish import current

TABLES = ("release", "observation", "indicator")


def write(con: duckdb.DuckDBPyConnection, out: Path) -> str:
    """Fill `change` against the newest extract of another edition; returns CHANGES.md.

    The table compares editions, so that building one edition twice gives one content. The text
    compares with the extract now in use, so that a reviewer sees what this build did.
    """
    edition = con.execute("select edition from release").fetchall()[0][0]
    earlier = _earlier_edition(out, edition)
    if earlier:
        compare = (paths.QUERIES / "changes.sql").read_text(encoding="utf-8")
        with _Attached(con, earlier):
            con.execute(f"insert into change by name {compare}")
    return _digest(con, current(out))


def _earlier_edition(out: Path, edition: str) -> Path | None:
    """The newest extract in `out` of an edition before this one, or None."""
    found = []
    for path in sorted(out.glob("outcomes-*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as previous:
            other, built_at = previous.execute("select edition, built_at from release").fetchall()[0]
        if other < edition:
            found.append((other, built_at, path))
    return max(found)[2] if found else None


def _digest(con: duckdb.DuckDBPyConnection, previous: Path | None) -> str:
    """CHANGES.md: rows by kind and indicator, with up to three values each."""
    if previous is None:
        count = con.execute("select count(*) from observation").fetchall()[0][0]
        return f"# What this build changed\n\nThe first extract here: {count:,} observations.\n"
    compare = (paths.QUERIES / "changes.sql").read_text(encoding="utf-8")
    with _Attached(con, previous):
        rows = con.execute(
            "select kind, indicator_id, count(*) as differing, "
            "string_agg(area_code || ' ' || period || ': ' || coalesce(before::varchar, 'none') || ' to ' "
            "|| coalesce(after::varchar, 'none'), '; ' order by area_code, period) "
            "filter (where place <= 3) as examples "
            "from (select *, row_number() over (partition by kind, indicator_id order by area_code, period) as place "
            f"from ({compare})) group by all order by kind, indicator_id").fetchall()
    lines = [f"- **{kind}** `{indicator_id}`: {differing:,} rows ({examples})"
             for kind, indicator_id, differing, examples in rows]
    return "\n".join(["# What this build changed", "", f"Compared with {previous.name}.", "",
                      *(lines or ["Nothing."]), ""])


class _Attached:
    """The previous extract, attached read-only as `previous` while it is compared."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path):
        self.con, self.path = con, path

    def __enter__(self):
        self.con.execute(f"attach '{str(self.path).replace(chr(39), chr(39) * 2)}' as previous (read_only)")

    def __exit__(self, *_):
        self.con.execute("detach previous")
