"""Servers under measurement: started on a free port, watched, ended with their own process."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.cli import MEMORY

ROOT = Path(__file__).resolve().parent.parent
START = 60          # seconds a server may take to answer
HEADLESS = ("--server.headless", "true", "--global.developmentMode", "false")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """One process and the port it listens on."""

    process: subprocess.Popen
    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def processor_ms(self) -> float:
        """Processor time of the process so far, in milliseconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    def memory_mb(self) -> float:
        """Memory held by the process now, in megabytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def serve(command: Sequence[str], port: int, at: str = "/", env: dict[str, str] | None = None) -> Iterator[Server]:
    """Run the command until the block ends, once its address answers; RuntimeError where it does not."""
    log = ROOT / ".cache" / f"benchmark-{port}.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT,
                                   env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})})
    try:
        _wait(f"http://localhost:{port}{at}", process, log)
        yield Server(process, port)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer: {log.read_text(encoding='utf-8')[-600:]}")


@contextmanager
def product(ahead: bool = False, **env: str) -> Iterator[Server]:
    """The dashboard as it is served. Without `ahead` no figure is made before it is asked for."""
    with streamlit("dashboard/server.py", ("-m", "streamlit") if ahead else ("benchmarks/served.py",), **MEMORY | env) as server:
        yield server


@contextmanager
def streamlit(script: str | Path, command: Sequence[str] = ("-m", "streamlit"), **env: str) -> Iterator[Server]:
    """A Streamlit script."""
    port = free_port()
    asked = [sys.executable, *command, "run", str(script), "--server.port", str(port), *HEADLESS]
    with serve(asked, port, "/_stcore/health", env) as server:
        yield server


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("localhost", 0))
        return held.getsockname()[1]
