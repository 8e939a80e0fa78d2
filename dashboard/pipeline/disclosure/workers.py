"""Run stages in one process or several: same result, merged by name.

Not by an executor of the standard library: its processes, which hold true counts, outlive a build that is killed. Here
each ends when its connection closes.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from dashboard.pipeline.disclosure.rounding import RoundingError
from dashboard.pipeline.disclosure.stages import Outcome, Stage, settle
from dashboard.pipeline.errors import BuildError

LOST = "nothing is published. Close what else needs memory, or use a computer with more, and build again"


def run(steps: list, stage: Callable, done: Callable[[object, Outcome], None], processes: int) -> None:
    """Settle every step after what it needs; steps earlier in the list go first.

    stage(step) gives its problem once its needs are done; done(step, outcome) keeps the result.
    Raises RoundingError naming the stage, and BuildError when a solving process ends on its own.
    """
    if processes == 1:
        _run_here(steps, stage, done)
    elif steps:
        with _workers(processes) as workers:
            _run_apart(steps, stage, done, workers)


def _run_here(steps: list, stage: Callable, done: Callable) -> None:
    queue = _Queue(steps)
    while step := queue.take():
        done(step, _checked(_attempt(stage(step))))
        queue.finish(step)


def _run_apart(steps: list, stage: Callable, done: Callable, workers: list[Connection]) -> None:
    queue, busy = _Queue(steps), {}
    while True:
        for worker in workers:
            if worker not in busy and (step := queue.take()):
                _send(worker, stage(step))
                busy[worker] = step
        if not busy:
            return
        for worker in wait(list(busy)):
            step = busy.pop(worker)
            done(step, _checked(_receive(worker, step.name)))
            queue.finish(step)


def _send(worker: Connection, stage: Stage) -> None:
    try:
        worker.send(stage)
    except OSError as error:
        raise _lost(stage.name) from error


def _receive(worker: Connection, name: str) -> Outcome | str | Exception:
    try:
        return worker.recv()
    except (EOFError, OSError) as error:
        raise _lost(name) from error


def _lost(name: str) -> BuildError:
    return BuildError(f"{name}: the process solving it was stopped from outside, most likely because memory "
                      f"ran out; {LOST}")


class _Queue:
    """Steps not begun, in order; a step is ready when every step it needs is finished or not in this run."""

    def __init__(self, steps: list):
        self._waiting, self._unfinished = list(steps), {step.name for step in steps}

    def take(self):
        ready = next((step for step in self._waiting if self._unfinished.isdisjoint(step.needs)), None)
        if ready:
            self._waiting.remove(ready)
        return ready

    def finish(self, step) -> None:
        self._unfinished.remove(step.name)


@contextmanager
def _workers(processes: int) -> Iterator[list]:
    """Connections to fresh processes; each ends when its connection closes, so none outlives the build."""
    context = multiprocessing.get_context("spawn")
    ours, started = [], []
    try:
        for _ in range(processes):
            mine, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            ours.append(mine)
            started.append(process)
        yield ours
    finally:
        for connection in ours:
            connection.close()
        for process in started:
            process.join(timeout=30)
            process.terminate()


def _serve(connection: Connection) -> None:
    while True:
        try:
            stage = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            outcome = _attempt(stage)
        except Exception as error:  # a fault of the program is raised by the build itself, as in one process
            outcome = error
        try:
            connection.send(outcome)
        except (BrokenPipeError, ConnectionResetError):
            return


def _checked(outcome: Outcome | str | Exception) -> Outcome:
    if isinstance(outcome, Exception):
        raise outcome
    if isinstance(outcome, str):
        raise RoundingError(outcome)
    return outcome


def _attempt(stage: Stage) -> Outcome | str:
    try:
        return settle(stage)
    except RoundingError as error:
        return f"{stage.name}: {error}"
    except MemoryError:
        return f"{stage.name}: memory ran out; {LOST}"
