"""`outcomes check`: the account of a folder of returns in the terminal, and the reports beside it."""

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.measure import Measurement
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from dashboard.pipeline.returns.contract import ReturnsError, area_names
from dashboard.pipeline.returns.reading import Returns, read
from dashboard.pipeline.returns.report import NOTICE, write_reports

SHOWN = 20      # problems of one file in the terminal; the report has them all


def check(folder: Path, out: Path | None = None, console: Console | None = None,
          previous: Path | None = None) -> bool:
    """Check a folder, print the account, write the reports to `out`
    (default: beside the folder, named after it with `-report`).

    True when every row and file was accepted. `previous`: the edition before, to warn of ages that jump.
    Raises ReturnsError for what stops the whole folder.
    """
    console = console or Console()
    folder = Path(folder).resolve()
    out = Path(out).resolve() if out else folder.with_name(f"{folder.name}-report")
    if out == folder:
        raise ReturnsError(f"{out}: reports cannot lie among the returns; choose another folder")
    returns = read(folder, previous)
    index = write_reports(returns, out)
    _print(console, f"Edition {returns.edition}, cut-off {returns.cut_off}")
    if returns.synthetic:
        _print(console, NOTICE)
    _print_table(console, _account(returns))
    for line in _problems(returns):
        _print(console, line)
    for line in _totals(returns):
        _print(console, line)
    _print(console, f"Reports: {index}")
    return returns.is_clean


def _account(returns: Returns) -> Table:
    whole = set(_of(returns, "file")["file"].to_list())
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("File", no_wrap=True, overflow="ignore")
    for heading in ("Read", "Accepted", "Rejected", "Warnings"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Result", no_wrap=True)
    for _, _, file, *counts in returns.account.iter_rows():
        result = "file rejected" if file in whole else "rows rejected" if counts[2] else "accepted"
        table.add_row(
            Text(file),
            *(f"{count:,}" for count in counts),
            Text(result, "red" if result != "accepted" else ""),
        )
    return table


def _problems(returns: Returns) -> list[str]:
    """One line a problem: file, row, column, value, rule, remedy; warnings follow, by their kinds."""
    lines = []
    for file in returns.problems["file"].unique(maintain_order=True).to_list():
        found = returns.problems.filter(pl.col("file") == file)
        is_warning = pl.col("level") == "warning"
        faults, warnings = found.filter(~is_warning), found.filter(is_warning)
        lines += ["", *(_line(each) for each in faults.head(SHOWN).iter_rows(named=True))]
        if len(faults) > SHOWN:
            lines.append(f"{file}: and {len(faults) - SHOWN:,} more problems, all in the report")
        lines += [_line(each, "warning: ") for each in warnings.head(SHOWN // 4).iter_rows(named=True)]
        if len(warnings) > SHOWN // 4:
            lines.append(f"{file}: and {len(warnings) - SHOWN // 4:,} more warnings, in the report")
    return lines


def _line(problem: dict, mark: str = "") -> str:
    row = f", row {problem['row']}" if problem["row"] else ""
    column = f", column {problem['column']}" if problem["column"] else ""
    value = f", '{problem['value']}'" if problem["value"] else ""
    level = " (whole file rejected)" if problem["level"] == "file" else ""
    where = f"{problem['file']}{row}{column}{value}"
    return f"{where}: {mark}{problem['rule']}{level}. To mend: {problem['remedy']}."


def _totals(returns: Returns) -> list[str]:
    read, accepted, rejected = (
        returns.account[f"rows_{part}"].sum() for part in ("read", "accepted", "rejected")
    )
    files, warnings = len(_of(returns, "file")), len(_of(returns, "warning"))
    names = ", ".join(area_names()[code] for code in returns.missing)
    missing = [
        f"No participants file from {len(returns.missing)} of {len(area_names())} partnerships: {names}"
    ]
    return ["", f"Rows read {read:,} = {accepted:,} accepted + {rejected:,} rejected; "
            f"files rejected whole: {files:,}; warnings: {warnings:,}", *(missing if names else [])]


def _of(returns: Returns, level: str) -> pl.DataFrame:
    return returns.problems.filter(pl.col("level") == level)


def _print(console: Console, line: str) -> None:
    """A line as it is: never wrapped, cut or read as markup, so that file names stay whole."""
    console.print(Text(line), soft_wrap=True, highlight=False)


def _print_table(console: Console, table: Table) -> None:
    """A table as wide as it needs, whatever the width of the terminal."""
    options = console.options.update(max_width=10_000)
    options = options.update(width=Measurement.get(console, options, table).maximum)
    for line in console.render_lines(table, options, pad=False):
        console.print(Segments([*line, Segment.line()]), soft_wrap=True, end="")
