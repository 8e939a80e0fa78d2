"""One builder at a time in a folder, and with a ledger: the second is told who is at work."""

import fcntl
import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dashboard.pipeline.errors import BuildError, about


@contextmanager
def hold(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file at this path while building; raises BuildError naming who holds `what` already.

    The system gives the lock back when its process ends, however it ends: a file left by a killed build blocks
    nobody. A folder made for the lock is taken away again if nothing was put into it.
    """
    made = [each for each in (path.parent, *path.parent.parents) if not each.exists()]
    with about(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _open(path, what)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)    # while it is held, so that nobody's else is taken away
        os.close(descriptor)
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _open(path: Path, what: str) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 500).decode("utf-8", "replace").strip()
            os.close(descriptor)
            raise BuildError(f"{what}: another build is at work on it ({holder or 'just begun'}); "
                             "let it finish, then build again") from error
        if _is_still_there(path, descriptor):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, _myself().encode())
            return descriptor
        os.close(descriptor)    # the build before took the file away between our opening and locking it


def _is_still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _myself() -> str:
    since = datetime.now().astimezone().strftime("%d %B %Y at %H:%M")
    return f"{_user()} on {socket.gethostname()}, process {os.getpid()}, since {since}\n"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):     # a user without a name, as in a container
        return f"user {os.getuid()}"
