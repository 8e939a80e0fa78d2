"""`outcomes check`: the account of a folder of returns in the terminal, and the reports beside it."""

import re
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.measure import Measurement
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from dashboard.pipeline.returns.contract import NOTICE, ReturnsError, area_names
from dashboard.pipeline.returns.reading import Returns, read
from dashboard.pipeline.returns.report import write_reports
from dashboard.pipeline.returns.runs import EACH, by_fault, name_rows

SHOWN = 20      # kinds of problem of one file in the terminal; the report has them all
VALUES = 3      # values of a fault that are quoted
OF_THE_ROW = re.compile(r" \((?!first in row)[^()]*[0-9][^()]*\)")      # what another cell of the row says
OF_THE_VALUE = re.compile(r"write (?!it like)")                          # what the cell plainly means


def check(folder: Path, out: Path | None = None, console: Console | None = None,
          previous: Path | None = None, show_values: bool = False) -> bool:
    """Check a folder, print the account, write the reports to `out`
    (default: beside the folder, named after it with `-report`).

    True when every row and file was accepted. `previous`: the returns before, to tell what changed.
    `show_values`: print what the cells say too, which may be about people; else only the reports do.
    Raises ReturnsError for what stops the whole folder.
    """
    console = console or Console()
    folder = Path(folder).resolve()
    out = Path(out).resolve() if out else folder.with_name(f"{folder.name}-report")
    if out == folder:
        raise ReturnsError(f"{out}: reports cannot lie among the returns; choose another folder")
    returns = read(folder, previous)
    index = write_reports(returns, out, folder)
    _print(console, f"Edition {returns.edition}, cut-off {returns.cut_off}")
    if returns.synthetic:
        _print(console, NOTICE)
    _print_table(console, _account(returns))
    for line in _problems(returns, show_values):
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


def _problems(returns: Returns, show_values: bool) -> list[str]:
    """One line a fault of a file, whole files and rows first, then warnings; a run of rows is one line."""
    is_warning = pl.col("level") == "warning"
    faults = _lines(returns.problems.filter(~is_warning), show_values, "problem")
    return faults + _lines(returns.problems.filter(is_warning), show_values, "warning")


def _lines(problems: pl.DataFrame, show_values: bool, what: str) -> list[str]:
    lines = []
    for (file,), found in by_fault(problems).group_by("file", maintain_order=True):
        lines += ["", *(_line(each, show_values) for each in found.head(SHOWN).iter_rows(named=True))]
        if len(found) > SHOWN:
            lines.append(f"{file}: and {len(found) - SHOWN:,} more kinds of {what}, all in the report")
    return lines


def _line(fault: dict, show_values: bool) -> str:
    """A fault with its file, rows, column, rule and remedy; what the cells say only if asked for."""
    fault = fault if show_values else _without_values(fault)
    rows = f", {name_rows(fault['rows'])}" if fault["rows"] else ""
    column = f", column {fault['column']}" if fault["column"] else ""
    values = [f"'{value}'" for value in fault["values"][:VALUES]] + ["and more"] * (len(fault["values"]) > VALUES)
    value = f", {', '.join(values)}" if values else ""
    mark = "warning: " if fault["level"] == "warning" else ""
    level = " (whole file rejected)" if fault["level"] == "file" else ""
    times = f" ({fault['times']:,} times)" if fault["times"] > 1 else ""
    return f"{fault['file']}{rows}{column}{value}: {mark}{fault['rule']}{level}{times}. To mend: {fault['remedy']}."


def _without_values(fault: dict) -> dict:
    """A fault of rows without what their cells say, nor what may be read from its rule and remedy."""
    if not fault["rows"] or fault["rows"][0] == 1:     # the header, or the file
        return fault | {"values": []}
    remedy = EACH if OF_THE_VALUE.match(fault["remedy"]) else fault["remedy"]
    return fault | {"values": [], "rule": OF_THE_ROW.sub("", fault["rule"]), "remedy": remedy}


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
