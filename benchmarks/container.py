"""Does what deploy/Containerfile does, without a container: its files, its installs, its command; then asks whether it is ready.

    python benchmarks/container.py [--extract data/extract]

In a temporary folder with an environment of its own: nothing but what the file copies and installs is there. It needs a
package index. What only an engine can tell, such as the base image and the user, it does not.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboard import paths

START = 60          # seconds that the command may take until it is ready
FILE = paths.ROOT / "deploy" / "Containerfile"


def instructions(path: Path = FILE) -> Iterator[tuple[str, str]]:
    """(instruction, what follows) of each, in order; lines that go on are one."""
    for line in re.sub(r"\\\n\s*", "", path.read_text(encoding="utf-8")).splitlines():
        if line.strip() and not line.startswith("#"):
            name, rest = line.split(maxsplit=1)
            yield name, rest


def lay_out(folder: Path, copied: str) -> None:
    """What one COPY puts into the folder; raises FileNotFoundError where a source is not there."""
    *names, place = copied.split()
    for source in (paths.ROOT / name for name in names):
        target = folder / place / source.name if place.endswith("/") else folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)


def settings(path: Path = FILE) -> dict[str, str]:
    """What ENV sets."""
    return dict(each.split("=", 1) for name, rest in instructions(path) if name == "ENV" for each in rest.split())


def command(path: Path = FILE) -> list[str]:
    """What CMD starts."""
    return json.loads(next(rest for name, rest in instructions(path) if name == "CMD"))


def main() -> None:
    """Build the folder line by line, start the command, wait until it is ready; exit 1 where any of it fails."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--extract", type=Path, default=paths.DATA / "extract")
    extract = options.parse_args().extract.resolve()
    with tempfile.TemporaryDirectory() as named:
        folder, own = Path(named) / "tree", Path(named) / "environment"
        venv.create(own, with_pip=True)
        environment = {**os.environ, "PATH": f"{own / 'bin'}{os.pathsep}{os.environ['PATH']}", "VIRTUAL_ENV": str(own)}
        environment.pop("PYTHONPATH", None)
        folder.mkdir()
        for name, rest in instructions():
            if name == "COPY":
                lay_out(folder, rest)
            elif name == "RUN" and rest.startswith("pip "):
                print(f"RUN {rest}", flush=True)
                subprocess.run(shlex.split(rest), cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
        print(f"{sum(each.is_file() for each in folder.rglob('*')):,} files; ready after {_started(folder, environment, extract):.1f} seconds")


def _started(folder: Path, environment: Mapping[str, str], extract: Path) -> float:
    """Seconds until the command answers that it is ready; RuntimeError where it does not."""
    from serving import free_port

    port = free_port()
    asked = [each.replace("8501", str(port)) for each in command()]
    began = time.monotonic()
    process = subprocess.Popen(asked, cwd=folder, env={**environment, **settings(), "OUTCOMES_EXTRACT": str(extract)},
                               stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        while time.monotonic() - began < START and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the command did not become ready")
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
