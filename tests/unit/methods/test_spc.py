import itertools

import numpy as np
import pytest

from dashboard.methods import spc

STEADY = np.array([100.0, 104.0] * 12)   # mean 102, moving range 4: limits 102 ± 10.64


def _rules(values, **more):
    return [(each.rule, each.side, each.points) for each in spc.draw(values, **more).signals]


def test_limits_by_hand():
    segment, = spc.draw(STEADY).segments
    assert (segment.mean, segment.lower, segment.upper) == pytest.approx((102, 91.36, 112.64))
    assert segment.judged


def test_steady_counts_signal_nothing():
    assert _rules(STEADY) == []
    assert _rules(np.full(24, 100.0)) == []


def test_a_point_outside_the_limits():
    values = STEADY.copy()
    values[5] = 150
    assert ("outside", "high", (5,)) in _rules(values)


@pytest.mark.parametrize("length, found", [(6, False), (7, True)])
def test_a_run_on_one_side_needs_seven_points(length, found):
    values = STEADY.copy()
    values[10:10 + length] = [104, 103, 105, 104, 103, 105, 104][:length]
    values[9] = values[10 + length] = 99
    assert any(rule == "run" and len(points) == 7 for rule, _, points in _rules(values)) is found


@pytest.mark.parametrize("length, found", [(6, False), (7, True)])
def test_a_trend_needs_seven_points_rising_or_falling(length, found):
    values = STEADY.copy()
    values[10] = 104
    values[11:11 + length] = 99 + np.arange(length)
    values[11 + length] = 100
    assert any(each[0] == "trend" for each in _rules(values)) is found
    assert any(each[:2] == ("trend", "low") for each in _rules(-values, floor=None)) is found


def test_two_of_three_near_one_limit_but_not_one_near_each():
    values = np.array([100.0, 104.0] * 12)
    values[[6, 8]] = [111, 111]
    assert ("near", "high", (6, 8)) in _rules(values)
    values[8] = 92
    assert not any(each[0] == "near" for each in _rules(values))


def test_fewer_than_twelve_points_draw_no_limits_and_fewer_than_twenty_judge_nothing():
    few, some = spc.draw(STEADY[:11]).segments[0], spc.draw(STEADY[:12]).segments[0]
    assert (few.mean, few.lower, few.upper, few.judged) == (None, None, None, False)
    assert some.upper is not None and not some.judged
    assert _rules(np.concatenate((STEADY[:18], [500]))) == []
    assert _rules(np.concatenate((STEADY[:19], [500]))) != []


def test_limits_step_only_at_a_documented_change():
    values = np.concatenate((STEADY, STEADY + 50))
    assert len(spc.draw(values).segments) == 1
    assert any(rule == "run" for rule, *_ in _rules(values))
    stepped = spc.draw(values, changes=(24,))
    assert [each.mean for each in stepped.segments] == [102, 152]
    assert stepped.signals == ()


def test_positions_after_a_change_are_those_of_the_whole_series():
    values = np.concatenate((STEADY, STEADY))
    values[30] = 160
    assert ("outside", "high", (30,)) in _rules(values, changes=(24,))


def test_a_missing_quarter_is_no_point_and_breaks_a_run():
    values = STEADY.copy()
    values[[9, 17]] = 99
    values[10:17] = 104, 103, 105, np.nan, 103, 105, 104
    assert not any(rule == "run" for rule, *_ in _rules(values))


def test_the_drawn_lower_limit_of_counts_is_never_below_nothing():
    values = np.array([0.0, 20.0] * 12)
    assert spc.draw(values).segments[0].lower == 0
    assert spc.draw(values, floor=None).segments[0].lower < 0


@pytest.mark.parametrize("people", [8, 16, 25])
def test_rounding_of_small_counts_raises_no_more_alarms_than_are_said(people, rng, protect):
    counts, _ = protect(rng.poisson(people, (300, 20)), np.full((300, 20), 10**6))
    assert np.mean([bool(spc.draw(each, step=5).signals) for each in counts]) <= 0.16
    assert np.mean([bool(spc.draw(each).signals) for each in counts]) >= 0.2     # without it they are twice as many


def test_limits_of_rounded_counts_are_a_little_wider():
    segment, = spc.draw(STEADY, step=5).segments
    assert (segment.mean, segment.lower, segment.upper) == pytest.approx((102, 91.36 - 1.5, 112.64 + 1.5))


def test_every_rule_a_point_meets_is_named():
    values = STEADY.copy()
    values[8:15] = [111, 109, 110, 131, 111, 133, 110]
    met = spc.rules_at(spc.draw(values))
    assert met[11] == ("outside", "run", "near") and met[8] == ("run",) and met[0] == ("run",)


def test_false_alarms_are_as_rare_as_said(rng):
    """Pure chance, 20 points: about 1 chart in 8 signals."""
    alarms = np.mean([bool(spc.draw(rng.poisson(100, 20)).signals) for _ in range(400)])
    assert 0.08 <= alarms <= 0.18


def test_a_change_outside_the_series_is_refused():
    with pytest.raises(ValueError):
        spc.draw(STEADY, changes=(24,))


@pytest.mark.parametrize(("length", "points"), [(2, 2), (3, 6), (4, 10), (7, 12), (7, 14), (5, 4)])
def test_the_chance_of_a_run_is_that_of_every_series_counted(length, points):
    held = [max(len(list(own)) for _, own in itertools.groupby(coins)) for coins in itertools.product((0, 1), repeat=points)]
    assert spc.chance_of_run(length, points) == pytest.approx(np.mean([longest >= length for longest in held]))


def test_a_signal_is_no_less_likely_by_chance_than_it_is_said_to_be(rng):
    """Of charts where nothing but chance is at work, at most one in twenty says 0.05 or less, and one in a hundred 0.01."""
    said = []
    for values in rng.normal(100, 10, (600, 32)):
        drawn = spc.draw(values)
        said.append(min((spc.chance(values, drawn.segments[0], each, 8) for each in drawn.signals), default=1.0))
    assert np.mean(np.array(said) <= 0.05) <= 0.05 and np.mean(np.array(said) <= 0.01) <= 0.012


def test_a_signal_of_another_rule_or_of_no_newest_points_has_no_chance_of_its_own():
    values = np.array([10.0, 12, 9, 11] * 6)
    segment = spc.draw(values).segments[0]
    assert spc.chance(values, segment, spc.Signal("near", "high", (1, 2)), 8) == 1
    with pytest.raises(ValueError, match="newest"):
        spc.chance(values, segment, spc.Signal("run", "high", (1, 2)), 24)
