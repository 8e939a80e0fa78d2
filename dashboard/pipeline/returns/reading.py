"""Read a folder of returns: every row accepted or rejected with its reason, and the account of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl

from dashboard.pipeline.returns import cells, identifiers, placing, problems, registers, rules, unlikely
from dashboard.pipeline.returns.contract import KINDS, Column, FileRejected, ReturnsError, area_names, columns
from dashboard.pipeline.returns.folder import Edition, File, check_openable, find_files, read_edition, show_name
from dashboard.pipeline.returns.parquet_table import read_parquet
from dashboard.pipeline.returns.private import leave_no_core_file
from dashboard.pipeline.returns.table import FAULTS, ROW, Table, leave_out_copies
from dashboard.pipeline.returns.text_table import read_text
from dashboard.pipeline.returns.workbook_table import read_workbook

READERS = {"csv": read_text, "parquet": read_parquet, "xlsx": read_workbook}
ACCOUNT = {"area_code": pl.String, "kind": pl.String, "file": pl.String, "rows_read": pl.Int64,
           "rows_accepted": pl.Int64, "rows_rejected": pl.Int64, "warnings": pl.Int64}


@dataclass(frozen=True)
class Returns:
    """One edition of returns.

    `participants`, `progress`, `experience`, `spend`: accepted rows, typed, with `area_code`. A blank is
    'unknown' in a column with a list of values (but null in a follow-up, where a blank is not an answer),
    null in dates and numbers, and [] in lists. `account`: one row a file, read = accepted + rejected; a
    file rejected whole has no rows. `problems`: what is wrong and how to mend it; level row, file or
    warning. `rejected`: the rejected rows as they stood. `missing`: partnerships with no participants file.
    """

    edition: str
    cut_off: date
    synthetic: bool
    supplier: str
    contact: str
    received: dict[str, date]
    due: date | None
    embargo_until: datetime | None      # the hour of release, in UTC
    participants: pl.DataFrame = field(repr=False)   # no record may slip into a log
    progress: pl.DataFrame = field(repr=False)
    experience: pl.DataFrame = field(repr=False)
    spend: pl.DataFrame = field(repr=False)
    account: pl.DataFrame = field(repr=False)
    problems: pl.DataFrame = field(repr=False)
    rejected: pl.DataFrame = field(repr=False)
    missing: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """True when no row and no file was rejected."""
        return not self.problems["level"].is_in(["row", "file"]).any()


@dataclass(frozen=True)
class Checked:
    """One file after the rules: accepted rows (typed), rejected rows (as they stood) and problems.

    `rows`: the number in the file of each accepted row.
    """

    file: File
    accepted: pl.DataFrame
    rejected: pl.DataFrame
    problems: pl.DataFrame
    rows_read: int
    rows: pl.Series = field(default_factory=lambda: pl.Series(ROW, [], dtype=pl.UInt32))


def read(folder: Path, previous: Path | None = None, today: date | None = None) -> Returns:
    """Read and check every file of a folder; raises ReturnsError for what stops the whole folder.

    `previous`: the folder of the returns before, to warn of what changed since. `today`: for tests.
    """
    leave_no_core_file()
    folder, today = Path(folder), today or date.today()
    edition = read_edition(folder, today)
    files, strangers = find_files(folder)
    checked = _check_files(files, edition.cut_off)
    accepted = {kind: _accepted(checked, kind) for kind in KINDS}
    found = [each.problems for each in checked] + [_strangers(strangers)]
    found.append(_unmatched(accepted, checked))
    if previous is not None:
        found += _changes(edition, checked, Path(previous), today)
    return _assemble(edition, checked, accepted, problems.join(found))


def _check_files(files: list[File], cut_off: date) -> list[Checked]:
    if len(files) == 1:     # a thread for it alone takes longer than a small file
        return [check_file(files[0], cut_off)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda file: check_file(file, cut_off), files))


def _changes(edition: Edition, checked: list[Checked], previous: Path, today: date) -> list[pl.DataFrame]:
    """Warnings of what changed in each partnership's register; raises ReturnsError for what are not the returns before."""
    before = read_edition(previous, today)
    if before.cut_off > edition.cut_off:
        raise ReturnsError(f"{previous}: its cut-off, {before.cut_off}, is after this one's, {edition.cut_off}; "
                           "--previous names the returns before")
    files = [file for file in find_files(previous)[0] if file.kind == "participants"]
    earlier = {each.file.area_code: each for each in _check_files(files, before.cut_off) if each.accepted.width}
    now = {each.file.area_code: each for each in checked if each.file.kind == "participants" and each.accepted.width}
    found = [problems.of_rows(each.file, _changed(each, earlier.get(area_code), before.cut_off), "warning")
             for area_code, each in now.items()]
    lost = [problems.of_lost_register(each.file, len(each.accepted))
            for area_code, each in earlier.items() if area_code not in now]
    return [*found, *lost]


def _changed(now: Checked, before: Checked | None, cut_off_before: date) -> pl.DataFrame:
    if before is None:
        rule, remedy = "the returns before hold no register of this partnership", "nothing need be done if it is the first"
        return pl.DataFrame([(None, "", "", rule, remedy)], schema=FAULTS, orient="row")
    rejected = now.rejected["participant_id"].drop_nulls().to_list() if len(now.rejected) else []
    return registers.compare(_register(now), rejected, _register(before), cut_off_before)


def _register(each: Checked) -> pl.DataFrame:
    return each.accepted.select("participant_id", "start_date", "programme", "age").insert_column(0, each.rows)


def check_file(file: File, cut_off: date) -> Checked:
    """Read one file and apply every rule to it; a file that cannot be read is rejected whole."""
    try:
        return _apply(file, read_table(file), cut_off)
    except FileRejected as fault:
        return _rejected_whole(file, fault)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return _rejected_whole(
            file, FileRejected(f"the file cannot be read: {reason}", "send the file again")
        )


def read_table(file: File) -> Table:
    """The rows of one file as text, before any rule; raises FileRejected or OSError."""
    if file.fault:
        raise file.fault
    size = check_openable(file.path)
    return READERS[file.extension](file.path, columns(file.kind), size)


def _apply(file: File, table: Table, cut_off: date) -> Checked:
    wanted = columns(file.kind)
    setting = cells.Setting(file.area_code, cut_off, table.day_zero)
    rules_of_file = rules.of_file(wanted, file.area_code, cut_off)
    prepared = rules.prepare(table.cells, wanted)
    kept, refused, broken = rules.judge(prepared, rules_of_file)
    if rules.unique_name(wanted) in broken and len(copies := rules.copies(table.cells, wanted)):
        table = leave_out_copies(table, copies)
        prepared = rules.prepare(table.cells, wanted)
        kept, refused, broken = rules.judge(prepared, rules_of_file)
    if file.kind == "participants":
        unlikely.check_jobs_are_dated(prepared)
    faults = pl.concat([table.faults, rules.misread_texts(table.cells, wanted),
                        placing.unplaced(file.kind, kept, wanted, cut_off)])
    wrong = pl.concat([refused[ROW], faults[ROW]]).unique().to_list()
    accepted = kept.filter(~pl.col(ROW).is_in(wrong)) if len(faults) else kept
    rejected = table.cells.filter(pl.col(ROW).is_in(wrong))
    found = [problems.of_file(file, table), problems.of_identifiers(file, table),
             problems.of_rows(file, faults),
             problems.of_failures(file, refused, broken, setting),
             problems.of_rows(file, unlikely.warn(file.kind, prepared, cut_off), "warning")]
    return Checked(
        file,
        _finish(accepted, wanted, file),
        pl.concat([rejected, table.unsplit], how="diagonal"),
        identifiers.mask(problems.join(found), wanted),
        len(table.cells) + len(table.unsplit),
        accepted[ROW],
    )


def _finish(accepted: pl.DataFrame, wanted: tuple[Column, ...], file: File) -> pl.DataFrame:
    """Accepted rows in the columns of the contract, blanks filled."""
    has_area = any(column.name == "area_code" for column in wanted)
    area = [] if has_area else [pl.lit(file.area_code).alias("area_code")]
    return accepted.select(*area, *_all_filled(wanted))


@cache
def _all_filled(columns: tuple[Column, ...]) -> list[pl.Expr]:
    return [_filled(column) for column in columns]


def _filled(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.type == "financial_year":
        return pl.col(rules.text_name(column)).alias(column.name)
    if column.type == "choices":
        return value.fill_null(pl.lit([], dtype=pl.List(pl.String)))
    return value.fill_null(column.when_blank) if column.when_blank else value


def _rejected_whole(file: File, fault: FileRejected) -> Checked:
    return Checked(file, pl.DataFrame(), pl.DataFrame(), problems.of_fault(file, fault), 0)


def _accepted(checked: list[Checked], kind: str) -> pl.DataFrame:
    frames = [each.accepted for each in checked if each.file.kind == kind and each.accepted.width]
    return pl.concat(frames) if frames else _empty(kind)


@cache
def _empty(kind: str) -> pl.DataFrame:
    schema = {
        column.name: cells.TYPES.get(column.type, pl.String) if column.type != "financial_year" else pl.String
        for column in columns(kind)
    }
    return pl.DataFrame(schema=schema if "area_code" in schema else {"area_code": pl.String, **schema})


def _strangers(files: list[File]) -> pl.DataFrame:
    return problems.join([problems.of_stranger(file) for file in files])


def _unmatched(accepted: dict[str, pl.DataFrame], checked: list[Checked]) -> pl.DataFrame:
    """Warn of progress about people who are not among the partnership's accepted participants."""
    names = {
        each.file.area_code: show_name(each.file.path) for each in checked if each.file.kind == "progress"
    }
    return problems.unmatched(accepted["progress"], accepted["participants"], names)


def _assemble(edition: Edition, checked: list[Checked], accepted: dict[str, pl.DataFrame],
              found: pl.DataFrame) -> Returns:
    warnings = dict(found.filter(pl.col("level") == "warning").group_by("file").len().iter_rows())
    account = [
        (
            each.file.area_code,
            each.file.kind,
            name := show_name(each.file.path),
            each.rows_read,
            len(each.accepted),
            each.rows_read - len(each.accepted),
            warnings.get(name, 0),
        )
        for each in checked
    ]
    rejected = [_labelled(each) for each in checked if len(each.rejected)]
    received = {each.file.area_code for each in checked if each.file.kind == "participants"}
    return Returns(
        edition.edition,
        edition.cut_off,
        edition.synthetic,
        edition.supplier,
        edition.contact,
        edition.received,
        edition.due,
        edition.embargo_until,
        **accepted,
        account=pl.DataFrame(account, schema=ACCOUNT, orient="row"),
        problems=found,
        rejected=pl.concat([_no_rejected(), *rejected], how="diagonal"),
        missing=tuple(code for code in area_names() if code not in received),
    )


@cache
def _no_rejected() -> pl.DataFrame:
    """Every column a rejected row may have, as it stood; `text` is a row that was not cut."""
    names = dict.fromkeys(column.name for kind in KINDS for column in columns(kind))
    first = {"return_area_code": pl.String, "kind": pl.String, "file": pl.String, ROW: pl.UInt32}
    return pl.DataFrame(schema={**first, **dict.fromkeys(names, pl.String), "text": pl.String})


def _labelled(each: Checked) -> pl.DataFrame:
    """Rejected rows with whose they are; `area_code` stays what the row itself says."""
    return each.rejected.select(
        pl.lit(each.file.area_code).alias("return_area_code"), pl.lit(each.file.kind).alias("kind"),
        pl.lit(show_name(each.file.path)).alias("file"), pl.all())
