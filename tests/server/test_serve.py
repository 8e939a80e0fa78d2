"""`outcomes serve`: shows what is there, invents nothing, asks nobody, stops when it is told to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from dashboard import cli, limits, paths
from tests.ports import free_port

# Put before everything else by Python itself: writes down whom the process, and what takes its place, calls or looks up.
WATCH = """
import os, socket
def watched(name, own):
    def call(*given, **named):
        with open(os.environ["CALLS"], "a") as file:
            file.write(repr((name, given[-1] if name == "connect" else given[0])) + "\\n")
        return own(*given, **named)
    return call
class Socket(socket.socket):
    def connect(self, address):
        return watched("connect", super().connect)(address)
socket.socket, socket.getaddrinfo = Socket, watched("look up", socket.getaddrinfo)
socket.getaddrinfo("localhost", 1)
"""
COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve"]


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def served(odd_extract, tmp_path_factory):
    """(process, port, folder, who was called) of a dashboard started from another folder, its extract's named from there."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "extract").symlink_to(odd_extract)
    (elsewhere / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port), "--headless"], cwd=elsewhere, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"OUTCOMES_EXTRACT": "extract", "PYTHONPATH": f"{elsewhere}{os.pathsep}{paths.ROOT}", "OUTCOMES_SESSIONS": "2",
                          "CALLS": str(elsewhere / "calls")})
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            if get(f"http://127.0.0.1:{port}/healthz")[0] == 200:
                break
        except OSError:
            time.sleep(0.05)
    yield process, port, elsewhere
    process.kill()
    process.communicate()


def test_it_serves_the_extract_named_from_where_it_was_started(served):
    process, port, _ = served
    assert process.poll() is None
    assert get(f"http://127.0.0.1:{port}/healthz") == (200, "yes")
    assert get(f"http://127.0.0.1:{port}/readyz") == (200, "yes")


def test_it_asks_nobody_and_looks_nobody_up(served):
    calls = (served[2] / "calls").read_text(encoding="utf-8")
    assert calls, "the process is watched"
    assert not [line for line in calls.splitlines() if "127.0.0.1" not in line and "localhost" not in line], calls


def test_other_machines_cannot_reach_it_unless_it_is_started_so(served):
    with socket.socket() as asking, pytest.raises(OSError):
        asking.connect(("127.0.0.2", served[1]))        # any address but its own


def test_who_comes_when_it_is_full_is_told_so(served):
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    def join():
        return connect(f"ws://127.0.0.1:{served[1]}/_stcore/stream", subprotocols=["streamlit"])

    page = urllib.request.Request(f"http://127.0.0.1:{served[1]}/jobs", headers={"accept": "text/html"})
    with join(), join():
        with pytest.raises(InvalidStatus) as refused:
            join()
        assert refused.value.response.status_code == 503
        status, text = get(page)
        assert status == 503 and "full at this moment" in text
        assert get(f"http://127.0.0.1:{served[1]}/healthz")[0] == 200
    until = time.monotonic() + 20
    while get(page)[0] == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert get(page)[0] == 200


def test_what_stops_the_command_stops_the_server(served):
    """Last of this file: the process that was started is the server itself."""
    process, port, _ = served
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) is not None
    with pytest.raises(OSError):
        get(f"http://127.0.0.1:{port}/healthz")


@pytest.mark.parametrize(("setting", "said"), [
    ({"OUTCOMES_EXTRACT": ""}, "OUTCOMES_EXTRACT is empty"),
    ({"OUTCOMES_EXTRACT": "nowhere"}, "There is no extract yet"),
    ({"OUTCOMES_SESSIONS": "many"}, "must be a whole number"),
    ({"OUTCOMES_ACCESS": "nowhere.toml"}, "access list cannot be read")])
def test_without_what_it_needs_it_stops_plainly_and_makes_nothing(setting, said, tmp_path, monkeypatch, odd_extract):
    monkeypatch.chdir(tmp_path)
    for name, value in {"OUTCOMES_EXTRACT": str(odd_extract), **setting}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it started"))
    result = CliRunner().invoke(cli.main, ["serve"])
    assert result.exit_code == 2 and said in result.output and not list(tmp_path.iterdir())


def test_sessions_are_bounded_by_the_handles_there_are(monkeypatch):
    monkeypatch.delenv("OUTCOMES_SESSIONS", raising=False)
    assert limits.most_sessions(100_000) == limits.MOST_SESSIONS and limits.most_sessions(1024) == 206
    monkeypatch.setenv("OUTCOMES_SESSIONS", "50")
    assert limits.most_sessions(1024) == 50
    assert limits.raise_handles() >= 1024


def test_a_half_made_environment_is_made_again(tmp_path):
    """One without pip was stopped half-way: make would go on with it for good if it looked at its Python alone."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("", encoding="utf-8")
    asked = subprocess.run(["make", "-n", "-C", str(tmp_path), "-f", str(paths.ROOT / "Makefile"), ".venv/bin/pip"],
                           capture_output=True, text=True, check=True)
    assert "-m venv --clear .venv" in asked.stdout


def test_the_editions_that_are_held_are_listed_and_chosen_in_one_command(tmp_path, place_edition, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(tmp_path))
    place_edition(tmp_path, "aaaaaaaaaaaa", edition="2026-Q1", built_at="2026-04-01", synthetic=False)
    place_edition(tmp_path, "bbbbbbbbbbbb", edition="2026-Q2", built_at="2026-07-01")
    damaged = place_edition(tmp_path, "cccccccccccc", edition="2026-Q3", built_at="2026-10-01", is_current=False)
    damaged.write_bytes(b"damaged")

    def run(*given):
        result = CliRunner().invoke(cli.main, given)
        return result.exit_code, result.output

    code, listed = run("editions")
    assert code == 0 and "* bbbbbbbbbbbb  2026-Q2" in listed and "current" in listed and "made up" in listed
    assert "cccccccccccc  does not open" in listed and "not the file its manifest describes" in listed
    assert run("use", "2026-Q1") == (0, "Readers now see edition 2026-Q1, extract aaaaaaaaaaaa, made on 1 April 2026. "
                                        "Open pages show it at their next action, with a notice.\n")
    assert (tmp_path / "current").read_text() == "outcomes-aaaaaaaaaaaa.duckdb\n" and not (tmp_path / "before").exists()
    assert run("use", "bbbbbbbbbbbb")[0] == 0 and (tmp_path / "before").read_text() == "outcomes-aaaaaaaaaaaa.duckdb\n"
    for name, said in (("cccccccccccc", "Readers see what they saw before"), ("2027-Q1", "There is no edition '2027-Q1'")):
        code, output = run("use", name)
        assert code == 2 and said in output and (tmp_path / "current").read_text() == "outcomes-bbbbbbbbbbbb.duckdb\n"
    place_edition(tmp_path, "dddddddddddd", edition="2026-Q2", is_current=False)
    assert "name one by its id" in run("use", "2026-Q2")[1]


def test_an_edition_is_not_chosen_while_another_is_being_built(tmp_path, place_edition, monkeypatch):
    from dashboard.pipeline import lock, publish

    monkeypatch.setenv("OUTCOMES_EXTRACT", str(tmp_path))
    place_edition(tmp_path, "aaaaaaaaaaaa")
    with lock.hold(tmp_path / publish.LOCK, str(tmp_path)):
        result = CliRunner().invoke(cli.main, ["use", "aaaaaaaaaaaa"])
    assert result.exit_code == 2 and "another build is at work" in result.output


def test_the_manifest_says_when_an_edition_is_released(tmp_path, place_edition, monkeypatch):
    """`use` of an edition whose hour has not come says who sees what; everyone keeps what they saw."""
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(tmp_path))
    place_edition(tmp_path, "aaaaaaaaaaaa", edition="2026-Q1", built_at="2026-04-01")
    path = place_edition(tmp_path, "bbbbbbbbbbbb", edition="2026-Q2", built_at="2026-07-01", embargo_until="2999-01-01 09:30:00",
                         is_current=False)
    described = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    path.with_suffix(".json").write_text(json.dumps(described | {"embargo_until": "2999-01-01 09:30:00"}), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["use", "2026-Q2"])
    assert "restricted until 9.30am on 1 January 2999" in result.output and "everyone else sees edition 2026-Q1" in result.output
    assert (tmp_path / "before").read_text() == "outcomes-aaaaaaaaaaaa.duckdb\n"
