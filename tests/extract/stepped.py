"""A build in another process that stops at each of its steps, until it is told to go on or killed."""

import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from dashboard.pipeline import run
from tests.forked import FORKED


def step_through(inputs: run.Inputs, is_last: Callable[[str], bool], look: Callable[[], None]) -> list[str]:
    """Run a build, `look` at each of its steps, and kill it at the one that `is_last`. Returns the steps."""
    steps, (ours, theirs) = [], FORKED.Pipe()
    build = FORKED.Process(target=_build_in_steps, args=(inputs, theirs), daemon=True)
    build.start()
    theirs.close()
    try:
        while not steps or not is_last(steps[-1]):
            if steps:
                ours.send("on")
            steps.append(ours.recv())
            look()
    except EOFError:
        raise AssertionError(f"the build came to its end: {steps}") from None
    finally:
        build.kill()
        build.join()
    return steps


def _build_in_steps(inputs: run.Inputs, orders: Connection) -> None:
    def stop_at(step: str) -> None:
        orders.send(step)
        orders.recv()

    def watch(event: str, arguments: tuple) -> None:
        if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(inputs.out)):
            stop_at(f"{event} {Path(os.fsdecode(arguments[0])).name}")

    sys.addaudithook(watch)
    run.build(inputs, stop_at)
