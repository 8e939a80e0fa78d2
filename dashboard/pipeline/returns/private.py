"""What is about people can be read by its owner alone, whatever the umask, and leaves no core file."""

import os
import re
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def make_private(folder: Path, ours: re.Pattern) -> None:
    """Make a folder that its owner alone can open; one that holds only our own files is closed too."""
    is_new = not folder.exists()
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if is_new or all(ours.fullmatch(entry.name) for entry in folder.iterdir()):
        folder.chmod(FOLDER)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that its owner alone can read; follows no link that lies in its place."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    with os.fdopen(handle, "wb") as file:
        os.chmod(path, FILE)
        file.write(data)


def leave_no_core_file() -> None:
    """Ask the system to write no core file of this process: it holds returns from now on."""
    try:
        import resource
    except ImportError:     # there are no core files where there is no such module
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
