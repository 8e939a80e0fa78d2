"""Whatever is done to a file: read = accepted + rejected, nothing is lost and nothing wrong is accepted."""

import csv
import io
from datetime import date

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard.pipeline.returns import ReturnsError, read
from dashboard.pipeline.returns.report import WOULD_BE_A_FORMULA, neutralise

from .conftest import AREA, PERSON, TODAY, TOML, good_rows

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAME = f"participants_{AREA}.csv"
PROGRAMMES = ("nolb", "fss", "employability_fund", "community_jobs_scotland", "activity_agreements", "seri",
              "fund_14_19", "discovering_your_potential", "other")
CELL = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        [
            "",
            " ",
            "yes",
            "female",
            "2023-05-01",
            "2024-02-30",
            "=1",
            '"',
            ",",
            "\n",
            "\r",
            "\r\n",
            "\ufeff",
            "a,b",
            'a"b',
            "45047",
            "14",
            "99",
            "100",
            "-1",
            "P-1",
            AREA,
            "health;housing",
            "\x00",
            "\x85",
        ]
    ),
)


def _read(path, data):
    path.mkdir(exist_ok=True)
    (path / "return.toml").write_text(TOML, encoding="utf-8")
    (path / NAME).write_bytes(data)
    found = read(path, today=TODAY)
    read_, accepted, rejected = found.account.select("rows_read", "rows_accepted", "rows_rejected").row(0)
    assert read_ == accepted + rejected
    assert (accepted, rejected) == (len(found.participants), len(found.rejected))
    return found


def _as_csv(rows, **options):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **options)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@QUICK
@given(damage=some.lists(some.tuples(some.integers(0, 7), some.sampled_from(list(PERSON)), CELL), max_size=8),
       quoting=some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), end=some.sampled_from(["\n", "\r\n"]))
def test_any_cells_leave_every_row_accepted_or_rejected(tmp_path, damage, quoting, end):
    rows = good_rows(count=8)
    for row, column, value in damage:
        rows[row][column] = value
    if any("\r" in value for _, _, value in damage):
        quoting = csv.QUOTE_ALL     # the writer would leave a bare carriage return unquoted
    untouched = set(range(8)) - {row for row, _, _ in damage}
    found = _read(tmp_path / "any", _as_csv(rows, quoting=quoting, lineterminator=end))
    if found.problems["level"].eq("file").any():
        assert any("\0" in value for _, _, value in damage)
        return
    # A row that says in every cell what an earlier one says is read once.
    rows = list({tuple(value.replace("\r\n", "\n") for value in row.values()): row for row in rows}.values())
    sent = [row["participant_id"].replace("\r\n", "\n") for row in rows]
    kept = found.participants["participant_id"].to_list()
    returned = [each or "" for each in found.rejected["participant_id"].to_list()]
    assert sorted(kept + returned) == sorted(sent)
    assert len(set(kept)) == len(kept)
    assert {f"P-{row + 1}" for row in untouched if sent.count(f"P-{row + 1}") == 1} <= set(kept)
    _assert_contract(found.participants)
    reasons = found.problems.filter(found.problems["level"] == "row")
    assert set(reasons["row"]) == set(found.rejected["row"])
    assert reasons["rule"].str.len_chars().min() is None or reasons["rule"].str.len_chars().min() > 0


def _assert_contract(people):
    """What was accepted keeps the promises of the contract, checked without the reader's own rules."""
    for each in people.iter_rows(named=True):
        assert each["area_code"] == AREA and each["programme"] in PROGRAMMES
        assert date(2018, 4, 1) <= each["start_date"] <= date(2024, 6, 30)
        assert each["age"] is None or 14 <= each["age"] <= 99
        assert each["sex"] in ("female", "male", "unknown", "prefer_not_to_say")
        for name in ("support_end_date", "employment_start_date", "training_date"):
            assert each[name] is None or each["start_date"] <= each[name] <= date(2024, 6, 30)
        assert each["referral_date"] is None or each["referral_date"] <= each["start_date"]


@QUICK
@given(
    cuts=some.lists(
        some.tuples(some.integers(0, 3000), some.binary(max_size=4), some.integers(0, 3)), max_size=6
    )
)
def test_any_bytes_leave_an_account_that_balances(tmp_path, cuts):
    data = bytearray(_as_csv(good_rows(count=6), lineterminator="\n"))
    for place, inserted, removed in cuts:
        data[place:place + removed] = inserted
    found = _read(tmp_path / "bytes", bytes(data))
    _assert_contract(found.participants)


@QUICK
@given(lines=some.lists(some.text(alphabet='ab",\n;\r\ufeff=é', max_size=30), max_size=8))
def test_any_lines_leave_each_whole_row_accepted(tmp_path, lines):
    """Good rows survive whatever text stands between them, unless it makes a longer cell of them."""
    row = ",".join(PERSON.values())
    good = [row.replace("P-1", f"P-{number}", 1) for number in range(len(lines) + 1)]
    mixed = [text for pair in zip(good, [*lines, ""], strict=True) for text in pair]
    found = _read(tmp_path / "lines", "\n".join([",".join(PERSON), *mixed]).encode())
    assert found.participants["participant_id"].to_list() == [f"P-{number}" for number in range(len(good))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=some.one_of(some.text(max_size=60), some.binary(max_size=60)))
def test_any_edition_is_read_or_refused_in_one_sentence(tmp_path, text):
    path = tmp_path / "edition"
    path.mkdir(exist_ok=True)
    (path / NAME).write_bytes(_as_csv(good_rows()))
    (path / "return.toml").write_bytes(
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    )
    try:
        read(path, today=TODAY)
    except ReturnsError as error:
        assert "return.toml" in str(error)


@QUICK
@given(
    texts=some.lists(some.text(max_size=8), min_size=1),
    first=some.sampled_from(["", "=", "'", "+", "-", "@", "\t"]),
)
def test_an_apostrophe_makes_formulas_harmless_and_can_be_taken_away(texts, first):
    frame = pl.DataFrame({"cell": [first + text for text in texts]})
    safe = neutralise(frame)["cell"]
    assert not safe.str.contains(WOULD_BE_A_FORMULA.replace("'", "", 1)).any()
    back = pl.Series("cell", [text.removeprefix("'") for text in safe])
    assert back.equals(frame["cell"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=some.lists(some.tuples(some.integers(0, 20_000), some.binary(max_size=6), some.integers(0, 6)),
                         min_size=1, max_size=4),
       extension=some.sampled_from(["parquet", "xlsx"]))
def test_any_bytes_of_an_archive_are_read_or_refused(tmp_path, damage, extension):
    path = tmp_path / extension
    path.mkdir(exist_ok=True)
    (path / "return.toml").write_text(TOML, encoding="utf-8")
    buffer, frame = io.BytesIO(), pl.DataFrame(good_rows(count=20))
    frame.write_parquet(buffer) if extension == "parquet" else frame.write_excel(buffer)
    data = bytearray(buffer.getvalue())
    for place, inserted, removed in damage:
        place %= len(data)
        data[place:place + removed] = inserted
    (path / f"participants_{AREA}.{extension}").write_bytes(data)
    found = read(path, today=TODAY)
    assert (
        found.account["rows_read"] == found.account["rows_accepted"] + found.account["rows_rejected"]
    ).all()
    assert len(found.account) == 1
    _assert_contract(found.participants)


def test_text_in_parquet_that_is_not_utf_8_is_refused(tmp_path):
    """The columnar reader itself would pass it on."""
    buffer = io.BytesIO()
    pl.DataFrame(good_rows()).write_parquet(buffer, compression="uncompressed", use_pyarrow=False)
    data = buffer.getvalue().replace(b"heterosexual", b"h\xffterosexual")
    (tmp_path / "return.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / f"participants_{AREA}.parquet").write_bytes(data)
    found = read(tmp_path, today=TODAY)
    assert found.problems["level"].to_list() == ["file"] and not len(found.participants)
