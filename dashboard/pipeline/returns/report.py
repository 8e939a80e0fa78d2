"""Reports: for each partnership a page and its rejected rows as CSV, and for the receiver an index.

Pages are self-contained (no script, no link outwards). Everything that came from a file is escaped.
"""

import re
from html import escape
from pathlib import Path

import polars as pl

from dashboard.pipeline.returns.contract import NOTICE, ReturnsError, area_names, columns
from dashboard.pipeline.returns.marked import mark_copies
from dashboard.pipeline.returns.private import make_private, write_private
from dashboard.pipeline.returns.reading import Returns
from dashboard.pipeline.returns.runs import by_cell, by_fault, name_rows
from dashboard.pipeline.returns.table import ROW

SHOWN = 500           # lines of one table on a page; the rest are in the CSV
OURS = re.compile(r"(?:report|rejected)_S[0-9]{8}\.(?:html|csv)|marked_[a-z]+_S[0-9]{8}\.xlsx|index\.html")
WOULD_BE_A_FORMULA = r"^['=+\-@\t\r\n＝＋－＠]"
STYLE = """
:root { color-scheme: light dark; --soft: light-dark(#f3f6f9, #19242f); --rule: light-dark(#8a96a1, #5a6875);
  --brand: light-dark(#002d54, #8cc4f5); --bad: light-dark(#8a2a06, #ff9d66); }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem 1.5rem 3rem; max-width: 75rem;
  background: light-dark(#fff, #0f1720); color: light-dark(#0b0c0c, #f1f4f6); }
h1, h2 { line-height: 1.25; color: var(--brand); } h2 { margin-top: 2.5rem; }
a { color: var(--brand); } .notice { border: 2px solid var(--rule); padding: .6rem 1rem; font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; }
caption { text-align: left; padding: .3rem 0; }
th, td { border-bottom: 1px solid var(--rule); padding: .35rem .8rem .35rem 0;
  text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.file { white-space: nowrap; }
.value { font-family: ui-monospace, monospace; overflow-wrap: anywhere; min-width: 9rem; }
"""


def write_reports(returns: Returns, out: Path, folder: Path | None = None) -> Path:
    """Write every report into a folder and return the index; reports of an earlier run are replaced.

    `folder`: where the returns lie, for copies with the problem cells marked. Only the owner can read what
    is written. Raises ReturnsError when the folder cannot be written.
    """
    try:
        make_private(out, OURS)
        for leftover in out.iterdir():
            if OURS.fullmatch(leftover.name) and leftover.is_file():
                leftover.unlink()
        copies = mark_copies(returns, folder) if folder else {}
        for name, data in copies.items():
            write_private(out / name, data)
        for area_code in _areas(returns):
            rows = _rejected_rows(returns, area_code)
            if len(rows):
                csv = rows.write_csv(include_bom=True, quote_style="always")
                write_private(out / f"rejected_{area_code}.csv", csv.encode())
            marked = [name for name in copies if area_code in name]
            page = _page_of(returns, area_code, len(rows), marked)
            write_private(out / f"report_{area_code}.html", page.encode())
        write_private(out / "index.html", _index(returns).encode())
    except OSError as error:
        raise ReturnsError(
            f"{out}: the reports cannot be written here: {(error.strerror or '').lower()}"
        ) from error
    return out / "index.html"


def neutralise(frame: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before each text that a spreadsheet would run as a formula.

    A text that begins with an apostrophe gets one more, so taking exactly one leading apostrophe
    away gives every original text back.
    """
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(WOULD_BE_A_FORMULA)).then(pl.lit("'") + text).otherwise(text).name.keep())


def _areas(returns: Returns) -> list[str]:
    found = {*returns.account["area_code"].to_list(), *returns.problems["area_code"].to_list()}
    return sorted(found & area_names().keys())


def _rejected_rows(returns: Returns, area_code: str) -> pl.DataFrame:
    """Every rejected row of a partnership as it stood, with all its reasons first."""
    rows = returns.rejected.filter(pl.col("return_area_code") == area_code).drop("return_area_code")
    reasons = (
        returns.problems.filter((pl.col("level") == "row") & (pl.col("area_code") == area_code))
        .group_by("file", "row", maintain_order=True)
        .agg(
            _joined("rule").alias("what_is_wrong"),
            pl.col("remedy").unique(maintain_order=True).str.join("; ").alias("how_to_mend_it"),
        )
    )
    rows = rows.join(reasons, on=["file", "row"], how="left", maintain_order="left")
    used = {column.name for kind in rows["kind"].unique() for column in columns(kind)} | {"text"}
    filled = [name for name in rows.columns if name in used and (name != "text" or rows[name].count())]
    rows = rows.sort("file", ROW).select("file", ROW, "what_is_wrong", "how_to_mend_it", *filled)
    return neutralise(rows.rename({"text": "whole_row_as_sent"}, strict=False))


def _joined(rule: str) -> pl.Expr:
    named = (
        pl.when(pl.col("column") != "").then(pl.col("column") + ": " + pl.col(rule)).otherwise(pl.col(rule))
    )
    return named.str.join("; ")


def _page_of(returns: Returns, area_code: str, rejected: int, marked: list[str]) -> str:
    account = returns.account.filter(pl.col("area_code") == area_code)
    problems = returns.problems.filter(pl.col("area_code") == area_code)
    by_level = {level: problems.filter(pl.col("level") == level) for level in ("file", "row", "warning")}
    name = area_names()[area_code]
    parts = [
        _opening(returns, account, by_level["file"]),
        _files(by_level["file"]), _summary("What to do", by_level["row"]), _marked(marked, rejected),
        _summary("Please check", by_level["warning"],
                 "These are unlikely but possible. Nothing was rejected because of them."),
        _account(account, by_level["file"]),
        _listed("Rows that were rejected", by_level["row"], f"rejected_{area_code}.csv" if rejected else ""),
        _listed("Warnings, one by one", by_level["warning"].filter(pl.col("row") > 1), ""),
        _advice(area_code, bool(rejected)),
    ]
    return _document(f"{name} ({area_code}): return for {returns.edition}", parts, returns.synthetic)


def _marked(names: list[str], rejected: int) -> str:
    """The copies with the problem cells marked, beside the page."""
    if not names:
        return "" if not rejected else ("<p>These returns are too large for copies with the problem cells marked: "
                                        "check a folder with the files of one partnership.</p>")
    files = ", ".join(f"<code>{name}</code>" for name in names)
    return (f"<p>A copy with each problem cell coloured, and what to do in its note: {files}. Mend it there, give it "
            "the name of the file you sent (ending in .xlsx), and send it in its place. It holds the columns of the "
            "guidance alone.</p>")


def _opening(returns: Returns, account: pl.DataFrame, faults: pl.DataFrame) -> str:
    read, accepted, rejected = (account[f"rows_{part}"].sum() for part in ("read", "accepted", "rejected"))
    rows = f"{read:,} rows were read: {accepted:,} accepted and {rejected:,} rejected."
    whole = (
        f" {len(faults)} {'file was' if len(faults) == 1 else 'files were'} rejected whole."
        if len(faults)
        else ""
    )
    verdict = (
        '<p class="bad">This return needs mending. The accepted rows are used; what was rejected is not, '
        "until it is sent again.</p>"
        if rejected or len(faults)
        else "<p>Everything was accepted. There is nothing you must do.</p>"
    )
    return f"<p>Cut-off {returns.cut_off}. {escape(rows + whole)}</p>{verdict}"


def _account(account: pl.DataFrame, faults: pl.DataFrame) -> str:
    whole = set(faults["file"].to_list())
    rows = [(f'<th scope="row" class="file">{escape(file)}</th>', *(_number(n) for n in counts),
             _cell(_result(file in whole, counts[2], counts[0])))
            for _, _, file, *counts in account.iter_rows()]
    heads = ["File", *(f"!{head}" for head in ("Rows read", "Accepted", "Rejected", "Warnings")), "Result"]
    return _table("The account: rows read = accepted + rejected", heads, rows)


def _result(is_whole: bool, rejected: int, read: int) -> str:
    if is_whole:
        return "file rejected whole"
    return "every row accepted" if not rejected else f"{rejected:,} of {read:,} rows rejected"


def _files(faults: pl.DataFrame) -> str:
    if not len(faults):
        return ""
    rows = [(f'<th scope="row" class="file">{escape(each["file"])}</th>', _cell(_place(each) + each["rule"]),
             _cell(each["remedy"])) for each in faults.iter_rows(named=True)]
    return "<h2>Files that were rejected whole</h2>" + _table(
        "None of the rows of these files is used", ["File", "What is wrong", "How to mend it"], rows)


def _place(problem: dict) -> str:
    return f"row {problem['row']}: " if problem["row"] else ""


def _summary(heading: str, problems: pl.DataFrame, note: str = "") -> str:
    """The kinds of problem by what to do about them, most frequent first."""
    if not len(problems):
        return ""
    kinds = by_fault(problems).sort("times", descending=True, maintain_order=True)
    rows = [(_cell(each["remedy"]), _cell(each["column"]), _cell(each["rule"]),
             f'<td class="file">{escape(each["file"])}</td>', _number(each["times"]), _rows(each["rows"]))
            for each in kinds.head(SHOWN).iter_rows(named=True)]
    heads = ["What to do", "Column", "What is wrong", "File", "!How often", "!Rows"]
    return f"<h2>{escape(heading)}</h2><p>{escape(note)}</p>" + _table(
        f"{heading}: most frequent first", heads, rows
    )


def _listed(heading: str, problems: pl.DataFrame, csv: str) -> str:
    """Every wrong value with the rows it stands in; rows that say the same are one line."""
    if not len(problems):
        return ""
    cells = by_cell(problems)
    rows = [(f'<td class="file">{escape(each["file"])}</td>', _rows(each["rows"]), _cell(each["column"]),
             f'<td class="value">{escape(each["value"])}</td>', _cell(each["rule"]), _cell(each["remedy"]))
            for each in cells.head(SHOWN).iter_rows(named=True)]
    more = f"The first {SHOWN:,} of {len(cells):,} are shown. " if len(cells) > SHOWN else ""
    link = f'All rejected rows, as you sent them, are in <a href="{csv}">{csv}</a>. ' if csv else ""
    heads = ["File", "!Row", "Column", "What it says", "What is wrong", "How to mend it"]
    return f"<h2>{escape(heading)}</h2><p>{more}{link}</p>" + _table(
        f"{heading}: in the order of the file", heads, rows
    )


def _rows(rows: list[int]) -> str:
    named = name_rows(rows).removeprefix("rows ").removeprefix("row ") if rows else ""
    return f'<td class="number">{named}</td>'


def _advice(area_code: str, has_rows: bool) -> str:
    csv = (f"<li>In <code>rejected_{area_code}.csv</code> an apostrophe (') was put before any text that a "
           "spreadsheet would run as a formula, and before any that already began with an apostrophe. Take "
           "exactly one away to get the text as you sent it.</li>" if has_rows else "")
    return (
        "<h2>Sending it again</h2><ul>"
        "<li>Mend the rows in your own system, then send the <strong>whole</strong> "
        "file again: a return is a full register, not a list of changes.</li>"
        "<li>Row 1 is the row with the column names, so the numbers match what a spreadsheet shows.</li>"
        "<li>One row can have several problems, each with a line of its own; "
        "rows with the same problem share one.</li>"
        f"{csv}<li>This report quotes what you sent. Keep it as carefully as the return, and delete it, "
        "with every file that came with it, once the return you sent again is accepted.</li></ul>"
    )


def _index(returns: Returns) -> str:
    """Every file of the edition, for the receiver."""
    faults = returns.problems.filter(pl.col("level") == "file")
    whole, names = set(faults["file"].to_list()), area_names()
    rows = [(_linked(area_code, names), f'<th scope="row" class="file">{escape(file)}</th>',
             *(_number(n) for n in counts), _cell(_result(file in whole, counts[2], counts[0])))
            for area_code, _, file, *counts in returns.account.iter_rows()]
    heads = [
        "Partnership",
        "File",
        *(f"!{head}" for head in ("Rows read", "Accepted", "Rejected", "Warnings")),
        "Result",
    ]
    strays = _listed("Files that could not be placed", returns.problems.filter(
        ~pl.col("area_code").is_in(list(names))), "")
    missing = ", ".join(names[code] for code in returns.missing) or "none"
    parts = [
        _opening(returns, returns.account, faults),
        _table("Every file of this edition", heads, rows),
        strays,
        f"<h2>No participants file from</h2><p>{escape(missing)}</p>",
        "<h2>How long to keep this folder</h2><p>It quotes what was sent, and holds rejected rows whole. Send each "
        "partnership its own files. Delete the folder once the returns are accepted, at the latest when the edition is "
        "published.</p>",
    ]
    return _document(f"Returns for {returns.edition}", parts, returns.synthetic)


def _linked(area_code: str, names: dict[str, str]) -> str:
    if area_code not in names:
        return _cell("not known")
    return f'<td><a href="report_{area_code}.html">{escape(names[area_code])}</a></td>'


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _number(number: int | None) -> str:
    return f'<td class="number">{"" if number is None else f"{number:,}"}</td>'


def _table(caption: str, heads: list[str], rows: list[tuple[str, ...]]) -> str:
    """A table; a heading that begins with '!' stands over numbers."""
    head = "".join(
        f'<th scope="col"{" class=number" if each[0] == "!" else ""}>{escape(each.lstrip("!"))}</th>'
        for each in heads
    )
    body = "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows)
    return (f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
            f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n"
        f"{body}</tbody></table></div>")


def _document(title: str, parts: list[str], is_synthetic: bool) -> str:
    notice = f'<p class="notice">{NOTICE}</p>' if is_synthetic else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>{STYLE}</style></head>\n<body><main>\n<h1>{escape(title)}</h1>\n{notice}\n"
        + "\n".join(part for part in parts if part)
        + "\n</main></body></html>\n"
    )
