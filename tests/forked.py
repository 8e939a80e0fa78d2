"""Processes to be killed: each is forked from one that has imported the build, which takes longer than most of what they do."""

import multiprocessing
import signal
from collections.abc import Callable

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["dashboard.pipeline.run", "pytest", "rich.console"])


def kill_itself(act: Callable, *given: object) -> None:
    """Call a function of a module, which kills its process, in a process of its own."""
    process = FORKED.Process(target=act, args=given)
    process.start()
    process.join(300)
    try:
        assert process.exitcode == -signal.SIGKILL, process.exitcode
    finally:
        process.kill()      # one that came to no end would keep the run from its own
