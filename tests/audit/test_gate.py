"""The gate's own cube, attacked by the attacker that knows nothing of the gate."""

import datetime as dt
from types import SimpleNamespace

import polars as pl
import pytest

from dashboard.pipeline.disclosure import gate
from dashboard.pipeline.disclosure.audit import audit, sample, slices

KEY = bytes(range(40))


@pytest.fixture(scope="module")
def early_returns(make_returns):
    """Starts of 2018-19 alone, cut off at its end, so that there is one year to solve."""
    given = make_returns(people=300, seed=12)
    earlier = given.participants.with_columns(pl.selectors.date().dt.offset_by("-6y"))
    progress = pl.DataFrame(schema={
        "area_code": pl.String, "participant_id": pl.String, "domain": pl.String, "instrument": pl.String,
        "wave": pl.String, "date": pl.Date, "item": pl.String, "score": pl.Float64})
    experience = pl.DataFrame(schema={"area_code": pl.String, "date": pl.Date, "statement": pl.String,
                                      "answer": pl.String})
    account = pl.DataFrame(schema={"area_code": pl.String, "rows_read": pl.Int64, "rows_rejected": pl.Int64})
    return SimpleNamespace(edition="2018-Q4", cut_off=dt.date(2019, 3, 31), participants=earlier, due=None,
                           progress=progress, experience=experience, account=account, received={})


def test_what_the_gate_lets_through_withstands_the_attack(early_returns, write_extract, monkeypatch):
    protected = gate.protect(early_returns, KEY, processes=1)
    path = write_extract(protected.protected_count, table_family=protected.table_family,
                         data_quality=protected.data_quality)
    monkeypatch.setattr(sample, "QUICK_PLACES", (1, 3))
    monkeypatch.setattr(sample, "kinds", lambda model: list(slices.kinds(model))[::9])
    report = audit(path, early_returns, key=KEY)
    # So few people: shares of counts say little here, single counts everything.
    assert not [failure for failure in report.failures if not failure.is_target]
    assert min(row.width for row in report.table) == 4
    assert max(row.furthest for row in report.table) <= 9
    assert sum(row.cells for row in report.table) > 40_000
