"""The right of reply: what a partnership says beside an indicator, from `data/reference/context_notes.csv`.

A note is dated and signed with a role, never with a person's name. Its text is text: nothing in it is read as markup.
"""

import re
from collections.abc import Iterator
from datetime import date

import duckdb

from dashboard import paths
from dashboard.pipeline.errors import BuildError

TABLE = "context_notes"
MOST_WORDS = 80
MOST_LETTERS = 600
ROLES = ("analyst", "board", "chair", "convener", "coordinator", "council", "director", "head", "lead", "manager", "officer",
         "partnership", "secretariat", "team")
COLUMNS = ("area_code", "indicator_id", "dated", "role", "text", "is_demonstration")
Problem = tuple[str, str]      # (column, rule)


def write(con: duckdb.DuckDBPyConnection, today: date) -> int:
    """Check every note and fill `context_note`; how many.

    Notes made up for a demonstration go only beside demonstration returns. Raises BuildError naming file, row, column,
    value and rule of each that is wrong.
    """
    held = con.table(TABLE).fetchall()
    names = con.table(TABLE).columns
    if missing := [name for name in COLUMNS if name not in names]:
        raise BuildError(f"{TABLE}.csv: the column '{missing[0]}' is missing; its columns are {', '.join(COLUMNS)}")
    rows = [dict(zip(names, row, strict=True)) for row in held]
    known = {name: {value for (value,) in con.execute(query).fetchall()} for name, query in (
        ("area_code", "select area_code from area where area_type = 'partnership'"),
        ("indicator_id", "select indicator_id from indicator"))}
    known["indicator_id"] |= {path.stem for path in paths.INDICATORS.glob("*.toml")}      # a build may hold some of them
    problems = [{"file": row["file"], "row": row["row"], "column": column, "value": str(row[column] or "")[:60], "rule": rule}
                for row in rows for column, rule in _problems(row, known, today)]
    problems += _repeated(rows)
    if problems:
        raise BuildError("a context note is not as it must be: mend the file, or take the note out", problems)
    con.execute(f"insert into context_note by name select area_code, indicator_id, dated::date as dated, role, text, "
                f"is_demonstration = 'yes' as is_demonstration from {TABLE} semi join indicator using (indicator_id) "
                "where is_demonstration = 'no' or (select synthetic from release) order by all")
    return con.execute("select count(*) from context_note").fetchall()[0][0]


def _problems(row: dict, known: dict[str, set[str]], today: date) -> Iterator[Problem]:
    """(column, rule) of each rule that a note breaks."""
    for column, what in (("area_code", "the code of a partnership"), ("indicator_id", "an indicator")):
        if row[column] not in known[column]:
            yield column, f"must be {what}"
    if not _is_day(row["dated"]):
        yield "dated", "must be a day as YYYY-MM-DD"
    elif date.fromisoformat(row["dated"]) > today:
        yield "dated", f"must not be after today, {today}"
    if not set(re.findall(r"[a-z]+", (row["role"] or "").casefold())) & set(ROLES):
        yield "role", f"must say a role, never a person's name: one with {', '.join(ROLES[:-1])} or {ROLES[-1]} in it"
    elif re.search(r"[@\d]", row["role"]):
        yield "role", "must hold no number and no address"
    if not (row["text"] or "").strip():
        yield "text", "must not be empty"
    elif len(row["text"].split()) > MOST_WORDS or len(row["text"]) > MOST_LETTERS:
        yield "text", f"must be at most {MOST_WORDS} words and {MOST_LETTERS} letters"
    elif re.search(r"[\x00-\x1f\x7f\u2028\u2029]", row["text"]):
        yield "text", "must be one paragraph, without line breaks or control characters"
    if row["is_demonstration"] not in ("yes", "no"):
        yield "is_demonstration", "must be yes or no"


def _is_day(text: str | None) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text or "")) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _repeated(rows: list[dict]) -> list[dict]:
    """A second note of one partnership and day beside one indicator."""
    first: dict[tuple, dict] = {}
    again = [row for row in rows if first.setdefault((row["area_code"], row["indicator_id"], row["dated"]), row) is not row]
    return [{"file": row["file"], "row": row["row"], "column": "dated", "value": row["dated"],
             "rule": f"must be another day than in row {first[row['area_code'], row['indicator_id'], row['dated']]['row']}, "
                     "of the same partnership and indicator"} for row in again]
