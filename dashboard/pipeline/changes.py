"""What differs from the previous edition's extract: news, revisions, method and scope kept apart."""

from operator import attrgetter
from pathlib import Path

import duckdb

from dashboard import paths
from dashboard.pipeline.disclosure.editions import Break
from dashboard.pipeline.extracts import Attached, Extract
from dashboard.pipeline.publish import current


def write(con: duckdb.DuckDBPyConnection, out: Path, held: list[Extract], breaks: tuple[Break, ...] = ()) -> str:
    """Fill `change` against the newest extract of another edition; returns CHANGES.md.

    The table compares editions, so that building one edition twice gives one content. The text
    compares with the extract now in use, so that a reviewer sees what this build did. held: the extracts of the
    folder; those that cannot be read are left out. Against an edition broken with, each figure made from returns
    differs by method.
    """
    edition, is_synthetic = con.execute("select edition, synthetic from release").fetchall()[0]
    broken = {known.extract_id for known in breaks}
    earlier = _earlier_edition(held, edition, bool(is_synthetic))
    if earlier:
        with Attached(con, earlier.path, "previous"):
            con.execute("insert into previous_release by name select extract_id, edition, cut_off, synthetic from previous.release")
            con.execute(f"insert into change by name {_compare()}", {"is_break": earlier.extract_id in broken})
    in_use = current(out)
    previous = next((extract for extract in held if extract.path == in_use), None)
    told = [f"- **break** {each}" for each in breaks if each.since == edition]
    return _digest(con, previous, told, previous is not None and previous.extract_id in broken)


def _earlier_edition(held: list[Extract], edition: str, is_synthetic: bool) -> Extract | None:
    """The newest extract of an edition before this one, or None: real figures are never compared with made-up ones."""
    earlier = [extract for extract in held if not extract.fault and extract.edition < edition
               and bool(extract.is_synthetic) == is_synthetic]
    return max(earlier, key=attrgetter("edition", "built_at", "path"), default=None)


def _compare() -> str:
    return (paths.QUERIES / "changes.sql").read_text(encoding="utf-8")


def _digest(con: duckdb.DuckDBPyConnection, previous: Extract | None, told: list[str], is_break: bool) -> str:
    """CHANGES.md: breaks, then rows by kind and indicator, with up to three values each."""
    if previous is None or previous.fault:
        count = con.execute("select count(*) from observation").fetchall()[0][0]
        why = "The first extract here" if previous is None else f"{previous.path.name} could not be read to compare with"
        return "\n".join(["# What this build changed", "", f"{why}: {count:,} observations.", *told, ""])
    with Attached(con, previous.path, "previous"):
        rows = con.execute(
            "select kind, indicator_id, count(*) as differing, "
            "string_agg(area_code || ' ' || period || ': ' || coalesce(before::varchar, 'none') || ' to ' "
            "|| coalesce(after::varchar, 'none'), '; ' order by area_code, period) "
            "filter (where place <= 3) as examples "
            "from (select *, row_number() over (partition by kind, indicator_id order by area_code, period) as place "
            f"from ({_compare()})) group by all order by kind, indicator_id", {"is_break": is_break}).fetchall()
    lines = [f"- **{kind}** `{indicator_id}`: {differing:,} rows ({examples})"
             for kind, indicator_id, differing, examples in rows]
    return "\n".join(["# What this build changed", "", f"Compared with {previous.path.name}.", "",
                      *told, *(lines or ["Nothing."]), ""])
