"""The range of a rate of records, on counts that can be checked on paper."""

import pytest

from dashboard.catalogue import OF_RECORDS
from dashboard.read import recorded

ROW = {"area_code": "S1", "period": "2023-24", "category": "all", "starts": 100, "entered": 60, "in_13": 20, "in_26": 15,
       "in_52": 10, "out_13": 5, "out_26": 12, "out_52": None}


@pytest.mark.parametrize(("indicator_id", "lowest", "highest"), [
    ("in_work_at_13_weeks", 20, 55), ("in_work_at_26_weeks", 15, 48), ("in_work_at_52_weeks", 10, 55),
    ("job_lasted_13_weeks", 100 * 20 / 60, 100 * 55 / 60)])
def test_every_unrecorded_job_is_over_or_goes_on(indicator_id, lowest, highest):
    found = recorded.known_range([ROW], recorded.MILESTONES[indicator_id])
    assert (found["lowest"], found["highest"]) == pytest.approx((lowest, highest))


def test_rows_of_records_and_no_others_carry_their_range():
    rows = [{"indicator_id": name, "area_code": "S1", "period": "2023-24", "value": 20.0} for name in (OF_RECORDS[0], "entered_work")]
    first, second = recorded.with_range(rows, lambda _: [ROW])
    assert (first["lowest"], first["highest"]) == pytest.approx((20.0, 55.0)) and "lowest" not in second
    missing, = recorded.with_range([rows[0] | {"period": "2022-23, 2023-24"}], lambda _: [ROW])
    assert missing["lowest"] is None and missing["highest"] is None
