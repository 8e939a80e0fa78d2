"""What Python looks through, and when."""

import gc
import weakref

import pytest

from dashboard import memory


@pytest.fixture
def as_before():
    """Whatever a test keeps is looked through again after it, as often as before; what was there before it, only when it says so."""
    threshold = gc.get_threshold()
    gc.freeze()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


class Own:
    """Refers to itself, as what a session leaves behind does."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_kept_goes_when_everything_is_looked_through(as_before):
    left = weakref.ref(held := Own())
    memory.keep_all()
    del held
    gc.collect()
    assert left() is not None, "what was there stays, and is not looked through"
    memory.look_through()
    assert left() is None and gc.get_freeze_count() == 0


def test_what_comes_later_goes_as_ever(as_before):
    memory.begin()
    left = weakref.ref(Own())
    gc.collect()
    assert left() is None and gc.get_threshold() == memory.SELDOM
