"""The hour that decides what is released: this machine's own, in UTC, and never what a reader's machine or a link says."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

MOST_AHEAD = 60.0       # seconds that the clock may be set forward while the dashboard runs, and be believed
log = logging.getLogger(__name__)


def _steady() -> float:
    """Seconds that nobody can set; where the system counts them, those asleep too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock:
    """The time of day as set, checked against seconds counted since the start.

    A clock set back is believed: what is not released then is not shown. One set forward is not, beyond MOST_AHEAD:
    a slip or an intruder would release figures before their hour. It is believed again after a restart.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = _steady) -> None:
        self._wall, self._steady = wall, steady
        self._begun, self._counted = wall(), steady()
        self._is_told = False

    def now(self) -> datetime:
        """The time to release by, in UTC."""
        latest = self._begun + self._steady() - self._counted + MOST_AHEAD
        told = self._wall()
        if told > latest and not self._is_told:
            self._is_told = True
            log.warning("the clock was set forward by %.0f seconds; releases go by the time counted since the start, "
                        "until the dashboard is started again", told - latest + MOST_AHEAD)
        return datetime.fromtimestamp(min(told, latest), UTC)


CLOCK = Clock()


def has_come(hour: str) -> bool:
    """True once this hour (ISO, UTC; '' for none) has come."""
    return not hour or CLOCK.now() >= datetime.fromisoformat(hour).replace(tzinfo=UTC)
