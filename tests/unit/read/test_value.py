"""Money against people: shares and ratios of totals."""

import pytest

from dashboard.read import value


def test_shares_add_up_and_need_every_area_in_both():
    rows = value.share_rows({"a": 100.0, "b": 300.0, "c": 50.0}, {"a": 10.0, "b": 10.0, "d": 5.0})
    assert set(rows) == {"a", "b"}
    assert sum(row["funding"] for row in rows.values()) == pytest.approx(100)
    assert rows["a"] == pytest.approx({"funding": 25, "need": 50, "ratio": 0.5, "pounds": 10})
    assert value.share_rows({}, {"a": 1}) == {}


def test_a_pooled_cost_is_not_an_average_of_costs():
    rows = [{"numerator": 100_000.0, "denominator": 100.0}, {"numerator": 900_000.0, "denominator": 100.0}]
    assert value.pooled_cost(rows)["value"] == pytest.approx(5000)
    few = value.pooled_cost([{"numerator": 1.0, "denominator": 25.0}])
    assert few["value"] is None and few["obs_status"] == "c"
