"""The one rule for verdicts, on values that can be checked on paper."""

from dataclasses import replace

import pytest

from dashboard.methods import verdict as rule
from dashboard.methods.verdict import Measured

OWN = Measured(60.0, 55.0, 65.0)
OTHER = Measured(40.0, 38.0, 42.0)


def test_a_clear_difference_has_its_direction_and_no_reason():
    found = rule.compare(OWN, OTHER)
    assert (found.direction, found.why, found.is_clear) == ("higher", "", True) and found.lower > 0
    assert rule.compare(OTHER, OWN).direction == "lower"
    assert rule.compare(OWN, replace(OWN, value=61.0)).direction == "none"


@pytest.mark.parametrize(("change", "why"), [
    ({"value": None}, rule.MISSING), ({"marks": ("c",)}, rule.MISSING), ({"marks": ("u",)}, rule.ON_FEW_PEOPLE),
    ({"is_record_keeping": True}, rule.RECORD_KEEPING), ({"is_claimed": False}, rule.ANSWERS), ({"lower": None}, rule.NO_INTERVAL), ({"is_of_rounding": True}, rule.ROUNDING),
    ({"is_of_records": True}, rule.RECORDING), ({"is_of_records": True, "lowest": 60.0, "highest": 90.0}, rule.RECORDING)])
def test_what_speaks_against_a_verdict_is_its_reason(change, why):
    found = rule.compare(replace(OWN, **change), OTHER)
    assert (found.direction, found.why) == ("untested", why)


def test_a_rate_of_records_is_judged_only_where_the_ranges_are_apart():
    own, other = (replace(each, is_of_records=True) for each in (OWN, OTHER))
    apart = rule.compare(replace(own, lowest=60.0, highest=70.0), replace(other, lowest=40.0, highest=59.0))
    met = rule.compare(replace(own, lowest=60.0, highest=70.0), replace(other, lowest=40.0, highest=61.0))
    assert apart.direction == "higher" and met.why == rule.RECORDING


def test_what_unknown_answers_could_reverse_is_not_said():
    assert rule.compare(OWN, OTHER, furthest=(1.0, 30.0)).direction == "higher"
    assert rule.compare(OWN, OTHER, furthest=(-1.0, 30.0)).why == rule.REVERSIBLE


def test_a_part_is_tested_against_the_rest_and_never_against_the_whole():
    part = Measured(50.0, 40.0, 60.0, 50.0, 100.0, lowest=50.0, highest=60.0)
    whole = Measured(30.0, 25.0, 35.0, 90.0, 300.0, lowest=30.0, highest=50.0)
    rest = rule.rest_of(whole, part)
    assert (rest.value, rest.reached, rest.base, rest.cells) == (20.0, 40.0, 200.0, 2)
    assert (rest.lowest, rest.highest) == pytest.approx((20.0, 45.0))
    surveyed = rule.rest_of(Measured(30.0, 28.0, 32.0), Measured(50.0, 45.0, 55.0), 0.1)
    assert surveyed.value == pytest.approx(27.78, abs=0.01) and surveyed.upper - surveyed.value > 2.0
    assert rule.rest_of(OTHER, OWN) == OTHER


def test_of_many_differences_only_those_that_stand_out_are_clear():
    edge = rule.compare(Measured(52.1, 50.1, 54.1), Measured(50.0, 49.9, 50.1))
    assert edge.direction == "higher"
    alike = [rule.compare(Measured(50.0 + step / 10, 48.0, 53.0), Measured(50.0, 49.0, 51.0)) for step in range(20)]
    judged = rule.in_family([edge, *alike])
    assert (judged[0].direction, judged[0].why) == ("none", rule.CHANCE)
    assert rule.in_family([edge])[0].direction == "higher"
    assert rule.in_family([rule.compare(OWN, OTHER), *alike])[0].is_clear
