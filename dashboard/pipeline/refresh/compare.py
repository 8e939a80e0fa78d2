"""What a file would change: figures that are new, revised, confirmed, as held, or gone."""

from dataclasses import dataclass, field
from datetime import date

from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh.held import PERIODS, SOURCES, Held
from dashboard.pipeline.refresh.numbers import same_figure
from dashboard.pipeline.refresh.readers import Reader
from dashboard.pipeline.refresh.reading import Figure

NEW, REVISED, CONFIRMED, AS_HELD, GONE = "new", "revised", "confirmed", "as held", "gone"
KEY = ("measure", "area_code", "period", "programme", "characteristic", "category")
THIRD_PARTY = "through a third party"
READ = "_read_"


@dataclass
class Changes:
    """What one file says beside what is held: lines to show by kind, and the rows to add by table."""

    reader: Reader
    lines: dict[str, list[str]] = field(default_factory=lambda: {
        kind: [] for kind in (NEW, REVISED, CONFIRMED, AS_HELD, GONE)})
    rows: dict[str, list[dict]] = field(default_factory=dict)
    source: dict = field(default_factory=dict)
    periods: list[dict] = field(default_factory=list)

    def by_kind(self) -> dict[str, list[str]]:
        return self.lines

    def additions(self) -> dict[str, list[dict]]:
        """New rows by table: figures, their source and the periods they need; nothing where no figure is added."""
        if not any(self.rows.values()):
            return {}
        return self.rows | {SOURCES: [self.source], PERIODS: self.periods}


def compare(figures: list[Figure], reader: Reader, held: Held, today: date) -> Changes:
    """Lay a file's figures beside the newest that is held of each.

    A figure that is held, to the decimals held, stays under the edition it came from. One that was read through a
    third party is confirmed: it stands again under the publisher's own file. Raises BuildError where words of the
    reader do not fit a table.
    """
    changes = Changes(reader, source=_source(figures, reader, held, today))
    sources = {row["source_id"]: row for row in held.rows(SOURCES)}
    known_periods = {row["period"] for row in held.rows(PERIODS)}
    newest, seen = {}, set()
    for figure in figures:
        table = held.published(figure.kind.collection)
        if table not in newest:
            newest[table] = _newest(held, table, sources)
        row = _row(figure, held.columns(table), changes.source["source_id"], table)
        key = _key(row)
        seen.add((table, key))
        kind, line = _judge(row, newest[table].get(key), figure, sources)
        changes.lines[kind].append(line)
        if kind in (NEW, REVISED, CONFIRMED):
            changes.rows.setdefault(table, []).append(row)
            if figure.period["period"] not in known_periods:
                known_periods.add(figure.period["period"])
                changes.periods.append(figure.period)
    for table, rows in newest.items():
        changes.lines[GONE] += [_name(row) for key, row in rows.items() if (table, key) not in seen
                                and row["source_id"].startswith(reader.source["source_id"] + READ)]
    return changes


def _row(figure: Figure, columns: list[str], source_id: str, table: str) -> dict:
    """The figure as a row of its table."""
    everyone = {name: "all" for name in ("characteristic", "category") if name in columns}
    put = {column: figure.numbers[word].text for column, word in figure.kind.put.items() if word in figure.numbers}
    margin, value = figure.numbers.get("margin"), figure.main.value
    if margin and margin.value is not None and value is not None:
        put |= {"lower_ci": f"{value - margin.value:f}", "upper_ci": f"{value + margin.value:f}"}
    dates = {f"period_{end}": figure.period[f"{end}_date"] for end in ("start", "end") if f"period_{end}" in columns}
    place = {"area_code": figure.area_code, "period": figure.period["period"], "obs_status": figure.main.mark,
             "source_id": source_id, "source_page": figure.page}
    row = place | everyone | dates | figure.kind.fixed | put
    if unknown := row.keys() - set(columns):
        raise BuildError(f"{figure.kind.collection}.csv has no column '{min(unknown)}'; expected one for the reader")
    return {column: row.get(column, "") for column in columns}


def _key(row: dict) -> tuple:
    return tuple(row.get(column) or "" for column in KEY)


def _newest(held: Held, table: str, sources: dict) -> dict[tuple, dict]:
    """The row of each figure's newest edition; an undated edition never replaces a dated one."""
    newest = {}
    for row in sorted(held.rows(table), key=lambda row: (sources[row["source_id"]]["edition_date"], row["source_id"])):
        newest[_key(row)] = row
    return newest


def _judge(row: dict, there: dict | None, figure: Figure, sources: dict) -> tuple[str, str]:
    """Which kind of difference a row is, and the line that says so. A confirmed row takes the text that is held."""
    columns = [column for column in (*figure.kind.put, "lower_ci", "upper_ci") if column in row]
    if there is None:
        return NEW, f"{_name(row)}: {_figures(row, figure)}"
    changed = [column for column in columns if not same_figure(there.get(column) or "", row[column])
               and (row[column] or column in figure.kind.put)]
    has_other_mark = figure.main.value is None and (there.get("obs_status") or "x") != figure.main.mark
    if changed or has_other_mark:
        was_and_is = (f"{column} {_shown(there, column)} to {_shown(row, column)}" for column in changed or columns[:1])
        return REVISED, f"{_name(row)}: {', '.join(was_and_is)}"
    if THIRD_PARTY in sources[there["source_id"]]["title"]:
        row.update({column: there.get(column) or "" for column in columns if there.get(column)})
        return CONFIRMED, f"{_name(row)}: {_figures(row, figure)}"
    return AS_HELD, _name(row)


def _name(row: dict) -> str:
    return " ".join(each for each in (row.get("measure"), row["area_code"], row["period"]) if each)


def _figures(row: dict, figure: Figure) -> str:
    return ", ".join(f"{column} {_shown(row, column)}" for column in figure.kind.put)


def _shown(row: dict, column: str) -> str:
    """The figure with its marks, or the mark that stands for it."""
    marks = (row.get("obs_status") or ("" if row.get(column) else "x")).split()
    return " ".join([*([row[column]] if row.get(column) else []), *(f"[{mark}]" for mark in marks)])


def _source(figures: list[Figure], reader: Reader, held: Held, today: date) -> dict:
    """The edition of this file: named after the day it was read, as the file does not say which edition it is."""
    taken = {row["source_id"] for row in held.rows(SOURCES)}
    name = f"{reader.source['source_id']}{READ}{today:%Y_%m_%d}"
    number = 1
    while (source_id := name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    newest = max(figures, key=lambda figure: figure.period["end_date"]).period["label"]
    return reader.source | {
        "source_id": source_id, "edition": f"read {today.day} {today:%B %Y}, newest figures of {newest}",
        "edition_date": today.isoformat(), "accessed": today.isoformat()}
