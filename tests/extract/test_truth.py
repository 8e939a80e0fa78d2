"""The quick part of `benchmarks/truth.py`: the shipped counts taken as the truth, drawn, rounded and given intervals again."""

import shutil

import duckdb
import numpy as np
import pandas as pd
import pytest

from benchmarks import truth
from dashboard import paths
from dashboard.methods.thresholds import FEWEST_RELIABLE

RUNS = 30


@pytest.fixture(scope="module")
def rates(tmp_path_factory):
    """Every rate of the shipped extract on 50 people or more, with the share of redrawn editions that hold it."""
    folder, name = paths.DATA / "extract", (paths.DATA / "extract" / "current").read_text(encoding="utf-8").strip()
    # A copy: one process may not open a file twice in two ways, and others open the shipped one guarded.
    copy = shutil.copy(folder / name, tmp_path_factory.mktemp("truth"))
    with duckdb.connect(str(copy), read_only=True) as con:
        held = con.execute(
            "select o.indicator_id, area_code, least(numerator, denominator)::bigint as x, denominator::bigint as n "
            "from observation as o inner join indicator as i using (indicator_id) where o.data_class = 'returns' "
            "and i.measure = 'percentage' and denominator >= $fewest", {"fewest": FEWEST_RELIABLE}).df()
    pairs = held[["x", "n"]].drop_duplicates()
    found = truth.coverage(pairs.x.to_numpy(), pairs.n.to_numpy(), RUNS, np.random.default_rng(2026))
    return held.merge(pairs.assign(held=found), on=["x", "n"])


def test_no_kind_of_interval_is_under_ninety_three_of_a_hundred(rates):
    assert rates.indicator_id.nunique() > 12
    assert rates.groupby("indicator_id").held.mean().min() >= truth.LEAST


def test_nor_is_any_size_of_base_or_any_rate_the_rarest_included(rates):
    share = pd.cut((rates.x + 0.5) / (rates.n + 1), truth.SHARES, right=False)
    for group in (pd.cut(rates.n, truth.BASES, right=False), share):
        by = rates.groupby(group, observed=True).held.agg(["mean", "size"])
        assert by[by["size"] >= 20]["mean"].min() >= truth.LEAST, by


def test_steadied_estimates_hold_in_areas_unlike_the_others():
    """Bases and rates as on the three islands and Argyll and Bute, beside 28 areas alike."""
    base = np.array([95, 115, 190, 440] + [400, 600, 900, 1300, 2200, 5200, 700] * 4)
    rate = np.array([0.53, 0.31, 0.61, 0.50] + [0.22, 0.27, 0.30, 0.33, 0.37, 0.25, 0.30] * 4)
    held = truth.steadied_coverage(rate, base, 3, 300, np.random.default_rng(2026))
    assert held.mean() >= truth.LEAST and held[:3].min() >= truth.LEAST and held.min() >= 0.9


@pytest.mark.parametrize("tau2", truth.USUAL)
def test_no_more_areas_lie_outside_than_is_said(tau2):
    base = np.array([95, 115, 190, 440] + [400, 600, 900, 1300, 2200, 5200, 700] * 4)
    seen, said, error = truth.false_areas(base, tau2, 400, np.random.default_rng(2026))
    assert np.all(seen <= said * (1 + truth.LEEWAY) + 2 * error) and seen[1] <= 0.15
