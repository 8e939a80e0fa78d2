"""What is wrong with a return, so that a data officer can mend it: file, row, column, value, rule, remedy.

Every frame here has the columns of PROBLEMS; `level` is row (the row is rejected), file (the whole file
is rejected) or warning (nothing is rejected).
"""

from datetime import date

import polars as pl

from dashboard.pipeline.returns import cells, identifiers, rules
from dashboard.pipeline.returns.contract import Column, FileRejected, columns
from dashboard.pipeline.returns.folder import File, show_name
from dashboard.pipeline.returns.headers import shorten
from dashboard.pipeline.returns.table import FAULTS, NO_FAULTS, ROW, Table

PROBLEMS = {
    "area_code": pl.String,
    "file": pl.String,
    "row": pl.UInt32,
    "column": pl.String,
    "value": pl.String,
    "rule": pl.String,
    "remedy": pl.String,
    "level": pl.String,
}
NO_PROBLEMS = pl.DataFrame(schema=PROBLEMS)
COMPARED = {"not_before": ("on or after", "at least"), "not_after": ("on or before", "at most"),
            "not_same_as": ("another day than", "another number than")}     # of dates, of numbers
TOTALS = ("total", "totals", "grand total", "grand_total", "sum", "count", "all")


def join(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """All problems in one frame: by file, then whole-file ones, then by row."""
    said = [frame for frame in frames if len(frame)]
    return pl.concat(said).sort("file", "row", nulls_last=False, maintain_order=True) if said else NO_PROBLEMS


def of_fault(file: File, fault: FileRejected) -> pl.DataFrame:
    """The one problem of a file rejected whole."""
    return _frame(file, [(fault.row, fault.column, fault.value, fault.rule, fault.remedy)], "file")


def of_stranger(file: File) -> pl.DataFrame:
    """An entry of the folder that is no return: said, and left alone."""
    return _frame(
        file,
        [(None, "", "", "is not a return, so it was left unread", "take it out of the folder")],
        "warning",
    )


def of_lost_register(file: File, people: int) -> pl.DataFrame:
    """A partnership that was in the returns before (`file`) and has no register that can be read in these."""
    rule = f"the return before held {people:,} people; there is no register of this partnership now"
    return _frame(file, [(None, "", "", rule, "send the participants file")], "warning")


def of_file(file: File, table: Table) -> pl.DataFrame:
    """Warnings about the columns of a file."""
    found = [(1, name, "", "is not a column of this return: what it holds was ignored and kept nowhere",
              "leave the column out") for name in table.unknown]
    if table.absent and file.kind == "participants":
        found.append((1, "", "", f"optional columns are not in the file, and read as not known: "
                      f"{', '.join(table.absent)}", "add them if you hold them"))
    found += [(1, "", "", rule, remedy) for rule, remedy in table.notes]
    return _frame(file, found, "warning")


def of_rows(file: File, faults: pl.DataFrame, level: str = "row") -> pl.DataFrame:
    """Faults found outside the rules, or warnings, each about a row."""
    if not len(faults):
        return finish(file, faults, level)
    return finish(file, faults.with_columns(_shortened(faults["value"])), level)


def of_identifiers(file: File, table: Table) -> pl.DataFrame:
    """One warning a file where its identifiers may identify people."""
    column = next((each.name for each in columns(file.kind) if each.type == "identifier"), None)
    if column is None:
        return _frame(file, [], "warning")
    texts = table.cells[column].drop_nulls()
    found = identifiers.warn(texts.filter(~texts.is_in([column, *map(str.title, TOTALS), *TOTALS])))
    return _frame(file, [(None, column, "", rule, remedy) for rule, remedy in found], "warning")


def of_failures(file: File, refused: pl.DataFrame, broken: list[str], setting: cells.Setting) -> pl.DataFrame:
    """Every rule that every refused row breaks; a header or a total among the rows has one line.

    `refused`, `broken`: as `rules.judge` gives them.
    """
    if not broken:
        return NO_PROBLEMS
    wanted = columns(file.kind)
    by_name = {column.name: column for column in wanted}
    no_record = _no_records(refused, wanted)
    records = refused.filter(~pl.col(ROW).is_in(no_record[ROW].implode())) if len(no_record) else refused
    found = [no_record]
    for name in broken:
        subject, _, rule = name.partition("|")
        column = by_name[subject]
        if rule == "unique" or rule in COMPARED:
            found.append(_related(records.filter(name), column, rule, wanted))
        else:
            found.append(_explained(records, records[name], column, rule, setting))
    return finish(file, pl.concat(found), "row")


def _no_records(refused: pl.DataFrame, wanted: tuple[Column, ...]) -> pl.DataFrame:
    """Rows that are no record at all: the column names once more, or a total."""
    first, required = wanted[0], [column for column in wanted if column.is_required]
    is_header = pl.all_horizontal(pl.col(rules.text_name(each)) == each.name for each in required)
    is_total = pl.col(rules.text_name(first)).str.to_lowercase().is_in(TOTALS) & pl.any_horizontal(
        pl.col(rules.text_name(each)).is_null() for each in required)
    rows = refused.filter(is_header | is_total).with_columns(is_header.alias("is_header"))
    return rows.select(
        ROW, pl.lit(first.name).alias("column"), _shortened(rows[rules.text_name(first)]).alias("value"),
        pl.when("is_header").then(pl.lit("repeats the column names: two files were put together"))
        .otherwise(pl.lit("looks like a total, not a record")).alias("rule"),
        pl.lit("take the row out").alias("remedy"))


def unmatched(progress: pl.DataFrame, participants: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """Warn, once a file, of progress about people who are not among its accepted participants."""
    if not len(progress):
        return NO_PROBLEMS
    lost = progress.join(participants.select("area_code", "participant_id"), on=["area_code", "participant_id"], how="anti")
    return (
        lost.group_by("area_code", maintain_order=True)
        .agg(pl.len().alias("rows"))
        .select(
            "area_code",
            pl.col("area_code").replace_strict(names, default="").alias("file"),
            pl.lit(None, dtype=pl.UInt32).alias("row"),
            pl.lit("participant_id").alias("column"),
            pl.lit("").alias("value"),
            pl.format("{} rows are about people who are not among the accepted participants", "rows").alias(
                "rule"
            ),
            pl.lit("check that both files use the same participant numbers").alias("remedy"),
            pl.lit("warning").alias("level"),
        )
    )


def _related(rows: pl.DataFrame, column: Column, rule: str, wanted: tuple[Column, ...]) -> pl.DataFrame:
    """One row a broken rule that other cells have to do with, with the reason in words."""
    base = rows.select(ROW, pl.lit(column.name).alias("column"),
                       _shortened(rows[rules.text_name(column)]).alias("value"))
    return base.hstack(_repeated(rows, wanted) if rule == "unique" else _compared(rows, column, rule, wanted))


def _explained(records: pl.DataFrame, is_broken: pl.Series, column: Column, rule: str,
               setting: cells.Setting) -> pl.DataFrame:
    """One row a broken rule, with the reason in words; each distinct text is explained once."""
    texts = records[rules.text_name(column)].filter(is_broken)
    said = {text: (shorten(text or ""), *cells.explain(column, rule, text, setting)) for text in texts.unique().to_list()}
    value, reason, remedy = (_look_up(texts, said, part) for part in range(3))
    if rule == "maximum" and column.type == "date" and "start_date" in records.columns:
        remedy = _after_the_start(records["start_date"].filter(is_broken), remedy, setting.cut_off)
    return pl.DataFrame({ROW: records[ROW].filter(is_broken), "column": column.name, "value": value,
                         "rule": reason, "remedy": remedy}, schema_overrides=FAULTS)


def _after_the_start(starts: pl.Series, remedies: pl.Series, cut_off: date) -> pl.Series:
    """Who starts only after the cut-off waits for the next return, whatever else is dated later."""
    return pl.select(pl.when(starts > cut_off).then(pl.lit("send the row with the next return"))
                     .otherwise(remedies).alias("remedy")).to_series()


def _look_up(texts: pl.Series, said: dict, part: int) -> pl.Series:
    known = {text: words[part] for text, words in said.items()}
    if len(known) == 1:
        return pl.Series([next(iter(known.values()))] * len(texts), dtype=pl.String)
    return texts.replace_strict(list(known), list(known.values()), return_dtype=pl.String)


def _compared(rows: pl.DataFrame, column: Column, rule: str, wanted: tuple[Column, ...]) -> pl.DataFrame:
    other = next(each for each in wanted if each.name == getattr(column, rule))
    words = COMPARED[rule][0 if column.type == "date" else 1]
    return rows.select(
        pl.format(f"must be {words} {other.name} ({{}})", pl.col(rules.text_name(other))).alias("rule"),
        pl.lit(f"correct {column.name} or {other.name}").alias("remedy"))


def _repeated(rows: pl.DataFrame, wanted: tuple[Column, ...]) -> pl.DataFrame:
    """Names the other rows: all that share a key are rejected, for nobody can say which is right."""
    keys = [column for column in wanted if column.is_key]
    names = [rules.text_name(key) for key in keys]
    has_starts = "start_date" in rows.columns
    starts = pl.col("start_date") if has_starts else pl.lit(None, dtype=pl.Date)
    together = rows.with_columns(
        pl.len().over(names).alias("times"), pl.col(ROW).min().over(names).alias("first"),
        pl.col(ROW).max().over(names).alias("last"), starts.alias("start"),
    ).with_columns(
        (pl.col("start").n_unique().over(names) > 1).alias("is_rejoined"),
        pl.col(ROW).sort_by("start", ROW, nulls_last=True).first().over(names).alias("earliest"))
    what = " and ".join(key.name for key in keys)
    place = pl.format("{} rows (first in row {}, last in row {})", "times", "first", "last")
    same = pl.format(f"the same {what} stands in {{}}; all are rejected", place)
    rejoined = pl.format(
        f"the same {what} stands in {{}} with different starts: one row a person is wanted; all are rejected", place)
    keep = pl.format("keep the row of the first start (row {}), with what happened to the person up to the cut-off; "
                     "give another number if they are two people", "earliest")
    return together.select(
        pl.when("is_rejoined").then(rejoined).otherwise(same).alias("rule"),
        pl.when("is_rejoined").then(keep).otherwise(pl.lit("keep the right row and take out the others"))
        .alias("remedy"))


def _shortened(texts: pl.Series) -> pl.Series:
    """Each text as it is shown; each distinct one is worked out once."""
    plain = texts.fill_null("")
    if not (plain.str.contains(r"\p{C}") | (plain.str.len_chars() > 40)).any():
        return plain
    known = {text: shorten(text) for text in plain.unique().to_list()}
    return plain.replace_strict(list(known), list(known.values()), return_dtype=pl.String)


def _frame(file: File, found: list[tuple], level: str) -> pl.DataFrame:
    return finish(file, pl.DataFrame(found, schema=FAULTS, orient="row") if found else NO_FAULTS, level)


def finish(file: File, found: pl.DataFrame, level: str) -> pl.DataFrame:
    if not len(found):
        return NO_PROBLEMS
    return found.select(pl.lit(file.area_code).alias("area_code"), pl.lit(show_name(file.path)).alias("file"),
                        pl.col("row").cast(pl.UInt32), "column", "value", "rule", "remedy",
                        pl.lit(level).alias("level"))
