"""Every column, every kind of damage, every form of file: rejected, repaired with a warning or counted.

Nothing is dropped in silence, nothing ends in a traceback, the account balances, and whatever is
accepted is counted in the cube.
"""

import polars as pl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.returns import read
from dashboard.pipeline.returns.cells import NO_DATE
from dashboard.pipeline.returns.contract import KINDS, columns

from .conftest import AREA, GOOD, KEYS, TODAY, TOML, good_rows

CELLS = [(kind, column) for kind in KINDS for column in columns(kind) if column.name in GOOD[kind]]
ROWS = 6

# Kinds of damage to one cell: what its text becomes.
TO_A_CELL = {
    "emptied": lambda text, _: "",
    "a space": lambda text, _: " ",
    "a space around": lambda text, _: f" {text}\u00a0",
    "an invisible character": lambda text, _: f"{text}\u200b",
    "a line break": lambda text, _: f"{text[:1]}\n{text[1:]}",
    "a carriage return": lambda text, _: f"{text}\r",
    "a formula": lambda text, _: f"={text}",
    "an error": lambda text, _: "#REF!",
    "in capitals": lambda text, _: text.upper(),
    "wide": lambda text, _: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() and c.isascii() else c for c in text),
    "misread": lambda text, _: f"{text}â€™",
    "endless": lambda text, _: text + "x" * 300,
    "quoted": lambda text, _: f'"{text}"',
    "a comma": lambda text, _: f"{text},",
    "a list": lambda text, _: f"{text};{text}",
    "a placeholder": lambda text, pick: pick(NO_DATE),
    "a year of two figures": lambda text, _: f"00{text[2:]}",
    "too early": lambda text, _: "1999-12-31",
    "too late": lambda text, pick: pick(["2024-07-01", "2203-05-01", "9999-12-31"]),
    "a number of Excel's": lambda text, _: "43585",
    "absurd": lambda text, pick: pick(["9999", "999999999999", "1e9", "-1", "0.5", "1,234", "<5", "[c]"]),
    "somebody else": lambda text, pick: pick(["QQ123456C", "ann.smith", "0101011234", AREA, "S12000006", "Total"]),
    "untouched": lambda text, _: text,
}


def _to_the_rows(kind, pick):
    """Kinds of damage to a whole file: what its header and rows become."""
    column = pick([column.name for column in columns(kind) if column.name in GOOD[kind]])
    return {
        "nothing": lambda rows: rows,
        "empty rows": lambda rows: [*rows[:2], *[dict.fromkeys(rows[0], "")] * 3, *rows[2:]],
        "a row twice": lambda rows: [*rows, rows[pick(range(ROWS))]],
        "an identifier twice": lambda rows: [*rows, {**rows[0], column: rows[1][column]}],
        "the header again": lambda rows: [*rows[:3], {name: name for name in rows[0]}, *rows[3:]],
        "a total": lambda rows: [*rows, {**dict.fromkeys(rows[0], ""), next(iter(rows[0])): "Total"}],
        "a column left out": lambda rows: [{name: row[name] for name in row if name != column} for row in rows],
        "a column spelled off": lambda rows: [
            {name.title() if name == column else name: row[name] for name in row} for row in rows],
        "a strange column": lambda rows: [{"notes": "x", **row, "remarks": ""} for row in rows],
        "columns in another order": lambda rows: [dict(reversed(row.items())) for row in rows],
        "values a column on": lambda rows: [
            *rows[:-1], dict(zip(rows[-1], ["", *list(rows[-1].values())[:-1]], strict=True))],
    }


def _write(folder, kind, rows, form):
    for leftover in folder.glob("*_S*"):
        leftover.unlink()
    path, frame = folder / f"{kind}_{AREA}.{form}", pl.DataFrame(rows)
    if form == "csv":
        frame.write_csv(path, quote_style="always")
    elif form == "parquet":
        frame.write_parquet(path)
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, cells in enumerate([frame.columns, *frame.rows()]):
                for place, cell in enumerate(cells):
                    sheet.write_string(number, place, cell) if cell else None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_every_row_is_accepted_rejected_or_named_as_left_out(tmp_path, data):
    kind, column = data.draw(some.sampled_from(CELLS))
    form = data.draw(some.sampled_from(["csv", "csv", "parquet", "xlsx"]))
    damage = data.draw(some.lists(some.tuples(some.integers(0, ROWS - 1), some.sampled_from(list(TO_A_CELL))),
                                  min_size=1, max_size=4))
    rows = good_rows(kind, ROWS)
    for row, what in damage:
        rows[row][column.name] = TO_A_CELL[what](rows[row][column.name], lambda few: data.draw(some.sampled_from(few)))
    whole = _to_the_rows(kind, lambda few: data.draw(some.sampled_from(few)))
    rows = whole[data.draw(some.sampled_from(list(whole)))](rows)
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    _write(tmp_path, kind, rows, form)
    found = read(tmp_path, today=TODAY)

    read_, accepted, rejected, warnings = found.account.row(0)[3:]
    assert read_ == accepted + rejected and (accepted, rejected) == (len(getattr(found, kind)), len(found.rejected))
    assert warnings == (found.problems["level"] == "warning").sum()
    reasons = found.problems.filter(pl.col("level") == "row")
    assert set(reasons["row"]) == set(found.rejected["row"])
    assert all(found.problems["rule"].str.len_chars() > 0) and all(found.problems["remedy"].str.len_chars() > 0)
    if (found.problems["level"] == "file").any():
        assert read_ == 0 and len(found.problems) == 1
        return
    left_out = len(rows) - read_
    told = found.problems["rule"].str.extract(r"^([\d,]+) (?:empty rows? w|rows? says? in every cell|rows say)")
    assert left_out == told.drop_nulls().cast(pl.Int64).sum()
    _assert_it_is_counted(found)


def _assert_it_is_counted(found):
    over = lattice.space(found)
    if len(found.participants):
        people = lattice.code(found, over)
        assert len(people["year"]) == len(found.participants)
        assert people["year"].min() >= 0 and people["year"].max() < len(over.years)
    answers = lattice.code_responses(found.experience, over)
    assert len(answers["year"]) == len(found.experience)
    if len(found.spend):
        assert found.spend["spend"].max() <= 100_000_000 and found.spend["financial_year"].min() >= "2018-19"


def test_there_is_a_damage_for_every_column():
    assert {(kind, name) for kind in KINDS for name in GOOD[kind]} == {(kind, column.name) for kind, column in CELLS}
    assert set(KEYS) == set(KINDS)
