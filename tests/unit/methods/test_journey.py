import numpy as np
import pytest

from dashboard.methods import intervals, journey
from dashboard.methods.journey import Count

GROUP = [("start", 400), ("entered_work", 120), ("in_work_13", 80), ("in_work_26", 30)]
REST = [("start", 2000), ("entered_work", 620), ("in_work_13", 420), ("in_work_26", 330)]


def _of_starts(counts):
    return {name: Count(reached, counts[0][1]) for name, reached in counts[1:]}


def test_each_step_carries_its_rates_gap_and_relative_rate():
    step = journey.parity(_of_starts(GROUP), _of_starts(REST))[2]
    assert (step.name, step.group_rate, step.rest_rate) == ("in_work_26", 0.075, 0.165)
    assert step.gap == intervals.newcombe_rounded(30, 400, 330, 2000)
    assert step.relative == intervals.ratio(30, 400, 330, 2000, 1, 1)
    assert step.relative.value == pytest.approx(0.075 / 0.165)
    assert step.verdict == "lower"


def test_no_difference_is_claimed_inside_the_interval():
    steps = journey.parity(_of_starts(GROUP), _of_starts(REST))
    assert [step.verdict for step in steps] == ["no clear difference", "no clear difference", "lower"]
    swapped = journey.parity(_of_starts(REST), _of_starts(GROUP))
    assert swapped[2].verdict == "higher"


def test_the_loss_is_found_at_its_own_step():
    group, rest = journey.step_to_step(GROUP), journey.step_to_step(REST)
    assert group["in_work_26"] == Count(30, 80)
    assert journey.largest_loss(journey.parity(group, rest)) == "in_work_26"
    assert journey.largest_loss(journey.parity(rest, rest)) is None


def test_an_equal_group_is_rarely_said_to_be_lost_anywhere(rng, protect):
    lost = 0
    for _ in range(200):
        counts = []
        for base in (300, 1500):
            work = rng.binomial(base, 0.3)
            x, n = protect(np.array([rng.binomial(work, 0.6), work]), np.array([work, base]))
            counts.append({"work": Count(x[1], n[1]), "lasting": Count(x[0], n[0])})
        lost += journey.largest_loss(journey.parity(*counts)) is not None
    assert lost / 200 <= 0.07


def test_nobody_in_a_group_is_unknown_not_zero():
    steps = journey.parity({"work": Count(0, 0)}, {"work": Count(10, 100)})
    assert steps[0].verdict == "unknown" and np.isnan(steps[0].group_rate)


def test_missing_outcomes_bound_the_rate():
    assert journey.outcome_bounds(60, 40, 200) == pytest.approx((0.3, 0.5))
    assert np.isnan(journey.outcome_bounds(0, 0, 0)).all()


def test_a_protected_nought_not_recorded_may_hide_some():
    assert journey.outcome_bounds(60, 0, 200, k=1) == pytest.approx((0.3, 0.32))
    assert journey.outcome_bounds(190, 0, 190, k=1)[1] == 1
    assert journey.outcome_bounds(60, 45, 100, k=1) == pytest.approx((0.6, 1))     # rounding may make them not fit


def test_steps_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="same steps"):
        journey.parity({"work": Count(1, 2)}, {"jobs": Count(1, 2)})
    with pytest.raises(ValueError, match="not nested"):
        journey.step_to_step([("start", 10), ("work", 11)])
    with pytest.raises(ValueError):
        journey.outcome_bounds(60, 50, 100)
