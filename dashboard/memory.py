"""When Python looks for objects that refer to each other and to nothing else: seldom, and not among those that stay.

Looking through everything takes a tenth of a second and more, and comes in the middle of somebody's answer. What the
server began with stays for good, what was made of an edition until the next is shown: neither is looked through again.
"""

import gc

SELDOM = (10_000, 10, 10)       # objects made since the last look, and looks of each kind before a longer one


def begin() -> None:
    """What is there now stays; look seldom from now on."""
    gc.set_threshold(*SELDOM)
    keep_all()


def keep_all() -> None:
    """What is there now, once looked through, is left alone until `look_through`."""
    gc.collect()
    gc.freeze()


def look_through() -> None:
    """Let go of all that nothing else refers to, whatever was kept."""
    gc.unfreeze()
    gc.collect()
