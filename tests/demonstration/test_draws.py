"""Draws are whole numbers from a stream that never changes; totals are shared out without losing anyone."""

import numpy as np
import pytest

from dashboard.pipeline.demonstration.draws import Draws, share_out, spread


def test_the_stream_is_the_same_everywhere():
    draws = Draws(2026, 1)
    assert draws.below(1000, 6).tolist() == [671, 157, 941, 948, 945, 645]
    assert draws.between(3, 5, 6).tolist() == [3, 4, 3, 5, 4, 4]
    assert draws.pick([1, 0, 9], 8).tolist() == [2, 2, 2, 2, 0, 2, 2, 2]


def test_branches_differ():
    assert Draws(1, 2, 3).below(10**6, 4).tolist() != Draws(1, 2, 4).below(10**6, 4).tolist()


def test_a_negative_seed_is_a_seed():
    assert Draws(-1).below(100, 5).tolist() == Draws(-1).below(100, 5).tolist()


@pytest.mark.parametrize("per_mille", [0, 20, 500, 1000])
def test_chance_is_what_it_says(per_mille):
    assert abs(Draws(5).chance(per_mille, 200_000).mean() - per_mille / 1000) < 0.004


def test_picking_by_row_follows_each_row():
    row = np.repeat([0, 1], 50_000)
    drawn = Draws(5).pick_by([[1, 3, 0], [0, 0, 2]], row)
    assert abs((drawn[:50_000] == 1).mean() - 0.75) < 0.01
    assert set(drawn[50_000:]) == {2}


def test_sharing_out_keeps_the_total_and_the_proportions():
    parts = share_out(1001, [10, 20, 0, 70])
    assert sum(parts) == 1001 and parts[2] == 0
    assert all(abs(part - 10.01 * weight) < 1 for part, weight in zip(parts, [10, 20, 0, 70], strict=True))


@pytest.mark.parametrize("offset", [0, 57, 99])
def test_spreading_keeps_small_parts_within_one(offset):
    weights = np.array([1] * 30 + [70])
    parts = spread(50, weights, offset)
    assert parts.sum() == 50 and (abs(parts - weights / 2) < 1).all()
