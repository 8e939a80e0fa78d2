"""Behind the real proxy, with two replicas started as deploy/ starts them: quick, sticky, discreet, and one may die."""

import http.client
import http.cookiejar
import json
import os
import re
import shlex
import socket
import ssl
import subprocess
import sysconfig
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import container
from dashboard import paths
from tests.ports import free_port

from .conftest import Reader, wait_for, wait_until_healthy

DEPLOY = paths.ROOT / "deploy"
BIN = Path(sysconfig.get_path("scripts"))
VISITOR = "127.9.8.7"
TYPED = "somebodys-own-words"
PAGE = "/indicator?id=rate&area=S92000003"


def of_the_service(port):
    """(command, settings) of deploy/outcomes@.service."""
    text = (DEPLOY / "outcomes@.service").read_text(encoding="utf-8").replace("%i", str(port))
    command = shlex.split(re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1])
    settings = dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))
    assert command[0] == "/opt/outcomes/.venv/bin/outcomes"
    return [str(BIN / "outcomes"), *command[1:]], settings


def laid_out(folder):
    """The tree that the container would hold: what deploy/Containerfile copies, and nothing else."""
    for name, rest in container.instructions():
        if name == "COPY":
            container.lay_out(folder, rest)
    return folder


def of_the_container(port):
    """(command, settings) of deploy/Containerfile."""
    command = container.command()
    assert command[0] == "outcomes"
    return [str(BIN / "outcomes"), *(each.replace("8501", str(port)) for each in command[1:])], container.settings()


@dataclass
class Replica:
    process: subprocess.Popen
    port: int
    log: Path

    def lines(self):
        return self.log.read_text(encoding="utf-8").splitlines()

    def events(self):
        return [json.loads(line) for line in self.lines()]

    def count(self, event):
        return sum(each["event"] == event for each in self.events())


@dataclass
class Site:
    address: str
    replicas: list[Replica]
    log: Path

    def get(self, path, opener=None, **headers):
        """(headers, body) of one request through the proxy."""
        asked = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "zstd, gzip", **headers})
        with (opener.open if opener else urllib.request.urlopen)(asked, timeout=30) as answer:
            return answer.headers, answer.read()

    def page(self, path):
        return self.get(path, **{"Accept-Encoding": "identity"})[1].decode("utf-8")


class From(urllib.request.HTTPHandler):
    """Asks from an address that nothing else here has."""

    def http_open(self, request):
        return self.do_open(http.client.HTTPConnection, request, source_address=(VISITOR, 0))


@pytest.fixture(scope="module")
def site(odd_extract, tmp_path_factory):
    """Two replicas of one extract behind the proxy."""
    folder = tmp_path_factory.mktemp("site")
    started, replicas = [], []
    try:
        for make, tree in ((of_the_service, paths.ROOT), (of_the_container, laid_out(folder / "container"))):
            port = free_port()
            command, settings = make(port)
            log = folder / f"{make.__name__}.log"
            environment = os.environ | settings | {"OUTCOMES_EXTRACT": str(odd_extract), "PYTHONPATH": str(tree)}
            started.append(begin(command, log, environment, tree))
            replicas.append(Replica(started[-1], port, log))
        port, log = free_port(), folder / "proxy.log"
        for each in replicas:
            wait_until_healthy(f"http://127.0.0.1:{each.port}/readyz", each.process)
        started.append(begin_proxy(f"http://127.0.0.1:{port}", replicas, folder, log))
        wait_until_healthy(f"http://127.0.0.1:{port}/readyz", started[-1])
        yield Site(f"http://127.0.0.1:{port}", replicas, log)
    finally:
        for each in started:
            end(each)


def begin_proxy(address, replicas, folder, log, **more):
    """The proxy of deploy/Caddyfile at this address, which keeps its certificates in the folder."""
    environment = os.environ | {
        "OUTCOMES_SITE": address, "OUTCOMES_REPLICA_SECRET": "made-for-tests",    # pragma: allowlist secret
        "OUTCOMES_REPLICAS": " ".join(f"127.0.0.1:{each.port}" for each in replicas), "HOME": str(folder), "XDG_DATA_HOME": str(folder)} | more
    return begin([BIN / "caddy", "run", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"], log, environment)


@dataclass
class Secure:
    """The same replicas by https: the address, the one without https, and what trusts the proxy's own authority."""

    address: str
    plain: str
    trust: ssl.SSLContext

    def get(self, path, **headers):
        """(status, headers, body) of one request."""
        asked = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=30, context=self.trust) as answer:
            return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def secure(site, tmp_path_factory):
    """The proxy as it stands before a name that people open by https."""
    folder, port, plain = tmp_path_factory.mktemp("secure"), free_port(), free_port()
    process = begin_proxy(f"https://localhost:{port}", site.replicas, folder, folder / "log", OUTCOMES_HTTP_PORT=str(plain))
    authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def answers():
        try:
            return authority.is_file() and Secure(f"https://localhost:{port}", "", ssl.create_default_context(cafile=authority)).get("/readyz")
        except OSError:
            return False

    try:
        wait_for(answers)
        yield Secure(f"https://localhost:{port}", f"http://localhost:{plain}", ssl.create_default_context(cafile=authority))
    finally:
        end(process)


def begin(command, log, environment, folder=paths.ROOT):
    with log.open("w") as written:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=written)


def end(process):
    process.kill()
    process.wait(timeout=20)


def test_a_page_and_its_files_come_compressed_and_are_kept_long(site):
    said, _ = site.get("/jobs")
    assert said["content-encoding"] in ("gzip", "zstd") and said["cache-control"] == "no-cache" and "server" not in said
    script = re.search(r'src="\.?(/static/js/[^"]+\.js)"', site.page("/jobs"))[1]
    said, body = site.get(script)
    assert said["content-encoding"] == "gzip" and "immutable" in said["cache-control"] and len(body) > 10_000
    drawn = next((paths.ASSETS / "geometry").glob("*.geojson"))
    said, body = site.get(f"/{drawn.name}")
    assert said["content-encoding"] in ("gzip", "zstd") and "immutable" in said["cache-control"] and len(body) < drawn.stat().st_size / 2
    said, _ = site.get("/app/static/fonts/roboto-latin-wght-normal.woff2")
    assert said["cache-control"] == "public, max-age=604800"


def test_the_policy_is_the_dashboards_own_and_said_once(site):
    said, _ = site.get("/jobs")
    assert len(said.get_all("content-security-policy")) == 1 and "default-src 'none'" in said["content-security-policy"]
    assert said["strict-transport-security"] and said["x-frame-options"] == "DENY"


@pytest.mark.parametrize(("method", "path", "status"), [
    ("PUT", "/_stcore/upload_file/a/b", 405), ("POST", "/jobs", 405), ("DELETE", "/_stcore/upload_file/a/b", 405),
    ("GET", "/_stcore/metrics", 404), ("GET", "/_stcore/script-health-check", 404)])
def test_nothing_is_taken_and_nothing_is_told_of_the_inside(site, method, path, status):
    asked = urllib.request.Request(site.address + path, method=method, data=b"x" if method != "GET" else None)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    with refused.value as answer:
        assert answer.code == status


def test_a_reader_stays_with_one_replica(site):
    kept = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    before = [each.count("page fetched") for each in site.replicas]

    def fetched():
        return sorted(each.count("page fetched") - count for each, count in zip(site.replicas, before, strict=True))

    for _ in range(6):
        site.get("/places", kept)
    wait_for(lambda: sum(fetched()) == 6)       # a line is written after its answer is sent
    assert fetched() == [0, 6]


def test_by_https_a_page_comes_with_the_same_policy_and_a_cookie_for_https_alone(secure):
    status, said, body = secure.get("/jobs", Accept="text/html")
    assert status == 200 and b"<title>" in body and said["strict-transport-security"] == "max-age=31536000"
    assert len(said.get_all("content-security-policy")) == 1 and "server" not in said
    kept = said["set-cookie"].lower()
    assert kept.startswith("outcomes_replica=") and "secure" in kept and "httponly" in kept


def test_who_comes_without_https_is_sent_to_it(secure):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(Stay()).open(f"{secure.plain}/jobs?area=S12000047", timeout=30)
    with sent.value as answer:
        assert answer.code == 308 and answer.headers["location"].startswith("https://localhost")
        assert answer.headers["location"].endswith("/jobs?area=S12000047")


def test_a_session_runs_by_https_alone(secure, chromium):
    context = chromium.new_context(bypass_csp=True, ignore_https_errors=True)      # the browser does not know this authority
    asked, sockets = [], []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda opened: sockets.append(opened.url))
    reader = Reader(page, secure.address).open(PAGE)
    reader.choose("Area", "Fife")
    assert "Fife" in reader.text() and page.evaluate("isSecureContext")
    context.close()
    assert sockets and all(each.startswith(secure.address.replace("https", "wss")) for each in sockets)
    assert not [each for each in asked if not each.startswith((secure.address, "data:", "blob:"))]


def test_the_service_listens_to_its_own_machine_and_the_container_to_the_network(site):
    service, container = site.replicas
    with socket.create_connection(("127.0.0.2", container.port), timeout=5), pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", service.port), timeout=5)


def test_when_a_replica_dies_its_readers_go_on_after_one_reconnection(site, chromium):
    context = chromium.new_context(bypass_csp=True)
    reader, sockets = Reader(context.new_page(), site.address), []
    reader.page.on("websocket", lambda opened: sockets.append(opened))
    before = [each.count("session opened") for each in site.replicas]
    reader.open(f"{PAGE}&evidence={TYPED}")
    held = next(each for each, count in zip(site.replicas, before, strict=True) if each.count("session opened") > count)
    reader.choose("Area", "Fife")
    assert len(sockets) == 1 and "Fife" in reader.text()
    end(held.process)
    left, earlier = next((each, count) for each, count in zip(site.replicas, before, strict=True) if each is not held)
    wait_for(lambda: left.count("session opened") > earlier, reader.page.wait_for_timeout)
    reader.wait()
    assert "Fife" in reader.text() and "area=S12000047" in reader.page.url, "what was chosen is kept"
    reader.choose("Area", "Orkney Islands")
    assert "Orkney" in reader.text() and "area=S12000023" in reader.page.url
    assert left.count("session opened") == earlier + 1 and len([each for each in sockets if not each.is_closed()]) == 1
    context.close()
    assert "<title>" in site.page("/"), "a first page finds the replica that is left"


def test_the_logs_hold_events_and_nobody(site):
    """Also of addresses that somebody typed, of refusals, and of the replica that died under its readers."""
    visitor = urllib.request.build_opener(From())
    for path in (f"/{TYPED}", f"/jobs?area={TYPED}", f"/no-such-page?asked={TYPED}", f"/about?evidence={TYPED}"):
        site.get(path, visitor)
    for each in site.replicas:
        for line in each.events():
            assert {"time", "level", "event"} <= set(line), line
    said = "\n".join([*(line for each in site.replicas for line in each.lines()), site.log.read_text(encoding="utf-8")])
    assert "page fetched" in said and "session opened" in said
    assert not [each for each in (TYPED, "?", VISITOR, "remote_ip", "Mozilla") if each in said]
