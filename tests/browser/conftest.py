"""One dashboard for a whole run and one browser a worker, for all journeys."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest
from filelock import FileLock
from playwright.sync_api import TimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import paths
from tests.ports import free_port
from tests.visit import is_refusal

READY_SECONDS = 60
STARTED = []        # servers that this worker began and another may end: kept, so that nobody ends them before

# The server as it is started by hand, but for the figures that it makes before anyone asks (tests/server/test_ahead.py):
# those of 33 areas take longer than all that the tests look at.
SERVER = """
import sys, threading
from dashboard import ahead
from streamlit.web.cli import main
ahead.start = lambda folder: threading.Event()
sys.argv[0] = "streamlit"
main()
"""


@pytest.fixture(scope="session")
def address(shared_folder):
    """A dashboard served on the embedded default extract, as a first `make run` opens it: the same one for every worker."""
    with shared(shared_folder / "dashboard") as address:
        yield address


@contextmanager
def shared(place):
    """The address of the one dashboard of a run: whoever comes first begins it, and who leaves last ends it."""
    users = place / "users.json"
    with FileLock(f"{place}.lock"):
        place.mkdir(exist_ok=True)
        held = json.loads(users.read_text("utf-8")) if users.is_file() else {"count": 0}
        if not held["count"]:
            server, address = begin(paths.DATA / "extract", place / "sessions.db")
            STARTED.append(server)
            held |= {"process": server.pid, "address": address}
        users.write_text(json.dumps(held | {"count": held["count"] + 1}), "utf-8")
    yield held["address"]
    with FileLock(f"{place}.lock"):
        held = json.loads(users.read_text("utf-8"))
        users.write_text(json.dumps(held | {"count": held["count"] - 1}), "utf-8")
        if held["count"] == 1:
            os.kill(held["process"], signal.SIGTERM)


@contextmanager
def served(extract, store):
    """A dashboard of this extract's folder, with its challenge sessions in the file `store`: its address."""
    server, address = begin(extract, store)
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def begin(extract, store):
    """(process, address) of a dashboard that answers."""
    port = free_port()
    command = [sys.executable, "-c", SERVER, "run", str(paths.ROOT / "dashboard" / "server.py"), f"--server.port={port}",
               "--server.address=127.0.0.1", "--server.headless=true"]
    environment = os.environ | {"OUTCOMES_EXTRACT": str(extract), "DATABASE_URL": f"sqlite:///{store}"}
    server = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
    return server, f"http://127.0.0.1:{port}"


def wait_until_healthy(url, server):
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the dashboard stopped while starting"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the dashboard was not ready after {READY_SECONDS} seconds")


def wait_for(holds, rest=lambda ms: time.sleep(ms / 1000)):
    """Until it holds, or half a minute has passed; a browser must rest in its own way to go on meanwhile."""
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        rest(100)


@pytest.fixture(scope="session")
def chromium(browser_of):
    """The browser of tests that look at no interactive map: what stands on /places in it is the flat one."""
    return browser_of(webgl=False)


def is_outside(url, address):
    """True for what leaves the dashboard: neither its own address nor something made in the page itself."""
    return not url.startswith((f"{address}/", f"ws{address.removeprefix('http')}/", "data:", "blob:", "about:"))


# Counts the answers of the server that a page has shown: a moment after they were handed to Streamlit, which draws at once.
# And when it last asked: the answer to what was asked before may come after that.
COUNT_RUNS = """window.runs = window.ranAt = window.answeredAt = window.askedAt = 0
new PerformanceObserver((seen) => seen.getEntriesByName("oc-answer").forEach(({ startTime }) => setTimeout(() => {
    window.runs += 1
    window.ranAt = performance.now()
    window.answeredAt = startTime
}, 60)))
  .observe({ type: "mark", buffered: true })
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (...all) {
    window.askedAt = performance.now()
    return send.apply(this, all)
}
window.isAnswered = () => window.answeredAt >= window.askedAt || performance.now() - window.askedAt >= 2000"""
STEP = "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }"
SETTLE = """async rest => {
    const began = performance.now()
    const isRunning = () => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning'
    const isSettled = now => window.isAnswered() && now - window.ranAt >= rest && (now - began >= rest || !isRunning())
    while (!isSettled(performance.now())) await new Promise(again => setTimeout(again, 20))
}"""
ELSEWHERE = "/healthz"      # a word of the same server, and no page of the dashboard
OFTEN = 50      # milliseconds between two looks: a look at each frame makes the browser draw frames for it


class Reader:
    """A person at a browser: opens pages, waits until they are drawn, looks."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        page.add_init_script(COUNT_RUNS)

    def open(self, path):
        self.page.goto(self.address + path)
        return self.wait()

    def turn_to(self, path):
        """The same without loading the app anew, as a step back or forward in the browser comes to a page."""
        self.settle(200)        # a late answer of the page before is none of this one
        return self.after(lambda: self.page.evaluate(STEP, path))

    def wait_for_script(self):
        """Until the script has run for what was asked last, whatever is drawn of it yet."""
        self.page.wait_for_selector("h1", timeout=60_000)
        self.page.wait_for_function(
            """() => window.isAnswered() && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
                && document.querySelector('.oc') && !document.querySelector('#kept')""", polling=OFTEN, timeout=60_000)
        return self

    def wait(self):
        """Until the script has run, and every chart in it has its picture."""
        self.wait_for_script()
        self.page.wait_for_function(
            """() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
                && [...document.querySelectorAll('.oc-chart:not([hidden])')]
                    .every(chart => chart.querySelector('.oc-picture svg'))""", polling=OFTEN, timeout=60_000)
        return self

    def settle(self, rest=700):
        """Until no answer has come for so many milliseconds: an address that is still being written would stop a step back.

        What the page has asked for is waited for, and while the script runs one more may be on its way, for as long.
        """
        self.page.evaluate(SETTLE, rest)

    def after(self, act):
        """Do what makes the script run, and wait until it has run and every chart is drawn."""
        before = self.page.evaluate("window.runs")
        act()
        self.page.wait_for_function("before => window.runs > before", arg=before, polling=OFTEN, timeout=60_000)
        return self.wait()

    def go_to(self, title):
        """Follow the navigation, through its menu where the page is in it."""
        # Streamlit keeps a second, inert copy of the bar to measure its width with.
        links = self.page.locator(":is([data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink]):not([inert] *)")
        link = links.filter(has_text=title).filter(visible=True)
        for menu in self.page.locator("[data-testid=stTopNavSection]:not([inert] *)").filter(visible=True).all():
            if link.count() == 0:
                menu.click()
                with suppress(TimeoutError):
                    link.first.wait_for(timeout=500)
        return self.after(link.first.click)

    def text(self):
        return self.page.inner_text("[data-testid=stMain]")

    def pick(self, label, option):
        """Pick from a list of a form by typing, as a keyboard user does: the script runs when the form is sent."""
        self._option(label, option).click()

    def choose(self, label, option):
        """The same of a list whose choice makes the script run."""
        return self.after(self._option(label, option).click)

    def _option(self, label, option):
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        return self.page.get_by_role("option", name=option, exact=True).first


def kinds(answers):
    """What each part of some answers is: an element, one by its name alone, the end of a run, …"""
    return [ForwardMsg.FromString(part).WhichOneof("type") for part in answers]


class Line:
    """What a reader's browser and the server say to each other. While it is `busy`, what the server answers waits in it."""

    def __init__(self, page):
        self.page, self.answers, self.busy = page, [], False
        page.route_web_socket("**/*", self._open)

    def _open(self, socket):
        self.socket = socket
        socket.connect_to_server().on_message(self._hear)

    def _hear(self, part):
        self.answers.append(part)
        if not self.busy:
            self.socket.send(part)

    def wait_for_answers(self, count):
        """Until so many runs have been answered to their end."""
        wait_for(lambda: kinds(self.answers).count("script_finished") >= count, self.page.wait_for_timeout)

    def deliver(self):
        """One answer after the other."""
        self.busy = False
        for part, kind in zip(self.answers, kinds(self.answers), strict=True):
            self.socket.send(part)
            if kind == "script_finished":
                self.page.wait_for_timeout(100)


SCREEN = {"width": 1280, "height": 900}


class Tab(Reader):
    """The tab that all tests of a worker share: a page opened in it costs half of one opened in another.

    `at` is the page that stands there untouched, `is_clean` says that the dashboard is open and nobody left anything behind,
    `outside` are requests to other servers, `refused` what the browser would not do under the policy of the page.
    """

    def __init__(self, page, address):
        super().__init__(page, address)
        self.at, self.is_clean, self.outside, self.refused = "", False, [], []
        page.context.on("request", self._look)
        page.context.on("console", self._hear)

    def _look(self, request):
        if is_outside(request.url, self.address):
            self.outside.append(request.url)

    def _hear(self, message):
        if is_refusal(message):
            self.refused.append(message.text)

    def show(self, width=SCREEN["width"], height=SCREEN["height"]):
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(media="screen", color_scheme="light")

    def forget(self):
        """Take away all that an earlier reader could have left: what was open, what was allowed, what is stored."""
        context = self.page.context
        context.set_offline(False)
        self.page.goto(self.address + ELSEWHERE)       # the page before is gone, and redraws nothing
        context.clear_permissions()
        session = context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "cookies,local_storage,indexeddb,cache_storage"})
        session.detach()

    def come_in(self):
        """The dashboard is open, as at first, whatever page of it stands there."""
        self.at = ""
        if self.is_clean:
            is_dark = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
            self.show()
            if is_dark:
                self.page.wait_for_timeout(500)     # a page that turns light asks the server anew, and a step meanwhile is lost
            self.page.evaluate("document.activeElement?.blur()")        # closes a search
            return self
        self.forget()
        self.show()
        self.is_clean = True
        return self.open("/about")


@pytest.fixture(scope="session")
def tab(chromium, address):
    context = chromium.new_context(viewport=SCREEN)
    yield Tab(context.new_page(), address)
    context.close()


@pytest.fixture
def kept(tab):
    """The tab, which asks no other server; and the policy that a page is served with allows all that it needs."""
    tab.outside.clear()
    tab.refused.clear()
    yield tab
    assert (tab.outside, tab.refused) == ([], []), "a page asked another server, or for what it may not have"


@pytest.fixture
def reader(kept):
    """A reader who was never here, with a wide screen and a light appearance."""
    kept.at, kept.is_clean = "", False      # whatever is done with it
    kept.forget()
    kept.show()
    return kept


@pytest.fixture
def within(kept):
    """A reader whose dashboard is open: they turn to a page, and leave nothing behind but the page and what is chosen on it."""
    return kept.come_in()


@pytest.fixture
def at(kept):
    """at("/about"): the page there, for tests that only look at it."""
    def stand(path):
        if kept.at != path:
            kept.come_in().turn_to(path).at = path
        return kept.page

    return stand
