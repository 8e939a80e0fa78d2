"""The hour of a release is this machine's, and no change of its clock brings it forward."""

from datetime import UTC, datetime, timedelta

from dashboard.read.clock import MOST_AHEAD, Clock

START = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


class Hands:
    """A clock that can be set, and seconds that cannot."""

    def __init__(self):
        self.wall, self.counted = START.timestamp(), 1000.0

    def pass_by(self, seconds):
        self.wall += seconds
        self.counted += seconds


def started():
    hands = Hands()
    return hands, Clock(lambda: hands.wall, lambda: hands.counted)


def test_it_goes_on_as_time_goes_by():
    hands, clock = started()
    hands.pass_by(1800)
    assert clock.now() == START + timedelta(minutes=30)


def test_a_clock_set_back_hides_again():
    hands, clock = started()
    hands.pass_by(3600)
    hands.wall -= 7200
    assert clock.now() == START - timedelta(hours=1)


def test_a_clock_set_forward_releases_nothing_and_is_logged_once(caplog):
    hands, clock = started()
    hands.wall += 86400
    for _ in range(3):
        hands.pass_by(10)
        assert clock.now() <= START + timedelta(seconds=30 + MOST_AHEAD)
    assert len(caplog.records) == 1 and "set forward" in caplog.text


def test_small_corrections_are_believed():
    hands, clock = started()
    hands.wall += 5
    assert clock.now() == START + timedelta(seconds=5)
